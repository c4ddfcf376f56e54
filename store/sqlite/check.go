package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// Check implements store.Store: SQLite's own integrity check, a journal without gaps up to its head, plain columns that say
// what the bodies say, and sealed parts that open. It reads everything, from one snapshot.
func (s *Store) Check(ctx context.Context) error {
	const op = "sqlite.Check"
	_, err := s.snapshot(ctx, func(v view) (store.Head, error) {
		for _, check := range []func(context.Context, view) error{checkFile, checkJournal, checkColumns, checkSealed, checkAudit} {
			if err := errors.Join(ctx.Err(), check(ctx, v)); err != nil {
				return store.Head{}, err
			}
		}
		return store.Head{}, nil
	})
	return fail(op, err)
}

// checkFile runs with the caller's context, since it alone is long in one statement.
func checkFile(ctx context.Context, v view) error {
	var first string
	if err := v.conn.sql.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&first); err != nil {
		return err
	}
	if first != "ok" {
		return fmt.Errorf("the database file is damaged: %s", first)
	}
	return nil
}

func checkJournal(ctx context.Context, v view) error {
	head, err := v.Head(ctx)
	if err != nil {
		return err
	}
	var count, first, last int64
	err = v.conn.row("SELECT count(*), coalesce(min(position), 1), coalesce(max(position), 0) FROM journal", nil, &count, &first, &last)
	if err != nil {
		return err
	}
	if first != 1 || count != last || store.Position(last) != head.Position {
		return fmt.Errorf("the journal has %d entries from %d to %d, and its head is at %d", count, first, last, head.Position)
	}
	return nil
}

func checkColumns(_ context.Context, v view) error {
	for table, differs := range map[string]string{
		"graduate": `status <> coalesce(body->>'status', '') OR institute <> coalesce(body->>'institute', '')
			OR gender <> coalesce(body->>'gender', '') OR birth_decade <> coalesce(body->>'birth_decade', 0)`,
		"application": `graduate <> coalesce(body->>'graduate', '') OR posting <> coalesce(body->>'posting', '')
			OR state <> coalesce(body->>'state', '')`,
		"posting": `status <> coalesce(body->>'status', '') OR employer <> coalesce(body->>'employer', '')`,
	} {
		var wrong int64
		if err := v.conn.row("SELECT count(*) FROM "+table+" WHERE "+differs, nil, &wrong); err != nil {
			return err
		}
		if wrong > 0 {
			return fmt.Errorf("%d rows of %s have columns that differ from their bodies", wrong, table)
		}
	}
	return nil
}

func checkSealed(ctx context.Context, v view) error {
	for table, column := range layout.SealedParts() {
		query := "SELECT id, sealed FROM " + string(table) + " WHERE sealed IS NOT NULL"
		err := v.conn.each(query, nil, func(rows *sql.Rows) error {
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
	return v.conn.each("SELECT "+layout.LookColumns+" FROM audit ORDER BY number", nil, func(rows *sql.Rows) error {
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
