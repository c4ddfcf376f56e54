package script

import (
	"strconv"
	"strings"
)

// sign is a letter or group of letters of either script, with the place in the word where the place matters.
type sign = uint8

// signs bounds the number of signs.
const signs = 240

// never is the cost of what is not possible.
const never = 255

// writing is what NewLexicon knows of letters: the signs and the cost of one written for another. It does not change.
type writing struct {
	numbers map[string]sign // of each sign; place marks as in spelling.letter
	names   []string
	urdu    int // signs below are Urdu, from there on Latin; the digits and the space are the last of these
	omit    []uint8
	vowel   []bool
	whole   []bool       // a word is read as such signs; the others are ways to read a query only
	cost    [][256]uint8 // cost[a][b]: a of the word is written b in the query
	covers  []sounds     // see outlooks
	needs   []sounds
	gives   []sounds
	writes  [][]writer         // writes[b]: the signs of words that may be written as b, the least cost first
	omits   [never + 1]signSet // omits[c]: the signs that may be left out at a cost of at most c
}

// newWriting makes the tables. Costs within one script follow from those between the two: what writes the same sound is near.
func newWriting() *writing {
	w := &writing{numbers: map[string]sign{}}
	table := spellings()
	for _, s := range table {
		w.add(s.letter, s.omit, isUrduVowel(s.letter))
	}
	w.urdu = len(w.names)
	for _, r := range " 0123456789" {
		w.add(string(r), 60, false)
	}
	w.omit[w.numbers[" "]] = 6
	for r := 'a'; r <= 'z'; r++ {
		w.add(string(r), omitLatin(r), isVowel(r))
	}
	for _, s := range table {
		for _, f := range strings.Fields(s.roman) {
			if _, err := strconv.Atoi(f); err != nil && w.number(f) == never {
				w.addGroup(f)
			}
		}
	}
	w.across(table)
	w.within(0, w.urdu)
	w.within(w.urdu, len(w.names))
	w.slips()
	w.outlooks()
	w.passing()
	return w
}

func (w *writing) add(name string, omit uint8, vowel bool) {
	w.numbers[name] = sign(len(w.names))
	w.names, w.omit, w.vowel, w.whole = append(w.names, name), append(w.omit, omit), append(w.vowel, vowel), append(w.whole, true)
}

// addGroup adds a group of Latin letters: vowels, as in ai and ow, or consonants, as in kh, or both, as in ti of station.
func (w *writing) addGroup(name string) {
	first, rest := isVowel(rune(name[0])), strings.Trim(name[1:], "aeiouwy")
	vowel, consonants := first && rest == "", !first && !strings.ContainsAny(name, "aeiou")
	omit := uint8(24)
	if vowel {
		omit = 12
	}
	w.add(name, omit, vowel)
	w.whole[len(w.whole)-1] = vowel || consonants
}

// number gives the sign of a name, or never.
func (w *writing) number(name string) sign {
	if n, ok := w.numbers[name]; ok {
		return n
	}
	return never
}

// isUrduVowel tells whether a letter of the table can be a vowel.
func isUrduVowel(letter string) bool { return strings.ContainsAny(letter, "اآعویےئؤء"+marks) }

func isVowel(r rune) bool { return strings.ContainsRune("aeiou", r) }

// omitLatin is the cost of a Latin letter of the word that the query lacks: short vowels and h are left out as in text messages.
func omitLatin(r rune) uint8 {
	switch r {
	case 'a':
		return 6
	case 'e', 'i', 'u', 'h':
		return 8
	case 'o', 'y', 'w':
		return 12
	}
	return 22
}

// across fills the costs between the scripts from the table, in both directions.
func (w *writing) across(table []spelling) {
	w.cost = make([][256]uint8, len(w.names))
	for i := range w.cost {
		for j := range w.cost[i] {
			w.cost[i][j] = never
		}
	}
	for i, s := range table {
		cost := 0
		for _, f := range strings.Fields(s.roman) {
			if n, err := strconv.Atoi(f); err == nil {
				cost = n
				continue
			}
			r := w.numbers[f]
			w.cost[i][r], w.cost[r][i] = uint8(cost), uint8(cost)
		}
	}
}

// within fills the costs between the signs [from, to) of one script: those of the best sound that both may stand for, and a little
// for not being the same.
func (w *writing) within(from, to int) {
	bare := func(i int) string { return strings.Trim(w.names[i], "^~$") }
	for a := from; a < to; a++ {
		for b := from; b < to; b++ {
			if bare(a) == bare(b) {
				w.cost[a][b] = 0
				continue
			}
			best := never
			for s := range w.names {
				if s < from || s >= to {
					best = min(best, int(w.cost[a][s])+int(w.cost[s][b])+4)
				}
			}
			if best >= lackingLetter {
				best = never
			}
			w.cost[a][b] = uint8(best)
		}
	}
}

// slips bounds the cost of any single letter written for another.
func (w *writing) slips() {
	for a := range w.names {
		for b := range w.names {
			if a == b || w.isFixed(a) || w.isFixed(b) {
				continue
			}
			if b < w.urdu || len(w.names[b]) == 1 {
				slip := wrong
				if w.vowel[a] && w.vowel[b] {
					slip = 18
				}
				w.cost[a][b] = uint8(min(slip, int(w.cost[a][b])))
			}
		}
	}
}

// isFixed tells whether a sign is a digit or the space, which stand for nothing but themselves.
func (w *writing) isFixed(s int) bool { return s >= w.urdu && s < w.urdu+11 }
