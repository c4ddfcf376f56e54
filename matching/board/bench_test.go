package board

import (
	"fmt"
	"testing"

	"rabta/geo"
	"rabta/matching"
)

// benchRows is how many postings and how many graduates the benchmarks hold.
const benchRows = 100_000

// spread gives a place as people live: most of them in or near towns of unequal size.
func (r *maker) spread() geo.Point {
	town := towns[min(r.IntN(len(towns)), r.IntN(len(towns)))]
	width := 0.02 + 0.4*r.Float64()*r.Float64()
	return geo.Point{Lat: min(geo.MaxLat, town.Lat+r.NormFloat64()*width/2), Lon: town.Lon + r.NormFloat64()*width/2}
}

// benchPair fills a pair with rows; the plain market stays empty.
func benchPair(b *testing.B) *pair {
	b.Helper()
	m := testModel(b)
	p := &pair{maker: newMaker(5), market: newMarket(m), known: benchRows}
	var postings []Posting
	var graduates []Graduate
	for n := range benchRows {
		postings = append(postings, *p.row(p.spreadAdvert(n)))
		graduates = append(graduates, GraduateRows(m.Seekers(p.spreadGraduate(n)))...)
	}
	p.postings, p.graduates = NewPostings(postings), NewGraduates(graduates)
	return p
}

func (r *maker) spreadAdvert(n int) *advert {
	a := r.advert(n)
	if a.posting.Workplace == matching.Remote && r.chance(80) {
		a.posting.Workplace, a.posting.Location = matching.OnSite, &geo.Point{}
	}
	if r.chance(80) {
		delete(a.posting.Conditions, matching.CondAccommodation)
	}
	if a.posting.Location != nil {
		at := r.spread()
		a.posting.Location, a.district = &at, districtOf(&at)
	}
	return a
}

func (r *maker) spreadGraduate(n int) *matching.Graduate {
	g := r.graduate(n)
	if home, err := geo.Home(r.spread()); err == nil {
		g.Home = home
	}
	return g
}

// The rings of the API's ladder.
var benchRings = []float64{2_000, 5_000, 15_000, 25_000, 50_000, 100_000}

func BenchmarkMatch(b *testing.B) {
	p := benchPair(b)
	for _, km := range []float64{5, 25, 100} {
		for _, rungs := range []Rungs{{}, {Rings: benchRings}} {
			b.Run(fmt.Sprintf("%.0fkm/rings=%d", km, len(rungs.Rings)), func(b *testing.B) {
				var queries []MatchQuery
				for range 256 {
					queries = append(queries, MatchQuery{Seekers: p.market.model.Seekers(p.spreadGraduate(1)), Within: km * 1000, Now: noon, Limit: 20, Rungs: rungs})
				}
				b.ReportAllocs()
				total, i := 0, 0
				for b.Loop() {
					total += p.postings.Match(p.market.model, queries[i%len(queries)]).Total
					i++
				}
				b.ReportMetric(float64(total)/float64(i), "rows/op")
			})
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	p := benchPair(b)
	for _, c := range []struct {
		name   string
		trades []uint16
		within float64
		near   bool
	}{{"trade-25km", []uint16{1}, 25_000, true}, {"25km", nil, 25_000, true}, {"trade", []uint16{1}, 0, false}, {"all", nil, 0, false}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			total, i := 0, 0
			for b.Loop() {
				q := SearchQuery{Trades: c.trades, Within: c.within, Now: noon, Limit: 20}
				if c.near {
					q.Near, q.Rungs = &towns[i%len(towns)], Rungs{Rings: benchRings[:4]}
				}
				total += p.postings.Search(q).Total
				i++
			}
			b.ReportMetric(float64(total)/float64(i), "rows/op")
		})
	}
}

func BenchmarkCandidates(b *testing.B) {
	p := benchPair(b)
	for _, km := range []float64{0, 5, 25} {
		for _, rings := range [][]float64{nil, benchRings} {
			b.Run(fmt.Sprintf("%.0fkm/rings=%d", km, len(rings)), func(b *testing.B) {
				var queries []CandidateQuery
				for len(queries) < 256 {
					o := p.row(p.spreadAdvert(1)).Opening
					if !o.Remote {
						queries = append(queries, CandidateQuery{Opening: &o, Within: km * 1000, Now: noon, Limit: 20, Rings: rings, Pseudonym: hidden, Shown: twentieths})
					}
				}
				b.ReportAllocs()
				total, i := 0, 0
				for b.Loop() {
					total += p.graduates.Candidates(p.market.model, queries[i%len(queries)]).Total
					i++
				}
				b.ReportMetric(float64(total)/float64(i), "rows/op")
			})
		}
	}
}

// BenchmarkApply applies to a board whose delta is kept between 1,000 and 2,000 rows.
func BenchmarkApply(b *testing.B) {
	p := benchPair(b)
	for _, size := range []int{1, 100} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for p.postings.Pending() < 2_000 {
				row := p.row(p.spreadAdvert(p.IntN(benchRows)))
				p.postings.Apply([]PostingChange{{row.ID(), row}})
			}
			state := p.postings.table.current.Load()
			batch := make([]PostingChange, size)
			for i := range batch {
				row := p.row(p.spreadAdvert(p.IntN(benchRows)))
				batch[i] = PostingChange{row.ID(), row}
			}
			b.ReportAllocs()
			for b.Loop() {
				p.postings.table.current.Store(state)
				p.postings.Apply(batch)
			}
		})
	}
}

func BenchmarkMerge(b *testing.B) {
	p := benchPair(b)
	row := p.row(p.spreadAdvert(1))
	b.ReportAllocs()
	for b.Loop() {
		p.postings.Apply([]PostingChange{{row.ID(), row}})
		p.postings.Merge()
	}
	b.ReportMetric(float64(p.postings.Count()), "rows/op")
}
