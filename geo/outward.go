package geo

import "math"

// Outward visits disjoint spans of rows [lo, hi) that together hold all rows, the nearest possible first: no row of the span, nor of any
// later one, is at a Distance of less than atLeast metres from center. It ends when visit returns false. This is the order in
// which the k nearest or the k best rows are found without a radius.
func (t *Trie) Outward(center Point, visit func(lo, hi int, atLeast float64) bool) {
	if len(t.nodes) == 0 {
		return
	}
	v := center.vector()
	queue := frontier{t.reached(0, 0, v)}
	for len(queue) > 0 {
		next := queue.pop()
		n := &t.nodes[next.node]
		if int(n.skip) != next.node+1 {
			lo := next.lo
			for child := next.node + 1; child < int(n.skip); child = int(t.nodes[child].skip) {
				queue.push(t.reached(child, lo, v))
				lo = int(t.nodes[child].end)
			}
			continue
		}
		// A millionth of a metre makes up for the rounding of the arc sine and of Distance.
		if !visit(next.lo, int(n.end), max(0, metresOf(next.chord)*(1-1e-12)-1e-6)) {
			return
		}
	}
}

// reach is a node that waits to be visited, with the chord below which none of its rows lies.
type reach struct {
	chord    float64
	node, lo int
}

func (t *Trie) reached(i, lo int, v vector) reach {
	n := &t.nodes[i]
	return reach{chord: max(0, math.Sqrt(n.squared(v))-float64(n.r)-slack), node: i, lo: lo}
}

// frontier is a binary heap with the nearest node on top; on equal chords the earlier, so that the order never varies.
type frontier []reach

func (f frontier) before(i, j int) bool {
	if f[i].chord != f[j].chord {
		return f[i].chord < f[j].chord
	}
	return f[i].node < f[j].node
}

func (f *frontier) push(r reach) {
	*f = append(*f, r)
	h := *f
	for i := len(h) - 1; i > 0 && h.before(i, (i-1)/2); i = (i - 1) / 2 {
		h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
	}
}

func (f *frontier) pop() reach {
	h := *f
	top, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	*f = h
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < last; child++ {
			if h.before(child, least) {
				least = child
			}
		}
		if least == i {
			return top
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
}
