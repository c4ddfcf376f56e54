package search

import (
	"cmp"
	"math/bits"
	"slices"
)

// sought are the tokens, by bit, that say by themselves what is sought, and the licences beside them.
type sought struct {
	contents, licences uint32
	joined             [maxWholes]whole
}

// whole is two tokens that are read as one word too, by bit: power loom, powerloom.
type whole struct{ one, both uint32 }

// maxWholes is how many such words are looked at.
const maxWholes = 4

// isHalf tells whether a token is half of such a word.
func (s *sought) isHalf(bit uint32) bool {
	return slices.ContainsFunc(s.joined[:], func(w whole) bool { return w.both&bit != 0 })
}

// wholes gives the words read from two of which both are met apart.
func (s *sought) wholes(by uint32) uint32 {
	var met uint32
	for _, w := range s.joined {
		if w.one == 0 {
			break
		}
		if w.both&^by == 0 {
			met |= w.one
		}
	}
	return met
}

// part is what a name met by the tokens counts: less where none of its words is sought, or a licence stands for one that is (a bus driver
// with an LTV licence drives no car), and least where there is but the licence.
func (s *sought) part(by uint32) float32 {
	switch {
	case s.contents == 0:
		return 1
	case s.contents&by == 0 && s.licences&by != 0:
		return licenceAlone
	case s.contents&by == 0, s.licences&by != 0 && s.contents&^by != 0:
		return besideContent
	}
	return 1
}

// sought gives the words that say by themselves what is sought: no place of work, nothing on which it is done, and no word that many
// trades share unless there is no other. One who is wanted goes before all else.
func (b *bearing) sought(tokens []token) sought {
	found := sought{joined: wholesOf(tokens)}
	var own, shared, known uint32
	for i := range tokens {
		t := &tokens[i]
		if i > 30 || t.weight < contentWeight || len(t.guesses) == 0 {
			continue
		}
		text, bit := b.words[t.guesses[0].word].text, uint32(1)<<i
		switch {
		case b.licence[text] && t.guesses[0].fit >= licenceFit:
			found.licences |= bit
		case t.guesses[0].fit < contentFit || found.isHalf(bit) || b.worksite[text] || b.isUnder(tokens, i):
		case b.isWanted(tokens, i):
			found.contents = bit
			return found
		case b.common[text]:
			shared |= bit
		default:
			own |= bit
			if t.known || t.extra {
				known |= bit
			}
		}
	}
	if known == 0 && bits.OnesCount32(shared) > 1 { // what is misspelt says no more than two that are not: bus driver
		own |= shared
	}
	found.contents = cmp.Or(own, shared)
	return found
}

// wholesOf finds the words read from two.
func wholesOf(tokens []token) (found [maxWholes]whole) {
	n := 0
	for i := range tokens {
		x := &tokens[i]
		if !x.extra || i > 30 || n == maxWholes {
			continue
		}
		w := whole{one: 1 << i}
		for j := range tokens[:i] {
			if t := &tokens[j]; !t.extra && x.from <= t.from && t.to <= x.to {
				w.both |= 1 << j
			}
		}
		if w.both != 0 {
			found[n] = w
			n++
		}
	}
	return found
}

// isWanted tells whether a token is one who does a trade, before a word that wants them: mazdoor chahiye.
func (b *bearing) isWanted(tokens []token, i int) bool {
	return i+1 < len(tokens) && tokens[i].known && !b.isAlso(tokens[max(0, i-2):i]) && b.isAgent(tokens[i]) && b.saysWho(tokens[i].guesses[0].word) &&
		tokens[i+1].from == tokens[i].to && b.wants(tokens[i+1])
}

// isAlso tells whether one of the tokens is "and": one more is wanted beside another.
func (b *bearing) isAlso(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return len(t.guesses) > 0 && b.also[b.words[t.guesses[0].word].text] })
}

// saysWho tells whether a word for one who does a trade says which: mazdoor does, mistri and helper do not.
func (b *bearing) saysWho(word int32) bool {
	return !b.common[b.words[word].text] || len(b.lone[word]) > 0 && b.lone[word][0].part >= mostlyOne
}

// mostlyOne is the part of a shared word that must be one trade's for it to say which.
const mostlyOne = 0.25

// isUnder tells whether a token is that on which something is done, which is told after it. What one is wanted for stands so too.
func (b *bearing) isUnder(tokens []token, i int) bool {
	return i+2 < len(tokens) && len(tokens[i+1].guesses) > 0 && tokens[i+1].from == tokens[i].to && b.upon[b.words[tokens[i+1].guesses[0].word].text] &&
		!b.isAnyone(&tokens[i+2]) && !b.wants(tokens[i+2])
}

// What a word must weigh, and how well it must be met, to say what is sought.
const (
	contentWeight = 0.5
	contentFit    = 0.82
)

// besideContent is what a word that many trades share counts where another word says what is sought: the mistri of a motor cycle.
const besideContent = 0.7

// licenceAlone is what a licence counts beside a word that says what is sought, and licenceFit how well it must be met.
const (
	licenceAlone = 0.5
	licenceFit   = 0.78
)

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
