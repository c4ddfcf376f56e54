package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rabta/internal/script"
)

// result is what a reading attained; the shares are of 1.
type result struct {
	first, ten, firstAttested, tenAttested float64
	lookups                                int
	took, busy                             time.Duration // on the clock; of all cores together
}

// places looks a spelling up and gives, for each of the words asked for, the chance that it is found first and among the first ten.
// It is 0 or 1 where the reading puts the words in one order, and between where it leaves several equal.
type places func(roman string, words []string) (first, ten []float64)

// measure looks up every case, each spelling once, on all cores.
func measure(name string, cases []pair, look places) result {
	var spellings []string
	asked := map[string][]pair{}
	for _, c := range cases {
		if asked[c.roman] == nil {
			spellings = append(spellings, c.roman)
		}
		asked[c.roman] = append(asked[c.roman], c)
	}
	began := time.Now()
	var done, busy atomic.Int64
	partial := make([]result, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i := range partial {
		all.Go(func() {
			for n := int(done.Add(1)) - 1; n < len(spellings); n = int(done.Add(1)) - 1 {
				start := time.Now()
				partial[i].add(spellings[n], asked[spellings[n]], look)
				busy.Add(int64(time.Since(start)))
				if n%2000 == 0 {
					fmt.Fprintf(os.Stderr, "\r%s: %d of %d spellings, %.0f s ", name, n, len(spellings), time.Since(began).Seconds())
				}
			}
		})
	}
	all.Wait()
	fmt.Fprintf(os.Stderr, "\r%s: %d spellings in %.0f s          \n", name, len(spellings), time.Since(began).Seconds())
	r := share(partial, cases)
	r.lookups, r.took, r.busy = len(spellings), time.Since(began), time.Duration(busy.Load())
	return r
}

func (r *result) add(roman string, asked []pair, look places) {
	words := make([]string, len(asked))
	for i, c := range asked {
		words[i] = c.native
	}
	first, ten := look(roman, words)
	for i, c := range asked {
		r.first += first[i]
		r.ten += ten[i]
		r.firstAttested += first[i] * float64(c.attestations)
		r.tenAttested += ten[i] * float64(c.attestations)
	}
}

// share sums what the cores counted and divides by the number of cases and of attestations.
func share(partial []result, cases []pair) result {
	var sum result
	for _, p := range partial {
		sum.first += p.first
		sum.ten += p.ten
		sum.firstAttested += p.firstAttested
		sum.tenAttested += p.tenAttested
	}
	attested := 0
	for _, c := range cases {
		attested += c.attestations
	}
	n, a := float64(max(1, len(cases))), float64(max(1, attested))
	return result{first: sum.first / n, ten: sum.ten / n, firstAttested: sum.firstAttested / a, tenAttested: sum.tenAttested / a}
}

// ours is the reading of script.Lexicon.
type ours struct{ lexicon *script.Lexicon }

func newOurs(words []string) ours { return ours{script.NewLexicon(words)} }

func (o ours) places(roman string, words []string) (first, ten []float64) {
	first, ten = make([]float64, len(words)), make([]float64, len(words))
	for place, m := range o.lexicon.Find(roman, 10) {
		for i, w := range words {
			if m.Word == w {
				ten[i] = 1
				if place == 0 {
					first[i] = 1
				}
			}
		}
	}
	return first, ten
}

// listMissed prints the cases whose word is not among the first ten.
func listMissed(cases []pair, o ours) {
	for _, c := range cases {
		if _, ten := o.places(c.roman, []string{c.native}); ten[0] == 0 {
			var first []string
			for _, m := range o.lexicon.Find(c.roman, 3) {
				first = append(first, fmt.Sprintf("%s %.2f", m.Word, m.Cost))
			}
			alone := script.NewLexicon([]string{c.native}).Find(c.roman, 1)
			cost := -1.0
			if len(alone) > 0 {
				cost = alone[0].Cost
			}
			fmt.Printf("missed\t%s\t%s\t%d\t%.2f\t%s\n", c.roman, c.native, c.attestations, cost, strings.Join(first, ", "))
		}
	}
}
