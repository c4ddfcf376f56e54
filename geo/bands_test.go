package geo

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// bandOf is the first of the radii within which a distance lies.
func bandOf(d float64, radii []float64) int {
	return slices.IndexFunc(radii, func(radius float64) bool { return d <= radius })
}

func TestBandsEqualBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := sortedRows(t, rapid.SliceOfN(pointInBox(), 1, 300).Draw(t, "points"))
		center := pointInBox().Draw(t, "center")
		if rapid.Bool().Draw(t, "at a row") {
			center = r.points[rapid.IntRange(0, len(r.points)-1).Draw(t, "row")]
		}
		rim := Distance(center, r.points[rapid.IntRange(0, len(r.points)-1).Draw(t, "rim")])
		radii := rapid.SampledFrom([][]float64{{}, {0}, {-1, rim}, {2_000, 25_000, 100_000}, {rim, 500_000}, {math.Nextafter(rim, 0), rim},
			{1, 10, 100, 1_000, 10_000, 100_000, 1e6, math.Inf(1)}}).Draw(t, "radii")
		slices.Sort(radii)
		visited, last := make([]bool, len(r.points)), 0
		NewTrie(r.cells, r.points).Bands(center, radii, func(lo, hi, band int, sure bool) {
			if lo < last || hi <= lo {
				t.Fatalf("[%d,%d) after row %d", lo, hi, last)
			}
			last = hi
			for n := lo; n < hi; n++ {
				visited[n] = true
				switch is := bandOf(Distance(center, r.points[n]), radii); {
				case sure && is != band, is >= 0 && is < band:
					t.Fatalf("row %d is in band %d, and told to be in %d, sure %v", n, is, band, sure)
				}
			}
		})
		for n, p := range r.points {
			if bandOf(Distance(center, p), radii) >= 0 && !visited[n] {
				t.Fatalf("row %d was not visited", n)
			}
		}
	})
}
