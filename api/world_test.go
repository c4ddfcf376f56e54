package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// A small invented market on a real node: two of every party, so that one of them is always another's.

var today = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

const (
	markedName  = "Zubeida-Markedname"
	markedPhone = "+92 300 5550199"
	markedCNIC  = "35202-5550199-2"
	markedRoad  = "House 7, Markedroad"
)

var (
	lahore  = geo.Point{Lat: 31.5204, Lon: 74.3587}
	karachi = geo.Point{Lat: 24.8607, Lon: 67.0011}
)

type world struct {
	t       testing.TB
	node    *node.Node
	handler http.Handler
	log     *strings.Builder

	instituteA, instituteB *matching.Institute
	employerA, employerB   *matching.Employer
	agreeing, silent       *matching.Graduate // of institute A; silent has not agreed to an officer
	live, draft            *matching.Posting  // of employer A
	tokens                 map[string]string
	pairs                  int // made for merging
}

func newWorld(t testing.TB) *world {
	t.Helper()
	ctx := context.Background()
	now := func() time.Time { return today }
	n, err := node.Open(ctx, node.Config{Dir: t.TempDir() + "/data", Now: now})
	if err != nil {
		t.Fatalf("opening a node: %v", err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Errorf("closing the node: %v", err)
		}
	})
	w := &world{t: t, node: n, log: &strings.Builder{}, tokens: map[string]string{}}
	w.handler = New(Config{Service: n, Version: "test", Now: now, Log: slog.New(slog.NewJSONHandler(w.log, nil))})
	w.instituteA, w.instituteB = w.institute("Institute A"), w.institute("Institute B")
	w.employerA, w.employerB = w.employer("Employer A"), w.employer("Employer B")
	w.agreeing, w.silent = w.graduate(lahore, true), w.graduate(lahore, false)
	w.live, w.draft = w.posting(matching.Open), w.posting(matching.Draft)
	for name, who := range map[string]struct {
		role    Role
		subject matching.ID
	}{
		"graduate-self": {AsGraduate, w.agreeing.ID}, "graduate-other": {AsGraduate, w.silent.ID},
		"employer-own": {AsEmployer, w.employerA.ID}, "employer-other": {AsEmployer, w.employerB.ID},
		"institute-own": {AsInstitute, w.instituteA.ID}, "institute-other": {AsInstitute, w.instituteB.ID},
		"officer": {AsOfficer, "officer of a test"}, "staff": {AsStaff, "staff of a test"}, "service": {AsService, "service of a test"},
	} {
		w.tokens[name] = w.token(who.role, who.subject)
	}
	return w
}

func (w *world) must(_ store.Position, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("preparing the market: %v", err)
	}
}

func (w *world) token(role Role, subject matching.ID) string {
	w.t.Helper()
	secret, _, err := w.node.CreateToken(context.Background(), string(role), subject, time.Time{})
	if err != nil {
		w.t.Fatalf("making a token: %v", err)
	}
	return secret
}

func (w *world) institute(name string) *matching.Institute {
	i := &matching.Institute{Name: name, Location: &lahore}
	w.must(w.node.CreateInstitute(context.Background(), i))
	return i
}

func (w *world) employer(name string) *matching.Employer {
	e := &matching.Employer{Name: name, Kind: "workshop", Location: &lahore}
	w.must(w.node.CreateEmployer(context.Background(), e, &matching.EmployerContact{Person: markedName, Phone: markedPhone}))
	return e
}

func (w *world) graduate(home geo.Point, officer bool) *matching.Graduate {
	months := 30
	g := &matching.Graduate{Institute: w.instituteA.ID, Gender: matching.Woman, BirthDecade: 1990, Home: home, Status: matching.Searching,
		Trades:    []matching.TradeHeld{{Trade: "electrician", Level: 3, Months: &months}},
		LowestPay: &matching.LowestPay{Amount: 21_337, Unit: matching.PerMonth}, Needs: []matching.Need{matching.NeedTransport},
		Consent: matching.Consent{Matching: true, Officer: officer}}
	w.must(w.node.CreateGraduate(context.Background(), g, &matching.Personal{Name: markedName, Phone: markedPhone, CNIC: markedCNIC, Address: markedRoad}))
	return g
}

func (w *world) posting(status matching.PostingStatus) *matching.Posting {
	p := w.wiring()
	p.Status = status
	w.must(w.node.CreatePosting(context.Background(), p))
	return p
}

func (w *world) wiring() *matching.Posting {
	return &matching.Posting{Employer: w.employerA.ID, Kind: matching.Job, Workplace: matching.OnSite, Trade: "electrician", Title: "House wiring",
		Vacancies: 2, Pay: &matching.Pay{From: 45_000, To: 55_000, Unit: matching.PerMonth}, Location: &geo.Point{Lat: 31.53, Lon: 74.35},
		Posted: today.Add(-time.Hour), Expires: today.AddDate(0, 1, 0), Status: matching.Open}
}

// ask sends one request. headers are name, value pairs.
func (w *world) ask(method, target, token, body string, headers ...string) *httptest.ResponseRecorder {
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, target, reader)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	return answer
}

// position is where the journal stands: equal before and after when nothing was stored.
func (w *world) position() store.Position {
	w.t.Helper()
	head, err := w.node.Head(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return head.Position
}

func problemOf(t testing.TB, answer *httptest.ResponseRecorder) Problem {
	t.Helper()
	if got := answer.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("Content-Type %q, want a problem document; body %s", got, answer.Body)
	}
	var p Problem
	if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil {
		t.Fatalf("the problem cannot be read: %v", err)
	}
	if p.Status != answer.Code || p.Title == "" || p.Detail == "" || !strings.HasPrefix(p.Type, "urn:rabta:problem:") || p.Instance != answer.Header().Get("X-Request-Id") {
		t.Errorf("incomplete problem with status %d: %+v", answer.Code, p)
	}
	return p
}

// Bodies that are right.

func (w *world) postingBody() string {
	return `{"employer":"` + string(w.employerA.ID) + `","kind":"job","workplace":"site","trade":"electrician","title":"House wiring",
		"vacancies":2,"pay":{"from":45000,"to":55000,"unit":"month"},"location":{"lat":31.53,"lon":74.35},
		"conditions":{"transport":{"answer":"yes"}},"expires":"2026-12-22T00:00:00Z"}`
}

func (w *world) graduateBody(officer bool) string {
	consent := `{"matching":true,"officer":false}`
	if officer {
		consent = `{"matching":true,"officer":true}`
	}
	return `{"institute":"` + string(w.instituteA.ID) + `","trades":[{"trade":"electrician","level":3}],"home":{"lat":31.5204,"lon":74.3587},
		"consent":` + consent + `,"personal":{"phone":"` + markedPhone + `","name":"` + markedName + `"}}`
}

const employerBody = `{"name":"Al-Madina Electric Works","kind":"workshop","location":{"lat":31.53,"lon":74.35},"contact":{"phone":"042 111 222 333"}}`

const instituteBody = `{"name":"Training Centre","location":{"lat":31.53,"lon":74.35},"programmes":["Electrician, six months"]}`
