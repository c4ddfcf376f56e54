package gaps

import (
	"bytes"
	"cmp"
	"slices"
)

// spellDays is how far back demands are counted that tell how long postings stay unfilled.
const spellDays = 365

// survival is the share of demands that stay unfilled, by day since they began: the product-limit estimate of Kaplan and Meier (1958).
// A demand that ended otherwise, or stands open still, counts for as long as it was seen.
type survival struct {
	days  []int // on which any was filled, rising
	share []float64
}

// survivalOf estimates it from spells in any order.
func survivalOf(spells []spell) survival {
	sorted := slices.Clone(spells)
	slices.SortFunc(sorted, func(a, b spell) int { return cmp.Compare(a.days, b.days) })
	var s survival
	left := 1.0
	for i := 0; i < len(sorted); {
		from, filled := i, 0
		for ; i < len(sorted) && sorted[i].days == sorted[from].days; i++ {
			filled += int(count(sorted[i].filled))
		}
		if filled > 0 {
			atRisk := len(sorted) - from
			left *= float64(atRisk-filled) / float64(atRisk)
			s.days, s.share = append(s.days, int(sorted[from].days)), append(s.share, left)
		}
	}
	return s
}

// after gives the share that is unfilled after so many days.
func (s survival) after(days int) float64 {
	left := 1.0
	for i, d := range s.days {
		if d > days {
			break
		}
		left = s.share[i]
	}
	return left
}

// median gives the day by which half are filled; false while more than half stay open.
func (s survival) median() (int, bool) {
	for i, share := range s.share {
		if share <= 0.5 {
			return s.days[i], true
		}
	}
	return 0, false
}

// medianBand gives the middle of bands in any order (the lower one of two) in rupees; 0 of none.
func medianBand(values []uint8) int64 {
	if len(values) == 0 {
		return 0
	}
	var n [bands]int
	for _, v := range values {
		n[v]++
	}
	rest := (len(values) + 1) / 2
	for band, c := range n {
		if rest -= c; rest <= 0 {
			return bandMiddle(uint8(band))
		}
	}
	return 0
}

// employers counts the distinct employers of a region.
func (r *region) employers() int {
	sorted := slices.Clone(r.hirers)
	slices.SortFunc(sorted, func(a, b hirer) int { return bytes.Compare(a.employer[:], b.employer[:]) })
	return len(slices.CompactFunc(sorted, func(a, b hirer) bool { return a.employer == b.employer }))
}
