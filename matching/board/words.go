package board

import "github.com/oklog/ulid/v2"

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
