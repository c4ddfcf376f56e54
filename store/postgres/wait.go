package postgres

import (
	"context"
	"sync"
	"time"

	"rabta/store"
)

// pollInterval is how often Wait looks by itself: the net below the notifications, which the server forgets when a connection is lost.
const pollInterval = 500 * time.Millisecond

// Wait implements store.Store.
func (s *Store) Wait(ctx context.Context, past store.Position) error {
	const op = "postgres.Wait"
	poll := time.NewTicker(s.poll)
	defer poll.Stop()
	for {
		rung := s.bell.next() // before looking, so that no commit falls between the two
		head, err := s.Head(ctx)
		if err != nil {
			return fail(op, err)
		}
		if head.Position > past {
			return nil
		}
		select {
		case <-rung:
		case <-poll.C:
		case <-ctx.Done():
			return fail(op, ctx.Err())
		case <-s.closing:
			return fail(op, errClosed())
		}
	}
}

// bell wakes everybody who waits for the next commit.
type bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

func (b *bell) init() { b.rung = make(chan struct{}) }

// next gives a channel that closes at the next ring.
func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.rung)
	b.rung = make(chan struct{})
}
