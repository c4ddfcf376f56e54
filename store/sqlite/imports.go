package sqlite

import (
	"context"
	"errors"
	"time"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// ImportedRow gives the digest of the row that a record was imported from.
func (v view) ImportedRow(ctx context.Context, id matching.ID) ([]byte, error) {
	const op = "sqlite.ImportedRow"
	table, err := layout.ImportedTable(id)
	if err := errors.Join(ctx.Err(), err); err != nil {
		return nil, fail(op, err)
	}
	var digest []byte
	err = v.conn.row("SELECT imported_row FROM "+table+" WHERE id = ?"+layout.Shown(store.Noun(table)), []any{string(id)}, &digest)
	return digest, fail(op, err)
}

// NoteRow keeps the digest of the row that a record was imported from.
func (t *tx) NoteRow(ctx context.Context, id matching.ID, digest []byte) error {
	const op = "sqlite.NoteRow"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	table, err := layout.ImportedTable(id)
	if err != nil {
		return t.doom(op, err)
	}
	if row := t.held(table, id); row != nil {
		row[len(row)-1] = digest // its column comes last
		t.wrote = true
		return nil
	}
	var one int
	if err := t.conn.row("UPDATE "+table+" SET imported_row = ? WHERE id = ? RETURNING 1", []any{digest, string(id)}, &one); err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}

// Import reads the record of an import.
func (v view) Import(ctx context.Context, id matching.ID) (*store.Import, error) {
	i, err := one(ctx, v, "SELECT "+layout.ImportColumns+" FROM import WHERE id = ?", []any{string(id)}, layout.ReadImport)
	return i, fail("sqlite.Import", err)
}

// ImportResult reads the result file of an import.
func (v view) ImportResult(ctx context.Context, id matching.ID) ([]byte, error) {
	const op = "sqlite.ImportResult"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	var result []byte
	err := v.conn.row("SELECT result FROM import WHERE id = ?", []any{string(id)}, &result)
	return result, fail(op, err)
}

// Imports lists the records of imports, the newest first.
func (v view) Imports(ctx context.Context, subject string, before matching.ID, limit int) ([]*store.Import, error) {
	query, args := "SELECT "+layout.ImportColumns+" FROM import WHERE (? = '' OR id < ?)", []any{string(before), string(before)}
	if subject != "" {
		query, args = query+" AND subject = ?", append(args, subject)
	}
	imports, err := list(ctx, v, query+" ORDER BY id DESC LIMIT ?", append(args, max(limit, 0)), layout.ReadImport)
	return imports, fail("sqlite.Imports", err)
}

// PutImport stores the record of an import.
func (t *tx) PutImport(ctx context.Context, i *store.Import, result []byte) error {
	const op = "sqlite.put import"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	row, err := layout.ImportRow(i, result)
	if err != nil {
		return t.doom(op, err)
	}
	err = t.conn.exec(`INSERT INTO import (`+layout.ImportColumns+`, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, noun = excluded.noun, source = excluded.source, file = excluded.file,
		state = excluded.state, mode = excluded.mode, counts = excluded.counts, why = excluded.why, started = excluded.started,
		finished = excluded.finished, result = coalesce(excluded.result, result)`, row...)
	if err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}

// ForgetImports implements store.Store.
func (s *Store) ForgetImports(ctx context.Context, before time.Time) (int, error) {
	const step = 20 // each may hold megabytes
	for total := 0; ; {
		var done int64
		err := s.exclusively(ctx, func(c *conn) error {
			return errors.Join(
				c.exec("DELETE FROM import WHERE id IN (SELECT id FROM import WHERE started < ? LIMIT ?)", layout.Micro(before), step),
				c.row("SELECT changes()", nil, &done))
		})
		if err != nil {
			return total, fail("sqlite.ForgetImports", err)
		}
		if total += int(done); done < step {
			return total, nil
		}
	}
}
