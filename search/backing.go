package search

import (
	"cmp"
	"slices"
)

// contents gives the tokens, by bit, that say by themselves what is sought: no place of work, and no word that many trades share unless
// there is no other.
func (b *bearing) contents(tokens []token) uint32 {
	var own, shared uint32
	for i := range tokens {
		t := &tokens[i]
		if i > 30 || t.weight < contentWeight || len(t.guesses) == 0 || t.guesses[0].fit < contentFit {
			continue
		}
		half := !t.extra && slices.ContainsFunc(tokens, func(x token) bool { return x.extra && x.from <= t.from && t.to <= x.to })
		switch text := b.words[t.guesses[0].word].text; {
		case half || b.worksite[text]:
		case b.common[text]:
			shared |= 1 << i
		default:
			own |= 1 << i
		}
	}
	return cmp.Or(own, shared)
}

// What a word must weigh, and how well it must be met, to say what is sought.
const (
	contentWeight = 0.5
	contentFit    = 0.82
)

// besideContent is what a word that many trades share counts where another word says what is sought: the mistri of a motor cycle.
const besideContent = 0.7

// backed tells whether more than one word speaks for a trade: two of its words, or one beside a word like kaam, wala and job.
func (b *bearing) backed(tokens []token) bool {
	says := 0
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.extra || len(t.guesses) == 0:
		case b.asking[b.words[t.guesses[0].word].text]:
			says++
		case !t.speech && t.weight >= leastBacking && b.words[t.guesses[0].word].class&ofTrade != 0:
			says++
		}
	}
	return says > 1
}

// leastBacking is what a word must weigh to back another.
const leastBacking = 0.4

// plain tells whether a word that is hardly any other trade's stands as it is written.
func (b *bearing) plain(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool {
		return t.known && !t.speech && len(t.guesses) > 0 && t.weight >= leastPlain && !b.words[t.guesses[0].word].common
	})
}

// leastPlain is what such a word must weigh.
const leastPlain = 0.9
