package search

import (
	"strings"

	"rabta/internal/script"
)

// Kinds and conditions as people write them by ear: prt time, larkion ke lye.

const (
	// shortestHeard is the least number of consonants of such a name: fewer are those of many phrases.
	shortestHeard = 4
	// slipsHeard is how many letters of each word may be written otherwise: sounds are compared without vowels, and paas rehta has
	// those of piece rate.
	slipsHeard = 1
)

// hear notes a name of several words in Latin letters by how it sounds.
func (l *lexicon) hear(words []spelt) {
	sound := soundsOf(words)
	if len(words) < 2 || isUrdu(words[0].folded) || len(sound)-len(words) < shortestHeard {
		return
	}
	l.heard[sound] = append(l.heard[sound], words)
	l.heardFirst[words[0].key] = true
}

// heardAs gives the name of a kind or a condition that the words are, written by ear; empty where there is none.
func (r *Reader) heardAs(words []spelt) string {
	l := r.lexicon
	if len(words) < 2 || !l.heardFirst[words[0].key] || isUrdu(words[0].folded) {
		return ""
	}
	for _, name := range l.heard[soundsOf(words)] {
		if r.writtenFor(words, name) {
			return phraseOf(name)
		}
	}
	return ""
}

// writtenFor tells whether each of the words may be that of the name, written by ear.
func (r *Reader) writtenFor(words, name []spelt) bool {
	for i, w := range words {
		if w.folded != name[i].folded && (r.saysOther(w, name[i]) || script.Distance(w.folded, name[i].folded, slipsHeard) > slipsHeard) {
			return false
		}
	}
	return true
}

// saysOther tells whether a word as it is written is another than that of the name: gari is a car, and not ghar. Words that say nothing
// are written in many ways: ke and k, kaam and kam.
func (r *Reader) saysOther(w, named spelt) bool {
	if r.lexicon.empty(named.folded) && (r.lexicon.empty(w.folded) || r.lexicon.bones(w) || len(w.folded) == 1) {
		return false
	}
	id, ok := r.bearing.id(w.folded)
	return ok && r.bearing.words[id].class&(ofTrade|ofSpeech|ofTalk|ofPerson) != 0
}

// soundsOf gives the sounds of words, each with a space after it.
func soundsOf(words []spelt) string {
	var sounds strings.Builder
	for _, w := range words {
		sounds.WriteString(w.key)
		sounds.WriteByte(' ')
	}
	return sounds.String()
}
