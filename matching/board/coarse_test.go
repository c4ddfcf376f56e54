package board

import (
	"testing"

	"pgregory.net/rapid"

	"rabta/geo"
)

// TestHomesLieNearTheCentreOfTheirCoarseCell holds the margin by which People looks around to the cells themselves.
func TestHomesLieNearTheCentreOfTheirCoarseCell(t *testing.T) {
	farthest := 0.0
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lat: rapid.Float64Range(23.5, 37).Draw(t, "lat"), Lon: rapid.Float64Range(61, 77.5).Draw(t, "lon")}
		home, err := geo.Home(p)
		if err != nil {
			t.Fatal(err)
		}
		away := geo.Distance(home, geo.Coarse(home))
		if farthest = max(farthest, away); away > coarseEdge {
			t.Fatalf("%v lies %.0f m from the centre", home, away)
		}
	})
	if farthest < coarseEdge/3 {
		t.Errorf("no home was farther than %.0f m: the test shows nothing", farthest)
	}
}
