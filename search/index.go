package search

import (
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
	lockTimeout  = "1s" // for the lock of the index's own database: without it a second opener waits for ever
	openTimeout  = 60 * time.Second
	applyTimeout = 60 * time.Second
	closeTimeout = 30 * time.Second
)

// The keys under which the index keeps what is not a document.
var (
	layoutKey   = []byte("rabta_layout")
	positionKey = []byte("rabta_position")
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
	closed   bool
	bleve    bleve.Index
	core     index.Index // Bleve's index below its mapping
	analyzer *analyzer
	scratch  sync.Pool // of *scratch
}

// Open opens the index in dir, or makes an empty one when dir is missing or empty. A damaged index, one in use by another process
// and one of another layout are errors of kind fault.Unavailable; the caller deletes the directory and builds it again.
func Open(dir string) (*Index, error) {
	const op = "search.Open"
	b, err := within(op, openTimeout, func() (bleve.Index, error) { return openBleve(dir) })
	if err != nil {
		return nil, err
	}
	core, err := b.Advanced()
	if err != nil {
		return nil, errors.Join(unavailable(op, err), b.Close())
	}
	return &Index{bleve: b, core: core, analyzer: &analyzer{lexicon: newLexicon()}}, nil
}

// openBleve opens or creates, and closes again what has another layout.
func openBleve(dir string) (bleve.Index, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(entries) == 0 {
		return createBleve(dir)
	}
	b, err := bleve.OpenUsing(dir, map[string]any{"bolt_timeout": lockTimeout})
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

func createBleve(dir string) (bleve.Index, error) {
	// An empty directory stands in Bleve's way no more than a missing one.
	b, err := bleve.NewUsing(dir, newMapping(), scorch.Name, scorch.Name, map[string]any{"bolt_timeout": lockTimeout})
	if err != nil {
		return nil, err
	}
	if err := b.SetInternal(layoutKey, []byte(layout)); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// Apply puts and deletes what b says and stores its epoch and position with it, all or nothing; when it returns nil, the change is on
// disk and every search that starts later sees it. Deleting an unknown id is no error. A document without an id, of an unknown
// noun or outside the box is fault.Invalid, and nothing is applied.
func (x *Index) Apply(b Batch) error {
	_, err := use(x, "search.Apply", applyTimeout, func() (struct{}, error) { return struct{}{}, x.apply(b) })
	return err
}

func (x *Index) apply(b Batch) error {
	if err := x.backgroundFailure(); err != nil {
		return err
	}
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
	return x.bleve.Batch(batch)
}

// backgroundFailure tells whether Bleve's persister or merger has failed: after that a batch can wait for ever.
func (x *Index) backgroundFailure() error {
	core, ok := x.core.(*scorch.Scorch)
	if !ok {
		return nil
	}
	if stats, ok := core.Stats().(*scorch.Stats); ok && atomic.LoadUint64(&stats.TotOnErrors) > 0 {
		return errors.New("writing the index failed in the background")
	}
	return nil
}

// At gives the epoch and the position that the index has reached; "" and 0 for a new one.
func (x *Index) At() (epoch string, position uint64, err error) {
	at, err := use(x, "search.At", closeTimeout, func() (at reached, err error) {
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
	return use(x, "search.Count", closeTimeout, func() (uint64, error) { return x.bleve.DocCount() })
}

// Close waits for the calls that are running and closes the files. Closing twice is no error.
func (x *Index) Close() error {
	_, err := within("search.Close", closeTimeout, func() (struct{}, error) {
		x.mu.Lock()
		defer x.mu.Unlock()
		if x.closed {
			return struct{}{}, nil
		}
		x.closed = true
		return struct{}{}, x.bleve.Close()
	})
	return err
}

// use runs do while the index is kept open.
func use[T any](x *Index, op string, limit time.Duration, do func() (T, error)) (T, error) {
	return within(op, limit, func() (T, error) {
		x.mu.RLock()
		defer x.mu.RUnlock()
		if x.closed {
			var zero T
			return zero, errors.New("the index is closed")
		}
		return do()
	})
}

// within runs do with a limit of time, and turns its panics, faults of memory-mapped files and errors into errors of kind
// fault.Unavailable. Errors that already say what is wrong with the question keep their kind.
func within[T any](op string, limit time.Duration, do func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		value, err := recovered(do)
		done <- answer{value, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case a := <-done:
		return a.value, unavailable(op, a.err)
	case <-timer.C:
		var zero T
		return zero, unavailable(op, fmt.Errorf("no answer within %s", limit))
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
