package postgres

import (
	"context"
	"fmt"

	"rabta/store"
	"rabta/store/layout"
)

// Looks gives entries of the audit log.
func (v view) Looks(ctx context.Context, after uint64, limit int) ([]store.Look, error) {
	return v.LooksOf(ctx, store.LookFilter{}, after, limit)
}

// LooksOf gives entries of the audit log that a filter lets through.
func (v view) LooksOf(ctx context.Context, filter store.LookFilter, after uint64, limit int) ([]store.Look, error) {
	query, args := "SELECT "+layout.LookColumns+" FROM audit WHERE number > $1", []any{int64(after)}
	for _, f := range []struct{ column, value string }{
		{"graduate", string(filter.Graduate)}, {"posting", string(filter.Posting)}, {"subject", filter.Subject}} {
		if f.value != "" {
			args = append(args, f.value)
			query += fmt.Sprintf(" AND %s = $%d", f.column, len(args))
		}
	}
	args = append(args, max(limit, 0))
	looks, err := list(ctx, v, query+fmt.Sprintf(" ORDER BY number LIMIT $%d", len(args)), args, layout.ReadLook)
	return layout.Values(looks), fail("postgres.Looks", err)
}

// LastLook gives the last entry of the audit log.
func (v view) LastLook(ctx context.Context) (*store.Look, error) {
	l, err := one(ctx, v.about(), "SELECT "+layout.LookColumns+" FROM audit ORDER BY number DESC LIMIT 1", nil, layout.ReadLook)
	return l, fail("postgres.LastLook", err)
}

// AppendLook adds an entry to the audit log. A lock that is held until the commit keeps the chain single.
func (t *tx) AppendLook(ctx context.Context, l *store.Look) error {
	const op = "postgres.append look"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if err := t.about().exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(auditLock)); err != nil {
		return t.doom(op, err)
	}
	last, err := t.LastLook(ctx)
	next, err := layout.NextLook(t.keys, last, err, *l, t.at)
	if err != nil {
		return t.doom(op, err)
	}
	err = t.about().exec(ctx, "INSERT INTO audit ("+layout.LookColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", layout.LookRow(next)...)
	if err != nil {
		return t.doom(op, err)
	}
	layout.Set(&t.undo, l, next)
	t.wrote = true
	return nil
}
