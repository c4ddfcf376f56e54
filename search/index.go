package search

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"rabta/internal/fault"
)

// The limits of what Bleve may take before a call is given up. A call that is given up leaves its goroutine behind: Bleve cannot
// be interrupted, and an index that hangs is thrown away.
const (
	lockTimeout   = "1s" // for the lock of the index's own database: without it a second opener waits for ever
	openTimeout   = 60 * time.Second
	applyTimeout  = 5 * time.Second       // for a batch of nothing
	applyEach     = 10 * time.Millisecond // more for each document that the disk has not: a hundred times what one takes
	shortTimeout  = 5 * time.Second       // for what reads a few bytes
	verifyTimeout = 60 * time.Second      // for what reads every document
	closeTimeout  = 30 * time.Second
)

// ErrStuck says that Bleve did not answer in time. It may be busy, or hang for ever.
var ErrStuck = errors.New("no answer in time")

// The keys under which the index keeps what is not a document.
var (
	layoutKey   = []byte("rabta_layout")
	purgeKey    = []byte("rabta_purge") // set while segments hold what must go, by each erasure to another value
	positionKey = []byte("rabta_position")
	nothingKey  = []byte("rabta_nothing") // never set: deleting it makes Bleve write
)

// reached is the stored form of how far the index has followed the journal.
type reached struct {
	Epoch    string `json:"epoch"`
	Position uint64 `json:"position"`
}

// Index is the index of the words of postings and graduates in one directory. All methods are safe for concurrent use; readers see
// a whole batch or nothing of it. Every error but those of a wrong question has the kind fault.Unavailable: the index can be
// deleted and built again.
type Index struct {
	mu       sync.RWMutex // held for reading by every call, for writing by Close
	ended    atomic.Bool  // closed or abandoned
	dir      string
	watch    *watch
	forget   func() // ends the watch
	bleve    bleve.Index
	core     index.Index // Bleve's index below its mapping
	analyzer *analyzer
	scratch  sync.Pool // of *scratch

	applying  sync.Mutex // held while a batch is applied and told to the concordances, and while none may be
	purging   sync.Mutex // held by a purge
	followers followers
}

// Open opens the index in dir, or makes an empty one when dir is missing or empty. A damaged index, one in use by another process
// and one of another layout are errors of kind fault.Unavailable; the caller deletes the directory and builds it again.
func Open(dir string) (*Index, error) {
	const op = "search.Open"
	watch, forget := watchOver(dir)
	b, err := within(op, openTimeout, nil, func() (bleve.Index, error) { return openBleve(dir, watch) })
	if err != nil {
		forget()
		return nil, err
	}
	core, err := b.Advanced()
	if err != nil {
		forget()
		return nil, errors.Join(unavailable(op, err), b.Close())
	}
	resting.Store(core, watch)
	return &Index{dir: dir, bleve: b, core: core, watch: watch, forget: func() { resting.Delete(core); forget() },
		analyzer: &analyzer{lexicon: newLexicon()}}, nil
}

// largestMerge is how many documents a segment has at the most that comes of a merge. A merge takes a core for itself, some ten seconds for
// so many.
const largestMerge = 250_000

// settings are what Bleve is told of every index that it opens.
func settings() map[string]any {
	return map[string]any{"bolt_timeout": lockTimeout, "asyncErrorCallbackName": hooks, "eventCallbackName": hooks, "unsafe_batch": true,
		"scorchMergePlanOptions": map[string]any{"MaxSegmentSize": largestMerge}}
}

// openBleve opens or creates, and closes again what has another layout.
func openBleve(dir string, w *watch) (bleve.Index, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(entries) == 0 {
		return createBleve(dir, w)
	}
	b, err := bleve.OpenUsing(dir, settings())
	if err != nil {
		return nil, err
	}
	found, err := b.GetInternal(layoutKey)
	if err == nil && string(found) != layout {
		err = fmt.Errorf("the index has layout %q, this program writes %q", found, layout)
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// createBleve makes an empty index, and returns when it is on the disk. Bleve tries for ever to write what it cannot, and tells of it on
// the watch alone.
func createBleve(dir string, w *watch) (bleve.Index, error) {
	// An empty directory stands in Bleve's way no more than a missing one.
	b, err := bleve.NewUsing(dir, newMapping(), scorch.Name, scorch.Name, settings())
	if err != nil {
		return nil, err
	}
	marked, written := b.NewBatch(), make(chan error, 1)
	marked.SetInternal(layoutKey, []byte(layout))
	marked.SetPersistedCallback(func(err error) { written <- err })
	if err = b.Batch(marked); err == nil {
		select {
		case err = <-written:
		case <-w.failed:
			err = w.err
		}
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// Apply puts and deletes what b says and stores its epoch and position with it, all or nothing; when it returns nil, every search that
// starts later sees the change, and it is on disk unless b is unforced. Deleting an unknown id is no error. A document without an id, of an
// unknown noun or outside the box is fault.Invalid, and nothing is applied.
func (x *Index) Apply(b Batch) error {
	changes := len(b.Put) + len(b.Delete)
	limit := applyTimeout + time.Duration(changes+x.watch.landing.onTheWay())*applyEach // it may wait for what others gave
	_, err := use(x, "search.Apply", limit, func() (struct{}, error) {
		if err := x.watch.landing.room(context.Background(), x.watch, changes); err != nil {
			return struct{}{}, err
		}
		if err := x.apply(b); err != nil || b.Unforced {
			return struct{}{}, err
		}
		return struct{}{}, x.watch.landing.settle(context.Background(), x.watch)
	})
	return err
}

func (x *Index) apply(b Batch) error {
	x.applying.Lock()
	defer x.applying.Unlock()
	batch := x.bleve.NewBatch()
	for i := range b.Put {
		doc, err := layOut(&b.Put[i], x.analyzer)
		if err != nil {
			return err
		}
		if err := batch.IndexAdvanced(doc); err != nil {
			return err
		}
	}
	for _, id := range b.Delete {
		batch.Delete(string(id))
	}
	position, err := json.Marshal(reached{b.Epoch, b.Position})
	if err != nil {
		return err
	}
	batch.SetInternal(positionKey, position)
	if b.Erase {
		batch.SetInternal(purgeKey, []byte(rand.Text()))
	}
	if err := x.put(batch); err != nil {
		return err
	}
	x.tell(b)
	return nil
}

// At gives the epoch and the position that the index has reached; "" and 0 for a new one.
func (x *Index) At() (epoch string, position uint64, err error) {
	at, err := use(x, "search.At", shortTimeout, func() (at reached, err error) {
		stored, err := x.bleve.GetInternal(positionKey)
		if err != nil || stored == nil {
			return at, err
		}
		err = json.Unmarshal(stored, &at)
		return at, err
	})
	return at.Epoch, at.Position, err
}

// Count gives the number of documents, of both nouns together.
func (x *Index) Count() (uint64, error) {
	return use(x, "search.Count", shortTimeout, func() (uint64, error) {
		reader, err := x.core.Reader()
		if err != nil {
			return 0, err
		}
		defer func() { _ = reader.Close() }() // nothing was written
		s := &scan{ctx: context.Background(), reader: reader}
		postings, err := s.count(fieldNoun, NounPosting)
		if err != nil {
			return 0, err
		}
		graduates, err := s.count(fieldNoun, NounGraduate)
		return postings + graduates, err
	})
}

// Failed gives a channel that closes when Bleve's work in the background has failed. The index can then only be abandoned.
func (x *Index) Failed() <-chan struct{} { return x.watch.failed }

// Close waits for the calls that are running and closes the files. Closing twice is no error.
func (x *Index) Close() error {
	_, err := within("search.Close", closeTimeout, nil, func() (struct{}, error) {
		x.mu.Lock()
		defer x.mu.Unlock()
		if x.ended.Swap(true) {
			return struct{}{}, nil
		}
		defer x.forget()
		x.letGo()
		_ = x.watch.landing.settle(context.Background(), x.watch) // what cannot be written any more is in the journal
		close(x.watch.ending)
		return struct{}{}, x.bleve.Close()
	})
	return err
}

// Abandon gives up an index that has failed, without waiting: calls that hang in it hang on, its own goroutines end when they can, and
// whoever calls it later gets an error. Its directory may be deleted.
func (x *Index) Abandon() {
	if x.ended.Swap(true) {
		return
	}
	x.watch.fail(errors.New("the index was abandoned"))
	x.forget()
	go func() { // Bleve's own Close would wait for the calls that hang
		_, _ = recovered(func() (struct{}, error) { x.letGo(); return struct{}{}, nil })
		_, _ = recovered(func() (struct{}, error) { return struct{}{}, x.core.Close() })
		_, _ = recovered(func() (struct{}, error) { return struct{}{}, x.bleve.Close() }) // panics, once Bleve has forgotten the index
	}()
}

// use runs do while the index is kept open.
func use[T any](x *Index, op string, limit time.Duration, do func() (T, error)) (T, error) {
	return within(op, limit, x.watch, func() (T, error) {
		x.mu.RLock()
		defer x.mu.RUnlock()
		if x.ended.Load() {
			var zero T
			return zero, errors.New("the index is closed")
		}
		return do()
	})
}

// within runs do with a limit of time and until the watch, which may be nil, tells of a failure. It turns panics, faults of memory-mapped files and errors into errors of kind
// fault.Unavailable. Errors that already say what is wrong with the question keep their kind.
func within[T any](op string, limit time.Duration, w *watch, do func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		value, err := recovered(do)
		done <- answer{value, err}
	}()
	var failed <-chan struct{}
	if w != nil {
		failed = w.failed
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	var zero T
	select {
	case a := <-done:
		return a.value, unavailable(op, a.err)
	case <-failed:
		return zero, unavailable(op, w.err)
	case <-timer.C:
		return zero, unavailable(op, fmt.Errorf("%w: %s", ErrStuck, limit))
	}
}

// recovered runs do and gives its panic back as an error. A truncated file under a memory map is a fault of memory, which ends
// the process unless the goroutine asks for a panic.
func recovered[T any](do func() (T, error)) (value T, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return do()
}

func unavailable(op string, err error) error {
	if err == nil {
		return nil
	}
	if fault.KindOf(err) != fault.Internal {
		return fault.Wrap(op, err)
	}
	return &fault.Error{Kind: fault.Unavailable, Op: op, Message: "The search index is not ready. Try again in a moment.",
		MessageUr: "تلاش ابھی تیار نہیں۔ تھوڑی دیر بعد دوبارہ کوشش کریں۔", Err: err}
}
