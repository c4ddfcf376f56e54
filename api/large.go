package api

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
)

// largeBody is the size in bytes from which a body waits its turn to be read into values and checked: those of most records are smaller, and
// what can be wrong with a larger one keeps a processor busy for milliseconds.
const largeBody = 4 << 10

// largePatience is how long it waits. Past it, the body is checked beside others: rates keep those who send many.
const largePatience = time.Second

// queueLarge has large bodies taken apart one after the other, and half of the processors is left to everybody else. Only the work is
// queued: while a body arrives, and from when its operation begins, it is in nobody's way.
func (s *server) queueLarge(ctx huma.Context, next func(huma.Context)) {
	r := humagin.Unwrap(ctx).Request
	if r.Body == nil || s.limits.large == nil {
		next(ctx)
		return
	}
	c := callOf(ctx.Context())
	c.checked = func() {}
	defer func() { c.checked() }()
	r.Body = &queued{ReadCloser: r.Body, enter: func() {
		waiting, cancel := context.WithTimeout(ctx.Context(), largePatience)
		defer cancel()
		select {
		case s.limits.large <- struct{}{}:
			c.checked = sync.OnceFunc(func() { <-s.limits.large })
		case <-waiting.Done():
		}
	}}
	next(ctx)
}

// queued is a body that enters the queue at its end, when it has turned out to be large.
type queued struct {
	io.ReadCloser
	enter func()
	read  int
	ended bool
}

// Read reads, and waits at the end.
func (q *queued) Read(p []byte) (int, error) {
	n, err := q.ReadCloser.Read(p)
	q.read += n
	if err == io.EOF && !q.ended && q.read >= largeBody {
		q.ended = true
		q.enter()
	}
	return n, err
}
