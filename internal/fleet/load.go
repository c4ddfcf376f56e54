package fleet

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Load is writers at work on one or several servers of the same records.
type Load struct {
	servers []*Server
	ledger  ledger
	errors  *tally
	writers []*writer

	stop, giveUp context.CancelFunc
	working      sync.WaitGroup
}

// Counts are what a Load found of what was acknowledged to it.
type Counts struct {
	Acknowledged int      // effects: records made, changed and deleted
	Lost         int      // of them, not there
	Twice        int      // effects that happened two times
	Complaints   []string // answers that no sound server gives, at most 20
}

// NewLoad makes n writers, each with an employer and an institute of its own on the first server. data is the directory beside whose
// server tokens are made.
func NewLoad(ctx context.Context, data string, n int, servers ...*Server) (*Load, error) {
	l := &Load{servers: servers, errors: newTally()}
	staff, err := token(ctx, servers[0], data, "staff", "")
	if err != nil {
		return nil, err
	}
	for i := range n {
		w, err := l.newWriter(ctx, staff, data, i)
		if err != nil {
			return nil, err
		}
		l.writers = append(l.writers, w)
	}
	return l, nil
}

func token(ctx context.Context, s *Server, data, role, subject string) (string, error) {
	out, err := s.Run(ctx, "token", "create", "--data", data, "--role", role, "--subject", subject)
	return strings.TrimSpace(out), err
}

func (l *Load) client(token string, first int) *client {
	var urls []string
	for _, s := range l.servers {
		urls = append(urls, s.URL())
	}
	return &client{servers: urls, token: token, next: first, errors: l.errors,
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4, IdleConnTimeout: 2 * time.Second}}}
}

func (l *Load) newWriter(ctx context.Context, staff, data string, i int) (*writer, error) {
	w := &writer{name: fmt.Sprintf("w%d-%d", i, time.Now().UnixNano()), ledger: &l.ledger, random: rand.New(rand.NewPCG(uint64(i), uint64(time.Now().UnixNano())))}
	c := l.client(staff, 0)
	var err error
	if w.employee, err = register(ctx, c, "/v1/employers", map[string]string{"name": "Ravi Works", "kind": "workshop"}); err != nil {
		return nil, err
	}
	w.records = append(w.records, &record{noun: "employer", id: w.employee, created: acknowledged})
	w.live = slices.Clone(w.records)
	if w.school, err = register(ctx, c, "/v1/institutes", map[string]string{"name": "Ravi Institute"}); err != nil {
		return nil, err
	}
	for role, subject := range map[string]string{"employer": w.employee, "institute": w.school} {
		secret, err := token(ctx, l.servers[0], data, role, subject)
		if err != nil {
			return nil, err
		}
		if role == "employer" {
			w.employer = l.client(secret, i)
		} else {
			w.institute = l.client(secret, i)
		}
	}
	return w, nil
}

func register(ctx context.Context, c *client, path string, body any) (string, error) {
	o := c.settle(ctx, request{method: http.MethodPost, path: path, body: body})
	var made struct{ ID string }
	if !o.done() || json.Unmarshal(o.body, &made) != nil {
		return "", fmt.Errorf("POST %s: status %d: %s", path, o.status, o.body)
	}
	return made.ID, nil
}

// Keep bounds how many live records each writer keeps, and how soon after one change it begins the next: what is there to be
// found then stands still, however long they write. A posting that was closed stays in the store and in what figures are made of, which grow
// with the pace.
func (l *Load) Keep(live int, pace time.Duration) {
	for _, w := range l.writers {
		w.most, w.pace = live, pace
	}
}

// Begin sets the writers to work.
func (l *Load) Begin(ctx context.Context) {
	patience, giveUp := context.WithCancel(ctx)
	working, stop := context.WithCancel(patience)
	l.stop, l.giveUp = stop, giveUp
	for _, w := range l.writers {
		l.working.Go(func() { w.work(working, patience) })
	}
}

// End lets each writer settle what it has under way, for as long as within, and waits for them. What is not settled then counts as
// unknown: it may be there once, or not.
func (l *Load) End(within time.Duration) {
	l.stop()
	timer := time.AfterFunc(within, l.giveUp)
	l.working.Wait()
	timer.Stop()
	l.giveUp()
}

// NextSuccess waits for the first change that a server acknowledges to one sent after a time, and gives how long after it that was.
func (l *Load) NextSuccess(ctx context.Context, after time.Time) (took time.Duration, ok bool) {
	for {
		if last := l.ledger.lastSent(); last.sent.After(after) {
			return last.acknowledged.Sub(after), true
		}
		select {
		case <-ctx.Done():
			return time.Since(after), false
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// Failed gives the share of requests to a server that it failed to answer, and how many requests it had.
func (l *Load) Failed(server int) (share float64, requests int) { return l.errors.share(server) }

// Verify compares the ledger with what the servers show. It is called while nobody writes.
func (l *Load) Verify(ctx context.Context) (Counts, error) {
	c := Counts{Acknowledged: l.ledger.acknowledged, Complaints: l.ledger.complaints}
	for _, w := range l.writers {
		if err := w.verify(ctx, &c); err != nil {
			return c, err
		}
	}
	return c, nil
}
