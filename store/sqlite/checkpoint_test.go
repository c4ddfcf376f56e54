package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rabta/store"
)

// openWAL opens a store of its own and gives the path of its WAL.
func openWAL(t *testing.T) (*Store, string) {
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
	return s, filepath.Join(dir, FileName+"-wal")
}

// putPlaces writes records of some kilobytes each in one transaction.
func putPlaces(s *Store, from, n int) error {
	_, err := s.Update(context.Background(), func(tx store.Tx) error {
		for i := range n {
			body := fmt.Appendf(nil, `{"name":"%04000d"}`, from+i)
			if err := tx.PutPlace(context.Background(), store.ImportedPlace{ID: fmt.Sprintf("plc-%09d", from+i), Source: "test", Body: body}); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// While a change is undisturbed the WAL is not moved, and then it is.
func TestTheWALIsNotMovedUnderAnUndisturbedChange(t *testing.T) {
	s, _ := openWAL(t)
	moved := make(chan struct{})
	if err := s.Undisturbed(t.Context(), func() error {
		if err := putPlaces(s, 0, 10); err != nil {
			return err
		}
		go func() {
			s.moveWAL()
			close(moved)
		}()
		select {
		case <-moved:
			t.Error("it was moved")
		case <-time.After(50 * time.Millisecond):
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	<-moved
	if info, err := s.file.Stat(); err != nil || info.Size() < 10*4000 {
		t.Errorf("the database has %d bytes, %v", info.Size(), err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	s.moving <- struct{}{}
	if err := s.Undisturbed(ended, func() error { t.Error("it ran"); return nil }); err == nil {
		t.Error("it waited for a turn in an ended context")
	}
	<-s.moving
}

// A WAL that has become large begins anew, though writers go on, and a walk that reads it only puts that off.
func TestALargeWALBeginsAnew(t *testing.T) {
	s, wal := openWAL(t)
	next := 1
	size := func() int64 {
		info, err := os.Stat(wal)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	write := func(bytes int64) {
		t.Helper()
		for from, begun := size(), next; size()-from < bytes && int64(next-begun)*4000 < bytes; next += 500 {
			if err := s.Undisturbed(t.Context(), func() error { return putPlaces(s, next, 500) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	const large = checkpointLarge * 4096
	if err := putPlaces(s, 0, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.EachPlace(t.Context(), func(store.ImportedPlace) error {
		write(large + large/8)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	grown := size()
	if grown < large {
		t.Fatalf("the WAL has %d bytes, too few for this test", grown)
	}
	write(large / 8)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		s.moveWAL()
		if err := putPlaces(s, next, 1); err != nil {
			t.Fatal(err)
		}
		next++
		frames, _, err := checkpoint(s.moveDB, "PASSIVE")
		if err != nil {
			t.Fatal(err)
		}
		if frames < checkpointLarge {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the WAL has %d pages still", frames)
		}
	}
	if got := size(); got > 2*large {
		t.Errorf("the WAL has grown to %d bytes", got)
	}
	if head, err := s.Head(t.Context()); err != nil || head.Position != store.Position(next) {
		t.Errorf("head %v, %v; %d places were written", head, err, next)
	}
}
