package sqlite

import (
	"context"
	"database/sql"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// Duplicate reads a pair.
func (v view) Duplicate(ctx context.Context, first, second matching.ID) (*store.Duplicate, error) {
	const op = "sqlite.Duplicate"
	pairs, err := v.pairs(ctx, op, "WHERE first = ? AND second = ?", string(min(first, second)), string(max(first, second)))
	if err == nil && len(pairs) == 0 {
		err = fail(op, sql.ErrNoRows)
	}
	if err != nil {
		return nil, err
	}
	return pairs[0], nil
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
	pairs, err := list(ctx, v, "SELECT "+layout.PairColumns+" FROM duplicate "+where, args, layout.ReadPair)
	return pairs, fail(op, err)
}

// PutDuplicate stores a pair.
func (t *tx) PutDuplicate(ctx context.Context, d *store.Duplicate) error {
	const op = "sqlite.put duplicate"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	next, err := layout.Pair(*d, t.at)
	if err != nil {
		return t.doom(op, err)
	}
	for _, id := range []matching.ID{next.First, next.Second} {
		if _, err = t.Graduate(ctx, id); err != nil {
			return t.doom(op, err)
		}
	}
	err = t.conn.exec("INSERT OR REPLACE INTO duplicate ("+layout.PairColumns+") VALUES (?, ?, ?, ?, ?, ?)", layout.PairRow(next)...)
	if err != nil {
		return t.doom(op, err)
	}
	layout.Set(&t.undo, d, next)
	t.wrote = true
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
			SELECT source, external_id, ? FROM graduate WHERE id = ? AND external_id <> ''`+layout.Shown(store.GraduateNoun), string(to), string(from))
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
