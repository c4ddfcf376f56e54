package main

import "rabta/internal/script"

// plain is the reading that ours is measured against: each Urdu letter has one fixed Latin spelling, and words are ordered by the edit
// distance (Levenshtein) between that and the spelling looked up. Words equally far are in no order, so each of them has the
// same chance of a place.
type plain struct {
	numbers map[string]int
	texts   []string
}

func newPlain(words []string) *plain {
	p := &plain{numbers: make(map[string]int, len(words)), texts: make([]string, len(words))}
	for i, w := range words {
		p.numbers[w], p.texts[i] = i, transliterate(w)
	}
	return p
}

func (p *plain) places(roman string, words []string) (first, ten []float64) {
	pattern := newPattern(script.Normalize(roman))
	counts := make([]int, 65)
	distances := make([]uint8, len(p.texts))
	for i, t := range p.texts {
		d := pattern.distance(t)
		distances[i] = uint8(d)
		counts[d]++
	}
	first, ten = make([]float64, len(words)), make([]float64, len(words))
	for i, w := range words {
		d := distances[p.numbers[w]]
		nearer := 0
		for _, n := range counts[:d] {
			nearer += n
		}
		first[i], ten[i] = chance(1, nearer, counts[d]), chance(10, nearer, counts[d])
	}
	return first, ten
}

// chance is that of one of several equal words to be among the first so many, when so many others are nearer.
func chance(first, nearer, equal int) float64 {
	return min(1, float64(max(0, first-nearer))/float64(equal))
}

// pattern is a text of at most 64 bytes, of which each letter is a bit (Myers 1999, as given by Hyyrö 2003).
type pattern struct {
	places [256]uint64
	length int
}

func newPattern(s string) *pattern {
	p := &pattern{length: min(len(s), 64)}
	for i := range p.length {
		p.places[s[i]] |= 1 << i
	}
	return p
}

// distance counts the letters to put in, take out or change between the pattern and t, up to 64.
func (p *pattern) distance(t string) int {
	if p.length == 0 {
		return min(len(t), 64)
	}
	d, last := p.length, uint64(1)<<(p.length-1)
	up, down := ^uint64(0), uint64(0)
	for i := range len(t) {
		eq := p.places[t[i]]
		zero := (((eq & up) + up) ^ up) | eq | down
		right, left := down|^(zero|up), up&zero
		if right&last != 0 {
			d++
		}
		if left&last != 0 {
			d--
		}
		right, left = right<<1|1, left<<1
		up, down = left|^(zero|right), zero&right
	}
	return min(d, 64)
}

// transliterate writes an Urdu word letter by letter.
func transliterate(word string) string {
	var out []byte
	for _, r := range script.Normalize(word) {
		out = append(out, latin(r)...)
	}
	return string(out)
}

func latin(r rune) string {
	switch r {
	case 'ا', 'ع', 'أ':
		return "a"
	case 'آ':
		return "aa"
	case 'ب':
		return "b"
	case 'پ':
		return "p"
	case 'ت', 'ٹ', 'ط':
		return "t"
	case 'ث', 'س', 'ص':
		return "s"
	case 'ج':
		return "j"
	case 'چ':
		return "ch"
	case 'ح', 'ہ', 'ھ':
		return "h"
	case 'خ':
		return "kh"
	case 'د', 'ڈ':
		return "d"
	case 'ذ', 'ز', 'ض', 'ظ', 'ژ':
		return "z"
	case 'ر', 'ڑ':
		return "r"
	case 'ش':
		return "sh"
	case 'غ':
		return "gh"
	case 'ف':
		return "f"
	case 'ق':
		return "q"
	case 'ک':
		return "k"
	case 'گ':
		return "g"
	case 'ل':
		return "l"
	case 'م':
		return "m"
	case 'ن', 'ں':
		return "n"
	case 'و', 'ؤ':
		return "o"
	case 'ی', 'ئ':
		return "i"
	case 'ے':
		return "e"
	}
	return ""
}
