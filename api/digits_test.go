package api

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"rabta/matching"
)

// TestNumbersInUrduDigits: what an Urdu keyboard types is taken, kept as every phone dials it, and found by either.
func TestNumbersInUrduDigits(t *testing.T) {
	w := newWorld(t)
	body := strings.NewReplacer(markedPhone, "۰۳۰۰-۷۷۷۶۶۵۵", markedCNIC, "۳۵۲۰۲-۷۷۷۶۶۵۵-۲").Replace(w.graduateBody(true))
	if !strings.Contains(body, "۰۳۰۰") {
		t.Fatalf("the body holds no Urdu digits: %s", body)
	}
	answer := w.ask("POST", "/v1/graduates", w.tokens["staff"], body)
	var made matching.Graduate
	if answer.Code != 201 || json.Unmarshal(answer.Body.Bytes(), &made) != nil {
		t.Fatalf("%d %s", answer.Code, answer.Body)
	}
	personal, err := w.node.Personal(context.Background(), made.ID)
	if err != nil || personal.Phone != "0300-7776655" || personal.CNIC != "" && personal.CNIC != "35202-7776655-2" {
		t.Errorf("kept %+v (%v)", personal, err)
	}
	employer := w.ask("POST", "/v1/employers", w.tokens["staff"], `{"name":"Ravi Works","kind":"workshop","contact":{"person":"Nadeem","phone":"۰۳۰۰۷۷۷۶۶۵۵"}}`)
	if employer.Code != 201 {
		t.Errorf("an employer: %d %s", employer.Code, employer.Body)
	}
}
