package main

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

func TestStatementsNumberTheirParameters(t *testing.T) {
	p := parameters{"r": {"float8", 25.0}, "trade": {"int2", int16(7)}, "up1": {"float8", 5.0}, "unused": {"bool", true}}
	s := newStatement(p, "a = #trade and b < #r and c < #r or d @@ e and f > #up1")
	if want := "a = $1::int2 and b < $2::float8 and c < $2::float8 or d @@ e and f > $3::float8"; s.sql != want {
		t.Errorf("%s\nwant %s", s.sql, want)
	}
	if got := s.of(p); !slices.Equal(got, []any{int16(7), 25.0, 5.0}) {
		t.Errorf("values %v", got)
	}
}

func TestListsThatDiffer(t *testing.T) {
	a, b := ulid.ULID{1}, ulid.ULID{2}
	ours := []result{{a, 0.5, 100}, {b, 0.4, 200}}
	for _, test := range []struct {
		name   string
		theirs []result
		same   bool
	}{
		{"the same in another order", []result{{b, 0.4, 200}, {a, 0.5, 100}}, true},
		{"by the last digit of another library", []result{{a, 0.5 + 1e-9, 100 + 1e-6}, {b, 0.4, 200}}, true},
		{"one missing", []result{{a, 0.5, 100}}, false},
		{"one more", append(slices.Clone(ours), result{ulid.ULID{3}, 0.1, 5}), false},
		{"another in its place", []result{{a, 0.5, 100}, {ulid.ULID{3}, 0.4, 200}}, false},
		{"another score", []result{{a, 0.5 + 1e-8, 100}, {b, 0.4, 200}}, false},
		{"another distance", []result{{a, 0.5, 101}, {b, 0.4, 200}}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if why := differ(slices.Clone(ours), test.theirs); (why == "") != test.same {
				t.Errorf("found %q", why)
			}
		})
	}
}

func TestTotalsThatDiffer(t *testing.T) {
	of := []result{{ulid.ULID{1}, 0.5, 100}}
	for _, test := range []struct {
		name  string
		we    int
		they  []answer
		wrong bool
	}{
		{"as many as there are", 1, []answer{{0, 0.5, 100, 1}}, false},
		{"we say more", 2, []answer{{0, 0.5, 100, 1}}, true},
		{"they say more", 1, []answer{{0, 0.5, 100, 2}}, true},
		{"they have none", 1, nil, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if why := compared(of, test.we, test.they, []ulid.ULID{{1}}).differ(); (why != "") != test.wrong {
				t.Errorf("found %q", why)
			}
		})
	}
}

// TestBandsAreTheModelsOwn: what travel takes, as the peer is told it, is what the score says of the same person at any distance.
func TestBandsAreTheModelsOwn(t *testing.T) {
	w := matching.DefaultWeights().Travel
	for mask := range uint8(1 << len(matching.Modes)) {
		b := bandsOf(w, mask)
		for _, metres := range []float64{0, 4_999, 5_000, 5_001, 15_000, 15_001, 80_000} {
			i := 2
			if metres <= b.up[0] {
				i = 0
			} else if metres <= b.up[1] {
				i = 1
			}
			decay, cost := math.Inf(1), math.Inf(1)
			farthest := 0.0
			for k, mode := range matching.Modes {
				f, known := w.Modes[mode]
				end := f.Range.Value * 1000
				if end == 0 {
					end = math.Inf(1)
				}
				if !known || mask&(1<<k) == 0 {
					continue
				}
				farthest = max(farthest, end)
				if metres <= end {
					decay, cost = min(decay, f.Decay.Value), min(cost, f.Cost.Value)
				}
			}
			switch {
			case mask == 0:
				decay, cost = w.ByRoad.Value, w.Modes[w.Untold].Cost.Value
			case metres > farthest: // the one of the longest range stays
				continue
			}
			if b.decay[i] != decay || b.cost[i] != cost {
				t.Errorf("modes %06b at %.0f m: %g and %g, want %g and %g", mask, metres, b.decay[i], b.cost[i], decay, cost)
			}
		}
	}
}

func TestBoxesHoldTheirCircles(t *testing.T) {
	for _, p := range []geo.Point{{Lat: 24.86, Lon: 67}, {Lat: 36.9, Lon: 74.7}} {
		for _, metres := range radii {
			west, south, east, north := box(p, metres)
			for angle := 0.0; angle < 2*math.Pi; angle += 0.01 {
				// A point at the distance in this direction (Vincenty's direct formula on the sphere).
				d, lat := metres/geo.EarthRadius, radians(p.Lat)
				at := math.Asin(math.Sin(lat)*math.Cos(d) + math.Cos(lat)*math.Sin(d)*math.Cos(angle))
				lon := radians(p.Lon) + math.Atan2(math.Sin(angle)*math.Sin(d)*math.Cos(lat), math.Cos(d)-math.Sin(lat)*math.Sin(at))
				x, y := lon*180/math.Pi, at*180/math.Pi
				if x < west || x > east || y < south || y > north {
					t.Fatalf("%v at %.0f m: (%f, %f) is outside of its box", p, metres, y, x)
				}
			}
		}
	}
}

func TestFiguresGiveShares(t *testing.T) {
	var f figures
	for i := 100; i > 0; i-- {
		f = append(f, time.Duration(i))
	}
	for _, test := range []struct {
		share float64
		want  time.Duration
	}{{0, 1}, {0.5, 51}, {0.99, 100}, {1, 100}} {
		if got := f.at(test.share); got != test.want {
			t.Errorf("within %d are %g of them, want %d", got, test.share, test.want)
		}
	}
	if (figures{}).at(0.5) != 0 {
		t.Error("nothing was measured, and takes time")
	}
}

func TestWordsAreTakenAsTheyStand(t *testing.T) {
	if got, want := tsquery([]string{"o'neil", `back\slash`, "~bjl"}), `'o''neil' | 'back\\slash' | '~bjl'`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
