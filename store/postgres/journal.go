package postgres

import (
	"context"

	"rabta/store"
	"rabta/store/layout"
)

// withHead adds the journal head to a walk that ended well. A walk of a snapshot reads the head of its snapshot. One inside a
// transaction that writes holds the head meanwhile, so that nobody else's commit comes between what it sees and what it counts.
func withHead(ctx context.Context, v view, walk func() error) (store.Head, error) {
	if v.tx != nil {
		if err := v.exec(ctx, "SELECT FROM journal_head FOR NO KEY UPDATE"); err != nil {
			return store.Head{}, fail("postgres.walk", err)
		}
	}
	if err := walk(); err != nil {
		return store.Head{}, err
	}
	return v.Head(ctx)
}

// counted gives the entries of the transaction their positions, so that they are counted and shown.
func (v view) counted(ctx context.Context) error {
	if v.tx == nil || len(v.tx.entries) == 0 {
		return nil
	}
	if err := v.tx.ready(ctx); err != nil {
		return err
	}
	return v.after(v.tx.flush(ctx))
}

// Head tells where the journal stands.
func (v view) Head(ctx context.Context) (store.Head, error) {
	const op = "postgres.Head"
	if err := v.counted(ctx); err != nil {
		return store.Head{}, fail(op, err)
	}
	if v.tx != nil && v.tx.head != nil {
		return *v.tx.head, fail(op, ctx.Err())
	}
	var epoch string
	var position int64
	err := v.about().row(ctx, "SELECT epoch, position FROM journal_head", nil, &epoch, &position)
	if err != nil {
		return store.Head{}, fail(op, err)
	}
	return store.Head{Epoch: store.Epoch(epoch), Position: store.Position(position)}, nil
}

// Journal reads entries of the journal.
func (v view) Journal(ctx context.Context, after store.Position, limit int) ([]store.Entry, error) {
	const op = "postgres.Journal"
	if err := v.counted(ctx); err != nil {
		return nil, fail(op, err)
	}
	query := "SELECT " + layout.EntryColumns + " FROM journal WHERE position > $1 ORDER BY position LIMIT $2"
	entries, err := list(ctx, v, query, []any{int64(after), int64(max(limit, 0))}, layout.ReadEntry)
	return layout.Values(entries), fail(op, err)
}
