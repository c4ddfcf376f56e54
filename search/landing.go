package search

import (
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// Bleve writes what a batch brings to the disk, syncs it and commits it to a file of its own before the batch returns, unless it is told not
// to. A hundred batches a second would be four hundred waits for the disk, a file each and merges of them all day. The index is followed
// from a journal, and what a crash takes from it comes again. So a batch may return once searches see it (Batch.Unforced), and Bleve's
// own work rests between two rounds, so that much comes together, unless somebody waits for the disk.
const (
	persistRest = 250 * time.Millisecond
	mergeRest   = 500 * time.Millisecond
	mostInAir   = 4_096 // changes that searches see and the disk has not; a batch that comes then waits
)

// landing counts the changes that are on their way to the disk.
type landing struct {
	mu      sync.Mutex
	changes int
	waiting int
	moved   chan struct{} // closed when either changes
}

func newLanding() *landing { return &landing{moved: make(chan struct{})} }

// move changes the counts. l.mu is held.
func (l *landing) move(changes, waiting int) {
	l.changes += changes
	l.waiting += waiting
	close(l.moved)
	l.moved = make(chan struct{})
}

// begin counts changes in, and gives what counts them out again; it may be called more than once.
func (l *landing) begin(changes int) (landed func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.move(changes, 0)
	return sync.OnceFunc(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.move(-changes, 0)
	})
}

// hurry keeps Bleve's work from resting until relax is called.
func (l *landing) hurry() (relax func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.move(0, 1)
	return sync.OnceFunc(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.move(0, -1)
	})
}

// onTheWay is how many changes the disk has not got yet.
func (l *landing) onTheWay() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.changes
}

// until waits until no more than so many changes are on their way, or the watch tells of a failure, which it gives back.
func (l *landing) until(most int, w *watch) error {
	defer l.hurry()()
	for {
		l.mu.Lock()
		few, moved := l.changes <= most, l.moved
		l.mu.Unlock()
		if few {
			return nil
		}
		select {
		case <-moved:
		case <-w.failed:
			return w.err
		}
	}
}

// rest returns after a while, or as soon as somebody waits for the disk or the index ends.
func (l *landing) rest(d time.Duration, w *watch) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		l.mu.Lock()
		awaited, moved := l.waiting > 0, l.moved
		l.mu.Unlock()
		if awaited {
			return
		}
		select {
		case <-moved:
		case <-timer.C:
			return
		case <-w.failed:
			return
		case <-w.ending:
			return
		}
	}
}

// happened is told by Bleve of what it does, in the goroutine that does it.
func happened(e scorch.Event) bool {
	expectFaults()
	found, ok := resting.Load(e.Scorch)
	if !ok {
		return true
	}
	switch w := found.(*watch); e.Kind {
	case scorch.EventKindPersisterProgress:
		w.landing.rest(persistRest, w)
	case scorch.EventKindMergerProgress:
		w.landing.rest(mergeRest, w)
	}
	return true
}

// note keeps something that is not a document, or deletes it where value is nil.
func (x *Index) note(key, value []byte) error {
	batch := x.bleve.NewBatch()
	if value == nil {
		batch.DeleteInternal(key)
	} else {
		batch.SetInternal(key, value)
	}
	return x.put(batch)
}

// put gives Bleve a batch, which searches see when it returns.
func (x *Index) put(batch *bleve.Batch) error {
	landed := x.watch.landing.begin(max(1, batch.Size()))
	batch.SetPersistedCallback(func(error) { landed() })
	err := x.bleve.Batch(batch)
	if err != nil {
		landed()
	}
	return err
}
