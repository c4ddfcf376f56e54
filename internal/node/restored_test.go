package node_test

import (
	"slices"
	"testing"

	"rabta/internal/node"
)

// TestARestoredStoreBeginsAnew: after RenewEpoch nothing that was derived in the epoch before counts, and everything is shown as it was.
func TestARestoredStoreBeginsAnew(t *testing.T) {
	w := newWorld(t)
	p := w.post(titled("Submersible pump wiring"))
	before, _ := w.PostingSnapshot(t.Context())
	head, err := w.RenewEpoch(t.Context())
	if err != nil || head.Epoch == before.Epoch || head.Position != before.Position {
		t.Fatalf("%v at %d after %v at %d: %v", head.Epoch, head.Position, before.Epoch, before.Position, err)
	}
	w.recovers(1)
	r := w.find(node.SearchRequest{Text: "submersible", Near: &lahore, Limit: -1})
	if !slices.Contains(ids(r.Results), p.ID) {
		t.Errorf("found %v", ids(r.Results))
	}
	if after, _ := w.PostingSnapshot(t.Context()); after.Epoch != head.Epoch {
		t.Errorf("the feed is of %v; want %v", after.Epoch, head.Epoch)
	}
}
