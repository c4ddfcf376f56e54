package search

import "slices"

// What a query says that is no trade sought, though it holds a trade's word: phrases of talk, complaints, prices, titles.

// talk marks the words that a phrase shows to be no trade's.
func (b *bearing) talk(words []spelt) []bool {
	skip := make([]bool, len(words))
	for from := range words {
		for to := from + 1; to <= min(len(words), from+maxNameWords); to++ {
			if b.talked[phraseOf(words[from:to])] {
				mark(skip, from, to)
			}
		}
	}
	for i, w := range words {
		id, ok := b.ids[w.folded]
		switch {
		case !ok:
		case b.heed.complaint[id], b.heed.where[id] && b.isSaid(words, i+1, i+3):
			mark(skip, 0, len(words))
		case b.heed.title[id] && i+1 < len(words) && b.isPerson(words[i+1].folded):
			skip[i] = true
		case b.heed.price[id]:
			mark(skip, i, i+1)
			if b.priced(words, i) {
				mark(skip, 0, i)
			}
		case b.heed.trade[id] && (i+1 == len(words) || b.isSaid(words, i+1, i+2) || b.happens(words[i+1])):
			mark(skip, 0, i+1)
		}
	}
	b.landmarks(words, skip)
	return skip
}

// longestLandmark is how many words name one.
const longestLandmark = 3

// landmarks marks the words of a landmark, near which a trade named elsewhere in the query is sought: "driver near steel mill".
func (b *bearing) landmarks(words []spelt, skip []bool) {
	for i, w := range words {
		from, to := i, i
		switch {
		case w.folded == "near" || w.folded == "opposite":
			for from, to = i+1, i+1; to < len(words) && to-from < longestLandmark && !b.binds(words[to]); to++ {
			}
		case i > 1 && words[i-1].key == "K" && b.besides[w.folded]:
			for from, to = i-1, i-1; from > 0 && to-from < longestLandmark && !b.binds(words[from-1]); from-- {
			}
		}
		if from < to && (b.namesWork(words[:from]) || b.namesWork(words[to:])) {
			mark(skip, from, to)
		}
	}
}

// binds tells whether a word is one of speech.
func (b *bearing) binds(w spelt) bool {
	id, ok := b.ids[w.folded]
	return ok && b.words[id].class&ofSpeech != 0
}

// namesWork tells whether one of the words is a trade's as it is written, and weighs something.
func (b *bearing) namesWork(words []spelt) bool {
	return slices.ContainsFunc(words, func(w spelt) bool {
		id, ok := b.ids[w.folded]
		return ok && b.words[id].class&ofTrade != 0 && b.words[id].weight >= supportWeight && !b.worksite[w.folded]
	})
}

func mark(skip []bool, from, to int) {
	for i := from; i < to; i++ {
		skip[i] = true
	}
}

// isSaid tells whether words[from:to] hold "is": gari bechni hai, kahan par hai.
func (b *bearing) isSaid(words []spelt, from, to int) bool {
	for _, w := range words[min(from, len(words)):min(to, len(words))] {
		if w.folded == "hai" || w.folded == "he" || w.folded == "h" || w.folded == "ہے" {
			return true
		}
	}
	return false
}

// happens tells whether a word says that something came about: mobile kho gaya, doodh mehnga ho gaya.
func (b *bearing) happens(w spelt) bool {
	switch w.folded {
	case "ho", "gaya", "gya", "gayi", "gai", "gaye", "hogaya", "ہو", "گیا", "گیی", "گیے":
		return true
	}
	return false
}

// priced tells whether the words before a word for a price are what it is the price of: "bus ka kiraya", "gari kiraye par". What comes
// after it is what is sought: "kiraye par driver".
func (b *bearing) priced(words []spelt, i int) bool {
	if i > 0 && (words[i-1].key == "K" || i+1 == len(words)) { // ka, ki, ke, کا; bus fare
		return true
	}
	return i+1 < len(words) && (words[i+1].folded == "par" || words[i+1].folded == "pe" || words[i+1].folded == "پر")
}

func (b *bearing) isPerson(folded string) bool {
	id, ok := b.ids[folded]
	return ok && b.words[id].class&ofPerson != 0
}
