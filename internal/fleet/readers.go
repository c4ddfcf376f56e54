package fleet

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// queries are what readers look for, in three scripts.
var queries = []string{"bijli ka kaam", "electrician", "ملتان میں بجلی کا کام", "silai lahore", "mason", "welder karachi", "درزی", "house wiring"}

// Readers search, ask for the matches of graduates and for the candidates of postings, each in turn, until they are ended.
type Readers struct {
	errors    *tally
	clients   []*client
	graduates []shown
	postings  []shown
	pace      time.Duration // from the beginning of one question to that of the next, at the least

	mu    sync.Mutex
	times []time.Duration // of answers since the last Take

	stop    context.CancelFunc
	working sync.WaitGroup
}

// NewReaders makes n readers with a token of staff, who ask about records that are there now.
func (l *Load) NewReaders(ctx context.Context, data string, n int) (*Readers, error) {
	staff, err := token(ctx, l.servers[0], data, "staff", "")
	if err != nil {
		return nil, err
	}
	r := &Readers{errors: newTally()}
	for i := range n {
		c := l.client(staff, i)
		c.errors = r.errors
		r.clients = append(r.clients, c)
	}
	page := struct{ Graduates, Results []shown }{}
	for _, path := range []string{"/v1/graduates?limit=100", "/v1/postings?lat=31.52&lon=74.35&within=2000km&limit=100"} {
		if status, err := r.clients[0].get(ctx, path, &page); err != nil || status != http.StatusOK {
			return nil, fmt.Errorf("GET %s: status %d, %w", path, status, err)
		}
	}
	if r.graduates, r.postings = page.Graduates, page.Results; len(r.graduates) == 0 || len(r.postings) == 0 {
		return nil, fmt.Errorf("%d graduates and %d postings to read of: seed some first", len(r.graduates), len(r.postings))
	}
	return r, nil
}

// Pace has each reader ask no sooner than so long after it began to ask before. Readers who never rest keep every processor busy, and their
// slowest answers tell how they queue.
func (r *Readers) Pace(pace time.Duration) { r.pace = pace }

// Begin sets the readers to work.
func (r *Readers) Begin(ctx context.Context) {
	ctx, r.stop = context.WithCancel(ctx)
	for i, c := range r.clients {
		random := rand.New(rand.NewPCG(uint64(i), 1))
		r.working.Go(func() {
			for ctx.Err() == nil {
				next := time.After(r.pace)
				r.ask(c, r.path(random))
				select {
				case <-next:
				case <-ctx.Done():
				}
			}
		})
	}
}

// End waits for what the readers have under way.
func (r *Readers) End() {
	r.stop()
	r.working.Wait()
}

// Failed gives the share of requests to a server that it failed to answer, and how many requests it had.
func (r *Readers) Failed(server int) (share float64, requests int) { return r.errors.share(server) }

// Take gives the times of the answers since it was called last, in rising order.
func (r *Readers) Take() []time.Duration {
	r.mu.Lock()
	times := r.times
	r.times = nil
	r.mu.Unlock()
	slices.Sort(times)
	return times
}

// ask sends one request, whose outcome ends with it and not with the readers.
func (r *Readers) ask(c *client, path string) {
	began := time.Now()
	o := c.once(context.Background(), request{method: http.MethodGet, path: path})
	c.next++
	if o.known && o.status != http.StatusOK {
		c.errors.note(c.next-1, false)
	}
	r.mu.Lock()
	r.times = append(r.times, time.Since(began))
	r.mu.Unlock()
}

func (r *Readers) path(random *rand.Rand) string {
	switch random.IntN(4) {
	case 0:
		return "/v1/graduates/" + r.graduates[random.IntN(len(r.graduates))].ID + "/matches"
	case 1:
		return "/v1/postings/" + r.postings[random.IntN(len(r.postings))].ID + "/candidates"
	default:
		return "/v1/postings?lat=31.52&lon=74.35&q=" + url.QueryEscape(queries[random.IntN(len(queries))])
	}
}
