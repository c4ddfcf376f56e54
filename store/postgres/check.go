package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// Check implements store.Store: a journal without gaps up to its head, plain columns that say what the bodies say, sealed
// parts that open, and an unbroken audit log. It reads everything that is ours, from one snapshot; the files are PostgreSQL's to check (pg_amcheck, checksums).
func (s *Store) Check(ctx context.Context) error {
	const op = "postgres.Check"
	_, err := s.snapshot(ctx, func(v view) (store.Head, error) {
		for _, check := range []func(context.Context, view) error{checkJournal, checkColumns, checkSealed, checkAudit} {
			if err := errors.Join(ctx.Err(), check(ctx, v)); err != nil {
				return store.Head{}, fail(op, err)
			}
		}
		return store.Head{}, nil
	})
	return err
}

// wrong is what a check has found: for the log, since nobody who sent something can mend it.
func wrong(format string, args ...any) error {
	return &fault.Error{Op: "postgres.check", Message: fmt.Sprintf(format, args...)}
}

func checkJournal(ctx context.Context, v view) error {
	head, err := v.Head(ctx)
	if err != nil {
		return err
	}
	var count, first, last int64
	err = v.row(ctx, "SELECT count(*), coalesce(min(position), 1), coalesce(max(position), 0) FROM journal", nil, &count, &first, &last)
	if err != nil {
		return err
	}
	if first != 1 || count != last || store.Position(last) != head.Position {
		return wrong("The journal has %d entries from %d to %d, and its head is at %d.", count, first, last, head.Position)
	}
	return nil
}

func checkColumns(ctx context.Context, v view) error {
	for table, differs := range map[string]string{
		"graduate": `status <> coalesce(body->>'status', '') OR institute <> coalesce(body->>'institute', '')
			OR gender <> coalesce(body->>'gender', '') OR birth_decade <> coalesce((body->>'birth_decade')::bigint, 0)`,
		"application": `graduate <> coalesce(body->>'graduate', '') OR posting <> coalesce(body->>'posting', '')
			OR state <> coalesce(body->>'state', '')`,
		"posting": `status <> coalesce(body->>'status', '') OR employer <> coalesce(body->>'employer', '')`,
	} {
		var count int64
		if err := v.row(ctx, "SELECT count(*) FROM "+table+" WHERE "+differs, nil, &count); err != nil {
			return err
		}
		if count > 0 {
			return wrong("%d rows of %s have columns that differ from their bodies.", count, table)
		}
	}
	return nil
}

func checkSealed(ctx context.Context, v view) error {
	for table, column := range layout.SealedParts() {
		query := "SELECT id, sealed FROM " + string(table) + " WHERE sealed IS NOT NULL"
		err := v.each(ctx, query, nil, func(rows pgx.Rows) error {
			var id string
			var blob []byte
			if err := errors.Join(ctx.Err(), rows.Scan(&id, &blob)); err != nil {
				return err
			}
			_, err := v.ring.Open(v.keys, matching.ID(id), column, blob)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func checkAudit(ctx context.Context, v view) error {
	var last *store.Look
	return v.each(ctx, "SELECT "+layout.LookColumns+" FROM audit ORDER BY number", nil, func(rows pgx.Rows) error {
		l, err := layout.ReadLook(rows)
		if err := errors.Join(ctx.Err(), err); err != nil {
			return err
		}
		if err := v.keys.CheckLook(last, l); err != nil {
			return err
		}
		last = l
		return nil
	})
}
