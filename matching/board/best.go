package board

import (
	"slices"
	"sort"

	"rabta/matching"
)

// best keeps the first k of the results offered, in the order of matching.Before; a negative k keeps all. The zero value with its
// limit set is ready.
type best[T any] struct {
	k     int
	after *matching.Ranked // results up to and including this one were given before
	kept  []ranked[T]      // in order, unless k is negative
}

type ranked[T any] struct {
	matching.Ranked
	what T
}

// room makes room for k results at once, where k is that of a page.
func (b *best[T]) room() {
	const page = 128
	if b.kept == nil && b.k > 0 && b.k <= page {
		b.kept = make([]ranked[T], 0, b.k)
	}
}

// full tells whether k results are kept, so that another has to be before one of them.
func (b *best[T]) full() bool { return b.k >= 0 && len(b.kept) >= b.k }

// worst is the score of the last of the results, once k are kept: no lower one will be.
func (b *best[T]) worst() (float64, bool) {
	if b.k <= 0 || len(b.kept) < b.k {
		return 0, false
	}
	return b.kept[b.k-1].Score, true
}

// wants tells whether a result of this place would be kept.
func (b *best[T]) wants(at matching.Ranked) bool {
	return b.k != 0 && (b.after == nil || matching.Before(*b.after, at)) && (!b.full() || matching.Before(at, b.kept[b.k-1].Ranked))
}

// mayWant tells whether a result of this score and distance would be kept under one key or another.
func (b *best[T]) mayWant(at matching.Ranked) bool {
	return (b.after == nil || !beyond(at, *b.after)) && b.mayReach(at)
}

// mayReach tells whether a result whose score is at most this one's, at this distance, may be kept.
func (b *best[T]) mayReach(most matching.Ranked) bool {
	return b.k != 0 && (!b.full() || !beyond(b.kept[b.k-1].Ranked, most))
}

// beyond tells whether a comes before b in the order whatever their keys.
func beyond(a, b matching.Ranked) bool {
	return a.Score > b.Score || a.Score == b.Score && a.Metres < b.Metres
}

// offer takes a result into account.
func (b *best[T]) offer(at matching.Ranked, what T) {
	switch {
	case !b.wants(at):
		return
	case b.k < 0:
		b.kept = append(b.kept, ranked[T]{at, what})
		return
	case b.full():
		b.kept = b.kept[:b.k-1]
	}
	b.room()
	n := sort.Search(len(b.kept), func(i int) bool { return matching.Before(at, b.kept[i].Ranked) })
	b.kept = slices.Insert(b.kept, n, ranked[T]{at, what})
}

// list gives what was kept, in order.
func (b *best[T]) list() []ranked[T] {
	if b.k < 0 {
		slices.SortFunc(b.kept, func(x, y ranked[T]) int {
			switch {
			case matching.Before(x.Ranked, y.Ranked):
				return -1
			case matching.Before(y.Ranked, x.Ranked):
				return 1
			}
			return 0
		})
	}
	return b.kept
}
