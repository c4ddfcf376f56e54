package gaps

import (
	"cmp"
	"slices"
)

// Which counts of people may be published is decided over two trees, of trades and of places. The count of a group in a place is known
// when the group is open at every split of places above it. A group is open at a split when
//
//   - what holds it is open there, and its own count in the place that is split is known;
//   - it has at least Threshold people on either side;
//   - those of its sisters that are not open have, together, at least Threshold people on either side; where they have not, the
//     smallest open sisters are closed as well (complementary suppression). A closed sister may well have nobody: zero is a count
//     under Threshold too.
//
// Why nothing can be worked out: below a split at which sisters are closed, the attacker knows the closed ones' sums before the split,
// each at least Threshold (those not known even there count as one), and what is left for them on either side, at least
// Threshold too. Any table with these sums on its two rims is possible, so each closed sister can have Threshold people or more on
// either side; and so on down the tree, since what is closed stays closed and can be filled in any way.
//
// Women (and those who wait, and those without work in reach) are known under the same rule for women and for others alike, only where all people are, and never by trade: given any filling of
// the counts of all, women can be told off in any way that keeps their sums.
type decision struct {
	known  []map[int32]bool // by group: places whose count is known
	opened []map[int32]bool // by group: splits at which it is open
}

// decider makes a decision over counts.
type decider struct {
	groups *groups
	tree   *placeTree
	counts [][]counts // by layer and group; a group is known only when every layer of it is at least Threshold
	base   *decision  // what may be open at the most; nil: anything
	decision
	isOpen []bool // by group, at the split at hand
}

// newDecision decides. The layers are counted side by side: one for people, two for women and others.
func newDecision(g *groups, tree *placeTree, base *decision, layers ...[]counts) *decision {
	d := &decider{groups: g, tree: tree, counts: layers, base: base, isOpen: make([]bool, len(g.nodes))}
	d.known = make([]map[int32]bool, len(g.nodes))
	d.opened = make([]map[int32]bool, len(g.nodes))
	for i := range g.nodes {
		d.known[i], d.opened[i] = make(map[int32]bool), make(map[int32]bool)
	}
	root := tree.nodes[0]
	known := d.decide([]side{{root.lo, root.hi}}, wholeCountry, nil)
	d.note(0, known)
	d.place(0, known)
	return &d.decision
}

// wholeCountry is the number of the split that comes before all: the country's trades are told apart there, by the same rule.
const wholeCountry = -1

// side is a run of leaves on one side of a split.
type side struct{ lo, hi int32 }

// note marks the groups whose count in a place is known.
func (d *decider) note(place int32, known []int32) {
	for _, g := range known {
		d.known[g][place] = true
	}
}

// place decides the splits of a place in which the counts of some groups are known.
func (d *decider) place(at int32, known []int32) {
	n := &d.tree.nodes[at]
	for i, child := range n.children {
		c := &d.tree.nodes[child]
		if i+1 < len(n.children) {
			known = d.decide([]side{{c.lo, c.hi}, {c.hi, n.hi}}, n.split+int32(i), known)
		}
		if len(known) == 0 {
			return
		}
		d.note(child, known)
		d.place(child, known)
	}
}

// decide gives the groups that are open at a split, among those known before it (all, when known is nil), parents first.
func (d *decider) decide(sides []side, split int32, known []int32) []int32 {
	may := func(g int32) bool {
		if split != wholeCountry {
			if _, found := slices.BinarySearch(known, g); !found {
				return false
			}
		}
		return (d.base == nil || d.base.opened[g][split]) && d.enough(g, sides)
	}
	if !may(0) {
		return nil
	}
	open := []int32{0}
	for next := 0; next < len(open); next++ {
		parent := open[next]
		sisters := d.groups.nodes[parent].children
		chosen := make([]int32, 0, len(sisters))
		for _, g := range sisters {
			if d.has(g) && may(g) {
				chosen = append(chosen, g)
			}
		}
		open = append(open, d.complement(parent, sisters, chosen, sides)...)
	}
	slices.Sort(open)
	for _, g := range open {
		d.opened[g][split] = true
	}
	return open
}

// has tells whether the group is counted at all: layers of women know all trades only as one.
func (d *decider) has(g int32) bool { return int(g) < len(d.counts[0]) }

// enough tells whether a group has Threshold people on every side, in every layer.
func (d *decider) enough(g int32, sides []side) bool {
	for _, layer := range d.counts {
		for _, s := range sides {
			if layer[g].in(s.lo, s.hi) < Threshold {
				return false
			}
		}
	}
	return true
}

// complement closes the smallest of the chosen sisters until those closed have enough people on every side. Under a base, whose choice
// must not be made anew each day, it closes all of them then.
func (d *decider) complement(parent int32, sisters, chosen []int32, sides []side) []int32 {
	slices.SortFunc(chosen, func(a, b int32) int {
		return cmp.Or(cmp.Compare(d.size(b, sides), d.size(a, sides)), cmp.Compare(a, b))
	})
	for len(chosen) > 0 && len(chosen) < len(sisters) && !d.restEnough(parent, chosen, sides) {
		if d.base != nil {
			return nil
		}
		chosen = chosen[:len(chosen)-1]
	}
	return chosen
}

func (d *decider) size(g int32, sides []side) (n int64) {
	for _, s := range sides {
		n += d.counts[0][g].in(s.lo, s.hi)
	}
	return n
}

func (d *decider) restEnough(parent int32, chosen []int32, sides []side) bool {
	for _, layer := range d.counts {
		for _, s := range sides {
			rest := layer[parent].in(s.lo, s.hi)
			for _, g := range chosen {
				rest -= layer[g].in(s.lo, s.hi)
			}
			if rest < Threshold {
				return false
			}
		}
	}
	return true
}
