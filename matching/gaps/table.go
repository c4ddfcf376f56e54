package gaps

import (
	"cmp"
	"slices"

	"rabta/geo"
)

// Table is every measure of one day, exactly. It is immutable and safe for concurrent use. It exports no figure: Publish does.
type Table struct {
	day    int32
	set    Settings
	groups *groups
	sheets []*sheet // by trade
	areas  []placed // of every atom that any sheet has, ascending
}

// placed is an atom with its units.
type placed struct {
	atom geo.Cell
	area Area
}

func (l *Ledger) table(day int32) *Table {
	t := &Table{day: day, set: l.set, groups: l.groups, sheets: make([]*sheet, len(l.buckets))}
	atoms := make(map[geo.Cell]bool)
	for i := range l.buckets {
		t.sheets[i] = l.buckets[i].sheet
		for _, a := range t.sheets[i].atoms {
			atoms[a] = true
		}
	}
	for a := range atoms {
		t.areas = append(t.areas, placed{a, l.areas[a]})
	}
	slices.SortFunc(t.areas, func(a, b placed) int { return cmp.Compare(a.atom, b.atom) })
	return t
}

// Day gives the day of the table.
func (t *Table) Day() int32 { return t.day }

// area gives the units of an atom of the table.
func (t *Table) area(atom geo.Cell) Area {
	i, _ := slices.BinarySearchFunc(t.areas, atom, func(p placed, atom geo.Cell) int { return cmp.Compare(p.atom, atom) })
	return t.areas[i].area
}

// region is the exact figures of one group of trades in one place.
type region struct {
	place string
	first geo.Cell // one of its atoms, and the units of that
	area  Area
	tally
	asked   []uint8 // bands, in no order
	offered []uint8
	spells  []spell
	hirers  []hirer // the employers, once for each trade and atom
	remote  int64   // vacancies of no place, of the group in the whole country
}

// regions adds the sheets of a group up over the places of a level, by name. Only places that have a row of the group stand there.
func (t *Table) regions(group int32, level Level) []region {
	index := make(map[string]int)
	var all []region
	var remote int64
	for _, trade := range t.groups.nodes[group].trades {
		s := t.sheets[trade]
		remote += s.remote
		of := make([]int, len(s.atoms)) // region of each atom
		for i, atom := range s.atoms {
			area := t.area(atom)
			name := level.name(atom, area)
			at, known := index[name]
			if !known {
				at = len(all)
				index[name] = at
				all = append(all, region{place: name, first: atom, area: area})
			}
			of[i] = at
			all[at].add(&s.tallies[i])
		}
		s.spread(all, of)
	}
	for i := range all {
		all[i].remote = remote
	}
	slices.SortFunc(all, func(a, b region) int { return cmp.Compare(a.place, b.place) })
	return all
}

// spread hands each region the values of which it needs the spread.
func (s *sheet) spread(all []region, of []int) {
	for _, v := range s.asked {
		r := &all[of[v.atom]]
		r.asked = append(r.asked, v.band)
	}
	for _, v := range s.offered {
		r := &all[of[v.atom]]
		r.offered = append(r.offered, v.band)
	}
	for _, v := range s.spells {
		r := &all[of[v.atom]]
		r.spells = append(r.spells, v.spell)
	}
	for _, v := range s.hirers {
		r := &all[of[v.atom]]
		r.hirers = append(r.hirers, v)
	}
}

// allTrades adds up the tallies of all trades over the places of every level.
func (t *Table) allTrades() map[Level]map[string]*tally {
	atoms := make([]tally, len(t.areas))
	for _, s := range t.sheets {
		at := 0
		for i, atom := range s.atoms {
			for atom != t.areas[at].atom {
				at++
			}
			atoms[at].add(&s.tallies[i])
		}
	}
	sums := make(map[Level]map[string]*tally)
	for _, level := range Levels {
		sums[level] = make(map[string]*tally)
		for i, p := range t.areas {
			name := level.name(p.atom, p.area)
			sum := sums[level][name]
			if sum == nil {
				sum = new(tally)
				sums[level][name] = sum
			}
			sum.add(&atoms[i])
		}
	}
	return sums
}
