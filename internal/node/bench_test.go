package node_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"rabta/internal/node"
	"rabta/matching"
)

// BenchmarkLists asks for the first 20 of each kind of list, on a market of 5,000 graduates and 1,500 postings, in process.
func BenchmarkLists(b *testing.B) {
	n := marketNode(b, 5_000, 1_500)
	ctx := context.Background()
	var graduates, postings []matching.ID
	if _, err := n.EachGraduate(ctx, func(g *matching.Graduate) error { graduates = append(graduates, g.ID); return nil }); err != nil {
		b.Fatal(err)
	}
	if _, err := n.EachPosting(ctx, func(p *matching.Posting) error { postings = append(postings, p.ID); return nil }); err != nil {
		b.Fatal(err)
	}
	lists := []struct {
		name string
		ask  func(i int) error
	}{
		{"matches", func(i int) error {
			_, err := n.Matches(ctx, node.MatchRequest{ID: graduates[i%len(graduates)], Within: 25_000})
			return err
		}},
		{"candidates", func(i int) error {
			_, err := n.Candidates(ctx, node.MatchRequest{ID: postings[i%len(postings)]})
			return err
		}},
		{"search", func(int) error {
			_, err := n.Search(ctx, node.SearchRequest{Trade: "electrician", Near: &lahore, Within: 25_000})
			return err
		}},
		{"search with text that is a trade", func(int) error {
			_, err := n.Search(ctx, node.SearchRequest{Text: "bijli ka kaam lahore mein", Within: 25_000})
			return err
		}},
		{"search with text that is left over", func(int) error {
			_, err := n.Search(ctx, node.SearchRequest{Text: "factory project", Near: &lahore, Within: 25_000})
			return err
		}},
	}
	for _, list := range lists {
		b.Run(list.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if err := list.ask(i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkWrite stores a posting and waits until it is seen.
func BenchmarkWrite(b *testing.B) {
	w := newWorld(b)
	for b.Loop() {
		w.post()
	}
}

var startDir = flag.String("start", "", "a data directory that BenchmarkStart opens; empty: one of 500 postings and 500 graduates")

// BenchmarkStart opens a data directory until it is ready, as it was left, and without the boards on disk. Reference and reader are
// loaded each time, as a server does.
func BenchmarkStart(b *testing.B) {
	dir := *startDir
	if dir == "" {
		dir = b.TempDir() + "/data"
		n, err := node.Open(b.Context(), config(b, dir))
		if err != nil {
			b.Fatal(err)
		}
		w := worldOf(b, n)
		for range 500 {
			w.post()
			w.enrol()
		}
		closed(b, n)
	}
	for _, fromDisk := range []bool{true, false} {
		b.Run(fmt.Sprintf("boards on disk=%v", fromDisk), func(b *testing.B) {
			for range b.N {
				if !fromDisk {
					for _, path := range boardFiles(dir) {
						if err := os.Remove(path); err != nil {
							b.Fatal(err)
						}
					}
				}
				n, err := node.Open(b.Context(), node.Config{Dir: dir})
				if err != nil {
					b.Fatal(err)
				}
				for n.Ready() != nil {
					time.Sleep(time.Millisecond)
				}
				b.StopTimer()
				closed(b, n)
				b.StartTimer()
			}
		})
	}
}
