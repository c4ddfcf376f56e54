package store

import (
	"context"
	"sync"
	"time"

	"rabta/internal/fault"
)

// Bell wakes everybody who waits for the next commit. A store rings it.
type Bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

// NewBell makes a bell.
func NewBell() *Bell { return &Bell{rung: make(chan struct{})} }

// next gives a channel that closes at the next ring.
func (b *Bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung
}

// Ring wakes who waits.
func (b *Bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.rung)
	b.rung = make(chan struct{})
}

// Await looks at every ring, and by itself every so often, whether head is past a position, until it is. It ends with an error of head,
// with that of ctx, or with Closed when closing is closed.
func (b *Bell) Await(ctx context.Context, past Position, every time.Duration, closing <-chan struct{}, head func(context.Context) (Head, error)) error {
	poll := time.NewTicker(every)
	defer poll.Stop()
	for {
		rung := b.next() // before looking, so that no commit falls between the two
		now, err := head(ctx)
		if err != nil || now.Position > past {
			return err
		}
		select {
		case <-rung:
		case <-poll.C:
		case <-ctx.Done():
			return ctx.Err()
		case <-closing:
			return Closed()
		}
	}
}

// Closed is what is said of a store that is closed, or closes.
func Closed() error {
	return fault.New(fault.Unavailable, "store", "The store is closed. Try again in a moment.")
}
