package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/store"
)

const lookColumns = "number, at, role, subject, action, graduate, posting, mac"

// Looks gives entries of the audit log.
func (v view) Looks(ctx context.Context, after uint64, limit int) ([]store.Look, error) {
	return v.LooksOf(ctx, store.LookFilter{}, after, limit)
}

// LooksOf gives entries of the audit log that a filter lets through.
func (v view) LooksOf(ctx context.Context, filter store.LookFilter, after uint64, limit int) ([]store.Look, error) {
	const op = "postgres.Looks"
	query, args := "SELECT "+lookColumns+" FROM audit WHERE number > $1", []any{int64(after)}
	for _, f := range []struct{ column, value string }{
		{"graduate", string(filter.Graduate)}, {"posting", string(filter.Posting)}, {"subject", filter.Subject}} {
		if f.value != "" {
			args = append(args, f.value)
			query += fmt.Sprintf(" AND %s = $%d", f.column, len(args))
		}
	}
	var looks []store.Look
	args = append(args, max(limit, 0))
	err := v.each(ctx, query+fmt.Sprintf(" ORDER BY number LIMIT $%d", len(args)), args, func(rows pgx.Rows) error {
		l, err := scanLook(rows)
		looks = append(looks, l)
		return err
	})
	return looks, fail(op, err)
}

// LastLook gives the last entry of the audit log.
func (v view) LastLook(ctx context.Context) (*store.Look, error) {
	const op = "postgres.LastLook"
	l, err := one(ctx, v.about(), "SELECT "+lookColumns+" FROM audit ORDER BY number DESC LIMIT 1", nil, func(row pgx.Row) (*store.Look, error) {
		l, err := scanLook(row)
		return &l, err
	})
	return l, fail(op, err)
}

func scanLook(row pgx.Row) (store.Look, error) {
	var l store.Look
	var number, at int64
	err := row.Scan(&number, &at, &l.Role, &l.Subject, &l.Action, (*string)(&l.Graduate), (*string)(&l.Posting), &l.MAC)
	l.Number, l.At = uint64(number), fromMicro(at)
	return l, err
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
	if fault.KindOf(err) == fault.NotFound && err != nil {
		last, err = &store.Look{}, nil
	}
	if err != nil {
		return t.doom(op, err)
	}
	next := *l
	next.Number, next.At = last.Number+1, t.at
	next.MAC = t.keys.AuditMAC(last.MAC, &next)
	err = t.about().exec(ctx, "INSERT INTO audit ("+lookColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", int64(next.Number), micro(next.At),
		next.Role, next.Subject, next.Action, string(next.Graduate), string(next.Posting), next.MAC)
	if err != nil {
		return t.doom(op, err)
	}
	was := *l
	t.undo = append(t.undo, func() { *l = was })
	*l, t.wrote = next, true
	return nil
}
