package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"rabta/matching"
	"rabta/seed"
)

// TestPagesDoNotShareMemory: pages are written in memory that is used again. Asked for at once, each is what it is alone.
func TestPagesDoNotShareMemory(t *testing.T) {
	n, market, token := benchNode(t, seed.Size{Graduates: 60, Postings: 600})
	handler := New(Config{Service: n, Version: "test", Now: benchClock})
	ask := func(target string) string {
		r := httptest.NewRequest(http.MethodGet, target, nil)
		r.Header.Set("Authorization", "Bearer "+token)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Body.String()
	}
	var targets, alone []string
	for g := range market.Graduates() {
		if g.Status != matching.Searching {
			continue
		}
		i := len(targets)
		targets = append(targets, fmt.Sprintf("/v1/graduates/%s/matches?within=%dkm&limit=%d", g.ID, 20+i*10, 1+i*7%100),
			fmt.Sprintf("/v1/postings?lat=%.2f&lon=74.36&within=200km&limit=%d", 31.0+float64(i)/100, 1+i*11%100))
	}
	different := map[string]bool{}
	for _, target := range targets {
		page := ask(target)
		alone, different[page] = append(alone, page), true
	}
	if len(different) < len(targets)/2 {
		t.Fatalf("%d different pages of %d tell too little", len(different), len(targets))
	}
	var callers sync.WaitGroup
	for first := range 8 {
		callers.Go(func() {
			for i := range 3 * len(targets) {
				i = (i*(2*first+1) + first) % len(targets)
				if page := ask(targets[i]); page != alone[i] {
					t.Errorf("%s: beside others it answered\n%s\nand alone\n%s", targets[i], page, alone[i])
					return
				}
			}
		})
	}
	callers.Wait()
}
