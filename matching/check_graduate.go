package matching

import (
	"slices"
	"strings"
	"time"
)

// GraduateStatuses lists every status of a graduate, LearntWays every way of learning a trade.
var (
	GraduateStatuses = [...]Status{Searching, Placed, Paused}
	LearntWays       = [...]Learnt{LearntInstitute, LearntAssessed, LearntUstad, LearntFamily, LearntSelf}
)

// The birth decades that are taken.
const (
	firstDecade = 1930
	lastDecade  = 2010
)

// CheckGraduate tells whether a graduate's record may be kept: nil, or a *fault.Error of kind Invalid for the first value at fault, with
// its JSON path and a sentence in English and in Urdu that says what to send instead and repeats nothing that was sent.
func (m *Model) CheckGraduate(g *Graduate, now time.Time) error {
	c := &checkup{model: m}
	c.text("source", g.Source, maxText)
	c.text("external_id", g.ExternalID, maxText)
	c.id("institute", g.Institute, InstitutePrefix, true)
	oneOf(c, "gender", g.Gender, []Gender{Woman, Man, Transgender}, true)
	c.ok(g.BirthDecade == 0 || g.BirthDecade >= firstDecade && g.BirthDecade <= lastDecade && g.BirthDecade%10 == 0, "birth_decade",
		"Send the first year of a decade from 1930 to 2010, as 1990, or leave it out.",
		"1930 سے 2010 تک کی دہائی لکھیں، جیسے 1990، یا خالی چھوڑ دیں۔")
	c.trades(g.Trades)
	c.certificates(g.Certificates, now)
	oneOf(c, "schooling", g.Schooling, m.schooling, true)
	oneOf(c, "own_tools", g.OwnTools, []Answer{Yes, No, Unknown}, true)
	listOf(c, "licences", g.Licences, Licences[:])
	c.point("home", g.Home)
	c.amount("travel.max_metres", g.Travel.MaxMetres, maxReach)
	listOf(c, "travel.modes", g.Travel.Modes, Modes[:])
	listOf(c, "kinds", g.Kinds, Kinds[:])
	c.lowestPay(g.LowestPay)
	c.date("available_from", g.AvailableFrom)
	c.languages(g.Languages)
	listOf(c, "needs", g.Needs, Needs[:])
	oneOf(c, "status", g.Status, GraduateStatuses[:], false)
	return c.err()
}

func (c *checkup) trades(held []TradeHeld) {
	c.ok(len(held) > 0, "trades", "Send at least one trade.", "کم از کم ایک پیشہ لکھیں۔")
	c.count("trades", len(held))
	for i, t := range held {
		field := item("trades", i)
		c.trade(field+".trade", t.Trade)
		c.ok(!slices.ContainsFunc(held[:i], func(before TradeHeld) bool { return before.Trade == t.Trade }), field+".trade",
			"Send each trade once.", "ہر پیشہ ایک ہی بار لکھیں۔")
		c.skills(field+".skills", t.Skills)
		c.number(field+".level", t.Level, 0, maxLevel)
		if t.Months != nil {
			c.number(field+".months", *t.Months, 0, maxMonths)
		}
		oneOf(c, field+".learnt", t.Learnt, LearntWays[:], true)
	}
}

func (c *checkup) certificates(papers []Certificate, now time.Time) {
	c.count("certificates", len(papers))
	for i, p := range papers {
		field := item("certificates", i)
		c.text(field+".programme", p.Programme, maxText)
		c.text(field+".batch", p.Batch, maxText)
		c.id(field+".institute", p.Institute, InstitutePrefix, true)
		if p.Course != "" {
			c.trade(field+".course", p.Course)
		}
		c.ok(p.Date == nil || p.Date.Year() >= 1950 && !p.Date.After(now.AddDate(0, 0, 1)), field+".date",
			"Send the day on which the certificate was given: after 1950 and not in the future.",
			"سند ملنے کی تاریخ لکھیں، جو آج کے بعد کی نہ ہو۔")
	}
}

func (c *checkup) lowestPay(p *LowestPay) {
	if p == nil {
		return
	}
	c.ok(p.Amount > 0 && p.Amount <= maxPay, "lowest_pay.amount", "Send whole rupees from 1 to 10000000, or leave lowest_pay out.",
		"کم سے کم اجرت پورے روپوں میں لکھیں، یا خالی چھوڑ دیں۔")
	oneOf(c, "lowest_pay.unit", p.Unit, []PayUnit{PerHour, PerDay, PerMonth}, false)
}

func (c *checkup) languages(all []Language) {
	c.count("languages", len(all))
	for i, l := range all {
		ok := len(l.Code) >= 2 && len(l.Code) <= 8 && strings.Trim(l.Code, "abcdefghijklmnopqrstuvwxyz-") == ""
		c.ok(ok, item("languages", i)+".code", "Send a language by its ISO 639 code in small letters, as ur or pnb.",
			"زبان کا کوڈ لکھیں، جیسے ur یا pnb۔")
	}
}
