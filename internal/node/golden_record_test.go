package node_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/matching"
)

// recordReader reads one record of the golden market: a graduate or a posting, whichever is there.
type recordReader struct {
	t        *testing.T
	n        *node.Node
	key      string
	story    string // or the title
	language node.Language
	at       geo.Point
	learnt   matching.Learnt
	days     int // of age
	lasts    int // days from posted to expired
	graduate *matching.Graduate
	posting  *matching.Posting
}

// read fills the record from its lines and gives its key.
func (r *recordReader) read(lines []string) string {
	r.t.Helper()
	var ok bool
	if r.key, r.story, ok = strings.Cut(lines[0], " | "); !ok {
		r.t.Fatalf("no key: %q", lines[0])
	}
	for _, line := range lines[1:] {
		if text, ok := strings.CutPrefix(line, "> "); ok {
			r.posting.Description = text
			continue
		}
		for _, f := range splitFields(line) {
			name, value, _ := strings.Cut(f, " ")
			known := r.shared(name, value)
			switch {
			case known:
			case r.graduate != nil:
				known = r.ofGraduate(name, value)
			default:
				known = r.ofPosting(name, value)
			}
			if !known {
				r.t.Fatalf("%s: there is no field %q", r.key, name)
			}
		}
	}
	return r.key
}

// shared reads what graduates and postings have alike.
func (r *recordReader) shared(name, value string) bool {
	switch name {
	case "at":
		var place string
		var north, east float64
		r.scan(value, &place, &north, &east)
		p, err := r.n.Place(place)
		if err != nil {
			r.t.Fatalf("%s: %s: %v", r.key, place, err)
		}
		const kmPerDegree = 111.195
		r.at = geo.Point{Lat: p.Point.Lat + north/kmPerDegree, Lon: p.Point.Lon + east/kmPerDegree/math.Cos(p.Point.Lat*math.Pi/180)}
	case "lang":
		r.language = node.Language(value)
	case "learnt":
		r.learnt = matching.Learnt(value)
	case "days":
		r.days = r.number(value)
	case "lasts":
		r.lasts = r.number(value)
	default:
		return false
	}
	return true
}

func (r *recordReader) ofGraduate(name, value string) bool {
	g := r.graduate
	switch name {
	case "woman", "man":
		g.Gender, g.BirthDecade = map[string]matching.Gender{"woman": matching.Woman, "man": matching.Man}[name], r.number(value)
	case "school":
		g.Schooling = value
	case "tools":
		g.OwnTools = matching.Answer(value)
	case "licences":
		g.Licences = strings.Fields(value)
	case "trade":
		g.Trades = append(g.Trades, r.held(strings.Fields(value)))
	case "modes":
		g.Travel.Modes = namesOf[matching.Mode](value)
	case "reach":
		g.Travel.MaxMetres = 1000 * float64(r.number(value))
	case "kinds":
		g.Kinds = namesOf[matching.Kind](value)
	case "needs":
		g.Needs = namesOf[matching.Need](value)
	case "confirmed":
		g.ConfirmedOnly = true
	case "living-in":
		g.AcceptsLiving = true
	case "lowest":
		g.LowestPay = &matching.LowestPay{}
		r.scan(value, &g.LowestPay.Amount, &g.LowestPay.Unit)
	case "free":
		g.AvailableFrom = r.dayAfter(value)
	default:
		return false
	}
	return true
}

// held reads a trade: "mason level=2 months=60 skills=brick-laying,spirit-level".
func (r *recordReader) held(words []string) matching.TradeHeld {
	h := matching.TradeHeld{Trade: words[0]}
	for _, w := range words[1:] {
		switch name, value, _ := strings.Cut(w, "="); name {
		case "level":
			h.Level = r.number(value)
		case "months":
			months := r.number(value)
			h.Months = &months
		case "skills":
			h.Skills = strings.Split(value, ",")
		default:
			r.t.Fatalf("%s: a trade has no %q", r.key, name)
		}
	}
	return h
}

func (r *recordReader) ofPosting(name, value string) bool {
	p := r.posting
	if slices.Contains(matching.Kinds[:], matching.Kind(name)) {
		p.Kind, p.Trade = matching.Kind(name), value
		return true
	}
	if slices.Contains(matching.Workplaces[:], matching.Workplace(name)) {
		p.Workplace = matching.Workplace(name)
		return true
	}
	switch name {
	case "by":
		p.Employer = goldenID(matching.EmployerPrefix, value)
	case "pay":
		p.Pay = r.pay(strings.Fields(value))
	case "required":
		p.Required = strings.Fields(value)
	case "preferred":
		p.Preferred = strings.Fields(value)
	case "yes", "no":
		for _, condition := range namesOf[matching.ConditionName](value) {
			p.Conditions[condition] = matching.Condition{Answer: matching.Answer(name), By: "employer"}
		}
	case "months":
		p.Months = r.number(value)
	case "level":
		p.Level = r.number(value)
	case "vacancies":
		p.Vacancies = r.number(value)
	case "hours":
		p.HoursPerWeek = r.number(value)
	case "schooling":
		p.Schooling = value
	case "licences":
		p.Licences = strings.Fields(value)
	default:
		return r.ofPostingTimes(name, value)
	}
	return true
}

func (r *recordReader) ofPostingTimes(name, value string) bool {
	p := r.posting
	switch name {
	case "open":
		p.OpenTo = matching.OpenTo(value)
	case "urgent":
		p.Urgent = true
	case "part-time":
		p.PartTime = true
	case "shift":
		p.Shift = value
	case "season":
		p.Season = value
	case "starts":
		p.Starts = r.dayAfter(value)
	case "status":
		p.Status = matching.PostingStatus(value)
	default:
		return false
	}
	return true
}

// pay reads "45000-52000 month" or "40 piece output 30".
func (r *recordReader) pay(words []string) *matching.Pay {
	from, to, isRange := strings.Cut(words[0], "-")
	if !isRange {
		to = from
	}
	pay := &matching.Pay{From: matching.Rupees(r.number(from)), To: matching.Rupees(r.number(to)), Unit: matching.PayUnit(words[1])}
	if len(words) == 4 && words[2] == "output" {
		r.scan(words[3], &pay.OutputPerDay)
	}
	return pay
}

func (r *recordReader) number(value string) int {
	number, err := strconv.Atoi(value)
	if err != nil {
		r.t.Fatalf("%s: %v", r.key, err)
	}
	return number
}

func (r *recordReader) scan(value string, into ...any) {
	if _, err := fmt.Sscan(value, into...); err != nil {
		r.t.Fatalf("%s: %q: %v", r.key, value, err)
	}
}

func (r *recordReader) dayAfter(value string) *time.Time {
	at := day.AddDate(0, 0, r.number(value))
	return &at
}

func namesOf[T ~string](value string) []T {
	var names []T
	for _, w := range strings.Fields(value) {
		names = append(names, T(w))
	}
	return names
}
