package seed

import (
	"math"
	"slices"
	"strings"

	"rabta/geo"
	"rabta/matching/trades"
)

// spot is a point around which people live and work: the middle of a town, or the seat of a tehsil for the country around it.
type spot struct {
	id       string // of the place
	names    trades.Names
	point    geo.Point
	district int // its number in the terrain
	province string
	spread   float64 // mean distance of people from the point in metres
	weight   float64 // people
	urban    bool
}

// spotted is a district with its spots, in the country and in towns.
type spotted struct {
	province string
	people   float64
	urban    float64 // share of people in towns
	places   [2][]spot
	chances  [2]weighted
}

// The classes of places, by which trades differ.
const (
	country = iota
	town
	classes
)

// terrain is where the people of the sample market are.
type terrain struct {
	gazetteer *geo.Gazetteer
	land      []geo.Cell // of Pakistan, ascending, at several resolutions
	districts []spotted
	chances   weighted // districts by people
}

func newTerrain(g *geo.Gazetteer, land []geo.Cell) *terrain {
	t := &terrain{gazetteer: g, land: land}
	at := make(map[string]int)
	for _, d := range g.All(geo.LevelDistrict) {
		if d.Until == "" {
			at[d.ID] = len(t.districts)
			t.districts = append(t.districts, spotted{province: above(g, d.ID, geo.LevelProvince), people: float64(d.Population)})
		}
	}
	t.addTowns(at)
	t.addTehsils(at)
	t.estimate("prv-azad-jammu-kashmir", peopleOfAJK)
	t.estimate("prv-gilgit-baltistan", peopleOfGB)
	for i := range t.districts {
		t.districts[i].settle()
	}
	t.chances = newWeighted(t.districts, func(d spotted) float64 { return d.people })
	return t
}

// above gives the id of the place of a level that holds a place; empty when there is none.
func above(g *geo.Gazetteer, id string, level geo.Level) string {
	for _, p := range g.Chain(id) {
		if p.Level == level {
			return p.ID
		}
	}
	return ""
}

// addTowns puts the towns into the districts that hold them: as towns when large or a part of a city, else with the country. No
// town counts for more than a part of its district, since the figure of Karachi is that of seven districts.
func (t *terrain) addTowns(at map[string]int) {
	all := t.gazetteer.All(geo.LevelTown)
	var cities []geo.Place // the largest first, so that a quarter is one of Karachi and not of Korangi
	for _, p := range all {
		if p.Population >= cityPeople {
			cities = append(cities, p)
		}
	}
	slices.SortStableFunc(cities, func(a, b geo.Place) int { return b.Population - a.Population })
	for _, p := range all {
		i, ok := at[above(t.gazetteer, p.ID, geo.LevelDistrict)]
		if !ok || p.Until != "" {
			continue
		}
		s, class := t.spotOf(p, i), country
		s.weight, s.spread = smallTownPeople, leastSpread
		city := slices.IndexFunc(cities, func(city geo.Place) bool { return geo.Distance(city.Point, p.Point) <= 3*spreadOf(city) })
		switch {
		case p.Population > 0:
			s.weight, s.spread = float64(p.Population), spreadOf(p)
			if d := t.districts[i].people; d > 0 {
				s.weight = min(s.weight, d*mostOfDistrict)
			}
			if p.Population >= urbanTown {
				class = town
			}
		case city >= 0:
			s.weight, s.spread, class = quarterPeople, 2*leastSpread, town
			s.names = quarterNames(s.names, cities[city].Names)
		}
		s.urban = class == town
		t.districts[i].places[class] = append(t.districts[i].places[class], s)
	}
}

// quarterNames says of which city a quarter is, where its own name does not.
func quarterNames(quarter trades.Names, city geo.Names) trades.Names {
	of := func(name, city, comma string) string {
		if city == "" || strings.Contains(name, city) {
			return name
		}
		return name + comma + city
	}
	return trades.Names{En: of(quarter.En, city.En, ", "), Ur: of(quarter.Ur, city.Ur, "، "), Roman: of(quarter.Roman, capitals(city.Roman), ", ")}
}

// spreadOf is the mean distance in metres of a town's people from its point.
func spreadOf(p geo.Place) float64 {
	return min(mostSpread, leastSpread*math.Sqrt(max(1, float64(p.Population)/spreadAtTown)))
}

// addTehsils puts the seats of tehsils into the country, for the villages around them.
func (t *terrain) addTehsils(at map[string]int) {
	for _, p := range t.gazetteer.All(geo.LevelTehsil) {
		i, ok := at[above(t.gazetteer, p.ID, geo.LevelDistrict)]
		if !ok || p.Until != "" {
			continue
		}
		s := t.spotOf(p, i)
		s.spread, s.weight = countrySpread, max(10_000, float64(p.Population))
		t.districts[i].places[country] = append(t.districts[i].places[country], s)
	}
}

func (t *terrain) spotOf(p geo.Place, district int) spot {
	names := trades.Names{En: p.Names.En, Ur: p.Names.Ur, Roman: capitals(p.Names.Roman)}
	if names.Ur == "" {
		names.Ur = names.En
	}
	if names.Roman == "" {
		names.Roman = names.En
	}
	return spot{id: p.ID, names: names, point: p.Point, district: district, province: t.districts[district].province}
}

// estimate shares an estimated number of people out over the districts of a province that the census leaves out, by the places
// known in them.
func (t *terrain) estimate(province string, people float64) {
	total := 0.0
	for _, d := range t.districts {
		if d.province == province {
			total += d.known()
		}
	}
	for i, d := range t.districts {
		if d.province == province && total > 0 {
			t.districts[i].people = people * d.known() / total
		}
	}
}

// known is a measure of how many people a district has, from its towns and the number of its tehsils.
func (d *spotted) known() float64 {
	n := 0.0
	for _, places := range d.places {
		for _, s := range places {
			n += s.weight
		}
	}
	return n
}

// settle works out how many of the district's people are in towns, and how likely each of its spots is.
func (d *spotted) settle() {
	inTowns := 0.0
	for _, s := range d.places[town] {
		inTowns += s.weight
	}
	d.urban = min(0.98, inTowns/max(1, d.people))
	if len(d.places[country]) == 0 {
		d.urban = 1
	}
	if len(d.places[town]) == 0 {
		d.urban = 0
	}
	if len(d.places[country])+len(d.places[town]) == 0 {
		d.people = 0
	}
	for class := range d.places {
		d.chances[class] = newWeighted(d.places[class], func(s spot) float64 { return s.weight })
	}
}

// somewhere draws a spot: a district by its people, then town or country with the odds of a town multiplied, then a spot.
func (t *terrain) somewhere(d *draw, townOdds float64) *spot {
	district := &t.districts[t.chances.pick(d)]
	odds := townOdds * district.urban
	class := country
	if d.Float64()*(odds+1-district.urban) < odds {
		class = town
	}
	return &district.places[class][district.chances[class].pick(d)]
}

// around draws a point near p at an exponential distance with the given mean, on land inside Pakistan and in the spot's province;
// p itself when chance keeps missing it.
func (t *terrain) around(d *draw, s *spot, p geo.Point, mean float64) geo.Point {
	const metresPerDegree = geo.EarthRadius * math.Pi / 180
	for range 8 {
		sin, cos := math.Sincos(2 * math.Pi * d.Float64())
		metres := d.ExpFloat64() * mean
		if !s.urban {
			// Villages lie around a seat, not in it: the sum of two, with the same mean.
			metres = (metres + d.ExpFloat64()*mean) / 2
		}
		metres = min(metres, 5*mean)
		q := geo.Point{
			Lat: round6(p.Lat + metres*sin/metresPerDegree),
			Lon: round6(p.Lon + metres*cos/(metresPerDegree*math.Cos(p.Lat*math.Pi/180))),
		}
		if t.inPakistan(q) {
			if province, ok := t.gazetteer.Province(q); ok && province.ID == s.province {
				return q
			}
		}
	}
	return p
}

// inPakistan tells whether p lies in a cell of a district, and not in the sea or abroad, where the gazetteer gives the nearest.
func (t *terrain) inPakistan(p geo.Point) bool {
	c, err := geo.CellAt(p, geo.HomeResolution)
	if err != nil {
		return false
	}
	for res := geo.HomeResolution; res >= 0; res-- {
		if _, ok := slices.BinarySearch(t.land, c.Parent(res)); ok {
			return true
		}
	}
	return false
}

// round6 keeps six decimals of a degree, about a tenth of a metre.
func round6(degrees float64) float64 { return math.Round(degrees*1e6) / 1e6 }
