package node_test

import (
	"context"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/matching/trades"
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
