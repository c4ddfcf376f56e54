package board

import (
	"cmp"
	"slices"
	"sort"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
)

// base is the immutable bulk of a run: rows by (trade, class of reach, those with a place first, cell, id); those without a place by what their
// columns rank them by in the stead of a cell, where it was not read from an image of before that.
type base[R row] struct {
	rows     columns[R]
	sections []section // one for each trade and class of reach that has rows, in that order
	byID     []uint32  // row numbers by id
}

// reachSteps part the rows of a trade into classes by how far in metres they come by themselves, so that the few who come from
// everywhere do not widen the circle in which all others are looked for.
var reachSteps = [...]float64{25_000, 50_000, 100_000, 200_000}

func classOf(reach float64) uint8 {
	class := uint8(0)
	for _, step := range reachSteps {
		if reach > step {
			class++
		}
	}
	return class
}

// section is the run of rows of one trade and class of reach: first those with a place, by cell, then those without.
type section struct {
	trade     uint16
	number    int // its place in the sections
	lo, hi    int
	placeless int       // the first row without a cell, hi when there is none
	trie      *geo.Trie // over rows lo to placeless
	roaming   []uint32  // the rows with a place that roam
	farthest  float64   // how far in metres any of its rows comes by itself; 0 when none tells
}

// source is rows that a base is made of.
type source[R row] interface {
	rowCount() int
	dropped(n int) bool
	identOf(n int) ulid.ULID
	read(n int, r *R)
}

// given are rows as they come.
type given[R row] []R

func (w given[R]) rowCount() int           { return len(w) }
func (w given[R]) dropped(int) bool        { return false }
func (w given[R]) identOf(n int) ulid.ULID { return w[n].ident() }
func (w given[R]) read(n int, r *R)        { *r = w[n] }

func (run *run[R]) rowCount() int           { return run.rows.len() }
func (run *run[R]) dropped(n int) bool      { return run.dead.has(n) }
func (run *run[R]) identOf(n int) ulid.ULID { return run.rows.ident(n) }
func (run *run[R]) read(n int, r *R)        { run.rows.get(n, r) }

// placed is a row's number with what it is sorted by, worked out once.
type placed struct {
	order   uint64 // the cell; without a place the rank
	section uint32 // trade, class, and in the last bit whether it has no place
	part, n uint32
}

// newBase makes a base of all rows of the parts that are not dropped.
func newBase[R row](fresh func(int) columns[R], parts []source[R]) *base[R] {
	sorted := sortedRows(fresh(0), parts)
	b := &base[R]{rows: fresh(len(sorted)), byID: make([]uint32, len(sorted))}
	maker := sectionMaker{}
	var r R
	for i, p := range sorted {
		parts[p.part].read(int(p.n), &r)
		if i > 0 && sorted[i-1].section>>1 != p.section>>1 {
			b.sections = append(b.sections, maker.cut(i))
		}
		maker.take(i, p, r)
		b.rows.add(&r)
		b.byID[i] = uint32(i)
	}
	if len(sorted) > 0 {
		b.sections = append(b.sections, maker.cut(len(sorted)))
	}
	slices.SortFunc(b.byID, func(x, y uint32) int {
		return cmp.Or(b.rows.ident(int(x)).Compare(b.rows.ident(int(y))), cmp.Compare(x, y))
	})
	b.settle()
	return b
}

// settle ends the making of a base.
func (b *base[R]) settle() {
	for i := range b.sections {
		b.sections[i].number = i
	}
	b.rows.settle(b.byID, b.sections)
}

// sortedRows gives the rows of the parts in the order of a base.
func sortedRows[R row](by columns[R], parts []source[R]) []placed {
	rows := 0
	for _, part := range parts {
		rows += part.rowCount()
	}
	sorted := make([]placed, 0, rows)
	var r R
	for i, part := range parts {
		for n := range part.rowCount() {
			if part.dropped(n) {
				continue
			}
			part.read(n, &r)
			p := locate(by, &r)
			p.part, p.n = uint32(i), uint32(n)
			sorted = append(sorted, p)
		}
	}
	slices.SortFunc(sorted, func(a, b placed) int {
		if c := cmp.Or(cmp.Compare(a.section, b.section), cmp.Compare(a.order, b.order)); c != 0 {
			return c
		}
		return parts[a.part].identOf(int(a.n)).Compare(parts[b.part].identOf(int(b.n)))
	})
	return sorted
}

// locate works out where a row belongs. A point that has no cell cannot be found by distance, so the row counts as placeless: it is
// visited always, and the visitor's exact test decides.
func locate[R row](by columns[R], r *R) placed {
	p := placed{section: uint32((*r).trade())<<8 | uint32(classOf((*r).reach()))<<1 | 1}
	if point, ok := (*r).place(); ok {
		if cell, err := geo.CellAt(point, geo.HomeResolution); err == nil {
			p.order = uint64(cell)
			p.section &^= 1
			return p
		}
	}
	p.order = by.rank(r)
	return p
}

// sectionMaker gathers the rows of one section.
type sectionMaker struct {
	section
	cells  []geo.Cell
	points []geo.Point
}

// take adds row i.
func (m *sectionMaker) take(i int, p placed, r row) {
	m.trade, m.farthest = uint16(p.section>>8), max(m.farthest, r.reach())
	if p.section&1 != 0 {
		return
	}
	point, _ := r.place()
	m.cells, m.points = append(m.cells, geo.Cell(p.order)), append(m.points, point)
	if r.roams() {
		m.roaming = append(m.roaming, uint32(i))
	}
}

// cut ends the section before row hi, and begins the next.
func (m *sectionMaker) cut(hi int) section {
	s := m.section
	s.hi, s.placeless = hi, s.lo+len(m.cells)
	s.trie, s.roaming = geo.NewTrie(m.cells, m.points), slices.Clip(s.roaming)
	*m = sectionMaker{section: section{lo: hi}, cells: m.cells[:0], points: m.points[:0]}
	return s
}

// sectionsOf visits the sections of some trades, or of every trade when trades is nil.
func (b *base[R]) sectionsOf(trades []uint16, visit func(*section)) {
	if trades == nil {
		for i := range b.sections {
			visit(&b.sections[i])
		}
	}
	for _, trade := range trades {
		from := sort.Search(len(b.sections), func(i int) bool { return b.sections[i].trade >= trade })
		for i := from; i < len(b.sections) && b.sections[i].trade == trade; i++ {
			visit(&b.sections[i])
		}
	}
}

// sectionOf gives the number of the section of a row.
func (b *base[R]) sectionOf(n int) int {
	return sort.Search(len(b.sections), func(i int) bool { return b.sections[i].hi > n })
}

// rangeOf gives where in byID the rows of one record stand, dead or not.
func (b *base[R]) rangeOf(id ulid.ULID) (lo, hi int) {
	lo = sort.Search(len(b.byID), func(i int) bool { return b.rows.ident(int(b.byID[i])).Compare(id) >= 0 })
	for hi = lo; hi < len(b.byID) && b.rows.ident(int(b.byID[hi])) == id; {
		hi++
	}
	return lo, hi
}
