package board

import (
	"math/bits"
	"slices"
)

// tombstones is an immutable set of dead rows, in pages that an edit copies only where it writes.
type tombstones struct{ pages []*page }

const pageRows = 4096

type page [pageRows / 64]uint64

// alive is the page of rows none of which is dead; it is never written.
var alive page

func newTombstones(rows int) tombstones {
	t := tombstones{pages: make([]*page, (rows+pageRows-1)/pageRows)}
	for i := range t.pages {
		t.pages[i] = &alive
	}
	return t
}

func (t tombstones) has(n int) bool {
	return t.pages[n/pageRows][n%pageRows/64]&(1<<(n%64)) != 0
}

// each visits the dead of the rows from lo up to hi.
func (t tombstones) each(lo, hi int, visit func(n int)) {
	for n := lo; n < hi; {
		p := t.pages[n/pageRows]
		if p == &alive {
			n = (n/pageRows + 1) * pageRows
			continue
		}
		word := p[n%pageRows/64] >> (n % 64) << (n % 64)
		first := n &^ 63
		for ; word != 0; word &= word - 1 {
			if dead := first + bits.TrailingZeros64(word); dead < hi {
				visit(dead)
			}
		}
		n = first + 64
	}
}

// tombEdit collects deaths over a set of tombstones that stays as it is.
type tombEdit struct {
	pages  []*page
	copied map[int]bool
}

func (t tombstones) edit() *tombEdit {
	return &tombEdit{pages: slices.Clone(t.pages), copied: map[int]bool{}}
}

// kill marks row n dead and tells whether it was alive.
func (e *tombEdit) kill(n int) bool {
	p := n / pageRows
	bit := uint64(1) << (n % 64)
	if e.pages[p][n%pageRows/64]&bit != 0 {
		return false
	}
	if !e.copied[p] {
		fresh := *e.pages[p]
		e.pages[p], e.copied[p] = &fresh, true
	}
	e.pages[p][n%pageRows/64] |= bit
	return true
}

func (e *tombEdit) done() tombstones { return tombstones{pages: e.pages} }
