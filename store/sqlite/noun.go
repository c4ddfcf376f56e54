package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// noun is how one kind of versioned record R lies in its table, with the statements that keep it there.
type noun[R any] struct {
	layout.Noun[R]
	insert, update, updateSealed, current, one, walk, external string
	all                                                        []string // the columns that insert fills
}

var (
	graduates    = withSQL(layout.Graduates())
	postings     = withSQL(layout.Postings())
	employers    = withSQL(layout.Employers())
	institutes   = withSQL(layout.Institutes())
	applications = withSQL(layout.Applications())
)

// withSQL writes the noun's statements out.
func withSQL[R any](n layout.Noun[R]) noun[R] {
	table, shown, all := string(n.Name), layout.Shown(n.Name), n.InsertColumns()
	update := func(sealed bool) string {
		return "UPDATE " + table + " SET " + strings.Join(n.UpdateColumns(sealed), " = ?, ") + " = ? WHERE id = ?"
	}
	return noun[R]{
		Noun:         n,
		insert:       insertOf(table, all),
		update:       update(false),
		updateSealed: update(true),
		current:      "SELECT version, created FROM " + table + " WHERE id = ?" + shown,
		one:          "SELECT " + layout.ReadColumns + " FROM " + table + " WHERE id = ?" + shown,
		walk:         "SELECT " + layout.ReadColumns + " FROM " + table + " WHERE id > ?" + shown + " ORDER BY id",
		external:     "SELECT id FROM " + table + " WHERE source = ? AND external_id = ? AND external_id <> ''" + shown,
		all:          all,
	}
}

// insertOf adds a row to a table.
func insertOf(table string, columns []string) string {
	return "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(columns)-1) + ")"
}

// get reads the record of an id.
func get[R any](ctx context.Context, v view, n *noun[R], id matching.ID) (*R, error) {
	r, err := one(ctx, v, n.one, []any{string(id)}, n.Read)
	return r, fail("sqlite.read "+string(n.Name), err)
}

// one reads what read makes of the one row of a query; without a row it answers sql.ErrNoRows.
func one[T any](ctx context.Context, v view, query string, args []any, read func(layout.Row) (*T, error)) (*T, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	statement, err := v.conn.statement(query)
	if err != nil {
		return nil, err
	}
	found, err := read(statement.QueryRow(args...))
	if err != nil {
		return nil, err
	}
	return found, nil
}

// list reads what read makes of every row of a query.
func list[T any](ctx context.Context, v view, query string, args []any, read func(layout.Row) (*T, error)) ([]*T, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var found []*T
	err := v.conn.each(query, args, func(rows *sql.Rows) error {
		r, err := read(rows)
		if err == nil {
			found = append(found, r)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// walk visits the records after an id, in id order.
func walk[R any](ctx context.Context, v view, n *noun[R], after matching.ID, visit func(*R) error) error {
	var stopped error // visit's own, which goes back as it is
	err := v.conn.each(n.walk, []any{string(after)}, func(rows *sql.Rows) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := n.Read(rows)
		if err != nil {
			return err
		}
		stopped = visit(r)
		return stopped
	})
	if stopped != nil {
		return stopped
	}
	return fail("sqlite.walk "+string(n.Name), err)
}

// put writes a record and its journal entry. sealed holds the values of the noun's sealed columns, nil to leave them.
func put[R any](ctx context.Context, t *tx, n *noun[R], r *R, sealed []any) error {
	op := "sqlite.put " + string(n.Name)
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	body, err := n.Encode(r)
	if err != nil {
		return t.doom(op, err)
	}
	s := n.Stamp(r)
	created, err := t.precondition(n.current, s)
	if err != nil {
		return t.doom(op, err)
	}
	version := *s.Version + 1
	switch {
	case *s.Version == 0:
		err = t.create(string(n.Name), n.all, n.insert, n.New(r, string(body), sealed, t.at, t.batch))
	case sealed == nil:
		err = t.conn.exec(n.update, append(n.Next(r, string(body), nil, t.at), string(*s.ID))...)
	default:
		err = t.conn.exec(n.updateSealed, append(n.Next(r, string(body), sealed, t.at), string(*s.ID))...)
	}
	if err != nil {
		return t.doom(op, err)
	}
	if n.Batched && *s.Version == 0 && t.batch != 0 {
		t.wrote, t.records = true, t.records+1 // the batch has one entry for all
	} else if err := t.append(n.Name, string(*s.ID), version, store.Put); err != nil {
		return t.doom(op, err)
	}
	t.undo.Stamp(s, version, created, t.at)
	return nil
}

// precondition compares the version of a record with the current one and gives the time of its creation.
func (t *tx) precondition(current string, s layout.Stamp) (created time.Time, err error) {
	if *s.Version == 0 {
		return t.at, nil // the primary key refuses an id that exists
	}
	var version, micros int64
	if err := t.conn.row(current, []any{string(*s.ID)}, &version, &micros); err != nil {
		return time.Time{}, err
	}
	if version != *s.Version {
		return time.Time{}, layout.Stale()
	}
	return layout.Time(micros), nil
}
