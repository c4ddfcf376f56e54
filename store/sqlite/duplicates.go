package sqlite

import (
	"context"
	"database/sql"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

const pairColumns = "first, second, why, state, at, decided_by"

func scanPair(scan func(...any) error) (*store.Duplicate, error) {
	var d store.Duplicate
	var at int64
	err := scan((*string)(&d.First), (*string)(&d.Second), &d.Why, (*string)(&d.State), &at, &d.By)
	d.At = fromMicro(at)
	return &d, err
}

// Duplicate reads a pair.
func (v view) Duplicate(ctx context.Context, first, second matching.ID) (*store.Duplicate, error) {
	const op = "sqlite.Duplicate"
	list, err := v.pairs(ctx, op, "WHERE first = ? AND second = ?", string(min(first, second)), string(max(first, second)))
	if err == nil && len(list) == 0 {
		err = fail(op, sql.ErrNoRows)
	}
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// Duplicates lists the pairs of a state.
func (v view) Duplicates(ctx context.Context, state store.DuplicateState, afterFirst, afterSecond matching.ID, limit int) ([]*store.Duplicate, error) {
	return v.pairs(ctx, "sqlite.Duplicates", "WHERE state = ? AND (first, second) > (?, ?) ORDER BY first, second LIMIT ?",
		string(state), string(afterFirst), string(afterSecond), max(limit, 0))
}

// DuplicatesOf lists the pairs of a graduate.
func (v view) DuplicatesOf(ctx context.Context, graduate matching.ID) ([]*store.Duplicate, error) {
	return v.pairs(ctx, "sqlite.DuplicatesOf", "WHERE first = ? OR second = ? ORDER BY first, second", string(graduate), string(graduate))
}

func (v view) pairs(ctx context.Context, op, where string, args ...any) ([]*store.Duplicate, error) {
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	var list []*store.Duplicate
	err := v.conn.each("SELECT "+pairColumns+" FROM duplicate "+where, args, func(rows *sql.Rows) error {
		d, err := scanPair(rows.Scan)
		list = append(list, d)
		return err
	})
	return list, fail(op, err)
}

// PutDuplicate stores a pair.
func (t *tx) PutDuplicate(ctx context.Context, d *store.Duplicate) error {
	const op = "sqlite.put duplicate"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if d.First == d.Second {
		return t.doom(op, fault.Field("second", "A pair is of two records. Send the ids of both."))
	}
	next := *d
	next.First, next.Second, next.At = min(d.First, d.Second), max(d.First, d.Second), t.at
	for _, id := range []matching.ID{next.First, next.Second} {
		if _, err := t.Graduate(ctx, id); err != nil {
			return t.doom(op, err)
		}
	}
	err := t.conn.exec("INSERT OR REPLACE INTO duplicate ("+pairColumns+") VALUES (?, ?, ?, ?, ?, ?)",
		string(next.First), string(next.Second), next.Why, string(next.State), micro(next.At), next.By)
	if err != nil {
		return t.doom(op, err)
	}
	was := *d
	t.undo = append(t.undo, func() { *d = was })
	*d, t.wrote = next, true
	return nil
}

// MoveExternalIDs has the external ids of a graduate lead to another.
func (t *tx) MoveExternalIDs(ctx context.Context, from, to matching.ID) error {
	const op = "sqlite.MoveExternalIDs"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if _, err := t.Graduate(ctx, to); err != nil {
		return t.doom(op, err)
	}
	err := t.conn.exec("UPDATE merged SET graduate = ? WHERE graduate = ?", string(to), string(from))
	if err == nil {
		err = t.conn.exec(`INSERT OR REPLACE INTO merged (source, external_id, graduate)
			SELECT source, external_id, ? FROM graduate WHERE id = ? AND external_id <> ''`+shown, string(to), string(from))
	}
	if err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}

// forgetPairsOf removes what names a graduate beside her record.
func (t *tx) forgetPairsOf(id matching.ID) error {
	err := t.conn.exec("DELETE FROM duplicate WHERE first = ? OR second = ?", string(id), string(id))
	if err == nil {
		err = t.conn.exec("DELETE FROM merged WHERE graduate = ?", string(id))
	}
	return err
}
