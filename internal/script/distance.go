package script

import "unicode/utf8"

// Distance counts the letters to put in, take out, change or swap with their neighbour to turn a into b (Damerau-Levenshtein in its
// optimal-string-alignment form: no part is edited twice). It is exact up to limit, and limit+1 for anything farther.
func Distance(a, b string, limit int) int {
	if a == b {
		return 0
	}
	if limit <= 0 {
		return max(limit, 0) + 1
	}
	var ra, rb [64]rune
	x, y := runes(a, ra[:0]), runes(b, rb[:0])
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	return align(x, y, limit)
}

func runes(s string, into []rune) []rune {
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		into, s = append(into, r), s[size:]
	}
	return into
}

// align fills the table of distances between beginnings of x and y, of which three rows are kept, and only the band along the
// diagonal that can still lead to limit or less.
func align(x, y []rune, limit int) int {
	var buffer [3 * 65]int
	rows := buffer[:]
	width := len(y) + 1
	if 3*width > len(rows) {
		rows = make([]int, 3*width)
	}
	before, last, row := rows[:width], rows[width:2*width], rows[2*width:3*width]
	for j := range last {
		last[j] = j
	}
	far := limit + 1
	for i := 1; i <= len(x); i++ {
		from, to := max(1, i-limit), min(len(y), i+limit)
		row[from-1] = far
		if from == 1 {
			row[0] = i
		}
		least := row[from-1]
		for j := from; j <= to; j++ {
			row[j] = cell(x, y, i, j, before, last, row)
			least = min(least, row[j])
		}
		if to < len(y) {
			row[to+1] = far
		}
		if least > limit {
			return far
		}
		before, last, row = last, row, before
	}
	return min(last[len(y)], far)
}

func cell(x, y []rune, i, j int, before, last, row []int) int {
	d := last[j-1]
	if x[i-1] != y[j-1] {
		d++
	}
	d = min(d, last[j]+1, row[j-1]+1)
	if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
		d = min(d, before[j-2]+1)
	}
	return d
}
