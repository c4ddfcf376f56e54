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
	sheets []*sheet          // by trade
	areas  []placed          // of every atom that any sheet has, ascending
	at     [][]int32         // by trade: where each atom of its sheet stands in areas
	places map[Level]*places // of areas
}

// placed is an atom with its units.
type placed struct {
	atom geo.Cell
	area Area
}

// areaOf gives the units of a district; only its own name when no atom of it is known.
func (t *Table) areaOf(district string) Area {
	for _, p := range t.areas {
		if p.area.District == district {
			return p.area
		}
	}
	return Area{District: district}
}

// places is the names of a level's places, and which of them holds each atom of Table.areas.
type places struct {
	names []string
	of    []int32
}

func (l *Ledger) table(day int32, sheets []*sheet) *Table {
	t := &Table{day: day, set: l.set, groups: l.groups, sheets: sheets, at: make([][]int32, len(sheets)), places: make(map[Level]*places)}
	index := make(map[geo.Cell]int32)
	for _, s := range sheets {
		for _, a := range s.atoms {
			if _, known := index[a]; !known {
				index[a] = 0
				t.areas = append(t.areas, placed{a, l.areas[a]})
			}
		}
	}
	slices.SortFunc(t.areas, func(a, b placed) int { return cmp.Compare(a.atom, b.atom) })
	for i, p := range t.areas {
		index[p.atom] = int32(i)
	}
	for i, s := range t.sheets {
		t.at[i] = make([]int32, len(s.atoms))
		for k, a := range s.atoms {
			t.at[i][k] = index[a]
		}
	}
	for _, level := range Levels {
		t.places[level] = placesOf(level, t.areas)
	}
	return t
}

func placesOf(level Level, areas []placed) *places {
	p := &places{of: make([]int32, len(areas))}
	index := make(map[string]int32)
	for i, a := range areas {
		name := level.name(a.atom, a.area)
		at, known := index[name]
		if !known {
			at = int32(len(p.names))
			index[name] = at
			p.names = append(p.names, name)
		}
		p.of[i] = at
	}
	return p
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

// regions adds the sheets of a group up over the places of a level, by name. Only places that have a row of the group stand there, and of
// those what keep wants (nil: all).
func (t *Table) regions(group int32, level Level, keep func(place string, sums *tally) bool) []region {
	in := t.places[level]
	sums := make([]*tally, len(in.names))
	first := make([]int32, len(in.names)) // an atom of each place, by its number in areas
	var touched []int32
	var remote int64
	for _, trade := range t.groups.nodes[group].trades {
		s := t.sheets[trade]
		remote += s.remote
		for i, at := range t.at[trade] {
			place := in.of[at]
			if sums[place] == nil {
				sums[place], first[place] = new(tally), at
				touched = append(touched, place)
			}
			sums[place].add(&s.tallies[i])
		}
	}
	kept := make([]int32, len(in.names)) // one past the region of each place; 0 for none
	var all []region
	slices.SortFunc(touched, func(a, b int32) int { return cmp.Compare(in.names[a], in.names[b]) })
	for _, place := range touched {
		if keep == nil || keep(in.names[place], sums[place]) {
			at := t.areas[first[place]]
			all = append(all, region{place: in.names[place], first: at.atom, area: at.area, tally: *sums[place], remote: remote})
			kept[place] = int32(len(all))
		}
	}
	for _, trade := range t.groups.nodes[group].trades {
		of := make([]int32, len(t.at[trade]))
		for i, at := range t.at[trade] {
			of[i] = kept[in.of[at]] - 1
		}
		t.sheets[trade].spread(all, of)
	}
	return all
}

// spread hands each region the values of which it needs the spread; of gives the region of each atom, -1 for none.
func (s *sheet) spread(all []region, of []int32) {
	for _, v := range s.asked {
		if r := of[v.atom]; r >= 0 {
			all[r].asked = append(all[r].asked, v.band)
		}
	}
	for _, v := range s.offered {
		if r := of[v.atom]; r >= 0 {
			all[r].offered = append(all[r].offered, v.band)
		}
	}
	for _, v := range s.spells {
		if r := of[v.atom]; r >= 0 {
			all[r].spells = append(all[r].spells, v.spell)
		}
	}
	for _, v := range s.hirers {
		if r := of[v.atom]; r >= 0 {
			all[r].hirers = append(all[r].hirers, v)
		}
	}
}

// allTrades adds up the tallies of all trades over the places of every level, by name.
func (t *Table) allTrades() map[Level]map[string]*tally {
	atoms := make([]tally, len(t.areas))
	for trade, s := range t.sheets {
		for i := range s.atoms {
			atoms[t.at[trade][i]].add(&s.tallies[i])
		}
	}
	sums := make(map[Level]map[string]*tally)
	for _, level := range Levels {
		in := t.places[level]
		byPlace := make([]tally, len(in.names))
		for i := range atoms {
			byPlace[in.of[i]].add(&atoms[i])
		}
		sums[level] = make(map[string]*tally, len(in.names))
		for i, name := range in.names {
			sums[level][name] = &byPlace[i]
		}
	}
	return sums
}
