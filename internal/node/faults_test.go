package node_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// faultyStore is a store between whose steps a test does something.
type faultyStore struct {
	store.Store
	failing        atomic.Bool // graduates cannot be read, once
	away           atomic.Bool // no posting can be read for now
	afterGraduates func()      // runs once, after a walk over all graduates
}

func (s *faultyStore) Graduates(ctx context.Context, ids []matching.ID) ([]*matching.Graduate, error) {
	if len(ids) > 0 && s.failing.CompareAndSwap(true, false) {
		return nil, errors.New("the disk does not answer")
	}
	return s.Store.Graduates(ctx, ids)
}

func (s *faultyStore) Posting(ctx context.Context, id matching.ID) (*matching.Posting, error) {
	if s.away.Load() {
		return nil, fault.New(fault.Unavailable, "test", "The database cannot be reached just now.")
	}
	return s.Store.Posting(ctx, id)
}

func (s *faultyStore) EachGraduate(ctx context.Context, after matching.ID, visit func(*matching.Graduate) error) (store.Head, error) {
	head, err := s.Store.EachGraduate(ctx, after, visit)
	if do := s.afterGraduates; do != nil {
		s.afterGraduates = nil
		do()
	}
	return head, err
}

// faultyWorld is a world on a faulty store.
func faultyWorld(t *testing.T) (*world, *faultyStore) {
	t.Helper()
	w, faulty := newWorld(t), &faultyStore{}
	err := w.WrapStore(func(s store.Store) store.Store {
		faulty.Store = s
		return faulty
	})
	if err != nil {
		t.Fatal(err)
	}
	return w, faulty
}

// TestAChangeThatCannotBeFollowedIsTriedAgain: an employer's facts and a graduate come in one batch, which fails after the employer
// was read. The postings must be judged anew all the same.
func TestAChangeThatCannotBeFollowedIsTriedAgain(t *testing.T) {
	w, faulty := faultyWorld(t)
	p, g := w.post(), sparky()
	var err error
	if g.ID, err = matching.NewID(matching.GraduatePrefix, day, zeros{}); err != nil {
		t.Fatal(err)
	}
	w.employer.Asked, w.employer.Answered = 40, 2
	ctx := context.Background()
	var position store.Position
	err = w.WithoutFollower(func(s store.Store) (err error) {
		faulty.failing.Store(true)
		position, err = s.Update(ctx, func(tx store.Tx) error {
			return errors.Join(tx.PutEmployer(ctx, w.employer, nil), tx.PutGraduate(ctx, g, &matching.Personal{Phone: "03922222222"}))
		})
		return err
	})
	if err == nil {
		err = w.WaitFor(ctx, position)
	}
	if err != nil || faulty.failing.Load() {
		t.Fatalf("%v; failed as it should: %t", err, !faulty.failing.Load())
	}
	w.clean()
	w.wantLists(p, g, everywhere...)
	if err := w.Ready(); err != nil {
		t.Errorf("not ready: %v", err)
	}
}

// zeros is no source of chance at all.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestAnUnfollowedJournalIsNotReady: while the journal cannot be followed the node says so, and a writer is not told that it failed.
func TestAnUnfollowedJournalIsNotReady(t *testing.T) {
	w, faulty := faultyWorld(t)
	faulty.failing.Store(true)
	enrolled := make(chan *matching.Graduate)
	go func() { enrolled <- w.enrol() }() // seen at the second try, a second later
	notReady := false
	for g := (*matching.Graduate)(nil); g == nil; {
		select {
		case g = <-enrolled:
			w.wantLists(w.post(), g, everywhere...)
		case <-time.After(5 * time.Millisecond):
			notReady = notReady || fault.KindOf(w.Ready()) == fault.Unavailable
		}
	}
	if err := w.Ready(); !notReady || err != nil {
		t.Errorf("it said meanwhile that it was not ready: %t; now it says %v", notReady, err)
	}
	w.clean()
}

// TestCatchingUpTheIndexLeavesTheBoardsToTheFollower: the index reads ahead of what the boards show. An employer's new facts must still
// reach the boards.
func TestCatchingUpTheIndexLeavesTheBoardsToTheFollower(t *testing.T) {
	w := newWorld(t)
	w.post()
	ctx := context.Background()
	w.employer.Asked, w.employer.Answered = 40, 2
	var position store.Position
	err := w.WithoutFollower(func(s store.Store) (err error) {
		position, err = s.Update(ctx, func(tx store.Tx) error { return tx.PutEmployer(ctx, w.employer, nil) })
		return errors.Join(err, w.CatchUpFromStart(ctx))
	})
	if err == nil {
		err = w.WaitFor(ctx, position)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.clean()
}

// TestACallerWhoLeavesBeforeTheSwap asks for a new index and goes away when all records are in it but one that came meanwhile.
func TestACallerWhoLeavesBeforeTheSwap(t *testing.T) {
	w, faulty := faultyWorld(t)
	g := w.enrol()
	var p *matching.Posting
	ctx, leave := context.WithCancel(context.Background())
	faulty.afterGraduates = func() {
		p = w.post(titled("Submersible pump wiring"))
		leave()
	}
	if err := w.RebuildIndex(ctx); err != nil {
		t.Errorf("building anew: %v", err)
	}
	w.clean()
	w.wantLists(p, g, everywhere...)
}

// TestARebuildThatFailsLeavesTheIndexInUse: nothing is lost but the new one.
func TestARebuildThatFailsLeavesTheIndexInUse(t *testing.T) {
	w, _ := faultyWorld(t)
	p, g := w.post(), w.enrol()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := w.RebuildIndex(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("for a caller who has left: %v", err)
	}
	w.wantLists(p, g, everywhere...)
	w.clean()
}

func TestVerifyingSeesWhatIsWrong(t *testing.T) {
	w := newWorld(t)
	w.post()
	g := w.enrol()
	ctx := context.Background()
	err := w.WithoutFollower(func(s store.Store) error { // nobody tells the boards
		_, err := s.Update(ctx, func(tx store.Tx) error { return tx.DeleteGraduate(ctx, g.ID) })
		if err != nil {
			return err
		}
		report, err := w.VerifyIndex(ctx)
		if len(report.Wrong) != 2 || report.Postings != 1 || report.Graduates != 0 || report.Indexed != 2 {
			t.Errorf("%+v: want a document and a row of nobody", report)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAClosedNodeAnswersUnavailable(t *testing.T) {
	n := newNode(t, t.TempDir()+"/data")
	w := worldOf(t, n)
	g := w.enrol()
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	_, matches := n.Matches(ctx, node.MatchRequest{ID: g.ID})
	_, search := n.Search(ctx, node.SearchRequest{Text: "submersible"})
	_, created := n.CreatePosting(ctx, w.wiring())
	for name, err := range map[string]error{"Matches": matches, "Search": search, "CreatePosting": created, "Ready": n.Ready(),
		"RebuildIndex": n.RebuildIndex(ctx)} {
		if fault.KindOf(err) != fault.Unavailable || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestListsGoOnWhileTheRecordsAreAway: board and index answer, and say what is missing.
func TestListsGoOnWhileTheRecordsAreAway(t *testing.T) {
	w, faulty := faultyWorld(t)
	p, g := w.post(), w.enrol()
	for _, away := range []bool{true, false} {
		faulty.away.Store(away)
		found := w.find(node.SearchRequest{Trade: p.Trade, Near: p.Location})
		matches, err := w.Matches(context.Background(), node.MatchRequest{ID: g.ID})
		if err != nil {
			t.Fatal(err)
		}
		for name, list := range map[string]struct {
			results []node.Found
			partial bool
		}{"search": {found.Results, found.Partial}, "matches": {matches.Results, matches.Partial}} {
			if len(list.results) != 1 || list.results[0].ID != p.ID || list.partial != away || (list.results[0].Posting == nil) != away {
				t.Errorf("%s, records away %t: partial %t, %+v", name, away, list.partial, list.results)
			}
		}
	}
}
