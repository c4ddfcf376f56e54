package api

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"rabta/geo"
	"rabta/matching"
)

// candidatesOf gives an employer's view of the candidates for a posting of its own at a point.
func (w *world) candidatesOf(at geo.Point) []Candidate {
	w.t.Helper()
	p := w.wiring()
	p.Location = &at
	w.must(w.node.CreatePosting(context.Background(), p))
	answer := w.ask("GET", "/v1/postings/"+string(p.ID)+"/candidates?limit=100", w.tokens["employer-own"], "")
	var page CandidatePage
	if err := json.Unmarshal(answer.Body.Bytes(), &page); err != nil || answer.Code != 200 {
		w.t.Fatalf("candidates: %d %s", answer.Code, answer.Body)
	}
	return page.Results
}

// neighbours gives the two homes of one resolution-7 cell that are farthest apart.
func neighbours(t *testing.T) (a, b geo.Point) {
	t.Helper()
	coarse := geo.Coarse(lahore)
	var homes []geo.Point
	for north := -2500.0; north <= 2500; north += 100 {
		for east := -2500.0; east <= 2500; east += 100 {
			home, err := geo.Home(moved(coarse, north, east))
			if err == nil && geo.Coarse(home) == coarse {
				homes = append(homes, home)
			}
		}
	}
	farthest := 0.0
	for _, p := range homes {
		for _, q := range homes {
			if d := geo.Distance(p, q); d > farthest {
				farthest, a, b = d, p, q
			}
		}
	}
	if farthest < 1500 {
		t.Fatalf("the farthest homes of a cell are %f m apart: the test would show nothing", farthest)
	}
	return a, b
}

func moved(p geo.Point, north, east float64) geo.Point {
	const metresOfADegree = 111_195
	return geo.Point{Lat: p.Lat + north/metresOfADegree, Lon: p.Lon + east/(metresOfADegree*math.Cos(p.Lat*math.Pi/180))}
}

// TestThreePostingsDoNotLocateAHome lets an employer post around a home and put the distances together. Two homes at opposite ends
// of one cell answer alike in every figure and word, from every posting, so no calculation on them can tell one from the other.
func TestThreePostingsDoNotLocateAHome(t *testing.T) {
	w := newWorld(t)
	for _, g := range []*matching.Graduate{w.agreeing, w.silent} { // leaves the field to the two of this test
		_, err := w.node.DeleteGraduate(context.Background(), g.ID, 0)
		w.must(0, err)
	}
	a, b := neighbours(t)
	w.graduate(a, true)
	w.graduate(b, true)
	middle := geo.Coarse(a)
	posts := []geo.Point{moved(middle, 3000, 0), moved(middle, -2000, 2500), moved(middle, -1500, -3500), moved(a, 50, 0), moved(b, 0, 50)}
	type band struct {
		at     geo.Point
		metres float64
	}
	var bands []band
	for _, at := range posts {
		found := w.candidatesOf(at)
		if len(found) != 2 {
			t.Fatalf("%d candidates, want 2", len(found))
		}
		first, second := found[0], found[1]
		first.ID, second.ID = "", ""
		if one, two := asJSON(t, first), asJSON(t, second); one != two {
			t.Errorf("the two homes are told apart: %s and %s", one, two)
		}
		if math.Mod(*first.Distance, 1000) != 0 {
			t.Errorf("a distance of %f m is no whole kilometre", *first.Distance)
		}
		bands = append(bands, band{at, *first.Distance})
	}
	// Trilateration: every point of a grid that fits all bands is a possible centre. The employer's best guess is their middle.
	var guess geo.Point
	fitting := 0
	for north := -6000.0; north <= 6000; north += 50 {
		for east := -6000.0; east <= 6000; east += 50 {
			p, fits := moved(middle, north, east), true
			for _, band := range bands {
				fits = fits && math.Ceil(geo.Distance(p, band.at)/1000)*1000 == band.metres
			}
			if fits {
				fitting++
				guess.Lat, guess.Lon = guess.Lat+p.Lat, guess.Lon+p.Lon
			}
		}
	}
	if fitting == 0 {
		t.Fatal("no point fits the bands: they are not what this test takes them for")
	}
	guess.Lat, guess.Lon = guess.Lat/float64(fitting), guess.Lon/float64(fitting)
	nearest := math.Min(geo.Distance(guess, a), geo.Distance(guess, b))
	if half := geo.Distance(a, b) / 2; math.Max(geo.Distance(guess, a), geo.Distance(guess, b)) < half*0.99 {
		t.Errorf("the guess is within %f m of both homes, which are %f m apart", nearest, 2*half)
	}
}

// TestPseudonymsDoNotJoinPostings checks that the same person goes by another name in each posting.
func TestPseudonymsDoNotJoinPostings(t *testing.T) {
	w := newWorld(t)
	seen := map[matching.ID]bool{}
	for range 3 {
		for _, c := range w.candidatesOf(lahore) {
			if seen[c.ID] || !strings.HasPrefix(string(c.ID), "cnd_") {
				t.Errorf("the pseudonym %s is used twice, or is none", c.ID)
			}
			seen[c.ID] = true
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
