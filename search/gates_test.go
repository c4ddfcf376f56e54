package search

import (
	"maps"
	"slices"
	"testing"

	"rabta/seed"
)

// TestGateInNoListIsNoOtherWord holds that a word for a gate that no list holds is not asked for the trades of the first word of all.
func TestGateInNoListIsNoOtherWord(t *testing.T) {
	ref, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := *NewReader(ref.Catalogue, ref.Gazetteer).bearing
	words := split("mochi gate")
	cobbler, ok := b.id("mochi")
	if !ok || len(b.lone[cobbler]) == 0 || !b.isQuarter(words, 0, 1) {
		t.Fatal("mochi gate is read as no place to begin with")
	}
	b.ids, b.lone = maps.Clone(b.ids), slices.Clone(b.lone)
	delete(b.ids, words[1].folded)
	b.lone[0] = b.lone[cobbler]
	if !b.isQuarter(words, 0, 1) {
		t.Error("the trades of the first word were taken for those of a gate")
	}
}
