package sqlite

import (
	"context"
	"database/sql"

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
	const op = "sqlite.Looks"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	query, args := "SELECT "+lookColumns+" FROM audit WHERE number > ?", []any{int64(after)}
	for _, f := range []struct{ column, value string }{
		{"graduate", string(filter.Graduate)}, {"posting", string(filter.Posting)}, {"subject", filter.Subject}} {
		if f.value != "" {
			query, args = query+" AND "+f.column+" = ?", append(args, f.value)
		}
	}
	var looks []store.Look
	err := v.conn.each(query+" ORDER BY number LIMIT ?", append(args, max(limit, 0)), func(rows *sql.Rows) error {
		l, err := scanLook(rows.Scan)
		looks = append(looks, l)
		return err
	})
	return looks, fail(op, err)
}

// LastLook gives the last entry of the audit log.
func (v view) LastLook(ctx context.Context) (*store.Look, error) {
	const op = "sqlite.LastLook"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	statement, err := v.conn.statement("SELECT " + lookColumns + " FROM audit ORDER BY number DESC LIMIT 1")
	if err != nil {
		return nil, fail(op, err)
	}
	l, err := scanLook(statement.QueryRow().Scan)
	if err != nil {
		return nil, fail(op, err)
	}
	return &l, nil
}

func scanLook(scan func(...any) error) (store.Look, error) {
	var l store.Look
	var number, at int64
	err := scan(&number, &at, &l.Role, &l.Subject, &l.Action, (*string)(&l.Graduate), (*string)(&l.Posting), &l.MAC)
	l.Number, l.At = uint64(number), fromMicro(at)
	return l, err
}

// AppendLook adds an entry to the audit log. The writer's lock keeps the chain single.
func (t *tx) AppendLook(ctx context.Context, l *store.Look) error {
	const op = "sqlite.append look"
	if err := t.ready(ctx); err != nil {
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
	err = t.conn.exec("INSERT INTO audit ("+lookColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)", int64(next.Number), micro(next.At),
		next.Role, next.Subject, next.Action, string(next.Graduate), string(next.Posting), next.MAC)
	if err != nil {
		return t.doom(op, err)
	}
	was := *l
	t.undo = append(t.undo, func() { *l = was })
	*l, t.wrote = next, true
	return nil
}
