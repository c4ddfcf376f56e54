package search

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rabta/matching"
)

// TestUnforcedIsSeenAtOnce: a search finds what came last, and it reaches the disk by itself and when the index closes.
func TestUnforcedIsSeenAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := openIndex(t, dir)
	docs := market(300)
	for i := range docs {
		apply(t, x, Batch{Epoch: "e", Position: uint64(i + 1), Put: docs[i : i+1], Unforced: true})
		if n, err := x.Count(); n != uint64(i+1) || err != nil {
			t.Fatalf("after %d batches %d documents, %v", i+1, n, err)
		}
	}
	deadline := time.Now().Add(10 * time.Second)
	for x.watch.landing.onTheWay() > 0 {
		if time.Now().After(deadline) {
			t.Fatal("the disk has not got everything after 10 s")
		}
		time.Sleep(10 * time.Millisecond)
	}
	last := uint64(len(docs) + 1)
	apply(t, x, Batch{Epoch: "e", Position: last, Delete: []matching.ID{docs[0].ID}, Unforced: true})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = openIndex(t, dir)
	if _, position, err := x.At(); position != last || err != nil {
		t.Errorf("closed at %d, opened at %d, %v", last, position, err)
	}
	if n, err := x.Count(); int(n) != len(docs)-1 || err != nil {
		t.Errorf("%d documents of %d, %v", n, len(docs)-1, err)
	}
}

// TestACrashTakesWhatItsPositionSays: the files as they lie at any moment are those of one position, with exactly the changes up to it.
func TestACrashTakesWhatItsPositionSays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := openIndex(t, dir)
	docs := market(400)
	lost := 0
	for i := range docs {
		apply(t, x, Batch{Epoch: "e", Position: uint64(i + 1), Put: docs[i : i+1], Unforced: true})
		if i%40 != 39 {
			continue
		}
		// A copy is not of one moment, as what a crash leaves is: the database, which is written last, goes first.
		crashed := filepath.Join(t.TempDir(), "crashed")
		if err := copyIndex(dir, crashed); err != nil {
			t.Fatal(err)
		}
		after, err := Open(crashed)
		if err != nil {
			continue // a segment that the database names was merged away meanwhile
		}
		_, position, err := after.At()
		held, visits := map[matching.ID]bool{}, 0
		if err == nil {
			err = after.EachID(context.Background(), func(id matching.ID) { held[id], visits = true, visits+1 })
		}
		if err != nil || position > uint64(i+1) || len(held) != int(position) || visits != len(held) {
			t.Errorf("after %d: at %d with %d documents, %d times, %v", i+1, position, len(held), visits, err)
		}
		for k := range int(position) {
			if !held[docs[k].ID] {
				t.Errorf("after %d: at %d without document %d", i+1, position, k+1)
			}
		}
		lost += i + 1 - int(position)
		if err := after.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d changes had not reached the disk", lost)
}

func copyIndex(from, to string) error {
	if err := os.MkdirAll(filepath.Join(to, "store"), 0o700); err != nil {
		return err
	}
	for _, name := range []string{"index_meta.json", "store/root.bolt"} {
		body, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), body, 0o600)
		}
		if err != nil {
			return err
		}
	}
	segments, err := filepath.Glob(filepath.Join(from, "store", "*.zap"))
	for _, path := range segments {
		body, gone := os.ReadFile(path)
		if gone == nil {
			err = os.WriteFile(filepath.Join(to, "store", filepath.Base(path)), body, 0o600)
		}
	}
	return err
}
