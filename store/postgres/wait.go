package postgres

import (
	"context"
	"time"

	"rabta/store"
)

// pollInterval is how often Wait looks by itself: the net below the notifications, which the server forgets when a connection is lost.
const pollInterval = 500 * time.Millisecond

// lookTimeout bounds one such look: that of a healthy server takes milliseconds.
const lookTimeout = 5 * time.Second

// Wait implements store.Store.
func (s *Store) Wait(ctx context.Context, past store.Position) error {
	return fail("postgres.Wait", s.bell.Await(ctx, past, s.poll, s.closing, s.look))
}

// look reads the head, and gives up on a network that swallows everything without a word.
func (s *Store) look(ctx context.Context) (store.Head, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	return s.Head(ctx)
}
