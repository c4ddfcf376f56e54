package fleet_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rabta/store/postgres/cluster"
)

// What names people in the files below. Rows are right and wrong, and one column is not known.
var marks = []string{"Gulnazmarked", "گلنازنشان", "3451239871", "6110112398713", "3451239872", "Markedremark", "Markedsecond", "34512398"}

const markedRoster = `Roll no,Name,Phone,CNIC,Gender,Trade,City,Status,Consent,Notes of ours
Markedroll-1,Gulnazmarked گلنازنشان,0345 1239871,61101-1239871-3,F,Tailor,Lahore,searching,yes,Markedremark
Markedroll-2,Markedsecond,0345 123987,61101-1239871-3,F,Tailor,Lahore,searching,yes,Markedremark
Markedroll-3,Markedsecond,0345 1239872,61101-123987,M,Electrician,Lahore,searching,yes,Markedremark
Markedroll-4,0345 1239872,Markedsecond,Gulnazmarked,M,Electrician,Lahore,searching,yes,Markedremark
`

// TestMarkedValuesByTheCommandLine takes a roster in by rabta import beside a server and looks for what names people in every file of the
// data directory and of the database, in the server's log and figures, and in all that the command line prints and writes. Then the
// person is deleted: within a minute nothing that was stored of her is left in any file but her id in the journal and the audit log.
func TestMarkedValuesByTheCommandLine(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { marksAreNowhere(t, newSingle(t), "") })
	t.Run("postgres", func(t *testing.T) {
		dir := filepath.Join(cluster.DirForTest(t), "c")
		c, err := cluster.Start(t.Context(), dir, cluster.Options{Settings: map[string]string{"wal_recycle": "off", "log_statement": "all"}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Remove() })
		n := newNodes(t, c.URL("postgres"), 1)
		n.cluster = c
		marksAreNowhere(t, n, dir)
	})
}

func marksAreNowhere(t *testing.T, n *nodes, database string) {
	staff := n.staff()
	file, result := filepath.Join(n.root, "in", "roster.csv"), filepath.Join(n.root, "out", "result.csv")
	for _, dir := range []string{filepath.Dir(file), filepath.Dir(result)} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, []byte(markedRoster), 0o600); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, args := range [][]string{
		{"import", "graduates", file, "--source", "tevta", "--strict"}, {"import", "graduates", file, "--source", "tevta", "--dry-run"},
		{"import", "graduates", file, "--source", "tevta", "--result", result}, {"import", "graduates", file, "--source", "tevta", "--json"},
		{"import", "postings", file, "--source", "portal"}, {"search", "Gulnazmarked"}, {"search", "--trade", "tailor"}, {"export", "graduates"},
		{"audit", "list"}, {"keys", "rotate"}, {"index", "rebuild"}, {"token", "list"},
	} {
		out, err := n.servers[0].Run(n.ctx, append(args, "--data", n.dir(0))...)
		fmt.Fprintln(&said, strings.ReplaceAll(out, `"Gulnazmarked"`, ""), err) // the words of a search are told to whoever searched
	}
	n.holds(said.String(), "what the command line says", "2 faulty")
	id := n.marked(staff)
	for place, content := range n.everything(database) {
		n.silent(place, content)
	}
	n.silent("what the command line says", []byte(strings.ReplaceAll(said.String(), file, "")))
	figures := put(n.ctx, http.DefaultClient, n.servers[0].URL(), ask{method: http.MethodGet, path: "/metrics"})
	n.silent("the figures", figures.body)
	n.deletesWithoutTrace(id, staff, database)
}

// marked finds the person whose row is right.
func (n *nodes) marked(staff string) string {
	n.Helper()
	_, list := send(n.T, n.servers[0].URL()+"/v1/graduates", staff, "", "")
	people, _ := list["graduates"].([]any)
	for _, p := range people {
		id := fmt.Sprint(p.(map[string]any)["id"])
		_, personal := send(n.T, n.servers[0].URL()+"/v1/graduates/"+id+"/personal", staff, "", "")
		if text := fmt.Sprint(personal); strings.Contains(text, "Gulnazmarked") && strings.Contains(text, "1239871") {
			return id
		}
	}
	n.Fatalf("she is not among %d people", len(people))
	return ""
}

// silent holds that none of the marks stands in a content, in the clear or in hexadecimal.
func (n *nodes) silent(place string, content []byte) {
	n.Helper()
	for _, mark := range marks {
		for _, form := range [][]byte{[]byte(mark), []byte(hex.EncodeToString([]byte(mark))), []byte(strings.Trim(fmt.Sprintf("%+q", mark), `"`))} {
			if at := bytes.Index(content, form); at >= 0 {
				n.Errorf("%s holds %s: %q", place, mark, content[max(0, at-60):min(len(content), at+60)])
				break
			}
		}
	}
}

func (n *nodes) holds(content, place, part string) {
	n.Helper()
	if !strings.Contains(content, part) {
		n.Fatalf("%s does not hold %q, so that nothing was tried: %s", place, part, content)
	}
}

// everything reads every file of the data directory, of the result and of the database, and the server's log; not what was sent in.
func (n *nodes) everything(database string) map[string][]byte {
	n.Helper()
	all := map[string][]byte{}
	for _, root := range []string{n.root, database} {
		if root == "" {
			continue
		}
		err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil // gone since it was listed
			}
			if err != nil || !entry.Type().IsRegular() || strings.HasSuffix(path, "/in/roster.csv") {
				return err
			}
			content, err := os.ReadFile(path)
			if os.IsNotExist(err) {
				return nil
			}
			all[strings.TrimPrefix(path, root)] = content
			return err
		})
		if err != nil {
			n.Fatal(err)
		}
	}
	return all
}

// deletesWithoutTrace deletes a person, and holds that within a minute what was stored of her has left every file.
func (n *nodes) deletesWithoutTrace(id, staff, database string) {
	n.Helper()
	stored := map[string][]byte{"her number": []byte("Markedroll-1")}
	if n.cluster != nil {
		for what, column := range map[string]string{"the sealed part": "sealed", "the hash of her phone": "phone_mac", "the digest of her row": "imported_row"} {
			text, err := n.cluster.Exec(n.ctx, "postgres", "SELECT encode("+column+", 'hex') FROM graduate WHERE id = '"+id+"'")
			if err != nil {
				n.Fatal(err)
			}
			if stored[what], err = hex.DecodeString(text); err != nil || len(stored[what]) == 0 {
				n.Fatalf("%s: %q, %v", what, text, err)
			}
		}
		if _, err := n.cluster.Exec(n.ctx, "postgres", "CHECKPOINT"); err != nil {
			n.Fatal(err)
		}
	}
	left := func() (found []string) {
		for place, content := range n.everything(database) {
			if place == "/log" {
				continue // PostgreSQL's own, which was told to write down every statement
			}
			for what, value := range stored {
				if bytes.Contains(content, value) {
					found = append(found, what+" in "+place)
				}
			}
			if strings.Contains(place, "/index/") && bytes.Contains(content, []byte(id)) {
				found = append(found, "her id in "+place)
			}
		}
		return found
	}
	if found := left(); len(found) < len(stored) {
		n.Fatalf("while she is there only this is found: %v", found)
	}
	request, err := http.NewRequestWithContext(n.ctx, http.MethodDelete, n.servers[0].URL()+"/v1/graduates/"+id, nil)
	if err != nil {
		n.Fatal(err)
	}
	shown := put(n.ctx, http.DefaultClient, n.servers[0].URL(), ask{method: http.MethodGet, path: "/v1/graduates/" + id, token: staff})
	request.Header.Set("Authorization", "Bearer "+staff)
	request.Header.Set("If-Match", shown.header.Get("ETag"))
	answer, err := http.DefaultClient.Do(request)
	if err != nil || answer.StatusCode != http.StatusNoContent {
		n.Fatalf("deleting: %v, %v", answer, err)
	}
	_ = answer.Body.Close()
	began := time.Now()
	found := left()
	for len(found) > 0 && time.Since(began) < time.Minute {
		time.Sleep(time.Second)
		found = left()
	}
	if len(found) > 0 {
		n.Fatalf("a minute after she was deleted: %v\n%s", found, n.logged(0))
	}
	n.Logf("nothing was left %v after she was deleted", time.Since(began).Round(100*time.Millisecond))
}
