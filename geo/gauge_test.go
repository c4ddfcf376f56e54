package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestGaugeAgreesWithDistance holds what a gauge is sure of, and its lower bound, against the exact distance.
func TestGaugeAgreesWithDistance(t *testing.T) {
	unsure, sure := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		lat, lon := rapid.Float64Range(-80, 80), rapid.Float64Range(-170, 170)
		center := Point{Lat: lat.Draw(t, "lat"), Lon: lon.Draw(t, "lon")}
		scale := rapid.SampledFrom([]float64{1e-9, 1e-4, 0.05, 1, 15, 60}).Draw(t, "scale")
		p := Point{Lat: center.Lat + scale*rapid.Float64Range(-1, 1).Draw(t, "dlat"), Lon: center.Lon + scale*rapid.Float64Range(-1, 1).Draw(t, "dlon")}
		g := NewGauge(center)
		h, metres := g.Haversine(p), Distance(center, p)
		if least := AtLeast(h); least > metres {
			t.Fatalf("%v to %v: at least %v metres, but %v", center, p, least, metres)
		}
		for _, radius := range []float64{metres, math.Nextafter(metres, 0), metres * (1 + 1e-7), metres * (1 - 1e-7), metres + 1, 25_000, 0} {
			within, notSure := NewRing(radius).Within(h)
			if notSure {
				unsure++
				continue
			}
			sure++
			if within != (metres <= radius) {
				t.Fatalf("%v to %v: %v metres within %v: %t", center, p, metres, radius, within)
			}
		}
		if metres > 1 {
			if within, notSure := NewRing(metres * (1 + 1e-7)).Within(h); notSure || !within {
				t.Fatalf("%v to %v: %v metres are not told from a ten-millionth more", center, p, metres)
			}
		}
	})
	if unsure == 0 || sure == 0 {
		t.Errorf("%d were sure, %d unsure: not both were tried", sure, unsure)
	}
}

func BenchmarkGauge(b *testing.B) {
	g, p := NewGauge(Point{31.5, 74.3}), Point{31.4, 74.4}
	sum := 0.0
	for b.Loop() {
		sum += g.Haversine(p)
		p.Lat += 1e-9
	}
	_ = sum
}
