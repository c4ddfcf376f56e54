// Package sqlite is the store in one file of a data directory, by SQLite in WAL mode with synchronous=FULL: the default. One
// connection writes, others read from snapshots and never wait for it. store/storetest says what it must do, as of store/postgres, its
// sibling; what both lay down alike is in store/layout. It knows nothing of search, boards or nodes; who may open a data directory is
// decided above it (one process holds it).
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"rabta/internal/fault"
	"rabta/store"
)

// FileName is the database's name in the data directory; SQLite puts -wal and -shm files beside it.
const FileName = "rabta.db"

// How many connections read. Walks have their own, so that a long one keeps no short read waiting.
const (
	readConns = 8
	walkConns = 4
)

// Options are what a store needs beside its directory.
type Options struct {
	Keys *store.Keys      // seals what is personal; required
	Now  func() time.Time // the clock; nil is the system's

	// ReloadKeys reads the key file again, when a record is met that was sealed with a version that Keys lack; nil: never.
	ReloadKeys func() (*store.Keys, error)
}

// Store implements store.Store.
type Store struct {
	store.Lent // its reads

	ring *store.Keyring
	now  func() time.Time

	writeDB, readDB        *sql.DB
	moveDB                 *sql.DB  // of the checkpointer
	file                   *os.File // the database, for having it on the disk
	writer, readers, walks *pool

	kept     *kept
	bell     *store.Bell
	alone    alone
	written  atomic.Int64  // records since the last checkpoint
	filling  chan struct{} // holds one when a checkpoint is due
	large    int64         // checkpointLarge
	moving   chan struct{} // holds one while the WAL is being moved, or must not be
	erased   chan struct{} // holds one when something was deleted whose bytes may still be in the WAL
	closing  chan struct{}
	once     sync.Once
	scrubber sync.WaitGroup
}

var _ store.Store = (*Store)(nil)

// Open opens the store of a data directory, making the directory and the database when there are none, and brings its schema
// up to date. Keys of another database are a fault.Conflict, and no record is touched.
func Open(ctx context.Context, dir string, opts Options) (*Store, error) {
	const op = "sqlite.Open"
	if opts.Keys == nil {
		return nil, fault.New(fault.Invalid, op, "A store needs keys. Load its key file, or create one for a new store.")
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	file, err := prepareFile(dir)
	if err != nil {
		return nil, fail(op, err)
	}
	path := file.Name()
	s := &Store{
		file: file,
		ring: store.NewKeyring(opts.Keys, opts.ReloadKeys), now: opts.Now,
		writeDB: openDB(path, writerParameters, 1),
		readDB:  openDB(path, readerParameters, readConns+walkConns),
		moveDB:  openDB(path, moverParameters, 1),
		filling: make(chan struct{}, 1),
		moving:  make(chan struct{}, 1),
		large:   checkpointLarge,
		erased:  make(chan struct{}, 1),
		closing: make(chan struct{}),
	}
	s.Lent = s.lender()
	s.kept = newKept()
	s.bell = store.NewBell()
	s.writer = newPool(s.writeDB, 1, s.closing)
	s.readers = newPool(s.readDB, readConns, s.closing)
	s.walks = newPool(s.readDB, walkConns, s.closing)
	if err := s.start(ctx, dir); err != nil {
		return nil, errors.Join(fail(op, err), s.writeDB.Close(), s.readDB.Close(), s.moveDB.Close(), file.Close())
	}
	s.scrubber.Add(2)
	go s.scrubErased()
	go s.checkpoints()
	s.erased <- struct{}{} // the last run may have ended before it had scrubbed
	return s, nil
}

// prepareFile makes the directory and an empty database file that only its owner may read: SQLite gives the files that it
// puts beside it the same mode. The file is to be closed after the last connection: closing it takes this process's locks off it.
func prepareFile(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
}

// start brings the schema up to date, compares the keys, and puts the directory's entries on disk.
func (s *Store) start(ctx context.Context, dir string) error {
	if err := migrate(ctx, s.writeDB); err != nil {
		return err
	}
	c, err := s.writer.take(ctx)
	if err != nil {
		return err
	}
	defer s.writer.give(c)
	if err := checkKeys(c, s.ring.Keys()); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Close ends the store once the operations under way have ended; those that come later, and Wait, get a fault.Unavailable.
func (s *Store) Close() error {
	var err error
	s.once.Do(func() {
		close(s.closing)
		s.scrubber.Wait()
		s.readers.drain()
		s.walks.drain()
		s.writer.drain()
		// The writer goes last: the last connection moves the WAL into the database and removes it.
		err = errors.Join(s.readDB.Close(), s.moveDB.Close(), s.writeDB.Close(), s.file.Close())
	})
	return fail("sqlite.Close", err)
}
