package board

import (
	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// Words tell how well postings meet the words of one search. Whoever keeps the words (package search does) keeps them in the order
// that the rows of a board had at some moment, since a search looks at runs of neighbouring rows.
type Words interface {
	// Order is the order in which the words are kept.
	Order() Order
	// Find gives how well a posting meets the words, or, with a row of 0 or more, where Read has it: in that row, which may lie beyond
	// those of the order. 0 and a negative row: not at all.
	Find(id ulid.ULID) (score float64, row int)
	// Read appends to met the rows of the spans that meet a word, ascending. Spans ascend and do not touch.
	Read(spans []Span, met []Met) ([]Met, error)
}

// Order numbers the postings of a board as they stood at one moment, in its own order.
type Order interface {
	Rows() int
	// Find gives the row of a posting, and false when it had none. Guess is a row that it may be, and any number will do.
	Find(id ulid.ULID, guess int) (row int, ok bool)
}

// Span is the rows from Lo up to Hi, which is not one of them.
type Span struct{ Lo, Hi int }

// Met is a row that meets the words of a search, and how well, in (0,1].
type Met struct {
	Row   int
	Score float64
}

// order is the rows of the runs of a board, one run after the other.
type order struct {
	runs []run[Posting] // with the rows that were dead already
	from []int          // the first row of each run
	rows int
}

// Order gives the order of the board as it is now. Rows of the delta are in none.
func (b *Postings) Order() Order {
	o := &order{}
	for _, r := range b.table.current.Load().runs {
		o.runs, o.from = append(o.runs, r), append(o.from, o.rows)
		o.rows += r.rows.len()
	}
	return o
}

// Rows implements Order.
func (o *order) Rows() int { return o.rows }

// Find implements Order.
func (o *order) Find(id ulid.ULID, guess int) (int, bool) {
	if guess >= 0 && guess < o.rows {
		i := len(o.from) - 1
		for o.from[i] > guess {
			i--
		}
		if n := guess - o.from[i]; o.runs[i].rows.ident(n) == id && !o.runs[i].dead.has(n) {
			return guess, true
		}
	}
	for i := range o.runs {
		r := &o.runs[i]
		lo, hi := r.rangeOf(id)
		for _, n := range r.byID[lo:hi] {
			if !r.dead.has(int(n)) {
				return o.from[i] + int(n), true
			}
		}
	}
	return 0, false
}

// offset is the first row of a run, and false when it is not in the order.
func (o *order) offset(b *base[Posting]) (int, bool) {
	for i := range o.runs {
		if o.runs[i].base == b {
			return o.from[i], true
		}
	}
	return 0, false
}

// Covered is what part of the board, from 0 to 1 and apart from the newest rows, which are few, has its rows in an order still: the others
// are looked up one by one.
func (b *Postings) Covered(by Order) float64 {
	o, _ := by.(*order)
	snap := b.table.current.Load()
	all, covered := snap.count()-len(snap.delta), 0
	for i := range snap.runs {
		if o == nil {
			break
		}
		if _, ok := o.offset(snap.runs[i].base); ok {
			covered += snap.runs[i].live()
		}
	}
	if all == 0 {
		return 1
	}
	return float64(covered) / float64(all)
}

// IDs gives the ids of all postings, in the order of the board.
func (b *Postings) IDs() []matching.ID {
	snap := b.table.current.Load()
	ids := make([]matching.ID, 0, snap.count())
	add := func(key ulid.ULID) { ids = append(ids, (&matching.Opening{Key: key}).ID()) }
	for i := range snap.runs {
		r := &snap.runs[i]
		for n := range r.rows.len() {
			if !r.dead.has(n) {
				add(r.rows.ident(n))
			}
		}
	}
	for i := range snap.delta {
		add(snap.delta[i].Key)
	}
	return ids
}
