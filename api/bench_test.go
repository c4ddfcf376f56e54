package api

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/seed"
)

// benchNode opens a node with a sample market in it, and gives a token of staff.
func benchNode(b testing.TB, size seed.Size) (n *node.Node, market *seed.Market, token string) {
	b.Helper()
	n, err := node.Open(context.Background(), node.Config{Dir: b.TempDir() + "/data", Now: benchClock})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := n.Close(); err != nil {
			b.Error(err)
		}
	})
	market = seed.NewMarket(n.Reference(), size, 1, today)
	if err := n.LoadMarket(context.Background(), market, nil); err != nil {
		b.Fatal(err)
	}
	if token, _, err = n.CreateToken(context.Background(), string(AsStaff), "staff of a benchmark", time.Time{}); err != nil {
		b.Fatal(err)
	}
	return n, market, token
}

func benchClock() time.Time { return today }

// benchServer serves a sample market, and gives its address, a token of staff, and graduates who search.
func benchServer(b *testing.B, size seed.Size) (address, token string, searching []matching.ID) {
	b.Helper()
	n, market, token := benchNode(b, size)
	for g := range market.Graduates() {
		if g.Status == matching.Searching {
			searching = append(searching, g.ID)
		}
	}
	server := httptest.NewServer(New(Config{Service: n, Version: "test", Now: benchClock}))
	b.Cleanup(server.Close)
	return server.URL, token, searching
}

// get asks over a connection that stays open.
func get(b *testing.B, url, token string) {
	b.Helper()
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		b.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		b.Fatalf("%s: %d, %v", url, answer.StatusCode, err)
	}
}

// BenchmarkOverHTTP is what phones ask for most, in a sample market of 5,000 graduates and 10,000 postings.
func BenchmarkOverHTTP(b *testing.B) {
	address, token, searching := benchServer(b, seed.Size{Graduates: 5_000, Postings: 10_000})
	for _, ask := range []struct{ name, target, token string }{
		{"matches", "/v1/graduates/" + string(searching[0]) + "/matches?within=25km", token},
		{"search", "/v1/postings?lat=31.52&lon=74.36&within=25km", ""},
		{"text", "/v1/postings?q=lahore+me+bijli+ka+kaam", ""},
		{"trade", "/v1/trades/electrician", ""},
	} {
		b.Run(ask.name, func(b *testing.B) {
			for b.Loop() {
				get(b, address+ask.target, ask.token)
			}
		})
	}
}

// BenchmarkMatchesOfTheDemo asks for the twenty best postings of one graduate after the other, in a market of the demonstration's
// size. Half of the requests take no longer than p50-µs.
func BenchmarkMatchesOfTheDemo(b *testing.B) {
	address, token, searching := benchServer(b, seed.Size{Graduates: 5_000, Postings: 1_500})
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		get(b, address+"/v1/graduates/"+string(searching[len(took)%len(searching)])+"/matches", token)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
}
