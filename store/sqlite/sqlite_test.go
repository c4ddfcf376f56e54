package sqlite_test

import (
	"testing"

	"go.uber.org/goleak"

	"rabta/store"
	"rabta/store/sqlite"
	"rabta/store/storetest"
)

func TestConformance(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	storetest.Run(t, func(t *testing.T) (store.Store, func() store.Store) {
		dir, keys := t.TempDir(), store.NewKeys()
		s := open(t, dir, keys)
		return s, func() store.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, dir, keys)
		}
	})
}

// open opens a store that closes with the test.
func open(t testing.TB, dir string, keys *store.Keys) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
