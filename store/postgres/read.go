package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/store"
)

// lender gives the reads of the store, each over a connection that is lent to it.
func (s *Store) lender() store.Lent {
	return store.Lend(
		func(ctx context.Context, do func(store.Reader) error) error {
			return s.read(ctx, func(v view) error { return do(v) })
		},
		func(ctx context.Context, do func(store.Reader) (store.Head, error)) (store.Head, error) {
			return s.snapshot(ctx, func(v view) (store.Head, error) { return do(v) })
		})
}

// read lends a connection to one short read.
func (s *Store) read(ctx context.Context, do func(view) error) error {
	err := s.again(ctx, s.reads, func(c *pgx.Conn) error { return do(s.view(c)) })
	if _, said := errors.AsType[*fault.Error](err); said {
		return err
	}
	return fail("postgres.read", err)
}

// snapshot lends a connection to a walk, in a transaction that sees one state of the store from its first statement on. It may take
// as long as its visits do.
func (s *Store) snapshot(ctx context.Context, do func(view) (store.Head, error)) (store.Head, error) {
	const begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
	var head store.Head
	begun := false
	err := s.lend(ctx, s.walks, func(c *pgx.Conn) (err error) {
		if _, err := c.PgConn().Exec(ctx, begin).ReadAll(); err != nil {
			return err
		}
		begun = true
		defer rollback(ctx, c)
		head, err = do(s.view(c))
		return err
	})
	if err != nil && !begun {
		return store.Head{}, fail("postgres.snapshot", err)
	}
	return head, err // of a visit, as it is
}
