// Package node opens a data directory and keeps it alive: it owns the store, the journal's follower, the Bleve index and the
// two boards with their merges, and every read and write that the API and the command line share. Index and boards are
// derived from the store; each write returns once this node has caught up with it, so that its own writer sees it.
package node

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
	"rabta/seed"
	"rabta/store"
	"rabta/store/postgres"
	"rabta/store/sqlite"
)

// Config says what to open. Dir is required; the clock and the log have defaults.
type Config struct {
	Dir      string           // index, lock and socket lie in it, and the records unless Database is set
	Database string           // URL of a PostgreSQL database that holds the records, shared with other nodes; empty: SQLite in Dir
	KeyFile  string           // empty: that beside Dir; nodes of one database have the same keys
	Now      func() time.Time // nil: the system's clock
	Log      *slog.Logger     // nil: nothing is logged

	// FiguresLate leaves the store unread for figures until somebody asks for some.
	FiguresLate bool

	// Shared with other nodes of the process, since they take a second to make; nil: loaded and made when they are asked for. The
	// reader is of the reference's catalogue and gazetteer, and is left aside where places were imported.
	Reference *seed.Reference
	Reader    *search.Reader
}

// Node is an open data directory. All methods are safe for concurrent use.
type Node struct {
	dir  string
	cfg  Config
	now  func() time.Time
	log  *slog.Logger
	lock *os.File
	keys *store.Keys // as they were at the start, for what hangs on the first lookup key, which stays

	store     store.Store
	ref       *seed.Reference
	shipped   *search.Reader // of the shipped places; nil: made when it is asked for
	places    atomic.Pointer[placeData]
	queued    queue        // imports that were accepted and wait for their turn
	importing sync.Mutex   // held while a file of places is taken in
	takingIn  atomic.Bool  // the same, for the follower
	filesIn   atomic.Int32 // files of graduates and postings that are being taken in
	loading   sync.Mutex   // held while places are made anew
	rotating  sync.Mutex   // held while keys are rotated
	districts *districts

	postings  *board.Postings
	graduates *board.Graduates
	facts     employerFacts
	scheduled scheduled

	figures    *figures
	words      *words
	scale      *search.Scale
	rebuilding sync.Mutex // held while an index is built anew
	closed     bool       // guarded by rebuilding: the directory is another's now
	generation uint64     // of the last index that was begun; guarded by rebuilding

	keysSeen  os.FileInfo // the key file as it was read; nil: it could not be looked at
	held      *heldBack
	shown     *shown
	written   *written
	slow      slow     // how the store has been of late
	attempts  attempts // under way, by Idempotency-Key
	reached   progress
	faulty    atomic.Pointer[string] // why the node is not ready; nil when it is
	stop      context.CancelFunc
	stopped   <-chan struct{} // closes when the node ends
	follower  sync.WaitGroup
	merging   atomic.Bool // a merge is under way
	snapshots snapshots
	merges    sync.WaitGroup
}

// Open opens a data directory, making it and its key file when there are none, and returns once index and boards have caught up
// with the store. ErrHeld when another process holds it.
func Open(ctx context.Context, cfg Config) (*Node, error) {
	const op = "node.Open"
	n := &Node{dir: cfg.Dir, cfg: cfg, now: cfg.Now, log: cfg.Log, ref: cfg.Reference, shipped: cfg.Reader, words: newWords(), scale: search.NewScale(),
		snapshots: snapshots{purging: purgeDelay}, shown: newShown(), held: newHeldBack()}
	n.figures = newFigures(n)
	if n.now == nil {
		n.now = time.Now
	}
	if n.log == nil {
		n.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if n.lock, err = lockDir(cfg.Dir); err != nil {
		return nil, err
	}
	if err := n.start(ctx); err != nil {
		return nil, fault.Wrap(op, errors.Join(err, n.Close()))
	}
	return n, nil
}

// start opens what lies in the directory and begins to follow the journal. The index is waited for a little: without it the node
// answers, only not as fast.
func (n *Node) start(ctx context.Context) error {
	reference := n.beginReference()
	if err := n.openStore(ctx); err != nil {
		return errors.Join(err, (<-reference).err)
	}
	index := n.beginIndex()
	head, err := n.loadAll(ctx, reference)
	if err != nil {
		return errors.Join(err, (<-index).close())
	}
	n.reached.init(head)
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	n.stop, n.stopped = stop, following.Done()
	n.follower.Go(func() { n.follow(following) })
	if err := n.levelBoards(ctx); err != nil {
		return errors.Join(err, (<-index).close())
	}
	n.keepBeside(following, index)
	if err := n.WaitFor(ctx, n.headNow(ctx)); err != nil {
		return err
	}
	waiting, cancel := context.WithTimeout(ctx, indexPatience)
	defer cancel()
	if _, err := n.levelIndex(waiting); err != nil {
		n.log.Warn("starting without the index: it is being prepared beside")
	}
	return nil
}

// keepBeside begins all that goes on beside the follower until following ends. index is nil when one was taken before.
func (n *Node) keepBeside(following context.Context, index <-chan openedIndex) {
	n.follower.Go(func() { n.keepIndex(following, index) })
	for _, keep := range [...]func(context.Context){n.keepWords, n.keepSnapshots, n.lookAfter, n.eraseDeleted, n.figures.keep,
		func(ctx context.Context) { n.periodic(ctx, "forget-replies", forgetEvery, n.forgetReplies) }} {
		n.follower.Go(func() { keep(following) })
	}
}

// loadAll loads what the node answers from, and gives the position from which to follow.
func (n *Node) loadAll(ctx context.Context, reference <-chan loadedReference) (store.Head, error) {
	head, err := n.store.Head(ctx)
	r := <-reference
	if err := errors.Join(err, r.err); err != nil {
		return head, err
	}
	n.ref, n.written = r.ref, newWritten(r.ref.Catalogue.Len())
	if err := n.loadPlaces(ctx); err != nil {
		return head, err
	}
	n.districts = numberDistricts(n.ref.Gazetteer)
	return n.openBoards(ctx, head)
}

// indexPatience is how long opening a node waits for its index.
const indexPatience = time.Second

// loadedReference is the reference data, or why they cannot be loaded.
type loadedReference struct {
	ref *seed.Reference
	err error
}

// beginReference loads the reference data beside what else starts.
func (n *Node) beginReference() <-chan loadedReference {
	loaded := make(chan loadedReference, 1)
	go func() {
		r := loadedReference{ref: n.ref}
		if r.ref == nil {
			r.ref, r.err = seed.Load()
		}
		loaded <- r
	}()
	return loaded
}

// openStore opens the store with its keys.
func (n *Node) openStore(ctx context.Context) error {
	if err := n.keepApart(); err != nil {
		return err
	}
	seen, _ := os.Stat(n.keyFile()) // before it is read
	var err error
	if n.keys, err = n.openKeys(ctx); err != nil {
		return err
	}
	if seen == nil { // it has just been made
		seen, _ = os.Stat(n.keyFile())
	}
	n.keysSeen = seen
	n.store, err = n.openDatabase(ctx)
	return err
}

// Exists tells whether a directory is a data directory with records of its own: it holds a database.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, sqlite.FileName))
	return err == nil
}

// ExistsOnPostgres tells whether a directory is that of a node whose records lie in PostgreSQL.
func ExistsOnPostgres(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, elsewhereFile))
	return err == nil
}

// openDatabase opens the records that the configuration names.
func (n *Node) openDatabase(ctx context.Context) (store.Store, error) {
	if n.cfg.Database != "" {
		s, err := postgres.Open(ctx, n.cfg.Database, postgres.Options{Keys: n.keys, Now: n.now, ReloadKeys: n.reloadKeys, Log: n.log})
		if err != nil {
			return nil, err // and not a *postgres.Store of nil
		}
		return s, nil
	}
	if err := refuseEmptied(n.dir); err != nil {
		return nil, err
	}
	s, err := sqlite.Open(ctx, n.dir, sqlite.Options{Keys: n.keys, Now: n.now, ReloadKeys: n.reloadKeys})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// elsewhereFile marks a directory whose records lie in PostgreSQL, so that it is never taken for an empty one of SQLite.
const elsewhereFile = "postgres"

// keepApart refuses a directory of the other kind of records, and marks one that is new.
func (n *Node) keepApart() error {
	const op = "node.keepApart"
	mark := filepath.Join(n.dir, elsewhereFile)
	_, err := os.Stat(mark)
	switch elsewhere := err == nil; {
	case n.cfg.Database == "" && elsewhere:
		return fault.New(fault.Conflict, op, "The records of this data directory lie in PostgreSQL. Name the database with --database-url, or give another directory.")
	case n.cfg.Database != "" && Exists(n.dir):
		return fault.New(fault.Conflict, op, "This data directory has records of its own. Give another directory to a node on PostgreSQL; rabta copy moves records there.")
	case n.cfg.Database != "" && !elsewhere:
		return os.WriteFile(mark, nil, 0o600)
	}
	return nil
}

// openKeys loads the key file. A new one is made only for records that are new too: for those that are there, a fresh key would open
// nothing.
func (n *Node) openKeys(ctx context.Context) (*store.Keys, error) {
	path := n.keyFile()
	keys, missing := store.LoadKeys(path)
	if fault.KindOf(missing) != fault.NotFound {
		return keys, missing
	}
	fresh, err := !Exists(n.dir), error(nil)
	if n.cfg.Database != "" {
		fresh, err = postgres.Fresh(ctx, n.cfg.Database)
	}
	if err != nil {
		return nil, err
	}
	if !fresh {
		return nil, missing
	}
	return store.CreateKeys(path)
}

func (n *Node) keyFile() string {
	if n.cfg.KeyFile != "" {
		return n.cfg.KeyFile
	}
	return store.KeyPath(n.dir)
}

// reloadKeys reads the key file as it is now.
func (n *Node) reloadKeys() (*store.Keys, error) { return store.LoadKeys(n.keyFile()) }

// refuseEmptied tells a database that was cut to nothing from a directory that is new: a new one has no index yet. Opened as it is, it
// would read as a market without people.
func refuseEmptied(dir string) error {
	const smallest = 512 // bytes of an SQLite database's first page
	info, err := os.Stat(filepath.Join(dir, sqlite.FileName))
	if err != nil || info.Size() >= smallest {
		return nil // missing or whole, as far as its size tells
	}
	if _, err := os.Stat(filepath.Join(dir, indexDir)); err != nil {
		return nil
	}
	return fault.New(fault.Conflict, "node.refuseEmptied", "The database of this data directory has been cut off. Restore it from its backup.")
}

// headNow is the store's position, or 0 when it cannot be read: waiting for it is a courtesy to the caller of Open.
func (n *Node) headNow(ctx context.Context) store.Position {
	head, err := n.store.Head(ctx)
	if err != nil {
		n.log.Error("reading the journal's head", "error", err)
		return 0
	}
	return head.Position
}

// Close stops following and gives the directory back. Nothing that was acknowledged is lost.
func (n *Node) Close() error {
	n.queued.stop()
	if n.stop != nil {
		n.stop()
	}
	n.follower.Wait()
	n.merges.Wait()
	n.writeLastSnapshots()
	n.noteLastHead()
	return n.release()
}

// noteLastHead writes the audit log's head into the server's log at the end of its run.
func (n *Node) noteLastHead() {
	if n.store == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	n.complainOf("noting the audit log's head", n.logAuditHead(ctx))
}

// release closes whatever is open, in the opposite order of opening. An index that is being built anew is waited for: swapped in
// later, it would stay open.
func (n *Node) release() error {
	n.rebuilding.Lock()
	defer n.rebuilding.Unlock()
	n.closed = true
	errs := []error{n.words.closeIndex()}
	if n.store != nil {
		errs = append(errs, n.store.Close())
	}
	if n.lock != nil {
		errs = append(errs, n.lock.Close())
	}
	return errors.Join(errs...)
}

// Ready is nil when the node answers in full, else it says why not.
func (n *Node) Ready() error {
	if why := n.faulty.Load(); why != nil {
		return fault.New(fault.Unavailable, "node.Ready", *why)
	}
	if n.words.inUse() == nil {
		return n.indexAway()
	}
	return nil
}

// Reference gives the reference data that the node answers by. Its gazetteer is the shipped one, without imported places.
func (n *Node) Reference() *seed.Reference { return n.ref }

// Reader reads queries in three scripts, over all places, the imported ones too.
func (n *Node) Reader() *search.Reader { return n.reader() }

// Dir is the data directory.
func (n *Node) Dir() string { return n.dir }

// clock gives the time in whole seconds, in which live and not live are told apart.
func (n *Node) clock() time.Time { return n.now().UTC().Truncate(time.Second) }

// model is what pairs are judged by.
func (n *Node) model() *matching.Model { return n.ref.Model }
