package sqlite

import (
	"context"
	"time"

	"rabta/store"
)

// pollInterval is how often Wait looks by itself: another process may have written, and the bell rings in this one alone.
const pollInterval = 500 * time.Millisecond

// Wait implements store.Store.
func (s *Store) Wait(ctx context.Context, past store.Position) error {
	return fail("sqlite.Wait", s.bell.Await(ctx, past, pollInterval, s.closing, s.Head))
}
