package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// answerTime is how long a client waits for one answer before it counts it as lost.
const answerTime = 10 * time.Second

// client speaks to one of several servers, and goes on to the next when one does not answer.
type client struct {
	servers []string // URLs
	token   string
	http    *http.Client
	next    int
	errors  *tally
}

// request is what is sent; the same Idempotency-Key with every attempt.
type request struct {
	method, path string
	body         any
	match        string // If-Match
	key          string
}

// outcome is what became of a request.
type outcome struct {
	known  bool // false: no answer, or one that says to try again
	sent   time.Time
	status int
	etag   string
	body   []byte
}

func (o outcome) done() bool { return o.known && o.status < 300 }

// version reads the record's version from the entity tag.
func (o outcome) version() int64 {
	n, err := strconv.ParseInt(strings.Trim(o.etag, `"v`), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// once sends a request to the server whose turn it is.
func (c *client) once(ctx context.Context, r request) outcome {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	var body io.Reader
	if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return outcome{}
		}
		body = bytes.NewReader(text)
	}
	at := c.next % len(c.servers)
	sent, err := http.NewRequestWithContext(ctx, r.method, c.servers[at]+r.path, body)
	if err != nil {
		return outcome{}
	}
	sent.Header.Set("Authorization", "Bearer "+c.token)
	if body != nil {
		sent.Header.Set("Content-Type", "application/json")
	}
	if r.match != "" {
		sent.Header.Set("If-Match", r.match)
	}
	if r.key != "" {
		sent.Header.Set("Idempotency-Key", r.key)
	}
	began := time.Now()
	answer, err := c.http.Do(sent)
	if err != nil {
		c.errors.note(at, false)
		return outcome{}
	}
	defer func() { _ = answer.Body.Close() }()
	read, err := io.ReadAll(answer.Body)
	o := outcome{known: err == nil, sent: began, status: answer.StatusCode, etag: answer.Header.Get("ETag"), body: read}
	if answer.StatusCode >= 500 || answer.StatusCode == http.StatusTooManyRequests || underWay(answer) {
		o.known = false
	}
	c.errors.note(at, o.known)
	return o
}

// underWay tells whether the answer says that an earlier attempt is still being worked on.
func underWay(answer *http.Response) bool {
	return answer.StatusCode == http.StatusConflict && answer.Header.Get("Retry-After") != ""
}

// settle sends a request until its outcome is known or ctx ends. It goes to the next server after each attempt that is not.
func (c *client) settle(ctx context.Context, r request) outcome {
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, 200*time.Millisecond) {
		if o := c.once(ctx, r); o.known {
			return o
		}
		c.next++
		select {
		case <-ctx.Done():
			return outcome{}
		case <-time.After(pause):
		}
	}
}

// get reads a JSON answer into to.
func (c *client) get(ctx context.Context, path string, to any) (int, error) {
	o := c.settle(ctx, request{method: http.MethodGet, path: path})
	if !o.known {
		return 0, fmt.Errorf("GET %s: no answer: %w", path, context.Cause(ctx))
	}
	if o.status != http.StatusOK {
		return o.status, nil
	}
	return o.status, json.Unmarshal(o.body, to)
}
