package board

import (
	"slices"

	"rabta/matching"
)

// best keeps the first k of the results offered, in the order of matching.Before; a negative k keeps all. The zero value with its
// limit set is ready.
type best[T any] struct {
	k     int
	after *matching.Ranked // results up to and including this one were given before
	kept  []ranked[T]
	full  bool // kept holds k results in order, perhaps followed by newer ones
}

type ranked[T any] struct {
	matching.Ranked
	what T
}

// wants tells whether a result of this place would be kept.
func (b *best[T]) wants(at matching.Ranked) bool {
	return b.k != 0 && (b.after == nil || matching.Before(*b.after, at)) && (!b.full || matching.Before(at, b.kept[b.k-1].Ranked))
}

// offer takes a result into account.
func (b *best[T]) offer(at matching.Ranked, what T) {
	if !b.wants(at) {
		return
	}
	b.kept = append(b.kept, ranked[T]{at, what})
	if b.k > 0 && len(b.kept) >= 2*b.k+16 {
		b.cut()
	}
}

func (b *best[T]) cut() {
	slices.SortFunc(b.kept, func(x, y ranked[T]) int {
		switch {
		case matching.Before(x.Ranked, y.Ranked):
			return -1
		case matching.Before(y.Ranked, x.Ranked):
			return 1
		default:
			return 0
		}
	})
	if b.k >= 0 && len(b.kept) >= b.k {
		b.kept = b.kept[:b.k]
		b.full = b.k > 0
	}
}

// list gives what was kept, in order.
func (b *best[T]) list() []ranked[T] {
	b.cut()
	return b.kept
}
