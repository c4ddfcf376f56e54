package api

import (
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
)

// timeToAnswer has the time for an answer begin at the end of a body that may take longer to come than an answer may to go, once: over a
// slow line a file takes a minute, and its sender waits for what became of it. Who then does not read is cut off as after any request.
func (s *server) timeToAnswer(ctx huma.Context, next func(huma.Context)) {
	r, w := humagin.Unwrap(ctx).Request, humagin.Unwrap(ctx).Writer
	server, served := r.Context().Value(http.ServerContextKey).(*http.Server) // none in a test without a connection
	if op := operationOf(ctx.Operation()); served && server.WriteTimeout > 0 && op.body > 0 {
		r.Body = &uploadBody{ReadCloser: r.Body, left: op.largest(), ended: func() {
			// A connection that takes no deadline has the one of its headers.
			_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(server.WriteTimeout))
		}}
	}
	next(ctx)
}

// uploadBody tells once that a body has ended, well or badly, or is too long to be read to its end.
type uploadBody struct {
	io.ReadCloser
	left  int64  // bytes that will be read
	ended func() // nil: it was told
}

// Read reads on.
func (b *uploadBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	if (err != nil || b.left <= 0) && b.ended != nil {
		b.ended()
		b.ended = nil
	}
	return n, err
}
