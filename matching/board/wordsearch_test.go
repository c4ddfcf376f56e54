package board

import (
	"fmt"
	"math"
	"testing"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// saidWords are words as package search keeps them, with scores by chance: of the rows of an order that a board once had, of rows
// beyond it, and of postings that changed since.
type saidWords struct {
	order  Order
	seed   byte
	text   func(ulid.ULID) float64
	byRow  []float64
	beyond map[ulid.ULID]int
	now    map[ulid.ULID]bool // changed since: Find knows them by itself
	reads  int
}

// textOf is how well a posting meets the words: most do not.
func (p *pair) saidWords() *saidWords {
	w := &saidWords{order: p.postings.Order(), seed: byte(p.IntN(256)), beyond: map[ulid.ULID]int{}, now: map[ulid.ULID]bool{}}
	w.text = func(key ulid.ULID) float64 {
		if x := key[15]*31 + key[14]*17 + w.seed; x%3 == 0 {
			return (float64(x%16) + 1) / 16
		}
		return 0
	}
	w.byRow = make([]float64, w.order.Rows())
	for n := range p.known + 1 {
		key := id(matching.PostingPrefix, n).ULID()
		row, ok := w.order.Find(key, p.IntN(max(1, w.order.Rows()))-1)
		if !ok && p.chance(50) {
			row, ok = len(w.byRow), true
			w.byRow = append(w.byRow, 0)
			w.beyond[key] = row
		}
		if w.now[key] = !ok || p.chance(10); !ok {
			continue
		}
		w.byRow[row] = w.text(key)
	}
	return w
}

func (w *saidWords) Order() Order { return w.order }

func (w *saidWords) Find(key ulid.ULID) (float64, int) {
	if row, ok := w.beyond[key]; ok && !w.now[key] {
		return 0, row
	}
	if row, ok := w.order.Find(key, -1); ok && !w.now[key] {
		return 0, row
	}
	return w.text(key), -1
}

func (w *saidWords) Read(spans []Span, met []Met) ([]Met, error) {
	w.reads++
	last := -1
	for _, s := range spans {
		if s.Lo <= last || s.Hi <= s.Lo {
			return nil, fmt.Errorf("spans %v do not ascend, or touch", spans)
		}
		last = s.Hi
		for row := s.Lo; row < s.Hi; row++ {
			if w.byRow[row] > 0 {
				met = append(met, Met{row, w.byRow[row]})
			}
		}
	}
	return met, nil
}

// farRating never rises with the distance, and says so in steps, so that there are ties.
type farRating struct{ steps float64 }

func (r farRating) Score(o *matching.Opening, text, metres float64) float64 {
	score := float64(o.Trade%2)/2 + text + float64(o.Posted%5)/50
	if o.Urgent || o.Accommodation || o.OpenTo == 2 {
		score += 0.125
	}
	if !math.IsNaN(metres) {
		score += math.Exp(-math.Round(metres/r.steps) * r.steps / 30_000)
	}
	return score
}

func (r farRating) Most(o *matching.Opening, text, metres float64) float64 {
	return r.Score(o, text, max(0, metres-r.steps))
}

// checkWords asks the same by words and by a Score and Only of the same texts.
func (p *pair) checkWords(t fataler, w *saidWords) {
	t.Helper()
	q := WordQuery{SearchQuery: p.searchQuery(), Words: w, Needed: p.chance(50), Rating: farRating{one(p.maker, 1.0, 5_000)}}
	q.Only, q.Score = nil, nil
	texts := w.text
	if p.chance(10) {
		q.Words, texts = nil, func(ulid.ULID) float64 { return 0 }
	}
	plain := q.SearchQuery
	plain.Score = func(o *matching.Opening, metres float64) (float64, bool) {
		return q.Rating.Score(o, texts(o.Key), metres), true
	}
	if q.Needed {
		plain.Only = []matching.ID{}
		for n := range p.known + 1 {
			if id := id(matching.PostingPrefix, n); texts(id.ULID()) > 0 {
				plain.Only = append(plain.Only, id)
			}
		}
	}
	for range 2 {
		want := p.market.search(plain)
		got, err := p.postings.SearchWords(q)
		if err != nil {
			t.Fatalf("%v", err)
		}
		equal(t, q, want, ofHits(p.market.model, got))
		plain.After = p.after(want)
		q.After = plain.After
	}
}

// TestSearchByWordsEqualsBruteForce asks 10,000 questions of boards that change and merge, by words whose order is of now or of long ago.
func TestSearchByWordsEqualsBruteForce(t *testing.T) {
	m := testModel(t)
	questions := 0
	for seed := range uint64(40) {
		r := newMaker(seed)
		r.towns = 1 + int(seed%3)*5
		p := newPair(m, r, r.IntN(300))
		w := p.saidWords()
		for range 25 {
			switch r.IntN(5) {
			case 0:
				p.postings.Merge()
			case 1:
				p.postings.MergeDue()
			case 2:
				p.mergeAmid(2)
			default:
				p.apply(1 + r.IntN(20))
			}
			// What came since is known by itself, as the index would have it.
			for n := range p.known + 1 {
				key := id(matching.PostingPrefix, n).ULID()
				if _, known := w.now[key]; !known {
					w.now[key] = true
				}
			}
			for range 5 {
				p.checkWords(t, w)
				questions += 2
			}
			if p.chance(20) {
				w = p.saidWords()
			}
		}
	}
	if questions < 10_000 {
		t.Errorf("only %d questions were asked", questions)
	}
}
