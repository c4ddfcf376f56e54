package node_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"rabta/internal/node"
	"rabta/search"
	"rabta/seed"
)

// day is the moment at which the tests of this package take place.
var day = time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)

// reference is loaded once for all nodes of these tests.
var reference = sync.OnceValues(seed.Load)

// queryReader is made once for all nodes of these tests.
var queryReader = sync.OnceValue(func() *search.Reader {
	ref, err := reference()
	if err != nil {
		return nil
	}
	return search.NewReader(ref.Catalogue, ref.Gazetteer)
})

// config is of a node at the test's moment.
func config(t testing.TB, dir string) node.Config {
	t.Helper()
	ref, err := reference()
	if err != nil {
		t.Fatal(err)
	}
	return node.Config{Dir: dir, Now: func() time.Time { return day }, Reference: ref, Reader: queryReader()}
}

// openNode opens a node on a directory of its own at the test's moment.
func openNode(t testing.TB, dir string) *node.Node {
	t.Helper()
	n, err := node.Open(context.Background(), config(t, dir))
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
