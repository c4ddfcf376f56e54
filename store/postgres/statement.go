package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"rabta/store"
	"rabta/store/layout"
)

// view reads over one connection: outside a transaction what is committed, inside one its own writes too.
type view struct {
	conn *pgx.Conn
	ring *store.Keyring
	keys *store.Keys // of the ring when the view began
	tx   *tx         // the transaction that writes; nil outside one

	narrow bool // what is read depends on the gathered rows of these keys alone
	only   []string
}

// view reads over a connection with the keys of now, which it keeps: a rotation that comes between changes nothing for it.
func (s *Store) view(c *pgx.Conn) view { return view{conn: c, ring: s.ring, keys: s.ring.Keys()} }

// locked has a read of records lock them inside a transaction.
func (v view) locked(query string) string {
	if v.tx == nil {
		return query
	}
	return query + locking
}

// missed says that a read has found nothing.
func (v view) missed() error {
	if v.tx != nil {
		v.tx.looked = true
	}
	return pgx.ErrNoRows
}

// before makes a view see what its transaction has kept back, and refuses what cannot be read.
func (v view) before(ctx context.Context) error {
	if v.tx == nil {
		return ctx.Err()
	}
	if err := v.tx.ready(ctx); err != nil {
		return err
	}
	if v.narrow && !v.tx.holdsBack(v.only) {
		return nil
	}
	return v.after(v.tx.send(ctx))
}

// about narrows what a view reads to rows of some keys, none of the tables of records without any: an import that looks for each record
// before it creates it must not have what it creates sent one by one.
func (v view) about(keys ...string) view {
	v.narrow, v.only = true, keys
	return v
}

// after notes a failure that has spoilt the transaction.
func (v view) after(err error) error {
	if v.tx == nil || err == nil || errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	return v.tx.doom("postgres.statement", err)
}

// each runs a query and calls scan for every row until it fails.
func (v view) each(ctx context.Context, query string, args []any, scan func(pgx.Rows) error) error {
	if err := v.before(ctx); err != nil {
		return err
	}
	return v.after(each(ctx, v.conn, query, args, scan))
}

func each(ctx context.Context, c *pgx.Conn, query string, args []any, scan func(pgx.Rows) error) error {
	rows, err := c.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one reads what read makes of the one row of a query; without a row it answers pgx.ErrNoRows.
func one[T any](ctx context.Context, v view, query string, args []any, read func(layout.Row) (*T, error)) (*T, error) {
	found, err := list(ctx, v, query, args, read)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, v.missed()
	}
	return found[0], nil
}

// list reads what read makes of every row of a query.
func list[T any](ctx context.Context, v view, query string, args []any, read func(layout.Row) (*T, error)) ([]*T, error) {
	var found []*T
	err := v.each(ctx, query, args, func(rows pgx.Rows) error {
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

// row runs a query for one row; without one it answers pgx.ErrNoRows.
func (v view) row(ctx context.Context, query string, args []any, dest ...any) error {
	if err := v.before(ctx); err != nil {
		return err
	}
	err := v.conn.QueryRow(ctx, query, args...).Scan(dest...)
	if errors.Is(err, pgx.ErrNoRows) {
		return v.missed()
	}
	return v.after(err)
}

// exec runs a statement that answers nothing.
func (v view) exec(ctx context.Context, statement string, args ...any) error {
	if err := v.before(ctx); err != nil {
		return err
	}
	_, err := v.conn.Exec(ctx, statement, args...)
	return v.after(err)
}
