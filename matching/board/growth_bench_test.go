package board

import (
	"flag"
	"fmt"
	"runtime"
	"testing"
	"time"
)

// largest is how many postings the largest board of BenchmarkGrowth has. Ten million take some 6 GB and ten minutes to make.
var largest = flag.Int("largest", 100_000, "postings of the largest board that BenchmarkGrowth asks: 10000, and ten times as many, up to this")

// BenchmarkGrowth asks boards of ten times more postings each for the best within 5 and 25 km, and says what a row takes in memory and took
// to be put on the board. What is in reach grows with the board, so that time is told for a row in reach too.
func BenchmarkGrowth(b *testing.B) {
	for rows := 10_000; rows <= *largest; rows *= 10 {
		w := newCountry(b, 5)
		made := make([]Posting, rows)
		for n := range made {
			made[n] = *w.row(w.advert(n))
		}
		before := heap()
		began := time.Now()
		board := NewPostings(w.model, made)
		took := time.Since(began)
		taken := heap() - before
		runtime.KeepAlive(made)
		made = nil
		for _, km := range []float64{5, 25} {
			b.Run(fmt.Sprintf("%d/%.0fkm", rows, km), func(b *testing.B) {
				var queries []MatchQuery
				for range 1024 {
					queries = append(queries, MatchQuery{Seekers: w.model.Seekers(w.graduate(1)), Within: km * 1000, Now: noon, Limit: 20})
				}
				timed(b, func(i int) int { return board.Match(w.model, queries[i%len(queries)]).Total })
				b.ReportMetric(taken/float64(rows), "B/row")
				b.ReportMetric(float64(took.Nanoseconds())/float64(rows), "made-ns/row")
			})
		}
	}
}
