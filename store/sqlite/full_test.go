package sqlite

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/mattn/go-sqlite3"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// A full disk, as SQLite reports it, is fault.Full; nothing is changed, reading goes on, and so does writing once there is room.
func TestFullDisk(t *testing.T) {
	ctx := t.Context()
	s, err := Open(ctx, t.TempDir(), Options{Keys: store.NewKeys()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	create := func(n, count int) error {
		_, err := s.Update(ctx, func(tx store.Tx) error {
			for i := n; i < n+count; i++ {
				g := &matching.Graduate{ID: matching.ID(fmt.Sprintf("grd_01J8%022d", i)), Schooling: fmt.Sprintf("%1000d", i)}
				if err := tx.PutGraduate(ctx, g, nil); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	}
	if err := create(0, 10); err != nil {
		t.Fatal(err)
	}
	limitPages(t, s, 60)
	for round := range 3 {
		if err := create(100, 2000); fault.KindOf(err) != fault.Full {
			t.Fatalf("round %d: %v, want a Full", round, err)
		}
		head, err := s.Head(ctx)
		if err != nil || head.Position != 10 {
			t.Fatalf("round %d: head %+v, %v", round, head, err)
		}
		if _, err := s.Graduate(ctx, "grd_01J80000000000000000000003"); err != nil {
			t.Fatalf("round %d: reading: %v", round, err)
		}
		limitPages(t, s, 60) // the connection was opened anew
	}
	limitPages(t, s, 1<<30)
	if err := create(100, 2000); err != nil {
		t.Fatalf("with room again: %v", err)
	}
	if err := s.Check(ctx); err != nil {
		t.Fatal(err)
	}
}

// limitPages lets the database grow to n pages and no further: the nearest to a full disk that needs no disk of its own.
func limitPages(t *testing.T, s *Store, n int) {
	t.Helper()
	c, err := s.writer.take(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer s.writer.give(c)
	if _, err := c.sql.ExecContext(context.Background(), fmt.Sprintf("PRAGMA max_page_count = %d", n)); err != nil {
		t.Fatal(err)
	}
}

func TestKindsOfErrors(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"full", sqlite3.Error{Code: sqlite3.ErrFull}, fault.Full},
		{"no space below an I/O error", sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: 28}, fault.Full},
		{"another I/O error", sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: 5}, fault.Internal},
		{"no space for a directory", &os.PathError{Op: "mkdir", Path: "d", Err: sqlite3.Error{Code: sqlite3.ErrFull}}, fault.Full},
		{"busy", sqlite3.Error{Code: sqlite3.ErrBusy}, fault.Unavailable},
		{"locked", sqlite3.Error{Code: sqlite3.ErrLocked}, fault.Unavailable},
		{"constraint", sqlite3.Error{Code: sqlite3.ErrConstraint}, fault.Conflict},
		{"damaged file", sqlite3.Error{Code: sqlite3.ErrCorrupt}, fault.Internal},
		{"deadline", context.DeadlineExceeded, fault.Unavailable},
		{"one of ours", fault.New(fault.Stale, "", "stale"), fault.Stale},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fault.KindOf(fail("op", c.err)); got != c.want {
				t.Fatalf("kind %v, want %v", got, c.want)
			}
		})
	}
}
