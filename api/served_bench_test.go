package api

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
)

// BenchmarkServed is what the server alone works for a request: its handler is called in this process, without a connection, and what it
// writes is thrown away. Profiled, it tells where the time of a page goes.
func BenchmarkServed(b *testing.B) {
	s, _, token, searching := rateServer(b)
	for _, ask := range []struct {
		name, token string
		target      func(i int) string
	}{
		{"empty", token, func(int) string { return "/empty" }},
		{"matches", token, func(i int) string {
			return "/v1/graduates/" + string(searching[i%len(searching)]) + "/matches?within=25km"
		}},
		{"anew", token, askedOnce(searching)},
		{"search", "", func(i int) string {
			return fmt.Sprintf("/v1/postings?lat=%.4f&lon=74.3587&within=25km", 31.40+float64(i%200)/1000)
		}},
	} {
		b.Run(ask.name, func(b *testing.B) { serveAlone(b, s.handler(), ask.token, ask.target) })
	}
}

// BenchmarkFound is what the node works for the same pages, before anything is written of them.
func BenchmarkFound(b *testing.B) {
	n, market, _ := benchNode(b, rateSize)
	var searching []matching.ID
	for g := range market.Graduates() {
		if found, err := n.Matches(context.Background(), node.MatchRequest{ID: g.ID, Within: 25_000}); err == nil && len(found.Results) == 20 {
			searching = append(searching, g.ID)
		}
	}
	b.ReportAllocs()
	before, pages := worked(b), 0
	for b.Loop() {
		found, err := n.Matches(context.Background(), node.MatchRequest{ID: searching[pages%len(searching)], Within: 25_000})
		if err != nil {
			b.Fatal(err)
		}
		found.Done()
		pages++
	}
	b.ReportMetric(float64((worked(b)-before).Nanoseconds())/1e3/float64(pages), "cpu-µs/op")
}

// serveAlone asks a handler for targets, one after the other.
func serveAlone(b *testing.B, handler http.Handler, token string, target func(i int) string) {
	const targets = 20_000
	asked := make([]*http.Request, targets)
	for i := range asked {
		asked[i] = httptest.NewRequest(http.MethodGet, target(i), nil)
		asked[i].RemoteAddr = "127.0.0.1:40000" // of a program on this machine, which no rate limits
		if token != "" {
			asked[i].Header.Set("Authorization", "Bearer "+token)
		}
	}
	b.ReportAllocs()
	before, n := worked(b), 0
	for i := 0; b.Loop(); i++ {
		w := thrownAway{header: http.Header{}}
		handler.ServeHTTP(&w, asked[i%targets])
		if w.status >= http.StatusBadRequest {
			b.Fatalf("answered %d", w.status)
		}
		n++
	}
	b.ReportMetric(float64((worked(b)-before).Nanoseconds())/1e3/float64(n), "cpu-µs/op")
}

// thrownAway is an answer that nobody reads.
type thrownAway struct {
	header http.Header
	status int
}

// Header gives the headers.
func (t *thrownAway) Header() http.Header { return t.header }

// WriteHeader notes the status.
func (t *thrownAway) WriteHeader(status int) { t.status = status }

// Write takes bytes and keeps none.
func (t *thrownAway) Write(p []byte) (int, error) { return len(p), nil }
