package geo

import "math"

// MaxRadii is how many radii Bands takes at most.
const MaxRadii = 16

// Bands visits disjoint, ascending spans of rows [lo, hi) that together hold every row at a Distance of at most the last of the radii
// (rising, in metres, at most 16) from center. Where sure is true all rows of the span lie within radii[band] and beyond the
// radius before it; else none lies within that radius before it, and each is still to be tested. It allocates nothing.
func (t *Trie) Bands(center Point, radii []float64, visit func(lo, hi, band int, sure bool)) {
	var room [MaxRadii]float64
	chords := room[:len(radii)]
	for i, radius := range radii {
		chords[i] = -1 // holds nothing
		if radius >= 0 {
			chords[i] = chordOf(radius)
		}
	}
	farthest := -1.0 // farther than all
	if len(chords) > 0 {
		farthest = chords[len(chords)-1]
	}
	v := center.vector()
	lo := 0 // first row of the node at hand
	var from, to, in int
	var known bool // the span not yet visited: its neighbours may join it
	for i := 0; i < len(t.nodes); {
		n := &t.nodes[i]
		d2, r, end := n.squared(v), float64(n.r)+slack, int(n.end)
		if beyond := farthest + r + slack; farthest < 0 || d2 > beyond*beyond { // most nodes: no root is drawn for them
			lo, i = end, int(n.skip)
			continue
		}
		d, band := math.Sqrt(d2), 0
		for band < len(chords) && d-r > chords[band] {
			band++
		}
		sure := band < len(chords) && d+r < chords[band]
		switch {
		case band == len(chords):
			lo, i = end, int(n.skip)
			continue
		case !sure && int(n.skip) != i+1:
			i++ // into its children
			continue
		}
		if to != lo || known != sure || in != band {
			if from < to {
				visit(from, to, in, known)
			}
			from, in, known = lo, band, sure
		}
		lo, to, i = end, end, int(n.skip)
	}
	if from < to {
		visit(from, to, in, known)
	}
}
