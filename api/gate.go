package api

import (
	"context"
	"sync/atomic"
	"time"

	"rabta/internal/fault"
)

// gate lets a bounded number through at once. A few more wait a short time for their turn; the rest hear at once that it is not now, so
// that a node that is asked for too much answers as many as it can, and its memory stays flat. nil is no gate.
type gate struct {
	places  chan struct{}
	waiting atomic.Int64
	queue   int64
	most    time.Duration // to wait
}

func newGate(atOnce, queue int, most time.Duration) *gate {
	if atOnce < 1 {
		return nil
	}
	return &gate{places: make(chan struct{}, atOnce), queue: int64(queue), most: most}
}

// enter waits for a place and gives it back by leave.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	if g == nil {
		return func() {}, nil
	}
	leave = func() { <-g.places }
	select {
	case g.places <- struct{}{}:
		return leave, nil
	default:
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > g.queue {
		return nil, tooBusy(nil)
	}
	patience := time.NewTimer(g.most)
	defer patience.Stop()
	select {
	case g.places <- struct{}{}:
		return leave, nil
	case <-patience.C:
		return nil, tooBusy(nil)
	case <-ctx.Done():
		return nil, tooBusy(ctx.Err())
	}
}

func tooBusy(err error) error {
	return &fault.Error{Kind: fault.Unavailable, Op: "api.gate", Err: err, After: time.Second,
		Message: "The node is asked for more than it can do just now. Try again in a second."}
}

// enter takes the operation through its gate. Whether the node lives is answered even when it is busy.
func (s *server) enter(ctx context.Context, op operation, reads bool) (leave func(), err error) {
	g := s.limits.stored
	switch {
	case op.id == "health" || op.id == "ready":
		g = nil
	case op.time > 0: // it takes long, and the others do not wait for it
		g = s.limits.heavy
	case !reads:
		g = s.limits.writes
	case op.resident:
		g = s.limits.reads
	}
	leave, err = g.enter(ctx)
	if err != nil {
		s.metrics.limited.WithLabelValues("busy").Inc()
	}
	return leave, err
}
