package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestFrameHoldsItsCircle: what a frame misses lies outside of the circle, and it misses most of what lies far outside.
func TestFrameHoldsItsCircle(t *testing.T) {
	point := func(t *rapid.T, name string) Point {
		return Point{Lat: rapid.Float64Range(-89, 89).Draw(t, name+" lat"), Lon: rapid.Float64Range(-89, 89).Draw(t, name+" lon")}
	}
	rapid.Check(t, func(t *rapid.T) {
		center, far := point(t, "center"), rapid.Float64Range(0, 2_000_000).Draw(t, "metres")
		q := point(t, "q")
		if rapid.Bool().Draw(t, "near the rim") { // where rounding counts
			q = step(center, rapid.Float64Range(0, 2*math.Pi).Draw(t, "bearing"), far*rapid.Float64Range(0.999_999, 1).Draw(t, "share"))
		}
		frame := NewFrame(center, far)
		if metres := Distance(center, q); metres <= far && math.Abs(q.Lon-center.Lon) < 180 && frame.Misses(q) {
			t.Fatalf("%v is %v m from %v and missed by the frame of %v m", q, metres, center, far)
		}
	})
	frame := NewFrame(Point{Lat: 31.5, Lon: 74.3}, 25_000)
	for _, q := range []Point{{Lat: 31.8, Lon: 74.3}, {Lat: 31.2, Lon: 74.3}, {Lat: 31.5, Lon: 74.6}, {Lat: 31.5, Lon: 74}, {Lat: 24.9, Lon: 67}} {
		if !frame.Misses(q) {
			t.Errorf("%v is %v m away and not missed", q, Distance(frame.from, q))
		}
	}
}

// step gives the point so many metres from another at a bearing in radians.
func step(from Point, bearing, metres float64) Point {
	const rad = math.Pi / 180
	sin, cos := math.Sincos(from.Lat * rad)
	far, near := math.Sincos(metres / EarthRadius)
	lat := math.Asin(sin*near + cos*far*math.Cos(bearing))
	lon := from.Lon*rad + math.Atan2(math.Sin(bearing)*far*cos, near-sin*math.Sin(lat))
	return Point{Lat: lat / rad, Lon: lon / rad}
}
