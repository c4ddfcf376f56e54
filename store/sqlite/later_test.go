package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"rabta/store"
	"rabta/store/sqlite"
	"rabta/store/storetest"
)

// TestConformanceOnALaterSchema holds the store to the whole suite on a schema that a later version of the program has changed.
func TestConformanceOnALaterSchema(t *testing.T) {
	storetest.Run(t, func(t *testing.T, keys *store.Keys) (store.Store, func() store.Store) {
		dir := t.TempDir()
		first, err := sqlite.Open(t.Context(), dir, sqlite.Options{Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		migrateLater(t, dir)
		s := open(t, dir, keys)
		return s, func() store.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, dir, keys)
		}
	})
}

func migrateLater(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("PRAGMA synchronous = OFF"); err != nil {
		t.Fatal(err)
	}
	for _, statement := range storetest.Later() {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}
