package gaps

import (
	"cmp"
	"slices"

	"rabta/geo"
)

// placeTree arranges atoms so that every unit and every part of a cell within a tehsil is one run of leaves: country, province,
// division, district, tehsil, then cells of resolution 4 to 7. What is published is decided split by split: a split parts one
// child of a place from those that come after it, and children come by falling number of people, so that small ones end together.
type placeTree struct {
	leafOf map[geo.Cell]int32
	last   map[Area]lastLeaf // by the units of a tehsil, of a district, and so on to the country (whose smaller units are empty)
	nodes  []placeNode       // the root first
	parts  map[Level]map[string][]int32
	order  []placed // atoms by leaf
	leaves int32
	splits int32
	kept   bool // children stay in the order of their first atoms
}

// lastLeaf is the last leaf of a unit, with its atom. Atoms that are first seen after the tree was drawn are counted with the last of the
// smallest unit that the tree knows of theirs.
type lastLeaf struct {
	leaf int32
	placed
}

// placeNode is a place: a run of leaves, and its children in order.
type placeNode struct {
	lo, hi   int32
	children []int32
	split    int32 // the number of the split before its first child's end; the next ones follow
}

// weighed is an atom with its people.
type weighed struct {
	placed
	n int64
}

// depths lists what parts an atom's place at each depth of the tree below the country.
var depths = [...]Level{Province, Division, District, Tehsil, Cell4, Cell5, Cell6, Cell7}

// newPlaceTree arranges atoms. A cell that has no row of any kind is not among them: that nobody is there may show.
func newPlaceTree(atoms []weighed) *placeTree {
	return plant(atoms, false)
}

// plant arranges atoms by their people, or as they stand in the order of another tree.
func plant(atoms []weighed, kept bool) *placeTree {
	t := &placeTree{leafOf: make(map[geo.Cell]int32), last: make(map[Area]lastLeaf), parts: make(map[Level]map[string][]int32), kept: kept}
	for _, l := range Levels {
		t.parts[l] = make(map[string][]int32)
	}
	t.grow(atoms, 0)
	t.parts[Country][Pakistan] = []int32{0}
	return t
}

// grow adds the place of the atoms, whose children are parted by depths[depth], and gives its number.
func (t *placeTree) grow(atoms []weighed, depth int) int32 {
	at := int32(len(t.nodes))
	t.nodes = append(t.nodes, placeNode{lo: t.leaves})
	if depth == len(depths) {
		a := atoms[0].placed
		t.leafOf[a.atom] = t.leaves
		t.order = append(t.order, a)
		for _, unit := range a.area.chain() {
			t.last[unit] = lastLeaf{t.leaves, a} // the later ones replace it
		}
		t.leaves++
	} else {
		for _, c := range t.parted(atoms, depths[depth]) {
			child := t.grow(c.atoms, depth+1)
			t.nodes[at].children = append(t.nodes[at].children, child)
			t.parts[depths[depth]][c.name] = append(t.parts[depths[depth]][c.name], child)
		}
		t.nodes[at].split = t.splits
		t.splits += int32(len(t.nodes[at].children))
	}
	t.nodes[at].hi = t.leaves
	return at
}

// chain gives an area and the larger units that hold it, the country last.
func (a Area) chain() []Area {
	return []Area{a, {District: a.District, Division: a.Division, Province: a.Province}, {Division: a.Division, Province: a.Province},
		{Province: a.Province}, {}}
}

// part is the atoms of one child.
type part struct {
	name  string
	atoms []weighed
	n     int64
}

// parted divides atoms by their places of a level, those of most people first, then by name; or in the order in which they come.
func (t *placeTree) parted(atoms []weighed, level Level) []part {
	index := make(map[string]int)
	var all []part
	for _, a := range atoms {
		name := level.name(a.atom, a.area)
		i, known := index[name]
		if !known {
			i = len(all)
			index[name] = i
			all = append(all, part{name: name})
		}
		all[i].atoms, all[i].n = append(all[i].atoms, a), all[i].n+a.n
	}
	if t.kept {
		return all
	}
	slices.SortFunc(all, func(a, b part) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name)) })
	return all
}

// leaf gives the leaf of an atom, and whether it is late; -1 in a tree without leaves.
func (t *placeTree) leaf(p placed) (leaf int32, late bool) {
	if leaf, ok := t.leafOf[p.atom]; ok {
		return leaf, false
	}
	l, _ := t.lastOf(p.area)
	return l.leaf, true
}

// lastOf gives the last leaf of the smallest unit of an area that the tree knows, and the levels of that unit and of those that hold it.
func (t *placeTree) lastOf(area Area) (lastLeaf, []Level) {
	levels := []Level{Tehsil, District, Division, Province, Country}
	for i, unit := range area.chain() {
		if l, ok := t.last[unit]; ok {
			return l, levels[i:]
		}
	}
	return lastLeaf{leaf: -1}, nil
}

// counts is the people of one group of trades by leaf.
type counts struct {
	leaf []int32 // ascending
	upTo []int64 // upTo[i] is the sum before leaf[i]; one more at the end
}

// newCounts sums people by leaf.
func newCounts(byLeaf map[int32]int64) counts {
	c := counts{upTo: []int64{0}}
	for leaf, n := range byLeaf {
		if n > 0 {
			c.leaf = append(c.leaf, leaf)
		}
	}
	slices.Sort(c.leaf)
	for _, leaf := range c.leaf {
		c.upTo = append(c.upTo, c.upTo[len(c.upTo)-1]+byLeaf[leaf])
	}
	return c
}

// in gives the people in a run of leaves.
func (c *counts) in(lo, hi int32) int64 {
	from, _ := slices.BinarySearch(c.leaf, lo)
	to, _ := slices.BinarySearch(c.leaf[from:], hi)
	return c.upTo[from+to] - c.upTo[from]
}
