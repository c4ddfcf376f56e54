package fleet_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// ask is a request of a test's own clients.
type ask struct {
	method, path, token, key string
	body                     []byte
}

// cutOff stands for the status of an answer that began and did not end.
const cutOff = -1

// answer is what came of one; status 0 is none.
type answer struct {
	ask    ask
	status int
	took   time.Duration
	header http.Header
	body   []byte
}

// put asks a server once.
func put(ctx context.Context, c *http.Client, at string, a ask) answer {
	began := time.Now()
	request, err := http.NewRequestWithContext(ctx, a.method, at+a.path, strings.NewReader(string(a.body)))
	if err != nil {
		return answer{ask: a}
	}
	if a.token != "" {
		request.Header.Set("Authorization", "Bearer "+a.token)
	}
	if a.key != "" {
		request.Header.Set("Idempotency-Key", a.key)
	}
	if a.method != http.MethodGet {
		request.Header.Set("Content-Type", "application/json")
		if strings.HasPrefix(a.path, "/v1/imports") {
			request.Header.Set("Content-Type", "application/octet-stream")
		}
	}
	got, err := c.Do(request)
	if err != nil {
		return answer{ask: a, took: time.Since(began)}
	}
	defer func() { _ = got.Body.Close() }()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		return answer{ask: a, status: cutOff, took: time.Since(began)}
	}
	return answer{ask: a, status: got.StatusCode, took: time.Since(began), header: got.Header, body: body}
}

// crowd are clients that ask until they are told to stop.
type crowd struct {
	http    *http.Client
	at      string
	mu      sync.Mutex
	answers []answer
	asking  sync.WaitGroup
}

func newCrowd(at string) *crowd {
	return &crowd{at: at, http: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 128}}}
}

// set has n clients ask until ctx ends; each then still waits for its last answer.
func (c *crowd) set(ctx context.Context, n int, next func(client, turn int) ask) {
	for client := range n {
		c.asking.Go(func() {
			for turn := 0; ctx.Err() == nil; turn++ {
				got := put(context.WithoutCancel(ctx), c.http, c.at, next(client, turn))
				c.mu.Lock()
				c.answers = append(c.answers, got)
				c.mu.Unlock()
				time.Sleep(10 * time.Millisecond) // clients, and no test of how fast errors are given
			}
		})
	}
}

// end waits for the clients, who have been told to stop, and gives what they were answered.
func (c *crowd) end() []answer {
	c.asking.Wait()
	c.http.CloseIdleConnections()
	return c.answers
}

// p99 gives the 99th percentile of how long answers took, and the longest.
func p99(answers []answer) (nearly, longest time.Duration) {
	took := make([]time.Duration, len(answers))
	for i, a := range answers {
		took[i] = a.took
	}
	slices.Sort(took)
	if len(took) == 0 {
		return 0, 0
	}
	return took[len(took)*99/100], took[len(took)-1]
}

// counted counts answers by their status.
func counted(answers []answer) map[int]int {
	of := map[int]int{}
	for _, a := range answers {
		of[a.status]++
	}
	return of
}

// gauge reads one value of a server's metrics.
func gauge(t *testing.T, at, name string) float64 {
	t.Helper()
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	got := put(t.Context(), c, at, ask{method: http.MethodGet, path: "/metrics"})
	lines := bufio.NewScanner(strings.NewReader(string(got.body)))
	for lines.Scan() {
		if text, ok := strings.CutPrefix(lines.Text(), name+" "); ok {
			value, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatal(err)
			}
			return value
		}
	}
	t.Fatalf("status %d: no %s among the metrics", got.status, name)
	return 0
}
