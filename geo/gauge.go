package geo

import "math"

// Gauge tells quickly about how far points lie from one point. What it tells is near enough to Distance to decide almost every
// comparison with a radius; the few that it cannot decide are told as such.
type Gauge struct {
	center   Point
	sin, cos float64 // of its latitude
}

// gaugeSlack is the part by which a haversine of a Gauge may be wrong: a million times its rounding errors.
const gaugeSlack = 1e-9

// gaugeSpan is the difference in degrees up to which the series below hold to the last digits.
const gaugeSpan = 20

// NewGauge makes the gauge of a point.
func NewGauge(center Point) Gauge {
	lat := center.Lat * math.Pi / 180
	return Gauge{center: center, sin: math.Sin(lat), cos: math.Cos(lat)}
}

// Haversine is the haversine of the angle between the centre and p, with a relative error below gaugeSlack: it grows with the distance.
func (g *Gauge) Haversine(p Point) float64 {
	const rad = math.Pi / 180
	dLat, dLon := p.Lat-g.center.Lat, p.Lon-g.center.Lon
	if !(math.Abs(dLat) <= gaugeSpan && math.Abs(dLon) <= gaugeSpan) {
		return HaversineOf(Distance(g.center, p))
	}
	y, x := dLat*(rad/2), dLon*(rad/2)
	y2, x2 := y*y, x*x
	// The series of the sine of half the angles, and of the cosine of one, as far as they count: the angles are below 0.18.
	sinY := y * (1 + y2*(-1./6+y2*(1./120+y2*(-1./5040+y2*(1./362880)))))
	sinX := x * (1 + x2*(-1./6+x2*(1./120+x2*(-1./5040+x2*(1./362880)))))
	cosY := 1 + y2*(-1./2+y2*(1./24+y2*(-1./720+y2*(1./40320+y2*(-1./3628800)))))
	s := sinY * sinY
	cos := g.cos*(1-2*s) - g.sin*2*sinY*cosY // of the latitude of p
	return s + g.cos*cos*sinX*sinX
}

// HaversineOf is the haversine of a distance in metres.
func HaversineOf(metres float64) float64 {
	s := math.Sin(min(metres/(2*EarthRadius), math.Pi/2))
	return s * s
}

// Ring is a radius in haversines: with a margin on both sides, between which Distance alone can tell.
type Ring struct{ sure, least float64 }

// NewRing makes the ring of a radius in metres.
func NewRing(metres float64) Ring {
	h := HaversineOf(metres)
	return Ring{h*(1-2*gaugeSlack) - tiny, h*(1+2*gaugeSlack) + tiny}
}

// tiny is a haversine of a ten-thousandth of a millimetre: below it relative errors say nothing.
const tiny = 1e-28

// Within tells whether a haversine lies within the ring; unsure says that Distance must decide.
func (r Ring) Within(h float64) (within, unsure bool) {
	return h < r.sure, h >= r.sure && h <= r.least
}

// AtLeast is a distance in metres that a point of this haversine is not nearer than.
func AtLeast(h float64) float64 {
	return 2 * EarthRadius * math.Sqrt(h) * (1 - gaugeSlack) // the chord, which is shorter than the arc
}
