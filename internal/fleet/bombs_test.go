package fleet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestBombsOverHTTP sends bodies that cost a careless reader much to a running server: each is refused, and none makes the most memory
// that the process has had grow by 64 MB. How long a refusal takes is printed.
func TestBombsOverHTTP(t *testing.T) {
	n := newSingle(t)
	at, staff := n.servers[0].URL(), n.staff()
	const imports = "/v1/imports?noun=graduates&source=x"
	zeros := make([]byte, 50<<20)
	for _, bomb := range []struct {
		name, path string
		body       []byte
	}{
		{"a sheet that packs too well", imports, archive(t, "xl/worksheets/sheet1.xml", zeros)},
		{"styles of 20 MB", imports, archive(t, "xl/styles.xml", zeros[:20<<20])},
		{"noise as a workbook", imports, append([]byte("PK\x03\x04"), bytes.Repeat([]byte("noise"), 2<<20)...)},
		{"no workbook", imports, archive(t, "notes.txt", []byte("hello"))},
		{"deep JSON", "/v1/postings", []byte(strings.Repeat("[", 200<<10))},
		{"megabytes of JSON", "/v1/postings", []byte(`{"title":"` + strings.Repeat("x", 8<<20) + `"}`)},
	} {
		before := resident(t, n.servers[0].PID())
		got := put(n.ctx, &http.Client{}, at, ask{method: http.MethodPost, path: bomb.path, token: staff, body: bomb.body})
		grown := resident(t, n.servers[0].PID()) - before
		t.Logf("%s: %d KB, %d in %v, %d MB more", bomb.name, len(bomb.body)>>10, got.status, got.took, grown>>20)
		if got.status != 400 && got.status != 413 && got.status != 422 {
			t.Errorf("%s: %d %.200s", bomb.name, got.status, got.body)
		}
		if grown > 64<<20 {
			t.Errorf("%s: the process grew by %d MB", bomb.name, grown>>20)
		}
	}
}

// archive makes a workbook with one part of that content.
func archive(t *testing.T, name string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for part, content := range map[string][]byte{"xl/workbook.xml": []byte("<workbook/>"), name: body} {
		if name == "notes.txt" && part != name {
			continue
		}
		in, err := w.Create(part)
		if err == nil {
			_, err = in.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// resident gives the most memory that a process has had, in bytes.
func resident(t *testing.T, pid int) int64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kilobytes, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes << 10
}
