package matching

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"rabta/geo"
	"rabta/internal/fault"
)

// wantField asks for a fault of kind Invalid at a JSON path with a sentence; for none when field is empty.
func wantField(t *testing.T, err error, field string) *fault.Error {
	t.Helper()
	if field == "" {
		if err != nil {
			t.Fatalf("unexpected fault: %v", err)
		}
		return nil
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a fault of %s", err, field)
	}
	if f.Kind != fault.Invalid || f.Field != field || !strings.HasSuffix(f.Message, ".") {
		t.Fatalf("got kind %v, field %q, message %q; want field %q", f.Kind, f.Field, f.Message, field)
	}
	return f
}

func TestCheckPosting(t *testing.T) {
	many := slices.Repeat([]string{"house-wiring"}, maxListed+1)
	cases := []struct {
		name, field string
		change      func(p *Posting)
	}{
		{"as it is", "", func(p *Posting) {}},
		{"remote without a place", "", func(p *Posting) { p.Workplace, p.Location = Remote, nil }},
		{"without pay", "", func(p *Posting) { p.Pay = nil }},
		{"filled, none left", "", func(p *Posting) { p.Status, p.Vacancies = Filled, 0 }},
		{"closed and long past", "", func(p *Posting) { p.Status, p.Posted, p.Expires = Closed, day(2024, 1, 1), day(2024, 2, 1) }},
		{"changed after it expired", "", func(p *Posting) { p.Version, p.Posted, p.Expires = 3, day(2026, 1, 1), day(2026, 2, 1) }},

		{"no employer", "employer", func(p *Posting) { p.Employer = "" }},
		{"a graduate as employer", "employer", func(p *Posting) { p.Employer = testID(GraduatePrefix, 1) }},
		{"unknown kind", "kind", func(p *Posting) { p.Kind = "jobs" }},
		{"no kind", "kind", func(p *Posting) { p.Kind = "" }},
		{"unknown workplace", "workplace", func(p *Posting) { p.Workplace = "office" }},
		{"unknown trade", "trade", func(p *Posting) { p.Trade = "electritian" }},
		{"empty title", "title", func(p *Posting) { p.Title = " \u200c " }},
		{"long title", "title", func(p *Posting) { p.Title = strings.Repeat("م", maxTitle+1) }},
		{"title of the most letters", "", func(p *Posting) { p.Title = strings.Repeat("م", maxTitle) }},
		{"a title that commands a terminal", "title", func(p *Posting) { p.Title = "\x1b[31mred" }},
		{"a title of two lines", "title", func(p *Posting) { p.Title = "one\ntwo" }},
		{"a title turned round", "title", func(p *Posting) { p.Title = "a\u202eb" }},
		{"a description of two lines", "", func(p *Posting) { p.Description = "one\ntwo" }},
		{"broken title", "title", func(p *Posting) { p.Title = "a\xff" }},
		{"zero byte", "description", func(p *Posting) { p.Description = "a\x00b" }},
		{"long description", "description", func(p *Posting) { p.Description = strings.Repeat("a", maxDescription+1) }},
		{"unknown skill", "required[1]", func(p *Posting) { p.Required = []string{"house-wiring", "hose-wiring"} }},
		{"unknown preferred skill", "preferred[0]", func(p *Posting) { p.Preferred = []string{"magic"} }},
		{"too many skills", "required", func(p *Posting) { p.Required = many }},
		{"level above 8", "level", func(p *Posting) { p.Level = 9 }},
		{"negative months", "months", func(p *Posting) { p.Months = -1 }},
		{"sixty-one years", "months", func(p *Posting) { p.Months = 732 }},
		{"open with no vacancy", "vacancies", func(p *Posting) { p.Vacancies = 0 }},
		{"a draft of -1 vacancies", "vacancies", func(p *Posting) { p.Status, p.Vacancies = Draft, -1 }},
		{"too many vacancies", "vacancies", func(p *Posting) { p.Vacancies = 10_001 }},
		{"unknown unit", "pay.unit", func(p *Posting) { p.Pay.Unit = "year" }},
		{"negative pay", "pay.from", func(p *Posting) { p.Pay.From = -1 }},
		{"absurd pay", "pay.to", func(p *Posting) { p.Pay.To = 10_000_001 }},
		{"pay upside down", "pay.from", func(p *Posting) { p.Pay.From, p.Pay.To = 60_000, 50_000 }},
		{"pay of nothing", "pay.to", func(p *Posting) { p.Pay.From, p.Pay.To = 0, 0 }},
		{"output that is no number", "pay.output_per_day", func(p *Posting) { p.Pay.OutputPerDay = math.NaN() }},
		{"no place", "location", func(p *Posting) { p.Location = nil }},
		{"a place of remote work", "location", func(p *Posting) { p.Workplace = Remote }},
		{"latitude and longitude changed over", "location", func(p *Posting) { p.Location = &geo.Point{Lat: 74.3, Lon: 31.5} }},
		{"in the ocean", "location.lat", func(p *Posting) { p.Location = &geo.Point{} }},
		{"in Delhi", "location.lon", func(p *Posting) { p.Location = &geo.Point{Lat: 28.6, Lon: 79.2} }},
		{"no number", "location.lat", func(p *Posting) { p.Location = &geo.Point{Lat: math.NaN(), Lon: 70} }},
		{"unknown schooling", "schooling", func(p *Posting) { p.Schooling = "matrik" }},
		{"unknown licence", "licences[0]", func(p *Posting) { p.Licences = []string{"lorry"} }},
		{"never posted", "posted", func(p *Posting) { p.Posted = time.Time{} }},
		{"expires before it is posted", "expires", func(p *Posting) { p.Expires = p.Posted }},
		{"created after it expired", "expires", func(p *Posting) { p.Posted, p.Expires = day(2026, 1, 1), day(2026, 2, 1) }},
		{"starts in the year 1", "starts", func(p *Posting) { p.Starts = &time.Time{} }},
		{"lasts for ever", "duration_days", func(p *Posting) { p.DurationDays = 99_999 }},
		{"two hundred hours a week", "hours_per_week", func(p *Posting) { p.HoursPerWeek = 200 }},
		{"unknown shift", "shift", func(p *Posting) { p.Shift = "dawn" }},
		{"unknown open_to", "open_to", func(p *Posting) { p.OpenTo = "boys" }},
		{"unknown status", "status", func(p *Posting) { p.Status = "live" }},
		{"unknown condition", "conditions", func(p *Posting) { p.Conditions = Conditions{"toilet": {Answer: Yes}} }},
		{"unknown answer", "conditions.meals.answer", func(p *Posting) { p.Conditions = Conditions{CondMeals: {Answer: "maybe"}} }},
		{"said by nobody known", "conditions.meals.by", func(p *Posting) { p.Conditions = Conditions{CondMeals: {Answer: Yes, By: "me"}} }},
	}
	m := testModel(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := aPosting()
			c.change(p)
			wantField(t, m.CheckPosting(p, noon), c.field)
		})
	}
}

func TestCheckGraduate(t *testing.T) {
	cases := []struct {
		name, field string
		change      func(g *Graduate)
	}{
		{"as it is", "", func(g *Graduate) {}},
		{"nothing told but trade, home and status", "", func(g *Graduate) {
			*g = Graduate{Trades: []TradeHeld{{Trade: "tailor"}}, Home: home, Status: Searching}
		}},
		{"unknown gender", "gender", func(g *Graduate) { g.Gender = "female" }},
		{"a year for a decade", "birth_decade", func(g *Graduate) { g.BirthDecade = 1994 }},
		{"a decade too early", "birth_decade", func(g *Graduate) { g.BirthDecade = 1920 }},
		{"no trade", "trades", func(g *Graduate) { g.Trades = nil }},
		{"unknown trade", "trades[0].trade", func(g *Graduate) { g.Trades[0].Trade = "tailors" }},
		{"a trade twice", "trades[1].trade", func(g *Graduate) { g.Trades = append(g.Trades, g.Trades[0]) }},
		{"unknown skill", "trades[0].skills[0]", func(g *Graduate) { g.Trades[0].Skills = []string{"wiring"} }},
		{"level below 0", "trades[0].level", func(g *Graduate) { g.Trades[0].Level = -1 }},
		{"too many months", "trades[0].months", func(g *Graduate) { g.Trades[0].Months = ptr(721) }},
		{"unknown way of learning", "trades[0].learnt", func(g *Graduate) { g.Trades[0].Learnt = "youtube" }},
		{"certificate from tomorrow", "certificates[0].date", func(g *Graduate) {
			g.Certificates = []Certificate{{Programme: "x", Date: ptr(noon.AddDate(0, 0, 5))}}
		}},
		{"certificate of no trade", "certificates[0].course", func(g *Graduate) { g.Certificates = []Certificate{{Course: "law"}} }},
		{"unknown schooling", "schooling", func(g *Graduate) { g.Schooling = "phd" }},
		{"unknown own tools", "own_tools", func(g *Graduate) { g.OwnTools = "some" }},
		{"unknown licence", "licences[1]", func(g *Graduate) { g.Licences = []string{"ltv", "lorry"} }},
		{"home abroad", "home.lon", func(g *Graduate) { g.Home = geo.Point{Lat: 25, Lon: 55} }},
		{"travels backwards", "travel.max_metres", func(g *Graduate) { g.Travel.MaxMetres = -1 }},
		{"travels for ever", "travel.max_metres", func(g *Graduate) { g.Travel.MaxMetres = math.Inf(1) }},
		{"unknown mode", "travel.modes[0]", func(g *Graduate) { g.Travel.Modes = []Mode{"camel"} }},
		{"unknown kind", "kinds[0]", func(g *Graduate) { g.Kinds = []Kind{"work"} }},
		{"works for nothing", "lowest_pay.amount", func(g *Graduate) { g.LowestPay = &LowestPay{0, PerDay} }},
		{"lowest pay by the piece", "lowest_pay.unit", func(g *Graduate) { g.LowestPay = &LowestPay{100, PerPiece} }},
		{"free in the year 1", "available_from", func(g *Graduate) { g.AvailableFrom = &time.Time{} }},
		{"a language by its name", "languages[0].code", func(g *Graduate) { g.Languages = []Language{{Code: "Urdu"}} }},
		{"unknown need", "needs[0]", func(g *Graduate) { g.Needs = []Need{"tea"} }},
		{"too many needs", "needs", func(g *Graduate) { g.Needs = slices.Repeat([]Need{NeedTransport}, maxListed+1) }},
		{"unknown status", "status", func(g *Graduate) { g.Status = "" }},
		{"institute by its name", "institute", func(g *Graduate) { g.Institute = "TEVTA" }},
	}
	m := testModel(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := anElectrician()
			c.change(g)
			f := wantField(t, m.CheckGraduate(g, noon), c.field)
			if f != nil && !strings.ContainsFunc(f.MessageUr, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
				t.Fatalf("no Urdu sentence for %q", f.Message)
			}
		})
	}
}

func TestFaultsNameTheNearestValues(t *testing.T) {
	m := testModel(t)
	p := aPosting()
	p.Trade = "electritian"
	if f := wantField(t, m.CheckPosting(p, noon), "trade"); f.Nearest[0] != "electrician" {
		t.Errorf("nearest trades are %v", f.Nearest)
	}
	p = aPosting()
	p.Required = []string{"hous-wiring"}
	if f := wantField(t, m.CheckPosting(p, noon), "required[0]"); f.Nearest[0] != "house-wiring" || len(f.Nearest) != 3 {
		t.Errorf("nearest skills are %v", f.Nearest)
	}
	p = aPosting()
	p.Kind = "apprentiship"
	if f := wantField(t, m.CheckPosting(p, noon), "kind"); f.Nearest[0] != "apprenticeship" {
		t.Errorf("nearest kinds are %v", f.Nearest)
	}
}

// What a person sent is nowhere in what she, or a log, is told.
func TestFaultsRepeatNothingThatWasSent(t *testing.T) {
	const secret = "zzyzx"
	m := testModel(t)
	for _, change := range []func(g *Graduate){
		func(g *Graduate) { g.Gender = secret }, func(g *Graduate) { g.Trades[0].Trade = secret },
		func(g *Graduate) { g.Trades[0].Skills = []string{secret} }, func(g *Graduate) { g.Schooling = secret },
		func(g *Graduate) { g.Licences = []string{secret} }, func(g *Graduate) { g.Languages = []Language{{Code: secret + secret}} },
		func(g *Graduate) { g.Institute = secret }, func(g *Graduate) { g.Status = secret },
	} {
		g := anElectrician()
		change(g)
		err := m.CheckGraduate(g, noon)
		var f *fault.Error
		if !errors.As(err, &f) {
			t.Fatal("the value was taken")
		}
		if strings.Contains(err.Error()+f.MessageUr+strings.Join(f.Nearest, " "), secret) {
			t.Errorf("%s repeats what was sent: %v", f.Field, err)
		}
	}
}
