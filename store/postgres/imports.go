package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

const importColumns = "id, subject, noun, source, file, state, mode, counts, why, started, finished"

func scanImport(row pgx.Row) (*store.Import, error) {
	var i store.Import
	var counts []byte
	var started int64
	var finished *int64
	err := row.Scan((*string)(&i.ID), &i.Subject, (*string)(&i.Noun), &i.Source, &i.File, (*string)(&i.State), (*string)(&i.Mode), &counts, &i.Why,
		&started, &finished)
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(counts, &i.Counts) != nil {
		return nil, errDamaged
	}
	i.Started = fromMicro(started)
	if finished != nil {
		i.Finished = fromMicro(*finished)
	}
	return &i, nil
}

// ImportedRow gives the digest of the row that a record was imported from.
func (v view) ImportedRow(ctx context.Context, id matching.ID) ([]byte, error) {
	const op = "postgres.ImportedRow"
	table, err := importedTable(id)
	if err != nil {
		return nil, fail(op, err)
	}
	var digest []byte
	err = v.row(ctx, "SELECT imported_row FROM "+table+" WHERE id = $1"+shown, []any{string(id)}, &digest)
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

// NoteRow keeps the digest of the row that a record was imported from: with a record that is gathered, and not sent yet, in its row.
func (t *tx) NoteRow(ctx context.Context, id matching.ID, digest []byte) error {
	const op = "postgres.NoteRow"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	table, err := importedTable(id)
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
	i, err := one(ctx, v.about(), v.locked("SELECT "+importColumns+" FROM import WHERE id = $1"), []any{string(id)}, scanImport)
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
	const op = "postgres.Imports"
	query := "SELECT " + importColumns + " FROM import WHERE ($1 = '' OR id < $1) AND ($2 = '' OR subject = $2) ORDER BY id DESC LIMIT $3"
	var list []*store.Import
	err := v.each(ctx, query, []any{string(before), subject, max(limit, 0)}, func(rows pgx.Rows) error {
		i, err := scanImport(rows)
		list = append(list, i)
		return err
	})
	return list, fail(op, err)
}

// PutImport stores the record of an import.
func (t *tx) PutImport(ctx context.Context, i *store.Import, result []byte) error {
	const op = "postgres.put import"
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
	err = t.about().exec(ctx, `INSERT INTO import (`+importColumns+`, result) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, noun = excluded.noun, source = excluded.source, file = excluded.file,
		state = excluded.state, mode = excluded.mode, counts = excluded.counts, why = excluded.why, started = excluded.started,
		finished = excluded.finished, result = coalesce(excluded.result, import.result)`,
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
	return s.inSteps(ctx, "postgres.ForgetImports", step,
		"DELETE FROM import WHERE id IN (SELECT id FROM import WHERE started < $1 LIMIT $2)", micro(before))
}
