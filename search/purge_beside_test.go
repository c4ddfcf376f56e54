package search

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rabta/matching"
)

// writeUnforced writes unforced batches to an index until it is told to stop, one about every millisecond.
func writeUnforced(x *Index, from uint64) (written *atomic.Uint64, stop func() error) {
	end, ended := make(chan struct{}), make(chan error, 1)
	written = &atomic.Uint64{}
	go func() {
		for i := from; ; i++ {
			select {
			case <-end:
				ended <- nil
				return
			case <-time.After(time.Millisecond):
			}
			b := Batch{Epoch: "e", Position: i, Put: []Document{graduateDocument(1000 + int(i%300))}, Unforced: true}
			if err := x.Apply(b); err != nil {
				ended <- err
				return
			}
			written.Add(1)
		}
	}()
	return written, func() error { close(end); return <-ended }
}

// TestPurgeEndsBesideAWriter: it waits for what came before it, and for no moment at which nobody writes.
func TestPurgeEndsBesideAWriter(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir)
	var put []Document
	for n := range 40 {
		put = append(put, graduateDocument(n))
	}
	apply(t, x, Batch{Epoch: "e", Position: 1, Put: put})
	written, stop := writeUnforced(x, 2)
	gone := graduateDocument(7).ID
	const patience = 10 * time.Second
	for round := range 3 {
		apply(t, x, Batch{Epoch: "e", Position: 1, Delete: []matching.ID{gone}, Erase: true, Unforced: true})
		began, before := time.Now(), written.Load()
		done := make(chan error, 1)
		go func() { done <- x.Purge(context.Background()) }()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(patience):
			t.Errorf("no end after %v beside %d batches", patience, written.Load()-before)
			if err := stop(); err != nil {
				t.Error(err)
			}
			<-done
			return
		}
		took := time.Since(began)
		t.Logf("purge %d: %v beside %d batches", round, took.Round(time.Millisecond), written.Load()-before)
		if files := holders(t, x, dir, gone); len(files) > 0 {
			t.Errorf("it is in %q", files)
		}
		if due, err := x.PurgeDue(); due || err != nil {
			t.Errorf("due: %t, %v", due, err)
		}
		apply(t, x, Batch{Epoch: "e", Position: 1, Put: put, Unforced: true})
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// inSegments tells whether the segments of the newest snapshot know an id, deleted or not.
func inSegments(t *testing.T, x *Index, id matching.ID) bool {
	t.Helper()
	known := false
	eachSegment(t, x, id, func(_ *scorch.SegmentSnapshot, knows bool, _ error) { known = known || knows })
	return known
}

// purgeHeld begins a purge that cannot end until it is let, and returns when it has rewritten what it had to. x.applying is held till then.
func purgeHeld(t *testing.T, x *Index, dir string, gone matching.ID) (end func() error) {
	t.Helper()
	x.applying.Lock()
	done := make(chan error, 1)
	go func() { done <- x.Purge(context.Background()) }()
	deadline := time.Now().Add(20 * time.Second)
	for inSegments(t, x, gone) {
		if time.Now().After(deadline) {
			t.Fatal("nothing is rewritten after 20 s")
		}
		time.Sleep(5 * time.Millisecond)
	}
	return func() error { x.applying.Unlock(); return <-done }
}

// TestACrashInAPurgeLeavesItDue: the files as they lie while it runs still say that they are to be purged.
func TestACrashInAPurgeLeavesItDue(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := openIndex(t, dir)
	apply(t, x, Batch{Epoch: "e", Position: 1, Put: []Document{graduateDocument(1), graduateDocument(2)}})
	apply(t, x, Batch{Epoch: "e", Position: 2, Delete: []matching.ID{graduateDocument(1).ID}, Erase: true})
	end := purgeHeld(t, x, dir, graduateDocument(1).ID)
	opened := 0
	for i := 0; i < 20 && opened < 3; i++ {
		time.Sleep(20 * time.Millisecond)
		crashed := filepath.Join(t.TempDir(), fmt.Sprint("crashed", i))
		if err := copyIndex(dir, crashed); err != nil {
			t.Fatal(err)
		}
		after, err := Open(crashed)
		if err != nil {
			continue // a segment that the database names was merged away meanwhile
		}
		opened++
		if due, err := after.PurgeDue(); !due || err != nil {
			t.Errorf("due: %t, %v", due, err)
		}
		if err := after.Purge(context.Background()); err != nil {
			t.Error(err)
		}
		if files := holders(t, after, crashed, graduateDocument(1).ID); len(files) > 0 {
			t.Errorf("it is in %q", files)
		}
		if err := after.Close(); err != nil {
			t.Error(err)
		}
	}
	if opened == 0 {
		t.Error("no copy could be opened: the test shows nothing")
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	if due, err := x.PurgeDue(); due || err != nil {
		t.Errorf("at the end due: %t, %v", due, err)
	}
}

// TestAnErasureInAPurgeIsDueAfterIt, and a second purge beside the first is refused.
func TestAnErasureInAPurgeIsDueAfterIt(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir)
	apply(t, x, Batch{Epoch: "e", Position: 1, Put: []Document{graduateDocument(1), graduateDocument(2), graduateDocument(3)}})
	apply(t, x, Batch{Epoch: "e", Position: 2, Delete: []matching.ID{graduateDocument(1).ID}, Erase: true})
	end := purgeHeld(t, x, dir, graduateDocument(1).ID)
	if err := x.Purge(context.Background()); err == nil {
		t.Error("two purges at once")
	}
	second := x.bleve.NewBatch() // as Apply would, were it not held
	second.Delete(string(graduateDocument(2).ID))
	second.SetInternal(purgeKey, []byte("another erasure"))
	if err := x.put(second); err != nil {
		t.Fatal(err)
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	if due, err := x.PurgeDue(); !due || err != nil {
		t.Errorf("due: %t, %v", due, err)
	}
}

func (l *landing) waiters() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waiting
}

// TestLandingKnowsWhatCameBefore, in whatever order batches reach the disk.
func TestLandingKnowsWhatCameBefore(t *testing.T) {
	l, w := newLanding(), &watch{failed: make(chan struct{})}
	first, second := l.begin(3), l.begin(4)
	settled := make(chan error, 1)
	go func() { settled <- l.settle(context.Background(), w) }()
	for deadline := time.Now().Add(10 * time.Second); l.waiters() == 0; {
		if time.Now().After(deadline) {
			t.Fatal("nobody waits")
		}
		time.Sleep(time.Millisecond)
	}
	third := l.begin(5)
	second()
	second()
	if n := l.onTheWay(); n != 8 {
		t.Errorf("%d on the way", n)
	}
	select {
	case err := <-settled:
		t.Error("settled before the first landed", err)
	case <-time.After(50 * time.Millisecond):
	}
	first()
	select {
	case err := <-settled:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("waits for what came later")
	}
	third()
	if l.low != 3 || len(l.ahead) != 0 || l.changes != 0 {
		t.Errorf("low %d, ahead %v, %d changes", l.low, l.ahead, l.changes)
	}
}
