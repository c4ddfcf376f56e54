package search

import (
	"testing"

	lev "github.com/blevesearch/vellum/levenshtein"
	"pgregory.net/rapid"
)

// TestErrorsAreCountedAsBleveCountsThem holds the count of errors, and the quality that follows, against the automata that Bleve looks
// terms up with.
func TestErrorsAreCountedAsBleveCountsThem(t *testing.T) {
	var builders [2]*lev.LevenshteinAutomatonBuilder
	for i := range builders {
		var err error
		if builders[i], err = lev.NewLevenshteinAutomatonBuilder(uint8(i+1), true); err != nil {
			t.Fatal(err)
		}
	}
	letters := rapid.SampledFrom([]rune("abcdeببتٹک"))
	met := map[int]int{}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(letters, 4, 12, -1).Draw(t, "word")
		term := []rune(text)
		for range rapid.IntRange(0, 4).Draw(t, "errors") {
			at := rapid.IntRange(0, len(term)-1).Draw(t, "at")
			switch rapid.IntRange(0, 3).Draw(t, "how") {
			case 0:
				term[at] = letters.Draw(t, "wrong")
			case 1:
				term = append(term[:at:at], append([]rune{letters.Draw(t, "more")}, term[at:]...)...)
			case 2:
				if len(term) > 1 {
					term = append(term[:at:at], term[at+1:]...)
				}
			case 3:
				if at > 0 {
					term[at-1], term[at] = term[at], term[at-1]
				}
			}
		}
		q := ask(word{term: text})
		dfa, err := builders[q.allowed-1].BuildDfa(text, uint8(q.allowed))
		if err != nil {
			t.Fatal(err)
		}
		near, errors := dfa.MatchAndDistance(string(term))
		if !near {
			errors = uint8(q.allowed) + 1
		}
		met[int(errors)]++
		if got := errorsBetween(q.runes, string(term), q.allowed); got != int(errors) {
			t.Fatalf("%q and %q: %d errors, Bleve counts %d", text, string(term), got, errors)
		}
		want := [...]float64{exactQuality, oneErrorQuality, twoErrorQuality, 0}[errors]
		if errors > uint8(q.allowed) || errors > 0 && term[0] != q.runes[0] {
			want = 0
		}
		if got := q.quality(string(term)); got != want {
			t.Fatalf("%q for %q counts %v, not %v", string(term), text, got, want)
		}
	})
	for n := range 3 {
		if met[n] == 0 {
			t.Errorf("no pair had %d errors", n)
		}
	}
}
