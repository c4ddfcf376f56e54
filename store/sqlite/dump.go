package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"rabta/internal/fault"
	"rabta/store"
)

// newEpoch is the expression by which an epoch is made: 128 random bits.
const newEpoch = "lower(hex(randomblob(16)))"

// Dump implements store.Store.
func (s *Store) Dump(ctx context.Context, visit func(table string, row []any) error) (store.Head, error) {
	return s.snapshot(ctx, func(v view) (store.Head, error) {
		head, err := v.Head(ctx)
		if err != nil {
			return store.Head{}, err
		}
		for _, t := range store.Tables() {
			if err := v.dump(ctx, t, visit); err != nil {
				return store.Head{}, err
			}
		}
		return head, nil
	})
}

func (v view) dump(ctx context.Context, t store.Table, visit func(string, []any) error) error {
	row, dest := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range row {
		dest[i] = &row[i]
	}
	var stopped error // visit's own, which goes back as it is
	query := "SELECT " + strings.Join(t.Names(), ", ") + " FROM " + t.Name + " ORDER BY " + strings.Join(t.Key, ", ")
	err := v.conn.each(query, nil, func(rows *sql.Rows) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		stopped = visit(t.Name, row)
		return stopped
	})
	if stopped != nil {
		return stopped
	}
	return fail("sqlite.dump "+t.Name, err)
}

// Fill implements store.Store, in one transaction.
func (s *Store) Fill(ctx context.Context, rows func(put func(table string, row []any) error) (store.Position, error)) (store.Head, error) {
	const op = "sqlite.Fill"
	var head store.Head
	var stopped error // of rows, which goes back as it is
	err := s.exclusively(ctx, func(c *conn) error {
		if err := refuseFilled(c); err != nil {
			return err
		}
		inserts := map[string]string{}
		for _, t := range store.Tables() {
			inserts[t.Name] = "INSERT INTO " + t.Name + " (" + strings.Join(t.Names(), ", ") + ") VALUES (?" + strings.Repeat(", ?", len(t.Columns)-1) + ")"
		}
		var position store.Position
		position, stopped = rows(func(table string, row []any) error {
			insert, known := inserts[table]
			if !known {
				return fmt.Errorf("there is no table %q", table)
			}
			return fail(op, c.exec(insert, row...))
		})
		if stopped != nil {
			return stopped
		}
		if err := c.exec("UPDATE journal_head SET epoch = "+newEpoch+", position = ?", int64(position)); err != nil {
			return err
		}
		var err error
		head, err = s.view(c).Head(ctx)
		return err
	})
	if stopped != nil {
		return store.Head{}, stopped
	}
	if err != nil {
		return store.Head{}, fail(op, err)
	}
	s.bell.Ring()
	return head, nil
}

// refuseFilled finds a store that holds anything. What it has itself put there, the checks of its keys, makes room for those that come.
func refuseFilled(c *conn) error {
	for _, t := range store.Tables() {
		if t.Name == "key_check" {
			continue
		}
		var found bool
		if err := c.row("SELECT EXISTS (SELECT 1 FROM "+t.Name+")", nil, &found); err != nil {
			return err
		}
		if found {
			return fault.New(fault.Conflict, "sqlite.Fill", "The store holds records already, and nothing is copied over them. Name an empty one.")
		}
	}
	return c.exec("DELETE FROM key_check")
}

// RenewEpoch implements store.Store.
func (s *Store) RenewEpoch(ctx context.Context) (store.Head, error) {
	var head store.Head
	err := s.exclusively(ctx, func(c *conn) (err error) {
		if err = c.exec("UPDATE journal_head SET epoch = " + newEpoch); err != nil {
			return err
		}
		head, err = s.view(c).Head(ctx)
		return err
	})
	s.bell.Ring()
	return head, fail("sqlite.RenewEpoch", err)
}
