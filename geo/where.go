package geo

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"
)

// nearby is the places of one level, as rows of a trie.
type nearby struct {
	trie   *Trie
	places []int32 // of each row
}

// newNearby builds it over points, each of which stands for a place (by index). The points lie in the box.
func newNearby(points []Point, places []int32) nearby {
	type row struct {
		cell  Cell
		point Point
		place int32
	}
	all := make([]row, 0, len(points))
	for i, p := range points {
		if c, err := CellAt(p, HomeResolution); err == nil {
			all = append(all, row{c, p, places[i]})
		}
	}
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Compare(a.cell, b.cell) })
	cells, sorted, of := make([]Cell, len(all)), make([]Point, len(all)), make([]int32, len(all))
	for i, r := range all {
		cells[i], sorted[i], of[i] = r.cell, r.point, r.place
	}
	return nearby{trie: NewTrie(cells, sorted), places: of}
}

// nearbyByLevel indexes the places that exist still.
func nearbyByLevel(places []Place) map[Level]nearby {
	index := make(map[Level]nearby)
	for _, level := range Levels() {
		var points []Point
		var of []int32
		for i, p := range places {
			if p.Level == level && p.Until == "" {
				points, of = append(points, p.Point), append(of, int32(i))
			}
		}
		index[level] = newNearby(points, of)
	}
	return index
}

// Near is a place and its Distance in metres.
type Near struct {
	Place  Place
	Metres float64
}

// Nearest gives the k places of the levels (of any level when none is named) that are nearest to p, the nearest first, the larger first at
// one distance. Places that have ended are left out.
func (g *Gazetteer) Nearest(p Point, levels []Level, k int) []Near {
	if len(levels) == 0 {
		levels = Levels()
	}
	best := nearest{k: k}
	for _, level := range levels {
		of, ok := g.byLevel[level]
		if !ok || slices.Contains(best.levels, level) {
			continue
		}
		best.levels = append(best.levels, level)
		best.search(p, of, func(i int32) Point { return g.places[i].Point })
	}
	found := make([]Near, len(best.hits))
	for i, h := range best.hits {
		found[i] = Near{Place: g.places[h.place], Metres: h.metres}
	}
	return found
}

// nearest keeps the k nearest places met so far, in order.
type nearest struct {
	k      int
	levels []Level
	hits   []hit
}

type hit struct {
	metres float64
	place  int32
}

// search offers every place of the index that may be among the nearest.
func (n *nearest) search(p Point, in nearby, at func(place int32) Point) {
	if n.k <= 0 {
		return
	}
	in.trie.Outward(p, func(lo, hi int, atLeast float64) bool {
		if len(n.hits) == n.k && atLeast > n.hits[n.k-1].metres {
			return false
		}
		for _, place := range in.places[lo:hi] {
			n.offer(hit{Distance(p, at(place)), place})
		}
		return true
	})
}

func (n *nearest) offer(h hit) {
	at, _ := slices.BinarySearchFunc(n.hits, h, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.metres, b.metres), cmp.Compare(a.place, b.place))
	})
	if at == n.k {
		return
	}
	if len(n.hits) == n.k {
		n.hits = n.hits[:n.k-1]
	}
	n.hits = slices.Insert(n.hits, at, h)
}

// districtArea is which cells each district consists of.
type districtArea struct {
	cells       []Cell // ascending, of several resolutions
	districts   []int32
	resolutions []int // those that occur, the finest first
	outside     func() outsideCells
}

// outsideCells finds the nearest cell for a point that lies in none. Few points do, so it is made at the first of them: it takes most
// of the time that a gazetteer takes.
type outsideCells struct {
	centres []Point
	near    nearby // its places are indices of cells
}

func newOutsideCells(cells []Cell) outsideCells {
	o := outsideCells{centres: make([]Point, len(cells))}
	indices := make([]int32, len(cells))
	for i, c := range cells {
		o.centres[i], indices[i] = c.Center(), int32(i)
	}
	o.near = newNearby(o.centres, indices)
	return o
}

func newDistrictArea(g *Gazetteer, districtCells map[string][]uint64) (districtArea, error) {
	type claim struct {
		cell     Cell
		district int32
	}
	var claims []claim
	var faults []error
	for id, cells := range districtCells {
		i, known := g.byID[id]
		if !known || g.places[i].Level != LevelDistrict {
			faults = append(faults, fmt.Errorf("cells are given for %q, which is no district", id))
			continue
		}
		for _, c := range cells {
			if !Cell(c).Valid() {
				faults = append(faults, fmt.Errorf("district %q has %x, which is no cell", id, c))
				continue
			}
			claims = append(claims, claim{Cell(c), i})
		}
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(a.district, b.district))
	})
	var area districtArea
	for i, c := range claims {
		if i > 0 && claims[i-1].cell == c.cell {
			faults = append(faults, fmt.Errorf("cell %v belongs to %q and to %q", c.cell,
				g.places[claims[i-1].district].ID, g.places[c.district].ID))
		}
		area.cells, area.districts = append(area.cells, c.cell), append(area.districts, c.district)
		if res := c.cell.Resolution(); !slices.Contains(area.resolutions, res) {
			area.resolutions = append(area.resolutions, res)
		}
	}
	slices.SortFunc(area.resolutions, func(a, b int) int { return b - a })
	cells := area.cells
	area.outside = sync.OnceValue(func() outsideCells { return newOutsideCells(cells) })
	return area, invalid(faults)
}

// at gives the district of the cell that holds p; where none does, of the cell whose centre is nearest. ok is false when there
// are no cells.
func (a *districtArea) at(p Point) (district int32, ok bool) {
	if len(a.cells) == 0 {
		return 0, false
	}
	if c, err := CellAt(p, a.resolutions[0]); err == nil {
		for _, res := range a.resolutions {
			if i, found := slices.BinarySearch(a.cells, c.Parent(res)); found {
				return a.districts[i], true
			}
		}
	}
	best, outside := nearest{k: 1}, a.outside()
	best.search(p, outside.near, func(i int32) Point { return outside.centres[i] })
	if len(best.hits) == 0 {
		return 0, false
	}
	return a.districts[best.hits[0].place], true
}

// District gives the district that holds p: by its cells; for a point in none the district of the nearest cell; without any cells the
// district of the nearest place that has one. It is false only when p is outside the box or there is no district at all.
func (g *Gazetteer) District(p Point) (Place, bool) {
	if !p.InBox() {
		return Place{}, false
	}
	if i, ok := g.areas.at(p); ok {
		return g.places[i], true
	}
	return g.nearestUnit(p, LevelDistrict)
}

// Province gives the province of p's district; where there is none, of the nearest place that has one. It is false only when p is outside
// the box or there is no province at all.
func (g *Gazetteer) Province(p Point) (Place, bool) {
	if !p.InBox() {
		return Place{}, false
	}
	if i, ok := g.areas.at(p); ok {
		if province, ok := g.within(i, LevelProvince); ok {
			return province, true
		}
	}
	return g.nearestUnit(p, LevelProvince)
}

// nearestUnit gives the unit of a level that holds the nearest place which lies in any. Small places are asked first: the nearest
// village says more about a border than the seats of two districts.
func (g *Gazetteer) nearestUnit(p Point, level Level) (Place, bool) {
	best, least := Place{}, math.Inf(1)
	for _, l := range slices.Backward(Levels()) {
		if l.rank() < level.rank() {
			break
		}
		in := g.byLevel[l]
		in.trie.Outward(p, func(lo, hi int, atLeast float64) bool {
			for _, i := range in.places[lo:hi] {
				if unit, ok := g.within(i, level); ok {
					if d := Distance(p, g.places[i].Point); d < least {
						best, least = unit, d
					}
				}
			}
			return atLeast < least
		})
	}
	return best, !math.IsInf(least, 1)
}
