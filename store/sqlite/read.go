package sqlite

import (
	"context"

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
	c, err := s.readers.take(ctx)
	if err != nil {
		return fail("sqlite.read", err)
	}
	defer s.readers.give(c)
	return do(s.view(c))
}

// view reads over a connection with the keys of now, which it keeps: a rotation that comes between changes nothing for it.
func (s *Store) view(c *conn) view { return view{conn: c, ring: s.ring, keys: s.ring.Keys()} }

// snapshot lends a connection to a walk, in a transaction that sees one state of the store from its first statement on.
func (s *Store) snapshot(ctx context.Context, do func(view) (store.Head, error)) (store.Head, error) {
	const op = "sqlite.snapshot"
	c, err := s.walks.take(ctx)
	if err != nil {
		return store.Head{}, fail(op, err)
	}
	defer s.walks.give(c)
	if err := c.exec("BEGIN"); err != nil {
		return store.Head{}, fail(op, err)
	}
	defer c.rollback()
	return do(s.view(c))
}
