// Package postgres is the store in a PostgreSQL database, by pgx: for a province whose nodes share one. Any number of processes may
// have it open. store/storetest says what it must do, as of store/sqlite, whose sibling it is: the same tables, laid out by store/layout,
// and the same files here for the same ideas. It knows nothing of search, boards or nodes.
//
// Transactions run READ COMMITTED and lock the records that they read, so that what a change has read still holds when it writes.
// Their journal entries are kept back and written last, at positions taken from the one row of journal_head, which stays locked until
// the commit: so positions follow commit order without gaps, and writers wait for one another no longer than a commit takes.
package postgres

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabta/internal/fault"
	"rabta/store"
)

// Options are what a store needs beside its database's URL. A zero duration or number stands for the default named with it.
type Options struct {
	Keys *store.Keys      // seals what is personal; required
	Now  func() time.Time // the clock; nil is the system's
	Log  *slog.Logger     // told when the database goes and comes back; nil is nobody

	// ReloadKeys reads the key file again, when a record is met that was sealed with a version that Keys lack; nil: never.
	ReloadKeys func() (*store.Keys, error)

	// MaxConns bounds the connections of this process, one that listens apart: pool_max_conns of the URL, or 24. Three nodes of 24
	// stay below the 100 that a server takes unless told otherwise, also while a third as many are being ended.
	MaxConns int

	// ConnectTimeout bounds one attempt to connect: connect_timeout of the URL, or 3 s, so that after a failover the next host of the
	// URL is tried soon.
	ConnectTimeout time.Duration

	// StatementTimeout bounds one statement, 30 s: the longest that we know (a block of an import) takes under one, so what runs longer
	// is lost, and its locks are wanted.
	StatementTimeout time.Duration

	// LockTimeout bounds the wait for another's transaction, 5 s as SQLite's busy timeout: five deadlock checks, and less than a
	// caller waits for an answer.
	LockTimeout time.Duration
}

// Store implements store.Store.
type Store struct {
	store.Lent // its reads

	ring *store.Keyring
	now  func() time.Time
	log  *slog.Logger

	pool                  *pgxpool.Pool
	reads, walks, writers slots
	fading                fading
	era                   atomic.Int64 // of connections; see renew

	rewritten sync.Map // see erasing

	bell      *store.Bell
	poll      time.Duration // pollInterval
	closing   chan struct{}
	once      sync.Once
	listening sync.WaitGroup
}

var _ store.Store = (*Store)(nil)

// Open opens the store of a database, and brings its schema up to date under a lock that nodes which start at once share. Keys of
// another store are a fault.Conflict, and no record is touched. A server that cannot be reached is a fault.Unavailable.
func Open(ctx context.Context, url string, opts Options) (*Store, error) {
	const op = "postgres.Open"
	if opts.Keys == nil {
		return nil, fault.New(fault.Invalid, op, "A store needs keys. Load its key file, or create one for a new store.")
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	config, err := configure(url, opts)
	if err != nil {
		return nil, fail(op, err)
	}
	if err := start(ctx, config.ConnConfig, opts.Keys); err != nil {
		return nil, fail(op, err)
	}
	s := &Store{ring: store.NewKeyring(opts.Keys, opts.ReloadKeys), now: opts.Now, log: opts.Log, poll: pollInterval, closing: make(chan struct{})}
	s.dateConnections(config)
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, fail(op, err)
	}
	s.divide(int(config.MaxConns))
	s.Lent = s.lender()
	s.bell = store.NewBell()
	s.listening.Add(1)
	go s.listen(config.ConnConfig)
	return s, nil
}

// Close ends the store once the operations under way have ended; those that come later, and Wait, get a fault.Unavailable.
func (s *Store) Close() error {
	s.once.Do(func() {
		close(s.closing)
		s.listening.Wait()
		s.pool.Close() // waits for the connections that are lent
	})
	return nil
}
