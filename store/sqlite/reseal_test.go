package sqlite_test

import (
	"context"
	"fmt"
	"testing"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/sqlite"
)

// After a rotation everything reads as before; after resealing it reads with the new key versions, and older key files are refused.
func TestReseal(t *testing.T) {
	dir, old := t.TempDir(), store.NewKeys()
	s := open(t, dir, old)
	const people = 1203 // more than two batches
	putGraduates(t, s, 0, people, true)
	contact := matching.EmployerContact{Person: "Usman"}
	e := &matching.Employer{ID: "emp_01J80000000000000000000001", Name: "Workshop"}
	update(t, s, func(ctx context.Context, tx store.Tx) error { return tx.PutEmployer(ctx, e, &contact) })
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)

	rotated := old.Rotated(store.SealingKey).Rotated(store.LookupKey)
	s = open(t, dir, rotated)
	readsAsBefore := func() {
		t.Helper()
		for _, n := range []int{0, 500, people - 1} {
			g, want := benchGraduate(n)
			got, err := s.Personal(t.Context(), g.ID)
			if err != nil || got != *want {
				t.Fatalf("person %d: %+v, %v", n, got, err)
			}
			ids, err := s.GraduatesByPhone(t.Context(), want.Phone)
			if err != nil || fmt.Sprint(ids) != fmt.Sprint([]matching.ID{g.ID}) {
				t.Fatalf("by phone: %v, %v", ids, err)
			}
		}
		if got, err := s.EmployerContact(t.Context(), e.ID); err != nil || got != contact {
			t.Fatalf("contact: %+v, %v", got, err)
		}
	}
	readsAsBefore()
	for _, want := range []int{people + 1, 0} {
		if n, err := s.Reseal(t.Context()); err != nil || n != want {
			t.Fatalf("sealed %d again, %v; want %d", n, err, want)
		}
		readsAsBefore()
	}
	if after, err := s.Head(t.Context()); err != nil || after != head {
		t.Fatalf("head %+v, %v; want %+v as before", after, err, head)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	if _, err := sqlite.Open(t.Context(), dir, sqlite.Options{Keys: old}); fault.KindOf(err) != fault.Conflict {
		t.Fatalf("opened with the old keys: %v", err)
	}
}
