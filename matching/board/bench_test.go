package board

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"rabta/geo"
	"rabta/matching"
)

// The rings of the API's ladder.
var benchRings = []float64{2_000, 5_000, 15_000, 25_000, 50_000, 100_000}

func BenchmarkMatch(b *testing.B) {
	w := newCountry(b, 5)
	board := w.postings(*benchRows)
	for _, km := range []float64{5, 25, 100} {
		for _, rungs := range []bool{false, true} {
			b.Run(fmt.Sprintf("%.0fkm/ladder=%v", km, rungs), func(b *testing.B) {
				var queries []MatchQuery
				for range 1024 {
					q := MatchQuery{Seekers: w.model.Seekers(w.graduate(1)), Within: km * 1000, Now: noon, Limit: 20}
					if rungs {
						q.Rungs = Rungs{Rings: benchRings, District: w.district(q.Seekers[0].Home)}
					}
					queries = append(queries, q)
				}
				timed(b, func(i int) int { return board.Match(w.model, queries[i%len(queries)]).Total })
			})
		}
	}
}

// BenchmarkMatchOutOfReach asks in one corner of the country, with the rows there are and with ten times as many, the others elsewhere.
func BenchmarkMatchOutOfReach(b *testing.B) {
	for _, times := range []int{1, 10} {
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			w := newCountry(b, 5)
			var rows []Posting
			near, far := w.towns[0], w.towns[0]
			for _, town := range w.towns {
				if geo.Distance(near, town) > geo.Distance(near, far) {
					far = town
				}
			}
			for n := range *benchRows / 10 * times {
				a := w.advert(n)
				if a.posting.Workplace != matching.Remote {
					at := geo.Point{Lat: near.Lat + w.NormFloat64()*0.2, Lon: near.Lon + w.NormFloat64()*0.2}
					if n >= *benchRows/10 {
						at = geo.Point{Lat: far.Lat + w.NormFloat64()*0.2, Lon: far.Lon + w.NormFloat64()*0.2}
					}
					a.posting.Location = &at
				} else if n >= *benchRows/10 {
					continue // remote work is within everybody's reach
				}
				rows = append(rows, *w.row(a))
			}
			board := NewPostings(w.model, rows)
			var queries []MatchQuery
			for range 1024 {
				g := w.graduate(1)
				g.Home, g.AcceptsLiving = near, false
				queries = append(queries, MatchQuery{Seekers: w.model.Seekers(g), Within: 25_000, Now: noon, Limit: 20, Rungs: Rungs{Rings: benchRings}})
			}
			timed(b, func(i int) int { return board.Match(w.model, queries[i%len(queries)]).Total })
		})
	}
}

// timed asks question after question and reports medians and the 99th percentile, and the time of a processor beside the time on the
// clock, since the machine may be shared.
func timed(b *testing.B, ask func(i int) int) {
	b.Helper()
	b.ReportAllocs()
	var took []time.Duration
	total, busy := 0, processor(b)
	for b.Loop() {
		began := time.Now()
		total += ask(len(took))
		took = append(took, time.Since(began))
	}
	busy = processor(b) - busy
	slices.Sort(took)
	b.ReportMetric(float64(total)/float64(len(took)), "rows/op")
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1000, "p99-µs")
	b.ReportMetric(float64(busy.Nanoseconds())/1000/float64(len(took)), "cpu-µs/op")
}

// processor is the time that this process has had of processors.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
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
	for _, km := range []float64{0, 25} {
		for _, rings := range [][]float64{nil, benchRings} {
			b.Run(fmt.Sprintf("%.0fkm/rings=%d", km, len(rings)), func(b *testing.B) {
				var queries []CandidateQuery
				for len(queries) < 1024 {
					o := w.row(w.advert(1)).Opening
					if !o.Remote {
						queries = append(queries, CandidateQuery{Opening: &o, Within: km * 1000, Now: noon, Limit: 20, Rings: rings, Pseudonym: hidden, Shown: twentieths})
					}
				}
				timed(b, func(i int) int { return board.Candidates(w.model, queries[i%len(queries)]).Total })
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
