package node_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
)

// TestListsShowRecordsAsTheyAre: whoever has changed a record, or its employer, sees the change in every list that follows, while others
// read the same list without a pause.
func TestListsShowRecordsAsTheyAre(t *testing.T) {
	w := newWorld(t)
	p := w.post()
	ctx := context.Background()
	request := node.SearchRequest{Trade: p.Trade, Near: p.Location}
	reading, stop := context.WithCancel(ctx)
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for reading.Err() == nil {
				if _, err := w.Search(ctx, request); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	defer readers.Wait()
	defer stop()
	for i := range 24 {
		changed, err := w.Posting(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		changed.Title = fmt.Sprintf("Electrician number %d", i)
		w.done(w.ChangePosting(ctx, changed))
		if i%6 == 0 {
			e, err := w.Employer(ctx, w.employer.ID)
			if err != nil {
				t.Fatal(err)
			}
			e.Name = fmt.Sprintf("Ravi Works %d", i)
			w.done(w.ChangeEmployer(ctx, e, nil))
			*w.employer = *e
		}
		list := w.find(request).Results
		if len(list) != 1 || list[0].Posting == nil || list[0].Posting.Title != changed.Title || list[0].Employer != w.employer.Name {
			t.Fatalf("after change %d the list shows %+v", i, list)
		}
	}
	last, err := w.Posting(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.done(w.ClosePosting(ctx, p.ID, last.Version, matching.Closed))
	if list := w.find(request).Results; len(list) != 0 {
		t.Errorf("after it was closed the list shows %+v", list)
	}
}
