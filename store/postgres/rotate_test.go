package postgres_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"rabta/store"
	"rabta/store/postgres"
)

// TestRotationUnderLoad rotates both uses of keys while others read, look up and write, on this node and on another that has the key
// file: nobody ever fails to open what is sealed or misses a person, and afterwards the old keys can go.
func TestRotationUnderLoad(t *testing.T) {
	keys := store.NewKeys()
	url := database(t)
	s := open(t, url, keys)
	var file atomic.Pointer[store.Keys] // as it lies on the other node
	file.Store(keys)
	other, err := postgres.Open(t.Context(), url, postgres.Options{Keys: keys, ReloadKeys: func() (*store.Keys, error) { return file.Load(), nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	const people, rotations = 700, 3
	putGraduates(t, s, 0, people)
	stop, load := make(chan struct{}), sync.WaitGroup{}
	var reads, writes atomic.Int64
	work := func(name string, count *atomic.Int64, do func(i int) error) {
		load.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := do(i); err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
				count.Add(1)
			}
		})
	}
	for reader := range 3 {
		work("reading", &reads, func(i int) error { return readsAs(t.Context(), s, (i*7+reader)%people) })
	}
	work("writing", &writes, func(i int) error {
		node := []*postgres.Store{s, other}[i%2]
		_, err := node.Update(t.Context(), func(tx store.Tx) error {
			stored, personal := benchGraduate(i % people)
			g, err := tx.Graduate(t.Context(), stored.ID)
			if err != nil {
				return err
			}
			return tx.PutGraduate(t.Context(), g, personal)
		})
		return err
	})
	for range rotations {
		keys = keys.Rotated(store.SealingKey).Rotated(store.LookupKey)
		file.Store(keys)
		if err := s.SetKeys(t.Context(), keys); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Reseal(t.Context()); err != nil {
			t.Fatal(err)
		}
		used, err := s.KeyCounts(t.Context())
		if err != nil || len(used) != 2 || used[0].Version != keys.SealingVersion() || used[1].Version != keys.LookupVersion() {
			t.Fatalf("used after resealing: %v, %v", used, err)
		}
		keys = keys.Pruned(used)
		if err := s.SetKeys(t.Context(), keys); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	load.Wait()
	want := fmt.Sprintf("[%d] [1 %d]", rotations+1, rotations+1)
	if got := fmt.Sprint(keys.Versions(store.SealingKey), keys.Versions(store.LookupKey)); got != want {
		t.Errorf("versions left: %s, want %s", got, want)
	}
	if reads.Load() == 0 || writes.Load() == 0 {
		t.Errorf("%d reads and %d writes ran beside it", reads.Load(), writes.Load())
	}
	t.Logf("%d reads and %d writes beside %d rotations of %d people", reads.Load(), writes.Load(), rotations, people)
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// readsAs reads a person and looks her up.
func readsAs(ctx context.Context, s store.Store, n int) error {
	g, want := benchGraduate(n)
	got, err := s.Personal(ctx, g.ID)
	if err != nil || got != *want {
		return fmt.Errorf("person %d reads as %v, %w", n, got == *want, err)
	}
	ids, err := s.GraduatesByPhone(ctx, want.Phone)
	if err != nil || len(ids) != 1 || ids[0] != g.ID {
		return fmt.Errorf("person %d found as %v: %w", n, ids, err)
	}
	return nil
}
