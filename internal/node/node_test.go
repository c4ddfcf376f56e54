package node_test

import (
	"context"
	"testing"
	"time"

	"rabta/internal/node"
	"rabta/seed"
)

// day is the moment at which the tests of this package take place.
var day = time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)

// openNode opens a node on a directory of its own at the test's moment.
func openNode(t testing.TB, dir string) *node.Node {
	t.Helper()
	n, err := node.Open(context.Background(), node.Config{Dir: dir, Now: func() time.Time { return day }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// marketNode opens a node with a sample market.
func marketNode(t testing.TB, graduates, postings int) *node.Node {
	t.Helper()
	n := openNode(t, t.TempDir()+"/data")
	m := seed.NewMarket(n.Reference(), seed.Size{Graduates: graduates, Postings: postings}, 1, day)
	if err := n.LoadMarket(context.Background(), m, nil); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSmoke(t *testing.T) {
	start := time.Now()
	n := marketNode(t, 500, 300)
	t.Log(time.Since(start))
	for _, text := range []string{"", "bijli ka kaam multan", "درزی لاہور", "factory"} {
		r, err := n.Search(context.Background(), node.SearchRequest{Text: text, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(text, r.Total, r.Reach, r.Understood)
		for _, f := range r.Results {
			t.Log(f.ID, f.Trade, f.Score, f.Why, f.Posting.Title)
		}
	}
	rep, err := n.VerifyIndex(context.Background())
	t.Log(rep, err)
}
