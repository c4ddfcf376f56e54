package matching

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestFarWorkAndAnotherTradeAreAlwaysSaid holds that no sentence to a graduate leaves out a distance beyond her reach or over 50 km, or that
// the trade is another of which she has few skills.
func TestFarWorkAndAnotherTradeAreAlwaysSaid(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		j.metres = rapid.Float64Range(0, 900_000).Draw(t, "metres")
		s, o := j.m.Seekers(j.g)[0], j.m.Opening(j.p, j.facts)
		score := j.m.Score(&s, &o, j.metres, noon)
		text := j.m.Explain(&s, &o, j.metres, score, "en")
		far := !o.Remote && !o.OwnHome && (j.metres > 50_000 || s.MaxMetres > 0 && j.metres > s.MaxMetres)
		if away := string(english.distance(nil, j.metres)); far && !strings.Contains(text, away+" from home") {
			t.Fatalf("%s away and not said: %s", away, text)
		}
		if s.Trade != o.Trade && score.Terms[TermSkill] < weakTerm && !strings.Contains(text, "another trade") {
			t.Fatalf("another trade, and not said: %s", text)
		}
	})
}
