package report

import (
	"bytes"
	"sync"
	"testing"
	"time"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/gaps"
	"rabta/seed"
)

// noon is the moment at which the sample market stands.
var noon = time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC)

// sample is a market large enough that some districts show much and others next to nothing.
type sample struct {
	ref     *seed.Reference
	sources Sources
}

// market is made once: 12,000 people, 3,000 postings, and as many in each of the months before, so that there is something to advise.
var market = sync.OnceValue(func() *sample {
	ref, err := seed.Load()
	if err != nil {
		panic(err)
	}
	l := gaps.NewLedger(gaps.DefaultSettings(ref.Model, ref.Gazetteer))
	today := matching.Day(noon)
	for g := range seed.NewMarket(ref, seed.Size{Graduates: 12_000}, 1, noon).Graduates() {
		if s, ok := gaps.SearcherOf(ref.Model, g, matching.Day(g.Created), matching.NoDay); ok && g.Status == matching.Searching {
			l.PutSearcher(s)
		}
	}
	for back := range 4 {
		for p := range seed.NewMarket(ref, seed.Size{Postings: 3_000}, uint64(back+1), noon.AddDate(0, 0, -45*back)).Postings() {
			ended := matching.Day(p.Expires)
			if v, ok := gaps.VacancyOf(ref.Model, p, matching.EmployerFacts{}, ended, back > 0 && p.Vacancies > 1); ok {
				l.PutVacancy(v)
			}
		}
	}
	p := gaps.Publish(l.Table(today), nil)
	q := gaps.Question{Seats: gaps.Seats(ref.Gazetteer)}
	return &sample{ref, Sources{Day: noon, Publication: p, Gazetteer: ref.Gazetteer, Catalogue: ref.Model.Catalogue,
		Training: l.Advise(p, q), Moves: l.MoveDemand(p, q), Vans: l.AddTransport(p, q)}}
})

// districtOf gathers the report of a district by its English name.
func districtOf(t testing.TB, name string) *District {
	t.Helper()
	m := market()
	for _, place := range m.ref.Gazetteer.All(geo.LevelDistrict) {
		if place.Names.En == name {
			sources := m.sources
			people := int64(1234)
			sources.Trend = &gaps.Trend{Demand: 1300, DemandMonth: &people, Supply: &people}
			d, err := Of(&sources, place)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
	}
	t.Fatalf("there is no district %q", name)
	return nil
}

func written(t testing.TB, d *District, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, lang); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
