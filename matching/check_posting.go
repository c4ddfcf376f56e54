package matching

import (
	"slices"
	"strings"
	"time"

	"rabta/internal/script"
)

// Shifts lists what a posting may say of its hours.
var Shifts = [...]string{"day", "evening", "night", "rotating"}

// ConditionSources lists who may have said a condition.
var ConditionSources = [...]string{"employer", "officer", "worker"}

// CheckPosting tells whether a posting may be kept: nil, or a *fault.Error of kind Invalid for the first value at fault, with its JSON
// path and a sentence that says what to send instead. A posting of version 0 is being created: it may not be open and
// expired already.
func (m *Model) CheckPosting(p *Posting, now time.Time) error {
	c := &checkup{model: m}
	c.id("employer", p.Employer, EmployerPrefix, false)
	oneOf(c, "kind", p.Kind, Kinds[:], false)
	oneOf(c, "workplace", p.Workplace, Workplaces[:], false)
	c.trade("trade", p.Trade)
	c.line("title", p.Title, maxTitle)
	c.ok(hasWords(p.Title), "title", "Send a title of a few words.", "")
	c.text("description", p.Description, maxDescription)
	for _, t := range []struct{ field, value string }{{"source", p.Source}, {"external_id", p.ExternalID}, {"place", p.Place},
		{"province", p.Province}, {"season", p.Season}} {
		c.text(t.field, t.value, maxText)
	}
	c.skills("required", p.Required)
	c.skills("preferred", p.Preferred)
	c.number("level", p.Level, 0, maxLevel)
	c.number("months", p.Months, 0, maxMonths)
	oneOf(c, "status", p.Status, PostingStatuses[:], false)
	if p.Status == Open {
		c.number("vacancies", p.Vacancies, 1, maxVacancies)
	}
	c.number("vacancies", p.Vacancies, 0, maxVacancies)
	c.pay(p.Pay)
	c.where(p)
	oneOf(c, "schooling", p.Schooling, m.schooling, true)
	listOf(c, "licences", p.Licences, Licences[:])
	c.when(p, now)
	oneOf(c, "shift", p.Shift, Shifts[:], true)
	oneOf(c, "open_to", p.OpenTo, []OpenTo{OpenToAll, OpenToWomen, OpenToMen}, true)
	c.conditions(p.Conditions)
	return c.err()
}

func (c *checkup) pay(p *Pay) {
	if p == nil {
		return
	}
	oneOf(c, "pay.unit", p.Unit, PayUnits[:], false)
	const range0 = "Send whole rupees from 0 to 10000000."
	c.ok(p.From >= 0 && p.From <= maxPay, "pay.from", range0, "")
	c.ok(p.To >= 0 && p.To <= maxPay, "pay.to", range0, "")
	c.ok(p.To > 0, "pay.to", "Send the pay in whole rupees, or leave pay out where it is not known.", "")
	c.ok(p.From <= p.To, "pay.from", "Send the lower figure as from and the higher one as to; the same twice where there is one.", "")
	c.amount("pay.output_per_day", p.OutputPerDay, maxOutputPerDay)
}

func (c *checkup) where(p *Posting) {
	if p.Workplace == Remote {
		c.ok(p.Location == nil, "location", "Leave location out of remote work, or send the workplace where the work is done.", "")
		return
	}
	c.ok(p.Location != nil, "location", "Send where the work is as location with lat and lon, or the workplace remote.", "")
	if p.Location != nil {
		c.point("location", *p.Location)
	}
}

func (c *checkup) when(p *Posting, now time.Time) {
	c.date("posted", &p.Posted)
	c.date("expires", &p.Expires)
	c.ok(p.Expires.After(p.Posted), "expires", "Send a time of expiry after the time of posting.", "")
	if p.Version == 0 && p.Status == Open {
		c.ok(p.Expires.After(now), "expires", "Send a time of expiry that is still to come, or another status than open.", "")
	}
	c.date("starts", p.Starts)
	c.number("duration_days", p.DurationDays, 0, maxDuration)
	c.number("hours_per_week", p.HoursPerWeek, 0, maxWeekHours)
}

func (c *checkup) conditions(all Conditions) {
	known := 0
	for _, name := range ConditionNames {
		said, ok := all[name]
		if !ok {
			continue
		}
		known++
		field := "conditions." + string(name)
		oneOf(c, field+".answer", said.Answer, []Answer{Yes, No, Unknown}, true)
		oneOf(c, field+".by", said.By, ConditionSources[:], true)
		c.date(field+".at", said.At)
	}
	if known < len(all) {
		c.unknownCondition(all)
	}
}

// unknownCondition says that a condition has a name that no list has.
func (c *checkup) unknownCondition(all Conditions) {
	names := asStrings(ConditionNames[:])
	var unknown []string
	for name := range all {
		if !slices.Contains(names, string(name)) {
			unknown = append(unknown, string(name))
		}
	}
	slices.Sort(unknown)
	c.ok(false, "conditions", "Send only these conditions: "+strings.Join(names, ", ")+".", "", closest(unknown[0], names)...)
}

// hasWords tells whether a text holds a letter or a digit at all.
func hasWords(s string) bool { return strings.TrimSpace(script.Fold(s)) != "" }
