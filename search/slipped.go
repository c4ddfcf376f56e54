package search

import (
	"slices"
	"unicode/utf8"

	"rabta/internal/script"
)

// Words of the vocabulary that are a slip of the fingers away are found by the letters that both have.

// eachLacking gives a word, and the word without each of its letters in turn; nothing for one that is too short to slip in.
func eachLacking(text string, visit func([]byte)) {
	if letters := utf8.RuneCountInString(text); letters < shortestSlip || letters > longestWord {
		return
	}
	lacking := make([]byte, len(text))
	visit(append(lacking[:0], text...))
	last := rune(-1)
	for at, letter := range text {
		if letter != last {
			visit(append(append(lacking[:0], text[:at]...), text[at+utf8.RuneLen(letter):]...))
		}
		last = letter
	}
}

// slipped gives the words that are one slip of the fingers away: a letter more, less, other or swapped with its neighbour.
func (v *vocabulary) slipped(text string, letters int) []int32 {
	urdu := isUrdu(text) // where four letters are as many as six in Latin
	if letters < shortestSlip || letters == shortestSlip && !urdu {
		return nil
	}
	var found []int32
	eachLacking(text, func(lacking []byte) {
		if !v.lacked.mayHoldBytes(lacking) {
			return
		}
		for _, id := range v.lacking[string(lacking)] {
			if !slices.Contains(found, id) && isUrdu(v.words[id].text) == urdu && script.Distance(v.words[id].text, text, 1) == 1 {
				found = append(found, id)
			}
		}
	})
	return found[:min(len(found), maxGuesses)]
}

// A slip costs about a letter, and is not looked for in short words, which are all near each other.
const (
	slipCost     = 0.9
	shortestSlip = 4
)
