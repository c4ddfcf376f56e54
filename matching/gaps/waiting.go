package gaps

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// noDay is a day that was not told.
const noDay = matching.NoDay

// Longest gives the keys of the k people of a trade who have searched longest on a day, the longest first: for an officer who will call
// them and may see their records. It is the one answer of the package that is about single persons; never show it to others, nor count it.
// What may be published of waiting stands in Row.
func (l *Ledger) Longest(trade uint16, day int32, k int) []ulid.ULID {
	if int(trade) >= len(l.buckets) || k <= 0 {
		return nil
	}
	var all []*seeking
	for i := range l.buckets[trade].searchers.all {
		if p := &l.buckets[trade].searchers.all[i]; p.searches(day) {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b *seeking) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), bytes.Compare(a.Key[:], b.Key[:]))
	})
	keys := make([]ulid.ULID, min(k, len(all)))
	for i := range keys {
		keys[i] = all[i].Key
	}
	return keys
}
