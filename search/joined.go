package search

import (
	"slices"
	"unicode/utf8"
)

// joined adds two neighbours read as one word: "moter cycle", "elec trician".
func (b *bearing) joined(tokens []token, words []spelt, hasty bool, look func(string, float64) []guess) []token {
	n, tries := len(tokens), 0
	for i := 0; i+1 < n; i++ {
		x, y := &tokens[i], &tokens[i+1]
		if x.to != y.from || x.to-x.from != 1 || y.to-y.from != 1 || x.speech && y.speech || words[x.from].folded == words[y.from].folded { // bar bar: again and again
			continue
		}
		text := words[x.from].folded + words[y.from].folded
		if i+2 < n {
			tokens = b.joinedThree(tokens, words, i, text)
		}
		if id, ok := b.id(text); ok && b.words[id].class&ofTrade != 0 && (!(x.speech && x.known) || isInitial(words[x.from].folded)) { // "ka rate" is no karate
			tokens = append(tokens, token{from: x.from, to: y.to, guesses: b.words[id].alike, known: true, extra: true})
			continue
		}
		if id, ok := b.joins(x, y); ok {
			tokens = append(tokens, token{from: x.from, to: y.to, guesses: b.joinedGuesses(id, x, y), extra: true, whole: true})
			continue
		}
		if y.known && b.cueOf(y)&cueGoing != 0 || x.clear() && y.clear() && (hasty || !b.scraps(x, y, words)) || x.speech || y.speech || tries == maxJoined || utf8.RuneCountInString(text) < 5 {
			continue
		}
		tries++
		if guesses := look(text, farthestAlike); len(guesses) > 0 && b.words[guesses[0].word].class&ofTrade != 0 {
			tokens = append(tokens, token{from: x.from, to: y.to, guesses: guesses, extra: true})
		}
	}
	return tokens
}

// isInitial tells whether a word is a letter that is short for none and begins some: x ray, e commerce, t shirt.
func isInitial(text string) bool { return text == "x" || text == "e" || text == "t" || text == "z" }

// joinedThree adds three neighbours that are one word as it is written: "car pen ter".
func (b *bearing) joinedThree(tokens []token, words []spelt, i int, two string) []token {
	x, z := &tokens[i], &tokens[i+2]
	if z.from != x.from+2 || z.to-z.from != 1 {
		return tokens
	}
	if id, ok := b.id(two + words[z.from].folded); ok && b.words[id].class&ofTrade != 0 {
		return append(tokens, token{from: x.from, to: z.to, guesses: b.words[id].alike, known: true, extra: true})
	}
	return tokens
}

// scraps tells whether two neighbours are short words of which neither is a trade's, though each is one: "dry war", as speech is taken down.
func (b *bearing) scraps(x, y *token, words []spelt) bool {
	return !b.namesTrade(words[x.from].folded) && !b.namesTrade(words[y.from].folded) && len(words[x.from].folded) <= longestScrap &&
		len(words[y.from].folded) <= longestScrap && !b.isPerson(words[x.from].folded) && !b.isPerson(words[y.from].folded)
}

// longestScrap is how many bytes such a word has at most.
const longestScrap = 4

// joins gives the trade's word that the best guesses of two neighbours make together: "moter saikal" is motor cycle, a motorcycle.
func (b *bearing) joins(x, y *token) (int32, bool) {
	if x.speech || y.speech || x.known && y.known && len(x.guesses) > 0 && b.goTogether(x.guesses[0].word, []token{*y}) { // car painter
		return 0, false
	}
	for _, g := range x.guesses[:min(len(x.guesses), mostHalves)] {
		for _, h := range y.guesses[:min(len(y.guesses), mostHalves)] {
			if id, ok := b.id(b.words[g.word].text + b.words[h.word].text); ok && b.words[id].class&ofTrade != 0 {
				return id, true
			}
		}
	}
	return 0, false
}

// mostHalves is how many guesses at each half of a word are put together.
const mostHalves = 5

// joinedGuesses gives the spellings of a word read from two halves, with the fit of the worse half.
func (b *bearing) joinedGuesses(id int32, x, y *token) []guess {
	fit := min(x.guesses[0].fit, y.guesses[0].fit)
	guesses := slices.Clone(b.words[id].alike)
	for i := range guesses {
		guesses[i].fit *= fit
	}
	return guesses
}
