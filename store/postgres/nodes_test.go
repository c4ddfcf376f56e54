package postgres_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/postgres"
	"rabta/store/postgres/cluster"
)

// Eight writers over two stores, and a follower on a third that must meet every position once, in order, with the record there.
func TestPositionsFollowCommitOrderOverNodes(t *testing.T) {
	url, keys := database(t), store.NewKeys()
	stores := []*postgres.Store{open(t, url, keys), open(t, url, keys)}
	reader := open(t, url, keys)
	const writers, rounds, records = 8, 12, 3
	followed := make(chan error, 1)
	go func() { followed <- follow(t.Context(), reader, writers*rounds*records) }()
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for r := range rounds {
				putGraduates(t, stores[w%2], (w*rounds+r)*records, records)
			}
		})
	}
	all.Wait()
	if err := <-followed; err != nil {
		t.Fatal(err)
	}
	if err := reader.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// follow reads the journal to a position as a node does.
func follow(ctx context.Context, s store.Store, last store.Position) error {
	for position := store.Position(0); position < last; {
		waiting, cancel := context.WithTimeout(ctx, 20*time.Second)
		err := s.Wait(waiting, position)
		cancel()
		if err != nil {
			return err
		}
		entries, err := s.Journal(ctx, position, 7)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Position != position+1 {
				return fmt.Errorf("position %d after %d", e.Position, position)
			}
			if _, err := s.Graduate(ctx, e.ID); err != nil {
				return fmt.Errorf("the record of position %d: %w", e.Position, err)
			}
			position = e.Position
		}
	}
	return nil
}

// Nodes that start at once on a new database bring its schema up one after the other.
func TestStartingTogether(t *testing.T) {
	url, keys := cluster.ForTest(t), store.NewKeys()
	if fresh, err := postgres.Fresh(t.Context(), url); err != nil || !fresh {
		t.Fatalf("fresh: %v, %v", fresh, err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			s, err := postgres.Open(t.Context(), url, postgres.Options{Keys: keys})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if fresh, err := postgres.Fresh(t.Context(), url); err != nil || fresh {
		t.Fatalf("fresh: %v, %v", fresh, err)
	}
	if _, err := postgres.Open(t.Context(), url, postgres.Options{Keys: store.NewKeys()}); fault.KindOf(err) != fault.Conflict {
		t.Fatalf("opened with other keys: %v", err)
	}
	if _, err := postgres.Open(t.Context(), url, postgres.Options{}); fault.KindOf(err) != fault.Invalid {
		t.Fatalf("opened without keys: %v", err)
	}
}

// Two changes that wait for each other's record both go through: one of them is run again.
func TestADeadlockIsRunAgain(t *testing.T) {
	url, keys := database(t), store.NewKeys()
	s := open(t, url, keys)
	putGraduates(t, s, 1, 2)
	first, _ := benchGraduate(1)
	second, _ := benchGraduate(2)
	var runs atomic.Int32
	var met sync.WaitGroup
	met.Add(2)
	change := func(one, two matching.ID) error {
		meet := sync.OnceFunc(func() { met.Done(); met.Wait() })
		_, err := s.Update(t.Context(), func(tx store.Tx) error {
			runs.Add(1)
			for _, id := range []matching.ID{one, two} {
				g, err := tx.Graduate(t.Context(), id)
				if err != nil {
					return err
				}
				meet()
				if err := tx.PutGraduate(t.Context(), g, nil); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	}
	done := make(chan error, 2)
	go func() { done <- change(first.ID, second.ID) }()
	go func() { done <- change(second.ID, first.ID) }()
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if runs.Load() < 3 {
		t.Errorf("the changes ran %d times: they never met", runs.Load())
	}
	if g, err := s.Graduate(t.Context(), first.ID); err != nil || g.Version != 3 {
		t.Fatalf("%+v, %v", g, err)
	}
}

// Who works alone on one node keeps the others from it, and loses the right with the connection.
func TestAloneOverNodes(t *testing.T) {
	url, keys := database(t), store.NewKeys()
	one, two := open(t, url, keys), open(t, url, keys)
	ended := make(chan struct{})
	ran, err := one.Alone(t.Context(), "expiry", func(ctx context.Context) error {
		ran, err := two.Alone(t.Context(), "expiry", func(context.Context) error { return nil })
		if ran || err != nil {
			t.Errorf("two run: %v, %v", ran, err)
		}
		exec(t, url, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
		select {
		case <-ctx.Done():
			close(ended)
		case <-time.After(20 * time.Second):
			t.Error("the right is lost, and the work goes on")
		}
		return nil
	})
	if !ran || err != nil {
		t.Fatalf("ran: %v, %v", ran, err)
	}
	<-ended
	if ran, err := two.Alone(t.Context(), "expiry", func(context.Context) error { return nil }); !ran || err != nil {
		t.Fatalf("after it: %v, %v", ran, err)
	}
}
