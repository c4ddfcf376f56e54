package search

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rabta/matching"
)

// cutDir tells the test's program to damage an index that it has open itself; whether it lives through that is the question.
const cutDir = "RABTA_TEST_CUT_DIR"

// TestASegmentDamagedUnderAnOpenIndex runs a process of its own: a file that is cut off under a memory map is a fault of memory, which
// ends a Go process unless the goroutine that meets it has asked for a panic.
func TestASegmentDamagedUnderAnOpenIndex(t *testing.T) {
	if dir := os.Getenv(cutDir); dir != "" {
		liveThrough(t, dir)
		return
	}
	child := exec.Command(os.Args[0], "-test.run", "^TestASegmentDamagedUnderAnOpenIndex$")
	child.Env = append(os.Environ(), cutDir+"="+t.TempDir())
	out, err := child.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("still alive")) {
		t.Fatalf("the process ended: %v\n%s", err, out)
	}
	t.Log(string(out))
}

func liveThrough(t *testing.T, dir string) {
	for name, damage := range map[string]func(*testing.T, string){
		"segments cut": func(t *testing.T, store string) {
			eachFile(t, store, "*.zap", func(path string) error { return os.Truncate(path, 0) })
		},
		"segments removed": func(t *testing.T, store string) { eachFile(t, store, "*.zap", os.Remove) },
		"root cut": func(t *testing.T, store string) {
			eachFile(t, store, "root.bolt", func(path string) error { return os.Truncate(path, 0) })
		},
		"all removed": func(t *testing.T, store string) { os.RemoveAll(store) },
	} {
		for i, first := range []string{"search merge", "write", "merge write search"} {
			x, err := Open(filepath.Join(dir, fmt.Sprint(strings.ReplaceAll(name, " ", "-"), i)))
			if err != nil {
				t.Fatal(err)
			}
			for chunk := range 3 {
				docs := market(400)
				for i := range docs {
					docs[i].ID = matching.ID(fmt.Sprintf("pst_%d_%d", chunk, i))
				}
				apply(t, x, Batch{Epoch: "e", Position: uint64(chunk), Put: docs})
			}
			apply(t, x, Batch{Epoch: "e", Position: 4, Delete: []matching.ID{"pst_0_7", "pst_1_7"}, Erase: true})
			damage(t, filepath.Join(x.dir, "store"))
			for _, what := range strings.Fields(first) {
				var err error
				switch what {
				case "search":
					_, err = x.Postings(context.Background(), TextQuery{Text: "bijli ki wiring lahore"})
				case "write":
					err = x.Apply(Batch{Epoch: "e", Position: 5, Put: market(10)})
				case "merge":
					ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
					err = x.Purge(ctx)
					cancel()
				}
				if err != nil {
					err = fmt.Errorf("an error (%.60s)", err.Error())
				}
				fmt.Printf("%s: %s: %v\n", name, what, err)
			}
			x.Abandon()
		}
	}
	time.Sleep(300 * time.Millisecond) // for what runs in the background
	fmt.Println("still alive")
	os.Exit(0) // at once: some of Bleve's goroutines hang for ever
}

// eachFile damages files of an index that is open. One that a merge has taken away meanwhile is gone already.
func eachFile(t *testing.T, dir, pattern string, damage func(path string) error) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		if err := damage(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}
