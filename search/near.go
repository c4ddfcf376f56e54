package search

import (
	"math/bits"
	"unicode/utf8"
)

// asked is one word of a query, made ready to be held against terms one by one.
type asked struct {
	word
	keyQuality float64 // what a term that is the key counts
	allowed    int     // errors that a term may hold
	runes      []rune
	first      string // its first letter, which every misspelling shares
	letters    uint64
}

func ask(w word) asked {
	q := asked{word: w, keyQuality: keyQuality, allowed: errorsAllowed(w.term), runes: []rune(w.term), letters: lettersOf(w.term)}
	if len(w.key) <= len(keyMark)+shortKey {
		q.keyQuality = shortKeyQuality
	}
	_, size := utf8.DecodeRuneInString(w.term)
	q.first = w.term[:size]
	return q
}

// rarity is the term that a word's rarity is counted by.
func (q *asked) rarity() string {
	if q.key != "" {
		return q.key
	}
	return q.term
}

// quality is what a term counts as a way of meeting the word; 0 where it is none.
func (q *asked) quality(term string) float64 {
	switch {
	case term == q.term:
		return exactQuality
	case q.key != "" && term == q.key:
		return q.keyQuality
	case q.allowed == 0 || len(term) < len(q.first) || term[:len(q.first)] != q.first:
		return 0
	}
	return q.misspelt(term, utf8.RuneCountInString(term), lettersOf(term))
}

// misspelt is what a term that begins as the word does counts as a misspelling of it.
func (q *asked) misspelt(term string, length int, letters uint64) float64 {
	if d := length - len(q.runes); d > q.allowed || -d > q.allowed || bits.OnesCount64(letters^q.letters) > 2*q.allowed {
		return 0
	}
	switch errors := errorsBetween(q.runes, term, q.allowed); {
	case errors == 0 || errors > q.allowed:
		return 0
	case errors == 1:
		return oneErrorQuality
	}
	return twoErrorQuality
}

// lettersOf is the set of the letters of a term, folded into 64 bits: an error changes at most two of them.
func lettersOf(term string) uint64 {
	var letters uint64
	for _, r := range term {
		letters |= 1 << (uint32(r) % 64)
	}
	return letters
}

// errorsBetween counts the letters that are wrong, missing, too many or swapped with their neighbour between a word and a term; more than
// most is told as most+1, and 0 says that they are the same. It counts as the automata of Bleve do.
func errorsBetween(word []rune, term string, most int) int {
	var room [3][longestWord + 4]int
	before, last, row := room[0][:len(word)+1], room[1][:len(word)+1], room[2][:len(word)+1]
	for i := range last {
		last[i] = i
	}
	var prior rune
	j := 0
	for _, r := range term {
		j++
		row[0] = j
		least := j
		for i, w := range word {
			d := last[i]
			if w != r {
				d++
			}
			d = min(d, last[i+1]+1, row[i]+1)
			if i > 0 && j > 1 && w == prior && word[i-1] == r {
				d = min(d, before[i-1]+1)
			}
			row[i+1] = d
			least = min(least, d)
		}
		if least > most+1 { // a swap looks one row further back
			return most + 1
		}
		prior = r
		before, last, row = last, row, before
	}
	return min(last[len(word)], most+1)
}
