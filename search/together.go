package search

import (
	"slices"
	"unicode/utf8"
)

// split gives the known words that a word run together consists of, nil when it does not: "bijliwala", "kaamchahiye".
func (v *vocabulary) split(text string) []int32 {
	letters := utf8.RuneCountInString(text)
	if letters < 5 || letters > longestWord {
		return nil
	}
	var room [longestWord + 1]int
	starts := room[:0]
	for at := range text {
		starts = append(starts, at)
	}
	starts = append(starts, len(text))
	type way struct {
		cost int
		from int
		word int32
	}
	var rooms [longestWord + 1]way
	ways := rooms[:letters+1]
	for to := 1; to <= letters; to++ {
		ways[to].cost = 1 << 20
		for from := max(0, to-14); from < to; from++ {
			if to-from < 2 || ways[from].cost >= 1<<20 {
				continue
			}
			id, ok := v.id(text[starts[from]:starts[to]])
			if !ok {
				continue
			}
			w := &v.words[id]
			cost := 10
			switch {
			case to-from == 2 && w.class&(ofSpeech|ofTrade) == 0:
				continue
			case to-from == 2:
				cost = 16
			case w.class&(ofSpeech|ofTrade) == 0: // card river: rather car driver
				cost = 14
			case to-from == 3:
				cost = 12
			}
			if cost += ways[from].cost; cost < ways[to].cost {
				ways[to] = way{cost, from, id}
			}
		}
	}
	if ways[letters].cost > 45 {
		return nil
	}
	var words []int32
	longest := 0
	for at := letters; at > 0; at = ways[at].from {
		words = append(words, ways[at].word)
		longest = max(longest, at-ways[at].from)
	}
	if longest < shortestSlip && !(longest == shortestSlip-1 && isUrdu(text)) { // by kia: any word can be cut so small
		return nil
	}
	slices.Reverse(words)
	return words
}
