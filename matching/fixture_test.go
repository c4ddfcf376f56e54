package matching

import (
	"fmt"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching/trades"
)

// The small world of the tests: three trades, of which two are related, seven skills, two provinces.
var (
	noon  = time.Date(2026, 11, 20, 7, 0, 0, 0, time.UTC)
	home  = geo.Point{Lat: 31.5204, Lon: 74.3587}
	works = geo.Point{Lat: 31.5500, Lon: 74.3436}
)

func names(en, ur, roman string) trades.Names { return trades.Names{En: en, Ur: ur, Roman: roman} }

func testCatalogue(t testing.TB) *trades.Catalogue {
	t.Helper()
	c, err := trades.New([]trades.Trade{
		{Slug: "electrician", ISCO: "7411", Sector: "electrical", Names: names("Electrician", "الیکٹریشن", "electrician"),
			Skills:  []trades.Skilled{{Skill: "house-wiring", Essential: true}, {Skill: "db-fitting", Essential: true}, {Skill: "fan-repair"}},
			Related: []trades.Relation{{Trade: "solar-technician", Relatedness: 0.6}}},
		{Slug: "solar-technician", ISCO: "7411", Sector: "electrical", Names: names("Solar technician", "سولر ٹیکنیشن", "solar technician"),
			Skills: []trades.Skilled{{Skill: "panel-mounting", Essential: true}, {Skill: "house-wiring"}}},
		{Slug: "tailor", ISCO: "7531", Sector: "garments", Names: names("Tailor", "درزی", "darzi"),
			Skills: []trades.Skilled{{Skill: "cutting", Essential: true}, {Skill: "overlock"}}},
	}, []trades.Skill{
		{Slug: "house-wiring", Names: names("House wiring", "گھر کی وائرنگ", "ghar ki wiring")},
		{Slug: "db-fitting", Names: names("DB fitting", "ڈی بی فٹنگ", "DB fitting")},
		{Slug: "fan-repair", Names: names("Fan repair", "پنکھے کی مرمت", "pankhay ki marammat")},
		{Slug: "motor-winding", Names: names("Motor winding", "موٹر وائنڈنگ", "motor winding")},
		{Slug: "panel-mounting", Names: names("Panel mounting", "پینل لگانا", "panel lagana")},
		{Slug: "cutting", Names: names("Cutting", "کٹائی", "kataai")},
		{Slug: "overlock", Names: names("Overlock machine", "اوورلاک مشین", "overlock machine")},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func testWages(t testing.TB) *Wages {
	t.Helper()
	row := func(trade, province, basis string, p25, p50, p75 float64) WageRow {
		return WageRow{Trade: trade, Province: province, P25: p25, P50: p50, P75: p75, Basis: basis, Source: "test"}
	}
	since := func(province string, year int, amount Rupees) MinimumRow {
		return MinimumRow{Province: province, From: time.Date(year, 7, 1, 0, 0, 0, 0, time.UTC), Category: Unskilled, Monthly: amount}
	}
	w, err := NewWages([]WageRow{row("electrician", "prv-punjab", BasisObserved, 40_000, 50_000, 60_000),
		row("electrician", "prv-sindh", BasisDerived, 36_000, 45_000, 55_000), row("electrician", "", BasisObserved, 38_000, 48_000, 58_000),
		row("solar-technician", "prv-punjab", BasisDerived, 45_000, 55_000, 70_000),
		row("tailor", "prv-punjab", BasisAssumed, 30_000, 40_000, 50_000)},
		[]MinimumRow{since("prv-punjab", 2024, 37_000), since("prv-punjab", 2025, 40_000)})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func testModel(t testing.TB) *Model {
	t.Helper()
	return NewModel("test", DefaultWeights(), testCatalogue(t), testWages(t), nil)
}

func testID(prefix string, n int) ID {
	var u ulid.ULID
	copy(u[8:], fmt.Sprintf("%08d", n))
	return ID(prefix + "_" + u.String())
}

func ptr[T any](v T) *T { return &v }

// anElectrician holds all that an electrician needs and asks for nothing special.
func anElectrician() *Graduate {
	return &Graduate{
		ID: testID(GraduatePrefix, 1), Home: home, Status: Searching, Gender: Woman, BirthDecade: 1990, Schooling: "matric",
		Trades:        []TradeHeld{{Trade: "electrician", Skills: []string{"house-wiring", "db-fitting", "fan-repair"}, Level: 3, Months: ptr(24)}},
		AvailableFrom: ptr(noon), OwnTools: Yes, Licences: []string{"motorcycle"}, Consent: Consent{Matching: true},
		Travel: Travel{MaxMetres: 25_000, Modes: []Mode{Bus}},
	}
}

// aPosting asks for an electrician in Lahore.
func aPosting() *Posting {
	return &Posting{
		ID: testID(PostingPrefix, 1), Employer: testID(EmployerPrefix, 1), Kind: Job, Workplace: OnSite, Trade: "electrician",
		Title: "Electrician for a housing scheme", Vacancies: 2, Pay: &Pay{From: 50_000, To: 60_000, Unit: PerMonth},
		Location: ptr(works), Province: "prv-punjab", Starts: ptr(noon), Posted: noon.Add(-48 * time.Hour),
		Expires: noon.AddDate(0, 1, 0), Status: Open,
	}
}

var answering = EmployerFacts{Asked: 4, Answered: 3, Verified: true}

// pair digests both sides and gives them with their exact distance.
func pair(t testing.TB, m *Model, g *Graduate, p *Posting) (*Seeker, *Opening, float64) {
	t.Helper()
	rows := m.Seekers(g)
	if len(rows) == 0 {
		t.Fatal("the graduate has no row")
	}
	o := m.Opening(p, answering)
	if o.Remote {
		return &rows[0], &o, 0
	}
	return &rows[0], &o, geo.Distance(g.Home, o.At)
}
