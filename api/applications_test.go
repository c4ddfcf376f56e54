package api

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/matching"
)

const markedText = "Markedtext میں کل آ سکتی ہوں"

// apply stores an interest of a graduate.
func (w *world) apply(g *matching.Graduate, p *matching.Posting, shares bool) *matching.Application {
	w.t.Helper()
	text := markedText
	a, _, err := w.node.Apply(context.Background(), node.Actor{Role: "graduate", Subject: g.ID},
		node.Interest{Graduate: g.ID, Posting: p.ID, Text: &text, SharesContact: shares})
	if err != nil {
		w.t.Fatalf("applying: %v", err)
	}
	return a
}

// move stores a step of an employer.
func (w *world) move(a *matching.Application, to matching.State) *matching.Application {
	w.t.Helper()
	moved, _, err := w.node.MoveApplication(context.Background(), node.Actor{Role: "employer", Subject: w.employerA.ID},
		node.Movement{Application: a.ID, Version: a.Version, To: to})
	if err != nil {
		w.t.Fatalf("moving to %s: %v", to, err)
	}
	return moved
}

// attemptApplication does one operation on an application as one actor.
func (w *world) attemptApplication(operation, actor, token string, g *matching.Graduate) *httptest.ResponseRecorder {
	p := w.posting(matching.Open)
	target := "/v1/postings/" + string(p.ID)
	switch operation {
	case "apply":
		return w.ask("POST", target+"/applications", token, `{"graduate":"`+string(g.ID)+`","text":"`+markedText+`"}`)
	case "list-applications":
		w.apply(w.agreeing, p, true)
		return w.ask("GET", target+"/applications", token, "")
	}
	a := w.apply(g, p, true)
	if operation == "list-contacts" {
		return w.ask("GET", target+"/contacts", token, "")
	}
	target = "/v1/applications/" + string(a.ID)
	switch {
	case operation == "get-application":
		return w.ask("GET", target, token, "")
	case operation == "change-application":
		return w.ask("PUT", target, token, `{"shares_contact":false}`, "If-Match", etag(a.Version))
	case actor == "service":
		return w.ask("POST", target+"/steps", token, `{"state":"shortlisted"}`, "If-Match", etag(a.Version))
	}
	a = w.move(a, matching.Hired)
	return w.ask("POST", target+"/steps", token, `{"state":"left"}`, "If-Match", etag(a.Version))
}

// TestAnApplicationLives follows one from interest to leaving: what each side is shown at each step, and what follows from it.
func TestAnApplicationLives(t *testing.T) {
	w := newWorld(t)
	g, p := w.graduate(lahore, true), w.posting(matching.Open)
	hers, employer := w.token(AsGraduate, g.ID), w.tokens["employer-own"]
	target := "/v1/postings/" + string(p.ID)
	made := w.ask("POST", target+"/applications", hers, `{"text":"`+markedText+`"}`)
	if made.Code != 201 || !strings.Contains(made.Body.String(), `"state":"interested"`) {
		t.Fatalf("applying: %d %s", made.Code, made.Body)
	}
	at, tag := made.Header().Get("Location"), made.Header().Get("ETag")
	if again := w.ask("POST", target+"/applications", hers, `{}`); again.Code != 409 {
		t.Errorf("applying twice: %d", again.Code)
	}
	list := w.ask("GET", target+"/applications", employer, "")
	for _, hidden := range []string{string(g.ID), markedText, markedName, markedPhone, "gender", "21337", "keeps_searching", "31.52"} {
		if strings.Contains(list.Body.String(), hidden) {
			t.Errorf("the employer is told %q: %s", hidden, list.Body)
		}
	}
	if !strings.Contains(list.Body.String(), `"candidate":"cnd_`) || !strings.Contains(list.Body.String(), `"why":"`) {
		t.Errorf("the employer's list: %s", list.Body)
	}
	if got := w.ask("GET", at, hers, ""); !strings.Contains(got.Body.String(), markedText) {
		t.Errorf("she does not read her own text: %s", got.Body)
	}
	step := func(token, body string) *httptest.ResponseRecorder {
		answer := w.ask("POST", at+"/steps", token, body, "If-Match", tag)
		if answer.Code == 200 {
			tag = answer.Header().Get("ETag")
		}
		return answer
	}
	if got := step(hers, `{"state":"hired"}`); got.Code != 403 {
		t.Errorf("she hires herself: %d", got.Code)
	}
	if got := step(employer, `{"state":"confirmed-30"}`); got.Code != 403 {
		t.Errorf("the employer confirms: %d", got.Code)
	}
	old := tag
	if got := step(employer, `{"state":"hired"}`); got.Code != 200 || !strings.Contains(got.Body.String(), `"hired"`) {
		t.Fatalf("hiring: %d %s", got.Code, got.Body)
	}
	if got := w.ask("POST", at+"/steps", employer, `{"state":"left"}`, "If-Match", old); got.Code != 412 {
		t.Errorf("a step on an old version: %d", got.Code)
	}
	if got := step(hers, `{"state":"confirmed-30"}`); got.Code != 409 {
		t.Errorf("confirmed on the first day: %d", got.Code)
	}
	w.holds(t, g.ID, matching.Placed)
	if got, err := w.node.Posting(context.Background(), p.ID); err != nil || got.Vacancies != 1 || got.Status != matching.Open {
		t.Errorf("the posting after hiring: %+v, %v", got, err)
	}
	if got := step(hers, `{"state":"left","reason":"harassment","wage":{"amount":900,"unit":"day"},"searching":true}`); got.Code != 200 {
		t.Fatalf("leaving: %d %s", got.Code, got.Body)
	}
	w.holds(t, g.ID, matching.Searching)
	if got := w.ask("GET", at, employer, ""); strings.Contains(got.Body.String(), "harassment") || strings.Contains(got.Body.String(), "900") || got.Code != 200 {
		t.Errorf("the employer reads why she left: %d %s", got.Code, got.Body)
	}
}

func (w *world) holds(t *testing.T, id matching.ID, status matching.Status) {
	t.Helper()
	if g, err := w.node.Graduate(context.Background(), id); err != nil || g.Status != status {
		t.Errorf("she is %v, %v; want %s", g, err, status)
	}
}

// TestTheLastVacancyGoesToOne lets 64 clients hire at once for one vacancy.
func TestTheLastVacancyGoesToOne(t *testing.T) {
	w := newWorld(t)
	p := w.wiring()
	p.Vacancies = 1
	w.must(w.node.CreatePosting(context.Background(), p))
	server := httptest.NewServer(w.handler)
	defer server.Close()
	const clients = 64
	paths := make([]string, clients)
	for i := range paths {
		paths[i] = server.URL + "/v1/applications/" + string(w.apply(w.graduate(lahore, true), p, false).ID) + "/steps"
	}
	var mu sync.Mutex
	codes := map[int]int{}
	var all sync.WaitGroup
	start := make(chan struct{})
	for _, path := range paths {
		all.Go(func() {
			<-start
			code := postStep(server, path, w.tokens["employer-own"], `{"state":"hired"}`, etag(1))
			mu.Lock()
			defer mu.Unlock()
			codes[code]++
		})
	}
	close(start)
	all.Wait()
	if fmt.Sprint(codes) != fmt.Sprint(map[int]int{200: 1, 409: clients - 1}) {
		t.Errorf("answers %v, want one 200 and %d 409", codes, clients-1)
	}
	got, err := w.node.Posting(context.Background(), p.ID)
	if err != nil || got.Vacancies != 0 || got.Status != matching.Filled {
		t.Errorf("the posting: %+v, %v", got, err)
	}
	hired := 0
	list, _, err := w.node.ApplicationsOf(context.Background(), p.ID, "", 1000)
	for _, a := range list {
		if a.State == matching.Hired {
			hired++
		}
	}
	if err != nil || hired != 1 {
		t.Errorf("%d are hired, %v", hired, err)
	}
	answer := w.ask("POST", "/v1/postings/"+string(p.ID)+"/applications", w.tokens["graduate-self"], `{}`, "Accept-Language", "ur")
	if answer.Code != 409 || !strings.Contains(answer.Body.String(), "درخواست") {
		t.Errorf("applying to what is filled: %d %s", answer.Code, answer.Body)
	}
}

func postStep(server *httptest.Server, url, token, body, match string) int {
	r := httptest.NewRequest("POST", url, strings.NewReader(body))
	r.RequestURI = ""
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("If-Match", match)
	answer, err := server.Client().Do(r)
	if err != nil {
		return 0
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode
}

// TestAContactIsShownOnHerWord follows a yes that is given and taken back, and the audit log beside it.
func TestAContactIsShownOnHerWord(t *testing.T) {
	w := newWorld(t)
	g, p := w.graduate(lahore, true), w.posting(matching.Open)
	hers, employer := w.token(AsGraduate, g.ID), w.tokens["employer-own"]
	a := w.apply(g, p, false)
	contacts, at := "/v1/postings/"+string(p.ID)+"/contacts", "/v1/applications/"+string(a.ID)
	shown := func() bool {
		answer := w.ask("GET", contacts, employer, "")
		if answer.Code != 200 {
			t.Fatalf("contacts: %d %s", answer.Code, answer.Body)
		}
		named, called := strings.Contains(answer.Body.String(), markedName), strings.Contains(answer.Body.String(), markedPhone)
		if named != called || strings.Contains(answer.Body.String(), markedCNIC) || strings.Contains(answer.Body.String(), markedRoad) || strings.Contains(answer.Body.String(), string(g.ID)) {
			t.Errorf("half shown, or more than name and phone: %s", answer.Body)
		}
		return named
	}
	say := func(token, body string) {
		t.Helper()
		current := w.ask("GET", at, hers, "").Header().Get("ETag")
		if answer := w.ask("PUT", at, token, body, "If-Match", current); answer.Code != 200 {
			t.Fatalf("saying %s: %d %s", body, answer.Code, answer.Body)
		}
	}
	looks := func() []string { return w.looksAt(t, g.ID) }
	if shown() || len(looks()) != 0 {
		t.Errorf("shown without a yes; looks %v", looks())
	}
	say(hers, `{"shares_contact":true}`)
	if !shown() || fmt.Sprint(looks()) != "[employer list-contacts]" {
		t.Errorf("not shown after a yes, or not noted: %v", looks())
	}
	if other := w.ask("GET", contacts, w.tokens["employer-other"], ""); other.Code != 404 || len(looks()) != 1 {
		t.Errorf("another employer: %d, looks %v", other.Code, looks())
	}
	say(hers, `{"shares_contact":false}`)
	if shown() || len(looks()) != 1 {
		t.Errorf("shown after she took it back; looks %v", looks())
	}
	say(w.tokens["officer"], `{"shares_contact":true}`)
	w.withdrawConsent(t, g.ID, hers)
	if shown() || strings.Contains(w.ask("GET", strings.TrimSuffix(contacts, "contacts")+"applications", employer, "").Body.String(), string(a.ID)) {
		t.Error("shown to employers although she no longer agrees to that")
	}
	moved := w.ask("POST", "/v1/applications/"+string(a.ID)+"/steps", employer, `{"state":"hired"}`, "If-Match", w.ask("GET", at, hers, "").Header().Get("ETag"))
	if still := w.ask("GET", at, hers, "").Body.String(); moved.Code != 404 || !strings.Contains(still, `"state":"interested"`) {
		t.Errorf("moved by the employer after that: %d, now %s", moved.Code, still)
	}
	if got := fmt.Sprint(looks()); got != "[employer list-contacts officer change-application]" {
		t.Errorf("looks %s", got)
	}
}

// withdrawConsent takes back her yes to matching.
func (w *world) withdrawConsent(t *testing.T, id matching.ID, hers string) {
	t.Helper()
	target := "/v1/graduates/" + string(id)
	read := w.ask("GET", target, hers, "")
	body := strings.Replace(read.Body.String(), `"matching":true`, `"matching":false`, 1)
	answer := w.ask("PUT", target, hers, body, "If-Match", read.Header().Get("ETag"))
	if answer.Code != 200 || !strings.Contains(answer.Body.String(), `"matching":{"at":"2026-11-22T08:00:00Z","by":"graduate"}`) {
		t.Fatalf("taking consent back: %d %s", answer.Code, answer.Body)
	}
	if list := w.ask("GET", "/v1/postings/"+string(w.live.ID)+"/candidates", w.tokens["staff"], ""); !strings.Contains(list.Body.String(), `"total":2`) {
		t.Errorf("she is on the list of candidates still: %s", list.Body)
	}
}

// looksAt gives role and action of each look at a graduate's data, as staff read them.
func (w *world) looksAt(t *testing.T, id matching.ID) []string {
	t.Helper()
	var page struct {
		Looks []struct{ Role, Action string }
	}
	answer := w.ask("GET", "/v1/audit?limit=100&graduate="+string(id), w.tokens["staff"], "")
	if err := json.Unmarshal(answer.Body.Bytes(), &page); err != nil || answer.Code != 200 {
		t.Fatalf("reading the audit log: %d %s", answer.Code, answer.Body)
	}
	list := []string{}
	for _, l := range page.Looks {
		list = append(list, l.Role+" "+l.Action)
	}
	return list
}

// TestReadingWhatIsPersonalIsNoted holds that everybody's reading but her own is in the audit log, and what is not personal is not.
func TestReadingWhatIsPersonalIsNoted(t *testing.T) {
	w := newWorld(t)
	g := w.agreeing
	a := w.apply(g, w.live, true)
	target, application := "/v1/graduates/"+string(g.ID), "/v1/applications/"+string(a.ID)
	for _, c := range []struct {
		actor, method, target, body string
		noted                       string
	}{
		{"graduate-self", "GET", target + "/personal", "", ""},
		{"graduate-self", "GET", target + "/export", "", ""},
		{"graduate-self", "GET", application, "", ""},
		{"staff", "GET", target, "", ""},
		{"employer-own", "GET", application, "", ""},
		{"institute-own", "GET", application, "", ""},
		{"institute-own", "GET", target + "/personal", "", "institute get-personal"},
		{"officer", "GET", target + "/personal", "", "officer get-personal"},
		{"staff", "GET", target + "/personal", "", "staff get-personal"},
		{"staff", "GET", target + "/export", "", "staff export-graduate"},
		{"officer", "GET", target + "/export", "", "officer export-graduate"},
		{"staff", "GET", application, "", "staff get-application"},
		{"officer", "PUT", target, w.graduateBody(true), "officer change-graduate"},
		{"officer", "POST", application + "/steps", `{"state":"withdrew"}`, "officer move-application"},
		{"officer", "DELETE", target, "", "officer delete-graduate"},
	} {
		before := len(w.looksAt(t, g.ID))
		var headers []string
		if c.method != "GET" {
			headers = []string{"If-Match", w.ask("GET", strings.TrimSuffix(c.target, "/steps"), w.tokens["staff"], "").Header().Get("ETag")}
			before = len(w.looksAt(t, g.ID))
		}
		if answer := w.ask(c.method, c.target, w.tokens[c.actor], c.body, headers...); answer.Code >= 300 {
			t.Errorf("%s %s by %s: %d %s", c.method, c.target, c.actor, answer.Code, answer.Body)
		}
		if got := strings.Join(w.looksAt(t, g.ID)[before:], ","); got != c.noted {
			t.Errorf("%s %s by %s is noted as %q, want %q", c.method, c.target, c.actor, got, c.noted)
		}
	}
	if report, err := w.node.VerifyAudit(context.Background(), ""); err != nil || report.Entries == 0 {
		t.Errorf("the chain: %+v, %v", report, err)
	}
}

// TestAnExportHoldsEverything holds that what she is given is all of it: record, name, texts, tokens, looks.
func TestAnExportHoldsEverything(t *testing.T) {
	w := newWorld(t)
	a := w.apply(w.agreeing, w.live, true)
	w.move(a, matching.Shortlisted)
	w.ask("GET", "/v1/postings/"+string(w.live.ID)+"/contacts", w.tokens["employer-own"], "")
	answer := w.ask("GET", "/v1/graduates/"+string(w.agreeing.ID)+"/export", w.tokens["graduate-self"], "")
	for _, part := range []string{markedName, markedPhone, markedCNIC, markedRoad, markedText, string(a.ID), `"shortlisted"`, `"tok_`, `"list-contacts"`,
		string(w.employerA.ID), `"consent":{`, `"replies":[]`} {
		if !strings.Contains(answer.Body.String(), part) {
			t.Errorf("%q is missing in %d %s", part, answer.Code, answer.Body)
		}
	}
}

// TestAnApplicantIsNoCloserThanACandidate holds that applying tells an employer no more of where she lives than the list of candidates
// does, and that no pseudonym of one list stands on the other, nor on that of another posting.
func TestAnApplicantIsNoCloserThanACandidate(t *testing.T) {
	w := newWorld(t)
	first, second := w.posting(matching.Open), w.posting(matching.Open)
	here := w.graduate(lahore, true)
	there := w.graduate(neighbour(t, here.Home), true)
	named := map[string]int{}
	for _, p := range []*matching.Posting{first, second} {
		w.apply(here, p, false)
		w.apply(there, p, false)
		var page struct{ Applications []ApplicationShown }
		answer := w.ask("GET", "/v1/postings/"+string(p.ID)+"/applications", w.tokens["employer-own"], "")
		if err := json.Unmarshal(answer.Body.Bytes(), &page); err != nil || len(page.Applications) != 2 {
			t.Fatalf("%v: %s", err, answer.Body)
		}
		for _, a := range page.Applications {
			named[string(a.Candidate)]++
			if a.Fit == nil || a.Fit.Distance == nil || math.Mod(*a.Fit.Distance, 1000) != 0 || *a.Fit.Distance != *page.Applications[0].Fit.Distance {
				t.Errorf("two homes of one cell are told apart: %s", answer.Body)
			}
		}
		for _, c := range regexp.MustCompile(`cnd_\w+`).FindAllString(w.ask("GET", "/v1/postings/"+string(p.ID)+"/candidates", w.tokens["employer-own"], "").Body.String(), -1) {
			named[c]++
		}
	}
	for name, times := range named {
		if times > 1 {
			t.Errorf("%s stands on two lists", name)
		}
	}
	if len(named) != 2*2+2*4 {
		t.Errorf("%d names on four lists, want %d", len(named), 2*2+2*4)
	}
}

// neighbour gives another home in the same cell of resolution 7.
func neighbour(t *testing.T, home geo.Point) geo.Point {
	t.Helper()
	for _, by := range [][2]float64{{0.003, 0}, {-0.003, 0}, {0, 0.003}, {0, -0.003}} {
		other, err := geo.Home(geo.Point{Lat: home.Lat + by[0], Lon: home.Lon + by[1]})
		if err == nil && other != home && geo.Coarse(other) == geo.Coarse(home) {
			return other
		}
	}
	t.Fatal("no home nearby lies in the same cell")
	return geo.Point{}
}

// TestSheReadsWhatSheAppliedFor: also once the posting is filled and nobody else finds it. Its employer is not told of itself.
func TestSheReadsWhatSheAppliedFor(t *testing.T) {
	w := newWorld(t)
	g, p := w.graduate(lahore, true), w.posting(matching.Open)
	token := w.token(AsGraduate, g.ID)
	a := w.move(w.apply(g, p, true), matching.Hired)
	filled, err := w.node.Posting(context.Background(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.must(w.node.ClosePosting(context.Background(), p.ID, filled.Version, matching.Filled))
	if gone := w.ask("GET", "/v1/postings/"+string(p.ID), token, ""); gone.Code != 404 {
		t.Fatalf("the posting itself: %d", gone.Code)
	}
	var one ApplicationShown
	var list ApplicationList
	for path, into := range map[string]any{"/v1/applications/" + string(a.ID): &one, "/v1/graduates/" + string(g.ID) + "/applications": &list} {
		if answer := w.ask("GET", path, token, ""); answer.Code != 200 || json.Unmarshal(answer.Body.Bytes(), into) != nil {
			t.Fatalf("%s: %d %s", path, answer.Code, answer.Body)
		}
	}
	for _, shown := range append(list.Applications, one) {
		if shown.Work == nil || shown.Work.Title != p.Title || shown.Work.Employer != w.employerA.Name || shown.Work.Status != matching.Filled {
			t.Errorf("she reads %+v", shown.Work)
		}
	}
	if answer := w.ask("GET", "/v1/applications/"+string(a.ID), w.token(AsEmployer, w.employerA.ID), ""); strings.Contains(answer.Body.String(), `"work"`) {
		t.Errorf("its employer reads %s", answer.Body)
	}
}
