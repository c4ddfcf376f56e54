package script

import (
	"strings"
	"unicode"
)

// urduLetters are those with a line of their own in spellings.
const urduLetters = "اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہھءیئے"

// longest is the number of letters that are read of a word or a query: more than any name has.
const longest = 48

// letters brings s to what is compared letter by letter: Normalize, punctuation a space, apostrophes gone, x spelt out, letters of
// neighbouring languages those of Urdu, anything else gone.
func letters(s string) []rune {
	out := make([]rune, 0, longest)
	space := true
	for _, r := range transform(clip(s), markedRune) {
		r = kin(r)
		switch {
		case len(out) >= longest:
			return out
		case r == 'x' && len(out)+1 < longest:
			out = append(out, 'k', 's')
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(urduLetters, r) || isMark(r):
			out = append(out, r)
		case foldRune(r) == spaced:
			if !space {
				out = append(out, ' ')
			}
		default:
			continue
		}
		space = len(out) == 0 || out[len(out)-1] == ' '
	}
	if n := len(out); n > 0 && out[n-1] == ' ' {
		out = out[:n-1]
	}
	return out
}

// marks are the signs above and below letters that tell of a vowel: zer, pesh, zabar, the standing alef, tanwin.
const marks = "\u0650\u064F\u064E\u0670\u064B"

func isMark(r rune) bool { return r > unicode.MaxASCII && strings.ContainsRune(marks, r) }

// markedRune is normalRune that keeps the marks.
func markedRune(r rune) rune {
	if isMark(r) {
		return r
	}
	return normalRune(r)
}

// clip bounds the work on a long text: what lies past its first 512 bytes cannot matter.
func clip(s string) string {
	if len(s) > 512 {
		return s[:512]
	}
	return s
}

// unit is one sign of a word and what stands after it, on which unwritten vowels depend.
type unit struct {
	sign  sign
	after place
}

// place is where in a word an extra letter of the query would stand.
type place uint8

const (
	atStart     place = iota // before the first letter
	amidst                   // between two consonants, where Urdu leaves out the short vowel
	beforeVowel              // after a consonant, before a vowel letter
	atEnd                    // after a last consonant
	afterVowel
	places
)

// units reads a word.
func (w *writing) units(word []rune) []unit {
	var units []unit
	for i := 0; i < len(word); {
		s, size := w.at(word, i)
		i += size
		if s != never {
			units = append(units, unit{sign: s, after: w.placeAfter(word, i, s)})
		}
	}
	return units
}

func (w *writing) placeAfter(word []rune, i int, s sign) place {
	switch {
	case w.vowel[s]:
		return afterVowel
	case i >= len(word) || word[i] == ' ':
		return atEnd
	case isVowelLetter(word[i]):
		return beforeVowel
	}
	return amidst
}

func isVowelLetter(r rune) bool { return strings.ContainsRune("اآویےئؤaeiou"+marks, r) }

// at gives the sign of the word that begins with its letter i, and its number of letters.
func (w *writing) at(word []rune, i int) (sign, int) {
	if word[i] < unicode.MaxASCII {
		for size := min(4, len(word)-i); size > 0; size-- {
			if s := w.number(string(word[i : i+size])); s != never && w.whole[s] {
				return s, size
			}
		}
		return never, 1
	}
	if i+1 < len(word) {
		if s := w.number(string(word[i : i+2])); s != never {
			return s, 2
		}
	}
	letter := string(word[i])
	first, last := i == 0 || word[i-1] == ' ', i+1 == len(word) || word[i+1] == ' '
	glide := !last && isVowelLetter(word[i+1]) && word[i+1] != 'ئ' || i > 0 && (word[i-1] == 'ا' || word[i-1] == 'ئ') || first
	if letter == "ا" {
		glide = first && !last && (word[i+1] == 'و' || word[i+1] == 'ی')
	}
	for _, form := range []struct {
		is   bool
		name string
	}{{glide, "~" + letter}, {first, "^" + letter}, {last, letter + "$"}, {true, letter}} {
		if form.is {
			if s := w.number(form.name); s != never {
				return s, 1
			}
		}
	}
	return never, 1
}

// segment is a part of the query that may be one sign: the letters [from, the end under which it is listed).
type segment struct {
	from uint8
	sign sign
}

// query is a text to look up, read in every way.
type query struct {
	length  int
	ending  [longest + 1][4]segment // ending[j][:endings[j]]: the segments that end before letter j
	endings [longest + 1]uint8
	extra   [places][longest + 1]uint8 // the cost of letter j-1 where the word has none
	rest    [longest + 1]sounds        // the letters from j on that must be accounted for
	gives   [longest + 1]sounds        // what the letters from j on can stand for
	// Neighbouring consonants that may have been typed in the wrong order: swaps[:swapped], and for each letter 1 + the number of
	// the swap that ends before it.
	swaps      [maxSwaps]swap
	swapped    int
	swapEnding [longest + 1]uint8
}

// clear readies a query that may have been another for a text of so many letters.
func (q *query) clear(letters int) {
	q.length, q.swapped, q.rest[letters], q.gives[letters] = letters, 0, 0, 0
	clear(q.endings[:letters+1])
	clear(q.swapEnding[:letters+1])
}

// read prepares the text of a look-up.
func (w *writing) read(q *query, text string) {
	letters := letters(text)
	q.clear(len(letters))
	for j := 1; j <= q.length; j++ {
		w.segments(q, letters, j)
		for p := range places {
			q.extra[p][j] = extra(letters, j-1, p)
		}
	}
	for j := q.length - 1; j >= 0; j-- {
		q.rest[j], q.gives[j] = q.rest[j+1], q.gives[j+1]
		if j == 0 || letters[j] != letters[j-1] {
			q.rest[j] |= soundOf(letters[j])
		}
	}
	w.given(q)
	w.findSwaps(q, letters)
}

// swap is two neighbouring letters of a query, from the letter of that number.
type swap struct {
	from           uint8
	earlier, later sign
}

const (
	maxSwaps = 12
	swapCost = 20 // of two letters in the wrong order
)

func (w *writing) findSwaps(q *query, letters []rune) {
	for j := 0; j+1 < len(letters) && q.swapped < maxSwaps; j++ {
		a, b := letters[j], letters[j+1]
		if a == b || isVowelLetter(a) || isVowelLetter(b) {
			continue
		}
		earlier, later := w.number(string(a)), w.number(string(b))
		if earlier == never || later == never || w.isFixed(int(earlier)) || w.isFixed(int(later)) {
			continue
		}
		q.swaps[q.swapped] = swap{uint8(j), earlier, later}
		q.swapped++
		q.swapEnding[j+2] = uint8(q.swapped)
	}
}

// segments lists the signs that end before letter end.
func (w *writing) segments(q *query, letters []rune, end int) {
	for from := end - 1; from >= max(0, end-4); from-- {
		s := w.number(string(letters[from:end]))
		if s == never && end-from == 1 {
			s = w.number(string(letters[from]) + "$")
		}
		if s != never {
			q.ending[end][q.endings[end]] = segment{from: uint8(from), sign: s}
			q.endings[end]++
		}
	}
}

// extra is the cost of letter i of a query where the word has none, after a letter of the word at place p.
func extra(letters []rune, i int, p place) uint8 {
	r := letters[i]
	if r == ' ' {
		return 6
	}
	if r >= '0' && r <= '9' {
		return 60
	}
	if i > 0 && letters[i-1] == r && !isVowelLetter(r) {
		return 2 // tashdid, or English doubling
	}
	if r > unicode.MaxASCII {
		return extraUrdu(r)
	}
	vowels := [places][5]uint8{ // a e i o u
		atStart:     {14, 11, 11, 18, 16},
		amidst:      {2, 4, 4, 8, 5},
		beforeVowel: {10, 10, 10, 14, 12},
		atEnd:       {9, 7, 13, 16, 15},
		afterVowel:  {8, 8, 9, 13, 11},
	}
	if v := strings.IndexRune("aeiou", r); v >= 0 {
		return vowels[p][v]
	}
	switch r {
	case 'h':
		return 9
	case 'y':
		return [places]uint8{22, 10, 9, 14, 5}[p]
	case 'w':
		return [places]uint8{22, 16, 12, 18, 7}[p]
	case 'n':
		return [places]uint8{25, 20, 20, 20, 12}[p]
	case 'r', 'g', 'l', 'd', 't', 'k', 's':
		return 23
	}
	return 27
}

func extraUrdu(r rune) uint8 {
	if isMark(r) {
		return 0 // most vocabularies have none
	}
	switch r {
	case 'ا', 'و', 'ی', 'ے':
		return 14
	case 'ع', 'ہ', 'ھ', 'ں', 'آ':
		return 11
	case 'ء', 'ئ', 'ؤ':
		return 5
	}
	return 26
}
