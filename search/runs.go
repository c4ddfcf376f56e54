package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// tails are words of grammar that are run together with the word before them: hotalke kamray, bijlika mistri.
var tails = [...]string{"mein", "kay", "ka", "ki", "ke", "ko", "me", "se", "pe", "par"}

// shortestTailed is the number of bytes of a word that is trusted before a tail as it is written, and shortestGuessed of one that is
// looked for.
const (
	shortestTailed  = 4
	shortestGuessed = 5
)

// runTogether gives the known words that a word run together consists of, where need be with i for y: rykshachalata.
func (b *bearing) runTogether(text string) []int32 {
	if parts := b.split(text); parts != nil || isUrdu(text) || !strings.Contains(text, "y") {
		return parts
	}
	parts := b.split(strings.ReplaceAll(text, "y", "i"))
	if !slices.ContainsFunc(parts, b.saysTrade) {
		return nil
	}
	return parts
}

// saysTrade tells whether a word is hardly anything but a trade's.
func (b *bearing) saysTrade(id int32) bool {
	w := &b.words[id]
	return w.class&ofTrade != 0 && w.class&(ofSpeech|ofTalk|ofPerson) == 0 && w.weight >= leastBacking
}

// beforeTail reads a word that nothing is near as a trade's word, perhaps misspelt, run together with one of grammar.
func (b *bearing) beforeTail(text string, from, to int, fit float32, look func(string, float64) []guess) []token {
	if isUrdu(text) || utf8.RuneCountInString(text) > longestWord {
		return nil
	}
	for _, tail := range tails {
		base, ok := strings.CutSuffix(text, tail)
		if !ok || len(base) < shortestTailed {
			continue
		}
		guesses := b.otherwise(base)
		if guesses == nil && len(base) >= shortestGuessed {
			guesses = look(base, farthestWhole)
		}
		if len(guesses) == 0 || !b.saysTrade(guesses[0].word) || guesses[0].fit < splitBelow || guesses[0].fit < fit+tailMargin {
			return nil
		}
		said := token{from: from, to: to, guesses: b.widened(guesses), known: guesses[0].fit >= otherHabit}
		return []token{said, {from: from, to: to, guesses: b.words[b.ids[tail]].alike, known: true, speech: true}}
	}
	return nil
}

// tailMargin is how much better a word must be met without its tail.
const tailMargin = 0.08

// otherwise gives a trade's word that is written so, or so with i for y.
func (b *bearing) otherwise(text string) []guess {
	if id, ok := b.ids[text]; ok {
		return b.words[id].alike
	}
	if id, ok := b.ids[respelt(text)]; ok {
		return []guess{{id, otherHabit}}
	}
	return nil
}

// firstFit is the fit of the best guess.
func firstFit(guesses []guess) float32 {
	if len(guesses) == 0 {
		return 0
	}
	return guesses[0].fit
}
