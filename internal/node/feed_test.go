package node_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// mirror is a reader of the feed: it holds what snapshot and changes told it.
type mirror struct {
	held  map[matching.ID]*matching.Posting
	since string
	asOf  time.Time
}

func takeSnapshot(w *world) (*mirror, error) {
	head, _ := w.PostingSnapshot(context.Background())
	m := &mirror{held: map[matching.ID]*matching.Posting{}, since: head.Since, asOf: head.AsOf}
	err := w.EachLivePosting(context.Background(), head, func(p *matching.Posting) error {
		m.held[p.ID] = p
		return nil
	})
	return m, err
}

// follow applies changes until there are no more.
func (m *mirror) follow(w *world, limit int) error {
	for {
		changes, err := w.PostingChanges(context.Background(), m.since, limit, 0)
		if err != nil {
			return err
		}
		for _, line := range changes.Lines {
			if line.Put != nil {
				m.held[line.Put.ID] = line.Put
			} else {
				delete(m.held, line.Left)
			}
		}
		m.since, m.asOf = changes.Since, changes.AsOf
		if !changes.More {
			return nil
		}
	}
}

// live is what the mirror shows: a posting leaves it by itself at its time of expiry.
func (m *mirror) live() map[matching.ID]int64 {
	live := map[matching.ID]int64{}
	for id, p := range m.held {
		if p.Expires.After(m.asOf) {
			live[id] = p.Version
		}
	}
	return live
}

func (w *world) livePostings(at time.Time) map[matching.ID]int64 {
	w.Helper()
	live := map[matching.ID]int64{}
	_, err := w.EachPosting(context.Background(), func(p *matching.Posting) error {
		if p.Live(at) {
			live[p.ID] = p.Version
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	return live
}

// TestFeedEndsWithExactlyTheLiveSet has writers open, change, schedule, close and publish whole batches of postings, while time goes on and
// readers take snapshots and follow; at the end every reader holds the live set.
func TestFeedEndsWithExactlyTheLiveSet(t *testing.T) {
	w, clock := timedWorld(t)
	var writers, readers sync.WaitGroup
	ended := make(chan struct{})
	for n := range 3 {
		writers.Go(func() {
			random := rand.New(rand.NewPCG(uint64(n), 7))
			var mine []*matching.Posting
			for step := range 30 {
				if err := w.stir(random, clock, &mine, fmt.Sprint(n, "-", step)); err != nil {
					t.Errorf("writer %d: %v", n, err)
					return
				}
				clock.seconds.Add(random.Int64N(40))
			}
		})
	}
	mirrors := make([]*mirror, 4)
	for i := range mirrors {
		readers.Go(func() {
			for round := 0; ; round++ {
				var err error
				if mirrors[i] == nil || round%10 == 9 && i == 0 {
					mirrors[i], err = takeSnapshot(w)
				} else {
					err = mirrors[i].follow(w, 1+7*i)
				}
				if err != nil {
					t.Errorf("reader %d: %v", i, err)
					return
				}
				select {
				case <-ended:
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
		})
	}
	writers.Wait()
	close(ended)
	readers.Wait()
	clock.seconds.Add(100)
	if t.Failed() {
		return
	}
	for i, m := range mirrors {
		if err := m.follow(w, 5); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(w.livePostings(m.asOf), m.live()); diff != "" {
			t.Errorf("reader %d (-live +held):\n%s", i, diff)
		}
		if m.asOf != clock.now() {
			t.Errorf("reader %d is of %v, and it is %v", i, m.asOf, clock.now())
		}
	}
}

// stir does one thing to the postings.
func (w *world) stir(random *rand.Rand, clock *clock, mine *[]*matching.Posting, name string) error {
	ctx := context.Background()
	at := clock.now()
	if len(*mine) < 3 || random.IntN(3) == 0 {
		p := w.wiring()
		p.Title = "Wiring " + name
		p.Posted = at.Add(time.Duration(random.IntN(3)*random.IntN(200)) * time.Second) // now, or later
		p.Expires = at.Add(time.Duration(10+random.IntN(3000)) * time.Second)
		if !p.Expires.After(p.Posted) {
			p.Expires = p.Posted.Add(time.Hour)
		}
		if random.IntN(4) == 0 {
			return w.publish(name, p)
		}
		if _, err := w.CreatePosting(ctx, p); err != nil {
			return late(err)
		}
		*mine = append(*mine, p)
		return nil
	}
	i := random.IntN(len(*mine))
	p := (*mine)[i]
	switch random.IntN(3) {
	case 0:
		*mine = slices.Delete(*mine, i, i+1)
		_, err := w.ClosePosting(ctx, p.ID, p.Version, matching.Filled)
		return err
	case 1:
		p.Expires = p.Expires.Add(time.Hour)
	default:
		p.Vacancies = 1 + random.IntN(3)
	}
	_, err := w.ChangePosting(ctx, p)
	return err
}

// late passes over a posting that expired while its writer was writing it: another's clock went on.
func late(err error) error {
	if e, ok := errors.AsType[*fault.Error](err); ok && e.Field == "expires" {
		return nil
	}
	return err
}

// publish stages a batch of copies of a posting and publishes it.
func (w *world) publish(name string, p *matching.Posting) error {
	batch, err := node.NewBatchID(w.Node)
	if err != nil {
		return err
	}
	_, err = w.Store().Update(context.Background(), func(tx store.Tx) error {
		if err := tx.StageIn(context.Background(), batch); err != nil {
			return err
		}
		for n := range 8 {
			copied := *p
			copied.Title = fmt.Sprint("Batch ", name, " ", n)
			copied.Status = matching.Open
			if copied.ID, err = node.NewPostingID(w.Node); err != nil {
				return err
			}
			if err := tx.PutPosting(context.Background(), &copied); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = w.Store().Update(context.Background(), func(tx store.Tx) error { return tx.PublishBatch(context.Background(), batch) })
	return err
}

// A follower shows a batch whole, and index and boards are what the store says, also when it is applied again from the start.
func TestAPublishedBatchIsShown(t *testing.T) {
	w := newWorld(t)
	p := w.wiring()
	p.Posted, p.Expires = day, day.AddDate(0, 1, 0)
	if err := w.publish("one", p); err != nil {
		t.Fatal(err)
	}
	head, err := w.Store().Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WaitFor(context.Background(), head.Position); err != nil {
		t.Fatal(err)
	}
	if found := w.find(node.SearchRequest{Text: "batch one", Near: &lahore, Limit: -1}); found.Total != 8 {
		t.Errorf("%d postings of the batch are found, want 8", found.Total)
	}
	w.clean()
	if err := w.CatchUpFromStart(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.clean()
}

func TestFeedMarks(t *testing.T) {
	w := newWorld(t)
	w.post()
	m, err := takeSnapshot(w)
	if err != nil || len(m.held) != 1 {
		t.Fatalf("snapshot of %d: %v", len(m.held), err)
	}
	for name, c := range map[string]struct{ since, want string }{
		"nonsense": {"x", "invalid since"}, "none": {"", "invalid since"}, "cut": {m.since[:len(m.since)-3], "invalid since"},
		"changed": {"AAAA" + m.since[4:], "invalid since"}, "long": {string(make([]byte, 5000)), "invalid since"},
	} {
		if _, err := w.PostingChanges(context.Background(), c.since, 10, 0); refusal(err) != c.want {
			t.Errorf("%s: %s, want %s", name, refusal(err), c.want)
		}
	}
	other := newWorld(t) // another life
	if _, err := other.PostingChanges(context.Background(), m.since, 10, 0); refusal(err) != "conflict since" {
		t.Errorf("a mark of another epoch: %s", refusal(err))
	}
}

// A reader with nothing to hear waits, and hears of a change when it comes.
func TestFeedWaits(t *testing.T) {
	w := newWorld(t)
	m, err := takeSnapshot(w)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if changes, err := w.PostingChanges(context.Background(), m.since, 10, 100*time.Millisecond); err != nil || len(changes.Lines) > 0 || time.Since(began) < 100*time.Millisecond {
		t.Errorf("%+v, %v after %v", changes, err, time.Since(began))
	}
	heard := make(chan node.FeedChanges, 1)
	go func() {
		changes, err := w.PostingChanges(context.Background(), m.since, 10, 20*time.Second)
		if err != nil {
			t.Error(err)
		}
		heard <- changes
	}()
	w.enrol() // no posting: nothing to hear
	p := w.post()
	if changes := <-heard; len(changes.Lines) != 1 || changes.Lines[0].Put == nil || changes.Lines[0].Put.ID != p.ID {
		t.Errorf("heard %+v", changes)
	}
}
