package gaps

import (
	"cmp"
	"math"
	"slices"

	"rabta/geo"
)

// Area is the units that hold a cell, by the ids of the gazetteer; empty where there is none.
type Area struct{ Tehsil, District, Division, Province string }

// Areas gives the units of a cell by its centre: the district as the gazetteer has it; in it the tehsil with the nearest seat, since
// only districts have borders in the gazetteer; the division and the province that hold the district. It is safe for concurrent use.
func Areas(g *geo.Gazetteer) func(geo.Cell) Area {
	seats := tehsilSeats(g)
	return func(c geo.Cell) Area {
		centre := c.Center()
		district, ok := g.District(centre)
		if !ok {
			return Area{}
		}
		area := areaOf(g, district.ID)
		nearest := math.Inf(1)
		for _, t := range seats[district.ID] { // by id, so that of two at one distance the first stays
			if d := geo.Distance(centre, t.Point); d < nearest {
				area.Tehsil, nearest = t.ID, d
			}
		}
		return area
	}
}

// areaOf gives the units of a district, without a tehsil.
func areaOf(g *geo.Gazetteer, district string) Area {
	var area Area
	for _, up := range g.Chain(district) {
		switch up.Level {
		case geo.LevelDistrict:
			area.District = up.ID
		case geo.LevelDivision:
			area.Division = up.ID
		case geo.LevelProvince:
			area.Province = up.ID
		}
	}
	return area
}

// tehsilSeats gives the tehsils that exist of each district, by id.
func tehsilSeats(g *geo.Gazetteer) map[string][]geo.Place {
	seats := make(map[string][]geo.Place)
	for _, t := range g.All(geo.LevelTehsil) {
		for _, up := range g.Chain(t.ID) {
			if up.Level == geo.LevelDistrict && t.Until == "" {
				seats[up.ID] = append(seats[up.ID], t)
			}
		}
	}
	return seats
}

// Level is how large the places of a table are.
type Level string

// The levels: cells of H3, and units of administration.
const (
	Cell4    Level = "cell4"
	Cell5    Level = "cell5"
	Cell6    Level = "cell6"
	Cell7    Level = "cell7"
	Tehsil   Level = "tehsil"
	District Level = "district"
	Division Level = "division"
	Province Level = "province"
	Country  Level = "country"
)

// Levels lists every level, units from the largest to the smallest and then cells.
var Levels = [...]Level{Country, Province, Division, District, Tehsil, Cell4, Cell5, Cell6, Cell7}

// Names of places that are no cell and no unit.
const (
	Pakistan  = "pakistan"  // the country
	RemoteTag = "remote"    // work that is of no place
	Elsewhere = "elsewhere" // cells outside every unit of the level
)

// Valid tells whether l is a level.
func (l Level) Valid() bool { return slices.Contains(Levels[:], l) }

// Cells tells whether the places of the level are cells of H3.
func (l Level) Cells() bool { return l.resolution() > 0 }

// resolution gives the H3 resolution of a level of cells; 0 for units.
func (l Level) resolution() int {
	switch l {
	case Cell4:
		return 4
	case Cell5:
		return 5
	case Cell6:
		return 6
	case Cell7:
		return 7
	}
	return 0
}

// name gives the place of the level that holds an atom; the zero cell stands for remote work.
func (l Level) name(atom geo.Cell, area Area) string {
	if atom == 0 {
		return RemoteTag
	}
	if res := l.resolution(); res > 0 {
		return atom.Parent(res).String()
	}
	var unit string
	switch l {
	case Country:
		return Pakistan
	case Province:
		unit = area.Province
	case Division:
		unit = area.Division
	case District:
		unit = area.District
	case Tehsil:
		unit = area.Tehsil
	}
	return cmp.Or(unit, Elsewhere)
}
