package gaps

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// sheet is everything about one trade on one day, by atom. It depends on the set of the trade's rows alone. The zero cell, which comes
// first, holds remote work.
type sheet struct {
	atoms   []geo.Cell // ascending
	tallies []tally
	asked   []banded
	offered []banded
	spells  []lasted
	hirers  []hirer // employers with a live posting, each once for an atom

	remote int64 // vacancies of no place
}

// banded is one pay of an atom, lasted one demand's spell, hirer one employer; atom is an index of the sheet.
type banded struct {
	atom int32
	band uint8
}

type lasted struct {
	atom int32
	spell
}

type hirer struct {
	atom     int32
	employer ulid.ULID
}

// sheet computes a trade.
func (set Settings) sheet(b *bucket, day int32) *sheet {
	joined := demands(b.vacancies.all, day)
	s := &sheet{}
	index := s.number(b, joined, day)
	s.addWork(joined, index, day)
	s.addPeople(b, index, day)
	newCatchment(set, b, joined, day).addTo(s, index)
	return s
}

// number lists the atoms that have any row.
func (s *sheet) number(b *bucket, joined []demand, day int32) map[geo.Cell]int32 {
	index := make(map[geo.Cell]int32)
	for i := range b.searchers.all {
		if p := &b.searchers.all[i]; p.searches(day) {
			index[p.cell.Parent(AtomResolution)] = 0
		}
	}
	for i := range joined {
		index[atomOf(joined[i].opening)] = 0
	}
	for i := range b.aside.all {
		index[b.aside.all[i].atom] = 0
	}
	for i := range b.progress.all {
		index[b.progress.all[i].atom] = 0
	}
	s.atoms = make([]geo.Cell, 0, len(index))
	for c := range index {
		s.atoms = append(s.atoms, c)
	}
	slices.Sort(s.atoms)
	for i, c := range s.atoms {
		index[c] = int32(i)
	}
	s.tallies = make([]tally, len(s.atoms))
	return index
}

// atomOf gives the atom of a posting; 0 when it is remote.
func atomOf(o *opening) geo.Cell {
	if o.Remote {
		return 0
	}
	return o.cell.Parent(AtomResolution)
}

func (s *sheet) addWork(joined []demand, index map[geo.Cell]int32, day int32) {
	for i := range joined {
		d := &joined[i]
		at := index[atomOf(d.opening)]
		if d.began > day-spellDays {
			s.spells = append(s.spells, lasted{at, d.spell(day)})
		}
		if !d.live {
			continue
		}
		t := &s.tallies[at]
		t[vacancies] += int64(d.Vacancies)
		t[personDays] += int64(d.PersonDays)
		t[postings]++
		t[reposts] += d.repeats
		if d.Remote {
			s.remote += int64(d.Vacancies)
		}
		if d.Offered > 0 {
			s.offered = append(s.offered, banded{at, bandOf(d.Offered)})
		}
		s.hirers = append(s.hirers, hirer{at, d.Employer})
	}
	slices.SortFunc(s.hirers, func(a, b hirer) int {
		return cmp.Or(cmp.Compare(a.atom, b.atom), bytes.Compare(a.employer[:], b.employer[:]))
	})
	s.hirers = slices.Compact(s.hirers)
}

func (s *sheet) addPeople(b *bucket, index map[geo.Cell]int32, day int32) {
	for i := range b.searchers.all {
		p := &b.searchers.all[i]
		if !p.searches(day) {
			continue
		}
		at := index[p.cell.Parent(AtomResolution)]
		t := &s.tallies[at]
		t[people]++
		t[women] += count(p.Woman)
		t[waiting90] += count(day-p.Since >= 90)
		if p.Asked > 0 {
			t[asking]++
			s.asked = append(s.asked, banded{at, bandOf(p.Asked)})
		}
	}
	for i := range b.aside.all {
		if o := &b.aside.all[i]; o.since <= day && (o.until == matching.NoDay || day < o.until) {
			s.tallies[index[o.atom]][others]++
		}
	}
	for i := range b.progress.all {
		p := &b.progress.all[i]
		t := &s.tallies[index[p.atom]]
		for stage := range stages {
			if p.reached(stage, day) {
				t[matched+int(stage)]++
				t[matchedWomen+int(stage)] += count(p.Woman)
			}
		}
	}
}

func count(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
