package gaps

import (
	"slices"

	"rabta/matching/trades"
)

// groups is the tree of trades: all of them, the major groups of ISCO-08 (the first digit of a trade's unit group), their minor groups
// (the first three digits), and the trades. Nodes are numbered from the root, each before what it holds.
type groups struct {
	nodes   []group
	ofTrade []int32 // node of each trade
	byName  map[string]int32
}

type group struct {
	name     string // "all", "isco-7", "isco-741", or a trade's slug
	parent   int32  // -1 for the root
	children []int32
	trades   []uint16 // of all trades in it, rising
}

// AllTrades names the group of every trade; a group of ISCO-08 is named "isco-" and its first one or three digits.
const (
	AllTrades  = "all"
	iscoPrefix = "isco-"
)

func newGroups(c *trades.Catalogue) *groups {
	g := &groups{byName: make(map[string]int32), ofTrade: make([]int32, c.Len())}
	g.add(AllTrades, -1)
	for n, t := range c.All() {
		at := int32(0)
		for _, digits := range [...]int{1, 3} {
			if len(t.ISCO) >= digits {
				at = g.under(at, iscoPrefix+t.ISCO[:digits])
			}
		}
		at = g.under(at, t.Slug)
		g.ofTrade[n] = at
		for up := at; up >= 0; up = g.nodes[up].parent {
			g.nodes[up].trades = append(g.nodes[up].trades, uint16(n))
		}
	}
	return g
}

func (g *groups) under(parent int32, name string) int32 {
	if at, ok := g.byName[name]; ok {
		return at
	}
	at := g.add(name, parent)
	g.nodes[parent].children = append(g.nodes[parent].children, at)
	return at
}

func (g *groups) add(name string, parent int32) int32 {
	at := int32(len(g.nodes))
	g.nodes = append(g.nodes, group{name: name, parent: parent})
	g.byName[name] = at
	return at
}

// Groups lists the names by which a table can be asked for: AllTrades, the groups of ISCO-08 that have trades, and the trades' slugs.
func Groups(c *trades.Catalogue) []string {
	g := newGroups(c)
	names := make([]string, len(g.nodes))
	for i, n := range g.nodes {
		names[i] = n.name
	}
	slices.Sort(names)
	return names
}
