package node_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
	"rabta/store"
)

// faultyIndex is an index that does what Bleve has been seen to do.
type faultyIndex struct {
	node.WordIndex
	panics atomic.Bool // a search panics
	hangs  atomic.Bool // a search never returns
	blocks atomic.Bool // a batch never returns
	breaks atomic.Bool // a batch panics
	failed chan struct{}
	never  chan struct{}
}

func (x *faultyIndex) Postings(ctx context.Context, q search.TextQuery) ([]search.Hit, error) {
	if x.panics.Load() {
		panic("segment base is nil")
	}
	if x.hangs.Load() {
		<-x.never
	}
	return x.WordIndex.Postings(ctx, q)
}

// Graduates fails as Postings does.
func (x *faultyIndex) Graduates(ctx context.Context, q search.TextQuery) ([]search.Hit, error) {
	if x.panics.Load() {
		panic("segment base is nil")
	}
	return x.WordIndex.Graduates(ctx, q)
}

func (x *faultyIndex) Apply(b search.Batch) error {
	if x.breaks.Load() {
		panic("assignment to entry in nil map")
	}
	if x.blocks.Load() {
		<-x.never
	}
	return x.WordIndex.Apply(b)
}

func (x *faultyIndex) Failed() <-chan struct{} { return x.failed }

// Concordance has searches ask for all postings that meet the words.
func (x *faultyIndex) Concordance(context.Context, board.Order) (*search.Concordance, error) {
	return nil, errors.New("none today")
}

// faultyWords is a world with an index at fault, and with a posting that only words find.
func faultyWords(t *testing.T) (*world, *faultyIndex, *matching.Posting) {
	t.Helper()
	w := newWorld(t)
	p := w.post(titled("Submersible pump wiring"))
	x := &faultyIndex{failed: make(chan struct{}), never: make(chan struct{})}
	w.WrapIndex(func(of node.WordIndex) node.WordIndex {
		x.WordIndex = of
		return x
	})
	t.Cleanup(func() { close(x.never) })
	return w, x, p
}

// recovers waits until another index is in use, and holds it to the store.
func (w *world) recovers(faults uint64) {
	w.Helper()
	w.eventually("another index is in use", func() bool { return w.IndexState().Rebuilds >= 2 && w.Ready() == nil })
	if s := w.IndexState(); s.Faults != faults {
		w.Errorf("%+v: want %d faults counted", s, faults)
	}
	w.clean()
}

func TestASearchThatPanicsIsAnsweredFromTheStore(t *testing.T) {
	w, x, p := faultyWords(t)
	x.panics.Store(true)
	r := w.find(node.SearchRequest{Text: "submersible"})
	if got := ids(r.Results); !slices.Equal(got, []matching.ID{p.ID}) {
		t.Errorf("%v, want %s", got, p.ID)
	}
	w.recovers(1)
}

// TestASearchThatHangs: one alone may be the machine's fault; three in a row are the index's.
func TestASearchThatHangs(t *testing.T) {
	w, x, p := faultyWords(t)
	x.hangs.Store(true)
	for range 3 {
		if s := w.IndexState(); s.Faults > 0 {
			t.Fatalf("%+v: given up too soon", s)
		}
		r := w.find(node.SearchRequest{Text: "submersible"})
		if got := ids(r.Results); !slices.Equal(got, []matching.ID{p.ID}) {
			t.Errorf("%v, want %s", got, p.ID)
		}
	}
	w.recovers(1)
}

// TestABatchThatNeverReturns: writers wait a second and readers not at all, the node says that it is not ready, and another index is built.
func TestABatchThatNeverReturns(t *testing.T) {
	w, x, p := faultyWords(t)
	g := w.enrol()
	x.blocks.Store(true)
	began := time.Now()
	next := w.post(titled("Switchboard repair"))
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("a writer waited %v", took)
	}
	if err := w.Ready(); fault.KindOf(err) != fault.Unavailable || err == nil {
		t.Errorf("ready with an index that hangs: %v", err)
	}
	for _, shown := range []*matching.Posting{p, next} {
		w.wantLists(shown, g, everywhere...)
	}
	w.recovers(1)
	for _, shown := range []*matching.Posting{p, next} {
		w.wantLists(shown, g, everywhere...)
	}
}

func TestABatchThatPanics(t *testing.T) {
	w, x, p := faultyWords(t)
	x.breaks.Store(true)
	next := w.post(titled("Submersible pump repair"))
	r := w.find(node.SearchRequest{Text: "submersible"})
	if got := ids(r.Results); len(got) != 2 || !slices.Contains(got, p.ID) || !slices.Contains(got, next.ID) {
		t.Errorf("%v, want both", got)
	}
	w.recovers(1)
}

func TestAFailureInTheBackgroundIsNoticedAtOnce(t *testing.T) {
	w, x, _ := faultyWords(t)
	close(x.failed)
	w.recovers(1)
}

// TestWordsFromTheStoreAreThoseOfTheIndex: with and without its index, a node finds the same for the same words, in the same order with
// the same scores.
func TestWordsFromTheStoreAreThoseOfTheIndex(t *testing.T) {
	n := marketNode(t, 50, 600)
	w := &world{t, n, nil}
	var with []*node.SearchResult
	texts := []string{"wiring", "helper", "experienced", "lahore machine", "welding", "electrician ghar", "تجربہ کار", "morning shift driver", "xyzzy", "silai machine operator"}
	found := 0
	for _, text := range texts {
		with = append(with, w.find(node.SearchRequest{Text: text, Limit: -1, Brief: true}))
		found += len(with[len(with)-1].Results)
	}
	if found == 0 {
		t.Fatal("nothing is found: the test shows nothing")
	}
	n.WithoutIndex()
	for i, text := range texts {
		without := w.find(node.SearchRequest{Text: text, Limit: -1, Brief: true})
		if diff := cmp.Diff(with[i].Results, without.Results); diff != "" {
			t.Errorf("%s: with the index, and without: %s", text, diff)
		}
	}
	if s := n.IndexState(); s.InUse || s.Sifted == 0 {
		t.Errorf("%+v: the index was used", s)
	}
}

// TestADeletedGraduateLeavesNoFile: her id leaves every file of the index by itself, in an index that is searched meanwhile.
func TestADeletedGraduateLeavesNoFile(t *testing.T) {
	w := newWorld(t)
	w.PurgeSoon()
	w.post()
	var gone []*matching.Graduate
	for range 5 {
		gone = append(gone, w.enrol())
		w.enrol()
	}
	for _, g := range gone {
		w.done(w.DeleteGraduate(context.Background(), g.ID, 0))
	}
	w.eventually("no file of the index holds a deleted graduate's id", func() bool {
		for _, g := range gone {
			if holdsBytes(t, filepath.Join(w.Dir(), "index"), []byte(g.ID)) {
				return false
			}
		}
		return true
	})
	w.clean()
	if err := w.Ready(); err != nil {
		t.Error(err)
	}
}

// holdsBytes tells whether any file under a directory holds some bytes. What is written or removed meanwhile is looked at again later.
func holdsBytes(t *testing.T, dir string, what []byte) (holds bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && d.IsDir() {
			return nil
		}
		body, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		holds = holds || bytes.Contains(body, what)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return holds
}

// TestAPurgeThatWasCutOffIsDoneInTheNextLife.
func TestAPurgeThatWasCutOffIsDoneInTheNextLife(t *testing.T) {
	dir := t.TempDir() + "/data"
	n := newNode(t, dir)
	w := worldOf(t, n)
	g := w.enrol()
	w.enrol()
	w.eventually("the index has her on disk", func() bool { return holdsBytes(t, filepath.Join(dir, "index"), []byte(g.ID)) })
	w.done(w.DeleteGraduate(context.Background(), g.ID, 0))
	if err := n.Close(); err != nil { // before the purge is due
		t.Fatal(err)
	}
	if !holdsBytes(t, filepath.Join(dir, "index"), []byte(g.ID)) {
		t.Fatal("Bleve leaves nothing behind by itself: the test shows nothing")
	}
	again := openNode(t, dir)
	again.PurgeSoon()
	w = &world{t, again, w.employer}
	other := w.enrol()
	w.done(w.DeleteGraduate(context.Background(), other.ID, 0))
	w.eventually("no file of the index holds the ids", func() bool {
		return !holdsBytes(t, filepath.Join(dir, "index"), []byte(g.ID)) && !holdsBytes(t, filepath.Join(dir, "index"), []byte(other.ID))
	})
}

// brokenJournal is a store whose journal is not what it was.
type brokenJournal struct {
	store.Store
	hide atomic.Uint64 // a position that is missing
}

func (s *brokenJournal) Journal(ctx context.Context, after store.Position, limit int) ([]store.Entry, error) {
	entries, err := s.Store.Journal(ctx, after, limit)
	return slices.DeleteFunc(entries, func(e store.Entry) bool { return uint64(e.Position) == s.hide.Load() }), err
}

func brokenWorld(t *testing.T) (*world, *brokenJournal) {
	t.Helper()
	w, broken := newWorld(t), &brokenJournal{}
	err := w.WrapStore(func(s store.Store) store.Store {
		broken.Store = s
		return broken
	})
	if err != nil {
		t.Fatal(err)
	}
	return w, broken
}

// TestAGapInTheJournal: what the missing entry was about is shown all the same, and the index is built anew.
func TestAGapInTheJournal(t *testing.T) {
	w, broken := brokenWorld(t)
	g := w.enrol()
	_, at := w.Journal()
	broken.hide.Store(at + 1)
	var missed, next *matching.Posting
	err := w.WithoutFollower(func(store.Store) error {
		missed, next = w.post(titled("Submersible pump wiring")), w.post(titled("Switchboard repair"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.eventually("both are shown", func() bool {
		for _, p := range []*matching.Posting{missed, next} {
			if shown, err := w.lists(p, g); err != nil || !slices.Equal(shown, everywhere) {
				return false
			}
		}
		return true
	})
	w.recovers(1)
}

// TestTheLastEntryMissing: nothing follows the gap, and only the head tells of it.
func TestTheLastEntryMissing(t *testing.T) {
	w, broken := brokenWorld(t)
	g := w.enrol()
	_, at := w.Journal()
	broken.hide.Store(at + 1)
	p := w.post(titled("Submersible pump wiring"))
	w.eventually("it is shown", func() bool {
		shown, err := w.lists(p, g)
		return err == nil && slices.Equal(shown, everywhere)
	})
	w.recovers(1)
}

// TestAnotherLifeOfTheStore: the store is replaced under the node, by one that is shorter.
func TestAnotherLifeOfTheStore(t *testing.T) {
	w := newWorld(t)
	old, g := w.post(titled("Submersible pump wiring")), w.enrol()
	for range 10 {
		w.post()
	}
	elsewhere := newWorld(t)
	p, other := elsewhere.post(titled("Switchboard repair")), elsewhere.enrol()
	var theirs store.Store
	if err := elsewhere.WithoutFollower(func(s store.Store) error { theirs = s; return nil }); err != nil {
		t.Fatal(err)
	}
	var ours store.Store
	if err := w.WrapStore(func(s store.Store) store.Store { ours = s; return theirs }); err != nil {
		t.Fatal(err)
	}
	w.eventually("the other store's records are shown", func() bool {
		shown, err := w.lists(p, other)
		return err == nil && slices.Equal(shown, everywhere)
	})
	w.recovers(1)
	r := w.find(node.SearchRequest{Text: "switchboard", Near: &lahore, Limit: -1})
	if slices.Contains(ids(r.Results), old.ID) || len(r.Results) != 1 {
		t.Errorf("%v: want the other store's alone", ids(r.Results))
	}
	if _, err := w.Matches(context.Background(), node.MatchRequest{ID: g.ID}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a graduate of before: %v", err)
	}
	if err := w.WrapStore(func(store.Store) store.Store { return ours }); err != nil {
		t.Fatal(err)
	}
	w.eventually("back in the first life", func() bool {
		shown, err := w.lists(old, g)
		return err == nil && slices.Equal(shown, everywhere)
	})
}

// TestRebuildingHoldsNobodyUp writes and searches in the middle of a rebuild, which cannot end before.
func TestRebuildingHoldsNobodyUp(t *testing.T) {
	w, faulty := faultyWorld(t)
	g := w.enrol()
	var slowest time.Duration
	faulty.afterGraduates = func() {
		for i := range 5 {
			began := time.Now()
			p := w.post(titled("Submersible pump wiring " + strings.Repeat("a", i+3)))
			w.wantLists(p, g, everywhere...)
			slowest = max(slowest, time.Since(began))
		}
	}
	if err := w.RebuildIndex(context.Background()); err != nil {
		t.Fatal(err)
	}
	if slowest == 0 || slowest > 5*time.Second {
		t.Errorf("a write and its lists took %v", slowest)
	}
	w.clean()
}
