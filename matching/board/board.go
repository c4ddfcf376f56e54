// Package board holds live records in packed columns of rows and answers "who is in reach, best first" exactly. A board is a list of
// runs, the oldest and largest first, and a small delta of the newest rows. A run is immutable: rows sorted by (trade, H3 cell) with a
// trie of cells above each trade; its tombstones tell which of its rows are gone. Full deltas become runs, and merges make few
// large runs of many small ones. Readers take a snapshot and never block; writers apply changes one batch after the other. There
// is one board of postings and one of graduates. It judges with matching's pure score and imports nothing above matching; who
// feeds it and when it merges is internal/node's business.
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

// row is one line of a board as it comes and goes: a (graduate, trade) pair or a posting.
type row interface {
	ident() ulid.ULID         // whose line it is; a graduate has several
	trade() uint16            // the catalogue's number of its trade
	place() (geo.Point, bool) // where it is found by distance; false when it has no place
	roams() bool              // whether living at the work may put it in reach at any distance
	reach() float64           // how far in metres it comes by itself; 0 is not told
}

// columns are rows as a run keeps them. They grow by add alone, before anybody reads them.
type columns[R row] interface {
	len() int
	ident(n int) ulid.ULID
	get(n int, r *R)
	add(r *R)
	rank(r *R) uint64                         // rows of a section without a place come by it, rising
	write(e *encoder, dead tombstones)        // rows that are dead as rows of zeros
	read(d *decoder, rows int)                // what write wrote
	settle(byID []uint32, sections []section) // nothing more is added or read; these are the numbers of the rows by id, and where they lie
}

// change replaces all rows of one record; none means that it is gone.
type change[R row] struct {
	id   ulid.ULID
	rows []R
}

// table is a board of rows of one kind.
type table[R row] struct {
	fresh   func(rows int) columns[R] // makes columns with room for so many
	most    int                       // rows in the delta
	writing sync.Mutex                // held by apply and by the two ends of merge
	current atomic.Pointer[snapshot[R]]
	merging bool
	since   []ulid.ULID // records that changed while a merge is under way
	void    bool        // what is being merged has been replaced
}

// snapshot is one immutable state of a table.
type snapshot[R row] struct {
	runs  []run[R]
	delta []R // by id; rows of one record are neighbours
}

// run is a base with the rows of it that are dead.
type run[R row] struct {
	*base[R]
	dead   tombstones
	gone   int      // how many are dead
	goneIn []uint32 // of those that were alive when the base was made or read, by the number of their section
}

// live is the number of rows that are not dead.
func (r *run[R]) live() int { return r.rows.len() - r.gone }

const (
	// deltaRows is how many rows the delta holds at most: each question looks at all of them, and each change copies them.
	deltaRows = 1024
	// growth is how many times larger than all runs after it a run is, at the least, once the board is merged as is due.
	growth = 4
)

func newTable[R row](fresh func(int) columns[R], rows []R) *table[R] {
	t := &table[R]{fresh: fresh, most: deltaRows}
	t.current.Store(&snapshot[R]{runs: t.runsOf(rows)})
	return t
}

// runsOf gives rows as one run, and none as no run.
func (t *table[R]) runsOf(rows []R) []run[R] {
	if len(rows) == 0 {
		return nil
	}
	return []run[R]{newRun(newBase(t.fresh, []source[R]{given[R](rows)}))}
}

func newRun[R row](b *base[R]) run[R] {
	return run[R]{base: b, dead: newTombstones(b.rows.len()), goneIn: make([]uint32, len(b.sections))}
}

// apply makes the changes visible, all at once. Of two changes to one record the later holds.
func (t *table[R]) apply(changes []change[R]) {
	if len(changes) == 0 {
		return
	}
	t.writing.Lock()
	defer t.writing.Unlock()
	next := t.current.Load().with(changes)
	if t.merging {
		for i := range changes {
			t.since = append(t.since, changes[i].id)
		}
	}
	if len(next.delta) > t.most {
		next = t.rolled(next)
	}
	t.current.Store(next)
}

// rolled gives a snapshot whose delta has become a run.
func (t *table[R]) rolled(s *snapshot[R]) *snapshot[R] {
	return &snapshot[R]{runs: slices.Concat(s.runs, t.runsOf(s.delta))}
}

// with gives the snapshot after the changes.
func (s *snapshot[R]) with(changes []change[R]) *snapshot[R] {
	latest := make(map[ulid.ULID][]R, len(changes))
	for _, c := range changes {
		latest[c.id] = c.rows
	}
	next := &snapshot[R]{runs: slices.Clone(s.runs)}
	for i := range next.runs {
		next.runs[i].kill(func(kill func(ulid.ULID)) {
			for id := range latest {
				kill(id)
			}
		})
	}
	next.delta = woven(s.delta, latest)
	return next
}

// kill marks the rows of records dead, in this copy of the run.
func (r *run[R]) kill(each func(kill func(ulid.ULID))) {
	var edit *tombEdit
	each(func(id ulid.ULID) {
		lo, hi := r.rangeOf(id)
		if lo < hi && edit == nil {
			edit, r.goneIn = r.dead.edit(), slices.Clone(r.goneIn)
		}
		for _, n := range r.byID[lo:hi] {
			if edit.kill(int(n)) {
				r.gone++
				r.goneIn[r.sectionOf(int(n))]++
			}
		}
	})
	if edit != nil {
		r.dead = edit.done()
	}
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

// pending tells how many rows a whole merge would fold in or drop.
func (s *snapshot[R]) pending() int {
	n := len(s.delta)
	for i := range s.runs {
		n += s.runs[i].gone
		if i > 0 {
			n += s.runs[i].live()
		}
	}
	return n
}

// due gives the first of the runs that are to become one, len(runs) when none are: the newest, as long as the one before is not much
// larger than all after it; and a run a good part of which is dead.
func (s *snapshot[R]) due() int {
	for i := range s.runs {
		if r := &s.runs[i]; r.gone > r.rows.len()/growth {
			return i
		}
	}
	from, rows := len(s.runs), 0
	for i := len(s.runs) - 1; i >= 0; i-- {
		if from < len(s.runs) && s.runs[i].live() >= growth*rows {
			break
		}
		from = i
		rows += s.runs[i].live()
	}
	if from == len(s.runs)-1 {
		return len(s.runs) // one run alone is as it is to be
	}
	return from
}

// isDue tells whether a merge that is due would do anything.
func (s *snapshot[R]) isDue() bool { return s.due() < len(s.runs) }

// merge builds one run of those that are due, or of all, beside the readers and the writers, and then takes over what died
// meanwhile. A second merge at the same time returns at once, and so does one that has nothing to do.
func (t *table[R]) merge(all bool) {
	if p, ok := t.begin(all); ok {
		t.finish(p, t.fold(p))
	}
}

// plan is a merge: of the runs from one number up to another.
type plan[R row] struct {
	runs     []run[R]
	from, to int
}

// begin gives the runs that a merge is to fold, and false when there are none to begin with.
func (t *table[R]) begin(all bool) (plan[R], bool) {
	t.writing.Lock()
	defer t.writing.Unlock()
	s := t.current.Load()
	if t.merging || all && s.pending() == 0 {
		return plan[R]{}, false
	}
	from := s.due()
	if all {
		if len(s.delta) > 0 {
			s = t.rolled(s)
			t.current.Store(s)
		}
		from = 0
	}
	if from >= len(s.runs) {
		return plan[R]{}, false
	}
	t.merging = true
	return plan[R]{runs: s.runs[from:], from: from, to: len(s.runs)}, true
}

// fold builds the base of a merge.
func (t *table[R]) fold(p plan[R]) *base[R] {
	var parts []source[R]
	for i := range p.runs {
		parts = append(parts, &p.runs[i])
	}
	return newBase(t.fresh, parts)
}

// finish puts the new base in the place of the runs that it was made of, without what has changed since the merge began.
func (t *table[R]) finish(p plan[R], b *base[R]) {
	t.writing.Lock()
	defer t.writing.Unlock()
	if !t.void {
		s := t.current.Load()
		next := &snapshot[R]{delta: s.delta, runs: slices.Clone(s.runs[:p.from])}
		if merged := newRun(b); merged.rows.len() > 0 {
			merged.kill(func(kill func(ulid.ULID)) {
				for _, id := range t.since {
					kill(id)
				}
			})
			next.runs = append(next.runs, merged)
		}
		next.runs = append(next.runs, s.runs[p.to:]...)
		t.current.Store(next)
	}
	t.merging, t.since, t.void = false, nil, false
}

// replace puts another state in the place of this one.
func (t *table[R]) replace(next *snapshot[R]) {
	t.writing.Lock()
	defer t.writing.Unlock()
	t.current.Store(next)
	t.void = t.merging
}

// count is the number of live rows.
func (s *snapshot[R]) count() int {
	n := len(s.delta)
	for i := range s.runs {
		n += s.runs[i].live()
	}
	return n
}

// rowsOf visits the live rows of one record. What the visitor is given is its own only until it returns.
func (s *snapshot[R]) rowsOf(id ulid.ULID, visit func(*R)) {
	var r R
	for i := range s.runs {
		run := &s.runs[i]
		lo, hi := run.rangeOf(id)
		for _, n := range run.byID[lo:hi] {
			if !run.dead.has(int(n)) {
				run.rows.get(int(n), &r)
				visit(&r)
			}
		}
	}
	from := sort.Search(len(s.delta), func(i int) bool { return s.delta[i].ident().Compare(id) >= 0 })
	for i := from; i < len(s.delta) && s.delta[i].ident() == id; i++ {
		visit(&s.delta[i])
	}
}

// eachID visits the id of every record that has live rows, once: all rows of one lie in one run, or in the delta as neighbours.
func (s *snapshot[R]) eachID(visit func(ulid.ULID)) {
	for i := range s.runs {
		run := &s.runs[i]
		var last ulid.ULID
		first := true
		for _, n := range run.byID {
			if id := run.rows.ident(int(n)); !run.dead.has(int(n)) && (first || id != last) {
				visit(id)
				last, first = id, false
			}
		}
	}
	for i := range s.delta {
		if i == 0 || s.delta[i].ident() != s.delta[i-1].ident() {
			visit(s.delta[i].ident())
		}
	}
}
