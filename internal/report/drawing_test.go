package report

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"rabta/matching/gaps"
	"rabta/matching/trades"
)

// TestBarsAreInProportion is that a bar is as long against another as its number is, and stays within the drawing, in both directions.
func TestBarsAreInProportion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		demands := rapid.SliceOfN(rapid.Int64Range(1, 90_000), 1, 14).Draw(t, "demands")
		supply := rapid.Int64Range(10, 90_000).Draw(t, "supply")
		var all []Trade
		for i, n := range demands {
			trade := Trade{Names: trades.Names{En: "x"}, Row: gaps.Row{Group: "t", Demand: n}}
			if i%2 == 0 {
				trade.Row.Supply = &supply
			}
			all = append(all, trade)
		}
		left, right := tradesChart(all, &english), tradesChart(all, &urdu)
		for i, b := range left.Bars {
			other := right.Bars[i]
			if b.X < 0 || b.X+b.W > left.Width+1e-9 || math.Abs(left.Width-b.X-b.W-other.X) > 1e-9 || b.W != other.W {
				t.Fatalf("bar %d is %+v and mirrored %+v", i, b, other)
			}
		}
		first := left.Bars[0].W / float64(demands[0])
		for i, trade := range all[:min(mostPairs, len(all))] {
			long := 0.0
			for _, b := range left.Bars {
				if b.Class == "demand" && b.Y == pairHeight*float64(i) {
					long = b.W
				}
			}
			if want := first * float64(trade.Row.Demand); long > 0.15 && left.Bars[0].W > 0.15 && math.Abs(long-want) > 1e-6 {
				t.Fatalf("bar of %d is %f long, want %f", trade.Row.Demand, long, want)
			}
		}
	})
}

// TestShadesRise is that more access never gets an earlier shade, and that none has its own.
func TestShadesRise(t *testing.T) {
	if shade(nil) != "hidden" {
		t.Error("what is not shown has a shade")
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0, 5).Draw(t, "a"), rapid.Float64Range(0, 5).Draw(t, "b")
		low, high := min(a, b), max(a, b)
		if shade(&low) > shade(&high) {
			t.Fatalf("%f has %s and %f has %s", low, shade(&low), high, shade(&high))
		}
	})
}

// TestMapIsWithinItsFrame is that every hexagon, dot and name lies on the map.
func TestMapIsWithinItsFrame(t *testing.T) {
	for name, d := range map[string]*District{"Lahore": districtOf(t, "Lahore"), "Chagai": districtOf(t, "Chagai"), "stuffed": stuffed()} {
		m := mapOf(d, &english)
		if m == nil || len(m.Paths) < 2 || m.Paths[0].Class != "outline" || len(m.Labels) == 0 || len(m.Labels) > mostTowns {
			t.Errorf("%s has no map, or one without names", name)
			continue
		}
		for _, c := range m.Circles {
			if c.X < 0 || c.Y < 0 || c.X > mapWidth || c.Y > mapHeight || c.R <= 0 {
				t.Errorf("%s: %+v", name, c)
			}
		}
	}
	if mapOf(empty(), &english) != nil {
		t.Error("there is a map of nothing")
	}
}

func TestAtMost(t *testing.T) {
	for x, want := range map[float64]float64{1: 1, 1.9: 1, 2: 2, 4.9: 2, 5: 5, 9.9: 5, 10: 10, 0.3: 0.2, 137: 100} {
		if got := atMost(x); math.Abs(got-want) > 1e-12 {
			t.Errorf("atMost(%g) is %g, want %g", x, got, want)
		}
	}
}
