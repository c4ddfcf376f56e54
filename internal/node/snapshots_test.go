package node_test

import (
	"bytes"
	"context"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rabta/internal/node"
	"rabta/matching"
)

// heard is a log that a test reads.
type heard struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (h *heard) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(b)
}

func (h *heard) count(what string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return strings.Count(h.text.String(), what)
}

const (
	takenFromDisk = "a board was taken from disk"
	notTaken      = "a board is not taken from disk"
)

// heardNode opens a node and hears its log.
func heardNode(t testing.TB, dir string) (*node.Node, *heard) {
	t.Helper()
	h := &heard{}
	cfg := config(t, dir)
	cfg.Log = slog.New(slog.NewTextHandler(h, nil))
	n, err := node.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return n, h
}

func closed(t testing.TB, n *node.Node) {
	t.Helper()
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
}

// boardFiles are the boards on disk of a data directory.
func boardFiles(dir string) []string {
	return []string{filepath.Join(dir, "boards", "postings"), filepath.Join(dir, "boards", "graduates")}
}

// kept reads the boards on disk.
func kept(t testing.TB, dir string) [2][]byte {
	t.Helper()
	var all [2][]byte
	for i, path := range boardFiles(dir) {
		var err error
		if all[i], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func put(t testing.TB, dir string, all [2][]byte) {
	t.Helper()
	for i, path := range boardFiles(dir) {
		if err := os.WriteFile(path, all[i], 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAStartFollowsOnFromDisk changes every kind of record after the boards were written, and starts from the old files: the journal
// brings them to what the store holds, an employer's facts and a posting that begins later included.
func TestAStartFollowsOnFromDisk(t *testing.T) {
	dir := t.TempDir() + "/data"
	n, _ := heardNode(t, dir)
	w := worldOf(t, n)
	g, other := w.enrol(), w.enrol()
	p, closing := w.post(), w.post(titled("To be closed"))
	w.post(func(p *matching.Posting) { p.Posted = time.Now().Add(time.Hour) })
	closed(t, n)
	old := kept(t, dir)

	n, h := heardNode(t, dir)
	if h.count(takenFromDisk) != 2 {
		t.Errorf("%d boards were taken from disk", h.count(takenFromDisk))
	}
	w = &world{t, n, w.employer}
	w.clean()
	w.wantLists(p, g, everywhere...)
	w.done(n.ClosePosting(t.Context(), closing.ID, 1, matching.Closed))
	w.done(n.DeleteGraduate(t.Context(), other.ID, other.Version))
	w.employer.Verified = true
	w.done(n.ChangeEmployer(t.Context(), w.employer, nil))
	late := w.post(titled("Wiring that came later"))
	closed(t, n)
	put(t, dir, old)

	n, h = heardNode(t, dir)
	defer closed(t, n)
	if h.count(takenFromDisk) != 2 || h.count("behind=0") != 0 {
		t.Errorf("the old boards were not taken:\n%s", h.text.String())
	}
	w = &world{t, n, w.employer}
	w.clean()
	w.wantLists(late, g, everywhere...)
}

// TestDamagedBoardsAreReadFromTheStore damages the files at random: each damage is noticed before anything of it is shown.
func TestDamagedBoardsAreReadFromTheStore(t *testing.T) {
	dir := t.TempDir() + "/data"
	n, _ := heardNode(t, dir)
	w := worldOf(t, n)
	g, p := w.enrol(), w.post()
	closed(t, n)
	whole := kept(t, dir)
	random := rand.New(rand.NewPCG(3, 1))
	for round := range 30 {
		broken := [2][]byte{bytes.Clone(whole[0]), bytes.Clone(whole[1])}
		which, what := round%2, "a bit flipped"
		b := broken[which]
		switch at := random.IntN(len(b)); round % 5 {
		case 0:
			broken[which], what = b[:at], "cut"
		case 1:
			clear(b[at:min(len(b), at+64)])
			b[at] = ^whole[which][at]
			what = "overwritten"
		default:
			b[at] ^= 1 << random.IntN(8)
		}
		put(t, dir, broken)
		n, h := heardNode(t, dir)
		if h.count(notTaken) != 1 || h.count(takenFromDisk) != 1 {
			t.Errorf("round %d: %s: not noticed", round, what)
		}
		w = &world{t, n, w.employer}
		w.clean()
		w.wantLists(p, g, everywhere...)
		closed(t, n)
	}
}

// TestVerifyTellsOfADamagedBoard damages a file under a node that is open.
func TestVerifyTellsOfADamagedBoard(t *testing.T) {
	dir := t.TempDir() + "/data"
	n, _ := heardNode(t, dir)
	defer closed(t, n)
	w := worldOf(t, n)
	w.enrol()
	w.done(nil, n.WriteSnapshots())
	w.clean()
	files := kept(t, dir)
	files[1][len(files[1])/2] ^= 4
	put(t, dir, files)
	report, err := n.VerifyIndex(t.Context())
	if err != nil || !slices.ContainsFunc(report.Wrong, func(line string) bool { return strings.HasPrefix(line, "boards/graduates: ") }) {
		t.Errorf("%v, %+v", err, report)
	}
}

// TestADeletedPersonLeavesTheBoardsOnDisk looks for her id in the files until it is gone.
func TestADeletedPersonLeavesTheBoardsOnDisk(t *testing.T) {
	dir := t.TempDir() + "/data"
	n, _ := heardNode(t, dir)
	defer closed(t, n)
	n.EraseSoon()
	w := worldOf(t, n)
	w.enrol()
	g := w.enrol()
	w.done(nil, n.WriteSnapshots())
	key := g.ID.ULID()
	held := func() bool {
		files := kept(t, dir)
		return bytes.Contains(files[1], key[:]) || bytes.Contains(files[0], key[:])
	}
	if !held() {
		t.Fatal("she is not in the files at first: the test shows nothing")
	}
	w.done(n.DeleteGraduate(t.Context(), g.ID, g.Version))
	for deadline := time.Now().Add(20 * time.Second); held(); {
		if time.Now().After(deadline) {
			t.Fatal("she is still in the files")
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.clean()
}

// TestBoardsOfAnotherStoreAreNotTaken puts the files of one directory into another.
func TestBoardsOfAnotherStoreAreNotTaken(t *testing.T) {
	here, there := t.TempDir()+"/data", t.TempDir()+"/data"
	for _, dir := range []string{here, there} {
		n, _ := heardNode(t, dir)
		w := worldOf(t, n)
		w.enrol()
		w.post()
		closed(t, n)
	}
	put(t, here, kept(t, there))
	n, h := heardNode(t, here)
	defer closed(t, n)
	if h.count(notTaken) != 2 {
		t.Error("boards of another store were taken")
	}
	(&world{t, n, nil}).clean()
}
