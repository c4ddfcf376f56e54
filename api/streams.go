package api

import (
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
)

// streamPatience is how long a reader of a stream may take for a part of it before it is cut off. The whole may take as long as it needs.
const streamPatience = 20 * time.Second

// stream answers with what write writes, as it comes, to be kept under a name. A stream that fails on its way is broken off, so that its
// reader does not take a part for the whole.
func (s *server) stream(c *call, contentType, name string, write func(io.Writer) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", contentType)
		if name != "" {
			ctx.SetHeader("Content-Disposition", `attachment; filename="`+name+`"`)
		}
		w := &patientWriter{w: ctx.BodyWriter(), control: http.NewResponseController(humagin.Unwrap(ctx).Writer)}
		if err := write(w); err != nil {
			s.log.Warn("a stream was broken off", "request", c.id, "operation", c.operation, "error", err)
			panic(http.ErrAbortHandler)
		}
	}}
}

// patientWriter gives each part of a stream its own time.
type patientWriter struct {
	w       io.Writer
	control *http.ResponseController
	until   time.Time
}

// Write sends a part.
func (p *patientWriter) Write(b []byte) (int, error) {
	if now := time.Now(); p.until.Sub(now) < streamPatience/2 {
		p.until = now.Add(streamPatience)
		_ = p.control.SetWriteDeadline(p.until) // a writer in a test has none
	}
	n, err := p.w.Write(b)
	if err != nil {
		return n, fmt.Errorf("sending a part of a stream: %w", err)
	}
	return n, nil
}
