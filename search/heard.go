package search

import "strings"

// Kinds and conditions as people write them by ear: part taim, larkion ke lye.

// shortestHeard is the least number of consonants of such a name: fewer are those of many phrases.
const shortestHeard = 4

// hear notes a name of several words in Latin letters by how it sounds.
func (l *lexicon) hear(words []spelt) {
	sound := soundsOf(words)
	if len(words) < 2 || isUrdu(words[0].folded) || len(sound)-len(words) < shortestHeard {
		return
	}
	if _, ok := l.heard[sound]; !ok {
		l.heard[sound] = phraseOf(words)
	}
	l.heardFirst[words[0].key] = true
}

// heardAs gives the name of a kind or a condition that sounds like the words, empty where none does.
func (l *lexicon) heardAs(words []spelt) string {
	if len(words) < 2 || !l.heardFirst[words[0].key] || isUrdu(words[0].folded) {
		return ""
	}
	return l.heard[soundsOf(words)]
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
