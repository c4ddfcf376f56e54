package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabta/internal/fault"
	"rabta/store"
)

// minConns is the least that keeps writers, walks and reads apart.
const minConns = 4

// slots bound how many connections one kind of work may hold.
type slots chan struct{}

// divide gives each kind of work its share of the connections. Walks and writers have their own, since a visit or a change may read
// the store meanwhile: were every connection a walk's, it would wait for itself.
func (s *Store) divide(conns int) {
	walks, writers := max(conns/6, 1), max(conns/3, 1)
	s.walks, s.writers = make(slots, walks), make(slots, writers)
	s.reads = make(slots, conns-walks-writers)
}

// lend waits for a connection until ctx ends or the store closes, and hands it to do. A connection that do has left inside a
// transaction is not used again; after an error that the other connections would meet too, all are opened anew.
func (s *Store) lend(ctx context.Context, free slots, do func(*pgx.Conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-s.closing:
		return errClosed()
	default:
	}
	select {
	case free <- struct{}{}:
		defer func() { <-free }()
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closing:
		return errClosed()
	}
	c, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	err = do(c.Conn())
	s.inspect(c, err)
	return err
}

// inspect throws away what an error has shown to be of no use.
func (s *Store) inspect(c *pgxpool.Conn, err error) {
	if !lost(err) {
		return
	}
	if !c.Conn().IsClosed() {
		// A server that has become read-only keeps its connections.
		ctx, cancel := context.WithTimeout(context.Background(), rollbackTimeout)
		defer cancel()
		_ = c.Conn().Close(ctx) // it is of no use either way
	}
	s.pool.Reset()
}

// again lends for work that may be done twice: when the connection turns out to be dead, as all are after a restart of the server, it
// is done once more on a new one.
func (s *Store) again(ctx context.Context, free slots, do func(*pgx.Conn) error) error {
	err := s.lend(ctx, free, do)
	if lost(err) && ctx.Err() == nil {
		err = s.lend(ctx, free, do)
	}
	return err
}

func errClosed() error {
	return fault.New(fault.Unavailable, "postgres", "The store is closed. Try again in a moment.")
}

// read lends a connection to one short read.
func read[T any](ctx context.Context, s *Store, do func(view) (T, error)) (T, error) {
	var result T
	err := s.again(ctx, s.reads, func(c *pgx.Conn) (err error) {
		result, err = do(s.view(c))
		return err
	})
	if err == nil {
		return result, nil
	}
	var none T
	if _, said := errors.AsType[*fault.Error](err); said {
		return none, err
	}
	return none, fail("postgres.read", err)
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
		defer rollback(c)
		head, err = do(s.view(c))
		return err
	})
	if err != nil && !begun {
		return store.Head{}, fail("postgres.snapshot", err)
	}
	return head, err // of a visit, as it is
}
