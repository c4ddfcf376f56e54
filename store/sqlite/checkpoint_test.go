package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rabta/store"
)

// walStore is a store of whose WAL a test knows the size.
type walStore struct {
	*testing.T
	*Store
	wal  string
	next int // place to be written
}

// openWAL opens a store whose WAL is large with a mebibyte, and waits until the scrubbing that each opening begins with has left nothing.
func openWAL(t *testing.T) *walStore {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, Options{Keys: store.NewKeys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	s.large = 256
	w := &walStore{T: t, Store: s, wal: filepath.Join(dir, FileName+"-wal")}
	w.until("scrubbed", func() bool { return w.size(w.wal) == 0 })
	return w
}

func (w *walStore) until(what string, is func() bool) {
	w.Helper()
	for deadline := time.Now().Add(30 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			w.Fatalf("not %s in time; the WAL has %d bytes", what, w.size(w.wal))
		}
	}
}

func (w *walStore) size(path string) int64 {
	w.Helper()
	info, err := os.Stat(path)
	if err != nil {
		w.Fatal(err)
	}
	return info.Size()
}

// await waits for so many more entries of the journal.
func (w *walStore) await(more store.Position) {
	w.Helper()
	head, err := w.Head(w.Context())
	if err == nil {
		err = w.Wait(w.Context(), head.Position+more-1)
	}
	if err != nil {
		w.Fatal(err)
	}
}

// put writes places of a page each in one transaction.
func (w *walStore) put(n int) error {
	_, err := w.Update(context.Background(), func(tx store.Tx) error {
		for range n {
			body := fmt.Appendf(nil, `{"name":"%04000d"}`, w.next)
			if err := tx.PutPlace(context.Background(), store.ImportedPlace{ID: fmt.Sprintf("plc-%09d", w.next), Source: "test", Body: body}); err != nil {
				return err
			}
			w.next++
		}
		return nil
	})
	return err
}

// While a change is undisturbed the WAL is not moved, and then it is.
func TestTheWALIsNotMovedUnderAnUndisturbedChange(t *testing.T) {
	w := openWAL(t)
	before, moved := w.size(w.file.Name()), make(chan struct{})
	if err := w.Undisturbed(t.Context(), func() error {
		if err := w.put(200); err != nil {
			return err
		}
		go func() {
			w.moveWAL()
			close(moved)
		}()
		select {
		case <-moved:
			t.Error("it was moved")
		case <-time.After(50 * time.Millisecond):
		}
		if got := w.size(w.file.Name()); got != before {
			t.Errorf("the database grew from %d to %d bytes", before, got)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	<-moved
	if got := w.size(w.file.Name()); got < before+200*4000 {
		t.Errorf("the database has %d bytes after %d, and 200 places more", got, before)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	w.moving <- struct{}{}
	if err := w.Undisturbed(ended, func() error { t.Error("it ran"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting for a turn in an ended context gives %v", err)
	}
	<-w.moving
}

// A WAL that has become large begins anew though writers leave no gap, and a walk that reads it only puts that off.
func TestALargeWALBeginsAnew(t *testing.T) {
	w := openWAL(t)
	if err := w.put(1); err != nil {
		t.Fatal(err)
	}
	if _, err := w.EachPlace(t.Context(), func(store.ImportedPlace) error {
		if err := w.put(2 * int(w.large)); err != nil {
			return err
		}
		w.moveWAL()
		if got := w.size(w.wal); got < w.large*4096 {
			t.Errorf("the WAL has %d bytes under a walk that reads it", got)
		}
		return w.put(1)
	}); err != nil {
		t.Fatal(err)
	}
	stop, writing := make(chan struct{}), sync.WaitGroup{}
	writing.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if err := w.put(1); err != nil {
				t.Error(err)
				return
			}
		}
	})
	w.await(5)
	w.moveWAL()
	w.await(5) // the first of these begins the WAL anew
	if frames, _, err := w.moveStep(); err != nil || frames >= w.large {
		t.Errorf("the WAL has %d pages after it was moved under a writer, %v", frames, err)
	}
	close(stop)
	writing.Wait()
	if head, err := w.Head(t.Context()); err != nil || head.Position != store.Position(w.next) {
		t.Errorf("head %v, %v; %d places were written", head, err, w.next)
	}
}
