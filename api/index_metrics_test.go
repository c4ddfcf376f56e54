package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestTheIndexIsInTheMetrics: how often it failed, was built anew and was done without.
func TestTheIndexIsInTheMetrics(t *testing.T) {
	w := newWorld(t)
	if _, err := w.node.VerifyIndex(t.Context()); err != nil { // waits for the index, which may take its time
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, line := range []string{"rabta_index_faults_total 0\n", "rabta_index_rebuilds_total 1\n", "rabta_index_sifted_total 0\n", "rabta_index_unsifted_total 0\n",
		"rabta_index_in_use 1\n", "rabta_index_behind_entries 0\n"} {
		if !strings.Contains(answer.Body.String(), line) {
			t.Errorf("the metrics do not say %q", line)
		}
	}
}
