package postgres

import (
	"context"
	"time"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// ImportedRow gives the digest of the row that a record was imported from.
func (v view) ImportedRow(ctx context.Context, id matching.ID) ([]byte, error) {
	const op = "postgres.ImportedRow"
	table, err := layout.ImportedTable(id)
	if err != nil {
		return nil, fail(op, err)
	}
	var digest []byte
	err = v.row(ctx, "SELECT imported_row FROM "+table+" WHERE id = $1"+layout.Shown(store.Noun(table)), []any{string(id)}, &digest)
	return digest, fail(op, err)
}

// NoteRow keeps the digest of the row that a record was imported from: with a record that is gathered, and not sent yet, in its row.
func (t *tx) NoteRow(ctx context.Context, id matching.ID, digest []byte) error {
	const op = "postgres.NoteRow"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	table, err := layout.ImportedTable(id)
	if err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	for _, g := range t.gathered {
		if last := len(g.rows) - 1; g.table == table && last >= 0 && g.rows[last][0] == string(id) {
			g.rows[last][len(g.columns)-1] = digest // its column comes last
			return nil
		}
	}
	var one int
	if err := t.row(ctx, "UPDATE "+table+" SET imported_row = $1 WHERE id = $2 RETURNING 1", []any{digest, string(id)}, &one); err != nil {
		return t.doom(op, err)
	}
	return nil
}

// Import reads the record of an import.
func (v view) Import(ctx context.Context, id matching.ID) (*store.Import, error) {
	const op = "postgres.Import"
	i, err := one(ctx, v.about(), v.locked("SELECT "+layout.ImportColumns+" FROM import WHERE id = $1"), []any{string(id)}, layout.ReadImport)
	return i, fail(op, err)
}

// ImportResult reads the result file of an import.
func (v view) ImportResult(ctx context.Context, id matching.ID) ([]byte, error) {
	const op = "postgres.ImportResult"
	var result []byte
	err := v.row(ctx, "SELECT result FROM import WHERE id = $1", []any{string(id)}, &result)
	return result, fail(op, err)
}

// Imports lists the records of imports, the newest first.
func (v view) Imports(ctx context.Context, subject string, before matching.ID, limit int) ([]*store.Import, error) {
	query := "SELECT " + layout.ImportColumns + " FROM import WHERE ($1 = '' OR id < $1) AND ($2 = '' OR subject = $2) ORDER BY id DESC LIMIT $3"
	imports, err := list(ctx, v, query, []any{string(before), subject, max(limit, 0)}, layout.ReadImport)
	return imports, fail("postgres.Imports", err)
}

// PutImport stores the record of an import.
func (t *tx) PutImport(ctx context.Context, i *store.Import, result []byte) error {
	const op = "postgres.put import"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	row, err := layout.ImportRow(i, result)
	if err != nil {
		return t.doom(op, err)
	}
	err = t.about().exec(ctx, `INSERT INTO import (`+layout.ImportColumns+`, result) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, noun = excluded.noun, source = excluded.source, file = excluded.file,
		state = excluded.state, mode = excluded.mode, counts = excluded.counts, why = excluded.why, started = excluded.started,
		finished = excluded.finished, result = coalesce(excluded.result, import.result)`, row...)
	if err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}

// ForgetImports implements store.Store.
func (s *Store) ForgetImports(ctx context.Context, before time.Time) (int, error) {
	const step = 20 // each may hold megabytes
	return s.inSteps(ctx, "postgres.ForgetImports", step,
		"DELETE FROM import WHERE id IN (SELECT id FROM import WHERE started < $1 LIMIT $2)", layout.Micro(before))
}
