package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

const importColumns = "id, subject, noun, source, file, state, mode, counts, why, started, finished"

func scanImport(scan func(...any) error) (*store.Import, error) {
	var i store.Import
	var counts []byte
	var started int64
	var finished sql.NullInt64
	err := scan((*string)(&i.ID), &i.Subject, (*string)(&i.Noun), &i.Source, &i.File, (*string)(&i.State), (*string)(&i.Mode), &counts, &i.Why,
		&started, &finished)
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(counts, &i.Counts) != nil {
		return nil, errDamaged
	}
	i.Started = fromMicro(started)
	if finished.Valid {
		i.Finished = fromMicro(finished.Int64)
	}
	return &i, nil
}

// ImportedRow gives the digest of the row that a record was imported from.
func (v view) ImportedRow(ctx context.Context, id matching.ID) ([]byte, error) {
	const op = "sqlite.ImportedRow"
	table, err := importedTable(id)
	if err := errors.Join(ctx.Err(), err); err != nil {
		return nil, fail(op, err)
	}
	var digest []byte
	err = v.conn.row("SELECT imported_row FROM "+table+" WHERE id = ?"+shown, []any{string(id)}, &digest)
	return digest, fail(op, err)
}

// importedTable is where the records of an id's kind lie that may have been imported from rows.
func importedTable(id matching.ID) (string, error) {
	switch {
	case id.Is(matching.GraduatePrefix):
		return string(store.GraduateNoun), nil
	case id.Is(matching.PostingPrefix):
		return string(store.PostingNoun), nil
	}
	return "", fault.Field("id", "Rows are kept with graduates and postings. Send the id of one.")
}

// NoteRow keeps the digest of the row that a record was imported from.
func (t *tx) NoteRow(ctx context.Context, id matching.ID, digest []byte) error {
	const op = "sqlite.NoteRow"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	table, err := importedTable(id)
	if err != nil {
		return t.doom(op, err)
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
	const op = "sqlite.Import"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	statement, err := v.conn.statement("SELECT " + importColumns + " FROM import WHERE id = ?")
	if err != nil {
		return nil, fail(op, err)
	}
	i, err := scanImport(statement.QueryRow(string(id)).Scan)
	return i, fail(op, err)
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
	const op = "sqlite.Imports"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	query, args := "SELECT "+importColumns+" FROM import WHERE (? = '' OR id < ?)", []any{string(before), string(before)}
	if subject != "" {
		query, args = query+" AND subject = ?", append(args, subject)
	}
	var list []*store.Import
	err := v.conn.each(query+" ORDER BY id DESC LIMIT ?", append(args, max(limit, 0)), func(rows *sql.Rows) error {
		i, err := scanImport(rows.Scan)
		list = append(list, i)
		return err
	})
	return list, fail(op, err)
}

// PutImport stores the record of an import.
func (t *tx) PutImport(ctx context.Context, i *store.Import, result []byte) error {
	const op = "sqlite.put import"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if !i.ID.Is(store.ImportPrefix) {
		return t.doom(op, fault.Field("id", "The id is not well formed. Send one that begins with imp_."))
	}
	counts, err := json.Marshal(i.Counts)
	if err != nil {
		return t.doom(op, err)
	}
	var finished, file any
	if !i.Finished.IsZero() {
		finished = micro(i.Finished)
	}
	if i.File != nil {
		file = i.File
	}
	var kept any
	if result != nil {
		kept = result
	}
	err = t.conn.exec(`INSERT INTO import (`+importColumns+`, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, noun = excluded.noun, source = excluded.source, file = excluded.file,
		state = excluded.state, mode = excluded.mode, counts = excluded.counts, why = excluded.why, started = excluded.started,
		finished = excluded.finished, result = coalesce(excluded.result, result)`,
		string(i.ID), i.Subject, string(i.Noun), i.Source, file, string(i.State), string(i.Mode), string(counts), i.Why, micro(i.Started), finished, kept)
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
				c.exec("DELETE FROM import WHERE id IN (SELECT id FROM import WHERE started < ? LIMIT ?)", micro(before), step),
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
