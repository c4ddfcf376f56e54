package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

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
		return store.Closed()
	default:
	}
	select {
	case free <- struct{}{}:
		defer func() { <-free }()
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closing:
		return store.Closed()
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
	s.renew(c.Conn())
}

// eraKey is under which name a connection bears the era that it was made in.
const eraKey = "rabta era"

// renew has all connections made anew that are as old as one that was lost. Each of them will be found lost too, now or later: only the
// first begins a new era, or they would take those made since with them, and the more the longer the network was away.
func (s *Store) renew(c *pgx.Conn) {
	if era, known := c.PgConn().CustomData()[eraKey].(int64); known && s.era.CompareAndSwap(era, era+1) {
		s.pool.Reset()
	}
}

// dateConnections has new connections bear their era.
func (s *Store) dateConnections(config *pgxpool.Config) {
	prepare := config.AfterConnect
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		c.PgConn().CustomData()[eraKey] = s.era.Load() // before it says anything: what is lost meanwhile is older
		return prepare(ctx, c)
	}
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
