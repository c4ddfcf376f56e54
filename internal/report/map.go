package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"rabta/geo"
)

// Size of the map and of what is drawn on it, in millimetres.
const (
	mapWidth    = 100.0
	mapHeight   = 92.0
	mapEdge     = 2.0
	largestDot  = 2.8 // radius, where cells are large
	leastDot    = 1.3 // radius of the largest where they are small
	cellRadius  = 3.2 // km, from the middle of a cell to an edge
	smallestDot = 0.45
	textHeight  = 3.4
	mostTowns   = 9
)

// shades are the classes of access, from little to much; the colours are in the style sheet, each darker than the one before.
var shades = [...]struct {
	below float64
	text  string
}{{0.25, "< 0.25"}, {0.5, "0.25–0.5"}, {1, "0.5–1"}, {2, "1–2"}, {math.Inf(1), "≥ 2"}}

// shade gives the class of a hexagon's access.
func shade(access *float64) string {
	if access == nil {
		return "hidden"
	}
	for i, s := range shades {
		if *access < s.below {
			return fmt.Sprintf("shade%d", i)
		}
	}
	return "shade4"
}

// projection lays a piece of the Earth on the map: plain longitude and latitude, narrowed by the cosine of the middle, which is true
// enough for one district.
type projection struct {
	west, north float64 // degrees
	narrow      float64
	scale       float64 // millimetres a degree of latitude
	left, top   float64
	mmPerKm     float64
}

func project(rings [][]geo.Point) projection {
	p := projection{west: math.Inf(1), north: math.Inf(-1)}
	east, south := math.Inf(-1), math.Inf(1)
	for _, ring := range rings {
		for _, c := range ring {
			p.west, east = min(p.west, c.Lon), max(east, c.Lon)
			south, p.north = min(south, c.Lat), max(p.north, c.Lat)
		}
	}
	midway := geo.Point{Lat: (south + p.north) / 2, Lon: (p.west + east) / 2}
	p.narrow = math.Cos(midway.Lat * math.Pi / 180)
	wide, high := (east-p.west)*p.narrow, p.north-south
	p.scale = min((mapWidth-2*mapEdge)/wide, (mapHeight-2*mapEdge)/high)
	p.left, p.top = (mapWidth-wide*p.scale)/2, (mapHeight-high*p.scale)/2
	degree := geo.Distance(geo.Point{Lat: midway.Lat - 0.5, Lon: midway.Lon}, geo.Point{Lat: midway.Lat + 0.5, Lon: midway.Lon})
	p.mmPerKm = p.scale / (degree / 1000)
	return p
}

func (p *projection) at(c geo.Point) (x, y float64) {
	return p.left + (c.Lon-p.west)*p.narrow*p.scale, p.top + (p.north-c.Lat)*p.scale
}

// mapOf draws the district; nil where no cell of it is known. A map is never mirrored.
func mapOf(d *District, t *words) *drawing {
	rings := make([][]geo.Point, 0, len(d.Hexagons))
	for _, h := range d.Hexagons {
		if ring := h.Cell.Boundary(); len(ring) > 0 {
			rings = append(rings, ring)
		}
	}
	if len(rings) == 0 || len(rings) != len(d.Hexagons) {
		return nil
	}
	p := project(rings)
	m := &drawing{Width: mapWidth, Height: mapHeight}
	m.Paths = hexagons(&p, d.Hexagons, rings)
	m.Circles = dots(&p, d.Hexagons)
	m.nameTowns(&p, d.Towns, t)
	return m
}

// hexagons gathers those of one class into one path, the outline of all below them and those with a figure of their own above.
func hexagons(p *projection, all []Hexagon, rings [][]geo.Point) []path {
	by := make(map[string]*strings.Builder)
	add := func(class, d string) {
		if by[class] == nil {
			by[class] = &strings.Builder{}
		}
		by[class].WriteString(d)
	}
	for i, h := range all {
		d := ringPath(p, rings[i])
		add("outline", d)
		add(shade(h.Access), d)
		if h.Access != nil && strings.HasPrefix(string(h.AccessOf), "cell") {
			add("zown", d)
		}
	}
	classes := make([]string, 0, len(by))
	for class := range by {
		classes = append(classes, class)
	}
	slices.SortFunc(classes, func(a, b string) int {
		return cmp.Or(-cmp.Compare(truth(a == "outline"), truth(b == "outline")), cmp.Compare(a, b))
	})
	paths := make([]path, len(classes))
	for i, class := range classes {
		paths[i] = path{by[class].String(), class}
	}
	return paths
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func ringPath(p *projection, ring []geo.Point) string {
	var b strings.Builder
	for i, c := range ring {
		b.WriteByte("ML"[truth(i > 0)])
		x, y := p.at(c)
		b.WriteString(mm(x) + " " + mm(y))
	}
	b.WriteByte('Z')
	return b.String()
}

// dotOf gives the radius for vacancies, their area in proportion, the largest about as large as a cell.
func (p *projection) dotOf(demand, most int64) float64 {
	largest := max(leastDot, min(largestDot, cellRadius*p.mmPerKm))
	return max(smallestDot, largest*math.Sqrt(float64(demand)/float64(most)))
}

func mostDemand(all []Hexagon) (most int64) {
	for _, h := range all {
		most = max(most, h.Demand)
	}
	return most
}

// dots marks where vacancies are, the large ones below the small.
func dots(p *projection, all []Hexagon) []circle {
	most := mostDemand(all)
	var circles []circle
	for _, h := range all {
		if h.Demand > 0 {
			x, y := p.at(h.Cell.Center())
			circles = append(circles, circle{x, y, p.dotOf(h.Demand, most), "vacancies"})
		}
	}
	slices.SortStableFunc(circles, func(a, b circle) int { return cmp.Compare(b.R, a.R) })
	return circles
}

// box is a rectangle of text on the map.
type box struct{ left, top, right, bottom float64 }

func (b box) meets(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

func (b box) inside() bool {
	return b.left >= 0 && b.top >= 0 && b.right <= mapWidth && b.bottom <= mapHeight
}

// nameTowns names the towns whose names find room, the first ones first.
func (m *drawing) nameTowns(p *projection, towns []Town, t *words) {
	var taken []box
	for _, town := range towns {
		name := t.name(town.Names)
		x, y := p.at(town.At)
		if name == "" || len(m.Labels) == mostTowns || !(box{x, y, x, y}).inside() {
			continue
		}
		dot := box{x - 1, y - 1, x + 1, y + 1}
		if slices.ContainsFunc(taken, dot.meets) {
			continue
		}
		wide := 1.75 * float64(utf8.RuneCountInString(name)) // about, of either script
		for _, try := range [...]struct {
			x, y   float64
			anchor string
			box    box
		}{
			{x + 1.6, y + 1, "start", box{x + 1.2, y - textHeight/2, x + 1.6 + wide, y + textHeight/2}},
			{x - 1.6, y + 1, "end", box{x - 1.6 - wide, y - textHeight/2, x - 1.2, y + textHeight/2}},
			{x, y - 1.8, "middle", box{x - wide/2, y - 1.4 - textHeight, x + wide/2, y - 1.4}},
			{x, y + 4, "middle", box{x - wide/2, y + 1.2, x + wide/2, y + 1.2 + textHeight}},
		} {
			if !try.box.inside() || slices.ContainsFunc(taken, try.box.meets) {
				continue
			}
			taken = append(taken, try.box, dot)
			m.Circles = append(m.Circles, circle{x, y, 0.8, "town"})
			m.Labels = append(m.Labels, label{X: try.x, Y: try.y, Anchor: try.anchor, Class: "town", Text: name})
			break
		}
	}
}

// Key is an entry of the map's legend.
type Key struct {
	Class, Text string
}

// legend explains a map: shades, dots and its scale.
type legend struct {
	Shades  []Key
	Hidden  bool // some cell has no figure
	Own     bool // some cell has one of its own
	Dots    []dotKey
	Bar, Km string // the length of the scale's bar in millimetres, and what it stands for
}

type dotKey struct {
	R, Size string
	Text    string
}

func legendOf(d *District, t *words) legend {
	var l legend
	for i, s := range shades {
		l.Shades = append(l.Shades, Key{fmt.Sprintf("shade%d", i), s.text})
	}
	rings := make([][]geo.Point, 0, len(d.Hexagons))
	for _, h := range d.Hexagons {
		l.Hidden = l.Hidden || h.Access == nil
		l.Own = l.Own || h.Access != nil && strings.HasPrefix(string(h.AccessOf), "cell")
		rings = append(rings, h.Cell.Boundary())
	}
	most, p := mostDemand(d.Hexagons), project(rings)
	for _, n := range slices.Compact([]int64{min(most, 1), int64(atMost(max(1, float64(most)/4))), most}) {
		if r := p.dotOf(n, max(1, most)); n > 0 {
			l.Dots = append(l.Dots, dotKey{mm(r), mm(2*r + 0.4), number(n)})
		}
	}
	km := atMost(mapWidth / 4 / p.mmPerKm)
	l.Bar, l.Km = mm(km*p.mmPerKm), fmt.Sprintf(t.Km, ratio(km))
	return l
}
