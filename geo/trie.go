package geo

import (
	"math"
	"math/bits"
	"slices"
)

// Trie narrows a circle to whole spans of rows sorted by cell. Its nodes are the runs of rows below a common H3 ancestor, each
// with a cap that bounds the points inside (not the ancestor's hexagon, out of which its descendants stick). It is immutable,
// holds no pointers, takes about 4 bytes a row, and is safe for concurrent use.
//
// Caps and circles are compared by chord, the straight distance through a sphere of radius 1: it needs no trigonometry at a
// node, obeys the triangle inequality, and keeps its precision from millimetres to the antipodes.
type Trie struct {
	nodes []node // in preorder
	rows  int
}

// node is a run of rows. Its first row is where the previous node in preorder that is not an ancestor ends.
type node struct {
	x, y, z float32 // centre of the cap, near the unit sphere
	r       float32 // chord from the centre within which all points of the run lie, rounded up
	end     uint32  // one past its last row
	skip    uint32  // the node after its descendants; the next index for a leaf
}

const (
	// leafRows is the number of rows that are cheaper to test one by one than to divide.
	leafRows = 24
	// slack is the chord (6 micrometres) by which a cap must clear a circle. Distance and the chord of two points each carry
	// rounding errors of some 1e-15, a thousand times less.
	slack = 1e-12
)

type vector struct{ x, y, z float64 }

func (p Point) vector() vector {
	const rad = math.Pi / 180
	sinLat, cosLat := math.Sincos(p.Lat * rad)
	sinLon, cosLon := math.Sincos(p.Lon * rad)
	return vector{cosLat * cosLon, cosLat * sinLon, sinLat}
}

// chordOf turns metres on the sphere into a chord.
func chordOf(metres float64) float64 {
	return 2 * math.Sin(min(metres/(2*EarthRadius), math.Pi/2))
}

// metresOf turns a chord into metres on the sphere.
func metresOf(chord float64) float64 {
	return 2 * EarthRadius * math.Asin(min(1, chord/2))
}

// NewTrie builds the trie of rows: row i lies in cells[i] at points[i]. All cells have one resolution and ascend; there are fewer
// than 2^32 rows. It keeps neither slice, and panics when they break these rules, since every later answer would be wrong.
func NewTrie(cells []Cell, points []Point) *Trie {
	if len(cells) != len(points) || uint64(len(cells)) > math.MaxUint32 {
		panic("geo: a trie needs one point for each cell, and fewer than 2^32 of them")
	}
	vectors := make([]vector, len(points))
	for i, p := range points {
		if i > 0 && (cells[i] < cells[i-1] || cells[i].Resolution() != cells[0].Resolution()) {
			panic("geo: the cells of a trie ascend and have one resolution")
		}
		vectors[i] = p.vector()
	}
	b := builder{cells: cells, vectors: vectors}
	if len(cells) > 0 {
		b.build(0, len(cells))
	}
	return &Trie{nodes: slices.Clip(b.nodes), rows: len(cells)}
}

// Len gives the number of rows.
func (t *Trie) Len() int { return t.rows }

type builder struct {
	cells   []Cell
	vectors []vector
	nodes   []node
}

// build appends the node of rows [lo, hi) and its descendants. The children are the runs at the first resolution at which the rows
// part, so that a level with a single child makes no node.
func (b *builder) build(lo, hi int) {
	at := len(b.nodes)
	b.nodes = append(b.nodes, capOf(b.vectors[lo:hi]))
	// The rows ascend, so the first and the last differ at the highest bit at which any two do.
	if differ := b.cells[lo] ^ b.cells[hi-1]; differ != 0 && hi-lo > leafRows {
		shift := partShift(differ)
		for from := lo; from < hi; {
			to := runEnd(b.cells, from, hi, shift)
			b.build(from, to)
			from = to
		}
	}
	b.nodes[at].end = uint32(hi)
	b.nodes[at].skip = uint32(len(b.nodes))
}

// partShift gives the bits below the coarsest digit that differs; differ is the exclusive or of two cells of one resolution.
func partShift(differ Cell) uint {
	top := uint(bits.Len64(uint64(differ)) - 1)
	return min(top-top%3, digitShift(0)) // above the digits lie the seven bits of the base cell, taken as one
}

// runEnd gives the end of the run from row from, at most hi, whose cells agree above shift, by galloping and then halving.
func runEnd(cells []Cell, from, hi int, shift uint) int {
	prefix := cells[from] >> shift
	step := 1
	for from+step < hi && cells[from+step]>>shift == prefix {
		step *= 2
	}
	lo, end := from+step/2, min(from+step, hi)
	for lo+1 < end {
		if mid := int(uint(lo+end) / 2); cells[mid]>>shift == prefix {
			lo = mid
		} else {
			end = mid
		}
	}
	return end
}

// capOf bounds the vectors (at least one): the middle of their box, rounded to float32, and the farthest of them from just there.
func capOf(vectors []vector) node {
	lo, hi := vectors[0], vectors[0]
	for _, v := range vectors[1:] {
		lo = vector{min(lo.x, v.x), min(lo.y, v.y), min(lo.z, v.z)}
		hi = vector{max(hi.x, v.x), max(hi.y, v.y), max(hi.z, v.z)}
	}
	n := node{x: float32((lo.x + hi.x) / 2), y: float32((lo.y + hi.y) / 2), z: float32((lo.z + hi.z) / 2)}
	farthest := 0.0
	for _, v := range vectors {
		farthest = max(farthest, n.squared(v))
	}
	n.r = math.Nextafter32(float32(math.Sqrt(farthest)+slack), 4)
	return n
}

// squared is the squared chord from v to the centre of the cap.
func (n *node) squared(v vector) float64 {
	dx, dy, dz := v.x-float64(n.x), v.y-float64(n.y), v.z-float64(n.z)
	return dx*dx + dy*dy + dz*dz
}

// Within visits disjoint, ascending spans of rows [lo, hi) that together hold every row at a Distance of at most radius metres from
// center. Where inside is true all rows of the span are that near; otherwise each is still to be tested with Distance. Nothing is
// visited when radius is negative or not a number. It allocates nothing.
func (t *Trie) Within(center Point, radius float64, visit func(lo, hi int, inside bool)) {
	if !(radius >= 0) {
		return
	}
	v, reach := center.vector(), chordOf(radius)
	lo := 0 // first row of the node at hand
	var from, to int
	var sure bool // the span not yet visited: its neighbours may join it
	for i := 0; i < len(t.nodes); {
		n := &t.nodes[i]
		d2, r := n.squared(v), float64(n.r)
		end := int(n.end)
		near, far := reach-r-slack, reach+r+slack
		inside := near > 0 && d2 < near*near
		switch {
		case d2 > far*far:
			lo, i = end, int(n.skip)
			continue
		case !inside && int(n.skip) != i+1:
			i++ // into its children
			continue
		}
		if to != lo || sure != inside {
			if from < to {
				visit(from, to, sure)
			}
			from, sure = lo, inside
		}
		lo, to, i = end, end, int(n.skip)
	}
	if from < to {
		visit(from, to, sure)
	}
}
