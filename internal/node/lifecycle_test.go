package node_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
	"rabta/store/postgres/cluster"
	"rabta/store/sqlite"
)

// killDir tells the test's program to write into a data directory until it is killed.
const killDir = "RABTA_TEST_NODE_KILL_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(dir))
		os.Exit(1) // it must not end by itself
	}
	if dir := os.Getenv(rotateDir); dir != "" {
		fmt.Fprintln(os.Stderr, rotateUntilKilled(dir))
		os.Exit(1)
	}
	os.Exit(cluster.Main(m))
}

// writeUntilKilled prints the id of each posting once it was acknowledged.
func writeUntilKilled(dir string) error {
	ctx := context.Background()
	n, err := node.Open(ctx, node.Config{Dir: dir, Now: func() time.Time { return day }})
	if err != nil {
		return err
	}
	e := &matching.Employer{Name: "Ravi Works", Kind: "workshop"}
	if _, err := n.CreateEmployer(ctx, e, nil); err != nil {
		return err
	}
	for {
		p := (&world{employer: e}).wiring()
		if _, err := n.CreatePosting(ctx, p); err != nil {
			return err
		}
		fmt.Println(p.ID)
	}
}

func TestAFreshDirectoryGetsItsKeyFileBesideIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "data")
	if err := os.Mkdir(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	n := openNode(t, dir)
	info, err := os.Stat(dir + ".key")
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v, %v", info, err)
	}
	if n.Dir() != dir {
		t.Errorf("Dir = %s", n.Dir())
	}
	if err := n.Ready(); err != nil {
		t.Errorf("not ready: %v", err)
	}
	if empty, err := n.Empty(context.Background()); !empty || err != nil {
		t.Errorf("Empty = %t, %v", empty, err)
	}
}

func TestReopeningFindsEverything(t *testing.T) {
	dir := t.TempDir() + "/data"
	n := newNode(t, dir)
	w := worldOf(t, n)
	p, g := w.post(), w.enrol()
	at := position(t, n)
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	again := &world{t, openNode(t, dir), w.employer}
	again.wantLists(p, g, everywhere...)
	again.clean()
	if position(t, again.Node) != at {
		t.Errorf("the journal was at %d and is at %d", at, position(t, again.Node))
	}
	personal, err := again.Personal(context.Background(), g.ID)
	if err != nil || personal.Name != "Bashir" {
		t.Errorf("what was sealed: %+v, %v", personal, err)
	}
	if empty, err := again.Empty(context.Background()); empty || err != nil {
		t.Errorf("Empty = %t, %v", empty, err)
	}
}

func TestASecondOpenerIsTold(t *testing.T) {
	dir := t.TempDir() + "/data"
	w := worldOf(t, openNode(t, dir))
	_, err := node.Open(context.Background(), config(t, dir))
	if !errors.Is(err, node.ErrHeld) {
		t.Fatalf("a second opener: %v, want ErrHeld", err)
	}
	w.wantLists(w.post(), w.enrol(), everywhere...) // the first is none the worse
}

func TestAnotherKeyFileOpensNothing(t *testing.T) {
	dir := t.TempDir() + "/data"
	n := newNode(t, dir)
	w := worldOf(t, n)
	g := w.enrol()
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	key, kept := dir+".key", dir+".kept"
	if err := os.Rename(key, kept); err != nil {
		t.Fatal(err)
	}
	before := sumOf(t, filepath.Join(dir, sqlite.FileName))

	tests := []struct {
		name string
		make func() error
		kind fault.Kind
	}{
		{"missing", func() error { return nil }, fault.NotFound},
		{"another's", func() error { _, err := store.CreateKeys(key); return err }, fault.Conflict},
		{"damaged", func() error { return os.WriteFile(key, []byte("{"), 0o600) }, fault.Malformed},
		{"for all to read", func() error { return os.WriteFile(key, nil, 0o644) }, fault.Forbidden},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := errors.Join(os.RemoveAll(key), tt.make()); err != nil {
				t.Fatal(err)
			}
			opened, err := node.Open(context.Background(), config(t, dir))
			if err == nil {
				t.Fatalf("opened (close: %v)", opened.Close())
			}
			if shown, ok := fault.Shown(err); fault.KindOf(err) != tt.kind || !ok || !strings.Contains(shown.Message, "key file") {
				t.Errorf("%s: %v, want %s and a sentence about the key file", fault.KindOf(err), err, tt.kind)
			}
			if _, err := os.Stat(key); tt.name == "missing" && !errors.Is(err, os.ErrNotExist) {
				t.Errorf("a new key file was made: %v", err)
			}
			if sumOf(t, filepath.Join(dir, sqlite.FileName)) != before {
				t.Error("the database was changed")
			}
		})
	}

	if err := os.Rename(kept, key); err != nil {
		t.Fatal(err)
	}
	personal, err := openNode(t, dir).Personal(context.Background(), g.ID)
	if err != nil || personal.Name != "Bashir" {
		t.Errorf("with its own key file: %+v, %v", personal, err)
	}
}

func sumOf(t *testing.T, path string) [32]byte {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(body)
}

func TestADirectoryThatCannotBeMadeIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, file + "/data"} {
		_, err := node.Open(context.Background(), config(t, dir))
		if refusal(err) != "invalid data" {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestCloseLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir() + "/data"
	newNodeClosed(t, dir) // starts what Bleve and SQLite keep for the process
	before := goleak.IgnoreCurrent()
	for range 2 {
		newNodeClosed(t, dir)
	}
	goleak.VerifyNone(t, before)
}

// newNodeClosed opens a node, writes, has an index built anew, and closes.
func newNodeClosed(t *testing.T, dir string) {
	t.Helper()
	n := newNode(t, dir)
	w := worldOf(t, n)
	w.post()
	if err := n.RebuildIndex(context.Background()); err != nil {
		t.Error(err)
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}

func TestCloseWaitsForAnIndexThatIsBuiltAnew(t *testing.T) {
	before := goleak.IgnoreCurrent()
	for range 2 {
		dir := t.TempDir() + "/data"
		n := newNode(t, dir)
		worldOf(t, n).post()
		rebuilt := make(chan error)
		go func() { rebuilt <- n.RebuildIndex(context.Background()) }()
		if err := n.Close(); err != nil {
			t.Error(err)
		}
		if err := <-rebuilt; err != nil && fault.KindOf(err) != fault.Unavailable {
			t.Errorf("building anew beside closing: %v", err)
		}
		w := &world{t, newNode(t, dir), nil}
		w.clean()
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
	goleak.VerifyNone(t, before)
}

func TestAFailedOpenGivesTheDirectoryBack(t *testing.T) {
	dir := t.TempDir() + "/data"
	newNodeClosed(t, dir)
	before := goleak.IgnoreCurrent()
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if n, err := node.Open(ended, node.Config{Dir: dir}); err == nil {
		t.Fatalf("opened with a context that has ended (close: %v)", n.Close())
	}
	goleak.VerifyNone(t, before)
	openNode(t, dir)
}

// killed runs the test's program as the child that work names, in a directory, kills it once it has acknowledged so many, and gives
// those that it has.
func killed(t *testing.T, work, dir string, after int) (acknowledged []matching.ID) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), work+"="+dir)
	var complaints bytes.Buffer
	child.Stderr = &complaints
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if acknowledged = append(acknowledged, matching.ID(lines.Text())); len(acknowledged) == after {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil || len(acknowledged) < after {
		t.Fatalf("the child ended with %v after %d: %s", err, len(acknowledged), &complaints)
	}
	return acknowledged
}

func TestKilledWhileWriting(t *testing.T) {
	dir := t.TempDir() + "/data"
	acknowledged := killed(t, killDir, dir, 15)
	w := worldOf(t, openNode(t, dir))
	for _, id := range acknowledged {
		if _, err := w.Posting(context.Background(), id); err != nil {
			t.Errorf("%s was acknowledged: %v", id, err)
		}
	}
	w.clean()
	w.wantLists(w.post(), w.enrol(), everywhere...)
}

// logged opens a node that logs into a buffer; the test closes it.
func logged(t *testing.T, dir string) (*node.Node, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	cfg := config(t, dir)
	cfg.Log = slog.New(slog.NewTextHandler(&log, nil))
	n, err := node.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return n, &log
}
