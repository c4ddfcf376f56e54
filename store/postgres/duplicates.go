package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

const (
	pairColumns = "first, second, why, state, at, decided_by"
	replacePair = ` ON CONFLICT (first, second) DO UPDATE SET why = excluded.why, state = excluded.state, at = excluded.at,
		decided_by = excluded.decided_by`
)

func scanPair(row pgx.Row) (*store.Duplicate, error) {
	var d store.Duplicate
	var at int64
	err := row.Scan((*string)(&d.First), (*string)(&d.Second), &d.Why, (*string)(&d.State), &at, &d.By)
	d.At = fromMicro(at)
	return &d, err
}

// Duplicate reads a pair.
func (v view) Duplicate(ctx context.Context, first, second matching.ID) (*store.Duplicate, error) {
	const op = "postgres.Duplicate"
	list, err := v.pairs(ctx, op, "WHERE first = $1 AND second = $2", string(min(first, second)), string(max(first, second)))
	if err == nil && len(list) == 0 {
		err = fail(op, v.missed())
	}
	if err != nil {
		return nil, err
	}
	return list[0], nil
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
	var list []*store.Duplicate
	err := v.about().each(ctx, "SELECT "+pairColumns+" FROM duplicate "+where, args, func(rows pgx.Rows) error {
		d, err := scanPair(rows)
		list = append(list, d)
		return err
	})
	return list, fail(op, err)
}

// PutDuplicate stores a pair.
func (t *tx) PutDuplicate(ctx context.Context, d *store.Duplicate) error {
	const op = "postgres.put duplicate"
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
	err := t.about().exec(ctx, "INSERT INTO duplicate ("+pairColumns+") VALUES ($1, $2, $3, $4, $5, $6)"+replacePair,
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
			SELECT source, external_id, $1 FROM graduate WHERE id = $2 AND external_id <> ''`+shown+`
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
