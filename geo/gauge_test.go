package geo

import (
	"math"
	"slices"
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

// TestBandsAreThoseOfDistance holds the band of a point to its Distance, with radii on, beside and far from it.
func TestBandsAreThoseOfDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := Point{Lat: rapid.Float64Range(-50, 50).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
		span := rapid.SampledFrom([]float64{0, 1e-9, 1e-6, 1e-3, 0.1, 0.5, 3, 5.7, 5.8, 60}).Draw(t, "span")
		to := Point{Lat: from.Lat + span*rapid.Float64Range(-1, 1).Draw(t, "north"), Lon: from.Lon + span*rapid.Float64Range(-1, 1).Draw(t, "east")}
		exact := Distance(from, to)
		radii := []float64{0, 25_000, 2e6, math.Inf(1)}
		for _, share := range []float64{1, 1 - 1e-15, 1 + 1e-15, 1 - 1e-8, 1 + 1e-8, 1 - 1e-5, 1 + 1e-5, 0.99, 1.01, 0.5} {
			radii = append(radii, exact*share)
		}
		slices.Sort(radii)
		radii = radii[rapid.IntRange(0, 4).Draw(t, "without"):]
		rings := make([]Ring, len(radii))
		for i, radius := range radii[:len(radii)-1] {
			rings[i] = NewRing(radius)
		}
		rings = rings[:len(radii)-rapid.IntRange(1, 5).Draw(t, "fewer")]
		want := 0
		for want < len(rings) && !(exact <= rings[want].Metres) {
			want++
		}
		g := NewGauge(from)
		if got := g.Band(to, rings, rapid.IntRange(0, want).Draw(t, "first")); got != want {
			t.Fatalf("from %v to %v, %v m: band %v, not %v of %v", from, to, exact, got, want, radii)
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
