package matching

import (
	"math"
	"testing"

	"rabta/geo"
)

// Terms of single pairs, worked out by hand from the documented formulas and the default weights.
func TestTerms(t *testing.T) {
	at := func(km float64) func(*Graduate, *Posting) {
		return func(_ *Graduate, p *Posting) { // due north
			p.Location = &geo.Point{Lat: home.Lat + km*1000/geo.EarthRadius*180/math.Pi, Lon: home.Lon}
		}
	}
	and := func(changes ...func(*Graduate, *Posting)) func(*Graduate, *Posting) {
		return func(g *Graduate, p *Posting) {
			for _, change := range changes {
				change(g, p)
			}
		}
	}
	modes := func(modes ...Mode) func(*Graduate, *Posting) {
		return func(g *Graduate, _ *Posting) { g.Travel.Modes = modes }
	}
	pays := func(amount Rupees, unit PayUnit) func(*Graduate, *Posting) {
		return func(_ *Graduate, p *Posting) { p.Pay = &Pay{From: amount, To: amount, Unit: unit} }
	}
	cases := []struct {
		name   string
		term   int
		change func(g *Graduate, p *Posting)
		want   float64
	}{
		{"all basics and the optional one", TermSkill, and(), 1},
		{"all basics only", TermSkill, func(g *Graduate, _ *Posting) { g.Trades[0].Skills = g.Trades[0].Skills[:2] }, 0.9},
		{"one of two asked, no optional one", TermSkill, func(g *Graduate, p *Posting) {
			g.Trades[0].Skills, p.Required = []string{"house-wiring"}, []string{"house-wiring", "motor-winding"}
		}, 0.9 * 0.65},
		{"a preferred skill adds a tenth", TermSkill, func(g *Graduate, p *Posting) {
			g.Trades[0].Skills, p.Required = []string{"house-wiring", "overlock"}, []string{"house-wiring", "motor-winding"}
			p.Preferred = []string{"overlock"}
		}, 0.9*0.65 + 0.1},
		{"what is required is not preferred besides", TermSkill, func(g *Graduate, p *Posting) {
			g.Trades[0].Skills, p.Required = []string{"house-wiring"}, []string{"house-wiring"}
			p.Preferred = []string{"house-wiring", "overlock"}
		}, 0.9},
		{"no skill told counts as one", TermSkill, func(g *Graduate, _ *Posting) { g.Trades[0].Skills = nil }, 0.9 * 0.65},
		{"no skill told where one is asked", TermSkill, func(g *Graduate, p *Posting) {
			g.Trades[0].Skills, p.Required = nil, []string{"house-wiring"}
		}, 0.9 * 0.65},
		{"related trade", TermSkill, func(g *Graduate, _ *Posting) { g.Trades[0].Trade = "solar-technician" }, 0.6},
		{"a skill of another trade counts", TermSkill, func(g *Graduate, p *Posting) {
			g.Trades = append(g.Trades, TradeHeld{Trade: "tailor", Skills: []string{"cutting"}})
			p.Required = []string{"cutting"}
		}, 1},

		{"35 % less at 16.1 km", TermTravel, at(16.1), 0.65},
		{"modes not told are by road", TermTravel, and(at(16.1), modes()), 0.65},
		{"on foot", TermTravel, and(at(2), modes(Walk)), math.Exp(-0.7)},
		{"the best of several", TermTravel, and(at(2), modes(Walk, Motorcycle)), math.Exp(-0.0536)},
		{"transport gives half back", TermTravel, and(at(16.1), with(CondTransport, Yes)), 0.825},
		{"living in", TermTravel, and(at(900), with(CondAccommodation, Yes), func(g *Graduate, _ *Posting) { g.AcceptsLiving = true }), 0.3},
		{"living near is better than living in", TermTravel, and(at(1), with(CondAccommodation, Yes),
			func(g *Graduate, _ *Posting) { g.AcceptsLiving = true }), math.Exp(-0.0268)},
		{"at her own home", TermTravel, and(at(50), func(_ *Graduate, p *Posting) { p.Workplace = OwnHome }), 1},
		{"the floor", TermTravel, at(900), lowestTerm},

		{"the median", TermPay, and(at(0), pays(50_000, PerMonth)), 0.7},
		{"the median by the day", TermPay, and(at(0), pays(2_000, PerDay)), 0.7 + 0.3*(52.0/50-1)/0.5},
		{"half as much again", TermPay, and(at(0), pays(75_000, PerMonth)), 1},
		{"more is not better than best", TermPay, and(at(0), pays(200_000, PerMonth)), 1},
		{"three quarters", TermPay, and(at(0), pays(37_500, PerMonth)), 0.475},
		{"bus at 10 km takes 2,600", TermPay, and(at(10), pays(52_600, PerMonth)), 0.7},
		{"by the cheaper of two", TermPay, and(at(10), modes(Motorcycle, Bus), pays(52_600, PerMonth)), 0.7},
		{"on foot it takes nothing", TermPay, and(at(4), modes(Walk, Bus), pays(50_000, PerMonth)), 0.7},
		{"nobody walks 10 km", TermPay, and(at(10), modes(Walk, Bus), pays(52_600, PerMonth)), 0.7},
		{"not stated: the lower quartile", TermPay, and(at(0), func(_ *Graduate, p *Posting) { p.Pay = nil }), 0.25 + 0.45*0.6},
		{"does not compare: the lower quartile", TermPay, and(at(0), pays(300, PerPoint)), 0.25 + 0.45*0.6},
		{"a point with its output compares", TermPay, and(at(0), func(_ *Graduate, p *Posting) {
			p.Pay = &Pay{From: 250, To: 250, Unit: PerPoint, OutputPerDay: 100.0 / 13}
		}), 0.7},
		{"the nation for remote work", TermPay, and(pays(48_000, PerMonth), func(_ *Graduate, p *Posting) { p.Workplace = Remote }), 0.7},
		{"eaten up by travel", TermPay, and(at(900), pays(40_000, PerMonth)), lowestTerm},

		{"no needs", TermConditions, and(), 1},
		{"one met, one not stated", TermConditions, and(with(CondTransport, Yes),
			func(g *Graduate, _ *Posting) { g.Needs = []Need{NeedTransport, NeedAccess} }), math.Sqrt(0.5)},
		{"refused", TermConditions, and(with(CondTransport, No), func(g *Graduate, _ *Posting) { g.Needs = []Need{NeedTransport} }), lowestTerm},

		{"both today", TermTiming, and(), 1},
		{"not told", TermTiming, func(_ *Graduate, p *Posting) { p.Starts = nil }, 0.8},
		{"free 30 days late", TermTiming, func(g *Graduate, _ *Posting) { g.AvailableFrom = ptr(noon.AddDate(0, 0, 30)) }, math.Exp(-1)},
		{"waits 60 days", TermTiming, func(_ *Graduate, p *Posting) { p.Starts = ptr(noon.AddDate(0, 0, 60)) }, math.Exp(-0.5)},
		{"began last month, free since last year", TermTiming, func(g *Graduate, p *Posting) {
			p.Starts, g.AvailableFrom = ptr(noon.AddDate(0, -1, 0)), ptr(noon.AddDate(-1, 0, 0))
		}, 1},
		{"45 days old", TermFreshness, func(_ *Graduate, p *Posting) { p.Posted = noon.AddDate(0, 0, -45) }, math.Exp(-1)},
		{"six hours old", TermFreshness, func(_ *Graduate, p *Posting) { p.Posted = noon.Add(-6 * 3600e9) }, 1},

		{"nothing asked", TermExperience, func(g *Graduate, _ *Posting) { g.Trades[0].Months = nil }, 1},
		{"half the months", TermExperience, func(_ *Graduate, p *Posting) { p.Months = 48 }, math.Sqrt(0.65)},
		{"months met in a related trade", TermExperience, func(g *Graduate, p *Posting) { g.Trades[0].Trade, p.Months = "solar-technician", 24 },
			math.Sqrt(0.3 + 0.7*0.6)},
		{"months not told", TermExperience, func(g *Graduate, p *Posting) { g.Trades[0].Months, p.Months = nil, 48 }, math.Sqrt(0.6)},
		{"one level below", TermExperience, func(_ *Graduate, p *Posting) { p.Level = 4 }, math.Sqrt(0.8)},
		{"level not told, months met", TermExperience, func(g *Graduate, p *Posting) {
			g.Trades[0].Level, p.Level, p.Months = 0, 4, 12
		}, math.Sqrt(0.6)},

		{"schooling met", TermRequirements, func(_ *Graduate, p *Posting) { p.Schooling = "middle" }, 1},
		{"two steps below", TermRequirements, func(_ *Graduate, p *Posting) { p.Schooling = "bachelor" }, 0.6},
		{"schooling not told", TermRequirements, func(g *Graduate, p *Posting) { g.Schooling, p.Schooling = "", "primary" }, 0.6},
		{"no schooling asked and none told", TermRequirements, func(g *Graduate, p *Posting) { g.Schooling, p.Schooling = "", "none" }, 1},
		{"one of two licences", TermRequirements, func(_ *Graduate, p *Posting) { p.Licences = []string{"ltv", "motorcycle"} }, 0.55},
		{"heavy holds light", TermRequirements, func(g *Graduate, p *Posting) {
			g.Licences, p.Licences = []string{"htv"}, []string{"ltv"}
		}, 1},
		{"no licence told", TermRequirements, func(g *Graduate, p *Posting) { g.Licences, p.Licences = nil, []string{"ltv"} }, 0.4},
		{"own tools asked and not held", TermRequirements, and(with(CondTools, No), func(g *Graduate, _ *Posting) { g.OwnTools = No }), 0.4},

		{"three of four answered", TermAnswers, and(), 5.0 / 7},
	}
	m := testModel(t)
	for _, c := range cases {
		t.Run(TermNames[c.term]+": "+c.name, func(t *testing.T) {
			g, p := anElectrician(), aPosting()
			c.change(g, p)
			s, o, metres := pair(t, m, g, p)
			if got := m.Score(s, o, metres, noon).Terms[c.term]; math.Abs(got-c.want) > 6e-4 {
				t.Fatalf("got %v, want %v", got, c.want)
			}
		})
	}
}

// At the best pay and at the worst, by the basis of the only wage known of the trade.
func TestPayTermLeansToItsPriorByBasis(t *testing.T) {
	for _, c := range []struct {
		basis       string
		best, worst float64
	}{
		{BasisObserved, 1, lowestTerm},
		{BasisDerived, 0.85 + 0.15*0.5, 0.85*lowestTerm + 0.15*0.5},
		{BasisAssumed, 0.65 + 0.35*0.5, 0.65*lowestTerm + 0.35*0.5},
		{"hearsay", 0.65 + 0.35*0.5, 0.65*lowestTerm + 0.35*0.5},
	} {
		wages, err := NewWages([]WageRow{{Trade: "electrician", Province: "prv-punjab", P25: 40_000, P50: 50_000, P75: 60_000, Basis: c.basis}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		m := NewModel("test", DefaultWeights(), testCatalogue(t), wages, nil)
		// The trade of the tailor has no wage, and is held against the others' as a guess.
		for trade, want := range map[string][2]float64{"electrician": {c.best, c.worst},
			"tailor": {0.65 + 0.35*0.5, 0.65*lowestTerm + 0.35*0.5}} {
			for i, amount := range []Rupees{90_000, 1} {
				g, p := anElectrician(), aPosting()
				p.Trade, p.Location, p.Pay = trade, &g.Home, &Pay{From: amount, To: amount, Unit: PerMonth}
				s, o, metres := pair(t, m, g, p)
				if got := m.Score(s, o, metres, noon).Terms[TermPay]; math.Abs(got-want[i]) > 1e-4 {
					t.Errorf("%d rupees to a %s against a wage that is %s: %v, want %v", amount, trade, c.basis, got, want[i])
				}
			}
		}
	}
}

func TestTransportCountsByWhoSaysSo(t *testing.T) {
	away := math.Exp(-0.0268 * 16.1)
	full, claimed := away+0.5*(1-away), away+0.25*(1-away)
	said := func(by string) Condition { return Condition{Answer: Yes, By: by} }
	for _, c := range []struct {
		name       string
		conditions Conditions
		verified   bool
		want       float64
	}{
		{"an unknown employer", Conditions{CondTransport: said("employer")}, false, claimed},
		{"nobody is named", Conditions{CondTransport: said("")}, false, claimed},
		{"a verified employer", Conditions{CondTransport: said("employer")}, true, full},
		{"an officer", Conditions{CondTransport: said("officer")}, false, full},
		{"a worker, of the door", Conditions{CondTransport: said("employer"), CondDoorTransport: said("worker")}, false, full},
		{"an officer says no, the employer yes to the door", Conditions{CondTransport: {Answer: No, By: "officer"},
			CondDoorTransport: said("employer")}, false, claimed},
		{"none, of a verified employer", nil, true, away},
	} {
		m, p := testModel(t), aPosting()
		p.Conditions = c.conditions
		s := m.Seekers(anElectrician())[0]
		o := m.Opening(p, EmployerFacts{Verified: c.verified})
		if got := m.Score(&s, &o, 16_100, noon).Terms[TermTravel]; math.Abs(got-c.want) > 1e-4 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAnswerRate(t *testing.T) {
	w := DefaultWeights().Answers
	for _, c := range []struct {
		name  string
		facts EmployerFacts
		want  uint16
	}{
		{"never asked", EmployerFacts{Verified: true}, 667},
		{"never asked, not verified", EmployerFacts{}, 633},
		{"answered all of a thousand", EmployerFacts{1000, 1000, true}, 999},
		{"answered none of seven", EmployerFacts{7, 0, true}, 200},
		{"answered more than was asked", EmployerFacts{1, 5, true}, 750},
	} {
		if got := w.rate(c.facts); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestDayIsPakistans(t *testing.T) {
	for _, c := range []struct {
		unix int64
		want int32
	}{{0, 0}, {19*3600 - 1, 0}, {19 * 3600, 1}, {-5*3600 - 1, -1}, {-5 * 3600, 0}} {
		if got := dayOf(c.unix); got != c.want {
			t.Errorf("second %d is on day %d, want %d", c.unix, got, c.want)
		}
	}
}

func TestWithoutWagesEveryPayScoresAlike(t *testing.T) {
	m := NewModel("bare", DefaultWeights(), testCatalogue(t), nil, nil)
	rich, none := aPosting(), aPosting()
	rich.Pay, none.Pay = &Pay{From: 90_000, To: 90_000, Unit: PerMonth}, nil
	for _, p := range []*Posting{rich, none} {
		s, o, metres := pair(t, m, anElectrician(), p)
		if got := m.Score(s, o, metres, noon).Terms[TermPay]; math.Abs(got-0.475) > 1e-9 {
			t.Errorf("pay term %v, want 0.475", got)
		}
	}
}
