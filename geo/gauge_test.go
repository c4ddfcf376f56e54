package geo

import (
	"testing"

	"pgregory.net/rapid"
)

// TestGaugeBoundsDistance: the bounds hold Distance between them at every separation, and are narrow where matches are looked for.
func TestGaugeBoundsDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := Point{Lat: rapid.Float64Range(-50, 50).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
		span := rapid.SampledFrom([]float64{0, 1e-9, 1e-6, 1e-3, 0.1, 0.5, 3, 5.7, 5.8, 60}).Draw(t, "span")
		to := Point{Lat: from.Lat + span*rapid.Float64Range(-1, 1).Draw(t, "north"), Lon: from.Lon + span*rapid.Float64Range(-1, 1).Draw(t, "east")}
		g := NewGauge(from)
		least, most := g.Between(to)
		exact := Distance(from, to)
		if !(least <= exact && exact <= most) {
			t.Fatalf("from %v to %v: %v is not between %v and %v", from, to, exact, least, most)
		}
		if exact < 25_000 && most-least > 0.2 {
			t.Fatalf("from %v to %v: %v m is known to %v m only", from, to, exact, most-least)
		}
	})
}

func BenchmarkGauge(b *testing.B) {
	from, to := Point{31.5, 74.3}, Point{31.6, 74.4}
	g := NewGauge(from)
	sum := 0.0
	b.Run("between", func(b *testing.B) {
		for b.Loop() {
			least, most := g.Between(to)
			sum += least + most
		}
	})
	b.Run("exact", func(b *testing.B) {
		for b.Loop() {
			sum += g.Exact(to)
		}
	})
}
