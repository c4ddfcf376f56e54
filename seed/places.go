package seed

import (
	"fmt"
	"io/fs"
	"slices"

	"rabta/geo"
)

// placeFile says which file holds the places of a level, and its columns past those that every level has.
type placeFile struct {
	name  string
	level geo.Level
	more  []string
}

func placeFiles() []placeFile {
	return []placeFile{
		{"provinces.tsv", geo.LevelProvince, nil},
		{"divisions.tsv", geo.LevelDivision, nil},
		{"districts.tsv", geo.LevelDistrict, []string{"split_from", "pcode"}},
		{"tehsils.tsv", geo.LevelTehsil, nil},
		{"towns.tsv", geo.LevelTown, nil},
	}
}

// readGazetteer reads the places of every level and the cells of the districts, and gives all those cells too, ascending.
func readGazetteer(files fs.FS) (*geo.Gazetteer, []geo.Cell, error) {
	var places []geo.Place
	for _, f := range placeFiles() {
		var err error
		if places, err = readPlaces(files, f, places); err != nil {
			return nil, nil, err
		}
	}
	body, err := fs.ReadFile(files, "tables/places/district_cells.tsv")
	if err != nil {
		return nil, nil, fmt.Errorf("reading the cells of districts: %w", err)
	}
	cells, err := decodeDistrictCells(string(body))
	if err != nil {
		return nil, nil, err
	}
	var land []geo.Cell
	for _, list := range cells {
		for _, c := range list {
			land = append(land, geo.Cell(c))
		}
	}
	slices.Sort(land)
	g, err := geo.NewGazetteer(places, cells)
	return g, land, err
}

func readPlaces(files fs.FS, f placeFile, places []geo.Place) ([]geo.Place, error) {
	columns := append([]string{"id", "name_en", "name_ur", "name_roman", "other_names", "lat", "lon", "population",
		"census_year", "parent", "began", "until"}, f.more...)
	err := eachRow(files, "tables/places/"+f.name, columns, func(r *row) error {
		p := geo.Place{
			ID: r.text("id"), Level: f.level,
			Names: geo.Names{En: r.text("name_en"), Ur: r.maybe("name_ur"), Roman: r.maybe("name_roman")},
			Other: r.list("other_names"), Point: geo.Point{Lat: r.float("lat"), Lon: r.float("lon")},
			Population: r.whole("population"), CensusYear: r.whole("census_year"),
			Parent: r.maybe("parent"), Began: r.maybe("began"), Until: r.maybe("until"),
		}
		if f.level == geo.LevelDistrict {
			p.SplitFrom = r.maybe("split_from")
		}
		places = append(places, p)
		return nil
	})
	return places, err
}
