package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

const smallRoster = "Roll no,Name,Phone,Gender,Trade,City,Consent\nR-1,Sana Iqbal,0300 0000001,F,Tailor,Lahore,yes\nR-2,Nobody,12,F,Tailor,Lahore,yes\n"

// send posts a file and follows its import to its end.
func (w *world) send(query, token, file string) ImportShown {
	w.t.Helper()
	answer := w.ask("POST", "/v1/imports?"+query, token, file)
	if answer.Code != 202 {
		w.t.Fatalf("sending a file: %d %s", answer.Code, answer.Body)
	}
	for {
		var shown ImportShown
		read := w.ask("GET", answer.Header().Get("Location"), token, "")
		if err := json.Unmarshal(read.Body.Bytes(), &shown); err != nil || read.Code != 200 {
			w.t.Fatalf("reading the import: %d %s", read.Code, read.Body)
		}
		if shown.State != string(store.ImportRunning) {
			return shown
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// imported is an import of institute A, which has ended.
func (w *world) imported() matching.ID {
	w.t.Helper()
	list, _, err := w.node.Imports(context.Background(), "institute:"+string(w.instituteA.ID), "", 1)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(list) == 1 && list[0].State != store.ImportRunning {
		return list[0].ID
	}
	return w.send("noun=graduates", w.tokens["institute-own"], smallRoster).ID
}

// importsEnd waits until no import is under way.
func (w *world) importsEnd() {
	w.t.Helper()
	for {
		list, _, err := w.node.Imports(context.Background(), "", "", 100)
		if err != nil {
			w.t.Fatal(err)
		}
		if !slices.ContainsFunc(list, func(i *store.Import) bool { return i.State == store.ImportRunning }) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// pair proposes two graduates for merging, and gives the end of their address.
func (w *world) pair() string {
	w.t.Helper()
	list, err := w.node.Duplicates(context.Background(), store.DuplicateOpen, "", "", 1)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(list) == 0 {
		w.pairs++
		file := fmt.Sprintf("Roll no,Name,Phone,Trade,City\nX-%d,Imran Latif,0300 9%06d,Mason,Lahore\n", w.pairs, w.pairs)
		for _, source := range []string{"one", "two"} {
			w.takeIn(source, file)
		}
		if list, err = w.node.Duplicates(context.Background(), store.DuplicateOpen, "", "", 1); err != nil || len(list) == 0 {
			w.t.Fatalf("no pair was proposed: %v", err)
		}
	}
	return string(list[0].First) + "/" + string(list[0].Second)
}

// takeIn takes a roster in without the API, once no other is.
func (w *world) takeIn(source, file string) {
	w.t.Helper()
	for {
		_, err := w.node.ImportGraduates(context.Background(), strings.NewReader(file), node.FileOptions{Subject: "test", Source: source})
		if err == nil {
			return
		}
		if fault.KindOf(err) != fault.Unavailable {
			w.t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestAFileIsTakenInAndItsResultRead(t *testing.T) {
	w := newWorld(t)
	own := w.tokens["institute-own"]
	shown := w.send("noun=graduates", own, smallRoster)
	if shown.State != "done" || shown.Counts.Created != 1 || shown.Counts.Faulty != 1 || shown.Source != string(w.instituteA.ID) {
		t.Errorf("%+v", shown)
	}
	result := w.ask("GET", "/v1/imports/"+string(shown.ID)+"/result", own, "")
	if result.Code != 200 || !strings.HasPrefix(result.Body.String(), "row,column,found,expected,expected_ur,taken_without_it\n3,Phone,") || strings.Contains(result.Body.String(), "Nobody") {
		t.Errorf("result %d %s", result.Code, result.Body)
	}
	again := w.send("noun=graduates", own, smallRoster)
	if again.Counts.Unchanged != 1 || again.Counts.Created != 0 {
		t.Errorf("again: %+v", again.Counts)
	}
	strict := w.send("noun=graduates&mode=strict", own, smallRoster)
	if strict.State != "failed" || strict.Why == "" || strict.Counts.Created != 0 {
		t.Errorf("strict: %+v", strict)
	}
	list := w.ask("GET", "/v1/imports?limit=2", own, "")
	rest := w.ask("GET", "/v1/imports?limit=2&cursor="+nextOf(t, list), own, "")
	for _, i := range []ImportShown{shown, again, strict} {
		if strings.Count(list.Body.String()+rest.Body.String(), string(i.ID)) != 1 {
			t.Errorf("%s is not listed once: %s %s", i.ID, list.Body, rest.Body)
		}
	}
	for target, want := range map[string]int{"noun=postings": 403, "noun=graduates&institute=" + string(w.instituteB.ID): 404} {
		if answer := w.ask("POST", "/v1/imports?"+target, own, smallRoster); answer.Code != want {
			t.Errorf("%s: %d, want %d", target, answer.Code, want)
		}
	}
	if empty := w.ask("POST", "/v1/imports?noun=graduates", own, ""); empty.Code != 400 || !strings.Contains(empty.Body.String(), "CSV or XLSX") {
		t.Errorf("an empty body: %d %s", empty.Code, empty.Body)
	}
	for name, target := range map[string]string{"source": "noun=graduates", "noun": "source=x", "institute": "noun=graduates&institute=ins_01JD4Y6G3Q0000000000000000"} {
		answer := w.ask("POST", "/v1/imports?"+target, w.tokens["staff"], smallRoster)
		if answer.Code != 422 || !strings.Contains(answer.Body.String(), `"field":"`+name+`"`) {
			t.Errorf("%s: %d %s", name, answer.Code, answer.Body)
		}
	}
	big := w.ask("POST", "/v1/imports?noun=graduates&source=x", w.tokens["staff"], strings.Repeat("x", largestFile+1))
	if big.Code != 413 || !strings.Contains(big.Body.String(), "32 MB") {
		t.Errorf("a file too large: %d %s", big.Code, big.Body)
	}
}

// The same request under an Idempotency-Key starts one import.
func TestAnImportUnderAKeyIsStartedOnce(t *testing.T) {
	w := newWorld(t)
	first := w.ask("POST", "/v1/imports?noun=graduates&source=x", w.tokens["staff"], smallRoster, "Idempotency-Key", "k1")
	second := w.ask("POST", "/v1/imports?noun=graduates&source=x", w.tokens["staff"], smallRoster, "Idempotency-Key", "k1")
	if first.Code != 202 || second.Code != 202 || first.Header().Get("Location") != second.Header().Get("Location") || second.Header().Get("Idempotent-Replayed") != "true" {
		t.Errorf("%d %s, %d %s", first.Code, first.Header().Get("Location"), second.Code, second.Header().Get("Location"))
	}
}

func TestStaffMerge(t *testing.T) {
	w := newWorld(t)
	pair := w.pair()
	first, second, _ := strings.Cut(pair, "/")
	staff := w.tokens["staff"]
	if list := w.ask("GET", "/v1/duplicates", staff, ""); !strings.Contains(list.Body.String(), first) || !strings.Contains(list.Body.String(), `"why":"phone-and-name"`) {
		t.Errorf("list %s", list.Body)
	}
	if wrong := w.ask("POST", "/v1/duplicates/"+pair, staff, `{"decision":"merge","keep":"grd_01JD4Y6G3Q0000000000000000"}`); wrong.Code != 422 {
		t.Errorf("keeping a third: %d", wrong.Code)
	}
	merged := w.ask("POST", "/v1/duplicates/"+second+"/"+first, staff, `{"decision":"merge","keep":"`+second+`"}`, "Idempotency-Key", "m1")
	if merged.Code != 200 || !strings.Contains(merged.Body.String(), `"kept":"`+second) {
		t.Fatalf("merging: %d %s", merged.Code, merged.Body)
	}
	if again := w.ask("POST", "/v1/duplicates/"+second+"/"+first, staff, `{"decision":"merge","keep":"`+second+`"}`, "Idempotency-Key", "m1"); again.Body.String() != merged.Body.String() {
		t.Errorf("again: %d %s", again.Code, again.Body)
	}
	if gone := w.ask("GET", "/v1/graduates/"+first, staff, ""); gone.Code != 404 {
		t.Errorf("the other record: %d", gone.Code)
	}
	if once := w.ask("POST", "/v1/duplicates/"+pair, staff, `{"decision":"distinct"}`); once.Code != 404 {
		t.Errorf("a pair that is gone: %d", once.Code)
	}
}

// A reader of snapshot and changes over HTTP holds what is live, and nothing personal goes out.
func TestTheFeed(t *testing.T) {
	w := newWorld(t)
	answer := w.ask("GET", "/v1/postings/snapshot", "", "")
	lines := strings.Split(strings.TrimSpace(answer.Body.String()), "\n")
	var head node.FeedHead
	if err := json.Unmarshal([]byte(lines[0]), &head); err != nil || answer.Code != 200 || len(lines) != 3 || !strings.Contains(lines[1], string(w.live.ID)) || lines[2] != `{"end":true,"postings":1}` {
		t.Fatalf("%d %v %s", answer.Code, err, answer.Body)
	}
	if same := w.ask("GET", "/v1/postings/snapshot", "", "", "If-None-Match", answer.Header().Get("ETag")); same.Code != 304 || same.Body.Len() > 0 {
		t.Errorf("asked again: %d %s", same.Code, same.Body)
	}
	fresh := w.posting(matching.Open)
	w.must(w.node.ClosePosting(context.Background(), w.live.ID, w.live.Version, matching.Filled))
	changes := w.ask("GET", "/v1/postings/changes?since="+head.Since, "", "")
	for _, part := range []string{`"put":{"id":"` + string(fresh.ID), `"left":"` + string(w.live.ID), `"more":false`} {
		if !strings.Contains(changes.Body.String(), part) {
			t.Errorf("%s is missing in %d %s", part, changes.Code, changes.Body)
		}
	}
	for _, marked := range []string{markedName, markedPhone, markedCNIC, markedRoad} {
		if strings.Contains(answer.Body.String()+changes.Body.String(), marked) {
			t.Errorf("%q goes out", marked)
		}
	}
	if changed := w.ask("GET", "/v1/postings/snapshot", "", "", "If-None-Match", answer.Header().Get("ETag")); changed.Code != 200 {
		t.Errorf("after a change: %d", changed.Code)
	}
	if bad := w.ask("GET", "/v1/postings/changes?since=x", "", ""); bad.Code != 422 {
		t.Errorf("a mark that is none: %d", bad.Code)
	}
	other := newWorld(t)
	if gone := other.ask("GET", "/v1/postings/changes?since="+head.Since, "", ""); gone.Code != 409 || !strings.Contains(gone.Body.String(), "new snapshot") {
		t.Errorf("a mark of another life: %d %s", gone.Code, gone.Body)
	}
}

func TestExports(t *testing.T) {
	w := newWorld(t)
	staff, own := w.tokens["staff"], w.tokens["institute-own"]
	w.send("noun=postings&source=x", staff, "Employer,Trade,Title,City\n=cmd|calc,Mason,Wall,Lahore\n")
	plain := w.ask("GET", "/v1/exports/graduates", own, "")
	if plain.Code != 200 || strings.Count(plain.Body.String(), "\n") != 3 || strings.Contains(plain.Body.String(), markedName) || strings.Contains(plain.Body.String(), "31.5204,") {
		t.Errorf("graduates: %d %s", plain.Code, plain.Body)
	}
	named := w.ask("GET", "/v1/exports/graduates?personal=true&format=jsonl", own, "")
	if named.Code != 200 || strings.Count(named.Body.String(), markedName) != 2 {
		t.Errorf("with names: %d %s", named.Code, named.Body)
	}
	if none := w.ask("GET", "/v1/exports/graduates", w.tokens["institute-other"], ""); strings.Count(none.Body.String(), "\n") != 1 {
		t.Errorf("another institute gets %s", none.Body)
	}
	book := w.ask("GET", "/v1/exports/employers?format=xlsx", staff, "")
	f, err := excelize.OpenReader(bytes.NewReader(book.Body.Bytes()))
	if err != nil {
		t.Fatalf("the workbook: %d %v", book.Code, err)
	}
	defer f.Close()
	rows, err := f.GetRows("Sheet1")
	if err != nil || len(rows) != 4 || rows[0][3] != "name" || !strings.Contains(book.Header().Get("Content-Disposition"), "employers.xlsx") {
		t.Errorf("%v, %v", rows, err)
	}
	for _, row := range rows {
		if strings.HasPrefix(row[3], "=") {
			t.Errorf("a cell that would be run: %q", row[3])
		}
	}
	for _, noun := range []string{"postings", "applications"} {
		if answer := w.ask("GET", "/v1/exports/"+noun+"?format=jsonl", staff, ""); answer.Code != 200 {
			t.Errorf("%s: %d", noun, answer.Code)
		}
	}
}

// TestALargeWorkbookIsRefusedUnread: its first bytes and its length tell enough.
func TestALargeWorkbookIsRefusedUnread(t *testing.T) {
	w := newWorld(t)
	body := strings.NewReader("PK\x03\x04" + strings.Repeat("noise", 2<<20))
	length := body.Len()
	r := httptest.NewRequest("POST", "/v1/imports?noun=graduates&source=x", body)
	r.Header.Set("Authorization", "Bearer "+w.tokens["staff"])
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	if problemOf(t, answer); answer.Code != 413 || !strings.Contains(answer.Body.String(), "CSV") {
		t.Errorf("answered %d %s", answer.Code, answer.Body)
	}
	if read := length - body.Len(); read > 64<<10 {
		t.Errorf("%d of %d bytes were read first", read, length)
	}
}
