package api

import (
	"strings"
	"testing"

	"rabta/internal/script"
	"rabta/matching"
)

// TestWhatIsRefusedIsSaidInUrdu: not the title alone. Each of these was seen with an Urdu title over an English sentence.
func TestWhatIsRefusedIsSaidInUrdu(t *testing.T) {
	w := newWorld(t)
	g := w.graduate(lahore, true)
	a := w.apply(g, w.posting(matching.Open), false)
	her, staff := w.token(AsGraduate, g.ID), w.tokens["staff"]
	steps := "/v1/applications/" + string(a.ID) + "/steps"
	for _, c := range []struct {
		name, method, target, token, body string
		headers                           []string
	}{
		{"a forged cursor of the search", "GET", "/v1/postings?cursor=abc", "", "", nil},
		{"a forged cursor of applications", "GET", "/v1/graduates/" + string(g.ID) + "/applications?cursor=abc", her, "", nil},
		{"words that are no UTF-8", "GET", "/v1/postings?q=%ff", "", "", nil},
		{"a place that is none", "GET", "/v1/places/nope", "", "", nil},
		{"a sector that is none", "GET", "/v1/trades?sector=zz", "", "", nil},
		{"a mark that is none", "GET", "/v1/postings/changes?since=x", "", "", nil},
		{"a position that is none", "GET", "/v1/postings", "", "", []string{"Rabta-Position", "x"}},
		{"a token that is none", "GET", "/v1/graduates", "", "", []string{"Authorization", "Basic x"}},
		{"no token", "GET", "/v1/graduates", "", "", nil},
		{"a stale version", "POST", steps, her, `{"state":"withdrew"}`, []string{"If-Match", `"v99"`}},
		{"a version without quotes", "POST", steps, her, `{"state":"withdrew"}`, []string{"If-Match", "v1"}},
		{"a district that is none", "GET", "/v1/gaps/report?district=nope", staff, "", nil},
		{"one of a list", "GET", "/v1/postings?open_to=nobody", "", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := w.ask(c.method, c.target, c.token, c.body, append([]string{"Accept-Language", "ur"}, c.headers...)...)
			p := problemOf(t, answer)
			if answer.Code < 400 || answer.Code >= 500 || script.Of(p.Detail) != script.Ur || strings.Contains(p.Detail, `"f, `) {
				t.Errorf("answered %d %s", answer.Code, p.Detail)
			}
		})
	}
	if no := w.ask("GET", "/v1/graduates", "", "", "Accept-Language", "ur"); !strings.Contains(no.Body.String(), "Bearer TOKEN") {
		t.Errorf("without a token: %s", no.Body)
	}
	failed := w.send("noun=graduates&source=x", staff, "%PDF-1.7\n")
	if shown := w.ask("GET", "/v1/imports/"+string(failed.ID), staff, "", "Accept-Language", "ur"); !strings.Contains(shown.Body.String(), "PDF یا تصویر") {
		t.Errorf("why an import failed: %s", shown.Body)
	}
}
