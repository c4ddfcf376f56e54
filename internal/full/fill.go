package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"rabta/internal/fleet"
)

// trial is one way to take the room away.
type trial struct {
	binary, data, what string
	writesFail         bool                // else only the index has no room, and writing goes on
	squeeze, relieve   func(pid int) error // take the room away, and give it back
}

// How long the room stays away at the least, and how soon all must be well after it is back: the index is tried again every 30 s at the
// latest.
const (
	squeezed = 3 * time.Second
	relieved = 90 * time.Second
)

// fill runs one trial and tells in one line what was seen.
func fill(ctx context.Context, t trial) error {
	var log lockedBuffer
	s := &fleet.Server{Binary: t.binary, Args: []string{"--data", t.data}, Log: &log}
	if _, err := s.Run(ctx, "seed", "--data", t.data, "--graduates", "200", "--postings", "300"); err != nil {
		return err
	}
	if _, err := s.Start(ctx); err != nil {
		return err
	}
	c := &caller{server: s, seen: map[string]int{}}
	err := c.through(ctx, t)
	if log.holds("panic") || log.holds("goroutine ") {
		err = errors.Join(err, errors.New("the log tells of a panic"))
	}
	if err := errors.Join(err, s.Stop()); err != nil {
		return fmt.Errorf("%w\n%s", err, log.tail())
	}
	fmt.Printf("%s full: %d writes refused (%s), %d reads answered; writing again %.1f s and ready %.1f s after there was room\n", t.what, c.refused, c.statuses(),
		c.reads, c.writing.Seconds(), c.ready.Seconds())
	return nil
}

// caller asks a server for what people ask for.
type caller struct {
	server         *fleet.Server
	staff          string // a token
	employer       string
	posts          int
	refused, reads int
	seen           map[string]int // writes by status
	writing, ready time.Duration
}

func (c *caller) statuses() string {
	var list []string
	for status, n := range c.seen {
		list = append(list, fmt.Sprintf("%s %d times", status, n))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func (c *caller) through(ctx context.Context, t trial) error {
	secret, err := c.server.Run(ctx, "token", "create", "--data", t.data, "--role", "staff", "--subject", "full")
	if err != nil {
		return err
	}
	c.staff = strings.TrimSpace(secret)
	if err := c.register(ctx); err != nil {
		return err
	}
	if err := t.squeeze(c.server.PID()); err != nil {
		return err
	}
	failed := c.whileFull(ctx, t)
	if err := errors.Join(failed, t.relieve(c.server.PID())); err != nil {
		return err
	}
	if err := c.recovered(ctx); err != nil {
		return err
	}
	out, err := c.server.Run(ctx, "index", "verify", "--data", t.data)
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func (c *caller) register(ctx context.Context) error {
	status, body, err := c.send(ctx, http.MethodPost, "/v1/employers", map[string]string{"name": "Ravi Works", "kind": "workshop"})
	var made struct{ ID string }
	if err != nil || status != http.StatusCreated || json.Unmarshal(body, &made) != nil {
		return fmt.Errorf("registering: status %d, %w: %s", status, err, body)
	}
	c.employer = made.ID
	return c.post(ctx, true)
}

// post creates a posting; accepted tells what must come of it.
func (c *caller) post(ctx context.Context, accepted bool) error {
	c.posts++
	status, body, err := c.send(ctx, http.MethodPost, "/v1/postings", map[string]any{"employer": c.employer, "kind": "job", "workplace": "site",
		"trade": "electrician", "title": fmt.Sprintf("House wiring %d %s", c.posts, strings.Repeat("electrician for long wires ", 3)),
		"description": strings.Repeat("wiring of many houses ", 60), "vacancies": 2, "location": map[string]float64{"lat": 31.5204, "lon": 74.3587}})
	switch {
	case err != nil:
		return fmt.Errorf("posting: %w", err)
	case accepted && status == http.StatusCreated:
		return nil
	case accepted:
		return fmt.Errorf("posting: status %d: %s", status, body)
	}
	c.seen[fmt.Sprint(status)]++
	if status == http.StatusCreated {
		return nil
	}
	c.refused++
	var problem struct{ Type, Detail string }
	if json.Unmarshal(body, &problem) != nil || !strings.HasPrefix(problem.Type, "urn:rabta:problem:") || problem.Detail == "" ||
		status != http.StatusInsufficientStorage && status != http.StatusServiceUnavailable {
		return fmt.Errorf("refused by status %d, which is no 507 or 503 with a problem document: %s", status, body)
	}
	return nil
}

// whileFull writes and reads while there is no room.
func (c *caller) whileFull(ctx context.Context, t trial) error {
	for began := time.Now(); time.Since(began) < squeezed || c.posts < 8; {
		if err := errors.Join(c.post(ctx, !t.writesFail), c.read(ctx)); err != nil {
			return fmt.Errorf("while it was full: %w", err)
		}
	}
	if t.writesFail && c.refused == 0 {
		return errors.New("no write was refused: the disk was never full")
	}
	return nil
}

// read asks for what must be answered whatever room there is.
func (c *caller) read(ctx context.Context) error {
	for _, path := range []string{"/v1/postings?lat=31.5&lon=74.3&limit=5", "/v1/postings?q=house+wiring&limit=5", "/v1/postings?q=experienced+helper&limit=5",
		"/v1/employers/" + c.employer, "/v1/graduates?limit=3", "/healthz"} {
		status, body, err := c.send(ctx, http.MethodGet, path, nil)
		if err != nil || status != http.StatusOK {
			return fmt.Errorf("GET %s: status %d, %w: %s", path, status, err, body)
		}
		c.reads++
	}
	return nil
}

// recovered waits until writing works and the server says that it is ready.
func (c *caller) recovered(ctx context.Context) error {
	var err error
	for began := time.Now(); time.Since(began) < relieved; time.Sleep(50 * time.Millisecond) {
		if c.writing == 0 {
			if err = c.post(ctx, true); err == nil {
				c.writing = time.Since(began)
			}
			continue
		}
		status, body, sent := c.send(ctx, http.MethodGet, "/readyz", nil)
		if sent == nil && status == http.StatusOK {
			c.ready = time.Since(began)
			return c.read(ctx)
		}
		err = fmt.Errorf("readyz: status %d, %w: %s", status, sent, body)
	}
	return fmt.Errorf("with room again: %w", err)
}

func (c *caller) send(ctx context.Context, method, path string, body any) (status int, read []byte, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, c.server.URL()+path, bytes.NewReader(text))
	if err != nil {
		return 0, nil, err
	}
	if body == nil {
		r.Body, r.ContentLength = http.NoBody, 0
	}
	r.Header.Set("Authorization", "Bearer "+c.staff)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	read, err = io.ReadAll(answer.Body)
	return answer.StatusCode, read, errors.Join(err, answer.Body.Close())
}

// lockedBuffer takes a log while it is read.
type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to the log.
func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) holds(what string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Contains(b.text.Bytes(), []byte(what))
}

// tail is the end of the log.
func (b *lockedBuffer) tail() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	text := b.text.String()
	return text[max(0, len(text)-4_000):]
}
