package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestDistanceBetweenCities(t *testing.T) {
	karachi, lahore, islamabad := Point{24.8607, 67.0011}, Point{31.5204, 74.3587}, Point{33.6844, 73.0479}
	// One degree along a meridian is pi/180 of the radius, whatever the formula.
	degree := EarthRadius * math.Pi / 180
	tests := []struct {
		name      string
		p, q      Point
		want, off float64 // metres
	}{
		{"a point and itself", lahore, lahore, 0, 0},
		{"one degree of latitude", Point{30, 70}, Point{31, 70}, degree, 1e-6},
		{"one degree of longitude on the equator", Point{0, 70}, Point{0, 71}, degree, 1e-6},
		{"Karachi to Lahore", karachi, lahore, 1_033_000, 2_000},
		{"Lahore to Islamabad", lahore, islamabad, 269_000, 3_000},
		{"Karachi to Islamabad", karachi, islamabad, 1_143_000, 5_000},
		{"the antipode", Point{30, 70}, Point{-30, -110}, math.Pi * EarthRadius, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Distance(tt.p, tt.q); math.Abs(got-tt.want) > tt.off {
				t.Errorf("%.0f m, want %.0f within %.0f", got, tt.want, tt.off)
			}
		})
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q, r := pointInBox().Draw(t, "p"), pointInBox().Draw(t, "q"), pointInBox().Draw(t, "r")
		pq, qp := Distance(p, q), Distance(q, p)
		if pq != qp {
			t.Fatalf("%v there, %v back", pq, qp)
		}
		if (pq == 0) != (p == q) && pq > 1e-3 {
			t.Fatalf("%v m between %v and %v", pq, p, q)
		}
		if direct, round := pq, Distance(p, r)+Distance(r, q); direct > round*(1+1e-12)+1e-6 {
			t.Fatalf("%v m straight, %v m by %v", direct, round, r)
		}
		if chord := metresOf(math.Sqrt(func() float64 {
			a, b := p.vector(), q.vector()
			return (a.x-b.x)*(a.x-b.x) + (a.y-b.y)*(a.y-b.y) + (a.z-b.z)*(a.z-b.z)
		}())); math.Abs(chord-pq) > 1e-6 {
			t.Fatalf("%v m by haversine, %v m by chord", pq, chord)
		}
	})
}

func TestInBoxRefusesWhatIsNoPlace(t *testing.T) {
	tests := []struct {
		name string
		p    Point
		want bool
	}{
		{"Quetta", Point{30.18, 66.97}, true},
		{"a corner of the box", Point{MinLat, MaxLon}, true},
		{"the zero point", Point{}, false},
		{"swapped", Point{74.3, 31.5}, false},
		{"not a number", Point{math.NaN(), 70}, false},
		{"infinite", Point{30, math.Inf(1)}, false},
	}
	for _, tt := range tests {
		if got := tt.p.InBox(); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
