package node

import (
	"context"
	"sync/atomic"
	"time"
)

// How long a list waits for the records of what it names. Board and index have the answer by then; the rest of it is not worth the
// caller's whole time when the network to the store is bad.
const (
	usualPatience = time.Second
	shortPatience = 50 * time.Millisecond
	slowFor       = time.Second // how long one late record makes the lists after it impatient
)

// slow remembers when the store last kept a list waiting. The zero value is a store that never has.
type slow struct{ last atomic.Int64 }

// note notes that it has at a time.
func (s *slow) note(at time.Time) { s.last.Store(at.UnixNano()) }

// patience gives how long a list may wait now: never more than half of what its caller has left.
func (s *slow) patience(ctx context.Context, now time.Time) time.Duration {
	patience := usualPatience
	if now.Sub(time.Unix(0, s.last.Load())) < slowFor {
		patience = shortPatience
	}
	if end, ok := ctx.Deadline(); ok {
		patience = min(patience, end.Sub(now)/2)
	}
	return patience
}
