package sqlite_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"rabta/matching"
	"rabta/store"
)

// TestRotationUnderLoad rotates both uses of keys four times while others read, look up, and write: nobody ever fails to open what is
// sealed or misses a person, and afterwards the old keys can go.
func TestRotationUnderLoad(t *testing.T) {
	keys := store.NewKeys()
	s := open(t, t.TempDir(), keys)
	const people = 700
	putGraduates(t, s, 0, people, true)
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
		_, err := s.Update(t.Context(), func(tx store.Tx) error {
			stored, personal := benchGraduate(i % people)
			g, err := tx.Graduate(t.Context(), stored.ID)
			if err != nil {
				return err
			}
			return tx.PutGraduate(t.Context(), g, personal)
		})
		return err
	})
	for range 4 {
		keys = keys.Rotated(store.SealingKey).Rotated(store.LookupKey)
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
	if got := fmt.Sprint(keys.Versions(store.SealingKey), keys.Versions(store.LookupKey)); got != "[5] [1 5]" {
		t.Errorf("versions left: %s, want [5] [1 5]", got)
	}
	if reads.Load() == 0 || writes.Load() == 0 {
		t.Errorf("%d reads and %d writes ran beside it", reads.Load(), writes.Load())
	}
	t.Logf("%d reads and %d writes beside 4 rotations of %d people", reads.Load(), writes.Load(), people)
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

// TestANewerKeyFileIsReadAgain holds that a process that did not rotate opens what one that did has sealed, once the key file is there.
func TestANewerKeyFileIsReadAgain(t *testing.T) {
	old := store.NewKeys()
	rotated := old.Rotated(store.SealingKey)
	blob, err := rotated.Seal("grd_1", store.PersonalColumn, []byte("text"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		file  *store.Keys
		opens bool
	}{{"the new file", rotated, true}, {"the new file without the old version", rotated.Pruned(nil), true},
		{"still the old file", old, false}, {"another store's", store.NewKeys().Rotated(store.SealingKey), false}} {
		ring := store.NewKeyring(old, func() (*store.Keys, error) { return c.file, nil })
		plain, err := ring.Open(old, matching.ID("grd_1"), store.PersonalColumn, blob)
		if opened := err == nil && string(plain) == "text"; opened != c.opens {
			t.Errorf("%s: opened %v, %v", c.name, opened, err)
		}
		if got := ring.Keys().Versions(store.SealingKey)[0]; got != 1 {
			t.Errorf("%s: version 1 was forgotten", c.name)
		}
	}
}
