package geo

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/uber/h3-go/v4"
	"pgregory.net/rapid"

	"rabta/internal/fault"
)

func TestCellAtRefuses(t *testing.T) {
	lahore := Point{31.5204, 74.3587}
	tests := []struct {
		name  string
		p     Point
		res   int
		field string
	}{
		{"latitude 500", Point{500, 74}, 9, "lat"},
		{"Delhi's far side", Point{28.6, 80.1}, 9, "lon"},
		{"not a number", Point{math.NaN(), math.NaN()}, 9, "lat"},
		{"resolution 16", lahore, 16, "resolution"},
		{"resolution -1", lahore, -1, "resolution"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := CellAt(tt.p, tt.res)
			shown, ok := fault.Shown(err)
			if fault.KindOf(err) != fault.Invalid || !ok || shown.Field != tt.field {
				t.Errorf("%v, %v", c, err)
			}
		})
	}
}

func TestCellAgreesWithH3(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		res := rapid.IntRange(0, 15).Draw(t, "res")
		c, err := CellAt(pointInBox().Draw(t, "p"), res)
		if err != nil {
			t.Fatal(err)
		}
		if !c.Valid() || c.Resolution() != res || h3.Cell(c).Resolution() != res {
			t.Fatalf("%v has resolution %d, want %d", c, c.Resolution(), res)
		}
		for up := 0; up <= res; up++ {
			want, err := h3.Cell(c).Parent(up)
			if err != nil || c.Parent(up) != Cell(want) {
				t.Fatalf("parent of %v at %d: %v, h3 says %v, %v", c, up, c.Parent(up), Cell(want), err)
			}
		}
		if back, err := ParseCell(c.String()); err != nil || back != c || c.String() != h3.Cell(c).String() {
			t.Fatalf("%v read back as %v, %v", c, back, err)
		}
		if len(c.Boundary()) < 6 {
			t.Fatalf("%v has %d corners", c, len(c.Boundary()))
		}
		for _, corner := range c.Boundary() {
			if d := Distance(corner, c.Center()); d > circumradius(res) {
				t.Fatalf("a corner of %v is %v m from its centre, more than %v", c, d, circumradius(res))
			}
		}
	})
}

func TestParseCellRefuses(t *testing.T) {
	tests := []string{"", "8a", "0", "+8942d5d4d4ffff", "8942d5d4d4fffff0", "ffffffffffffffff", "not a cell at all",
		"0000000000000ff", strings.Repeat("8", 400)}
	for _, s := range tests {
		if c, err := ParseCell(s); fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("%q was read as %v", s, c)
		}
	}
	if c := Cell(138); c.Valid() || c.Center() != (Point{}) || c.Boundary() != nil {
		t.Errorf("138 has centre %v and %d corners", c.Center(), len(c.Boundary()))
	}
}

func TestHomeIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := pointInBox().Draw(t, "p")
		home, err := Home(p)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := Home(home); err != nil || again != home {
			t.Fatalf("home %v has home %v, %v", home, again, err)
		}
		if d := Distance(p, home); d > circumradius(HomeResolution) {
			t.Fatalf("home lies %v m away", d)
		}
		coarse := Coarse(p)
		if coarse != Coarse(home) || coarse != Coarse(coarse) {
			t.Fatalf("coarse %v, of home %v, again %v", coarse, Coarse(home), Coarse(coarse))
		}
	})
}

// Every point of the box either has a home in the box, or is refused: no home is written that could not be written again.
func TestHomeOnTheRimOfTheBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Point{rapid.SampledFrom([]float64{MinLat, MaxLat, math.Nextafter(MaxLat, 0), 30}).Draw(t, "lat"),
			rapid.Float64Range(MinLon, MaxLon).Draw(t, "lon")}
		home, err := Home(p)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		if again, err := Home(home); err != nil || again != home {
			t.Fatalf("home %v has home %v, %v", home, again, err)
		}
	})
}

func TestCoarseNeverGivesThePointItself(t *testing.T) {
	for _, p := range []Point{{500, 0}, {0, 0}, {math.NaN(), 70}} {
		if got := Coarse(p); got != (Point{}) {
			t.Errorf("%v: %v", p, got)
		}
	}
}

// destination gives the point at a distance in metres from p in a direction in radians.
func destination(p Point, bearing, metres float64) Point {
	const rad = math.Pi / 180
	sinLat, cosLat := math.Sincos(p.Lat * rad)
	sinD, cosD := math.Sincos(metres / EarthRadius)
	lat := math.Asin(sinLat*cosD + cosLat*sinD*math.Cos(bearing))
	lon := p.Lon*rad + math.Atan2(math.Sin(bearing)*sinD*cosLat, cosD-sinLat*math.Sin(lat))
	return Point{lat / rad, lon / rad}
}

func TestCoveringMissesNoPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := pointInBox().Draw(t, "p")
		res := rapid.IntRange(0, 15).Draw(t, "res")
		exponent := rapid.Float64Range(-3, 6.5).Draw(t, "log10 radius")
		radius := rapid.SampledFrom([]float64{0, math.Pow(10, exponent)}).Draw(t, "radius")
		cells, err := Covering(p, radius, res)
		if err != nil {
			t.Fatal(err)
		}
		if len(cells) == 0 || len(cells) > maxCovering || !slices.IsSorted(cells) || cells[0].Resolution() > res {
			t.Fatalf("%d cells of resolution %d", len(cells), cells[0].Resolution())
		}
		for range 40 {
			part := rapid.SampledFrom([]float64{1, 1, 0.5}).Draw(t, "part")
			q := destination(p, rapid.Float64Range(0, 2*math.Pi).Draw(t, "bearing"), radius*part)
			if !q.InBox() || Distance(p, q) > radius {
				continue
			}
			c, err := CellAt(q, cells[0].Resolution())
			if err != nil {
				t.Fatal(err)
			}
			if _, found := slices.BinarySearch(cells, c); !found {
				t.Fatalf("%v at %v m of %v is in none of %d cells", q, Distance(p, q), radius, len(cells))
			}
		}
	})
}

func TestCoveringChoosesTheResolution(t *testing.T) {
	lahore := Point{31.5204, 74.3587}
	tests := []struct {
		name        string
		radius      float64
		res         int
		want        int
		least, most int
	}{
		{"5 km at 8 as asked", 5_000, 8, 8, 100, 250},
		{"20 km at 9 is too many", 20_000, 9, 8, 1_500, 2_000},
		{"25 km at 9 is too many", 25_000, 9, 7, 300, 500},
		{"the whole country", 2_000_000, 9, 3, 500, 2_000},
		{"farther than the box", math.Inf(1), 15, 2, 100, 2_000},
		{"a spot", 0, 9, 9, 1, 7},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cells, err := Covering(lahore, tt.radius, tt.res)
			if err != nil || cells[0].Resolution() != tt.want || len(cells) < tt.least || len(cells) > tt.most {
				t.Errorf("%d cells of resolution %d, %v", len(cells), cells[0].Resolution(), err)
			}
		})
	}
	for _, radius := range []float64{-1, math.NaN()} {
		if _, err := Covering(lahore, radius, 9); fault.KindOf(err) != fault.Invalid {
			t.Errorf("radius %v: %v", radius, err)
		}
	}
}

func BenchmarkCovering(b *testing.B) {
	lahore := Point{31.5204, 74.3587}
	for b.Loop() {
		if _, err := Covering(lahore, 25_000, 8); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHome(b *testing.B) {
	lahore := Point{31.5204, 74.3587}
	for b.Loop() {
		if _, err := Home(lahore); err != nil {
			b.Fatal(err)
		}
	}
}
