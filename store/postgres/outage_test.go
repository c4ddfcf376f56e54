package postgres_test

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/postgres"
	"rabta/store/postgres/cluster"
)

// backWithin is how soon after a server's return a write must go through.
const backWithin = 2 * time.Second

// ledger is what a load's writers were told.
type ledger struct {
	sync.Mutex
	acknowledged []matching.ID
	failed       []error
	succeeded    chan time.Time
}

// load writes with four writers until ctx ends.
func (l *ledger) load(ctx context.Context, s *postgres.Store) *sync.WaitGroup {
	l.succeeded = make(chan time.Time, 1)
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				g, p := benchGraduate(w*1_000_000 + n)
				one, cancel := context.WithTimeout(ctx, time.Second)
				_, err := s.Update(one, func(tx store.Tx) error { return tx.PutGraduate(one, g, p) })
				cancel()
				if l.note(g.ID, err); err != nil {
					time.Sleep(5 * time.Millisecond)
				}
			}
		})
	}
	return &all
}

func (l *ledger) note(id matching.ID, err error) {
	l.Lock()
	defer l.Unlock()
	if err != nil {
		l.failed = append(l.failed, err)
		return
	}
	l.acknowledged = append(l.acknowledged, id)
	select {
	case l.succeeded <- time.Now():
	default:
	}
}

// next waits for an acknowledgement from now on.
func (l *ledger) next(t *testing.T) {
	t.Helper()
	select {
	case <-l.succeeded: // of before
	default:
	}
	began := time.Now()
	select {
	case <-l.succeeded:
		t.Logf("back after %v", time.Since(began).Round(time.Millisecond))
	case <-time.After(backWithin):
		t.Fatalf("nothing was stored within %v of the server's return", backWithin)
	}
}

// audit checks that every failure was said to be of the moment, and that nothing acknowledged is missing.
func (l *ledger) audit(t *testing.T, s *postgres.Store) {
	t.Helper()
	if len(l.acknowledged) == 0 || len(l.failed) == 0 {
		t.Fatalf("%d acknowledged, %d failed: nothing was tried", len(l.acknowledged), len(l.failed))
	}
	for _, err := range l.failed {
		if fault.KindOf(err) != fault.Unavailable {
			t.Fatalf("an outage was told as %v: %v", fault.KindOf(err), err)
		}
	}
	for _, id := range l.acknowledged {
		if _, err := s.Graduate(t.Context(), id); err != nil {
			t.Fatalf("acknowledged and lost: %v", err)
		}
	}
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d acknowledged, none lost, %d told to try again", len(l.acknowledged), len(l.failed))
}

// The server is stopped and killed under load: errors only meanwhile.
func TestRestartUnderLoad(t *testing.T) {
	c := ownCluster(t, cluster.Options{})
	s := open(t, c.URL("postgres"), store.NewKeys())
	var l ledger
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	all := l.load(ctx, s)
	l.next(t)
	for _, end := range []func(){func() { _ = c.Stop() }, c.Kill} {
		end()
		time.Sleep(300 * time.Millisecond)
		if err := c.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.next(t)
		time.Sleep(300 * time.Millisecond)
	}
	stop()
	all.Wait()
	l.audit(t, s)
}

// The primary is lost with all of its processes and its synchronous replica promoted: nothing acknowledged is missing.
func TestFailover(t *testing.T) {
	c := ownCluster(t, cluster.Options{Password: "secret"})
	r, err := c.Replica(t.Context(), filepath.Join(cluster.DirForTest(t), "r"), "second", true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Remove(); err != nil {
			t.Error(err)
		}
	})
	both, err := url.Parse(c.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	both.Host += fmt.Sprintf(",127.0.0.1:%d", r.Port())
	s := open(t, both.String(), store.NewKeys())
	var l ledger
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	all := l.load(ctx, s)
	l.next(t)
	time.Sleep(200 * time.Millisecond)
	c.Kill()
	if err := r.Promote(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.next(t)
	stop()
	all.Wait()
	l.audit(t, s)
}
