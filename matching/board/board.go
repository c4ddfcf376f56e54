// Package board holds live records in columns of rows and answers "who is in reach, best first" exactly. A board has an immutable
// base sorted by (trade, H3 cell) with a trie of cells above each trade, a small delta of newer rows, and tombstones for
// base rows that are gone; Merge folds the delta into a new base. Readers take a snapshot and never block; writers apply
// changes one batch after the other. There is one board of postings and one of graduates. It judges with matching's pure
// score and imports nothing above matching; who feeds it and when it merges is internal/node's business.
package board

import (
	"cmp"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
)

// row is one line of a board: a (graduate, trade) pair or a posting.
type row interface {
	ident() ulid.ULID         // whose line it is; a graduate has several
	trade() uint16            // the catalogue's number of its trade
	place() (geo.Point, bool) // where it is found by distance; false when it has no place
	roams() bool              // whether living at the work may put it in reach at any distance
	reach() float64           // how far in metres it comes by itself; 0 is not told
}

// change replaces all rows of one record; none means that it is gone.
type change[R row] struct {
	id   ulid.ULID
	rows []R
}

// table is a board of rows of one kind.
type table[R row] struct {
	writing sync.Mutex // held by apply and by the two ends of merge
	current atomic.Pointer[snapshot[R]]
	merging bool
	since   []change[R] // changes applied while a merge is under way
	void    bool        // what is being merged has been replaced
}

// snapshot is one immutable state of a table.
type snapshot[R row] struct {
	base  *base[R]
	dead  tombstones
	gone  int // how many base rows are dead
	delta []R // by id; rows of one record are neighbours
}

func newTable[R row](rows []R) *table[R] {
	t := &table[R]{}
	b := newBase(rows)
	t.current.Store(&snapshot[R]{base: b, dead: newTombstones(len(b.rows))})
	return t
}

// apply makes the changes visible, all at once. Of two changes to one record the later holds.
func (t *table[R]) apply(changes []change[R]) {
	if len(changes) == 0 {
		return
	}
	t.writing.Lock()
	defer t.writing.Unlock()
	if t.merging {
		t.since = append(t.since, changes...)
	}
	t.current.Store(t.current.Load().with(changes))
}

// with gives the snapshot after the changes.
func (s *snapshot[R]) with(changes []change[R]) *snapshot[R] {
	latest := make(map[ulid.ULID][]R, len(changes))
	for _, c := range changes {
		latest[c.id] = c.rows
	}
	next := &snapshot[R]{base: s.base, gone: s.gone}
	edit := s.dead.edit()
	for id := range latest {
		for _, n := range s.base.rowsOf(id) {
			if edit.kill(n) {
				next.gone++
			}
		}
	}
	next.dead = edit.done()
	next.delta = woven(s.delta, latest)
	return next
}

// woven gives a delta with the latest rows of some records in the place of those that it has of them.
func woven[R row](delta []R, latest map[ulid.ULID][]R) []R {
	fresh := make([]R, 0, len(latest))
	for _, rows := range latest {
		fresh = append(fresh, rows...)
	}
	slices.SortFunc(fresh, func(a, b R) int {
		return cmp.Or(a.ident().Compare(b.ident()), cmp.Compare(a.trade(), b.trade()))
	})
	next := make([]R, 0, len(delta)+len(fresh))
	for i := range delta {
		id := delta[i].ident()
		if _, replaced := latest[id]; replaced {
			continue
		}
		for len(fresh) > 0 && fresh[0].ident().Compare(id) < 0 {
			next, fresh = append(next, fresh[0]), fresh[1:]
		}
		next = append(next, delta[i])
	}
	return append(next, fresh...)
}

// pending tells how many rows a merge would fold in or drop.
func (s *snapshot[R]) pending() int { return len(s.delta) + s.gone }

// merge builds a new base from the rows that live, beside the readers and the writers, and then takes over what was written
// meanwhile. A second merge at the same time returns at once, and so does one that has nothing to do.
func (t *table[R]) merge() {
	if from, ok := t.begin(); ok {
		t.finish(newBase(from.live()))
	}
}

// begin gives the state that a merge is to fold, and false when there is none to begin.
func (t *table[R]) begin() (*snapshot[R], bool) {
	t.writing.Lock()
	defer t.writing.Unlock()
	from := t.current.Load()
	if t.merging || from.pending() == 0 {
		return nil, false
	}
	t.merging = true
	return from, true
}

// finish puts the new base in the place of the old one, with what was written since the merge began.
func (t *table[R]) finish(b *base[R]) {
	t.writing.Lock()
	defer t.writing.Unlock()
	if !t.void {
		next := &snapshot[R]{base: b, dead: newTombstones(len(b.rows))}
		if len(t.since) > 0 {
			next = next.with(t.since)
		}
		t.current.Store(next)
	}
	t.merging, t.since, t.void = false, nil, false
}

// replace puts other rows in the place of all.
func (t *table[R]) replace(rows []R) {
	b := newBase(rows)
	t.writing.Lock()
	defer t.writing.Unlock()
	t.current.Store(&snapshot[R]{base: b, dead: newTombstones(len(b.rows))})
	t.void = t.merging
}

// live gives every row that is not dead, base rows first.
func (s *snapshot[R]) live() []R {
	rows := make([]R, 0, len(s.base.rows)-s.gone+len(s.delta))
	for n := range s.base.rows {
		if !s.dead.has(n) {
			rows = append(rows, s.base.rows[n])
		}
	}
	return append(rows, s.delta...)
}

// count is the number of live rows.
func (s *snapshot[R]) count() int { return len(s.base.rows) - s.gone + len(s.delta) }

// rowsOf visits the live rows of one record.
func (s *snapshot[R]) rowsOf(id ulid.ULID, visit func(*R)) {
	for _, n := range s.base.rowsOf(id) {
		if !s.dead.has(n) {
			visit(&s.base.rows[n])
		}
	}
	from := sort.Search(len(s.delta), func(i int) bool { return s.delta[i].ident().Compare(id) >= 0 })
	for i := from; i < len(s.delta) && s.delta[i].ident() == id; i++ {
		visit(&s.delta[i])
	}
}

// area says which rows a walk visits: those of the trades that lie within the circle, those without a place, and, when it roams, those
// that living at the work may bring into reach. A walk visits a superset of that, each row once: the visitor measures.
type area struct {
	trades []uint16 // ascending; nil: every trade
	circle *Circle  // nil: everywhere
	roams  bool
	own    *own // nil: the circle as it is
}

// own narrows the circle to how far rows come by themselves.
type own struct {
	untold float64 // the reach in metres of rows that tell none
	least  float64 // the radius in metres that it never falls below
}

// radius is how far from the centre of the circle the rows of a section are to be looked for. Where their own reach counts it is a metre
// more, since rounding may put the band of a distance below the distance.
func (a area) radius(sec *section) float64 {
	if a.own == nil {
		return a.circle.Metres
	}
	return 1 + max(a.own.least, min(a.circle.Metres, max(a.own.untold, sec.farthest)))
}

// Circle is a place and a radius in metres around it.
type Circle struct {
	Center geo.Point
	Metres float64
}

// each visits every live row of the area, in no order that a caller may rely on.
func (s *snapshot[R]) each(a area, visit func(*R)) {
	s.base.sectionsOf(a.trades, func(sec *section) { s.eachIn(sec, a, visit) })
	for i := range s.delta {
		if a.wants(s.delta[i].trade()) {
			visit(&s.delta[i])
		}
	}
}

func (a area) wants(trade uint16) bool {
	if a.trades == nil {
		return true
	}
	_, found := slices.BinarySearch(a.trades, trade)
	return found
}

// eachIn visits the live base rows of one trade.
func (s *snapshot[R]) eachIn(sec *section, a area, visit func(*R)) {
	alive := func(n int) {
		if !s.dead.has(n) {
			visit(&s.base.rows[n])
		}
	}
	if a.circle == nil {
		for n := sec.lo; n < sec.hi; n++ {
			alive(n)
		}
		return
	}
	for n := sec.placeless; n < sec.hi; n++ {
		alive(n)
	}
	if a.roams {
		for _, n := range sec.roaming {
			alive(int(n))
		}
	}
	sec.trie.Within(a.circle.Center, a.radius(sec), func(lo, hi int, _ bool) {
		for n := sec.lo + lo; n < sec.lo+hi; n++ {
			if !a.roams || !s.base.rows[n].roams() {
				alive(n)
			}
		}
	})
}
