package api

import (
	"strings"
	"testing"
)

// TestAVerifiedNameIsNotPassedOn: who was verified is verified under the name that staff have seen.
func TestAVerifiedNameIsNotPassedOn(t *testing.T) {
	w := newWorld(t)
	at, own := "/v1/employers/"+string(w.employerA.ID), w.tokens["employer-own"]
	put := func(token, change, to string) string {
		t.Helper()
		read := w.ask("GET", at, w.tokens["staff"], "")
		answer := w.ask("PUT", at, token, strings.Replace(read.Body.String(), change, to, 1), "If-Match", read.Header().Get("ETag"))
		if answer.Code != 200 {
			t.Fatalf("changing: %d %s", answer.Code, answer.Body)
		}
		return answer.Body.String()
	}
	name := `"name":"` + w.employerA.Name + `"`
	if body := put(w.tokens["staff"], `"verified":false`, `"verified":true`); !strings.Contains(body, `"verified":true`) {
		t.Fatalf("staff cannot verify: %s", body)
	}
	if body := put(own, `"place":"`, `"place":"`); !strings.Contains(body, `"verified":true`) {
		t.Errorf("no longer verified under the same name: %s", body)
	}
	if body := put(own, name, `"name":"Govt of Pakistan"`); !strings.Contains(body, `"verified":false`) || !strings.Contains(body, "Govt") {
		t.Errorf("renamed, and verified still: %s", body)
	}
}
