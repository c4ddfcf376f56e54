package api

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"rabta/matching"
)

// What names people in the test below: it goes in by every operation that takes it, and by wrong requests, and may stand nowhere in the
// clear afterwards.
var marks = []string{"Gulnazmarked", "گلنازنشان", "3451239871", "6110112398713", "Markedlane", "Markedchacha", "Markednight", "Markedseth",
	"markedmail", "3451239872", "Markedwords", "نشانزدہعبارت"}

const (
	markedWoman = `{"name":"Gulnazmarked گلنازنشان","phone":"0345 1239871","cnic":"6110112398713","address":"Markedlane 9","whose":"Markedchacha","safe_hours":"Markednight"}`
	markedWords = "Markedwords نشانزدہعبارت 0345 1239871"
	markedOwner = `{"name":"Al-Madina Works","kind":"workshop","contact":{"person":"Markedseth","phone":"03451239872","email":"markedmail@example.pk"}}`
)

// formsOf gives how a value may stand in bytes: as it is, escaped for JSON or a URL, in hexadecimal, in base64 at each of its three
// offsets, and in UTF-16.
func formsOf(value string) map[string][]byte {
	forms := map[string][]byte{"plain": []byte(value), "url": []byte(url.QueryEscape(value)),
		"hex": []byte(hex.EncodeToString([]byte(value))), "HEX": []byte(strings.ToUpper(hex.EncodeToString([]byte(value))))}
	var escaped, little, big []byte
	for _, unit := range utf16.Encode([]rune(value)) {
		escaped = fmt.Appendf(escaped, `\u%04x`, unit)
		little, big = append(little, byte(unit), byte(unit>>8)), append(big, byte(unit>>8), byte(unit))
	}
	forms["json"], forms["utf-16le"], forms["utf-16be"] = escaped, little, big
	for offset := range 3 {
		// What stands before and behind changes the outer letters: only those in between are looked for.
		text := base64.StdEncoding.EncodeToString(append(make([]byte, offset), value...))
		inner := strings.TrimRight(text, "=")[(offset*8+5)/6 : (offset+len(value))*8/6]
		forms[fmt.Sprint("base64 at ", offset)] = []byte(inner)
		forms[fmt.Sprint("base64url at ", offset)] = []byte(strings.NewReplacer("+", "-", "/", "_").Replace(inner))
	}
	return forms
}

// seenIn gives which of the values stand in which form in the content.
func seenIn(content []byte, values []string) (seen []string) {
	for _, v := range values {
		for form, wanted := range formsOf(v) {
			if bytes.Contains(content, wanted) {
				seen = append(seen, v+" "+form)
			}
		}
	}
	return seen
}

// TestEveryFormIsSeen holds that the search below would find what it looks for.
func TestEveryFormIsSeen(t *testing.T) {
	value := marks[1]
	quoted, err := json.Marshal(map[string][]byte{"a": []byte("xy" + value + "z")})
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{value, string(quoted), hex.EncodeToString([]byte("..." + value)), url.QueryEscape("a " + value),
		base64.RawURLEncoding.EncodeToString([]byte("k" + value + "kk")), string(formsOf(value)["json"])} {
		if len(seenIn([]byte(content), []string{value})) == 0 {
			t.Errorf("not seen in %q", content)
		}
	}
	if seen := seenIn([]byte("Gulnaz marked and others"), marks); seen != nil {
		t.Errorf("seen where there is nothing: %v", seen)
	}
}

// files reads everything under a directory.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			return nil // a segment that was merged away meanwhile
		}
		all[strings.TrimPrefix(path, dir)] = content
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d files read: %v", len(all), err)
	}
	return all
}

// TestMarkedValuesAreNowhere puts marked values in by every operation that takes them, right and wrong, and looks for them everywhere.
func TestMarkedValuesAreNowhere(t *testing.T) {
	w := newWorld(t)
	woman := strings.Replace(w.graduateBody(true), `"personal":{"phone":"`+markedPhone+`","name":"`+markedName+`"}`, `"personal":`+markedWoman, 1)
	g := w.created(t, "/v1/graduates", "staff", woman)
	hers := w.token(AsGraduate, matching.ID(g[strings.LastIndex(g, "/")+1:]))
	e := w.created(t, "/v1/employers", "staff", markedOwner)
	posting := "/v1/postings/" + string(w.live.ID)
	a := w.created(t, posting+"/applications", "staff", `{"graduate":"`+g[len("/v1/graduates/"):]+`","text":"`+markedWords+`","shares_contact":true}`)
	change := func(target, body string) {
		t.Helper()
		match := w.ask("GET", target, w.tokens["staff"], "").Header().Get("ETag")
		if answer := w.ask("PUT", target, w.tokens["staff"], body, "If-Match", match, "Idempotency-Key", "Gulnazmarked"); answer.Code != 200 {
			t.Fatalf("changing %s: %d %s", target, answer.Code, answer.Body)
		}
	}
	change(g, woman)
	change(e, markedOwner)
	change(a, `{"text":"`+markedWords+`"}`)
	w.sendWrongly(t, woman, g, a)
	answers := ""
	for _, read := range []struct{ target, token string }{{g + "/personal", hers}, {g + "/export", hers}, {g + "/personal", w.tokens["staff"]}, {a, hers},
		{posting + "/contacts", w.tokens["employer-own"]}, {e, w.tokens["staff"]}} {
		answers += w.ask("GET", read.target, read.token, "").Body.String()
	}
	for _, v := range marks {
		if !strings.Contains(strings.NewReplacer("-", "", " ", "").Replace(answers), v) {
			t.Errorf("%s did not go in: nobody can read it", v)
		}
	}
	for _, open := range []string{g, g + "/applications", posting + "/applications", "/v1/audit", "/metrics", "/v1/graduates", e} {
		if seen := seenIn(w.ask("GET", open, w.tokens["institute-own"], "").Body.Bytes(), marks); seen != nil {
			t.Errorf("%s tells %v", open, seen)
		}
	}
	w.holdNowhere(t, marks)
	stored := files(t, w.node.Dir())
	if seenIn(append(stored["/rabta.db"], stored["/rabta.db-wal"]...), []string{"House wiring"}) == nil {
		t.Error("the search finds nothing that is in the clear either")
	}
	w.deletesHer(t, g, a, hers)
}

// created stores a record and gives its path.
func (w *world) created(t *testing.T, target, actor, body string) string {
	t.Helper()
	answer := w.ask("POST", target, w.tokens[actor], body, "Idempotency-Key", "Markedlane-"+target)
	if answer.Code != 201 {
		t.Fatalf("creating at %s: %d %s", target, answer.Code, answer.Body)
	}
	return answer.Header().Get("Location")
}

// sendWrongly sends the values where they do not belong; none may come back.
func (w *world) sendWrongly(t *testing.T, woman, g, a string) {
	t.Helper()
	staff, long := w.tokens["staff"], strings.Repeat("Markedwords ", 200)
	for _, wrong := range []struct{ method, target, token, body string }{
		{"POST", "/v1/graduates", staff, strings.Replace(woman, `"whose"`, `"Gulnazmarked"`, 1)},
		{"POST", "/v1/graduates", staff, strings.Replace(woman, "0345 1239871", "0345 1239871 Markedchacha", 1)},
		{"POST", "/v1/graduates", staff, strings.Replace(woman, "6110112398713", "611011239871", 1)},
		{"POST", "/v1/graduates", staff, strings.Replace(woman, "electrician", "Gulnazmarked", 1)},
		{"POST", "/v1/graduates", staff, woman[:len(woman)-9]},
		{"POST", "/v1/graduates", "rbt_Gulnazmarked", woman},
		{"PUT", g, staff, woman},
		{"POST", "/v1/employers", staff, strings.Replace(markedOwner, "workshop", "Markedseth", 1)},
		{"POST", "/v1/employers", staff, strings.Replace(markedOwner, "@example.pk", "", 1)},
		{"PUT", a, staff, `{"text":"` + long + `"}`},
		{"POST", a + "/steps", staff, `{"state":"Gulnazmarked"}`},
		{"GET", "/v1/postings?q=Gulnazmarked+3451239871&trade=Markedwords", "", ""},
		{"GET", "/v1/postings?Gulnazmarked=1", "", ""},
		{"GET", "/v1/graduates/Gulnazmarked", staff, ""},
		{"GET", "/v1/audit?graduate=3451239871", staff, ""},
		{"GET", "/Gulnazmarked", "", ""},
		{"GET", "/v1/graduates?cursor=Gulnazmarked", staff, ""},
	} {
		answer := w.ask(wrong.method, wrong.target, wrong.token, wrong.body, "X-Note", "Gulnazmarked")
		named := strings.Contains(wrong.target, "?Gulnazmarked") || strings.Contains(wrong.body, `"Gulnazmarked":`) // the name of a field is told to whoever sent it
		if seen := seenIn(answer.Body.Bytes(), marks); answer.Code < 400 || seen != nil && !named {
			t.Errorf("%s %s: %d tells %v: %s", wrong.method, wrong.target, answer.Code, seen, answer.Body)
		}
	}
}

// holdNowhere looks for values in the log, the metrics and every file of the data directory.
func (w *world) holdNowhere(t *testing.T, values []string) {
	t.Helper()
	places := files(t, w.node.Dir())
	places["the log"] = []byte(w.log.String())
	places["the metrics"] = w.ask("GET", "/metrics", w.tokens["service"], "").Body.Bytes()
	for place, content := range places {
		if seen := seenIn(content, values); seen != nil {
			t.Errorf("%s holds %v", place, seen)
		}
	}
}

// deletesHer deletes the graduate, and holds that within the minute nothing is left but her id in journal and audit.
func (w *world) deletesHer(t *testing.T, g, a, hers string) {
	t.Helper()
	id, application := g[len("/v1/graduates/"):], a[len("/v1/applications/"):]
	looks := len(w.looksAt(t, matching.ID(id)))
	onDisk := time.Now().Add(10 * time.Second)
	for w.standing(t, id, application)[id+" in the index"] == 0 && time.Now().Before(onDisk) {
		time.Sleep(50 * time.Millisecond)
	}
	if w.standing(t, id, application)[id+" in the index"] == 0 {
		t.Error("the index holds her id where it cannot be seen, so that what follows shows nothing of it")
	}
	match := w.ask("GET", g, hers, "").Header().Get("ETag")
	if answer := w.ask("DELETE", g, hers, "", "If-Match", match); answer.Code != 204 {
		t.Fatalf("deleting: %d %s", answer.Code, answer.Body)
	}
	for _, gone := range []string{g, g + "/personal", g + "/export", a} {
		if answer := w.ask("GET", gone, w.tokens["staff"], ""); answer.Code != 404 {
			t.Errorf("%s after deleting: %d", gone, answer.Code)
		}
	}
	if answer := w.ask("GET", "/v1/trades", hers, ""); answer.Code != 401 {
		t.Errorf("her token works still: %d", answer.Code)
	}
	if list := w.ask("GET", "/v1/postings/"+string(w.live.ID)+"/applications", w.tokens["employer-own"], ""); strings.Contains(list.Body.String(), application) {
		t.Error("her application is listed still")
	}
	// The journal holds an entry for each change: her putting, her change and her deletion; the audit log names her in a row and its index.
	wants := map[string]int{id: 3 + 2*looks, application: 3, id + " in the index": 0}
	left := map[string]int{}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline) && fmt.Sprint(left) != fmt.Sprint(wants); time.Sleep(50 * time.Millisecond) {
		left = w.standing(t, id, application)
	}
	if fmt.Sprint(left) != fmt.Sprint(wants) {
		t.Errorf("her ids stand %v times, want %v: in journal and audit log alone", left, wants)
	}
	if report, err := w.node.VerifyAudit(context.Background(), ""); err != nil || report.Entries == 0 {
		t.Errorf("the audit log after deleting: %+v, %v", report, err)
	}
}

// standing counts how often the ids of a graduate and of her application stand in the files of the data directory.
func (w *world) standing(t *testing.T, id, application string) map[string]int {
	t.Helper()
	left := map[string]int{id: 0, application: 0, id + " in the index": 0}
	for path, content := range files(t, w.node.Dir()) {
		if !strings.HasPrefix(path, "/rabta.db") {
			left[id+" in the index"] += bytes.Count(content, []byte(id))
			continue
		}
		left[id] += bytes.Count(content, []byte(id))
		left[application] += bytes.Count(content, []byte(application))
	}
	return left
}
