package script

import (
	"cmp"
	"math/bits"
	"slices"
)

// This file tells at a glance which signs of words may come next in a look-up: most are passed over, and asking of each whether the
// letters of the query can be it took most of the time.

// signSet is a set of signs.
type signSet [(signs + 63) / 64]uint64

func (set *signSet) add(s sign) { set[s/64] |= 1 << (s % 64) }

func (set *signSet) has(s sign) bool { return set[s/64]&(1<<(s%64)) != 0 }

func (set *signSet) join(other *signSet) {
	for i := range set {
		set[i] |= other[i]
	}
}

// steps holds the signs that a look-up can go past: steps.at[j][l] those past which it comes from letter j of the query at a cost of
// at most level l, by leaving them out or taking them for letters. A level is 1<<shift of cost, so that a wide look-up has no more.
type steps struct {
	at    [longest + 1][levels]signSet
	shift uint8
}

const levels = 20

// ready fills the sets for a query, up to the cost most.
func (s *steps) ready(w *writing, q *query, most int16) {
	s.shift = 0
	for most>>s.shift >= levels {
		s.shift++
	}
	used := int(most>>s.shift) + 1
	for j := range s.at[:q.length+1] {
		clear(s.at[j][:used])
	}
	for end := 1; end <= q.length; end++ {
		for _, g := range q.ending[end][:q.endings[end]] {
			s.put(w, int(g.from), g.sign, 0, most)
		}
	}
	for _, swap := range q.swaps[:q.swapped] {
		s.put(w, int(swap.from), swap.later, swapCost, most)
	}
	for j := range s.at[:q.length+1] {
		at := s.at[j][:used]
		for level := range at {
			if level > 0 {
				at[level].join(&at[level-1])
			}
		}
		for level := range at {
			at[level].join(&w.omits[min((level+1)<<s.shift-1, never)])
		}
	}
}

// put enters the signs that may be written as one of the query, from letter j on, at a cost of more beside their own.
func (s *steps) put(w *writing, j int, of sign, more, most int16) {
	for _, by := range w.writes[of] {
		cost := int16(by.cost) + more
		if cost > most {
			return
		}
		s.at[j][cost>>s.shift].add(by.sign)
	}
}

// from gives the signs past which the row can go within the bound, and where levels are wide a few more.
func (s *steps) from(r *row, bound int16) (set signSet) {
	for live := r.live; live != 0; live &= live - 1 {
		j := bits.TrailingZeros64(live)
		if slack := bound - r.cost[margin+j]; slack >= 0 {
			set.join(&s.at[j][slack>>s.shift])
		}
	}
	return set
}

// writer is a sign, and what it costs to be written as another.
type writer struct {
	sign sign
	cost uint8
}

// passing fills writes and omits, from the costs.
func (w *writing) passing() {
	w.writes = make([][]writer, len(w.names))
	for a := range w.names {
		for b := range w.names {
			w.writes[b] = append(w.writes[b], writer{sign(a), w.cost[a][b]})
		}
		for cost := int(w.omit[a]); cost <= never; cost++ {
			w.omits[cost].add(sign(a))
		}
	}
	for b := range w.writes {
		slices.SortStableFunc(w.writes[b], func(x, y writer) int { return cmp.Compare(x.cost, y.cost) })
	}
}
