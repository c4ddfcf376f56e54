package gaps

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"rabta/geo"
)

// world is a small market as counts of people: by trade, cell and sex (1 for women).
type world struct {
	set   Settings
	cells []geo.Cell
	n     [][][2]int64
}

func newWorld(t testing.TB, r *rand.Rand, cells int) *world {
	w := &world{cells: cellsAround(cells)}
	w.set = smallSettings(t, w.cells)
	for range w.set.Catalogue.Len() {
		w.n = append(w.n, make([][2]int64, cells))
	}
	full := 2 + r.IntN(4)
	for trade := range w.n {
		scale := []int64{3, 8, 20, 60}[r.IntN(4)]
		for c := range w.n[trade] {
			if r.IntN(full) > 0 {
				w.n[trade][c] = [2]int64{r.Int64N(scale), r.Int64N(scale)}
			}
		}
	}
	return w
}

// ledger fills a ledger with the world's people, and with a vacancy of the first trade in every cell: so each of them is in some row, and
// that nobody is there must not show.
func (w *world) ledger() *Ledger {
	l := NewLedger(w.set)
	for c, cell := range w.cells {
		l.PutVacancy(Vacancy{Key: keyOf(9, uint32(c)), At: cell.Center(), Vacancies: 1, OpenTo: 15, Posted: today - 5, Ended: today + 5})
	}
	for trade := range w.n {
		for c, sexes := range w.n[trade] {
			for sex, n := range sexes {
				for i := range n {
					l.PutSearcher(someone(keyOf(uint32(trade), uint32(c), uint32(sex), uint32(i)), uint16(trade), w.cells[c], sex == 1))
				}
			}
		}
	}
	return l
}

// variables numbers the unknowns of an attacker.
func (w *world) variables() int { return len(w.n) * len(w.cells) * 2 }

func (w *world) variable(trade, cell, sex int) int { return (trade*len(w.cells)+cell)*2 + sex }

// anySex asks for people of both.
const anySex = -1

// query is a sum of unknowns: the people of a group in a place, of one sex or of both.
type query struct {
	name string
	of   []bool // by variable
}

func (w *world) query(g *groups, group string, level Level, place string, sex int) query {
	q := query{fmt.Sprintf("%s in %s %s, sex %d", group, level, place, sex), make([]bool, w.variables())}
	for _, trade := range g.nodes[g.byName[group]].trades {
		for c, cell := range w.cells {
			if level.name(cell, w.set.Area(cell)) != place {
				continue
			}
			for s := range 2 {
				if sex == anySex || sex == s {
					q.of[w.variable(int(trade), c, s)] = true
				}
			}
		}
	}
	return q
}

func (w *world) value(q query) (sum int64) {
	for trade := range w.n {
		for c := range w.cells {
			for s := range 2 {
				if q.of[w.variable(trade, c, s)] {
					sum += w.n[trade][c][s]
				}
			}
		}
	}
	return sum
}

// queries lists every count that a table could hold, and those of each sex by trade, which no table ever holds.
func (w *world) queries(g *groups) []query {
	var all []query
	seen := make(map[string]bool)
	for _, n := range g.nodes {
		for _, level := range Levels {
			for _, cell := range w.cells {
				place := level.name(cell, w.set.Area(cell))
				for _, sex := range [...]int{anySex, 0, 1} {
					q := w.query(g, n.name, level, place, sex)
					if key := fmt.Sprint(q.of); !seen[key] {
						seen[key] = true
						all = append(all, q)
					}
				}
			}
		}
	}
	return all
}
