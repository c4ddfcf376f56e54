package gaps

import (
	"math/bits"
	"slices"
	"sync"
)

// Frame fixes, from one day's table, how places are arranged for publishing and what may be told apart, for the days that follow (a
// quarter, say). Under one frame a later day never opens what the first day closed, nor chooses anew whom to close beside a small
// group: so the tables of two days, taken together, tell no more of people who stayed than the frame does. Who knows from elsewhere
// that nobody else came or went between two days can still subtract; no rule of a least count can stop that.
type Frame struct {
	groups *groups
	tree   *placeTree
	size   uint8 // binary digits of the number of people that it was drawn for
	base   [populations]*decision
}

// population is a set of people that is counted.
type population uint8

// The populations, each with the columns that count it: one of people by trade; or some of them and the others, women and men say, told apart
// for all trades only.
const (
	bySearch population = iota
	byOther
	byMatch
	byInterview
	byHire
	bySearchSex
	byMatchSex
	byInterviewSex
	byHireSex
	byReach   // people without work in reach, and others
	byWaiting // people who have searched for 90 days, and others
	populations
)

// of gives the columns of a population: everybody, and those among them who are told apart, such as women (-1: nobody is).
func (p population) of() (all, some int) {
	switch p {
	case bySearch:
		return people, -1
	case byOther:
		return others, -1
	case byMatch:
		return matched, -1
	case byInterview:
		return interviewed, -1
	case byHire:
		return hired, -1
	case bySearchSex:
		return people, women
	case byMatchSex:
		return matched, matchedWomen
	case byInterviewSex:
		return interviewed, interviewedWomen
	case byReach:
		return people, unreached
	case byWaiting:
		return people, waiting90
	}
	return hired, hiredWomen
}

// NewFrame draws a frame from a table.
func NewFrame(t *Table) *Frame {
	f := &Frame{groups: t.groups, size: sizeOf(t)}
	sums := make([]int64, len(t.areas)) // of people
	for trade, s := range t.sheets {
		for i := range s.atoms {
			sums[t.at[trade][i]] += s.tallies[i][people]
		}
	}
	atoms := make([]weighed, 0, len(t.areas))
	for i, p := range t.areas {
		if p.atom != 0 {
			atoms = append(atoms, weighed{p, sums[i]})
		}
	}
	f.tree = newPlaceTree(atoms)
	leaves, _ := f.leaves(t)
	f.base = f.decideAll(t, leaves, [populations]*decision{})
	return f
}

// sizeOf gives the binary digits of the number of people of a table.
func sizeOf(t *Table) uint8 {
	var n int64
	for _, s := range t.sheets {
		for i := range s.tallies {
			n += s.tallies[i][people]
		}
	}
	return uint8(bits.Len64(uint64(n)))
}

// Fits tells whether a table may be published under the frame: it is of the same trades, with the same units around the atoms that both
// know. Where it is not, a place that the frame has may hold fewer people in the table than were counted.
func (f *Frame) Fits(t *Table) bool {
	if !slices.EqualFunc(f.groups.nodes, t.groups.nodes, func(a, b group) bool { return a.name == b.name }) {
		return false
	}
	for _, p := range t.areas {
		if leaf, ok := f.tree.leafOf[p.atom]; ok && f.tree.order[leaf].area != p.area {
			return false
		}
	}
	return true
}

// Outgrown tells whether the market has grown past the next power of two since the frame was drawn: from there on it hides more than it must.
func (f *Frame) Outgrown(t *Table) bool { return sizeOf(t) > f.size }

// leaves gives the leaf of each atom of the table (in the order of t.areas), and which are late.
func (f *Frame) leaves(t *Table) (leaves []int32, late []bool) {
	leaves, late = make([]int32, len(t.areas)), make([]bool, len(t.areas))
	for i, p := range t.areas {
		leaves[i], late[i] = -1, false
		if p.atom != 0 {
			leaves[i], late[i] = f.tree.leaf(p)
		}
	}
	return leaves, late
}

// decideAll makes the decisions of all populations, side by side.
func (f *Frame) decideAll(t *Table, leaves []int32, base [populations]*decision) (all [populations]*decision) {
	var wait sync.WaitGroup
	for p := range populations {
		wait.Go(func() { all[p] = f.decide(p, t, leaves, base[p]) })
	}
	wait.Wait()
	return all
}

// decide makes the decision of a population for a table.
func (f *Frame) decide(p population, t *Table, leaves []int32, base *decision) *decision {
	all, some := p.of()
	if some < 0 {
		return newDecision(f.groups, f.tree, base, f.count(t, leaves, len(f.groups.nodes), func(r *tally) int64 { return r[all] }))
	}
	return newDecision(f.groups, f.tree, base,
		f.count(t, leaves, 1, func(r *tally) int64 { return r[some] }),
		f.count(t, leaves, 1, func(r *tally) int64 { return r[all] - r[some] }))
}

// count gives the counts of the first so many groups.
func (f *Frame) count(t *Table, leaves []int32, n int, value func(*tally) int64) []counts {
	byLeaf := make([]map[int32]int64, n)
	for g := range byLeaf {
		byLeaf[g] = make(map[int32]int64)
	}
	for trade, s := range t.sheets {
		for i := range s.atoms {
			v, leaf := value(&s.tallies[i]), leaves[t.at[trade][i]]
			if v == 0 || leaf < 0 {
				continue
			}
			for g := f.groups.ofTrade[trade]; g >= 0; g = f.groups.nodes[g].parent {
				if int(g) < n {
					byLeaf[g][leaf] += v
				}
			}
		}
	}
	all := make([]counts, n)
	for g := range all {
		all[g] = newCounts(byLeaf[g])
	}
	return all
}
