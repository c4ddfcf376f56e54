package api

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"rabta/matching"
)

// actors are who calls in the table below, in its order. The officer acts for one who agreed, then for one who did not.
var actors = [...]string{"nobody", "graduate-self", "graduate-other", "employer-own", "employer-other", "institute-own", "institute-other",
	"officer", "officer-without", "staff", "service"}

// mayCall is the policy written out by hand, a letter for each actor: y is done, 1 is 401, 3 is 403, 4 is 404. An operation is
// tried on a record of employer A, of institute A, or of a graduate of its roster.
var mayCall = map[string]string{
	"list-trades":          "yyyyyyyyyyy",
	"get-trade":            "yyyyyyyyyyy",
	"list-places":          "yyyyyyyyyyy",
	"nearest-places":       "yyyyyyyyyyy",
	"get-place":            "yyyyyyyyyyy",
	"search-postings":      "yyyyyyyyyyy",
	"create-posting":       "133y433yyyy",
	"get-posting":          "444y444yyyy", // of a draft; a live one is everybody's
	"change-posting":       "133y433yyyy",
	"close-posting":        "133y433yyyy",
	"list-candidates":      "133y433yyy3",
	"create-employer":      "1333333yyyy",
	"get-employer":         "yyyyyyyyyyy",
	"change-employer":      "133y43333y3",
	"list-postings-of":     "yyyyyyyyyyy",
	"create-institute":     "133333333yy",
	"get-institute":        "yyyyyyyyyyy",
	"change-institute":     "13333y433y3",
	"create-graduate":      "13333y4y3yy",
	"list-graduates":       "13333yyyyyy",
	"find-graduates":       "13333yyyyy3",
	"get-graduate":         "1y433y4y4y3",
	"change-graduate":      "1y433y4y4y3",
	"delete-graduate":      "1y433y4y4y3",
	"list-matches":         "1y433y4y4y3",
	"get-personal":         "1y433y4y4y3",
	"apply":                "1y43333y4y3",
	"list-applications-of": "1y433y4y4y3",
	"list-applications":    "133y43333y3",
	"get-application":      "1y4y4y4y4y3",
	"change-application":   "1y43333y4y3",
	"move-application":     "1y4y4y4y4yy",
	"list-contacts":        "133y4333333",
	"list-looks":           "133333333y3",
	"export-graduate":      "1y43333y4y3",
	"postings-snapshot":    "yyyyyyyyyyy",
	"postings-changes":     "yyyyyyyyyyy",
	"create-import":        "13333yy33y3",
	"list-imports":         "13333yy33y3",
	"get-import":           "13333y433y3",
	"get-import-result":    "13333y433y3",
	"import-template":      "yyyyyyyyyyy",
	"list-duplicates":      "133333333y3",
	"decide-duplicate":     "133333333y3",
	"export-graduates":     "13333yy33y3",
	"export-postings":      "133333333y3",
	"export-employers":     "133333333y3",
	"export-applications":  "133333333y3",
	"list-gaps":            "13333yy33y3",
	"district-report":      "133333333y3",
	"gap-trends":           "13333yy33y3",
	"gap-advice":           "13333yy33y3",
	"gap-mismatch":         "13333yy33y3",
	"gap-outcomes":         "13333yy33y3",
	"gap-waiting":          "133333333y3",
	"silent-employers":     "133333333y3",
	"health":               "yyyyyyyyyyy",
	"ready":                "yyyyyyyyyyy",
	"metrics":              "133333333yy",
	"openapi":              "yyyyyyyyyyy",
	"docs":                 "yyyyyyyyyyy",
	"home":                 "yyyyyyyyyyy",
}

// TestEveryOperationIsTriedByEveryRole walks all operations with all actors.
func TestEveryOperationIsTriedByEveryRole(t *testing.T) {
	w := newWorld(t)
	for operation := range policy {
		if len(mayCall[operation]) != len(actors) {
			t.Errorf("operation %s: the table of this test has no row for it", operation)
		}
	}
	for operation, row := range mayCall {
		for i, actor := range actors {
			answer := w.attempt(operation, actor)
			if !fits(answer.Code, row[i]) {
				t.Errorf("%s by %s: status %d, want %c; %s", operation, actor, answer.Code, row[i], answer.Body)
			}
			if answer.Code >= 400 {
				problemOf(t, answer)
			}
			checkNoLeak(t, operation, actor, row[i], answer)
		}
	}
}

func fits(status int, letter byte) bool {
	switch letter {
	case 'y':
		return status >= 200 && status < 400
	case '1':
		return status == 401
	case '3':
		return status == 403
	default:
		return status == 404
	}
}

// checkNoLeak looks for what names a person in answers that may not hold it.
func checkNoLeak(t *testing.T, operation, actor string, letter byte, answer *httptest.ResponseRecorder) {
	t.Helper()
	ownContact := operation == "get-employer" && (actor == "employer-own" || actor == "staff") ||
		operation == "change-employer" && letter == 'y' // answers with the contact to whom it belongs
	personal := operation == "get-personal" || operation == "list-contacts" || operation == "export-graduate"
	if personal && letter == 'y' || ownContact {
		return
	}
	for _, marked := range []string{markedName, markedPhone, markedCNIC, markedRoad} {
		if strings.Contains(answer.Body.String(), marked) {
			t.Errorf("%s by %s tells %q", operation, actor, marked)
		}
	}
}

// attempt does one operation as one actor, on fresh records where it would change them.
func (w *world) attempt(operation, actor string) *httptest.ResponseRecorder {
	g := w.agreeing
	if actor == "officer-without" {
		g = w.silent
	}
	token := w.tokens[strings.TrimSuffix(actor, "-without")]
	switch operation {
	case "change-graduate", "delete-graduate", "apply", "get-application", "change-application", "move-application", "list-contacts":
		g = w.graduate(lahore, actor != "officer-without")
		if actor == "graduate-self" {
			token = w.token(AsGraduate, g.ID)
		}
	}
	graduate, employer, institute := "/v1/graduates/"+string(g.ID), "/v1/employers/"+string(w.employerA.ID), "/v1/institutes/"+string(w.instituteA.ID)
	match := func(version int64) []string { return []string{"If-Match", etag(version)} }
	switch operation {
	case "list-trades":
		return w.ask("GET", "/v1/trades?q=bijli", token, "")
	case "get-trade":
		return w.ask("GET", "/v1/trades/electrician", token, "")
	case "list-places":
		return w.ask("GET", "/v1/places?q=Lahore", token, "")
	case "nearest-places":
		return w.ask("GET", "/v1/places/nearest?lat=31.52&lon=74.36", token, "")
	case "get-place":
		return w.ask("GET", "/v1/places/"+w.node.FindPlaces("Lahore", 1)[0].Place.ID, token, "")
	case "search-postings":
		return w.ask("GET", "/v1/postings?lat=31.52&lon=74.36", token, "")
	case "create-posting":
		return w.ask("POST", "/v1/postings", token, w.postingBody())
	case "get-posting":
		return w.ask("GET", "/v1/postings/"+string(w.draft.ID), token, "")
	case "change-posting":
		p := w.posting(matching.Open)
		return w.ask("PUT", "/v1/postings/"+string(p.ID), token, w.postingBody(), match(p.Version)...)
	case "close-posting":
		p := w.posting(matching.Open)
		return w.ask("POST", "/v1/postings/"+string(p.ID)+"/close", token, `{"status":"filled"}`, match(p.Version)...)
	case "list-candidates":
		return w.ask("GET", "/v1/postings/"+string(w.live.ID)+"/candidates", token, "")
	case "create-employer":
		return w.ask("POST", "/v1/employers", token, employerBody)
	case "get-employer":
		return w.ask("GET", employer, token, "")
	case "change-employer":
		e, err := w.node.Employer(context.Background(), w.employerA.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		return w.ask("PUT", employer, token, `{"name":"Employer A","kind":"workshop"}`, match(e.Version)...)
	case "list-postings-of":
		return w.ask("GET", employer+"/postings", token, "")
	case "create-institute":
		return w.ask("POST", "/v1/institutes", token, instituteBody)
	case "get-institute":
		return w.ask("GET", institute, token, "")
	case "change-institute":
		i, err := w.node.Institute(context.Background(), w.instituteA.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		return w.ask("PUT", institute, token, instituteBody, match(i.Version)...)
	case "create-graduate":
		return w.ask("POST", "/v1/graduates", token, w.graduateBody(actor != "officer-without"))
	case "list-graduates":
		return w.ask("GET", "/v1/graduates", token, "")
	case "find-graduates":
		return w.ask("GET", "/v1/graduates/search?q=bijli", token, "")
	case "get-graduate":
		return w.ask("GET", graduate, token, "")
	case "change-graduate":
		return w.ask("PUT", graduate, token, w.graduateBody(true), match(g.Version)...)
	case "delete-graduate":
		return w.ask("DELETE", graduate, token, "", match(g.Version)...)
	case "postings-snapshot":
		return w.ask("GET", "/v1/postings/snapshot", token, "")
	case "postings-changes":
		head, _ := w.node.PostingSnapshot(context.Background())
		return w.ask("GET", "/v1/postings/changes?since="+head.Since, token, "")
	case "create-import":
		return w.ask("POST", "/v1/imports?noun=graduates&source=test", token, smallRoster)
	case "list-imports":
		return w.ask("GET", "/v1/imports", token, "")
	case "get-import":
		return w.ask("GET", "/v1/imports/"+string(w.imported()), token, "")
	case "get-import-result":
		return w.ask("GET", "/v1/imports/"+string(w.imported())+"/result", token, "")
	case "import-template":
		return w.ask("GET", "/v1/imports/template", token, "")
	case "list-duplicates":
		return w.ask("GET", "/v1/duplicates", token, "")
	case "decide-duplicate":
		return w.ask("POST", "/v1/duplicates/"+w.pair(), token, `{"decision":"distinct"}`)
	case "export-graduates":
		return w.ask("GET", "/v1/exports/graduates", token, "")
	case "export-postings", "export-employers", "export-applications":
		return w.ask("GET", "/v1/exports/"+strings.TrimPrefix(operation, "export-"), token, "")
	case "list-gaps":
		return w.ask("GET", "/v1/gaps", token, "")
	case "district-report":
		return w.ask("GET", "/v1/gaps/report?district=Multan", token, "")
	case "gap-trends", "gap-advice", "gap-mismatch", "gap-outcomes":
		return w.ask("GET", "/v1/gaps/"+strings.TrimPrefix(operation, "gap-"), token, "")
	case "gap-waiting":
		return w.ask("GET", "/v1/gaps/waiting?trade=electrician", token, "")
	case "silent-employers":
		return w.ask("GET", "/v1/gaps/silent-employers", token, "")
	case "list-matches":
		return w.ask("GET", graduate+"/matches", token, "")
	case "get-personal":
		return w.ask("GET", graduate+"/personal", token, "")
	case "list-applications-of", "export-graduate":
		return w.ask("GET", graduate+map[string]string{"list-applications-of": "/applications", "export-graduate": "/export"}[operation], token, "")
	case "list-looks":
		return w.ask("GET", "/v1/audit", token, "")
	case "apply", "list-applications", "get-application", "change-application", "move-application", "list-contacts":
		return w.attemptApplication(operation, actor, token, g)
	}
	pages := map[string]string{"health": "/healthz", "ready": "/readyz", "metrics": "/metrics", "openapi": "/openapi.json", "docs": "/docs", "home": "/"}
	if pages[operation] == "" {
		w.t.Fatalf("operation %s is not tried by this test", operation)
	}
	return w.ask("GET", pages[operation], token, "")
}

// TestListsHoldOnlyWhatTheCallerMaySee checks the lists, whose status tells nothing.
func TestListsHoldOnlyWhatTheCallerMaySee(t *testing.T) {
	w := newWorld(t)
	elsewhere := &matching.Graduate{Institute: w.instituteB.ID, Home: karachi, Trades: []matching.TradeHeld{{Trade: "mason"}}, Status: matching.Searching,
		Consent: matching.Consent{Matching: true}}
	w.must(w.node.CreateGraduate(context.Background(), elsewhere, &matching.Personal{Phone: markedPhone}))
	cases := []struct {
		name, target, actor string
		has, hasNot         []matching.ID
	}{
		{"an institute its own roster", "/v1/graduates", "institute-own", []matching.ID{w.agreeing.ID, w.silent.ID}, []matching.ID{elsewhere.ID}},
		{"another institute its own", "/v1/graduates", "institute-other", []matching.ID{elsewhere.ID}, []matching.ID{w.agreeing.ID, w.silent.ID}},
		{"an officer who agreed", "/v1/graduates", "officer", []matching.ID{w.agreeing.ID}, []matching.ID{w.silent.ID, elsewhere.ID}},
		{"staff all", "/v1/graduates", "staff", []matching.ID{w.agreeing.ID, w.silent.ID, elsewhere.ID}, nil},
		{"an institute finds its own", "/v1/graduates/search", "institute-own", []matching.ID{w.agreeing.ID, w.silent.ID}, []matching.ID{elsewhere.ID}},
		{"an officer finds who agreed", "/v1/graduates/search", "officer", []matching.ID{w.agreeing.ID}, []matching.ID{w.silent.ID, elsewhere.ID}},
		{"staff find all", "/v1/graduates/search", "staff", []matching.ID{w.agreeing.ID, w.silent.ID, elsewhere.ID}, nil},
		{"everybody the live postings", "/v1/employers/" + string(w.employerA.ID) + "/postings", "", []matching.ID{w.live.ID}, []matching.ID{w.draft.ID}},
		{"another employer the live postings", "/v1/employers/" + string(w.employerA.ID) + "/postings", "employer-other", []matching.ID{w.live.ID}, []matching.ID{w.draft.ID}},
		{"the employer all its postings", "/v1/employers/" + string(w.employerA.ID) + "/postings", "employer-own", []matching.ID{w.live.ID, w.draft.ID}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			body := w.ask("GET", c.target, w.tokens[c.actor], "").Body.String()
			for _, id := range c.has {
				if !strings.Contains(body, string(id)) {
					t.Errorf("%s is missing", id)
				}
			}
			for _, id := range c.hasNot {
				if strings.Contains(body, string(id)) {
					t.Errorf("%s is there", id)
				}
			}
		})
	}
}

// TestAMissingRecordLooksLikeAnothers checks that nobody learns by asking whether a record exists.
func TestAMissingRecordLooksLikeAnothers(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ actor, path, others, missing string }{
		{"graduate-other", "/v1/graduates/", string(w.agreeing.ID), "grd_01JD4Y6G3Q0000000000000000"},
		{"employer-other", "/v1/postings/", string(w.draft.ID), "pst_01JD4Y6G3Q0000000000000000"},
	} {
		others := problemOf(t, w.ask("GET", c.path+c.others, w.tokens[c.actor], ""))
		missing := problemOf(t, w.ask("GET", c.path+c.missing, w.tokens[c.actor], ""))
		shapeless := problemOf(t, w.ask("GET", c.path+"grd_x", w.tokens[c.actor], ""))
		others.Instance, missing.Instance, shapeless.Instance = "", "", ""
		if fmt.Sprint(others) != fmt.Sprint(missing) || fmt.Sprint(others) != fmt.Sprint(shapeless) {
			t.Errorf("%s: another's %v, a missing one %v, one that cannot be %v", c.path, others, missing, shapeless)
		}
	}
}

// TestAnOperationWithoutARowPanics checks that nothing is served whose policy nobody wrote.
func TestAnOperationWithoutARowPanics(t *testing.T) {
	w := newWorld(t)
	s := &server{service: w.node, metrics: newMetrics(), engine: newEngine()}
	defer func() {
		if reason := fmt.Sprint(recover()); !strings.Contains(reason, "no row in the policy") {
			t.Errorf("registering panicked with %q, want the missing row", reason)
		}
	}()
	s.page("unheard-of", "/unheard-of", nil)
}

// TestThePolicyIsOfThisAPI checks that rows and operations are the same set.
func TestThePolicyIsOfThisAPI(t *testing.T) {
	w := newWorld(t)
	document := documentOf(t, w)
	found := map[string]bool{"metrics": true, "openapi": true, "docs": true, "home": true} // pages, not in the document
	for _, item := range document.Paths {
		for _, op := range item {
			found[op.OperationID] = true
		}
	}
	for operation := range policy {
		if !found[operation] {
			t.Errorf("the policy has a row for %s, which is no operation", operation)
		}
	}
}
