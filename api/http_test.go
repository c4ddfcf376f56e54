package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/store"
)

// broken is a service that fails as a test wants: a node cannot be made to.
type broken struct {
	Service
	search func() (*node.SearchResult, error)
	ready  error
}

func (b broken) Search(context.Context, node.SearchRequest) (*node.SearchResult, error) {
	return b.search()
}

func (b broken) Ready() error { return b.ready }

func (b broken) Head(context.Context) (store.Head, error) { return store.Head{Epoch: "e"}, nil }

func (b broken) Token(context.Context, string) (*store.Token, error) {
	return nil, errors.New("dial tcp: password=hunter2")
}

func (b broken) WaitFor(ctx context.Context, _ store.Position) error {
	return fault.New(fault.Unavailable, "node.WaitFor", "This node is behind.")
}

const secretOfTheDatabase = "password=hunter2"

// TestFailuresOnOurSideTellNothing checks that a cause reaches the log and never the client.
func TestFailuresOnOurSideTellNothing(t *testing.T) {
	plain := errors.New("connecting to postgres://rabta:" + secretOfTheDatabase)
	cases := []struct {
		name       string
		search     func() (*node.SearchResult, error)
		status     int
		kind       string
		retry      bool
		retryAfter string
	}{
		{"a plain error", func() (*node.SearchResult, error) { return nil, plain }, 500, "internal", false, ""},
		{"a wrapped error", func() (*node.SearchResult, error) { return nil, fault.Wrap("store.Search", plain) }, 500, "internal", false, ""},
		{"a panic", func() (*node.SearchResult, error) { panic(secretOfTheDatabase) }, 500, "internal", false, ""},
		{"a panic of the runtime", func() (*node.SearchResult, error) { values := []int{}; values[len(values)]++; return nil, nil }, 500, "internal", false, ""},
		{"behind", func() (*node.SearchResult, error) {
			return nil, &fault.Error{Kind: fault.Unavailable, Message: secretOfTheDatabase, Err: plain}
		}, 503, "unavailable", true, "2"},
		{"out of time", func() (*node.SearchResult, error) { return nil, context.DeadlineExceeded }, 503, "unavailable", true, "2"},
		{"the disk full", func() (*node.SearchResult, error) { return nil, &fault.Error{Kind: fault.Full, Err: plain} }, 507, "full", true, ""},
		{"a number that JSON has not", func() (*node.SearchResult, error) {
			return &node.SearchResult{Results: []node.Found{{Score: nan()}}}, nil
		}, 500, "internal", false, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var log strings.Builder
			handler := New(Config{Service: broken{search: c.search}, Log: slog.New(slog.NewTextHandler(&log, nil))})
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, httptest.NewRequest("GET", "/v1/postings", nil))
			p := problemOf(t, answer)
			if answer.Code != c.status || p.Type != "urn:rabta:problem:"+c.kind || p.Retry != c.retry || answer.Header().Get("Retry-After") != c.retryAfter {
				t.Errorf("status %d, problem %+v, headers %v", answer.Code, p, answer.Header())
			}
			if strings.Contains(answer.Body.String(), "hunter2") || len(p.Errors) != 0 {
				t.Errorf("the client is told: %s", answer.Body)
			}
			if !strings.Contains(log.String(), p.Instance) {
				t.Errorf("the log has nothing under %s: %s", p.Instance, log.String())
			}
		})
	}
}

func nan() float64 { zero := 0.0; return zero / zero }

// TestFailuresBeforeAnOperation checks the ways in which a request ends earlier.
func TestFailuresBeforeAnOperation(t *testing.T) {
	handler := New(Config{Service: broken{ready: errors.New("catching up"), search: func() (*node.SearchResult, error) { return nil, errors.New("the index is gone") }}})
	for _, c := range []struct {
		name, method, target, header, value string
		status                              int
	}{
		{"the store of tokens away", "GET", "/v1/postings", "Authorization", "Bearer x", 500},
		{"a position not reached", "GET", "/v1/trades", "Rabta-Position", "e:9", 503},
		{"not ready", "GET", "/readyz", "", "", 503},
		{"not healthy", "GET", "/healthz", "", "", 503},
		{"no such address", "GET", "/v2/postings", "", "", 404},
		{"no such address below one", "GET", "/v1/postings/", "", "", 404},
		{"no such method", "PATCH", "/v1/postings", "", "", 405},
		{"no such method on a page", "POST", "/docs", "", "", 405},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, c.target, nil)
			if c.header != "" {
				r.Header.Set(c.header, c.value)
			}
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			p := problemOf(t, answer)
			if answer.Code != c.status || strings.Contains(p.Detail, "hunter2") {
				t.Errorf("status %d, want %d; %+v", answer.Code, c.status, p)
			}
			if c.status == 405 && answer.Header().Get("Allow") == "" {
				t.Error("405 without Allow")
			}
		})
	}
}

// TestProblemsComeInTheReadersLanguage checks both ways of asking for Urdu.
func TestProblemsComeInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ name, target, header, says string }{
		{"English by default", "/v1/postings?within=1", "", "Send a radius"},
		{"Urdu by a header", "/v1/postings?within=1", "ur-PK,ur;q=0.9,en;q=0.5", "فاصلہ"},
		{"Urdu by the query", "/v1/postings?within=1&lang=ur", "en", "فاصلہ"},
		{"English before Urdu", "/v1/postings?within=1", "en-GB,ur;q=0.5", "Send a radius"},
		{"a header of no form", "/v1/postings?within=1", ";;;=", "Send a radius"},
		{"a whole number", "/v1/postings?limit=x", "ur", "1 سے 100 تک کا پورا عدد"},
		{"a kind", "/v1/postings?kind=x&lang=ur", "", "ان میں سے ایک بھیجیں: job"},
		{"an unknown parameter", "/v1/postings?rad=x&lang=ur", "", "پیرامیٹر"},
		{"an unknown address", "/v2", "ur", "اس پتے پر کچھ نہیں"},
		{"a range", "/v1/postings?pay_from=10000001&lang=ur", "", "0 سے 10000000"},
		{"a parameter missing", "/v1/places?lang=ur", "", "پیرامیٹر"},
		{"a time", "/v1/postings?at=x&lang=ur", "", "2026-11-22"},
		{"a point and a place", "/v1/postings?lat=31.5&lon=74.3&place=Multan&lang=ur", "", "فاصلہ"},
		{"Urdu without a token", "/v1/graduates", "ur", "ٹوکن"},
		{"Urdu of a missing record", "/v1/postings/pst_01JD4Y6G3Q0000000000000000", "ur", "ریکارڈ"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := w.ask("GET", c.target, "", "", "Accept-Language", c.header)
			p := problemOf(t, answer)
			if !strings.Contains(p.Detail, c.says) {
				t.Errorf("detail %q, want %q in it", p.Detail, c.says)
			}
			if len(p.Errors) == 1 && p.Errors[0].Message != p.Detail {
				t.Errorf("the field says %q, the detail %q", p.Errors[0].Message, p.Detail)
			}
			want := "ur"
			if strings.HasPrefix(c.says, "Send") {
				want = "en"
			}
			if got := answer.Header().Values("Content-Language"); len(got) != 1 || got[0] != want {
				t.Errorf("Content-Language %q, want %s once", got, want)
			}
		})
	}
}

// TestBodiesAreRefusedInUrdu checks findings on bodies, of which several come at once.
func TestBodiesAreRefusedInUrdu(t *testing.T) {
	w := newWorld(t)
	with := func(old, replacement string) string { return strings.Replace(w.postingBody(), old, replacement, 1) }
	for body, says := range map[string]string{
		"x": "JSON نہیں", with(`"vacancies":2`, `"vacancies":20000`): "10000 یا اس سے کم", with(`{`, `{"salary":1,`): "خانہ نہیں",
		with(`"vacancies":2`, `"vacancies":"two"`): "پورا عدد", with(`"trade":"electrician",`, ""): "trade موجود نہیں",
	} {
		answer := w.ask("POST", "/v1/postings", w.tokens["staff"], body, "Accept-Language", "ur")
		if p := problemOf(t, answer); !strings.Contains(p.Detail, says) || answer.Header().Get("Content-Language") != "ur" {
			t.Errorf("detail %q in %q, want %q in it", p.Detail, answer.Header().Get("Content-Language"), says)
		}
	}
}

// TestSentencesKeepTheirValues checks that both languages of a sentence hold as many values, and that each is found.
func TestSentencesKeepTheirValues(t *testing.T) {
	for _, s := range sentences {
		if strings.Count(s.en, "%s") != strings.Count(s.ur, "%s") {
			t.Errorf("%q has other values than %q", s.ur, s.en)
		}
		if got, want := inUrdu(strings.ReplaceAll(s.en, "%s", "17")), strings.ReplaceAll(s.ur, "%s", "17"); got != want {
			t.Errorf("%q becomes %q, want %q", s.en, got, want)
		}
	}
	if got := inUrdu("Nobody wrote this."); got != "Nobody wrote this." {
		t.Errorf("a sentence without Urdu becomes %q", got)
	}
}

// TestHeadAnswersAsGet checks status and headers of HEAD, and that no body comes.
func TestHeadAnswersAsGet(t *testing.T) {
	w := newWorld(t)
	for _, target := range []string{"/docs", "/docs/", "/openapi.json", "/healthz", "/readyz", "/metrics", "/v1/postings", "/v1/trades/electrician",
		"/v1/postings/" + string(w.live.ID), "/v1/graduates", "/v1/postings?limit=x", "/nowhere"} {
		get, head := w.ask("GET", target, "", ""), w.ask("HEAD", target, "", "")
		if head.Code != get.Code || head.Body.Len() != 0 || head.Header().Get("Content-Type") != get.Header().Get("Content-Type") ||
			head.Header().Get("ETag") != get.Header().Get("ETag") {
			t.Errorf("%s: HEAD answers %d with %d bytes and %v, GET %d and %v", target, head.Code, head.Body.Len(), head.Header(), get.Code, get.Header())
		}
	}
	if allow := w.ask("PATCH", "/v1/postings", "", "").Header().Get("Allow"); !strings.Contains(allow, "HEAD") {
		t.Errorf("Allow %q", allow)
	}
	if allow := w.ask("HEAD", "/v1/postings/"+string(w.live.ID)+"/close", "", ""); allow.Code != 405 {
		t.Errorf("HEAD of what has no GET answers %d", allow.Code)
	}
}

// TestTheLogHoldsNoPerson sends marked values in every part of a request and looks for them in the log.
func TestTheLogHoldsNoPerson(t *testing.T) {
	w := newWorld(t)
	w.ask("GET", "/v1/postings?q=Markedname+03005550199", "", "", "User-Agent", "Markedname", "X-Request-Id", "03005550199")
	w.ask("GET", "/v1/trades/Markedname", "", "")
	w.ask("GET", "/Markedname", "", "")
	w.ask("POST", "/v1/graduates", w.tokens["staff"], w.graduateBody(true))
	w.ask("POST", "/v1/graduates", w.tokens["staff"], strings.Replace(w.graduateBody(true), "electrician", "Markedname", 1))
	w.ask("GET", "/v1/graduates/"+string(w.agreeing.ID)+"/personal", w.tokens["staff"], "")
	log := w.log.String()
	for _, operation := range []string{"search-postings", "get-trade", "none", "create-graduate", "get-personal"} {
		if !strings.Contains(log, `"operation":"`+operation+`"`) {
			t.Errorf("the log has no line of %s", operation)
		}
	}
	for _, marked := range []string{"Markedname", "5550199", w.tokens["staff"]} {
		if strings.Contains(log, marked) {
			t.Errorf("the log holds %q", marked)
		}
	}
	if strings.Count(log, "\n") != 6 {
		t.Errorf("%d lines of 6 requests", strings.Count(log, "\n"))
	}
}

// TestEveryAnswerHasItsHeaders checks ids and the headers that keep a browser from guessing.
func TestEveryAnswerHasItsHeaders(t *testing.T) {
	w := newWorld(t)
	ids := map[string]bool{}
	for _, target := range []string{"/v1/postings", "/v1/graduates", "/nowhere", "/docs", "/metrics", "/openapi.json", "/v1/trades?x=1"} {
		answer := w.ask("GET", target, "", "", "X-Request-Id", "chosen-by-the-client", "Accept", "json")
		id := answer.Header().Get("X-Request-Id")
		if len(id) != 26 || ids[id] {
			t.Errorf("%s: id %q", target, id)
		}
		ids[id] = true
		if answer.Header().Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(answer.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'") ||
			!strings.Contains(answer.Header().Get("Content-Type"), "/") {
			t.Errorf("%s: headers %v", target, answer.Header())
		}
	}
}

// TestAnExpiredTokenIsNone checks the clock of tokens.
func TestAnExpiredTokenIsNone(t *testing.T) {
	w := newWorld(t)
	secret, _, err := w.node.CreateToken(context.Background(), "staff", "staff of a test", today.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if before := w.ask("GET", "/v1/graduates", secret, ""); before.Code != http.StatusOK {
		t.Errorf("before it expires: %d", before.Code)
	}
	later := New(Config{Service: w.node, Now: func() time.Time { return today.Add(2 * time.Hour) }})
	r := httptest.NewRequest("GET", "/v1/graduates", nil)
	r.Header.Set("Authorization", "Bearer "+secret)
	answer := httptest.NewRecorder()
	later.ServeHTTP(answer, r)
	if answer.Code != http.StatusUnauthorized || answer.Header().Get("WWW-Authenticate") == "" {
		t.Errorf("after it expired: %d %v", answer.Code, answer.Header())
	}
}

// TestEveryKindOfFaultHasItsAnswer checks the table of problems against the kinds.
func TestEveryKindOfFaultHasItsAnswer(t *testing.T) {
	statuses := map[int]fault.Kind{}
	for kind := fault.Internal; kind <= fault.Full; kind++ {
		a, ok := answers[kind]
		if !ok || a.title == "" || a.titleUr == "" || a.status >= 500 && a.detail == "" {
			t.Errorf("%s: %+v", kind, a)
		}
		if other, taken := statuses[a.status]; taken {
			t.Errorf("%s and %s are both %d", kind, other, a.status)
		}
		statuses[a.status] = kind
	}
}
