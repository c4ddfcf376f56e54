package geo

import "slices"

// With gives a gazetteer of the same places and district cells and of further places. g stays as it is. The error is that of
// NewGazetteer.
func (g *Gazetteer) With(further []Place) (*Gazetteer, error) {
	cells := make(map[string][]uint64)
	for i, c := range g.areas.cells {
		id := g.places[g.areas.districts[i]].ID
		cells[id] = append(cells[id], uint64(c))
	}
	return NewGazetteer(slices.Concat(g.places, further), cells)
}
