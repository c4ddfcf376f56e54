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
	const rad = math.Pi / 180
	lat, lon := (q.Lat-g.from.Lat)*rad, (q.Lon-g.from.Lon)*rad
	if !g.sure || !(math.Abs(lat) <= gaugeSpan && math.Abs(lon) <= gaugeSpan) {
		exact := Distance(g.from, q)
		return exact, exact
	}
	cos := g.cos*(1-lat*lat/2) - g.sin*(lat-lat*lat*lat/6)
	m := (lat*lat + g.cos*cos*lon*lon) / 4
	plain := 2 * EarthRadius * math.Sqrt(m)
	return plain*(1-1.2*m-gaugeSlip) - gaugeSlip, plain*(1+0.25*m+gaugeSlip) + gaugeSlip
}

// Exact is Distance from the gauge's point.
func (g *Gauge) Exact(q Point) float64 { return Distance(g.from, q) }
