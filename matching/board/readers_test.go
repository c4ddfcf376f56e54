package board

import (
	"fmt"
	"maps"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
)

// history is every state that the boards go through, with the plain answers to fixed questions in each. State n may be seen from
// the moment begun reaches n, and no state before n once ended has.
type history struct {
	answers      [][]answer
	begun, ended atomic.Int64
}

// explains tells whether an answer to a question is that of one of the states from first to last.
func (h *history) explains(question int, got answer, first, last int64) bool {
	for n := first; n <= last; n++ {
		if reflect.DeepEqual(h.answers[n][question], got) {
			return true
		}
	}
	return false
}

// TestReadersSeeWholeStates asks while a writer applies batches and another goroutine merges: each answer is that of one state that was
// current during the question. Each batch changes several records, so that a torn one would be no state at all.
func TestReadersSeeWholeStates(t *testing.T) {
	m := testModel(t)
	r := newMaker(8)
	r.towns, r.trades = 1, []string{"electrician", "solar"}
	p := newPair(m, r, 40)
	seekers := m.Seekers(p.graduate(1 << 20))
	opening := p.row(p.advert(1 << 20)).Opening
	match := MatchQuery{Seekers: seekers, Within: 50_000, Now: noon, Limit: 5, Rungs: Rungs{Rings: []float64{5_000, 60_000}, District: district(towns[0])}}
	search := SearchQuery{Near: &towns[0], Within: 30_000, Now: noon, Limit: 5, Rungs: Rungs{Rings: []float64{5_000}, District: district(towns[0])}}
	candidates := CandidateQuery{Opening: &opening, Now: noon, Limit: 5, Rings: []float64{5_000}, Pseudonym: hidden}

	const states, records = 250, 45
	p.known = records
	h := &history{}
	plain := func() {
		h.answers = append(h.answers, []answer{p.market.match(match), p.market.search(search), p.market.candidates(candidates)})
	}
	var postings [states][]PostingChange
	var graduates [states][]GraduateChange
	plain()
	for n := 1; n < states; n++ {
		for range 2 + p.IntN(4) {
			pc, gc := p.change(p.IntN(records))
			postings[n], graduates[n] = append(postings[n], pc), append(graduates[n], gc)
		}
		plain()
	}

	finished := make(chan struct{})
	var readers sync.WaitGroup
	beside := func(work func() error) {
		readers.Go(func() {
			for {
				select {
				case <-finished:
					return
				default:
				}
				if err := work(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	reader := func(question int, ask func() answer) {
		beside(func() error {
			first := h.ended.Load()
			got := ask()
			if last := h.begun.Load(); !h.explains(question, got, first, last) {
				return fmt.Errorf("question %d: no state from %d to %d answers %+v", question, first, last, got)
			}
			return nil
		})
	}
	reader(0, func() answer { return ofMatches(p.postings.Match(m, match)) })
	reader(1, func() answer { return ofHits(m, p.postings.Search(search)) })
	reader(2, func() answer { return ofCandidates(p.graduates.Candidates(m, candidates)) })
	beside(func() error { p.postings.Merge(); p.graduates.Merge(); return nil })

	for n := int64(1); n < states; n++ {
		h.begun.Store(n)
		p.postings.Apply(postings[n])
		p.graduates.Apply(graduates[n])
		h.ended.Store(n)
	}
	close(finished)
	readers.Wait()
	p.checkRecords(t)
}

// TestWritersDoNotLoseEachOther lets several goroutines apply batches to records of their own while merges go on.
func TestWritersDoNotLoseEachOther(t *testing.T) {
	const writers, each = 4, 60
	m := testModel(t)
	p := newPair(m, newMaker(9), 0)
	p.known = writers * each
	var owners [writers]*pair
	var all sync.WaitGroup
	for w := range writers {
		owner := &pair{maker: newMaker(uint64(w)), market: newMarket(m)}
		owners[w] = owner
		all.Go(func() {
			for i := range each {
				pc, gc := owner.change(w*each + i%20)
				p.postings.Apply([]PostingChange{pc})
				p.graduates.Apply([]GraduateChange{gc})
				if i%7 == 0 {
					p.postings.Merge()
					p.graduates.Merge()
				}
			}
		})
	}
	all.Wait()
	for _, owner := range owners {
		maps.Copy(p.market.adverts, owner.market.adverts)
		maps.Copy(p.market.graduates, owner.market.graduates)
	}
	p.checkRecords(t)
	p.check(t)
}
