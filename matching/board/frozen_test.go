package board

import (
	"testing"

	"github.com/oklog/ulid/v2"
)

// Ids that were frozen stay what they were, whatever is put, removed and merged afterwards.
func TestFrozenIDs(t *testing.T) {
	m := testModel(t)
	p := newPair(m, newMaker(1), 50)
	count := func(each func(func(ulid.ULID))) (ids int) {
		each(func(ulid.ULID) { ids++ })
		return ids
	}
	frozen, before := p.postings.FrozenIDs(), count(p.postings.EachID)
	if before == 0 {
		t.Fatal("no postings on the board")
	}
	var gone []PostingChange
	p.postings.EachID(func(id ulid.ULID) {
		row := Posting{}
		row.Key = id
		gone = append(gone, PostingChange{ID: row.ID()})
	})
	p.postings.Apply(gone)
	p.postings.Merge()
	if after := count(p.postings.EachID); after != 0 {
		t.Fatalf("%d postings are left", after)
	}
	if got := count(frozen); got != before {
		t.Errorf("%d ids were frozen, and %d are told", before, got)
	}
}
