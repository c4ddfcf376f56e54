package search

import (
	"slices"
	"strings"
)

// An English word is written in Roman Urdu as it is heard: crane is karain, krein or kren, machine mashin, account akaunt.
// soundsOfEnglish reads its letters as English does, and puts in what Urdu speakers put in: a vowel into two consonants at the beginning,
// an i before s.

// englishGroups are groups of letters that are said in one way. "$" stands for the end of the word, "^" for its beginning.
var englishGroups = strings.NewReplacer(
	"ca", "ka", "co", "ko", "cu", "ku", "^cl", "^kl", "^cr", "^kr", "^kn", "^n", "^wr", "^r", "^wh", "^w",
	"tech", "tek", "mech", "mek", "arch", "ark", "chem", "kem", "machin", "mashin", "chef$", "shef$", "sch", "sk",
	"igh", "ai", "ign$", "ain$", "igne", "aine", "guide", "gaid", "gua", "ga", "ture$", "char$", "tch", "ch", "dge", "j", "que$", "k$", "gue$", "g$",
	"ance$", "ans$", "ence$", "ens$", "ice$", "is$", "ce$", "s$", "ge$", "j$", "our$", "er$", "ours$", "ers$", "re$", "r$", "mb$", "m$",
	"ble$", "bal$", "cle$", "kal$", "dle$", "dal$", "gle$", "gal$", "ple$", "pal$", "tle$", "tal$", "cial", "shal", "sure$", "zar$")

// englishHabits are ways in which some hear what others do not; each is taken or left.
var englishHabits = [...]struct {
	letters, heard string
	first          bool // only the first time that the letters stand
}{
	{"u", "a", false}, {"o", "a", true}, {"a", "e", true}, {"er", "ar", false}, {"ui", "i", false}, {"ge", "je", false}, {"gi", "ji", false},
	{"z", "j", false}, {"qu", "kw", false}, {"ea", "a", false}, {"u", "iu", true}, {"ou", "a", false}, {"o", "a", false},
}

// mostHeard bounds the spellings of one word.
const mostHeard = 48

// soundsOfEnglish gives the sounds, as earOf gives them, of an English word by its English reading.
func soundsOfEnglish(word string) []string {
	if len(word) < shortestSlip || isUrdu(word) {
		return nil
	}
	text := englishGroups.Replace("^" + word + "$")
	text = magicE(strings.Trim(text, "^$"))
	forms := []string{text}
	for _, habit := range englishHabits {
		for _, form := range forms[:min(len(forms), mostHeard/2)] {
			times := -1
			if habit.first {
				times = 1
			}
			if other := strings.Replace(form, habit.letters, habit.heard, times); other != form && !slices.Contains(forms, other) {
				forms = append(forms, other)
			}
		}
	}
	for _, form := range forms {
		if last := lastVowel(form); last > 0 { // injan, operatar
			forms = append(forms, form[:last]+"a"+form[last+1:])
		}
	}
	var sounds []string
	for _, form := range forms {
		for _, spoken := range spokenIn(form) {
			if ear := earOf(spoken); len(ear) >= shortestSlip-1 && !slices.Contains(sounds, ear) {
				sounds = append(sounds, ear)
			}
		}
	}
	return sounds
}

// magicE leaves out an e that is not said, and writes the a before it as it is said: crane, kren.
func magicE(text string) string {
	stem, ok := strings.CutSuffix(text, "e")
	if !ok || len(stem) < 3 || strings.IndexByte("aeiou", stem[len(stem)-1]) >= 0 {
		return text
	}
	if at := len(stem) - 2; stem[at] == 'a' {
		return stem[:at] + "e" + stem[at+1:]
	}
	return stem
}

// lastVowel gives the place of a single vowel before the last consonant, 0 where there is none.
func lastVowel(text string) int {
	n := len(text)
	if n < 5 || strings.IndexByte("aeiou", text[n-1]) >= 0 || strings.IndexByte("eiou", text[n-2]) < 0 || strings.IndexByte("aeiou", text[n-3]) >= 0 {
		return 0
	}
	return n - 2
}

// spokenIn gives a word, and the word with a vowel in or before the two consonants at its beginning.
func spokenIn(text string) []string {
	switch {
	case len(text) < 3 || strings.IndexByte("aeiouhy", text[1]) >= 0:
	case text[0] == 's':
		return []string{text, "i" + text, "a" + text}
	case text[1] == 'r' || text[1] == 'l':
		return []string{text, text[:1] + "a" + text[1:], text[:1] + "i" + text[1:]}
	}
	return []string{text}
}

// urduish tells whether a word in Latin letters is rather Urdu than English, by its letters.
func urduish(text string) bool {
	for _, letters := range [...]string{"aa", "kh", "gh", "dh", "bh", "jh"} {
		if strings.Contains(text, letters) {
			return true
		}
	}
	for _, ending := range [...]string{"na", "ne", "ni", "wala", "wali", "on", "ay"} {
		if strings.HasSuffix(text, ending) {
			return !strings.HasSuffix(text, "ion")
		}
	}
	return false
}
