package matching

import (
	"time"

	"pgregory.net/rapid"

	"rabta/geo"
)

var (
	testTrades = []string{"electrician", "solar-technician", "tailor"}
	testSkills = []string{"house-wiring", "db-fitting", "fan-repair", "motor-winding", "panel-mounting", "cutting", "overlock"}
)

// some draws a short list without repetition from values.
func some[T comparable](t *rapid.T, name string, values []T) []T {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(values), 0, len(values), func(v T) T { return v }).Draw(t, name)
}

// perhaps draws nothing or a day around noon.
func perhapsDay(t *rapid.T, name string) *time.Time {
	if rapid.Bool().Draw(t, name+" told") {
		return ptr(noon.AddDate(0, 0, rapid.IntRange(-200, 400).Draw(t, name)))
	}
	return nil
}

func drawPoint(t *rapid.T, name string) geo.Point {
	return geo.Point{Lat: rapid.Float64Range(geo.MinLat, geo.MaxLat).Draw(t, name+" lat"),
		Lon: rapid.Float64Range(geo.MinLon, geo.MaxLon).Draw(t, name+" lon")}
}

func drawGraduate(t *rapid.T) *Graduate {
	g := &Graduate{
		ID: testID(GraduatePrefix, 1), Home: drawPoint(t, "home"), Status: Searching,
		Gender:      rapid.SampledFrom([]Gender{"", Woman, Man, Transgender}).Draw(t, "gender"),
		BirthDecade: rapid.SampledFrom([]int{0, 1960, 1990, 2010}).Draw(t, "decade"),
		Schooling:   rapid.SampledFrom(append([]string{""}, Schooling[:]...)).Draw(t, "schooling"),
		OwnTools:    rapid.SampledFrom([]Answer{"", Yes, No}).Draw(t, "own tools"), Licences: some(t, "licences", Licences[:]),
		Travel:        Travel{MaxMetres: rapid.Float64Range(0, 1e5).Draw(t, "reach"), Modes: some(t, "modes", Modes[:])},
		AvailableFrom: perhapsDay(t, "available"), Needs: some(t, "needs", Needs[:]),
		AcceptsLiving: rapid.Bool().Draw(t, "lives in"), Kinds: some(t, "kinds", Kinds[:]),
		Trades: []TradeHeld{{Trade: rapid.SampledFrom(testTrades).Draw(t, "trade held"), Skills: some(t, "skills", testSkills),
			Level: rapid.IntRange(0, 8).Draw(t, "level")}},
	}
	if rapid.Bool().Draw(t, "months told") {
		g.Trades[0].Months = ptr(rapid.IntRange(0, 720).Draw(t, "months"))
	}
	return g
}

func drawPosting(t *rapid.T) *Posting {
	p := &Posting{
		ID: testID(PostingPrefix, 1), Kind: rapid.SampledFrom(Kinds[:]).Draw(t, "kind"),
		Workplace: rapid.SampledFrom(Workplaces[:]).Draw(t, "workplace"), Trade: rapid.SampledFrom(testTrades).Draw(t, "trade asked"),
		Required: some(t, "required", testSkills), Preferred: some(t, "preferred", testSkills),
		Level: rapid.IntRange(0, 8).Draw(t, "level asked"), Months: rapid.IntRange(0, 120).Draw(t, "months asked"),
		Vacancies: 1, Province: rapid.SampledFrom([]string{"", "prv-punjab", "prv-sindh"}).Draw(t, "province"),
		Schooling: rapid.SampledFrom(append([]string{""}, Schooling[:]...)).Draw(t, "schooling asked"),
		Licences:  some(t, "licences asked", Licences[:]), Starts: perhapsDay(t, "starts"), Conditions: Conditions{},
		Posted: noon.Add(-time.Duration(rapid.IntRange(0, 400*24).Draw(t, "hours ago")) * time.Hour), Expires: noon.AddDate(0, 1, 0),
		Status: Open,
	}
	if p.Workplace != Remote {
		p.Location = ptr(drawPoint(t, "location"))
	}
	for _, name := range ConditionNames {
		p.Conditions[name] = Condition{Answer: rapid.SampledFrom([]Answer{"", Yes, No}).Draw(t, string(name)),
			By: rapid.SampledFrom([]string{"", "employer", "officer", "worker"}).Draw(t, string(name)+" by")}
	}
	if rapid.Bool().Draw(t, "pay stated") {
		from := Rupees(rapid.IntRange(0, 100_000).Draw(t, "from"))
		p.Pay = &Pay{From: from, To: from + Rupees(rapid.IntRange(1, 50_000).Draw(t, "more")),
			Unit: rapid.SampledFrom(PayUnits[:]).Draw(t, "unit"), OutputPerDay: rapid.Float64Range(0, 100).Draw(t, "output")}
	}
	return p
}

func drawFacts(t *rapid.T) EmployerFacts {
	asked := rapid.IntRange(0, 1000).Draw(t, "asked")
	return EmployerFacts{asked, rapid.IntRange(0, asked).Draw(t, "answered"), rapid.Bool().Draw(t, "verified")}
}

// drawMetres draws distances with weight on those near the ends of modes' ranges.
func drawMetres(t *rapid.T, name string) float64 {
	return rapid.OneOf(rapid.Float64Range(0, 1.6e6), rapid.Float64Range(0, 30_000),
		rapid.SampledFrom([]float64{0, 4_999.999, 5_000, 5_000.001, 15_000, 15_000.001})).Draw(t, name)
}
