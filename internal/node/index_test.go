package node_test

import (
	"context"
	cryptorand "crypto/rand"
	"errors"
	"fmt"
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
	"rabta/search"
	"rabta/store"
)

// TestAnIndexThatIsNoGoodIsBuiltAnew damages an index while the node is closed, one way after the other.
func TestAnIndexThatIsNoGoodIsBuiltAnew(t *testing.T) {
	dir := t.TempDir() + "/data"
	n := newNode(t, dir)
	w := worldOf(t, n)
	p, g := w.post(titled("Submersible pump wiring")), w.enrol()
	for i := range 30 {
		w.post(titled(fmt.Sprintf("Wiring of house %d", i)))
	}
	_, position := n.Journal()
	epoch := n.IndexEpoch()
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(dir, "index")
	bolt := func(index string) string { return filepath.Join(index, "store", "root.bolt") }
	tests := []struct {
		name   string
		damage func(index string) error
	}{
		{"deleted", func(index string) error { return os.RemoveAll(index) }},
		{"deleted with all others", func(string) error { return os.RemoveAll(root) }},
		{"a file in its place", func(index string) error {
			return after(os.RemoveAll(index), func() error { return os.WriteFile(index, []byte("mine"), 0o600) })
		}},
		{"a file in the place of all", func(string) error {
			return after(os.RemoveAll(root), func() error { return os.WriteFile(root, []byte("mine"), 0o600) })
		}},
		{"its name gone", func(string) error { return os.Remove(filepath.Join(root, "current")) }},
		{"its name garbled", func(string) error { return os.WriteFile(filepath.Join(root, "current"), []byte("../../x"), 0o600) }},
		{"store gone", func(index string) error { return os.RemoveAll(filepath.Join(index, "store")) }},
		{"description cut", func(index string) error { return os.Truncate(filepath.Join(index, "index_meta.json"), 1) }},
		{"root gone", func(index string) error { return os.Remove(bolt(index)) }},
		{"root empty", func(index string) error { return os.Truncate(bolt(index), 0) }},
		{"root cut", func(index string) error { return os.Truncate(bolt(index), 5_000) }},
		{"segment gone", func(index string) error { return os.Remove(segment(t, index)) }},
		{"segment empty", func(index string) error { return os.Truncate(segment(t, index), 0) }},
		{"segment cut", func(index string) error { return os.Truncate(segment(t, index), 200) }},
		{"one bit flipped at the start", func(index string) error { return flip(segment(t, index), 0.1) }},
		{"one bit flipped in the middle", func(index string) error { return flip(segment(t, index), 0.5) }},
		{"one bit flipped at the end", func(index string) error { return flip(segment(t, index), 0.98) }},
		{"another epoch", func(index string) error {
			return moveIndex(index, search.Batch{Epoch: "another", Position: position})
		}},
		{"ahead of the store", func(index string) error {
			return moveIndex(index, search.Batch{Epoch: epoch, Position: position + 1})
		}},
		{"a document of nobody", func(index string) error {
			return moveIndex(index, search.Batch{Epoch: epoch, Position: position,
				Put: []search.Document{{ID: "pst_01J80000000000000000000000", Noun: search.NounPosting, Title: "Submersible"}}})
		}},
		{"a document missing", func(index string) error {
			return moveIndex(index, search.Batch{Epoch: epoch, Position: position, Delete: []matching.ID{p.ID}})
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			index, err := n.IndexDir()
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.damage(index); err != nil {
				t.Fatal(err)
			}
			n, log := logged(t, dir)
			w := &world{t, n, w.employer}
			w.wantLists(p, g, everywhere...)
			w.clean()
			w.wantLists(p, g, everywhere...)
			if err := n.Close(); err != nil {
				t.Error(err)
			}
			// Where a segment is gone, Bleve may take its state of before it, from which the node catches up: the answers above are the proof.
			if !strings.Contains(log.String(), "building it anew") && tt.name != "segment gone" {
				t.Errorf("nothing was noticed: %s", log)
			}
		})
	}
}

func after(err error, then func() error) error {
	if err != nil {
		return err
	}
	return then()
}

// segment is the largest segment of an index.
func segment(t *testing.T, index string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(index, "store", "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatal("no segment", err)
	}
	return slices.MaxFunc(files, func(a, b string) int { return int(sizeOf(a) - sizeOf(b)) })
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// flip changes one bit at a share of a file's length.
func flip(path string, share float64) error {
	body, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	body[int(share*float64(len(body)))] ^= 4
	return os.WriteFile(path, body, 0o600)
}

// moveIndex writes into an index that no node has open.
func moveIndex(dir string, b search.Batch) error {
	x, err := search.Open(dir)
	if err != nil {
		return err
	}
	if err := x.Apply(b); err != nil {
		return err
	}
	return x.Close()
}

func TestAnIndexThatIsBehindCatchesUp(t *testing.T) {
	dir := t.TempDir() + "/data"
	n := newNode(t, dir)
	w := worldOf(t, n)
	p, g, gone := w.post(), w.enrol(), w.enrol()
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	index, err := n.IndexDir()
	if err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(t.TempDir(), "index")
	if err := os.CopyFS(kept, os.DirFS(index)); err != nil {
		t.Fatal(err)
	}

	w.Node = newNode(t, dir)
	p.Title = "Switchboard repair"
	w.done(w.ChangePosting(context.Background(), p))
	w.done(w.DeleteGraduate(context.Background(), gone.ID, 0))
	w.post(titled("Tubewell motor"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := after(os.RemoveAll(index), func() error { return os.CopyFS(index, os.DirFS(kept)) }); err != nil {
		t.Fatal(err)
	}

	var log fmt.Stringer
	w.Node, log = logged(t, dir)
	w.clean()
	w.wantLists(p, g, everywhere...)
	if strings.Contains(log.String(), "anew") {
		t.Errorf("it was built anew instead: %s", log)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

// busy is work for a writer: postings and graduates that come, change and go, and an employer whose facts change.
func (w *world) busy(random *rand.Rand, stop <-chan struct{}) error {
	ctx := context.Background()
	e := &matching.Employer{Name: "Busy Works", Kind: "workshop"}
	if _, err := w.CreateEmployer(ctx, e, nil); err != nil {
		return err
	}
	for i := 0; ; i++ {
		select {
		case <-stop:
			return nil
		default:
		}
		p, g := w.wiring(), sparky()
		p.Employer, p.Title = e.ID, fmt.Sprintf("House wiring %d", random.IntN(50))
		if _, err := w.CreatePosting(ctx, p); err != nil {
			return err
		}
		if _, err := w.CreateGraduate(ctx, g, &matching.Personal{Phone: "03922222222"}); err != nil {
			return err
		}
		e.Asked, e.Answered = 40, random.IntN(41)
		if _, err := w.ChangeEmployer(ctx, e, nil); err != nil {
			return err
		}
		if i%2 == 0 {
			if _, err := w.ClosePosting(ctx, p.ID, p.Version, matching.Filled); err != nil {
				return err
			}
			if _, err := w.DeleteGraduate(ctx, g.ID, 0); err != nil {
				return err
			}
		}
	}
}

// beside runs do beside two writers and two readers, of whom none may fail.
func (w *world) beside(do func()) {
	w.Helper()
	p, g := w.post(), w.enrol()
	stop := make(chan struct{})
	var all sync.WaitGroup
	for i := range 2 {
		all.Go(func() {
			if err := w.busy(rand.New(rand.NewPCG(uint64(i), 3)), stop); err != nil {
				w.Errorf("a writer: %v", err)
			}
		})
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if shown, err := w.lists(p, g); err != nil || len(shown) != len(everywhere) {
					w.Errorf("a reader: shown by %q, %v", shown, err)
					return
				}
			}
		})
	}
	do()
	close(stop)
	all.Wait()
	w.clean()
}

func TestRebuildingBesideWritersLosesNothing(t *testing.T) {
	w := newWorld(t)
	w.beside(func() {
		for range 12 {
			if err := w.RebuildIndex(context.Background()); err != nil {
				t.Errorf("building anew: %v", err)
			}
		}
	})
	w.eventually("only the last index and its name are left", func() bool {
		entries, err := os.ReadDir(filepath.Join(w.Dir(), "index"))
		return err == nil && len(entries) == 2
	})
}

// TestAnIndexIsComparedBesideWriters: records that come and go while an index is compared with the boards, one by one and in batches, are no
// fault of it.
func TestAnIndexIsComparedBesideWriters(t *testing.T) {
	w := newWorld(t)
	w.beside(func() {
		batches, ctx := sync.WaitGroup{}, context.Background()
		defer batches.Wait()
		batches.Go(func() {
			for range 25 {
				batch, err := matching.NewID(store.ImportPrefix, time.Now(), cryptorand.Reader)
				if err == nil {
					_, err = w.Store().Update(ctx, func(tx store.Tx) error {
						g := sparky()
						g.ID, err = matching.NewID(matching.GraduatePrefix, time.Now(), cryptorand.Reader)
						return errors.Join(err, tx.StageIn(ctx, batch), tx.PutGraduate(ctx, g, nil), tx.PublishBatch(ctx, batch))
					})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
		if err := w.CompareBeside(context.Background(), filepath.Join(t.TempDir(), "index"), 200); err != nil {
			t.Error(err)
		}
	})
}

// TestRebuildingForACallerWhoLeaves: whenever a caller goes away, the index in use holds everything.
func TestRebuildingForACallerWhoLeaves(t *testing.T) {
	w := newWorld(t)
	left := 0
	w.beside(func() {
		for i := range 16 {
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i*4)*time.Millisecond)
			if err := w.RebuildIndex(ctx); err != nil {
				left++
			}
			cancel()
		}
	})
	if left == 0 {
		t.Error("no caller left in time: the test shows nothing")
	}
	if err := w.Ready(); err != nil {
		t.Errorf("not ready: %v", err)
	}
}

func TestAnIndexThatFailsIsBuiltAnew(t *testing.T) {
	w := newWorld(t)
	p, g := w.post(titled("Submersible pump wiring")), w.enrol()
	if err := w.FailIndex(); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"submersible", "electrician submersible"} {
		r, err := w.Search(context.Background(), node.SearchRequest{Text: text})
		if err != nil || !slices.Contains(ids(r.Results), p.ID) {
			t.Errorf("%s: %v, want an answer without the index", text, err)
		}
	}
	e := *w.employer
	e.Asked, e.Answered = 40, 1
	w.done(w.ChangeEmployer(context.Background(), &e, nil)) // the batch that fails
	next := w.post(titled("Switchboard repair"))
	w.wantLists(p, g, everywhere...)
	w.wantLists(next, g, everywhere...)
	w.clean()
	if err := w.Ready(); err != nil {
		t.Errorf("not ready: %v", err)
	}
	if s := w.IndexState(); s.Faults == 0 || s.Rebuilds < 2 || !s.InUse || s.Behind != 0 {
		t.Errorf("%+v: want a fault that was counted, and another index in use", s)
	}
}

// eventually waits until something is so, and fails the test when it does not come about.
func (w *world) eventually(what string, so func() bool) {
	w.Helper()
	const patience = 30 * time.Second
	for began := time.Now(); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > patience {
			w.Fatalf("not in %v: %s", patience, what)
		}
	}
}
