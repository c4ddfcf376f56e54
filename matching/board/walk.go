package board

import (
	"slices"

	"rabta/geo"
)

// area says which rows a walk visits: those of the trades that lie within the circle, and those without a place. A walk visits a superset of
// that, each row once: the visitor measures.
type area struct {
	trades []uint16 // ascending; nil: every trade
	circle *Circle  // nil: everywhere
	own    *own     // nil: the circle as it is
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

// each visits every live row of the area, in no order that a caller may rely on. What the visitor is given is its own only until it
// returns.
func (s *snapshot[R]) each(a area, visit func(*R)) {
	var r R
	for i := range s.runs {
		run := &s.runs[i]
		run.sectionsOf(a.trades, func(sec *section) { run.eachIn(sec, a, &r, visit) })
	}
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

// eachIn visits the live rows of one section.
func (run *run[R]) eachIn(sec *section, a area, r *R, visit func(*R)) {
	span := func(lo, hi int) {
		for n := lo; n < hi; n++ {
			if !run.dead.has(n) {
				run.rows.get(n, r)
				visit(r)
			}
		}
	}
	if a.circle == nil {
		span(sec.lo, sec.hi)
		return
	}
	span(sec.placeless, sec.hi)
	sec.trie.Within(a.circle.Center, a.radius(sec), func(lo, hi int, _ bool) { span(sec.lo+lo, sec.lo+hi) })
}
