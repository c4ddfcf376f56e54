package node

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
	"rabta/store"
)

// wordIndex is what the node asks of an index of words; *search.Index is one, and tests put others in its place.
type wordIndex interface {
	Apply(search.Batch) error
	At() (epoch string, position uint64, err error)
	Count() (uint64, error)
	EachID(context.Context, func(matching.ID)) error
	Postings(context.Context, search.TextQuery) ([]search.Hit, error)
	Graduates(context.Context, search.TextQuery) ([]search.Hit, error)
	Concordance(context.Context, board.Order) (*search.Concordance, error)
	PurgeDue() (bool, error)
	Purge(context.Context) error
	Failed() <-chan struct{} // closed when its work in the background has failed
	Close() error
	Abandon() // gives it up at once; it need not answer any more
}

// What a batch may take before searches do without the index, and before the index is given up.
const (
	batchPatience     = time.Second
	batchPatienceEach = 5 * time.Millisecond // for each document
	batchLimit        = 2 * time.Minute
)

// kept is an index in use, and how far it has followed the journal.
type kept struct {
	wordIndex
	dir   string
	limit time.Duration // that a batch may take
	turn  sync.Mutex    // held while a batch is applied
	at    atomic.Uint64
	words atomic.Pointer[search.Concordance] // in the order of the board; nil: none is ready

	mu    sync.Mutex
	due   time.Time // when the batch under way should be in; zero: none is
	stuck int       // searches in a row that got no answer in time; guarded by mu
}

// position is how far the index has followed the journal.
func (k *kept) position() store.Position { return store.Position(k.at.Load()) }

// put applies a batch of the journal after from, unless the index has it already; part is one step of several that reach its position
// together, by the last of them. A batch that leaves a gap is not for the index, which then catches up by itself: false.
func (k *kept) put(from store.Position, b search.Batch, part bool) (has bool, err error) {
	k.turn.Lock()
	defer k.turn.Unlock()
	switch at := k.at.Load(); {
	case at > b.Position, at == b.Position && !part:
		return true, nil
	case at < uint64(from):
		return false, nil
	}
	k.mu.Lock()
	k.due = time.Now().Add(allowance(b))
	k.mu.Unlock()
	defer func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.due = time.Time{}
	}()
	if _, err := guarded(k.limit, func() (struct{}, error) { return struct{}{}, k.Apply(b) }); err != nil {
		return false, err
	}
	k.at.Store(b.Position)
	return true, nil
}

func allowance(b search.Batch) time.Duration {
	return batchPatience + time.Duration(len(b.Put)+len(b.Delete))*batchPatienceEach
}

// hangs tells whether a batch takes longer than it may.
func (k *kept) hangs() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return !k.due.IsZero() && time.Now().After(k.due)
}

// tired counts searches in a row that got no answer in time, and tells whether there are too many: one alone may be the machine's fault.
func (k *kept) tired(err error) bool {
	const most = 3
	k.mu.Lock()
	defer k.mu.Unlock()
	if !errors.Is(err, search.ErrStuck) {
		k.stuck = 0
		return err != nil
	}
	k.stuck++
	return k.stuck >= most
}

// guarded runs do for at most so long, and gives its panic back as an error. What does not end goes on by itself.
func guarded[T any](limit time.Duration, do func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if p := recover(); p != nil {
				a.err = &fault.Error{Kind: fault.Unavailable, Op: "node.guarded", Err: fmt.Errorf("panic: %v", p)}
			}
			done <- a
		}()
		a.value, a.err = do()
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case a := <-done:
		return a.value, a.err
	case <-timer.C:
		var zero T
		return zero, &fault.Error{Kind: fault.Unavailable, Op: "node.guarded", Err: search.ErrStuck}
	}
}
