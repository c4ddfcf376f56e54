package postgres

import (
	"context"
	"time"

	"rabta/store"
)

// pollInterval is how often Wait looks by itself: the net below the notifications, which the server forgets when a connection is lost.
const pollInterval = 500 * time.Millisecond

// Wait implements store.Store.
func (s *Store) Wait(ctx context.Context, past store.Position) error {
	return fail("postgres.Wait", s.bell.Await(ctx, past, s.poll, s.closing, s.Head))
}
