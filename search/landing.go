package search

import (
	"context"
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

// landing follows the batches on their way to the disk. They are numbered as they begin, so that whoever waits for the disk waits for what
// came before, and not for what others write meanwhile.
type landing struct {
	mu      sync.Mutex
	begun   uint64          // the number of the batch that began last
	low     uint64          // it and all before it are on the disk
	ahead   map[uint64]bool // those after low that are on the disk too
	changes int             // of the batches that are not
	sweeps  uint64          // how often Bleve began to remove old files
	waiting int
	moved   chan struct{} // closed when any of these changes
}

func newLanding() *landing {
	return &landing{ahead: map[uint64]bool{}, moved: make(chan struct{})}
}

// change changes the counts, and wakes whoever waits for them.
func (l *landing) change(do func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	do()
	close(l.moved)
	l.moved = make(chan struct{})
}

// begin counts a batch in, and gives what counts it out again; it may be called more than once, and in any order of batches.
func (l *landing) begin(changes int) (landed func()) {
	var number uint64
	l.change(func() {
		l.begun++
		number = l.begun
		l.changes += changes
	})
	return sync.OnceFunc(func() { l.change(func() { l.land(number, changes) }) })
}

// land takes a batch as landed. l.mu is held.
func (l *landing) land(number uint64, changes int) {
	l.changes -= changes
	l.ahead[number] = true
	for l.ahead[l.low+1] {
		l.low++
		delete(l.ahead, l.low)
	}
}

// hurry keeps Bleve's work from resting until relax is called.
func (l *landing) hurry() (relax func()) {
	l.change(func() { l.waiting++ })
	return sync.OnceFunc(func() { l.change(func() { l.waiting-- }) })
}

// swept says that Bleve begins to remove old files.
func (l *landing) swept() { l.change(func() { l.sweeps++ }) }

// sweepsBegun is how often it has.
func (l *landing) sweepsBegun() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sweeps
}

// onTheWay is how many changes the disk has not got yet.
func (l *landing) onTheWay() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.changes
}

// last is the number of the batch that began last.
func (l *landing) last() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.begun
}

// settle waits until all that began before the call is on the disk.
func (l *landing) settle(ctx context.Context, w *watch) error {
	last := l.last()
	return l.until(ctx, w, func() bool { return l.low >= last })
}

// room waits until so many changes more may be on their way, and no longer than for what is at the call.
func (l *landing) room(ctx context.Context, w *watch, changes int) error {
	last := l.last()
	return l.until(ctx, w, func() bool { return l.changes <= mostInAir-changes || l.low >= last })
}

// until waits until it is so, ctx ends, or the watch tells of a failure, which it gives back. Bleve does not rest meanwhile. l.mu is held when
// so is called.
func (l *landing) until(ctx context.Context, w *watch, so func() bool) error {
	defer l.hurry()()
	for {
		l.mu.Lock()
		is, moved := so(), l.moved
		l.mu.Unlock()
		if is {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
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
	case scorch.EventKindPurgerCheck:
		w.landing.swept()
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
	given := false
	defer func() {
		if !given { // it panicked, maybe
			landed()
		}
	}()
	batch.SetPersistedCallback(func(error) { landed() })
	err := x.bleve.Batch(batch)
	given = err == nil
	return err
}
