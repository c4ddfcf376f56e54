package postgres_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"rabta/store"
)

// The schema that the migrations make is that of store.Tables, as SQLite's is: the two are logically equal. Every text is ordered by its
// bytes.
func TestSchemaIsAsTold(t *testing.T) {
	c, err := pgx.Connect(t.Context(), database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	var told []string
	for _, want := range store.Tables() {
		told = append(told, want.Name)
		if diff := cmp.Diff(want, tableOf(t, c, want.Name)); diff != "" {
			t.Errorf("table %s (-told +made):\n%s", want.Name, diff)
		}
	}
	rows, err := c.Query(t.Context(), "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('goose_db_version', 'journal_head')")
	if err != nil {
		t.Fatal(err)
	}
	made, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range made {
		if !slices.Contains(told, name) {
			t.Errorf("table %s is not told of: it would not be copied", name)
		}
	}
	var languages int
	err = c.QueryRow(t.Context(), `SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'
		AND table_name <> 'goose_db_version' AND collation_name IS DISTINCT FROM 'C'`).Scan(&languages)
	if err != nil || languages != 0 {
		t.Errorf("%d texts are ordered by a language: %v", languages, err)
	}
}

// tableOf reads a table's description from the database.
func tableOf(t *testing.T, c *pgx.Conn, name string) store.Table {
	t.Helper()
	values := map[string]store.Value{"bigint": store.Integer, "text": store.Text, "json": store.Text, "bytea": store.Bytes}
	table := store.Table{Name: name}
	rows, err := c.Query(t.Context(), `SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`, name)
	if err != nil {
		t.Fatal(err)
	}
	table.Columns, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (store.Column, error) {
		var column store.Column
		var kind string
		err := row.Scan(&column.Name, &kind, &column.Nullable)
		column.Value = values[kind]
		return column, err
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, err = c.Query(t.Context(), `SELECT column_name FROM information_schema.key_column_usage
		WHERE table_schema = 'public' AND table_name = $1 AND constraint_name = $1 || '_pkey' ORDER BY ordinal_position`, name)
	if err != nil {
		t.Fatal(err)
	}
	if table.Key, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		t.Fatal(err)
	}
	return table
}
