package intake

import (
	"slices"
	"strconv"
	"strings"

	"rabta/geo"
	"rabta/search"
)

// placeReader reads where somebody lives or works from one or several cells.
type placeReader struct {
	gazetteer *geo.Gazetteer
	reader    *search.Reader
	alone     memo[[]meant] // what names mean by themselves
}

// part is one name of a place, with the levels that its column or a word beside it tells; none is any.
type part struct {
	text   string
	levels []geo.Level
}

// meant is a place that a part may mean, and how.
type meant struct {
	place geo.Place
	how   string
	score float64
}

// The cells of a place come joined, from the smallest to the largest, in this order.
const (
	placeSeparator = "\x1f"
	placeCells     = 6
)

const (
	surePlace   = 0.5    // least score of a name that is not exact
	sameSpot    = 20_000 // metres within which places of one name are one
	shortestCut = 4      // letters of the shortest beginning that is believed
	lookAt      = 16     // meanings of a name that are looked at first
	lookFurther = 400    // and where none of these lies in the district that is told
)

// spot is a point, the place that it is of, where one is told, and the centre of its cell, which is all that is kept of a home.
type spot struct {
	point geo.Point
	home  geo.Point
	place string // id, or empty
}

func spotAt(p geo.Point) (spot, error) {
	home, err := geo.Home(p)
	return spot{point: p, home: home}, err
}

// spot gives the spot of a place.
func (r *placeReader) spot(p geo.Place) spot {
	s, err := spotAt(p.Point)
	if err != nil {
		s.home = p.Point // its cell's centre lies outside the box: the record's check says so
	}
	s.place = p.ID
	return s
}

// read reads the joined cells: village, place, tehsil, district, division, province.
func (r *placeReader) read(cells string) reading[spot] {
	d := r.readPlace(cells)
	found := reading[spot]{as: d.as, how: d.how, wanted: d.wanted}
	if d.wanted == (wanted{}) {
		found.value = r.spot(d.value)
	}
	return found
}

func (r *placeReader) readPlace(cells string) reading[geo.Place] {
	var parts []part
	for i, cell := range strings.SplitN(cells, placeSeparator, placeCells) {
		parts = append(parts, partsOf(cell, i)...)
	}
	var held []meant
	wider, narrowed := false, false
	for i := len(parts) - 1; i >= 0; i-- {
		found := r.candidates(parts[i], held)
		if len(found) == 0 {
			wider = true
			continue
		}
		inside := within(found, held, r.gazetteer)
		elsewhere := i < len(parts)-1 && found[0].how == HowName && found[0].place.Level != geo.LevelVillage
		if elsewhere { // a name that is begun or misspelt is not believed before the very name of another place
			inside = slices.DeleteFunc(inside, func(m meant) bool { return m.how != HowName && m.how != HowChak })
		}
		switch {
		case held == nil:
			inside = found
		case slices.ContainsFunc(found, func(m meant) bool { return m.how == HowName && r.holds(m.place, held[0].place) }) && !r.nearer(inside, held):
			continue // it says once more what is told already
		case len(inside) > 0:
			narrowed = found[0].place.ID != inside[0].place.ID
		case elsewhere:
			return r.elsewhere(held)
		default:
			wider = true
			continue
		}
		held, wider = best(inside), false
	}
	return r.chosen(held, wider, narrowed)
}

// chosen takes the first of the places meant, if the others are no rivals of it.
func (r *placeReader) chosen(held []meant, wider, narrowed bool) reading[geo.Place] {
	const en, ur = "a town, tehsil or district of Pakistan by its name", "پاکستان کے کسی شہر، تحصیل یا ضلع کا نام"
	if len(held) == 0 {
		return unread[geo.Place](en, ur)
	}
	first := held[0]
	d := reading[geo.Place]{value: first.place, as: r.said(first.place), how: first.how}
	if first.place.Level == geo.LevelProvince || first.place.Level == geo.LevelDivision {
		return unread[geo.Place]("a place nearer than a province or a division: a town, tehsil or district", "صوبے یا ڈویژن سے چھوٹی جگہ: شہر، تحصیل یا ضلع")
	}
	for _, other := range held[1:] {
		if geo.Distance(first.place.Point, other.place.Point) <= sameSpot || r.holds(first.place, other.place) || r.holds(other.place, first.place) {
			continue
		}
		if !larger(first.place, other.place) || first.how != HowName {
			return unread[geo.Place]("one place: several have this name ("+r.said(first.place)+"; "+r.said(other.place)+"), so tell the tehsil or district too",
				"ایک ہی جگہ: اس نام کی کئی جگہیں ہیں، اس لیے تحصیل یا ضلع بھی لکھیں")
		}
		d.how = HowLargest
	}
	switch {
	case wider:
		d.how = HowWider
	case narrowed && d.how == HowName:
		d.how = HowNarrowed
	}
	return d
}

// elsewhere says that the places of a row do not lie in each other.
func (r *placeReader) elsewhere(held []meant) reading[geo.Place] {
	return unread[geo.Place]("a place in "+r.said(held[0].place)+", which the other columns name", "وہ جگہ جو دوسرے کالم میں لکھی جگہ ("+held[0].place.Names.Ur+") کے اندر ہو")
}

// larger tells whether a is so much larger than b that who says the name alone means a: a place of a higher level, or a city beside a tehsil
// of a twentieth of its people (لاہور is Lahore, and not Lahor in Swabi), or a place with three times as many.
func larger(a, b geo.Place) bool {
	const city = 20
	if b.Population > 0 && a.Population >= city*b.Population {
		return true
	}
	levels := geo.Levels()
	if rank := slices.Index(levels, a.Level) - slices.Index(levels, b.Level); rank != 0 {
		return rank < 0
	}
	return a.Population >= 3*b.Population && a.Population > 0
}

// said names a place with what holds it: "Johar Town, Lahore".
func (r *placeReader) said(p geo.Place) string {
	name := p.Names.En
	if name == "" {
		name = p.Names.Ur
	}
	if p.Level == geo.LevelDistrict {
		return name + " district"
	}
	for _, up := range r.gazetteer.Chain(p.ID) {
		if up.Names.En != p.Names.En && up.Level == geo.LevelDistrict {
			return name + ", " + up.Names.En
		}
	}
	return name
}

// nearer tells whether the first of the places found is smaller than those held.
func (r *placeReader) nearer(found, held []meant) bool {
	levels := geo.Levels()
	return len(found) > 0 && slices.Index(levels, found[0].place.Level) > slices.Index(levels, held[0].place.Level)
}

func (r *placeReader) holds(outer, inner geo.Place) bool {
	return slices.ContainsFunc(r.gazetteer.Chain(inner.ID), func(p geo.Place) bool { return p.ID == outer.ID })
}

// pointOf reads degrees of latitude and longitude.
func pointOf(lat, lon string) reading[geo.Point] {
	const en, ur = "a point in Pakistan: latitude 22.5 to 38 and longitude 60 to 78.5 degrees", "پاکستان کے اندر کا مقام: عرض بلد 22.5 سے 38 اور طول بلد 60 سے 78.5"
	y, errY := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, errX := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	p := geo.Point{Lat: y, Lon: x}
	switch {
	case errY != nil || errX != nil:
	case p.InBox():
		return read(p)
	case (geo.Point{Lat: x, Lon: y}).InBox():
		return unread[geo.Point]("latitude before longitude: they seem to be swapped", "پہلے عرض بلد پھر طول بلد: یہ الٹے لکھے گئے ہیں")
	}
	return unread[geo.Point](en, ur)
}
