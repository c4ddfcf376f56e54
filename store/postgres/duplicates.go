package postgres

import (
	"context"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

const replacePair = ` ON CONFLICT (first, second) DO UPDATE SET why = excluded.why, state = excluded.state, at = excluded.at,
	decided_by = excluded.decided_by`

// Duplicate reads a pair.
func (v view) Duplicate(ctx context.Context, first, second matching.ID) (*store.Duplicate, error) {
	const op = "postgres.Duplicate"
	pairs, err := v.pairs(ctx, op, "WHERE first = $1 AND second = $2", string(min(first, second)), string(max(first, second)))
	if err == nil && len(pairs) == 0 {
		err = fail(op, v.missed())
	}
	if err != nil {
		return nil, err
	}
	return pairs[0], nil
}

// Duplicates lists the pairs of a state.
func (v view) Duplicates(ctx context.Context, state store.DuplicateState, afterFirst, afterSecond matching.ID, limit int) ([]*store.Duplicate, error) {
	return v.pairs(ctx, "postgres.Duplicates", "WHERE state = $1 AND (first, second) > ($2, $3) ORDER BY first, second LIMIT $4",
		string(state), string(afterFirst), string(afterSecond), max(limit, 0))
}

// DuplicatesOf lists the pairs of a graduate.
func (v view) DuplicatesOf(ctx context.Context, graduate matching.ID) ([]*store.Duplicate, error) {
	return v.pairs(ctx, "postgres.DuplicatesOf", "WHERE first = $1 OR second = $1 ORDER BY first, second", string(graduate))
}

func (v view) pairs(ctx context.Context, op, where string, args ...any) ([]*store.Duplicate, error) {
	pairs, err := list(ctx, v.about(), "SELECT "+layout.PairColumns+" FROM duplicate "+where, args, layout.ReadPair)
	return pairs, fail(op, err)
}

// PutDuplicate stores a pair.
func (t *tx) PutDuplicate(ctx context.Context, d *store.Duplicate) error {
	const op = "postgres.put duplicate"
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
	err = t.about().exec(ctx, "INSERT INTO duplicate ("+layout.PairColumns+") VALUES ($1, $2, $3, $4, $5, $6)"+replacePair, layout.PairRow(next)...)
	if err != nil {
		return t.doom(op, err)
	}
	layout.Set(&t.undo, d, next)
	t.wrote = true
	return nil
}

// MoveExternalIDs has the external ids of a graduate lead to another.
func (t *tx) MoveExternalIDs(ctx context.Context, from, to matching.ID) error {
	const op = "postgres.MoveExternalIDs"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if _, err := t.Graduate(ctx, to); err != nil {
		return t.doom(op, err)
	}
	err := t.about().exec(ctx, "UPDATE merged SET graduate = $1 WHERE graduate = $2", string(to), string(from))
	if err == nil {
		err = t.about(rowKey(store.GraduateNoun, from)).exec(ctx, `INSERT INTO merged (source, external_id, graduate)
			SELECT source, external_id, $1 FROM graduate WHERE id = $2 AND external_id <> ''`+layout.Shown(store.GraduateNoun)+`
			ON CONFLICT (source, external_id) DO UPDATE SET graduate = excluded.graduate`, string(to), string(from))
	}
	if err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}

// forgetPairsOf removes what names a graduate beside her record.
func (t *tx) forgetPairsOf(ctx context.Context, id matching.ID) error {
	err := t.about().exec(ctx, "DELETE FROM duplicate WHERE first = $1 OR second = $1", string(id))
	if err == nil {
		err = t.about().exec(ctx, "DELETE FROM merged WHERE graduate = $1", string(id))
	}
	return err
}
