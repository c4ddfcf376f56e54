package gaps

import (
	"cmp"
	"math"
	"slices"
)

// pair is one market, a trade in a place, with its people and vacancies.
type pair struct {
	trade, place string
	u, v         int64
}

// mismatch is how badly people and vacancies are spread over markets; both indexes are 0 when the two are spread alike, and 1 when no
// market has both.
type mismatch struct {
	apart float64 // half the sum of |u/U - v/V|: the share of people in the wrong market (Jackman and Roper 1987)
	lost  float64 // 1 - sum of sqrt(v/V u/U): the share of hires lost to it (Şahin, Song, Topa and Violante 2014)

	byTrade float64 // what of lost is between trades, and what between places of a trade: they add up to lost
	byPlace float64
}

// mismatchOf computes the indexes over markets in any order; false without people or without vacancies. The hires that are not lost,
// 1 - lost, are those of the spread over trades times those within trades (and likewise places first): the loss is divided by the
// mean of the two orders of the logarithms, which is their Shapley value.
func mismatchOf(markets []pair) (mismatch, bool) {
	var u, v int64
	for _, m := range markets {
		u, v = u+m.u, v+m.v
	}
	if u == 0 || v == 0 {
		return mismatch{}, false
	}
	var m mismatch
	joint := merged(markets, func(p pair) pair { return p })
	for _, p := range joint {
		m.apart += math.Abs(float64(p.u)/float64(u)-float64(p.v)/float64(v)) / 2
	}
	kept := keptOf(joint, u, v)
	m.apart, m.lost = min(1, m.apart), 1-kept
	trades := keptOf(merged(markets, func(p pair) pair { p.place = ""; return p }), u, v)
	places := keptOf(merged(markets, func(p pair) pair { p.trade = ""; return p }), u, v)
	m.byTrade, m.byPlace = divideLoss(m.lost, kept, trades, places)
	return m, true
}

// divideLoss shares a loss out by the logarithms; in halves where nothing is kept at all.
func divideLoss(lost, kept, trades, places float64) (byTrade, byPlace float64) {
	all := -math.Log(kept)
	switch {
	case kept == 0:
		return lost / 2, lost / 2
	case all <= 0:
		return 0, 0
	}
	byTrade = lost * ((-math.Log(trades) + (all + math.Log(places))) / 2 / all)
	return byTrade, lost - byTrade
}

// keptOf gives the share of hires that are left by a spread.
func keptOf(markets []pair, u, v int64) float64 {
	kept := 0.0
	for _, p := range markets {
		kept += math.Sqrt(float64(p.u) / float64(u) * (float64(p.v) / float64(v)))
	}
	return min(1, kept)
}

// merged adds up the markets that a key leaves alike, in the order of the key.
func merged(markets []pair, key func(pair) pair) []pair {
	keyed := make([]pair, len(markets))
	for i, m := range markets {
		keyed[i] = key(m)
	}
	slices.SortFunc(keyed, func(a, b pair) int { return cmp.Or(cmp.Compare(a.trade, b.trade), cmp.Compare(a.place, b.place)) })
	sums := keyed[:0]
	for _, m := range keyed {
		if n := len(sums); n > 0 && sums[n-1].trade == m.trade && sums[n-1].place == m.place {
			sums[n-1].u, sums[n-1].v = sums[n-1].u+m.u, sums[n-1].v+m.v
			continue
		}
		sums = append(sums, m)
	}
	return sums
}
