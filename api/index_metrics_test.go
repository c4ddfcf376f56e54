package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestTheMetricsAreForTheMachineAndForStaff: a stranger learns nothing of how much there is to do.
func TestTheMetricsAreForTheMachineAndForStaff(t *testing.T) {
	w := newWorld(t)
	w.limited(Limits{})
	for _, c := range []struct {
		name, from, token string
		headers           []string
		status            int
	}{
		{"the machine", "127.0.0.1:1", "", nil, 200},
		{"the machine by IPv6", "[::1]:1", "", nil, 200},
		{"a stranger", "203.0.113.7:1", "", nil, 401},
		{"a stranger by a proxy on the machine", "127.0.0.1:1", "", []string{"X-Forwarded-For", "203.0.113.7"}, 401},
		{"a service from afar", "203.0.113.7:1", w.tokens["service"], nil, 200},
		{"staff from afar", "203.0.113.7:1", w.tokens["staff"], nil, 200},
		{"an employer", "203.0.113.7:1", w.tokens["employer-own"], nil, 403},
		{"a token that is not known", "203.0.113.7:1", "rbt_guessed", nil, 401},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := w.from(c.from, "/metrics", c.token, c.headers...)
			if answer.Code != c.status || (c.status == 200) != strings.Contains(answer.Body.String(), "rabta_http_in_flight") {
				t.Errorf("status %d, want %d: %.100s", answer.Code, c.status, answer.Body)
			}
		})
	}
}

// TestTheIndexIsInTheMetrics: how often it failed, was built anew and was done without.
func TestTheIndexIsInTheMetrics(t *testing.T) {
	w := newWorld(t)
	if _, err := w.node.VerifyIndex(t.Context()); err != nil { // waits for the index, which may take its time
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	request.RemoteAddr = "127.0.0.1:1"
	w.handler.ServeHTTP(answer, request)
	for _, line := range []string{"rabta_index_faults_total 0\n", "rabta_index_rebuilds_total 1\n", "rabta_index_sifted_total 0\n", "rabta_index_unsifted_total 0\n",
		"rabta_index_in_use 1\n", "rabta_index_behind_entries 0\n"} {
		if !strings.Contains(answer.Body.String(), line) {
			t.Errorf("the metrics do not say %q", line)
		}
	}
}
