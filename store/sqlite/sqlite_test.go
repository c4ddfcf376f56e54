package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/mattn/go-sqlite3" // the driver by its name
	"go.uber.org/goleak"

	"rabta/store"
	"rabta/store/sqlite"
	"rabta/store/storetest"
)

func TestConformance(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	storetest.Run(t, func(t *testing.T, keys *store.Keys) (store.Store, func() store.Store) {
		dir := t.TempDir()
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

// The schema that the migrations make is that of store.Tables.
func TestSchemaIsAsTold(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, store.NewKeys())
	db, err := sql.Open("sqlite3", filepath.Join(dir, sqlite.FileName)+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var names []string
	for _, want := range store.Tables() {
		names = append(names, want.Name)
		if diff := cmp.Diff(want, tableOf(t, db, want.Name)); diff != "" {
			t.Errorf("table %s (-told +made):\n%s", want.Name, diff)
		}
	}
	rows, err := db.Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' AND name <> 'journal_head'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(names, name) {
			t.Errorf("table %s is not told of: it would not be copied", name)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// tableOf reads a table's description from the database.
func tableOf(t *testing.T, db *sql.DB, name string) store.Table {
	t.Helper()
	values := map[string]store.Value{"INTEGER": store.Integer, "TEXT": store.Text, "BLOB": store.Bytes}
	rows, err := db.Query("SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid", name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	table, keys := store.Table{Name: name}, map[int]string{}
	for rows.Next() {
		var column, kind string
		var notNull bool
		var key int
		if err := rows.Scan(&column, &kind, &notNull, &key); err != nil {
			t.Fatal(err)
		}
		table.Columns = append(table.Columns, store.Column{Name: column, Value: values[kind], Nullable: !notNull && key == 0})
		keys[key] = column
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for i := 1; keys[i] != ""; i++ {
		table.Key = append(table.Key, keys[i])
	}
	return table
}
