//go:build unix

package search

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"rabta/internal/fault"
)

// fullDir tells the test's program to make an index where no file may grow beyond what Bleve's database has at first.
const fullDir = "RABTA_TEST_FULL_DIR"

// TestOpenEndsWhereNothingCanBeWritten runs a process of its own, of which no file may be longer than four pages, as on a disk that is full.
// The database is made, and the first commit fails.
func TestOpenEndsWhereNothingCanBeWritten(t *testing.T) {
	if dir := os.Getenv(fullDir); dir != "" {
		openFull(t, filepath.Join(dir, "index"))
		return
	}
	child := exec.Command(os.Args[0], "-test.run", "^TestOpenEndsWhereNothingCanBeWritten$")
	child.Env = append(os.Environ(), fullDir+"="+t.TempDir())
	out, err := child.CombinedOutput() // the child also fails when goroutines of Bleve's live on
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Log(string(out))
}

func openFull(t *testing.T, dir string) {
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ) // the write then fails
	full := before
	full.Cur = 4 * 4096
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	x, err := Open(dir)
	took := time.Since(began)
	if err == nil {
		t.Fatal("opened", x.Close())
	}
	if fault.KindOf(err) != fault.Unavailable || errors.Is(err, ErrStuck) || !strings.Contains(err.Error(), syscall.EFBIG.Error()) {
		t.Errorf("after %v: %v", took, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "store", "root.bolt")); err != nil {
		t.Error("it failed before the first commit: the test shows nothing", err)
	}
	if took > openTimeout/2 {
		t.Errorf("took %v", took)
	}
	fmt.Println("ended after", took, "with", err)
	// The same process opens it once there is room.
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	openIndex(t, dir)
}
