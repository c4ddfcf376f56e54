package board

import (
	"cmp"
	"slices"
	"sort"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
)

// base is the immutable bulk of a board: rows by (trade, class of reach, those with a place first, cell, id).
type base[R row] struct {
	rows     []R
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
	lo, hi    int
	placeless int       // the first row without a place, hi when there is none
	trie      *geo.Trie // over rows lo to placeless
	roaming   []uint32  // the rows with a place that roam
	farthest  float64   // how far in metres any of its rows comes by itself; 0 when none tells
}

// placed is a row with what it is sorted by, worked out once.
type placed[R row] struct {
	row   *R
	cell  geo.Cell
	point geo.Point
	trade uint16
	class uint8
	ok    bool
}

func newBase[R row](rows []R) *base[R] {
	sorted := make([]placed[R], len(rows))
	for i := range rows {
		sorted[i] = locate(&rows[i])
	}
	slices.SortFunc(sorted, func(a, b placed[R]) int {
		if c := cmp.Or(bySection(&a, &b), placeFirst(a.ok, b.ok), cmp.Compare(a.cell, b.cell)); c != 0 {
			return c
		}
		return (*a.row).ident().Compare((*b.row).ident())
	})
	b := &base[R]{rows: make([]R, len(sorted)), byID: make([]uint32, len(sorted))}
	for i := range sorted {
		b.rows[i], b.byID[i] = *sorted[i].row, uint32(i)
	}
	slices.SortFunc(b.byID, func(x, y uint32) int {
		return cmp.Or(b.rows[x].ident().Compare(b.rows[y].ident()), cmp.Compare(x, y))
	})
	for lo := 0; lo < len(sorted); {
		hi := lo + sort.Search(len(sorted)-lo, func(i int) bool { return bySection(&sorted[lo+i], &sorted[lo]) > 0 })
		b.sections = append(b.sections, newSection(sorted, lo, hi))
		lo = hi
	}
	return b
}

// locate works out the cell of a row. A point that has no cell cannot be found by distance, so the row counts as placeless: it is
// visited always, and the visitor's exact test decides.
func locate[R row](r *R) placed[R] {
	p := placed[R]{row: r, trade: (*r).trade(), class: classOf((*r).reach())}
	point, ok := (*r).place()
	if !ok {
		return p
	}
	cell, err := geo.CellAt(point, geo.HomeResolution)
	if err != nil {
		return p
	}
	p.cell, p.point, p.ok = cell, point, true
	return p
}

func bySection[R row](a, b *placed[R]) int {
	return cmp.Or(cmp.Compare(a.trade, b.trade), cmp.Compare(a.class, b.class))
}

func placeFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

func newSection[R row](sorted []placed[R], lo, hi int) section {
	s := section{trade: sorted[lo].trade, lo: lo, hi: hi}
	s.placeless = lo + sort.Search(hi-lo, func(i int) bool { return !sorted[lo+i].ok })
	cells, points := make([]geo.Cell, 0, s.placeless-lo), make([]geo.Point, 0, s.placeless-lo)
	for n := lo; n < s.placeless; n++ {
		cells, points = append(cells, sorted[n].cell), append(points, sorted[n].point)
		if (*sorted[n].row).roams() {
			s.roaming = append(s.roaming, uint32(n))
		}
	}
	for n := lo; n < hi; n++ {
		s.farthest = max(s.farthest, (*sorted[n].row).reach())
	}
	s.trie = geo.NewTrie(cells, points)
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

// rowsOf gives the numbers of the base rows of one record, dead or not.
func (b *base[R]) rowsOf(id ulid.ULID) []int {
	from := sort.Search(len(b.byID), func(i int) bool { return b.rows[b.byID[i]].ident().Compare(id) >= 0 })
	var numbers []int
	for i := from; i < len(b.byID) && b.rows[b.byID[i]].ident() == id; i++ {
		numbers = append(numbers, int(b.byID[i]))
	}
	return numbers
}

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
