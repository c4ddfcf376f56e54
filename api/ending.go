package api

import (
	"context"
	"sync"
	"time"
)

// ending is a context that ends at a time, as one of context.WithDeadline does, and sets no clock before somebody wants to be woken: a
// request that is answered from memory looks whether its time is over, and never waits.
type ending struct {
	context.Context // of the request
	at              time.Time

	mu    sync.Mutex
	timed context.Context // with its clock; nil: nobody has wanted it
	stop  context.CancelFunc
	ended bool // by end, without a clock
}

// Deadline gives the time.
func (e *ending) Deadline() (time.Time, bool) {
	if before, ok := e.Context.Deadline(); ok && before.Before(e.at) {
		return before, true
	}
	return e.at, true
}

// Done sets the clock.
func (e *ending) Done() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.timed == nil {
		e.timed, e.stop = context.WithDeadline(e.Context, e.at)
		if e.ended {
			e.stop()
		}
	}
	return e.timed.Done()
}

// Err tells why it has ended.
func (e *ending) Err() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.timed != nil:
		return e.timed.Err()
	case e.ended:
		return context.Canceled
	}
	if err := e.Context.Err(); err != nil {
		return err
	}
	if !time.Now().Before(e.at) {
		return context.DeadlineExceeded
	}
	return nil
}

// Value asks the context with the clock where there is one, so that contexts made of this one hang themselves on it.
func (e *ending) Value(key any) any {
	e.mu.Lock()
	of := e.timed
	e.mu.Unlock()
	if of == nil {
		of = e.Context
	}
	return of.Value(key)
}

// end ends it: the request has been answered.
func (e *ending) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ended = true
	if e.stop != nil {
		e.stop()
	}
}
