package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

var journalCases = []testCase{
	{"a new store has an epoch and is at position 0", func(s *suite) {
		head := s.head()
		if head.Epoch == "" || head.Position != 0 {
			s.Fatalf("head of a new store: %+v", head)
		}
	}},
	{"every put and delete appends its entry", func(s *suite) {
		g, p := graduate(1), posting(1)
		e, i := fullEmployer(1), fullInstitute(1)
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, nil))
			s.must(tx.PutGraduate(s.ctx, g, nil))
			s.must(tx.PutPosting(s.ctx, p))
			s.must(tx.PutEmployer(s.ctx, e, nil))
			s.must(tx.PutInstitute(s.ctx, i))
			s.must(tx.PutPlace(s.ctx, store.ImportedPlace{ID: "plc-1", Body: []byte(`{}`)}))
			s.must(tx.PutToken(s.ctx, token(1)))
			s.must(tx.DeleteToken(s.ctx, token(1).ID))
			return tx.DeleteGraduate(s.ctx, g.ID)
		})
		entries, err := s.s.Journal(s.ctx, 0, 100)
		s.must(err)
		type short struct {
			Position  store.Position
			Noun      store.Noun
			ID        matching.ID
			Version   int64
			Operation store.Operation
		}
		var got []short
		for _, e := range entries {
			got = append(got, short{e.Position, e.Noun, e.ID, e.Version, e.Operation})
			if e.At != g.Updated {
				s.Fatalf("entry of %v, want the time of its transaction, %v", e.At, g.Updated)
			}
		}
		s.same([]short{
			{1, store.GraduateNoun, g.ID, 1, store.Put}, {2, store.GraduateNoun, g.ID, 2, store.Put},
			{3, store.PostingNoun, p.ID, 1, store.Put}, {4, store.EmployerNoun, e.ID, 1, store.Put},
			{5, store.InstituteNoun, i.ID, 1, store.Put}, {6, store.PlaceNoun, "plc-1", 1, store.Put},
			{7, store.TokenNoun, matching.ID(token(1).ID), 1, store.Put}, {8, store.TokenNoun, matching.ID(token(1).ID), 1, store.Delete},
			{9, store.GraduateNoun, g.ID, 2, store.Delete},
		}, got)
	}},
	{"the journal gives up to limit entries after a position", func(s *suite) {
		for n := 1; n <= 5; n++ {
			s.putGraduate(graduate(n), nil)
		}
		for _, c := range []struct {
			after store.Position
			limit int
			want  []store.Position
		}{{0, 2, []store.Position{1, 2}}, {3, 10, []store.Position{4, 5}}, {5, 10, nil}, {99, 10, nil}, {0, 0, nil}, {0, -1, nil}} {
			entries, err := s.s.Journal(s.ctx, c.after, c.limit)
			s.must(err)
			var got []store.Position
			for _, e := range entries {
				got = append(got, e.Position)
			}
			s.same(c.want, got)
		}
	}},
	{"positions follow commit order without gaps under 16 writers", concurrentWriters},
}

// concurrentWriters has 16 writers, some of whose transactions fail, and a follower beside them: it must never meet a gap, and
// each writer's positions must be its own.
func concurrentWriters(s *suite) {
	const writers, rounds = 16, 12
	ctx, stop := context.WithCancel(s.ctx)
	defer stop()
	followed := make(chan []store.Entry, 1)
	go func() { followed <- follow(ctx, s) }()

	var wg sync.WaitGroup
	var mu sync.Mutex
	owner := map[store.Position]matching.ID{} // of the last entry of each transaction
	for w := range writers {
		wg.Go(func() {
			for r := range rounds {
				n := 2 * (w*rounds + r)
				position, err := s.s.Update(s.ctx, func(tx store.Tx) error {
					err := errors.Join(tx.PutGraduate(s.ctx, graduate(n), nil), tx.PutGraduate(s.ctx, graduate(n+1), nil))
					if r%4 == 3 {
						return errOwn
					}
					return err
				})
				if r%4 == 3 {
					if err != errOwn {
						s.Errorf("error %v, want the change's own", err)
					}
					continue
				}
				if err != nil {
					s.Error(err)
				}
				mu.Lock()
				owner[position] = id(matching.GraduatePrefix, n+1)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	const committed = 2 * writers * (rounds - rounds/4)
	s.same(store.Position(committed), s.head().Position)
	s.must(s.s.Wait(s.ctx, committed-1))
	entries := <-followed
	s.same(committed, len(entries))
	for i, e := range entries {
		if e.Position != store.Position(i+1) {
			s.Fatalf("the follower met position %d after %d", e.Position, i)
		}
		if want, ok := owner[e.Position]; ok && want != e.ID {
			s.Fatalf("position %d is of %s, and Update returned it to the writer of %s", e.Position, e.ID, want)
		}
	}
	s.same(committed/2, len(owner))
}

// follow reads the journal as a node does until nothing has come for a while.
func follow(ctx context.Context, s *suite) (seen []store.Entry) {
	position := store.Position(0)
	for {
		waiting, cancel := context.WithTimeout(ctx, 2*time.Second)
		err := s.s.Wait(waiting, position)
		cancel()
		if err != nil {
			return seen
		}
		entries, err := s.s.Journal(ctx, position, 7)
		if err != nil {
			s.Error(err)
			return seen
		}
		if len(entries) == 0 {
			s.Error("Wait returned and the journal has nothing")
			return seen
		}
		seen = slices.Concat(seen, entries)
		position = entries[len(entries)-1].Position
	}
}

var waitCases = []testCase{
	{"Wait returns at once when the journal is past", func(s *suite) {
		s.putGraduate(graduate(1), nil)
		s.must(s.s.Wait(s.ctx, 0))
	}},
	{"Wait wakes after a commit", func(s *suite) {
		const waiters = 5
		woken := make(chan error, waiters)
		for range waiters {
			go func() { woken <- s.s.Wait(s.ctx, 1) }()
		}
		s.putGraduate(graduate(1), nil) // position 1: not past it
		select {
		case err := <-woken:
			s.Fatalf("woken at position 1, past 1 was asked for: %v", err)
		case <-time.After(50 * time.Millisecond):
		}
		s.putGraduate(graduate(2), nil)
		for range waiters {
			select {
			case err := <-woken:
				s.must(err)
			case <-time.After(5 * time.Second):
				s.Fatal("nobody was woken")
			}
		}
	}},
	{"Wait ends with its context", func(s *suite) {
		ctx, cancel := context.WithTimeout(s.ctx, 20*time.Millisecond)
		defer cancel()
		s.ended(s.s.Wait(ctx, 0), context.DeadlineExceeded)
	}},
	{"Wait ends when the store closes", func(s *suite) {
		ended := make(chan error, 1)
		go func() { ended <- s.s.Wait(s.ctx, 0) }()
		time.Sleep(10 * time.Millisecond)
		s.must(s.s.Close())
		s.is(fault.Unavailable, <-ended)
	}},
}
