package board

import (
	"fmt"
	"testing"
)

// The rings of the API's ladder.
var benchRings = []float64{2_000, 5_000, 15_000, 25_000, 50_000, 100_000}

func BenchmarkMatch(b *testing.B) {
	w := newCountry(b, 5)
	board := w.postings(*benchRows)
	for _, km := range []float64{5, 25, 100} {
		for _, rungs := range []Rungs{{}, {Rings: benchRings}} {
			b.Run(fmt.Sprintf("%.0fkm/rings=%d", km, len(rungs.Rings)), func(b *testing.B) {
				var queries []MatchQuery
				for range 256 {
					queries = append(queries, MatchQuery{Seekers: w.model.Seekers(w.graduate(1)), Within: km * 1000, Now: noon, Limit: 20, Rungs: rungs})
				}
				b.ReportAllocs()
				total, i := 0, 0
				for b.Loop() {
					total += board.Match(w.model, queries[i%len(queries)]).Total
					i++
				}
				b.ReportMetric(float64(total)/float64(i), "rows/op")
			})
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	w := newCountry(b, 5)
	board := w.postings(*benchRows)
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
					q.Near, q.Rungs = &w.towns[i%len(w.towns)], Rungs{Rings: benchRings[:4]}
				}
				total += board.Search(q).Total
				i++
			}
			b.ReportMetric(float64(total)/float64(i), "rows/op")
		})
	}
}

func BenchmarkCandidates(b *testing.B) {
	w := newCountry(b, 5)
	board := w.graduates(*benchRows)
	for _, km := range []float64{0, 5, 25} {
		for _, rings := range [][]float64{nil, benchRings} {
			b.Run(fmt.Sprintf("%.0fkm/rings=%d", km, len(rings)), func(b *testing.B) {
				var queries []CandidateQuery
				for len(queries) < 256 {
					o := w.row(w.advert(1)).Opening
					if !o.Remote {
						queries = append(queries, CandidateQuery{Opening: &o, Within: km * 1000, Now: noon, Limit: 20, Rings: rings, Pseudonym: hidden, Shown: twentieths})
					}
				}
				b.ReportAllocs()
				total, i := 0, 0
				for b.Loop() {
					total += board.Candidates(w.model, queries[i%len(queries)]).Total
					i++
				}
				b.ReportMetric(float64(total)/float64(i), "rows/op")
			})
		}
	}
}

// BenchmarkApply applies to a board whose delta is kept between 1,000 and 2,000 rows.
func BenchmarkApply(b *testing.B) {
	w := newCountry(b, 5)
	board := w.postings(*benchRows)
	for _, size := range []int{1, 100} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for board.Pending() < 2_000 {
				row := w.row(w.advert(w.IntN(*benchRows)))
				board.Apply([]PostingChange{{row.ID(), row}})
			}
			state := board.table.current.Load()
			batch := make([]PostingChange, size)
			for i := range batch {
				row := w.row(w.advert(w.IntN(*benchRows)))
				batch[i] = PostingChange{row.ID(), row}
			}
			b.ReportAllocs()
			for b.Loop() {
				board.table.current.Store(state)
				board.Apply(batch)
			}
		})
	}
}

func BenchmarkMerge(b *testing.B) {
	w := newCountry(b, 5)
	board := w.postings(*benchRows)
	row := w.row(w.advert(1))
	b.ReportAllocs()
	for b.Loop() {
		board.Apply([]PostingChange{{row.ID(), row}})
		board.Merge()
	}
	b.ReportMetric(float64(board.Count()), "rows/op")
}
