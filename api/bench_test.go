package api

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"rabta/seed"
)

// BenchmarkMatchesOverHTTP is the request that a phone makes most: the twenty best postings for one graduate within 25 km, over a
// connection that is open, in a sample market of 5,000 graduates and 10,000 postings.
func BenchmarkMatchesOverHTTP(b *testing.B) {
	w := newWorld(b)
	market := seed.NewMarket(w.node.Reference(), seed.Size{Graduates: 5_000, Postings: 10_000}, 1, today)
	if err := w.node.LoadMarket(context.Background(), market, nil); err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(w.handler)
	defer server.Close()
	request := func(target, token string) {
		r, err := http.NewRequest(http.MethodGet, server.URL+target, nil)
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
			b.Fatalf("%d, %v", answer.StatusCode, err)
		}
	}
	for name, target := range map[string]string{
		"matches": "/v1/graduates/" + string(w.agreeing.ID) + "/matches?within=25km",
		"search":  "/v1/postings?lat=31.52&lon=74.36&within=25km",
		"text":    "/v1/postings?q=lahore+me+bijli+ka+kaam",
		"trade":   "/v1/trades/electrician",
	} {
		b.Run(name, func(b *testing.B) {
			token := ""
			if name == "matches" {
				token = w.tokens["staff"]
			}
			for b.Loop() {
				request(target, token)
			}
		})
	}
}
