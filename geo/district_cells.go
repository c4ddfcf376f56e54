package geo

import (
	"slices"

	"github.com/uber/h3-go/v4"
)

// DistrictCells gives the cells of a resolution that a district consists of, ascending: those whose centre lies in one of its own cells, for
// a map of it. None for a district of which no cells are known, and for what is no district; at least one for any other.
func (g *Gazetteer) DistrictCells(id string, res int) []Cell {
	district, known := g.byID[id]
	if !known || res < 0 || res > maxResolution {
		return nil
	}
	var cells, rim []Cell
	for i, c := range g.areas.cells {
		if g.areas.districts[i] != district {
			continue
		}
		if c.Resolution() > res {
			rim = append(rim, c.Parent(res))
			continue
		}
		children, err := h3.Cell(c).Children(res)
		if err != nil {
			continue // of a valid cell and a finer resolution there always are some
		}
		for _, child := range children {
			cells = append(cells, Cell(child))
		}
	}
	slices.Sort(rim)
	rim = slices.Compact(rim)
	for _, c := range rim {
		if of, ok := g.areas.at(c.Center()); ok && of == district {
			cells = append(cells, c)
		}
	}
	if len(cells) == 0 {
		cells = rim // a district smaller than a cell
	}
	slices.Sort(cells)
	return slices.Compact(cells)
}
