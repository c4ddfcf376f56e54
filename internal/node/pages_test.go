package node_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
)

// TestACursorGoesOnWithItsOwnListOnly tries a cursor on every neighbour of its request.
func TestACursorGoesOnWithItsOwnListOnly(t *testing.T) {
	w := newWorld(t)
	var p *matching.Posting
	for range 3 {
		p = w.post()
	}
	g, other := w.enrol(), w.enrol()
	ctx := context.Background()

	search := node.SearchRequest{Text: "wiring", Trade: "electrician", Near: &lahore, Within: 5_000, Limit: 1}
	first := w.find(search)
	next := func(r node.SearchRequest) node.SearchRequest { r.Cursor = first.Next; return r }
	if r := w.find(next(search)); len(r.Results) != 1 || r.Results[0].ID == first.Results[0].ID {
		t.Errorf("the next page is %v", ids(r.Results))
	}
	again := search
	again.Limit, again.Language = 2, node.Urdu // shape a page, and not the list
	w.find(next(again))
	a := north(lahore, 10)
	for name, edit := range map[string]func(*node.SearchRequest){
		"text":     func(r *node.SearchRequest) { r.Text = "wirings" },
		"trade":    func(r *node.SearchRequest) { r.Trade = "" },
		"kind":     func(r *node.SearchRequest) { r.Kind = matching.Job },
		"near":     func(r *node.SearchRequest) { r.Near = &a },
		"place":    func(r *node.SearchRequest) { r.Near, r.Place = nil, "Lahore" },
		"within":   func(r *node.SearchRequest) { r.Within = 5_001 },
		"pay from": func(r *node.SearchRequest) { r.PayFrom = 1 },
		"open to":  func(r *node.SearchRequest) { r.OpenTo = matching.Woman },
		"remote":   func(r *node.SearchRequest) { r.Remote = true },
		"altered":  func(r *node.SearchRequest) { r.Cursor = first.Next[:len(first.Next)-1] },
		"words":    func(r *node.SearchRequest) { r.Cursor = "next" },
	} {
		r := next(search)
		edit(&r)
		if _, err := w.Search(ctx, r); refusal(err) != "invalid cursor" {
			t.Errorf("with another %s: %s", name, refusal(err))
		}
	}

	matches, err := w.Matches(ctx, node.MatchRequest{ID: g.ID, Limit: 1})
	if err != nil || matches.Next == "" {
		t.Fatalf("%+v, %v", matches, err)
	}
	for name, ask := range map[string]func() (*node.MatchResult, error){
		"another's matches": func() (*node.MatchResult, error) {
			return w.Matches(ctx, node.MatchRequest{ID: other.ID, Cursor: matches.Next})
		},
		"matches within another radius": func() (*node.MatchResult, error) {
			return w.Matches(ctx, node.MatchRequest{ID: g.ID, Within: 5_000, Cursor: matches.Next})
		},
		"candidates": func() (*node.MatchResult, error) {
			return w.Candidates(ctx, node.MatchRequest{ID: p.ID, Cursor: matches.Next})
		},
		"matches by the cursor of a search": func() (*node.MatchResult, error) {
			return w.Matches(ctx, node.MatchRequest{ID: g.ID, Cursor: first.Next})
		},
	} {
		if _, err := ask(); refusal(err) != "invalid cursor" {
			t.Errorf("%s: %s", name, refusal(err))
		}
	}
	pseudonyms, err := w.Candidates(ctx, node.MatchRequest{ID: p.ID, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Candidates(ctx, node.MatchRequest{ID: p.ID, Named: true, Cursor: pseudonyms.Next}); refusal(err) != "invalid cursor" {
		t.Errorf("the named list by a cursor of pseudonyms: %s", refusal(err))
	}
}

// TestPagesStandStillWhilePostingsArrive walks lists to their end while nearer and better postings come.
func TestPagesStandStillWhilePostingsArrive(t *testing.T) {
	w, now := timedWorld(t)
	g := w.enrol()
	for i := range 9 {
		w.post(at(north(lahore, float64(1_000*i))), titled(fmt.Sprintf("Wiring, job %d", i)))
	}
	ctx := context.Background()
	far := north(kharan, 20_000)
	for i := range 5 { // beyond the usual 25 km of a search in Kharan
		w.post(at(north(far, 10_000+float64(i)*300)), titled(fmt.Sprintf("Wiring of a desert well %d", i)))
	}
	searched := func(r node.SearchRequest) func(string) (page, error) {
		return func(cursor string) (page, error) {
			r.Limit, r.Cursor = 2, cursor
			if cursor == "" {
				r.Limit = 3
			}
			result, err := w.Search(ctx, r)
			if err != nil {
				return page{}, err
			}
			return searchPage(result), nil
		}
	}
	tests := []struct {
		name  string
		want  int
		ask   func(cursor string) (page, error)
		wider bool
	}{
		{"search", 9, searched(node.SearchRequest{Near: &lahore, Within: 50_000}), false},
		{"search without a radius", 9, searched(node.SearchRequest{Near: &lahore}), false},
		{"search with words", 9, searched(node.SearchRequest{Text: "electrician wiring", Near: &lahore}), false},
		{"search that widens", 5, searched(node.SearchRequest{Near: &kharan}), true},
		{"search with words that widens", 5, searched(node.SearchRequest{Text: "wiring well", Near: &kharan}), true},
		{"matches", 9, func(cursor string) (page, error) {
			result, err := w.Matches(ctx, node.MatchRequest{ID: g.ID, Limit: 2, Cursor: cursor})
			if err != nil {
				return page{}, err
			}
			return matchPage(result), nil
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			now.seconds.Add(1)
			first := 0
			got := walk(t, func(cursor string) (page, error) {
				if cursor != "" { // after the first page
					now.seconds.Add(1)
					w.post()
					w.post(at(kharan))
					first++
				}
				return tt.ask(cursor)
			}, func(p page) page { return p })
			if first < 2 || got.Total != tt.want || got.Widened != tt.wider {
				t.Errorf("%d pages, %d in all, widened %t", first+1, got.Total, got.Widened)
			}
			seen := map[matching.ID]bool{}
			for _, row := range got.Rows {
				seen[row.ID] = true
			}
			if len(got.Rows) != tt.want || len(seen) != tt.want {
				t.Errorf("%d rows of %d postings, want each of %d once", len(got.Rows), len(seen), tt.want)
			}
			w.closeNewer()
		})
	}
}

// closeNewer closes what the walk of a list added.
func (w *world) closeNewer() {
	w.Helper()
	list, _, err := w.PostingsOf(context.Background(), w.employer.ID, "", 1_000)
	if err != nil {
		w.Fatal(err)
	}
	for _, p := range list {
		if p.Title == w.wiring().Title && p.Status == matching.Open {
			w.done(w.ClosePosting(context.Background(), p.ID, p.Version, matching.Closed))
		}
	}
}

func TestLimits(t *testing.T) {
	w := newWorld(t)
	for range 25 {
		w.post()
	}
	for _, tt := range []struct {
		limit, want int
		more        bool
	}{{0, 20, true}, {1, 1, true}, {24, 24, true}, {26, 25, false}, {-1, 25, false}} {
		r := w.find(node.SearchRequest{Limit: tt.limit})
		if len(r.Results) != tt.want || r.Total != 25 || (r.Next != "") != tt.more {
			t.Errorf("limit %d: %d of %d, next %q", tt.limit, len(r.Results), r.Total, r.Next)
		}
		if !slices.IsSorted(ids(r.Results)) {
			t.Errorf("limit %d: equals are not in the order of their ids", tt.limit)
		}
	}
	if _, err := w.Search(context.Background(), node.SearchRequest{Limit: -2}); refusal(err) != "invalid limit" {
		t.Errorf("limit -2: %s", refusal(err))
	}
}
