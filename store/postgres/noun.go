package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// noun is how one kind of versioned record R lies in its table, with the statements that keep it there and the columns that insert fills.
type noun[R any] struct {
	layout.Noun[R]
	insert, update, updateSealed, current, one, walk, external string
	all                                                        []string
}

var (
	graduates    = withSQL(layout.Graduates())
	postings     = withSQL(layout.Postings())
	employers    = withSQL(layout.Employers())
	institutes   = withSQL(layout.Institutes())
	applications = withSQL(layout.Applications())
)

// locking is what a read inside a transaction adds: what it has read stays as it is until the transaction ends. It keeps out neither
// plain reads nor new records that only point at this one.
const locking = " FOR NO KEY UPDATE"

// withSQL writes the noun's statements out.
func withSQL[R any](n layout.Noun[R]) noun[R] {
	table, shown, all := string(n.Name), layout.Shown(n.Name), n.InsertColumns()
	return noun[R]{
		Noun:         n,
		insert:       "INSERT INTO " + table + " (" + strings.Join(all, ", ") + ") VALUES (" + placeholders(1, len(all)) + ")",
		update:       updateOf(table, n.UpdateColumns(false), shown),
		updateSealed: updateOf(table, n.UpdateColumns(true), shown),
		current:      "SELECT version FROM " + table + " WHERE id = $1" + shown,
		one:          "SELECT " + layout.ReadColumns + " FROM " + table + " WHERE id = $1" + shown,
		walk:         "SELECT " + layout.ReadColumns + " FROM " + table + " WHERE id > $1" + shown + " ORDER BY id LIMIT $2",
		external:     "SELECT id FROM " + table + " WHERE source = $1 AND external_id = $2 AND external_id <> ''" + shown,
		all:          all,
	}
}

// updateOf changes one version of a record; the columns come first, then the id and the version that is changed.
func updateOf(table string, columns []string, shown string) string {
	var set []string
	for i, column := range columns {
		set = append(set, fmt.Sprintf("%s = $%d", column, i+1))
	}
	n := len(columns)
	return fmt.Sprintf("UPDATE %s SET %s WHERE id = $%d AND version = $%d%s RETURNING created", table, strings.Join(set, ", "), n+1, n+2, shown)
}

// placeholders gives $from and those that follow.
func placeholders(from, n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("$%d", from+i))
	}
	return strings.Join(list, ", ")
}

// get reads the record of an id.
func get[R any](ctx context.Context, v view, n *noun[R], id matching.ID) (*R, error) {
	r, err := one(ctx, v.about(rowKey(n.Name, id)), v.locked(n.one), []any{string(id)}, n.Read)
	return r, fail("postgres.read "+string(n.Name), err)
}

// walkPage is how many records a walk reads at once: visits come between pages, so that they may use the same connection.
const walkPage = 1000

// walk visits the records after an id, in id order.
func walk[R any](ctx context.Context, v view, n *noun[R], after matching.ID, visit func(*R) error) error {
	op := "postgres.walk " + string(n.Name)
	for {
		page := make([]*R, 0, walkPage)
		err := v.each(ctx, n.walk, []any{string(after), walkPage}, func(rows pgx.Rows) error {
			r, err := n.Read(rows)
			page = append(page, r)
			return err
		})
		if err != nil {
			return fail(op, err)
		}
		for _, r := range page {
			if err := ctx.Err(); err != nil {
				return fail(op, err)
			}
			after = *n.Stamp(r).ID // visit may write into the record
			if err := visit(r); err != nil {
				return err // visit's own, as it is
			}
		}
		if len(page) < walkPage {
			return fail(op, ctx.Err())
		}
	}
}

// put writes a record and its journal entry. sealed holds the values of the noun's sealed columns, nil to leave them.
func put[R any](ctx context.Context, t *tx, n *noun[R], r *R, sealed []any) error {
	op := "postgres.put " + string(n.Name)
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	body, err := n.Encode(r)
	if err != nil {
		return t.doom(op, err)
	}
	if err := t.sealing(sealed); err != nil {
		return t.doom(op, err)
	}
	s := n.Stamp(r)
	created, version := t.at, *s.Version+1
	if *s.Version == 0 {
		err = t.create(ctx, string(n.Name), n.all, n.insert, n.New(r, body, sealed, t.at, t.batch))
	} else {
		statement := n.update
		if sealed != nil {
			statement = n.updateSealed
		}
		values := append(n.Next(r, body, sealed, t.at), string(*s.ID), *s.Version)
		created, err = t.about(rowKey(n.Name, *s.ID)).change(ctx, statement, n.current, string(*s.ID), values)
	}
	if err != nil {
		return t.doom(op, err)
	}
	if n.Batched && *s.Version == 0 && t.batch != 0 {
		t.wrote = true // the batch has one entry for all
	} else {
		t.append(n.Name, string(*s.ID), version, store.Put)
	}
	t.undo.Stamp(s, version, created, t.at)
	return nil
}

// change runs an update of one version of a record and gives the time of its creation; when it meets no row it says why.
func (v view) change(ctx context.Context, update, current, id string, values []any) (time.Time, error) {
	var micros, version int64
	err := v.row(ctx, update, values, &micros)
	if err == nil {
		return layout.Time(micros), nil
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return time.Time{}, err
	}
	if err := v.row(ctx, current, []any{id}, &version); err != nil {
		return time.Time{}, err
	}
	return time.Time{}, layout.Stale()
}
