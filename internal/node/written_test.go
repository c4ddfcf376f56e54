package node_test

import (
	"context"
	"slices"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/matching/trades"
	"rabta/store"
)

// rewritten asks for matches as whoever writes pages down does, and keeps the page under a text; it gives the text of a kept one.
func (w *world) rewritten(g *matching.Graduate, text string) string {
	w.Helper()
	r, err := w.Matches(context.Background(), node.MatchRequest{ID: g.ID, Graduate: g, Rewrites: true})
	if err != nil {
		w.Fatal(err)
	}
	if r.Written != nil {
		return string(r.Written)
	}
	r.Keep([]byte(text))
	return ""
}

// keepPage asks for a graduate's matches until her page is kept.
func (w *world) keepPage(g *matching.Graduate, text string) {
	w.Helper()
	for range 2 { // what is asked for once is not kept
		if kept := w.rewritten(g, text); kept != "" {
			w.Fatalf("%q was kept before", kept)
		}
	}
	if kept := w.rewritten(g, text); kept != text {
		w.Fatalf("%q is kept, want %q", kept, text)
	}
}

// TestAnotherReleaseWritesATradeThatIsUnknown: on one store a node of a newer release posts work of a trade that this one has never heard
// of. It is on no list here; all else goes on, the pages that are kept, too.
func TestAnotherReleaseWritesATradeThatIsUnknown(t *testing.T) {
	w := newWorld(t)
	known, g := w.post(), w.enrol()
	other := *known
	strange, err := &other, error(nil)
	if strange.ID, err = node.NewPostingID(w.Node); err != nil {
		t.Fatal(err)
	}
	strange.Trade, strange.Version = "drone-pilot", 0
	ctx := context.Background()
	w.keepPage(g, "kept before")
	put := func() {
		t.Helper()
		w.done(w.Store().Update(ctx, func(tx store.Tx) error { return tx.PutPosting(ctx, strange) }))
		w.enrol() // returns once the journal has been followed so far
	}
	put()
	if kept := w.rewritten(g, ""); kept != "kept before" {
		t.Errorf("after a posting of no trade of hers her page is %q", kept)
	}
	for _, r := range []node.SearchRequest{{}, {Near: &lahore}, {Text: strange.Title}} {
		found := w.find(r)
		if got := ids(found.Results); !slices.Equal(got, []matching.ID{known.ID}) || len(found.Facets.Trades) != 1 || found.Facets.Trades[known.Trade] != 1 {
			t.Errorf("%+v finds %v, facets %v", r, got, found.Facets.Trades)
		}
	}
	if c, err := w.Candidates(ctx, node.MatchRequest{ID: strange.ID}); err != nil || c.Total != 0 {
		t.Errorf("candidates for work of an unknown trade: %+v, %v", c, err)
	}
	if strange, err = w.Posting(ctx, strange.ID); err != nil {
		t.Fatal(err)
	}
	strange.Title = "Pilot of another drone"
	put()
	w.done(w.Store().Update(ctx, func(tx store.Tx) error { // what its employer's postings are judged by changes
		e, err := tx.Employer(ctx, w.employer.ID)
		if err != nil {
			return err
		}
		e.Asked, e.Answered = 8, 8
		return tx.PutEmployer(ctx, e, nil)
	}))
	w.enrol()
	if kept := w.rewritten(g, ""); kept != "" {
		t.Errorf("after her work is judged anew her page is %q", kept)
	}
	w.clean()
}

// TestAPageOfAnotherStatusIsNotGiven: who has found work and who pauses have equal rows and unequal notes. Her page may be begun by a record
// that was read just before she paused, and kept just after.
func TestAPageOfAnotherStatusIsNotGiven(t *testing.T) {
	w := newWorld(t)
	w.post()
	placed := w.enrol(func(g *matching.Graduate) { g.Status = matching.Placed })
	paused := *placed
	paused.Status = matching.Paused
	w.done(w.ChangeGraduate(context.Background(), &paused, nil))
	w.keepPage(placed, "work has been found")
	if kept := w.rewritten(&paused, "paused"); kept != "" {
		t.Errorf("who pauses is given %q", kept)
	}
	if kept := w.rewritten(&paused, ""); kept != "paused" {
		t.Errorf("who pauses is given %q, want the page of her own", kept)
	}
}

// TestATurnOfTheOldBoardIsNotKept: who asks when work next begins, once a change is counted and before it shows, finds the turn of the old
// board. Whoever asks after it shows finds that of the new one.
func TestATurnOfTheOldBoardIsNotKept(t *testing.T) {
	w := newWorld(t)
	p := w.post()
	now := day.Unix()
	row := w.PostingRow(p)
	for _, tt := range []struct {
		name string
		more int // changes of others along with it
	}{{"one change", 0}, {"many changes", 300}} {
		t.Run(tt.name, func(t *testing.T) {
			begins := *row
			id, err := node.NewPostingID(w.Node)
			if err != nil {
				t.Fatal(err)
			}
			begins.Key, begins.Posted = id.ULID(), uint32(now+3_600)
			changes := []board.PostingChange{{ID: id, Row: &begins}}
			for range tt.more {
				changes = append(changes, board.PostingChange{ID: p.ID, Row: row})
			}
			w.ShowPostings(changes, func() {
				if next := w.NextTurn(row, now); next != p.Expires.Unix() {
					t.Errorf("before it shows the next turn is %d, want the expiry at %d", next, p.Expires.Unix())
				}
			})
			if next := w.NextTurn(row, now); next != now+3_600 {
				t.Errorf("once it shows the next turn is %d, want its beginning at %d", next, now+3_600)
			}
			w.ShowPostings([]board.PostingChange{{ID: id}}, func() {})
		})
	}
}

// TestNoPageHangsOnATradeThatIsUnknown: a row of such a trade may come and go.
func TestNoPageHangsOnATradeThatIsUnknown(t *testing.T) {
	w := newWorld(t)
	p, g := w.post(), w.enrol()
	w.keepPage(g, "kept before")
	strange := *w.PostingRow(p)
	id, err := node.NewPostingID(w.Node)
	if err != nil {
		t.Fatal(err)
	}
	strange.Key, strange.Trade = id.ULID(), trades.None
	w.ShowPostings([]board.PostingChange{{ID: id, Row: &strange}}, func() {})
	w.ShowPostings([]board.PostingChange{{ID: id}}, func() {})
	if kept := w.rewritten(g, ""); kept != "kept before" {
		t.Errorf("her page is %q", kept)
	}
}
