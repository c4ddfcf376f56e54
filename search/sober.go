package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// sobered makes misspelt words sober, but for those of a query that holds a trade's word as it is written: baber, before a shop, is
// the barber and no name. Where work is not spoken of, a word that looks like a name must be met the better.
func (b *bearing) sobered(tokens []token, words []spelt) {
	asked := b.asked(words)
	margin := float32(soberMargin)
	switch {
	case asked:
		margin = askedMargin
	case len(words) <= 2:
		margin = aloneMargin
	}
	for i := range tokens {
		t := &tokens[i]
		if t.known || len(t.guesses) == 0 {
			continue
		}
		if t.speech { // chaie is chahiye rather than tea, and krane before an operator a crane
			t.guesses = slices.DeleteFunc(slices.Clone(t.guesses), func(g guess) bool {
				return b.words[g.word].class&ofSpeech == 0 && !b.goTogether(g.word, tokens)
			})
			continue
		}
		if b.supported(tokens, i) {
			t.guesses = b.sober(t.guesses, margin, tokens...)
			continue
		}
		t.guesses = b.sober(t.guesses, margin)
		best := slices.IndexFunc(t.guesses, func(g guess) bool { return b.words[g.word].class&ofTrade != 0 })
		if asked || best < 0 || boneless(words[t.from].folded) {
			continue
		}
		looks := b.namelike(words[t.from].folded) + b.nameBeside(tokens, i-1, words) + b.nameBeside(tokens, i+1, words)
		least := nameFit + nameSlope*looks
		least = min(least, surelyTrade)
		if t.guesses[best].fit < least {
			t.guesses = nil
		}
	}
}

// nameBeside tells how much a neighbour looks like a part of the same name: one that is in no list, or a person's.
func (b *bearing) nameBeside(tokens []token, i int, words []spelt) float32 {
	if i < 0 || i >= len(tokens) || tokens[i].speech {
		return 0
	}
	t := &tokens[i]
	if len(t.guesses) > 0 && b.words[t.guesses[0].word].class&ofPerson != 0 {
		return besideName
	}
	if !t.known && b.namelike(words[t.from].folded) > 0 {
		return besideName
	}
	return 0
}

// A word that stands without work being spoken of must be met so well, and better by the slope the more it looks like a name;
// besideName is what a name beside it says.
const (
	nameFit     = 0.82
	nameSlope   = 0.12
	surelyTrade = 0.9 // whatever it looks like
	besideName  = 1.0
)

// boneless tells whether a word in Latin letters has no vowel inside: it is one of a text message, not a name.
func boneless(text string) bool {
	return len(text) > 2 && text[0] < utf8.RuneSelf && !strings.ContainsAny(text[1:len(text)-1], "aeiou")
}

// supported tells whether another word than token i is a trade's as it is written, and weighs something.
func (b *bearing) supported(tokens []token, i int) bool {
	for j := range tokens {
		t := &tokens[j]
		if j == i || !t.known || len(t.guesses) == 0 {
			continue
		}
		if w := &b.words[t.guesses[0].word]; w.weight >= supportWeight && w.class&ofPerson == 0 {
			return true
		}
	}
	return false
}

// supportWeight is what a word must weigh to speak for the trade of its neighbours.
const supportWeight = 0.5

// sober leaves out the trades' words when a word is nearer to one of speech, a person or a place, but for those that a name holds
// together with a word beside it.
func (b *bearing) sober(guesses []guess, margin float32, beside ...token) []guess {
	first := guesses[0].fit
	said := b.words[guesses[0].word].class&ofTalk != 0 && first >= clearTalk // ghr, which could be a potter's gar
	for _, g := range guesses {
		if said || g.fit < first-margin {
			break
		}
		if b.words[g.word].class&ofTrade != 0 {
			return guesses
		}
	}
	return slices.DeleteFunc(slices.Clone(guesses), func(g guess) bool {
		return b.words[g.word].class&^ofTrade == 0 && g.fit < first && !b.goTogether(g.word, beside)
	})
}

// goTogether tells whether a name holds both a word and one that another token clearly is.
func (b *bearing) goTogether(word int32, others []token) bool {
	return slices.ContainsFunc(b.words[word].named, func(at place) bool {
		return slices.ContainsFunc(others, func(t token) bool {
			return !t.speech && slices.ContainsFunc(t.guesses, func(g guess) bool {
				return g.word != word && g.fit > clearFit && slices.Contains(b.names[at.name].words, g.word)
			})
		})
	})
}

// How much worse a guess at a trade may be than one at any other word: more where work is asked for, and in a query of a word or two,
// which is rather a trade than a sentence.
const (
	soberMargin = 0.04
	aloneMargin = 0.06
	askedMargin = 0.09
)

// asked tells whether work, or one who does it, is asked for.
func (b *bearing) asked(words []spelt) bool {
	return slices.ContainsFunc(words, func(w spelt) bool { return b.asking[w.folded] })
}

// clearTalk is the fit from which a word of talk is meant.
const clearTalk = 0.95
