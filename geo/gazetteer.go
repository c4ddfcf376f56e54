package geo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"rabta/internal/fault"
)

// Gazetteer knows the places of Pakistan: by name in three scripts, by what holds a point, and by nearness. It is immutable and
// safe for concurrent use; its answers are copies whose Other is shared and not to be changed.
type Gazetteer struct {
	places  []Place          // by standing: the larger level first, then those that still exist, the more people, the id
	byID    map[string]int32 // index in places
	names   nameIndex
	chaks   map[int][]numbered // by Chak.Number
	areas   districtArea
	byLevel map[Level]nearby
}

// NewGazetteer checks the places and builds every index over them. districtCells gives, for the id of a district, the compacted set of H3
// cells that it consists of; it may be empty, and then the nearest place decides. The error names every fault: an id that is empty or
// double, an unknown level, no name, a point outside the box, a parent that is missing or not of a larger level, a cell that is
// none or has two districts. It costs about two seconds for 135,000 villages.
func NewGazetteer(places []Place, districtCells map[string][]uint64) (*Gazetteer, error) {
	g := &Gazetteer{places: slices.Clone(places), byID: make(map[string]int32, len(places))}
	slices.SortFunc(g.places, byStanding)
	var faults []error
	for i, p := range g.places {
		if _, double := g.byID[p.ID]; double {
			faults = append(faults, fmt.Errorf("place %q stands twice", p.ID))
		}
		g.byID[p.ID] = int32(i)
	}
	for i := range g.places {
		faults = append(faults, g.faultsOf(&g.places[i])...)
	}
	if err := invalid(faults); err != nil {
		return nil, err
	}
	g.names = newNameIndex(g.places)
	g.chaks = numberedPlaces(g.places)
	g.byLevel = nearbyByLevel(g.places)
	areas, err := newDistrictArea(g, districtCells)
	if err != nil {
		return nil, err
	}
	g.areas = areas
	return g, nil
}

// invalid makes one error of all faults, or nil of none.
func invalid(faults []error) error {
	if len(faults) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Invalid, Op: "geo.NewGazetteer", Field: "places",
		Message: "The list of places has faults: mend each and load it again.", Err: errors.Join(faults...)}
}

func byStanding(a, b Place) int {
	return cmp.Or(
		cmp.Compare(a.Level.rank(), b.Level.rank()),
		cmp.Compare(len(a.Until), len(b.Until)), // a date or nothing: those that still exist first
		cmp.Compare(b.Population, a.Population),
		cmp.Compare(a.ID, b.ID))
}

func (g *Gazetteer) faultsOf(p *Place) []error {
	var faults []error
	note := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("place %q "+format, append([]any{p.ID}, args...)...))
	}
	if p.ID == "" {
		note("has no id: %q", p.Names.En)
	}
	if !p.Level.Valid() {
		note("has the unknown level %q", p.Level)
	}
	if len(p.spellings()) == 0 {
		note("has no name")
	}
	if !p.Point.InBox() {
		note("lies outside the box around Pakistan")
	}
	if p.Population < 0 {
		note("has %d people", p.Population)
	}
	if p.Parent != "" {
		if up, known := g.byID[p.Parent]; !known {
			note("has the unknown parent %q", p.Parent)
		} else if parent := &g.places[up]; p.Level.Valid() && parent.Level.rank() >= p.Level.rank() {
			note("is a %s within a %s", p.Level, parent.Level)
		}
	}
	return faults
}

// Place gives the place of an id.
func (g *Gazetteer) Place(id string) (Place, bool) {
	i, ok := g.byID[id]
	if !ok {
		return Place{}, false
	}
	return g.places[i], true
}

// All gives every place of a level, by id, those that have ended too.
func (g *Gazetteer) All(level Level) []Place {
	var all []Place
	for _, p := range g.places {
		if p.Level == level {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Place) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// Chain gives the place and what holds it, from the smallest to the province; nothing when the id is unknown.
func (g *Gazetteer) Chain(id string) []Place {
	var chain []Place
	// Every parent is of a larger level, so the walk ends.
	for i, ok := g.byID[id]; ok; i, ok = g.byID[g.places[i].Parent] {
		chain = append(chain, g.places[i])
	}
	return chain
}

// within gives the place of a level on the chain of the place at index i, itself included.
func (g *Gazetteer) within(i int32, level Level) (Place, bool) {
	for ok := true; ok; i, ok = g.byID[g.places[i].Parent] {
		if g.places[i].Level == level {
			return g.places[i], true
		}
	}
	return Place{}, false
}
