package sqlite

import (
	"context"

	"rabta/store"
	"rabta/store/layout"
)

// Looks gives entries of the audit log.
func (v view) Looks(ctx context.Context, after uint64, limit int) ([]store.Look, error) {
	return v.LooksOf(ctx, store.LookFilter{}, after, limit)
}

// LooksOf gives entries of the audit log that a filter lets through.
func (v view) LooksOf(ctx context.Context, filter store.LookFilter, after uint64, limit int) ([]store.Look, error) {
	query, args := "SELECT "+layout.LookColumns+" FROM audit WHERE number > ?", []any{int64(after)}
	for _, f := range []struct{ column, value string }{
		{"graduate", string(filter.Graduate)}, {"posting", string(filter.Posting)}, {"subject", filter.Subject}} {
		if f.value != "" {
			query, args = query+" AND "+f.column+" = ?", append(args, f.value)
		}
	}
	looks, err := list(ctx, v, query+" ORDER BY number LIMIT ?", append(args, max(limit, 0)), layout.ReadLook)
	return layout.Values(looks), fail("sqlite.Looks", err)
}

// LastLook gives the last entry of the audit log.
func (v view) LastLook(ctx context.Context) (*store.Look, error) {
	l, err := one(ctx, v, "SELECT "+layout.LookColumns+" FROM audit ORDER BY number DESC LIMIT 1", nil, layout.ReadLook)
	return l, fail("sqlite.LastLook", err)
}

// AppendLook adds an entry to the audit log. The writer's lock keeps the chain single.
func (t *tx) AppendLook(ctx context.Context, l *store.Look) error {
	const op = "sqlite.append look"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	last, err := t.LastLook(ctx)
	next, err := layout.NextLook(t.keys, last, err, *l, t.at)
	if err != nil {
		return t.doom(op, err)
	}
	err = t.conn.exec("INSERT INTO audit ("+layout.LookColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)", layout.LookRow(next)...)
	if err != nil {
		return t.doom(op, err)
	}
	layout.Set(&t.undo, l, next)
	t.wrote = true
	return nil
}
