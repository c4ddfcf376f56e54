package api

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"rabta/matching"
)

func nextOf(t testing.TB, answer *httptest.ResponseRecorder) string {
	t.Helper()
	var page struct {
		Next string `json:"next"`
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &page); err != nil || page.Next == "" {
		t.Fatalf("no next page in %d %s", answer.Code, answer.Body)
	}
	return page.Next
}

// TestOperations has a case for every operation that reads: what the answer holds and what it must not.
func TestOperations(t *testing.T) {
	w := newWorld(t)
	own := w.tokens["graduate-self"]
	live, agreeing := string(w.live.ID), string(w.agreeing.ID)
	cases := []struct {
		name, target, token string
		status              int
		has, hasNot         []string
	}{
		{"trades by a Roman name", "/v1/trades?q=bijli&limit=3", "", 200, []string{`"slug":"electrician"`, `"score":`}, []string{"$schema"}},
		{"trades of a group", "/v1/trades?sector=electrical", "", 200, []string{`"electrician"`}, []string{`"tailor"`}},
		{"a trade", "/v1/trades/electrician", "", 200, []string{`"skills":[`, `"related":[`, `"isco":"7411"`}, nil},
		{"a trade that is none", "/v1/trades/electricain", "", 404, []string{`"nearest":["electrician"`}, []string{"electricain"}},
		{"places by name", "/v1/places?q=khuzdar", "", 200, []string{"Khuzdar", `"in":[`}, nil},
		{"places without a name", "/v1/places", "", 422, []string{`"field":"q"`}, nil},
		{"places near", "/v1/places/nearest?lat=31.52&lon=74.36&limit=2", "", 200, []string{`"distance_m":`, "Lahore"}, nil},
		{"places near nothing", "/v1/places/nearest", "", 422, []string{`"field":"lat"`}, nil},
		{"a place that is none", "/v1/places/nowhere", "", 404, nil, []string{"nowhere"}},
		{"a search near", "/v1/postings?lat=31.52&lon=74.36&within=25km", "", 200, []string{live, `"distance_m":`, `"rings":[`, `"title":"House wiring"`, `"employer":"Employer A"`, `"as_of":"2026-11-22T08:00:00Z"`}, []string{string(w.draft.ID), markedName, `"description"`}},
		{"a search by text", "/v1/postings?q=lahore+me+bijli+ka+kaam", "", 200, []string{live, `"understood":{`}, nil},
		{"a search in metres", "/v1/postings?lat=31.53&lon=74.35&within=800m", "", 200, []string{live}, nil},
		{"a search for another trade", "/v1/postings?trade=tailor", "", 200, []string{`"results":[]`, `"total":0`}, nil},
		{"a search for more pay", "/v1/postings?pay_from=100000", "", 200, []string{`"total":0`}, nil},
		{"a search of before", "/v1/postings?at=2026-11-01T00:00:00Z", "", 200, []string{`"total":0`}, nil},
		{"a live posting", "/v1/postings/" + live, "", 200, []string{`"location":{"lat":31.53,"lon":74.35}`}, nil},
		{"a draft to everybody", "/v1/postings/" + string(w.draft.ID), "", 404, nil, []string{"House wiring"}},
		{"candidates", "/v1/postings/" + live + "/candidates", w.tokens["employer-own"], 200, []string{`"id":"cnd_`, `"total":2`, `"why":`},
			[]string{agreeing, "gender", "needs", "lowest", "21337", "birth", "views", `"pay"`, "posting", "31.52"}},
		{"an employer to everybody", "/v1/employers/" + string(w.employerA.ID), "", 200, []string{`"name":"Employer A"`}, []string{"contact", "location", "asked", markedPhone}},
		{"an employer to itself", "/v1/employers/" + string(w.employerA.ID), w.tokens["employer-own"], 200, []string{markedPhone, `"asked":0`, "location"}, nil},
		{"an institute", "/v1/institutes/" + string(w.instituteA.ID), "", 200, []string{"Institute A"}, nil},
		{"herself", "/v1/graduates/" + agreeing, own, 200, []string{`"lowest_pay":{"amount":21337`}, []string{markedName, markedPhone, `"lat":31.5204,`}},
		{"her personal part", "/v1/graduates/" + agreeing + "/personal", own, 200, []string{markedName, markedPhone, markedCNIC, markedRoad}, nil},
		{"her matches", "/v1/graduates/" + agreeing + "/matches?within=25km", own, 200, []string{live, `"terms":{`, `"views":{`, `"title":"House wiring"`, `"why":"`}, []string{string(w.draft.ID), `"description"`}},
		{"her matches in Urdu", "/v1/graduates/" + agreeing + "/matches?lang=ur", own, 200, []string{live}, nil},
		{"health", "/healthz", "", 200, []string{`"ok"`}, nil},
		{"readiness", "/readyz", "", 200, []string{`"ready"`}, nil},
		{"metrics", "/metrics", w.tokens["service"], 200, []string{`rabta_http_requests_total{operation="search-postings",status="200"}`}, []string{live, agreeing}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer := w.ask("GET", c.target, c.token, "")
			if answer.Code != c.status {
				t.Fatalf("status %d, want %d; %s", answer.Code, c.status, answer.Body)
			}
			for _, part := range c.has {
				if !strings.Contains(answer.Body.String(), part) {
					t.Errorf("%q is missing in %s", part, answer.Body)
				}
			}
			for _, part := range c.hasNot {
				if strings.Contains(answer.Body.String(), part) {
					t.Errorf("%q is in %s", part, answer.Body)
				}
			}
			if c.token != "" && answer.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("Cache-Control %q of an answer to a token", answer.Header().Get("Cache-Control"))
			}
		})
	}
}

// TestAPostingLives follows a posting from its creation to its end, with what its writer is promised at each step.
func TestAPostingLives(t *testing.T) {
	w := newWorld(t)
	token := w.tokens["employer-own"]
	created := w.ask("POST", "/v1/postings", token, w.postingBody())
	if created.Code != 201 {
		t.Fatalf("creating: %d %s", created.Code, created.Body)
	}
	var p matching.Posting
	if err := json.Unmarshal(created.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if said := p.Conditions[matching.CondTransport]; said.By != "employer" || said.At == nil {
		t.Errorf("the condition was said by %q at %v", said.By, said.At)
	}
	target, position := created.Header().Get("Location"), created.Header().Get("Rabta-Position")
	if target != "/v1/postings/"+string(p.ID) || created.Header().Get("ETag") != etag(p.Version) || position == "" {
		t.Errorf("headers %v", created.Header())
	}
	if found := w.ask("GET", "/v1/postings?lat=31.53&lon=74.35", "", "", "Rabta-Position", position); !strings.Contains(found.Body.String(), string(p.ID)) {
		t.Errorf("its writer does not find it: %d %s", found.Code, found.Body)
	}
	read := w.ask("GET", target, token, "")
	asRead := strings.Replace(read.Body.String(), `"vacancies":2`, `"vacancies":1`, 1)
	changed := w.ask("PUT", target, token, asRead, "If-Match", read.Header().Get("ETag"))
	if changed.Code != 200 || !strings.Contains(changed.Body.String(), `"vacancies":1`) || changed.Header().Get("ETag") == read.Header().Get("ETag") {
		t.Fatalf("changing what was read: %d %s", changed.Code, changed.Body)
	}
	if again := w.ask("PUT", target, token, asRead, "If-Match", read.Header().Get("ETag")); again.Code != 412 {
		t.Errorf("changing an old version: %d", again.Code)
	}
	closed := w.ask("POST", target+"/close", token, "", "If-Match", changed.Header().Get("ETag"))
	if closed.Code != 200 || !strings.Contains(closed.Body.String(), `"status":"closed"`) {
		t.Errorf("closing: %d %s", closed.Code, closed.Body)
	}
	if gone := w.ask("GET", target, "", ""); gone.Code != 404 {
		t.Errorf("a closed posting is shown to everybody: %d", gone.Code)
	}
	if still := w.ask("GET", target, token, ""); still.Code != 200 {
		t.Errorf("a closed posting is not shown to its employer: %d", still.Code)
	}
}

// TestWhatStaffHoldOnlyStaffLetGo checks the one status that an employer may not leave.
func TestWhatStaffHoldOnlyStaffLetGo(t *testing.T) {
	w := newWorld(t)
	held := w.posting(matching.Held)
	target := "/v1/postings/" + string(held.ID)
	open := strings.Replace(w.postingBody(), "{", `{"status":"open",`, 1)
	if by := w.ask("PUT", target, w.tokens["employer-own"], open, "If-Match", etag(held.Version)); by.Code != 403 {
		t.Errorf("its employer opened it: %d %s", by.Code, by.Body)
	}
	if by := w.ask("PUT", target, w.tokens["staff"], open, "If-Match", etag(held.Version)); by.Code != 200 {
		t.Errorf("staff could not open it: %d %s", by.Code, by.Body)
	}
}

// TestAGraduateLives follows a graduate: her home is coarse from the first answer, her personal part stays when a change leaves it
// out, and nothing is left when she is deleted.
func TestAGraduateLives(t *testing.T) {
	w := newWorld(t)
	staff := w.tokens["staff"]
	created := w.ask("POST", "/v1/graduates", staff, w.graduateBody(true))
	if created.Code != 201 || strings.Contains(created.Body.String(), `"lat":31.5204,`) || !strings.Contains(created.Body.String(), `"at":"2026-11-22T08:00:00Z"`) {
		t.Fatalf("creating: %d %s", created.Code, created.Body)
	}
	target := created.Header().Get("Location")
	read := w.ask("GET", target, staff, "")
	changed := w.ask("PUT", target, staff, strings.Replace(read.Body.String(), `"level":3`, `"level":4`, 1), "If-Match", read.Header().Get("ETag"))
	if changed.Code != 200 {
		t.Fatalf("changing what was read: %d %s", changed.Code, changed.Body)
	}
	if personal := w.ask("GET", target+"/personal", staff, ""); !strings.Contains(personal.Body.String(), markedPhone) {
		t.Errorf("the phone is gone: %s", personal.Body)
	}
	deleted := w.ask("DELETE", target, staff, "", "If-Match", changed.Header().Get("ETag"))
	if deleted.Code != 204 || deleted.Body.Len() != 0 || deleted.Header().Get("Rabta-Position") == "" {
		t.Errorf("deleting: %d %s", deleted.Code, deleted.Body)
	}
	for _, path := range []string{target, target + "/personal", target + "/matches"} {
		if gone := w.ask("GET", path, staff, ""); gone.Code != 404 {
			t.Errorf("%s after deleting: %d", path, gone.Code)
		}
	}
}

// TestListsAreWalkedToTheirEnd checks that pages together are the whole list, each record once.
func TestListsAreWalkedToTheirEnd(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.posting(matching.Open)
	}
	for _, c := range []struct {
		target, token, key, id string
		want                   int
	}{
		{"/v1/postings?lat=31.5&lon=74.3&limit=2", "", "results", "id", 6},
		{"/v1/employers/" + string(w.employerA.ID) + "/postings?limit=2", "", "postings", "id", 6},
		{"/v1/graduates?limit=1", w.tokens["staff"], "graduates", "id", 2},
		{"/v1/graduates/" + string(w.agreeing.ID) + "/matches?limit=2", w.tokens["staff"], "results", "id", 6},
		{"/v1/postings/" + string(w.live.ID) + "/candidates?limit=1", w.tokens["staff"], "results", "id", 2},
	} {
		seen, target := map[string]bool{}, c.target
		for range 20 {
			var page map[string]json.RawMessage
			answer := w.ask("GET", target, c.token, "")
			if err := json.Unmarshal(answer.Body.Bytes(), &page); err != nil || answer.Code != 200 {
				t.Fatalf("%s: %d %s", target, answer.Code, answer.Body)
			}
			var rows []struct {
				ID string `json:"id"`
			}
			if err := json.Unmarshal(page[c.key], &rows); err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				if seen[row.ID] {
					t.Errorf("%s: %s comes twice", c.target, row.ID)
				}
				seen[row.ID] = true
			}
			if page["next"] == nil {
				break
			}
			separator := "?"
			if strings.Contains(c.target, "?") {
				separator = "&"
			}
			target = c.target + separator + "cursor=" + nextOf(t, answer)
		}
		if len(seen) != c.want {
			t.Errorf("%s: %d records in all, want %d", c.target, len(seen), c.want)
		}
	}
}
