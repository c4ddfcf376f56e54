package node

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"rabta/internal/fault"
	"rabta/search"
	"rabta/store"
)

// words keeps the index of words: it is disposable, and whatever goes wrong in it is caught and counted, and never stops the follower,
// a writer or a reader. Without it the node is not ready, and words are looked for in the store (sift.go), until another has been built
// beside.
type words struct {
	mu   sync.RWMutex
	kept *kept // nil: away

	wake   chan struct{} // holds one when the keeper has something to do
	ending sync.WaitGroup
	size   atomic.Int64 // bytes of the last index that was given up

	searchLimit time.Duration // that a search in the index, or in the store, may take
	batchLimit  time.Duration // that a batch may take; search.Index gives up sooner
	purge       purging
	sifting     chan struct{} // holds one while words are looked for in the store
	sifter      func() *search.Sifter
	open        func(dir string) (wordIndex, error)
	faults      atomic.Uint64
	rebuilds    atomic.Uint64
	sifted      atomic.Uint64
	siftedShort atomic.Uint64 // searches in the store that were given up
}

func newWords() *words {
	return &words{wake: make(chan struct{}, 1), sifting: make(chan struct{}, 1), sifter: sync.OnceValue(search.NewSifter),
		searchLimit: searchLimit, batchLimit: batchLimit, purge: purging{delay: purgeDelay},
		open: func(dir string) (wordIndex, error) {
			x, err := search.Open(dir)
			if err != nil {
				return nil, err // and not a *search.Index of nil
			}
			return x, nil
		}}
}

// IndexState tells how the index of words fares.
type IndexState struct {
	InUse    bool   `json:"in_use"`   // searches by words are answered from it
	Behind   uint64 `json:"behind"`   // entries of the journal that it has yet to follow
	Faults   uint64 `json:"faults"`   // times that it failed and was given up, since the node was opened
	Rebuilds uint64 `json:"rebuilds"` // times that it was built anew
	Sifted   uint64 `json:"sifted"`   // searches by words that were answered from the store instead
	Unsifted uint64 `json:"unsifted"` // searches by words that the store could not answer in time
}

// IndexState tells how the index of words fares.
func (n *Node) IndexState() IndexState {
	w := n.words
	s := IndexState{InUse: w.inUse() != nil, Faults: w.faults.Load(), Rebuilds: w.rebuilds.Load(), Sifted: w.sifted.Load(), Unsifted: w.siftedShort.Load()}
	head, _ := n.reached.get()
	if k := w.get(); k != nil && k.position() < head.Position {
		s.Behind = uint64(head.Position - k.position())
	}
	return s
}

func (w *words) get() *kept {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.kept
}

// inUse gives the index that searches use; nil while there is none, or it hangs.
func (w *words) inUse() *kept {
	if k := w.get(); k != nil && !k.hangs() {
		return k
	}
	return nil
}

// shows tells whether searches by words see everything up to a position.
func (w *words) shows(position store.Position) bool {
	k := w.inUse()
	return k == nil || k.position() >= position
}

// swap puts an index, or none, in the place of another. It fails when that is no longer the one in use.
func (w *words) swap(old, next *kept) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.kept != old {
		return false
	}
	w.kept = next
	return true
}

func (w *words) wakeKeeper() {
	select {
	case w.wake <- struct{}{}:
	default: // awake already
	}
}

// keepIndex takes the index that first gives, or builds one, and keeps it level with the journal until ctx ends. first is nil when an
// index was taken before.
func (n *Node) keepIndex(ctx context.Context, first <-chan openedIndex) {
	const longest = 30 * time.Second
	rest := retryAfter
	var err error
	if first != nil {
		err = n.takeOpened(ctx, <-first)
	}
	for ctx.Err() == nil {
		if err == nil {
			rest = retryAfter
			if k := n.words.get(); k != nil {
				err = n.tendIndex(ctx, k)
			} else {
				err = n.replaceIndex(ctx)
			}
			continue
		}
		n.log.Error("the index cannot be kept: trying again", "after", rest, "error", err)
		pause(ctx, rest)
		rest, err = min(2*rest, longest), nil
	}
}

// tendIndex does the next thing that an index in use needs, or waits until there is something.
func (n *Node) tendIndex(ctx context.Context, k *kept) error {
	if head, _ := n.reached.get(); !n.held.covers(k, head.Position) {
		if err := n.catchUp(ctx, k, head.Position); err != nil {
			return n.blame(ctx, k, err)
		}
		return nil
	}
	purge := n.words.purge.wait()
	defer purge.Stop()
	select {
	case <-ctx.Done():
	case <-n.words.wake:
	case <-k.Failed():
		n.dropIndex(k, errors.New("its work in the background failed"))
	case <-purge.C:
		n.purgeBeside(ctx, k)
	}
	return nil
}

// blame gives up an index that failed to catch up, unless it was the store that failed.
func (n *Node) blame(ctx context.Context, k *kept, err error) error {
	if _, storeErr := n.store.Head(ctx); storeErr != nil || ctx.Err() != nil {
		return err
	}
	n.dropIndex(k, err)
	return nil
}

// giveIndex applies to an index what the follower has read of the journal after from, and tells whether it has it. It waits while the
// index may take its time, and no longer: the index then catches up by itself. A part of several is waited for to its end.
func (n *Node) giveIndex(k *kept, from store.Position, b search.Batch, part bool) bool {
	if k == nil || n.words.get() != k {
		n.words.wakeKeeper() // another catches up by itself
		return false
	}
	type put struct {
		has bool
		err error
	}
	done := make(chan put, 1)
	b.Unforced = true
	go func() { // one that hangs is not waited for, not even when the node ends
		has, err := k.put(from, b, part)
		done <- put{has, err}
	}()
	patience := allowance(b)
	if part {
		patience = max(patience, 2*k.limit)
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case p := <-done:
		n.given(k, b, p.err)
		return p.has
	case <-timer.C:
		go func() { n.given(k, b, (<-done).err) }()
		return false
	}
}

// given looks after a batch.
func (n *Node) given(k *kept, b search.Batch, err error) {
	switch {
	case err != nil:
		n.dropIndex(k, err)
	case k.position() < store.Position(b.Position):
		n.words.wakeKeeper()
	case b.Erase:
		n.words.purge.schedule()
		n.words.wakeKeeper()
	}
}

// dropIndex gives up an index that failed: it is counted, left to itself, and its files removed. The keeper builds another.
func (n *Node) dropIndex(k *kept, err error) {
	if !n.words.swap(k, nil) {
		return // somebody else was first
	}
	n.words.faults.Add(1)
	n.log.Error("the index failed: building it anew", "error", err)
	n.words.size.Store(sizeOf(k.dir))
	k.Abandon()
	if err := os.RemoveAll(k.dir); err != nil {
		n.log.Warn("removing an index that failed", "error", err)
	}
	n.words.wakeKeeper()
}

// replaceIndex builds an index where there is none.
func (n *Node) replaceIndex(ctx context.Context) error {
	n.rebuilding.Lock()
	defer n.rebuilding.Unlock()
	if n.closed || n.words.get() != nil {
		return nil
	}
	return n.buildIndex(ctx)
}

// useIndex takes an index into use. The one before is closed beside, once the searches in it have ended, and removed.
func (n *Node) useIndex(k *kept) {
	old := n.words.get()
	for !n.words.swap(old, k) {
		old = n.words.get()
	}
	if due, err := k.PurgeDue(); err == nil && due {
		n.words.purge.schedule()
	}
	n.words.wakeKeeper()
	if old == nil {
		return
	}
	n.words.ending.Go(func() {
		if err := old.Close(); err != nil {
			n.log.Warn("closing the old index", "error", err)
			old.Abandon()
		}
		if err := os.RemoveAll(old.dir); err != nil {
			n.log.Warn("removing the old index", "error", err)
		}
	})
}

// closeIndex ends what is kept. Nothing else may use it any more.
func (w *words) closeIndex() error {
	w.ending.Wait()
	k := w.get()
	if k == nil || !w.swap(k, nil) {
		return nil
	}
	if k.hangs() {
		k.Abandon()
		return nil
	}
	err := k.Close()
	if err != nil {
		k.Abandon()
	}
	return err
}

// levelIndex waits until the index has all that the boards have, as long as ctx allows and the node is open.
func (n *Node) levelIndex(ctx context.Context) (*kept, error) {
	const look = 10 * time.Millisecond
	for {
		head, _ := n.reached.get()
		if k := n.words.inUse(); k != nil && k.position() >= head.Position {
			return k, nil
		}
		n.held.want()
		select {
		case <-ctx.Done():
			return nil, &fault.Error{Kind: fault.Unavailable, Op: "node.levelIndex", Err: ctx.Err()}
		case <-n.stopped:
			return nil, n.indexAway()
		case <-time.After(look):
		}
	}
}

func (n *Node) indexAway() error {
	return fault.New(fault.Unavailable, "node.words", "The index of words is being built anew. Searches by words are answered from the store, more slowly.")
}
