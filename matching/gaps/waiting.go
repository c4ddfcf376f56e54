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

// Waiting is a person who searches, and since when.
type Waiting struct {
	Key   ulid.ULID
	Since int32
}

// Longest gives the k people of a trade in a district ("" for all) who have searched longest on a day, the longest first: for an officer who
// will call them and may see their records. It is the one answer of the package that is about single persons; never show it to others, nor count it.
// What may be published of waiting stands in Row.
func (l *Ledger) Longest(trade uint16, district string, day int32, k int) []Waiting {
	if int(trade) >= len(l.buckets) || k <= 0 {
		return nil
	}
	var all []Waiting
	for i := range l.buckets[trade].searchers.all {
		p := &l.buckets[trade].searchers.all[i]
		if p.searches(day) && (district == "" || l.areas[p.cell.Parent(AtomResolution)].District == district) {
			all = append(all, Waiting{p.Key, p.Since})
		}
	}
	slices.SortFunc(all, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), bytes.Compare(a.Key[:], b.Key[:]))
	})
	return all[:min(k, len(all))]
}
