package postgres

import (
	"context"
	"slices"
	"sync"
	"time"

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
	s.fading.most = max(conns/3, minConns)
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
	c, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	defer s.release(c)
	err = do(c.Conn())
	s.inspect(c, err)
	return err
}

// idleLong is how long a connection may have lain idle to be used without a ping; usedKey is under which name it bears when it last was.
const (
	idleLong = time.Second
	usedKey  = "rabta used"
)

// acquire takes a connection from the pool that answers. The pool's own pings are off: it would keep the place of one that does not answer.
func (s *Store) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	for {
		c, err := s.pool.Acquire(ctx)
		if err != nil {
			return nil, err
		}
		used, _ := c.Conn().PgConn().CustomData()[usedKey].(time.Time)
		if time.Since(used) <= idleLong || s.answers(ctx, c.Conn()) {
			return c, nil
		}
		s.putBack(c) // and with it goes one of those that lay idle: in the end comes a new one
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

func (s *Store) answers(ctx context.Context, c *pgx.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, c.Config().ConnectTimeout)
	defer cancel()
	return c.Ping(ctx) == nil
}

// release gives a connection back that was used just now.
func (s *Store) release(c *pgxpool.Conn) {
	c.Conn().PgConn().CustomData()[usedKey] = time.Now()
	s.putBack(c)
}

// putBack gives a connection back. One that was closed in the middle of something asks its server for up to 15 seconds to stop, and its
// place in the pool would be taken until then: over a network that swallows everything no place would be left for those who come when it
// is over. So its place is free at once, and pgx ends it beside; not for more than a few, since the server may still work for each.
func (s *Store) putBack(c *pgxpool.Conn) {
	if c.Conn().IsClosed() && s.fading.take(c.Conn().PgConn().CleanupDone()) {
		c.Hijack()
		return
	}
	c.Release()
}

// fading bounds the connections that are being ended and have no place in the pool any more.
type fading struct {
	mu    sync.Mutex
	most  int
	ended []chan struct{} // of each
}

// take counts one more in until ended is closed, if there is room.
func (f *fading) take(ended chan struct{}) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ended = slices.DeleteFunc(f.ended, func(done chan struct{}) bool {
		select {
		case <-done:
			return true
		default:
			return false
		}
	})
	if len(f.ended) >= f.most {
		return false
	}
	f.ended = append(f.ended, ended)
	return true
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

// dateConnections has new connections bear their era, and when they were last used.
func (s *Store) dateConnections(config *pgxpool.Config) {
	prepare := config.AfterConnect
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		c.PgConn().CustomData()[eraKey] = s.era.Load() // before it says anything: what is lost meanwhile is older
		c.PgConn().CustomData()[usedKey] = time.Now()
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
