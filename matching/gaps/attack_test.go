package gaps

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// equation is one published count.
type equation struct {
	query
	value int64
}

// read takes every count of people out of a publication, through its rows alone.
func (w *world) read(t testing.TB, p *Publication) []equation {
	t.Helper()
	var known []equation
	for _, group := range Groups(w.set.Catalogue) {
		for _, level := range Levels {
			rows, err := p.Rows(group, level)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				if row.Supply != nil {
					known = append(known, equation{w.query(p.table.groups, group, level, row.Place+row.Cell, anySex), *row.Supply})
				}
				if s := row.Women.Searching; s != nil {
					known = append(known, equation{w.query(p.table.groups, s.Group, s.Level, s.Place, anySex), s.Of},
						equation{w.query(p.table.groups, s.Group, s.Level, s.Place, 1), s.Women})
				}
			}
		}
	}
	return known
}

// attacker holds what was published as independent equations over unknowns that are zero or more.
type attacker struct {
	a      *mat.Dense
	b      []float64
	column []int // of each unknown; -1 for those of which nothing is said
	used   int
}

func newAttacker(known []equation, columns int) *attacker {
	var rows [][]float64 // reduced: the left side, then the value
	for _, e := range known {
		row := make([]float64, columns+1)
		for i, in := range e.of {
			if in {
				row[i] = 1
			}
		}
		row[columns] = float64(e.value)
		if row, ok := reduced(rows, row); ok {
			rows = append(rows, row)
		}
	}
	at := &attacker{column: make([]int, columns)}
	for v := range at.column {
		at.column[v] = -1
		for _, row := range rows {
			if row[v] != 0 {
				at.column[v] = at.used
				at.used++
				break
			}
		}
	}
	if len(rows) == 0 {
		return at
	}
	at.a = mat.NewDense(len(rows), at.used, nil)
	for i, row := range rows {
		for v, c := range at.column {
			if c >= 0 {
				at.a.Set(i, c, row[v])
			}
		}
		at.b = append(at.b, row[columns])
	}
	return at
}

// reduced takes earlier rows off a row (each led by its first entry); false when nothing is left.
func reduced(rows [][]float64, row []float64) ([]float64, bool) {
	for _, r := range rows {
		lead := leading(r)
		if f := row[lead] / r[lead]; f != 0 {
			for i := range row {
				row[i] -= f * r[i]
				if math.Abs(row[i]) < 1e-9 {
					row[i] = 0
				}
			}
		}
	}
	return row, leading(row) < len(row)-1
}

func leading(row []float64) int {
	for i, v := range row[:len(row)-1] {
		if v != 0 {
			return i
		}
	}
	return len(row) - 1
}

// most gives the largest value that a query may have, math.Inf when it has none.
func (at *attacker) most(t testing.TB, q query) float64 {
	t.Helper()
	cost := make([]float64, at.used)
	for v, in := range q.of {
		switch {
		case in && at.column[v] < 0:
			return math.Inf(1)
		case in:
			cost[at.column[v]] = -1
		}
	}
	if at.a == nil {
		return 0
	}
	best, _, err := lp.Simplex(cost, at.a, at.b, 1e-9, nil)
	switch err {
	case nil:
		return -best
	case lp.ErrUnbounded:
		return math.Inf(1)
	}
	t.Fatalf("simplex of %s: %v", q.name, err)
	return 0
}

// pinned gives the queries of fewer than Threshold people of which the attacker can tell that they are so few.
func (w *world) pinned(t testing.TB, g *groups, known []equation) (pinned []query, tried int) {
	at := newAttacker(known, w.variables())
	for _, q := range w.queries(g) {
		if v := w.value(q); v < Threshold {
			tried++
			if at.most(t, q) < Threshold-1e-6 {
				pinned = append(pinned, q)
			}
		}
	}
	return pinned, tried
}

// TestNoSmallCountIsWorkedOut attacks everything that is published of random small markets at once: every level, every group, all
// unions, both sexes. No count under the threshold, zero among them, may be told to be under it.
func TestNoSmallCountIsWorkedOut(t *testing.T) {
	tried, published := 0, 0
	for number := range uint64(12) {
		w := newWorld(t, rand.New(rand.NewPCG(number, 1)), 5+int(number%4))
		table := w.ledger().Table(today)
		for _, at := range table.areas {
			if at.area != w.set.Area(at.atom) {
				t.Fatalf("cell %v has the units %+v", at.atom, at.area)
			}
		}
		known := w.read(t, Publish(table, nil))
		pinned, n := w.pinned(t, table.groups, known)
		tried, published = tried+n, published+len(known)
		for _, q := range pinned {
			t.Errorf("market %d: %s has %d, and it shows", number, q.name, w.value(q))
		}
	}
	t.Logf("%d small counts attacked, %d counts published", tried, published)
	if tried < 400 || published < 400 {
		t.Errorf("only %d small counts attacked with %d published: the test would see nothing", tried, published)
	}
}

// naive publishes every count that is not small itself: of all people, and of women where all trades are together.
func (w *world) naive(g *groups) []equation {
	var known []equation
	for _, n := range g.nodes {
		for _, level := range Levels {
			for _, cell := range w.cells {
				place := level.name(cell, w.set.Area(cell))
				sexes := []int{anySex}
				if n.name == AllTrades {
					sexes = []int{anySex, 1}
				}
				for _, sex := range sexes {
					q := w.query(g, n.name, level, place, sex)
					if v := w.value(q); v >= Threshold {
						known = append(known, equation{q, v})
					}
				}
			}
		}
	}
	return known
}

// TestTheAttackWorks is that the same attack gets through where small counts alone are left out.
func TestTheAttackWorks(t *testing.T) {
	fell, markets := 0, 8
	for number := range uint64(markets) {
		w := newWorld(t, rand.New(rand.NewPCG(number, 1)), 4)
		g := newGroups(w.set.Catalogue)
		if pinned, _ := w.pinned(t, g, w.naive(g)); len(pinned) > 0 {
			fell++
		}
	}
	if fell < markets*3/4 {
		t.Errorf("the attack got through in %d of %d markets only", fell, markets)
	}
}

// TestDaysTakenTogether attacks the tables of two days at once. In one half of the places people come and go, and the attacker knows
// nothing of that; the other half he knows to be the same people on both days.
func TestDaysTakenTogether(t *testing.T) {
	changed := 0
	for number := range uint64(8) {
		r := rand.New(rand.NewPCG(number, 2))
		first := newWorld(t, r, 8)
		table := first.ledger().Table(today)
		frame := NewFrame(table)
		later := &world{set: first.set, cells: first.cells}
		if number%2 == 1 { // some cells are seen for the first time on the second day
			for trade := range first.n {
				first.n[trade][0], first.n[trade][1] = [2]int64{}, [2]int64{}
			}
			l := first.ledger()
			l.DropVacancy(keyOf(9, 0))
			l.DropVacancy(keyOf(9, 1))
			table = l.Table(today)
			frame = NewFrame(table)
		}
		for trade := range first.n {
			later.n = append(later.n, append([][2]int64(nil), first.n[trade]...))
			for c := range first.cells[:len(first.cells)/2] {
				for s := range 2 {
					later.n[trade][c][s] = max(0, later.n[trade][c][s]+r.Int64N(9)-4)
				}
			}
		}
		known := first.read(t, Publish(table, frame))
		after := later.read(t, Publish(later.ledger().Table(today), frame))
		both := joined(first, known, after)
		at := newAttacker(both, 2*first.variables())
		for _, q := range first.queries(table.groups) {
			if v := first.value(q); v < Threshold && still(first, q) {
				changed++
				wide := query{q.name, append(append([]bool(nil), q.of...), make([]bool, first.variables())...)}
				if at.most(t, wide) < Threshold-1e-6 {
					t.Errorf("market %d: %s has %d, and two days show it", number, q.name, v)
				}
			}
		}
	}
	if changed < 60 {
		t.Errorf("only %d counts attacked: the test would see nothing", changed)
	}
}

// still tells whether a query asks of places alone in which nobody comes or goes.
func still(w *world, q query) bool {
	for trade := range w.n {
		for c := range w.cells[:len(w.cells)/2] {
			for s := range 2 {
				if q.of[w.variable(trade, c, s)] {
					return false
				}
			}
		}
	}
	return true
}

// joined puts the equations of two days together: the unknowns of the second day follow those of the first, and are the same where
// nobody comes or goes.
func joined(w *world, first, second []equation) []equation {
	var both []equation
	n := w.variables()
	for _, e := range first {
		both = append(both, equation{query{e.name, append(append([]bool(nil), e.of...), make([]bool, n)...)}, e.value})
	}
	for _, e := range second {
		of := make([]bool, 2*n)
		for v, in := range e.of {
			switch {
			case !in:
			case v/2%len(w.cells) < len(w.cells)/2:
				of[n+v] = true
			default:
				of[v] = true
			}
		}
		both = append(both, equation{query{e.name, of}, e.value})
	}
	return both
}
