package node_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
	"rabta/store/postgres/cluster"
	"rabta/store/sqlite"
)

// TestABackupUnderLoadIsOneMomentOfTheStore copies a node three times while writers go on. Each copy must hold what the journal had said
// by the copy's position, no more and no less, and the last, at rest, must equal the store row by row.
func TestABackupUnderLoadIsOneMomentOfTheStore(t *testing.T) {
	w := newWorld(t)
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for i := range 3 {
		writers.Go(func() {
			if err := w.busy(rand.New(rand.NewPCG(uint64(i), 7)), stop); err != nil {
				t.Errorf("a writer: %v", err)
			}
		})
	}
	var copies []backup
	for range 3 {
		time.Sleep(100 * time.Millisecond)
		copies = append(copies, w.backUp())
	}
	close(stop)
	writers.Wait()
	if copies[2].copied.From.Position <= copies[0].copied.From.Position {
		t.Error("nothing was written between the copies: the test shows nothing")
	}
	for _, b := range copies {
		w.sameAsJournal(b)
	}
	atRest := w.backUp()
	if diff := cmp.Diff(w.rowsOf(w.Dir()), w.rowsOf(atRest.dir)); diff != "" {
		t.Errorf("the copy at rest differs:\n%s", diff)
	}
	restored := newNode(t, atRest.dir)
	(&world{t, restored, w.employer}).clean()
	if epoch, _ := restored.Journal(); epoch != string(atRest.copied.To.Epoch) || epoch == string(atRest.copied.From.Epoch) {
		t.Errorf("the copy is of epoch %q, was of %q", epoch, atRest.copied.From.Epoch)
	}
	if err := restored.Close(); err != nil {
		t.Error(err)
	}
}

// TestRecordsMoveToPostgresAndBack copies a directory into PostgreSQL, works there with a node, and copies back.
func TestRecordsMoveToPostgresAndBack(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	p, g := w.post(), w.enrol()
	w.done(w.DeleteGraduate(ctx, w.enrol().ID, 0))
	database := node.Where{URL: cluster.ForTest(t)}
	key := store.KeyPath(w.Dir())
	if _, err := (node.Copy{To: database}).RunFrom(ctx, w.Node); err != nil {
		t.Fatal(err)
	}
	n := newNodeOn(t, filepath.Join(t.TempDir(), "node"), database.URL, key)
	moved := &world{t, n, w.employer}
	moved.clean()
	moved.wantLists(p, g, everywhere...)
	next := moved.post(titled("Wiring after the move"))
	moved.wantLists(next, g, everywhere...)
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	var back [2]node.Where
	for i := range back {
		back[i] = node.Where{Dir: filepath.Join(t.TempDir(), "back")}
		if _, err := (node.Copy{From: database, To: back[i], FromKey: key}).Run(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(w.rowsOf(back[0].Dir), w.rowsOf(back[1].Dir)); diff != "" {
		t.Errorf("two copies differ:\n%s", diff)
	}
	home := newNodeOn(t, back[0].Dir, "", "")
	(&world{t, home, w.employer}).wantLists(next, g, everywhere...)
	if _, err := (node.Copy{From: back[0], To: database}).Run(ctx); !errors.Is(err, node.ErrHeld) {
		t.Errorf("copying from a directory that is held: %v", err)
	}
	if _, err := (node.Copy{From: back[1], To: database}).Run(ctx); fault.KindOf(err) != fault.Conflict {
		t.Errorf("copying over records: %v", err)
	}
}

// newNodeOn opens a node that closes with the test.
func newNodeOn(t *testing.T, dir, url, key string) *node.Node {
	t.Helper()
	cfg := config(t, dir)
	cfg.Database, cfg.KeyFile = url, key
	n, err := node.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() }) // it may have been closed
	return n
}

type backup struct {
	dir    string
	copied node.Copied
}

func (w *world) backUp() backup {
	w.Helper()
	dir := filepath.Join(w.TempDir(), "copy")
	copied, err := node.Copy{To: node.Where{Dir: dir}}.RunFrom(context.Background(), w.Node)
	if err != nil {
		w.Fatal(err)
	}
	return backup{dir, copied}
}

// opened opens the store of a directory beside whoever has it.
func (w *world) opened(dir string) *sqlite.Store {
	w.Helper()
	own := w.Dir()
	keys, err := store.LoadKeys(store.KeyPath(own))
	if err != nil {
		w.Fatal(err)
	}
	s, err := sqlite.Open(context.Background(), dir, sqlite.Options{Keys: keys})
	if err != nil {
		w.Fatal(err)
	}
	return s
}

// rowsOf gives every row of a directory's store, as text.
func (w *world) rowsOf(dir string) (rows []string) {
	w.Helper()
	s := w.opened(dir)
	_, err := s.Dump(context.Background(), func(table string, row []any) error {
		rows = append(rows, fmt.Sprintf("%s %q", table, row))
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	if err := s.Close(); err != nil {
		w.Error(err)
	}
	return rows
}

// sameAsJournal holds a copy to the journal of the store that it was made from.
func (w *world) sameAsJournal(b backup) {
	w.Helper()
	want := map[matching.ID]int64{}
	entries := 0
	for entry := range w.journalUpTo(b.copied.From.Position) {
		entries++
		switch {
		case entry.Noun != store.GraduateNoun && entry.Noun != store.PostingNoun && entry.Noun != store.EmployerNoun:
		case entry.Operation == store.Delete:
			delete(want, entry.ID)
		default:
			want[entry.ID] = entry.Version
		}
	}
	s := w.opened(b.dir)
	have := map[matching.ID]int64{}
	journal := 0
	_, err := s.Dump(context.Background(), func(table string, row []any) error {
		switch table {
		case "graduate", "posting", "employer":
			have[matching.ID(row[0].(string))] = row[1].(int64)
		case "journal":
			journal++
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	if diff := cmp.Diff(want, have); diff != "" || journal != entries {
		w.Errorf("the copy at %d has %d entries of %d, and differs:\n%s", b.copied.From.Position, journal, entries, diff)
	}
	if err := s.Check(context.Background()); err != nil {
		w.Error(err)
	}
	if err := s.Close(); err != nil {
		w.Error(err)
	}
}

// journalUpTo yields the entries of the node's store up to a position.
func (w *world) journalUpTo(to store.Position) func(func(store.Entry) bool) {
	return func(yield func(store.Entry) bool) {
		for after := store.Position(0); after < to; {
			entries, err := w.StoreJournal(after)
			if err != nil || len(entries) == 0 {
				w.Fatalf("reading the journal after %d: %v", after, err)
			}
			for _, e := range entries {
				if e.Position > to || !yield(e) {
					return
				}
			}
			after = entries[len(entries)-1].Position
		}
	}
}
