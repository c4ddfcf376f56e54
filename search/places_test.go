package search_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf8"

	"rabta/geo"
	"rabta/internal/script"
	"rabta/seed"
)

// misspeltPlace is a place's name with one letter wrong.
type misspeltPlace struct {
	place  geo.Place
	text   string
	script string
}

// misspeltPlaces takes the districts and the 400 largest towns, each by its names of at least four letters in the three scripts, and puts one
// letter more, less, other or swapped into each, not in the first.
func misspeltPlaces(g *geo.Gazetteer) []misspeltPlace {
	towns := g.All(geo.LevelTown)
	slices.SortStableFunc(towns, func(a, b geo.Place) int { return cmp.Compare(b.Population, a.Population) })
	places := slices.Concat(g.All(geo.LevelDistrict), towns[:min(400, len(towns))])
	d := rand.New(rand.NewPCG(3, 1415))
	var misspelt []misspeltPlace
	for _, p := range places {
		if p.Until != "" {
			continue
		}
		for _, n := range []struct{ name, script, letters string }{
			{p.Names.En, "en", "abcdefghijklmnopqrstuvwxyz"}, {p.Names.Ur, "ur", "ابپتٹجچحخدڈرزسشعغفقکگلمنوہی"}, {romanOf(p), "roman", "abcdefghijklmnopqrstuvwxyz"}} {
			letters := []rune(script.Normalize(n.name))
			if len(letters) < 4 {
				continue
			}
			wrong := []rune(n.letters)
			i := 1 + d.IntN(len(letters)-1)
			switch d.IntN(4) {
			case 0:
				letters[i] = wrong[d.IntN(len(wrong))]
			case 1:
				letters = slices.Delete(letters, i, i+1)
			case 2:
				letters = slices.Insert(letters, i, wrong[d.IntN(len(wrong))])
			default:
				letters[i-1], letters[i] = letters[i], letters[i-1]
			}
			misspelt = append(misspelt, misspeltPlace{p, string(letters), n.script})
		}
	}
	return misspelt
}

// romanOf gives the Roman Urdu name of a place, or another name in Latin letters; the English where there is no other.
func romanOf(p geo.Place) string {
	for _, name := range slices.Concat([]string{p.Names.Roman}, p.Other) {
		if name != "" && script.Of(name) != script.Ur && utf8.RuneCountInString(name) >= 4 {
			return name
		}
	}
	return p.Names.En
}

// means tells whether a place found is the one sought, or bears its name and holds it or is held by it: the city for the district.
func means(g *geo.Gazetteer, found, sought geo.Place) bool {
	if found.ID == sought.ID {
		return true
	}
	within := func(a, b geo.Place) bool {
		return slices.ContainsFunc(g.Chain(a.ID), func(p geo.Place) bool { return p.ID == b.ID })
	}
	return script.Fold(found.Names.En) == script.Fold(sought.Names.En) && (within(found, sought) || within(sought, found))
}

// TestPlacesWithOneLetterWrong holds that 97 of 100 are among the first three, in each script.
func TestPlacesWithOneLetterWrong(t *testing.T) {
	ref, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	g := ref.Gazetteer
	counts := make(map[string]count)
	for _, m := range misspeltPlaces(g) {
		right := slices.ContainsFunc(g.Find(m.text, 3), func(f geo.Found) bool { return means(g, f.Place, m.place) })
		c := counts[m.script]
		c.all++
		if right {
			c.right++
		} else {
			found := ""
			for _, f := range g.Find(m.text, 3) {
				found += fmt.Sprintf(" %s (%s %.2f)", f.Place.ID, f.How, f.Score)
			}
			t.Logf("%s for %s: %s", m.text, m.place.ID, found)
		}
		counts[m.script] = c
	}
	for s, c := range counts {
		t.Logf("%s: %d of %d, %.3f", s, c.right, c.all, c.share())
		if c.all < 400 || c.share() < 0.97 {
			t.Errorf("%s: %d of %d are among the first three, want 0.97", s, c.right, c.all)
		}
	}
}
