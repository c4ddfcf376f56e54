package geo

import "math"

// Gauge measures from one point: within narrow bounds at a tenth of the cost of Distance, which decides where they leave a doubt.
type Gauge struct {
	from     Point
	cos, sin float64 // of the latitude
	sure     bool    // whether the bounds hold around this point
}

// NewGauge makes a gauge at a point.
func NewGauge(from Point) Gauge {
	sin, cos := math.Sincos(from.Lat * (math.Pi / 180))
	return Gauge{from, cos, sin, math.Abs(from.Lat) <= gaugeLat}
}

const (
	gaugeSpan = 0.1  // radians of latitude and of longitude up to which the bounds hold: 640 km
	gaugeLat  = 45.0 // degrees of latitude up to which they hold
	gaugeSlip = 1e-9 // for rounding, as a share and in metres; thousands of times what it is
)

// Between gives bounds of Distance from the gauge's point to q, in metres: a few millionths apart at 25 km, and the same where
// the points are far from each other.
//
// Distance is 2R asin(sqrt(h)) with h = sin²(x) + cos(p) cos(q) sin²(y), x and y being half the differences. With
// x²(1-x²/3) <= sin²(x) <= x², s <= asin(s) <= s(1+0.17 s²) for s <= 0.1 and the cosine of q by its series around p, whose next term is
// x⁴ 2/3, the plain m = x² + cos(p) cos(q) y² gives both bounds: cosines above 0.6 make y² at most 2.8 m.
func (g *Gauge) Between(q Point) (least, most float64) {
	m, ok := g.plain(q)
	if !ok {
		exact := Distance(g.from, q)
		return exact, exact
	}
	return leastOf(m), mostOf(m)
}

// plain is the m of Between, where the bounds hold.
func (g *Gauge) plain(q Point) (m float64, ok bool) {
	const rad = math.Pi / 180
	lat, lon := (q.Lat-g.from.Lat)*rad, (q.Lon-g.from.Lon)*rad
	if !g.sure || !(math.Abs(lat) <= gaugeSpan && math.Abs(lon) <= gaugeSpan) {
		return 0, false
	}
	cos := g.cos*(1-lat*lat/2) - g.sin*(lat-lat*lat*lat/6)
	return (lat*lat + g.cos*cos*lon*lon) / 4, true
}

// Exact is Distance from the gauge's point.
func (g *Gauge) Exact(q Point) float64 { return Distance(g.from, q) }

// Ring is a radius, made ready for telling on which side of it a point lies.
type Ring struct {
	Metres       float64
	inner, outer float64 // up to the one the gauge's plain measure is surely within, beyond the other surely outside
}

// NewRing makes a ring of a radius in metres.
func NewRing(metres float64) Ring {
	r := Ring{metres, -1, math.Inf(1)}
	if !(metres >= 0) {
		return r
	}
	half := metres / (2 * EarthRadius)
	m := half * half
	narrow := 1 + 0.25*m + 4*gaugeSlip
	if inner := m / (narrow * narrow); mostOf(inner) <= metres {
		r.inner = inner
	}
	if outer := m*(1+3*m+8*gaugeSlip) + 1e-24; m < gaugeSpan && leastOf(outer) > metres {
		r.outer = outer
	}
	return r
}

// leastOf and mostOf are the bounds of a Distance by its plain measure. Both rise with it up to a tenth.
func leastOf(m float64) float64 {
	return 2*EarthRadius*math.Sqrt(m)*(1-1.2*m-gaugeSlip) - gaugeSlip
}

func mostOf(m float64) float64 {
	return 2*EarthRadius*math.Sqrt(m)*(1+0.25*m+gaugeSlip) + gaugeSlip
}

// Band gives the first of some rising rings, from one on, within which a point lies, or how many there are when it lies in none: as Distance has it.
func (g *Gauge) Band(q Point, rings []Ring, first int) int {
	if m, ok := g.plain(q); ok {
		for first < len(rings) && m > rings[first].outer {
			first++
		}
		if first == len(rings) || m <= rings[first].inner {
			return first
		}
	}
	exact := Distance(g.from, q)
	for first < len(rings) && !(exact <= rings[first].Metres) {
		first++
	}
	return first
}
