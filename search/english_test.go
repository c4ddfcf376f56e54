package search

import (
	"slices"
	"testing"
)

// How Urdu speakers write English words that they have heard: each has a sound of the word.
func TestEnglishWordsAreMetAsTheyAreHeard(t *testing.T) {
	for word, written := range map[string][]string{
		"crane":       {"karain", "kren", "krain", "kiren"},
		"engine":      {"injan", "engin", "enjin"},
		"account":     {"akount", "akaunt", "acount"},
		"fitter":      {"fitar", "fiter", "fittar"},
		"school":      {"iskool", "askool", "skul"},
		"machine":     {"mashin", "masheen"},
		"truck":       {"trak", "tarak"},
		"cable":       {"kebal", "cabal"},
		"guard":       {"gard", "gaard"},
		"technician":  {"teknishan", "tekneshun"},
		"plumber":     {"palamber", "plamber"},
		"stabilizer":  {"istabilaizar", "stabilizar"},
		"electrician": {"elektrishan", "ilektrishan"},
	} {
		sounds := append(soundsOfEnglish(word), earOf(word))
		for _, w := range written {
			if ear := earOf(w); !slices.Contains(sounds, ear) {
				t.Errorf("%s: %s sounds %s, want one of %v", word, w, ear, sounds)
			}
		}
	}
	if sounds := soundsOfEnglish("عمارت"); sounds != nil {
		t.Errorf("an Urdu word sounds %v as English", sounds)
	}
	if n := len(soundsOfEnglish("refrigerationmaintenanceoperatorhouse")); n > 3*2*mostHeard {
		t.Errorf("a long word has %d sounds", n)
	}
}
