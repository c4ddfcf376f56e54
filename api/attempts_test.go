package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"rabta/matching"
)

// twice sends every changing request two times under one Idempotency-Key and answers with the first answer, as a client that lost it
// would not see it.
type twice struct {
	w         *world
	next      http.Handler
	operation string         // that is being tried
	changes   map[string]int // requests that changed something, by operation
}

func (h *twice) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		h.next.ServeHTTP(out, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		h.w.t.Error(err)
	}
	r.Header.Set("Idempotency-Key", fmt.Sprintf("key-%d", h.w.position()))
	send := func() *httptest.ResponseRecorder {
		again := r.Clone(r.Context())
		again.Body = io.NopCloser(bytes.NewReader(body))
		answer := httptest.NewRecorder()
		h.next.ServeHTTP(answer, again)
		return answer
	}
	h.w.importsEnd() // or the journal goes on by theirs
	before := h.w.position()
	first := send()
	after := h.w.position()
	if second := send(); first.Code < 300 && !(second.Code == 401 && first.Code == 204) { // her token is gone with her
		h.changes[h.operation]++
		h.compare(r, first, second)
	}
	if first.Header().Get("Idempotent-Replayed") != "" {
		h.w.t.Errorf("%s %s: the first answer says it was replayed", r.Method, r.URL.Path)
	}
	if end := h.w.position(); first.Code >= 300 && after != before || end != after {
		h.w.t.Errorf("%s %s answers %d: the journal went from %d to %d to %d", r.Method, r.URL.Path, first.Code, before, after, end)
	}
	for name, values := range first.Header() {
		out.Header()[name] = values
	}
	out.WriteHeader(first.Code)
	if first.Body.Len() > 0 {
		if _, err := out.Write(first.Body.Bytes()); err != nil {
			h.w.t.Error(err)
		}
	}
}

func (h *twice) compare(r *http.Request, first, second *httptest.ResponseRecorder) {
	if second.Code != first.Code || !bytes.Equal(second.Body.Bytes(), first.Body.Bytes()) {
		h.w.t.Errorf("%s %s: first %d %s, then %d %s", r.Method, r.URL.Path, first.Code, first.Body, second.Code, second.Body)
	}
	for _, header := range []string{"ETag", "Location", "Rabta-Position", "Content-Type"} {
		if a, b := first.Header().Get(header), second.Header().Get(header); a != b {
			h.w.t.Errorf("%s %s: %s was %q, then %q", r.Method, r.URL.Path, header, a, b)
		}
	}
	if second.Header().Get("Idempotent-Replayed") != "true" {
		h.w.t.Errorf("%s %s: the second answer does not say that it was replayed: %v", r.Method, r.URL.Path, second.Header())
	}
}

// TestEveryChangeSentTwiceIsDoneOnce walks all operations with all actors, each request sent twice.
func TestEveryChangeSentTwiceIsDoneOnce(t *testing.T) {
	w := newWorld(t)
	h := &twice{w: w, next: w.handler, changes: map[string]int{}}
	w.handler = h
	for _, item := range documentOf(t, w).Paths {
		for method, op := range item {
			if method == "get" {
				continue
			}
			h.operation = op.OperationID
			if !slices.ContainsFunc(op.Parameters, func(p struct {
				Name, In string
				Required bool
			}) bool {
				return p.Name == "Idempotency-Key" && p.In == "header" && !p.Required
			}) {
				t.Errorf("%s does not describe Idempotency-Key", op.OperationID)
			}
			for _, actor := range actors {
				w.attempt(op.OperationID, actor)
			}
			if h.changes[op.OperationID] == 0 {
				t.Errorf("no request to %s changed anything: nothing was tested", op.OperationID)
			}
		}
	}
}

func TestAKeyMustBeOne(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		keys   []string
		status int
	}{
		"none":              {nil, 201},
		"a word":            {[]string{"order-17"}, 201},
		"quoted":            {[]string{`"8e03978e-40d5-43dd-bc93-6894a57f9324"`}, 201},
		"as long as may be": {[]string{strings.Repeat("k", 200)}, 201},
		"too long":          {[]string{strings.Repeat("k", 201)}, 400},
		"empty":             {[]string{""}, 400},
		"with a space":      {[]string{"two words"}, 400},
		"with a control":    {[]string{"a\x01"}, 400},
		"not ASCII":         {[]string{"کلید"}, 400},
		"two of them":       {[]string{"a", "b"}, 400},
		"the same twice":    {[]string{"a", "a"}, 400},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/v1/postings", strings.NewReader(w.postingBody()))
			r.Header.Set("Authorization", "Bearer "+w.tokens["staff"])
			r.Header.Set("Content-Type", "application/json")
			r.Header["Idempotency-Key"] = c.keys
			before, answer := w.position(), httptest.NewRecorder()
			w.handler.ServeHTTP(answer, r)
			if answer.Code != c.status {
				t.Errorf("status %d, want %d; %s", answer.Code, c.status, answer.Body)
			}
			if c.status == 400 {
				if p := problemOf(t, answer); p.Errors[0].Field != "Idempotency-Key" || w.position() != before {
					t.Errorf("%+v", p)
				}
			}
		})
	}
	if read := w.ask("GET", "/v1/postings", "", "", "Idempotency-Key", "with a space"); read.Code != 200 {
		t.Errorf("a read with a key: %d", read.Code)
	}
}

func TestOneKeyIsForOneRequest(t *testing.T) {
	w := newWorld(t)
	post := func(actor, body string) *httptest.ResponseRecorder {
		return w.ask("POST", "/v1/postings", w.tokens[actor], body, "Idempotency-Key", "k", "Accept-Language", "ur")
	}
	first := post("staff", w.postingBody())
	other := post("staff", strings.Replace(w.postingBody(), "House", "School", 1))
	if p := problemOf(t, other); other.Code != 422 || p.Errors[0].Field != "Idempotency-Key" || other.Header().Get("Content-Language") != "ur" {
		t.Errorf("another body: %d %+v", other.Code, p)
	}
	if elsewhere := w.ask("POST", "/v1/postings/"+string(w.live.ID)+"/close", w.tokens["staff"], "", "Idempotency-Key", "k", "If-Match", etag(w.live.Version)); elsewhere.Code != 200 {
		t.Errorf("the key with another operation: %d %s", elsewhere.Code, elsewhere.Body)
	}
	draft := "/v1/postings/" + string(w.draft.ID) + "/close"
	if elsewhere := w.ask("POST", draft, w.tokens["staff"], "", "Idempotency-Key", "k", "If-Match", etag(w.draft.Version)); elsewhere.Code != 422 {
		t.Errorf("the key with another path: %d %s", elsewhere.Code, elsewhere.Body)
	}
	if others := post("employer-own", w.postingBody()); others.Code != 201 || others.Header().Get("Location") == first.Header().Get("Location") {
		t.Errorf("another's request under the same key: %d %v", others.Code, others.Header())
	}
	secondToken := w.token(AsStaff, "staff of a test")
	again := w.ask("POST", "/v1/postings", secondToken, w.postingBody(), "Idempotency-Key", "k")
	if again.Header().Get("Location") != first.Header().Get("Location") {
		t.Errorf("a second token of the same subject: %d %v", again.Code, again.Header())
	}
}

// TestNamelessTokensShareNoKeys: two services without a subject are two senders.
func TestNamelessTokensShareNoKeys(t *testing.T) {
	w := newWorld(t)
	places := map[string]bool{}
	for range 2 {
		answer := w.ask("POST", "/v1/postings", w.token(AsService, ""), w.postingBody(), "Idempotency-Key", "k")
		places[answer.Header().Get("Location")] = true
	}
	if len(places) != 2 {
		t.Errorf("two senders made %d postings", len(places))
	}
}

// TestAReplayShowsTheRecordAsItIsNow, with status, Location and ETag as they were; and nothing to whom it may not be shown.
func TestAReplayShowsTheRecordAsItIsNow(t *testing.T) {
	w := newWorld(t)
	create := func() *httptest.ResponseRecorder {
		return w.ask("POST", "/v1/postings", w.tokens["employer-own"], w.postingBody(), "Idempotency-Key", "k")
	}
	first := create()
	target := first.Header().Get("Location")
	changed := w.ask("PUT", target, w.tokens["employer-own"], strings.Replace(w.postingBody(), "House", "School", 1), "If-Match", first.Header().Get("ETag"))
	again := create()
	if again.Code != 201 || again.Header().Get("ETag") != first.Header().Get("ETag") || again.Header().Get("Location") != target ||
		!strings.Contains(again.Body.String(), "School wiring") {
		t.Errorf("after a change: %d %v %s", again.Code, again.Header(), again.Body)
	}
	if stale := w.ask("PUT", target, w.tokens["employer-own"], w.postingBody(), "If-Match", again.Header().Get("ETag")); stale.Code != 412 {
		t.Errorf("a change by the ETag of the replay, %s after %s: %d", again.Header().Get("ETag"), changed.Header().Get("ETag"), stale.Code)
	}

	service := func() *httptest.ResponseRecorder {
		return w.ask("POST", "/v1/graduates", w.tokens["service"], w.graduateBody(true), "Idempotency-Key", "g")
	}
	enrolled := service()
	if same := service(); same.Code != 201 || !bytes.Equal(same.Body.Bytes(), enrolled.Body.Bytes()) {
		t.Errorf("as it was answered: %d %s", same.Code, same.Body)
	}
	her := enrolled.Header().Get("Location")
	if c := w.ask("PUT", her, w.tokens["staff"], strings.Replace(w.graduateBody(true), `"level":3`, `"level":5`, 1), "If-Match", enrolled.Header().Get("ETag")); c.Code != 200 {
		t.Fatalf("changing her: %d %s", c.Code, c.Body)
	}
	if hidden := service(); hidden.Code != 404 || strings.Contains(hidden.Body.String(), `"level"`) {
		t.Errorf("a service that may not read her is shown what staff wrote: %d %s", hidden.Code, hidden.Body)
	}
	officer := func() *httptest.ResponseRecorder {
		return w.ask("POST", "/v1/graduates", w.tokens["officer"], w.graduateBody(true), "Idempotency-Key", "o")
	}
	agreed := officer()
	if c := w.ask("PUT", agreed.Header().Get("Location"), w.tokens["staff"], w.graduateBody(false), "If-Match", agreed.Header().Get("ETag")); c.Code != 200 {
		t.Fatalf("withdrawing her consent: %d %s", c.Code, c.Body)
	}
	if hidden := officer(); hidden.Code != 404 {
		t.Errorf("an officer whom she trusts no more is shown her: %d %s", hidden.Code, hidden.Body)
	}
}

// TestManyRetriesAtOnce sends one request from 64 sides.
func TestManyRetriesAtOnce(t *testing.T) {
	w := newWorld(t)
	var wait sync.WaitGroup
	answers := make([]*httptest.ResponseRecorder, 64)
	for i := range answers {
		wait.Go(func() {
			answers[i] = w.ask("POST", "/v1/postings", w.tokens["employer-own"], w.postingBody(), "Idempotency-Key", "k")
		})
	}
	wait.Wait()
	made := map[matching.ID]bool{}
	for _, answer := range answers {
		switch answer.Code {
		case 201:
			var p matching.Posting
			if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			made[p.ID] = true
		case 409:
			if p := problemOf(t, answer); answer.Header().Get("Retry-After") != "1" || !p.Retry {
				t.Errorf("409 with %v, %+v", answer.Header(), p)
			}
		default:
			t.Errorf("%d %s", answer.Code, answer.Body)
		}
	}
	if len(made) != 1 {
		t.Errorf("%d postings of one request", len(made))
	}
}

// TestAnAnswerThatCannotBeMadeAgainPanics: an operation that changes something is not served without it.
func TestAnAnswerThatCannotBeMadeAgainPanics(t *testing.T) {
	defer func() {
		if reason := fmt.Sprint(recover()); !strings.Contains(reason, "must be repeatable") {
			t.Errorf("registering panicked with %q", reason)
		}
	}()
	mustRepeat(operation{id: "x", method: http.MethodPost}, &healthOutput{})
}
