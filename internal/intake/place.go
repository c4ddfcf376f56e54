package intake

import (
	"strconv"
	"strings"

	"rabta/geo"
)

// place makes a place of a row. It gives neither place nor fault for what is no settlement of Pakistan. Population is left out: both
// sources mix counts of cities, districts and decades without saying which, so only census figures are kept, and those are shipped.
func (l *placeLayout) place(fields []string) (geo.Place, *RowFault) {
	if !l.isSettlement(fields) {
		return geo.Place{}, nil
	}
	id, bad := l.id(fields)
	if bad != nil {
		return geo.Place{}, bad
	}
	point, bad := l.point(fields)
	if bad != nil {
		return geo.Place{}, bad
	}
	names, other := l.placeNames(fields)
	if names.En == "" && names.Ur == "" {
		return geo.Place{}, l.wrong(fields, l.name, "a name in Latin or Urdu letters, of at most 80 letters")
	}
	return geo.Place{ID: id, Level: levelOf(l.get(fields, l.code)), Names: names, Other: other, Point: point}, nil
}

// get gives a field without the spaces around it, and nothing for a column that the layout does not have.
func (l *placeLayout) get(fields []string, column int) string {
	if column == none {
		return ""
	}
	return strings.TrimSpace(fields[column])
}

func (l *placeLayout) wrong(fields []string, column int, expected string) *RowFault {
	return &RowFault{Column: l.names[column], Found: shown(fields[column]), Expected: expected}
}

// isSettlement tells whether people live there, in Pakistan: feature class P, and of its codes none that is a ruin or a memory.
// (GeoNames lists Azad Kashmir and Gilgit-Baltistan under PK.)
func (l *placeLayout) isSettlement(fields []string) bool {
	if l.class != none && l.get(fields, l.class) != "P" || l.country != none && l.get(fields, l.country) != "PK" {
		return false
	}
	switch l.get(fields, l.code) {
	case "PPLQ", "PPLW", "PPLH", "PPLCH": // abandoned, destroyed, historical, a former capital
		return false
	}
	switch l.get(fields, l.kind) {
	case "", "locality", "neighbourhood", "borough", "macrohood", "microhood":
		return true
	}
	return false
}

// levelOf gives the level of a feature code: seats of government are towns, all others villages. So are neighbourhoods, though they lie in
// towns: as towns they would stand before real ones of their name, and a posting's address would name a street corner for its town.
func levelOf(code string) geo.Level {
	if strings.HasPrefix(code, "PPLA") || code == "PPLC" || code == "PPLG" {
		return geo.LevelTown
	}
	return geo.LevelVillage
}

// id gives vil-gn and GeoNames' number, by which both layouts name the same place alike, or vil-wof and the number of Who's On First
// where GeoNames does not know it.
func (l *placeLayout) id(fields []string) (string, *RowFault) {
	for _, of := range []struct {
		column int
		prefix string
	}{{l.geonames, "vil-gn"}, {l.wof, "vil-wof"}} {
		text := l.get(fields, of.column)
		if text == "" {
			continue
		}
		number, err := strconv.ParseUint(text, 10, 63)
		if err != nil || number == 0 {
			return "", l.wrong(fields, of.column, "a whole number above 0")
		}
		return of.prefix + strconv.FormatUint(number, 10), nil
	}
	column := l.geonames
	if column == none {
		column = l.wof
	}
	return "", l.wrong(fields, column, "the number by which the source knows the place")
}

func (l *placeLayout) point(fields []string) (geo.Point, *RowFault) {
	lat, err := strconv.ParseFloat(l.get(fields, l.lat), 64)
	if err != nil {
		return geo.Point{}, l.wrong(fields, l.lat, "degrees of latitude, 22.5 to 38")
	}
	lon, err := strconv.ParseFloat(l.get(fields, l.lon), 64)
	if err != nil {
		return geo.Point{}, l.wrong(fields, l.lon, "degrees of longitude, 60 to 78.5")
	}
	p := geo.Point{Lat: lat, Lon: lon}
	switch {
	case p.InBox():
		return p, nil
	case geo.Point{Lat: lon, Lon: lat}.InBox():
		return p, l.wrong(fields, l.lat, "latitude before longitude: they seem to be swapped")
	case lat >= geo.MinLat && lat <= geo.MaxLat:
		return p, l.wrong(fields, l.lon, "a point in Pakistan: 60 to 78.5 degrees of longitude")
	}
	return p, l.wrong(fields, l.lat, "a point in Pakistan: 22.5 to 38 degrees of latitude")
}
