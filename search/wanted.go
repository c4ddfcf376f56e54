package search

import (
	"slices"
	"strings"
)

// What is wanted: of oneself (chahiye), or done by another (karwana hai); and what is offered.

// wantedWords say that something or someone is wanted.
const wantedWords = `chahiye chahye chahiay chaiye chahie required needed need wanted darkar zaroorat zarurat hire hiring matloob چاہیے چاہئے درکار ضرورت مطلوب`

// wants tells whether a token says that something is wanted.
func (b *bearing) wants(t token) bool {
	return slices.ContainsFunc(t.guesses, func(g guess) bool { return g.fit > clearFit && b.wanted[b.words[g.word].text] })
}

// causative are the endings of a verb for what is done by another: lagwana, banwani.
var causative = [...]string{"wana", "wani", "wane", "wany", "waani", "waana", "vana", "vani", "وانا", "وانی", "وانے"}

// isShort are other ways to write "is" and "are".
var isShort = [...]string{"ha", "hay", "hey", "hen", "hn", "hein"}

// causes tells whether a query ends in such a verb and "is", or in the verb: khirki lagwani hai.
func (b *bearing) causes(words []spelt) bool {
	last := len(words) - 1
	if last > 0 && (b.isSaid(words, last, last+1) || slices.Contains(isShort[:], words[last].folded)) {
		last--
	}
	return last > 0 && len(words[last].folded) > 5 &&
		slices.ContainsFunc(causative[:], func(ending string) bool { return strings.HasSuffix(words[last].folded, ending) })
}

// sells tells whether one of the words offers a thing.
func (b *bearing) sells(words []spelt) bool {
	return slices.ContainsFunc(words, func(w spelt) bool { return b.selling[w.folded] })
}

// isForSale tells whether the words hold "for sale", or end in "sale", which is said of a thing.
func isForSale(words []spelt) bool {
	for i := range words[:max(0, len(words)-1)] {
		if words[i].folded == "for" && words[i+1].folded == "sale" {
			return true
		}
	}
	return len(words) > 1 && words[len(words)-1].folded == "sale"
}

// takes are what one who does a trade takes for it, and charges.
var takes = [...]string{"leta", "leti", "lete", "letay", "lega", "legi", "lenge", "charge", "charges", "لیتا", "لیتی", "لیتے"}

// traded notes what is said of money: a thing that is offered or priced is named and not worked on, but what one who does a trade takes
// is asked by those who want one.
func (b *bearing) traded(e *evidence, tokens []token, words []spelt, by uint32) {
	if e[signPrice] > 0 && slices.ContainsFunc(tokens, b.isAgent) && holds(words, takes[:]) {
		e[signPrice], e[signQuestion], e[signStates] = 0, 0, 0
		return
	}
	if e[signAsks]+e[signServes] > 0 {
		return
	}
	switch {
	case e[signDeals] > 0 && b.sells(words) || isForSale(words):
		e[signDeals], e[signStates], e[signPhrase] = 1, 1, 0
	case !b.endsInAgent(tokens, by) && b.prices(tokens, by): // of a washing machine, where washing is a trade's word
		e[signStates], e[signPhrase] = 1, 0
	}
}

// prices tells whether a token that meets no part of the trade's name asks what something costs.
func (b *bearing) prices(tokens []token, by uint32) bool {
	for i := range tokens {
		if !halves(tokens, &tokens[i], by) && (i > 31 || by&(1<<i) == 0) && b.cueOf(&tokens[i])&cuePrice != 0 {
			return true
		}
	}
	return false
}

// endsInAgent tells whether the last of the tokens that meet a trade's name is a word for one who does it.
func (b *bearing) endsInAgent(tokens []token, by uint32) bool {
	for i := min(len(tokens), 31) - 1; i >= 0; i-- {
		if by&(1<<i) != 0 && tokens[i].weight > 0 {
			return b.isAgent(tokens[i])
		}
	}
	return false
}
