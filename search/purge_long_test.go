package search

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"rabta/matching"
)

var purged = flag.Int("purged", 3_000, "documents of the index that TestPurgeUnderSearches purges")

// TestPurgeUnderSearches measures a purge of an index of which every hundredth document was deleted, and the searches beside it, of which
// none may fail. They ask for words, and a purge rewrites the segments that they read.
func TestPurgeUnderSearches(t *testing.T) {
	x := openIndex(t, t.TempDir())
	position := uint64(1)
	apply(t, x, Batch{Epoch: "e", Position: position, Put: market(200)})
	for first := 0; first < *purged; first += 1000 {
		var put []Document
		for n := first; n < min(first+1000, *purged); n++ {
			put = append(put, graduateDocument(n))
		}
		position++
		apply(t, x, Batch{Epoch: "e", Position: position, Put: put})
	}
	var deleted []matching.ID
	for n := 0; n < *purged; n += 100 {
		deleted = append(deleted, graduateDocument(n).ID)
	}
	apply(t, x, Batch{Epoch: "e", Position: position + 1, Delete: deleted, Erase: true})
	ctx, stop := context.WithCancel(context.Background())
	times := make(chan []time.Duration, 1)
	failed := make(chan error, 1)
	go func() {
		took, err := searchUntil(ctx, x)
		times <- took
		failed <- err
	}()
	began := time.Now()
	if err := x.Purge(context.Background()); err != nil {
		t.Error(err)
	}
	lasted := time.Since(began)
	stop()
	took := <-times
	if err := <-failed; err != nil {
		t.Error(err)
	}
	slices.Sort(took)
	t.Logf("purge of %d documents, %d of them deleted: %v; %d searches meanwhile, median %v, slowest %v", *purged, len(deleted),
		lasted.Round(time.Millisecond), len(took), took[len(took)/2], took[len(took)-1])
}

// searchUntil searches, once at least, until ctx ends.
func searchUntil(ctx context.Context, x *Index) (took []time.Duration, err error) {
	for len(took) == 0 || ctx.Err() == nil {
		began := time.Now()
		hits, err := x.Postings(context.Background(), TextQuery{Text: "wiring"})
		if err != nil || len(hits) == 0 {
			return append(took, time.Since(began)), fmt.Errorf("%d hits: %w", len(hits), err)
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}
