package board

import "rabta/geo"

// steps are how far, in metres, rows are told apart so that the nearest are judged first, which spares work with those farther away.
var steps = [...]float64{2_000, 5_000, 10_000, 15_000}

// bandSpan is a span of rows with a place as geo.Trie.Bands tells them.
type bandSpan struct {
	lo, hi, band int
	sure         bool
}

// bandSpans are the spans of rows of one section around a place, ascending. One value serves section after section.
type bandSpans struct {
	spans []bandSpan
	first int // row of the section at hand
}

// gather finds the spans of a section within the bands of some rising radii.
func (b *bandSpans) gather(sec *section, around geo.Point, radii []float64) {
	b.spans, b.first = b.spans[:0], sec.lo
	sec.trie.Bands(around, radii, b.note)
}

func (b *bandSpans) note(lo, hi, band int, sure bool) {
	b.spans = append(b.spans, bandSpan{lo + b.first, hi + b.first, band, sure})
}

// nearestFirst visits the spans band by band.
func (b *bandSpans) nearestFirst(bands int, visit func(*bandSpan)) {
	for band := range bands {
		for i := range b.spans {
			if b.spans[i].band == band {
				visit(&b.spans[i])
			}
		}
	}
}

// holds tells whether a row lies in one of the spans.
func (b *bandSpans) holds(row int) bool {
	lo, hi := 0, len(b.spans)
	for lo < hi {
		if at := int(uint(lo+hi) / 2); b.spans[at].hi <= row {
			lo = at + 1
		} else {
			hi = at
		}
	}
	return lo < len(b.spans) && b.spans[lo].lo <= row
}
