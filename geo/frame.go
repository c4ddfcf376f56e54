package geo

import "math"

// Frame is the span of latitudes and longitudes outside of which nothing lies within some metres of a point: what it misses needs no distance.
type Frame struct {
	from     Point
	lat, lon float64 // degrees to either side; infinite where longitude tells nothing
}

// NewFrame makes the frame of a circle. The circle's points differ from its centre by at most asin(sin r / cos lat) in longitude, r being its
// angle, as long as no pole is in it; a billionth more takes rounding in.
func NewFrame(center Point, metres float64) Frame {
	const degrees, slip = 180 / math.Pi, 1e-9
	r := metres/EarthRadius*(1+slip) + slip
	f := Frame{from: center, lat: r * degrees, lon: math.Inf(1)}
	if lat := math.Abs(center.Lat) / degrees; lat+r < math.Pi/2 {
		f.lon = (math.Asin(math.Sin(r)/math.Cos(lat))*(1+slip) + slip) * degrees
	}
	return f
}

// Misses tells of a point that it lies outside. Of two points to either side of longitude 180° it says so wrongly: Rabta has none.
func (f *Frame) Misses(q Point) bool {
	return math.Abs(q.Lat-f.from.Lat) > f.lat || math.Abs(q.Lon-f.from.Lon) > f.lon
}
