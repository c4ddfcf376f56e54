package search

import (
	"fmt"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// hooks is the name under which Bleve calls us back: it takes functions by name alone, from maps of the whole process.
const hooks = "rabta"

// hooked guards those maps, which are written once, before the first index is opened. watched finds the index that a failure is
// of, by the directory of its segments, which is all that Bleve tells; resting finds it by Bleve's own of it.
var (
	hooked  sync.Once
	watched sync.Map // string to *watch
	resting sync.Map // *scorch.Scorch to *watch
)

// watch tells when Bleve's background work on one index has failed: its persister and merger report it, and go on, spin or end. After
// that a batch may wait for ever.
type watch struct {
	once    sync.Once
	failed  chan struct{} // closed at the first failure
	err     error         // why; set before failed is closed
	ending  chan struct{} // closed when the index is being closed
	landing *landing
}

func (w *watch) fail(err error) {
	w.once.Do(func() {
		w.err = err
		close(w.failed)
	})
}

// watchOver prepares to hear of failures in the index of a directory. A second one of the same directory hears nothing, and does not
// get far: Bleve locks it.
func watchOver(dir string) (w *watch, forget func()) {
	hooked.Do(func() {
		scorch.RegistryAsyncErrorCallbacks[hooks] = heard
		scorch.RegistryEventCallbacks[hooks] = happened
	})
	w = &watch{failed: make(chan struct{}), ending: make(chan struct{}), landing: newLanding()}
	store := filepath.Join(dir, "store")
	if _, taken := watched.LoadOrStore(store, w); taken {
		return w, func() {}
	}
	return w, func() { watched.Delete(store) }
}

func heard(err error, store string) {
	if w, ok := watched.Load(filepath.Clean(store)); ok {
		w.(*watch).fail(fmt.Errorf("in the background: %w", err))
	}
}

// expectFaults lets a goroutine of Bleve's merger or persister panic, which Bleve recovers, where a file under a memory map has been cut off
// or cannot be read: otherwise that ends the process.
func expectFaults() { debug.SetPanicOnFault(true) }
