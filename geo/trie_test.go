package geo

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// rows are points with their cells, sorted as a trie wants them.
type rows struct {
	cells  []Cell
	points []Point
}

func sortedRows(t interface{ Fatal(...any) }, points []Point) rows {
	type row struct {
		cell  Cell
		point Point
	}
	all := make([]row, len(points))
	for i, p := range points {
		c, err := CellAt(p, HomeResolution)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = row{c, p}
	}
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Compare(a.cell, b.cell) })
	var r rows
	for _, a := range all {
		r.cells, r.points = append(r.cells, a.cell), append(r.points, a.point)
	}
	return r
}

// pointInBox draws a point of the box, often near one of a few towns, and often on the same spot as another.
func pointInBox() *rapid.Generator[Point] {
	return rapid.Custom(func(t *rapid.T) Point {
		wide := Point{
			Lat: rapid.Float64Range(MinLat+0.1, MaxLat-0.1).Draw(t, "lat"),
			Lon: rapid.Float64Range(MinLon+0.1, MaxLon-0.1).Draw(t, "lon"),
		}
		towns := []Point{{31.5204, 74.3587}, {24.8607, 67.0011}, {30.1798, 66.975}}
		town := rapid.SampledFrom(towns).Draw(t, "town")
		near := Point{town.Lat + (wide.Lat-30)/300, town.Lon + (wide.Lon-69)/300}
		return rapid.SampledFrom([]Point{wide, near, near, town}).Draw(t, "kind")
	})
}

// checkWithin holds a walk to brute force: spans ascend and are disjoint, hold every row within the radius, and those
// marked inside hold no other.
func checkWithin(t interface{ Fatalf(string, ...any) }, tr *Trie, points []Point, center Point, radius float64) {
	visited := make([]bool, len(points))
	last := 0
	tr.Within(center, radius, func(lo, hi int, inside bool) {
		if lo < last || hi <= lo || hi > len(points) {
			t.Fatalf("span [%d,%d) after row %d of %d", lo, hi, last, len(points))
		}
		last = hi
		for i := lo; i < hi; i++ {
			visited[i] = true
			if d := Distance(center, points[i]); inside && !(d <= radius) {
				t.Fatalf("row %d is %v m from %v, yet inside %v m", i, d, center, radius)
			}
		}
	})
	for i, p := range points {
		if d := Distance(center, p); d <= radius && !visited[i] {
			t.Fatalf("row %d at %v m was not visited for %v m around %v", i, d, radius, center)
		}
	}
}

func TestWithinEqualsBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := rapid.SliceOfN(pointInBox(), 0, 300).Draw(t, "points")
		r := sortedRows(t, points)
		tr := NewTrie(r.cells, r.points)
		if tr.Len() != len(points) {
			t.Fatalf("%d rows of %d", tr.Len(), len(points))
		}
		center := pointInBox().Draw(t, "center")
		if len(points) > 0 && rapid.Bool().Draw(t, "at a row") {
			center = points[rapid.IntRange(0, len(points)-1).Draw(t, "row")]
		}
		radii := []float64{0, 1e-9, 0.5, 500, 5_000, 25_000, 100_000, 700_000, 3_000_000, math.Inf(1)}
		// Exactly on the rim, and one step of float64 to either side of it.
		for range min(len(points), 5) {
			d := Distance(center, points[rapid.IntRange(0, len(points)-1).Draw(t, "rim")])
			radii = append(radii, d, math.Nextafter(d, 0), math.Nextafter(d, math.Inf(1)))
		}
		for _, radius := range radii {
			checkWithin(t, tr, r.points, center, radius)
		}
	})
}

func TestWithinOfOddTries(t *testing.T) {
	lahore := Point{31.5204, 74.3587}
	one := sortedRows(t, []Point{lahore})
	var many []Point
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5_000 {
		many = append(many, Point{lahore.Lat + rng.Float64()/5000, lahore.Lon + rng.Float64()/5000})
	}
	tests := []struct {
		name string
		rows rows
	}{
		{"no rows", rows{}},
		{"one row", one},
		{"many points in a cell or two", sortedRows(t, many)},
		{"many rows on one spot", sortedRows(t, slices.Repeat([]Point{lahore}, 3_000))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := NewTrie(tt.rows.cells, tt.rows.points)
			for _, radius := range []float64{0, 1e-6, 3, 10, 50, 1e4, 1e8} {
				checkWithin(t, tr, tt.rows.points, lahore, radius)
				checkWithin(t, tr, tt.rows.points, Point{24.8607, 67.0011}, radius)
			}
			for _, radius := range []float64{-1, math.NaN()} {
				tr.Within(lahore, radius, func(lo, hi int, _ bool) { t.Errorf("[%d,%d) within %v m", lo, hi, radius) })
			}
		})
	}
}

// A circle far inside a dense run must be answered mostly by whole spans, else the trie would be right but useless.
func TestWithinAcceptsWholeSpans(t *testing.T) {
	r := scattered(100_000)
	tr := NewTrie(r.cells, r.points)
	var sure, unsure int
	tr.Within(r.points[len(r.points)/2], 100_000, func(lo, hi int, inside bool) {
		if inside {
			sure += hi - lo
		} else {
			unsure += hi - lo
		}
	})
	if sure < 5*unsure {
		t.Errorf("%d rows in whole spans, %d to be tested one by one", sure, unsure)
	}
	if perRow := float64(len(tr.nodes)*24) / float64(tr.Len()); perRow > 8 {
		t.Errorf("%.1f bytes a row", perRow)
	}
}

func TestNewTrieRefusesRowsOutOfOrder(t *testing.T) {
	r := scattered(10)
	swapped := slices.Clone(r.cells)
	swapped[0], swapped[9] = swapped[9], swapped[0]
	mixed := slices.Clone(r.cells)
	mixed[9] = r.cells[9].Parent(8) | 1<<59 // larger, but of another resolution
	tests := []struct {
		name   string
		cells  []Cell
		points []Point
	}{
		{"descending", swapped, r.points},
		{"fewer points than cells", r.cells, r.points[:9]},
		{"two resolutions", mixed, r.points},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("taken")
				}
			}()
			NewTrie(tt.cells, tt.points)
		})
	}
}

// scattered gives n rows at centres of home cells: four in five near fifty towns, the others anywhere.
func scattered(n int) rows {
	rng := rand.New(rand.NewPCG(7, 11))
	inside := func() Point { return Point{24 + rng.Float64()*12, 62 + rng.Float64()*14} }
	var towns []Point
	for range 50 {
		towns = append(towns, inside())
	}
	points := make([]Point, n)
	for i := range points {
		p := inside()
		if rng.IntN(5) > 0 {
			t := towns[rng.IntN(len(towns))]
			p = Point{t.Lat + rng.NormFloat64()*0.15, t.Lon + rng.NormFloat64()*0.15}
		}
		c, err := CellAt(p, HomeResolution)
		if err != nil {
			panic(err)
		}
		points[i] = c.Center()
	}
	return sortedRows(fatal{}, points)
}

type fatal struct{}

func (fatal) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

func BenchmarkTrieWithin(b *testing.B) {
	r := scattered(1_000_000)
	tr := NewTrie(r.cells, r.points)
	b.Logf("%d nodes, %.1f bytes a row", len(tr.nodes), float64(len(tr.nodes)*24)/1e6)
	for _, radius := range []float64{5_000, 25_000, 100_000} {
		b.Run(fmt.Sprintf("%gkm", radius/1000), func(b *testing.B) {
			b.ReportAllocs()
			var spans, held int
			for i := range b.N {
				tr.Within(r.points[i*7919%len(r.points)], radius, func(lo, hi int, _ bool) { spans, held = spans+1, held+hi-lo })
			}
			b.ReportMetric(float64(spans)/float64(b.N), "spans/op")
			b.ReportMetric(float64(held)/float64(b.N), "rows/op")
		})
	}
}

func BenchmarkNewTrie(b *testing.B) {
	r := scattered(1_000_000)
	for b.Loop() {
		NewTrie(r.cells, r.points)
	}
}
