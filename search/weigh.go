package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// weigh gives each word its weight: by how few trades it names, as in inverse document frequency, and less for everyday words.
func (b *bearing) weigh(l *lexicon) {
	parts := make([]map[uint16]float32, len(b.words))
	alone := make([]bool, len(b.words)) // a name by itself
	for i, n := range b.names {
		for at, w := range n.words {
			b.words[w].named = append(b.words[w].named, place{int32(i), uint8(at)})
			if parts[w] == nil {
				parts[w] = make(map[uint16]float32)
			}
			lone := float32(1)
			if len(n.words) == 1 {
				lone = 5
				alone[w] = true
			}
			if b.common[b.words[w].text] && !(n.shared && len(n.words) == 1) {
				lone *= besideShared // the table of shared words says whose it is
			}
			for _, t := range n.trades {
				parts[w][t.trade] += t.part * lone
				b.words[w].groups.add(b.group[t.trade])
			}
		}
	}
	parts = b.pooled(parts)
	b.lone = make([][]share, len(b.words))
	all := math.Log(float64(len(b.slugs)) + 1)
	for i := range b.words {
		w := &b.words[i]
		if len(parts[i]) == 0 || l.empty(w.text) {
			continue
		}
		var sum, most float32
		for _, trade := range slices.Sorted(maps.Keys(parts[i])) {
			p := parts[i][trade]
			sum, most = sum+p, max(most, p)
		}
		// As many trades as the likeliest one's share says: 4 names of one trade and 1 of another are little more than one trade.
		spread := float64(sum / most)
		w.weight = float32(max(0.12, 1-math.Log(spread)/all))
		switch {
		case w.class&ofTalk != 0:
			w.weight *= talkWeight
		case w.common && !alone[i]:
			w.weight *= commonWeight
		}
		for trade, p := range parts[i] {
			b.lone[i] = append(b.lone[i], share{trade, p / sum})
		}
		slices.SortFunc(b.lone[i], func(x, y share) int {
			return cmp.Or(cmp.Compare(y.part, x.part), cmp.Compare(x.trade, y.trade))
		})
		b.lone[i] = b.lone[i][:min(maxTrades, len(b.lone[i]))]
	}
	b.total()
}

// besideShared is what a name counts for a word of it that is by itself one that many trades share.
const besideShared = 0.3

// commonWeight is what a word that is said in talk too counts for a trade, where it is no name by itself.
const commonWeight = 0.5

// pooled adds to what each word says what its other spellings say, so that a rare spelling (kichen) means what the usual one does.
func (b *bearing) pooled(parts []map[uint16]float32) []map[uint16]float32 {
	pooled := make([]map[uint16]float32, len(parts))
	for i, own := range parts {
		if len(own) == 0 {
			continue
		}
		pooled[i] = maps.Clone(own)
		for _, a := range b.words[i].alike {
			if int(a.word) == i || a.fit < samePool {
				continue
			}
			for trade, p := range parts[a.word] {
				pooled[i][trade] += p * a.fit
			}
		}
	}
	return pooled
}

// samePool is how near another spelling must be to be the same word.
const samePool = 0.85

// total adds up the weights of each name's words, and makes the gists of all names.
func (b *bearing) total() {
	for i := range b.names {
		n := &b.names[i]
		for at, w := range n.words {
			if b.words[w].weight > 0 {
				n.counts |= 1 << at
				n.total += b.words[w].weight
			}
		}
		n.exact = n.total < exactBelow
		b.gists = append(b.gists, gist{total: n.total, from: uint32(len(b.shares)), count: uint16(len(n.trades)),
			all: 1<<len(n.words) - 1, exact: n.exact, shared: n.shared})
		b.shares = append(b.shares, n.trades...)
	}
}
