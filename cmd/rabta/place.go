package main

import (
	"context"
	"fmt"
	"strings"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/seed"
)

// placesShown is how many places a look-up prints.
const placesShown = 10

// placeCommand is rabta place.
type placeCommand struct {
	jsonFlag
	Data string   `placeholder:"DIR" env:"RABTA_DATA" help:"Data directory, for the places imported into it; without it the shipped ones."`
	What []string `arg:"" name:"name|lat,lon" help:"A name in any of three scripts, or a latitude and longitude, 30.19,71.47."`
}

// placeAnswer is what place prints as JSON. Point, district and province are those of a point that was asked for.
type placeAnswer struct {
	Query    string      `json:"query"`
	Point    *geo.Point  `json:"point,omitempty"`
	District *placeNamed `json:"district,omitempty"`
	Province *placeNamed `json:"province,omitempty"`
	Places   []placeLine `json:"places"`
}

// placeNamed names a place.
type placeNamed struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// placeLine is one place: with how it was found and how well, by name, or how far it is, by point.
type placeLine struct {
	ID         string    `json:"id"`
	Level      geo.Level `json:"level"`
	Names      geo.Names `json:"names"`
	Lat        float64   `json:"lat"`
	Lon        float64   `json:"lon"`
	Population int       `json:"population,omitempty"`
	CensusYear int       `json:"census_year,omitempty"`
	Parent     string    `json:"parent,omitempty"`
	How        string    `json:"how,omitempty"`
	Score      *float64  `json:"score,omitempty"`
	Distance   *float64  `json:"distance_m,omitempty"`
}

// placeFinder finds places: a node's, or the shipped ones.
type placeFinder interface {
	FindPlaces(query string, limit int) []geo.Found
	NearestPlaces(p geo.Point, k int) []geo.Near
	Reference() *seed.Reference
}

// Run looks places up and prints them.
func (p *placeCommand) Run(ctx context.Context, c *call) error {
	if p.Data != "" || c.live != nil {
		return c.withNode(ctx, p.Data, func(n *node.Node) error { return p.print(c, n) })
	}
	ref, err := seed.Load()
	if err != nil {
		return err
	}
	return p.print(c, shippedPlaces{ref})
}

func (p *placeCommand) print(c *call, finder placeFinder) error {
	answer := placeAnswer{Query: strings.Join(p.What, " "), Places: []placeLine{}}
	if point, ok := parsePoint(answer.Query); ok {
		if !point.InBox() {
			return outside(point)
		}
		answer.around(point, finder)
	} else {
		for _, f := range finder.FindPlaces(answer.Query, placesShown) {
			line := lineOf(f.Place)
			line.How, line.Score = f.How, &f.Score
			answer.Places = append(answer.Places, line)
		}
	}
	if p.JSON {
		return printJSON(c.stdout, answer)
	}
	return answer.print(c)
}

// around fills in the answer about a point.
func (a *placeAnswer) around(point geo.Point, finder placeFinder) {
	a.Point = &point
	gazetteer := finder.Reference().Gazetteer
	if district, ok := gazetteer.District(point); ok {
		a.District = &placeNamed{district.ID, district.Names.En}
	}
	if province, ok := gazetteer.Province(point); ok {
		a.Province = &placeNamed{province.ID, province.Names.En}
	}
	for _, near := range finder.NearestPlaces(point, placesShown) {
		line := lineOf(near.Place)
		line.Distance = &near.Metres
		a.Places = append(a.Places, line)
	}
}

func lineOf(p geo.Place) placeLine {
	return placeLine{ID: p.ID, Level: p.Level, Names: p.Names, Lat: p.Point.Lat, Lon: p.Point.Lon, Population: p.Population,
		CensusYear: p.CensusYear, Parent: p.Parent}
}

// print writes the answer as a table.
func (a *placeAnswer) print(c *call) error {
	if a.District != nil && a.Province != nil {
		fmt.Fprintf(c.stdout, "District %s, %s\n", a.District.Name, a.Province.Name)
	}
	if len(a.Places) == 0 {
		fmt.Fprintln(c.stdout, "No place of this name is known. Try another spelling, the nearest town, or a latitude and longitude.")
	}
	rows := make([][]string, 0, len(a.Places))
	for _, p := range a.Places {
		row := []string{p.Names.En, p.Names.Ur, string(p.Level), fmt.Sprintf("%.4f,%.4f", p.Lat, p.Lon), p.ID}
		if p.Distance != nil {
			row = append([]string{metresText(*p.Distance)}, row...)
		}
		rows = append(rows, row)
	}
	return printTable(c.stdout, rows)
}

// shippedPlaces finds the places of the reference data alone.
type shippedPlaces struct{ ref *seed.Reference }

// FindPlaces finds places by name.
func (s shippedPlaces) FindPlaces(query string, limit int) []geo.Found {
	return s.ref.Gazetteer.Find(query, limit)
}

// NearestPlaces gives the towns and villages nearest to a point.
func (s shippedPlaces) NearestPlaces(p geo.Point, k int) []geo.Near {
	return s.ref.Gazetteer.Nearest(p, []geo.Level{geo.LevelTown, geo.LevelVillage}, k)
}

// Reference gives the shipped tables.
func (s shippedPlaces) Reference() *seed.Reference { return s.ref }
