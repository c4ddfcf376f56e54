package api

import (
	"context"
	"encoding/json"
	"html"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rabta/matching"
)

// docsAt gives the page as a browser that came by a host sees it.
func (w *world) docsAt(host string) string {
	r := httptest.NewRequest("GET", "/docs", nil)
	r.Host = host
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	return answer.Body.String()
}

// example is a request taken out of the page.
type example struct{ operation, method, target, body, match string }

var (
	exampleSection = regexp.MustCompile(`(?s)<section class="operation" id="([^"]+)">.*?<pre>(.*?)</pre>`)
	exampleParts   = regexp.MustCompile(`-X (\S+)|-H '([^']*)'|-d '([^']*)'|'(http[^']*)'`)
)

func examplesOf(t *testing.T, page, address string) []example {
	t.Helper()
	var list []example
	for _, section := range exampleSection.FindAllStringSubmatch(page, -1) {
		e := example{operation: section[1], method: "GET"}
		for _, part := range exampleParts.FindAllStringSubmatch(html.UnescapeString(section[2]), -1) {
			switch {
			case part[1] != "":
				e.method = part[1]
			case strings.HasPrefix(part[2], "If-Match: "):
				e.match = strings.TrimPrefix(part[2], "If-Match: ")
			case part[3] != "":
				e.body = part[3]
			case part[4] != "":
				e.target = strings.TrimPrefix(part[4], address)
			}
		}
		if !strings.HasPrefix(e.target, "/") {
			t.Fatalf("%s: its example does not go to %s: %s", e.operation, address, section[2])
		}
		list = append(list, e)
	}
	return list
}

// TestTheExamplesWork takes every example out of the page and sends it to a node, with the ids and versions of records that are there.
func TestTheExamplesWork(t *testing.T) {
	w := newWorld(t)
	examples := examplesOf(t, w.docsAt("rabta.example:9000"), "http://rabta.example:9000")
	if len(examples) != len(mayCall)-4 {
		t.Errorf("%d examples of %d operations", len(examples), len(mayCall)-4)
	}
	for _, e := range examples {
		t.Run(e.operation, func(t *testing.T) {
			posting, graduate := w.posting(matching.Open), w.graduate(lahore, true)
			version, application, token := etag(posting.Version), "", w.tokens["staff"]
			if e.operation == "list-contacts" {
				token = w.tokens["employer-own"]
			}
			switch {
			case strings.HasSuffix(e.operation, "-application"):
				application = string(w.apply(graduate, posting, true).ID)
				version = etag(1)
			case strings.HasSuffix(e.operation, "-graduate"):
				version = etag(graduate.Version)
			case e.operation == "change-employer":
				version = w.ask("GET", "/v1/employers/"+string(w.employerA.ID), "", "").Header().Get("ETag")
			case e.operation == "change-institute":
				version = w.ask("GET", "/v1/institutes/"+string(w.instituteA.ID), "", "").Header().Get("ETag")
			}
			filled := strings.NewReplacer("emp_01JD4Y6G3Q0000000000000000", string(w.employerA.ID), "ins_01JD4Y6G3Q0000000000000000", string(w.instituteA.ID),
				"pst_01JD4Y6G3Q0000000000000000", string(posting.ID), "grd_01JD4Y6G3Q0000000000000000", string(graduate.ID),
				"app_01JD4Y6G3Q0000000000000000", application)
			switch e.operation {
			case "postings-changes":
				head, _ := w.node.PostingSnapshot(context.Background())
				e.target = strings.Replace(e.target, "MARK", head.Since, 1)
			case "create-import":
				e.body = smallRoster // the page says --data-binary @FILE
			case "get-import", "get-import-result":
				e.target = strings.Replace(e.target, "imp_01JD4Y6G3Q0000000000000000", string(w.imported()), 1)
			case "decide-duplicate":
				e.target = "/v1/duplicates/" + w.pair()
			}
			var headers []string
			if e.match != "" {
				headers = []string{"If-Match", version}
			}
			answer := w.ask(e.method, filled.Replace(e.target), token, filled.Replace(e.body), headers...)
			if answer.Code < 200 || answer.Code > 299 {
				t.Errorf("%s %s with %s: %d %s", e.method, e.target, e.body, answer.Code, answer.Body)
			}
		})
	}
}

// TestThePageNamesItsOwnAddress checks what is made of Host headers, which anybody may write.
func TestThePageNamesItsOwnAddress(t *testing.T) {
	w := newWorld(t)
	for host, want := range map[string]string{
		"rabta.example": "http://rabta.example/v1/", "127.0.0.1:8081": "http://127.0.0.1:8081/v1/", "[::1]:8080": "http://[::1]:8080/v1/",
		`"><b>x`: "&#39;/v1/", "a b": "&#39;/v1/", "x'; rm -r": "&#39;/v1/", "": "&#39;/v1/", "host:port": "&#39;/v1/",
	} {
		page := w.docsAt(host)
		if !strings.Contains(page, want) || strings.Contains(page, "<b>") || strings.Contains(page, pageAddress) || strings.Contains(page, "rm -r") {
			t.Errorf("host %q: no %s in the page, or more than that", host, want)
		}
	}
	if moved := w.ask("GET", "/docs/", "", ""); moved.Code != 301 || moved.Header().Get("Location") != "/docs" {
		t.Errorf("/docs/ answers %d to %q", moved.Code, moved.Header().Get("Location"))
	}
}

// TestThePageListsTheValues checks that every value that a field takes stands on the page, and a label at every cell.
func TestThePageListsTheValues(t *testing.T) {
	w := newWorld(t)
	page := w.docsAt("rabta.example")
	rows := map[string][]string{"kinds": texts(matching.Kinds[:]), "workplaces": texts(matching.Workplaces[:]), "pay-units": texts(matching.PayUnits[:]),
		"conditions": texts(matching.ConditionNames[:]), "needs": texts(matching.Needs[:]), "licences": matching.Licences[:],
		"posting-statuses": texts(matching.PostingStatuses[:]), "graduate-statuses": texts(matching.GraduateStatuses[:])}
	for _, step := range w.node.Reference().Schooling {
		rows["schooling"] = append(rows["schooling"], step.Code)
	}
	for id, values := range rows {
		row := regexp.MustCompile(`(?s)<tr id="values-` + id + `">.*?</tr>`).FindString(page)
		for _, v := range values {
			if !strings.Contains(row, "<code>"+v+"</code>") {
				t.Errorf("%s: %s is missing in %q", id, v, row)
			}
		}
	}
	if !strings.Contains(page, "the skills of each by") {
		t.Error("the page does not say where the skills are")
	}
	if regexp.MustCompile(`<td>`).MatchString(page) {
		t.Error("a cell has no label for a narrow screen")
	}
}

// TestTheTableOfNeedsIsTrue reads the table of the page and holds each line against what a posting answers.
func TestTheTableOfNeedsIsTrue(t *testing.T) {
	if len(needAnswers) != len(matching.Needs) {
		t.Fatalf("%d lines of %d needs", len(needAnswers), len(matching.Needs))
	}
	stated := regexp.MustCompile(`([a-z_]+) (yes|no)\b`)
	for i, line := range needAnswers {
		need := matching.Needs[i]
		if line.Need != string(need) {
			t.Errorf("line %d is of %s, want %s", i, line.Need, need)
		}
		for text, want := range map[string]matching.Answer{line.Met: matching.Yes, line.Refused: matching.No} {
			text, _, _ = strings.Cut(text, ", without")
			for _, way := range strings.Split(text, ", or ") {
				p := matching.Posting{Workplace: matching.OnSite, Conditions: matching.Conditions{}}
				if need == matching.NeedHomeBased && want == matching.Yes {
					p.Workplace = matching.OwnHome
				}
				for _, said := range stated.FindAllStringSubmatch(way, -1) {
					name := matching.ConditionName(said[1])
					if !slices.Contains(matching.ConditionNames[:], name) {
						t.Errorf("%s: there is no condition %s", need, name)
					}
					p.Conditions[name] = matching.Condition{Answer: matching.Answer(said[2])}
				}
				if got := p.Answers(need); got != want {
					t.Errorf("%s by %q: %s, want %s", need, way, got, want)
				}
			}
		}
	}
}

// TestStaffAloneLookAhead checks that a posting which is to be shown later is found by staff alone, and that a plain day is taken.
func TestStaffAloneLookAhead(t *testing.T) {
	w := newWorld(t)
	later := w.wiring()
	later.Posted = today.AddDate(0, 0, 3)
	w.must(w.node.CreatePosting(t.Context(), later))
	const ahead = "/v1/postings?at=2026-11-26"
	if found := w.ask("GET", ahead, w.tokens["staff"], ""); found.Code != 200 || !strings.Contains(found.Body.String(), string(later.ID)) {
		t.Errorf("staff: %d %s", found.Code, found.Body)
	}
	for _, actor := range []string{"", "employer-own", "graduate-self", "officer", "service", "institute-own"} {
		if refused := w.ask("GET", ahead, w.tokens[actor], ""); refused.Code != 422 || strings.Contains(refused.Body.String(), string(later.ID)) {
			t.Errorf("%q: %d %s", actor, refused.Code, refused.Body)
		}
	}
	for _, at := range []string{"2026-11-22", "2026-11-22T08:00:00Z", "2026-11-22T13:00:00%2B05:00"} {
		if now := w.ask("GET", "/v1/postings?at="+at, "", ""); now.Code != 200 {
			t.Errorf("at %s: %d %s", at, now.Code, now.Body)
		}
	}
	if day := w.ask("GET", "/v1/postings?at=2026-11-22", "", ""); !strings.Contains(day.Body.String(), `"as_of":"2026-11-22T00:00:00Z"`) {
		t.Errorf("a day is not its midnight: %s", day.Body)
	}
}

// TestAnOfficerWritesForEmployers follows a draft that an officer made, and what she may not say of it.
func TestAnOfficerWritesForEmployers(t *testing.T) {
	w := newWorld(t)
	for _, actor := range []string{"officer", "service"} {
		token := w.tokens[actor]
		created := w.ask("POST", "/v1/postings", token, strings.Replace(w.postingBody(), "{", `{"status":"draft",`, 1))
		target := created.Header().Get("Location")
		read := w.ask("GET", target, token, "")
		changed := w.ask("PUT", target, token, read.Body.String(), "If-Match", read.Header().Get("ETag"))
		closed := w.ask("POST", target+"/close", token, "", "If-Match", changed.Header().Get("ETag"))
		if created.Code != 201 || read.Code != 200 || changed.Code != 200 || closed.Code != 200 {
			t.Errorf("%s: created %d, read %d, changed %d, closed %d", actor, created.Code, read.Code, changed.Code, closed.Code)
		}
	}
	held := w.posting(matching.Held)
	open := strings.Replace(w.postingBody(), "{", `{"status":"open",`, 1)
	if by := w.ask("PUT", "/v1/postings/"+string(held.ID), w.tokens["officer"], open, "If-Match", etag(held.Version)); by.Code != 403 {
		t.Errorf("an officer let go what staff hold: %d %s", by.Code, by.Body)
	}
	if by := w.ask("POST", "/v1/postings", w.tokens["officer"], strings.Replace(w.postingBody(), "{", `{"posted":"2026-11-01T00:00:00Z",`, 1)); by.Code != 422 {
		t.Errorf("an officer posted in the past: %d %s", by.Code, by.Body)
	}
}

// TestPostingsCarryTheirLabels checks the label of pay under the minimum wage where a posting is shown, and that it can be sent back.
func TestPostingsCarryTheirLabels(t *testing.T) {
	w := newWorld(t)
	poor := w.wiring()
	poor.Pay = &matching.Pay{From: 15_000, To: 15_000, Unit: matching.PerMonth}
	w.must(w.node.CreatePosting(t.Context(), poor))
	target, employer := "/v1/postings/"+string(poor.ID), w.tokens["employer-own"]
	list := "/v1/employers/" + string(w.employerA.ID) + "/postings"
	for _, path := range []string{target, list} {
		var english, urdu string
		for lang, note := range map[string]*string{"en": &english, "ur": &urdu} {
			found := regexp.MustCompile(`"notes":\["([^"]+)"\]`).FindAllStringSubmatch(w.ask("GET", path+"?lang="+lang, "", "").Body.String(), -1)
			if len(found) != 1 {
				t.Fatalf("%s in %s: notes %v, want one", path, lang, found)
			}
			*note = found[0][1]
		}
		if english == urdu {
			t.Errorf("%s: the label is %q in both languages", path, english)
		}
	}
	read := w.ask("GET", target, employer, "")
	if changed := w.ask("PUT", target, employer, read.Body.String(), "If-Match", read.Header().Get("ETag")); changed.Code != 200 {
		t.Errorf("what was read cannot be sent back: %d %s", changed.Code, changed.Body)
	}
	if live := w.ask("GET", "/v1/postings/"+string(w.live.ID), "", ""); strings.Contains(live.Body.String(), `"notes"`) {
		t.Errorf("a label without a reason: %s", live.Body)
	}
}

// TestListsSayOfWhenTheyAre checks as_of.
func TestListsSayOfWhenTheyAre(t *testing.T) {
	w := newWorld(t)
	for _, target := range []string{"/v1/graduates", "/v1/employers/" + string(w.employerA.ID) + "/postings", "/v1/postings",
		"/v1/graduates/" + string(w.agreeing.ID) + "/matches", "/v1/postings/" + string(w.live.ID) + "/candidates"} {
		var page struct {
			AsOf string `json:"as_of"`
		}
		answer := w.ask("GET", target, w.tokens["staff"], "")
		if err := json.Unmarshal(answer.Body.Bytes(), &page); err != nil || page.AsOf != "2026-11-22T08:00:00Z" {
			t.Errorf("%s: as of %q, %v", target, page.AsOf, err)
		}
	}
}

// TestATokenEndsWithItsGraduate checks that nobody acts as a graduate who was deleted.
func TestATokenEndsWithItsGraduate(t *testing.T) {
	w := newWorld(t)
	own, target := w.tokens["graduate-self"], "/v1/graduates/"+string(w.agreeing.ID)
	if deleted := w.ask("DELETE", target, own, "", "If-Match", etag(w.agreeing.Version)); deleted.Code != 204 {
		t.Fatalf("deleting: %d %s", deleted.Code, deleted.Body)
	}
	for _, path := range []string{target, "/v1/postings", "/v1/trades"} {
		if after := w.ask("GET", path, own, ""); after.Code != 401 {
			t.Errorf("%s by her token after she was deleted: %d, want 401", path, after.Code)
		}
	}
}
