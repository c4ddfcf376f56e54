package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

var transactionCases = []testCase{
	{"an error of the change undoes all and comes back as it is", func(s *suite) {
		before := s.head()
		g := graduate(1)
		_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, nil))
			s.must(tx.PutPosting(s.ctx, posting(1)))
			return errOwn
		})
		if err != errOwn { // the very error, not one that wraps it
			s.Fatalf("error %v, want the change's own", err)
		}
		_, err = s.s.Graduate(s.ctx, g.ID)
		s.is(fault.NotFound, err)
		s.same(before, s.head())
		entries, err := s.s.Journal(s.ctx, 0, 10)
		s.must(err)
		s.same([]store.Entry(nil), entries)
	}},
	{"an undone transaction takes its stamps back from the records", func(s *suite) {
		g := graduate(1)
		want := *g
		_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, nil))
			s.must(tx.PutGraduate(s.ctx, g, nil))
			return errOwn
		})
		if !errors.Is(err, errOwn) {
			s.Fatal(err)
		}
		s.same(&want, g)
		s.putGraduate(g, nil) // creates: its version is 0 again
	}},
	{"after a failed put nothing is kept, whatever the change returns", func(s *suite) {
		s.putGraduate(graduate(1), nil)
		before := s.head()
		s.fails(fault.Conflict, func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, graduate(2), nil))
			s.is(fault.Conflict, tx.PutGraduate(s.ctx, graduate(1), nil))
			return nil
		})
		s.same(before, s.head())
		_, err := s.s.Graduate(s.ctx, id(matching.GraduatePrefix, 2))
		s.is(fault.NotFound, err)
	}},
	{"a look-up that finds nothing spoils no transaction", func(s *suite) {
		s.update(func(tx store.Tx) error {
			_, err := tx.Graduate(s.ctx, id(matching.GraduatePrefix, 1))
			s.is(fault.NotFound, err)
			return tx.PutGraduate(s.ctx, graduate(1), nil)
		})
		_, err := s.s.Graduate(s.ctx, id(matching.GraduatePrefix, 1))
		s.must(err)
	}},
	{"a panic of the change undoes all and leaves the store usable", func(s *suite) {
		func() {
			defer func() {
				if recover() == nil {
					s.Fatal("the panic was swallowed")
				}
			}()
			_, _ = s.s.Update(s.ctx, func(tx store.Tx) error {
				s.must(tx.PutGraduate(s.ctx, graduate(1), nil))
				panic("in a change")
			})
		}()
		_, err := s.s.Graduate(s.ctx, id(matching.GraduatePrefix, 1))
		s.is(fault.NotFound, err)
		s.putGraduate(graduate(1), nil)
	}},
	{"a transaction reads its own writes and others do not", func(s *suite) {
		g, personal := fullGraduate(1), fullPersonal()
		s.update(func(tx store.Tx) error {
			before, err := tx.Head(s.ctx)
			s.must(err)
			s.must(tx.PutGraduate(s.ctx, g, &personal))
			got, err := tx.Graduate(s.ctx, g.ID)
			s.must(err)
			s.same(g, got)
			opened, err := tx.Personal(s.ctx, g.ID)
			s.must(err)
			s.same(personal, opened)
			ids, err := tx.GraduatesByPhone(s.ctx, personal.Phone)
			s.must(err)
			s.same([]matching.ID{g.ID}, ids)
			found, err := tx.ByExternalID(s.ctx, store.GraduateNoun, g.Source, g.ExternalID)
			s.must(err)
			s.same(g.ID, found)
			visits := 0
			after, err := tx.EachGraduate(s.ctx, "", func(*matching.Graduate) error { visits++; return nil })
			s.must(err)
			s.same(store.Head{Epoch: before.Epoch, Position: before.Position + 1}, after)
			s.same(1, visits)
			entries, err := tx.Journal(s.ctx, before.Position, 10)
			s.must(err)
			s.same(1, len(entries))
			_, err = s.s.Graduate(s.ctx, g.ID) // not committed yet
			s.is(fault.NotFound, err)
			s.same(before, s.head())
			return nil
		})
	}},
	{"the position that Update returns is visible to readers", func(s *suite) {
		for n := 1; n <= 20; n++ {
			position := s.putGraduate(graduate(n), nil)
			s.same(position, s.head().Position)
			s.same(store.Position(n), position)
			_, err := s.s.Graduate(s.ctx, id(matching.GraduatePrefix, n))
			s.must(err)
		}
	}},
	{"an update that wrote nothing returns the head as it was", func(s *suite) {
		s.putGraduate(graduate(1), nil)
		head := s.head()
		s.same(head.Position, s.update(func(store.Tx) error { return nil }))
		s.same(head, s.head())
	}},
	{"what is undisturbed runs once, and gives its own error", func(s *suite) {
		s.must(s.s.Undisturbed(s.ctx, func() error {
			s.putGraduate(graduate(1), nil)
			return nil
		}))
		_, err := s.s.Graduate(s.ctx, id(matching.GraduatePrefix, 1))
		s.must(err)
		if err := s.s.Undisturbed(s.ctx, func() error { return errOwn }); err != errOwn {
			s.Errorf("error %v, want its own", err)
		}
	}},
	{"a cancelled context changes nothing", func(s *suite) {
		ctx, cancel := context.WithCancel(s.ctx)
		_, err := s.s.Update(ctx, func(tx store.Tx) error {
			s.must(tx.PutGraduate(ctx, graduate(1), nil))
			cancel()
			return nil
		})
		s.ended(err, context.Canceled)
		s.same(store.Position(0), s.head().Position)
		_, err = s.s.Update(ctx, func(store.Tx) error { s.Error("the change ran"); return nil })
		s.ended(err, context.Canceled)
	}},
	{"a write in an ended context fails within a change", func(s *suite) {
		ctx, cancel := context.WithCancel(s.ctx)
		cancel()
		_, err := s.s.Update(s.ctx, func(tx store.Tx) error { return tx.PutGraduate(ctx, graduate(1), nil) })
		s.ended(err, context.Canceled)
		s.putGraduate(graduate(1), nil)
	}},
	{"reads in an ended context fail", func(s *suite) {
		s.putGraduate(graduate(1), nil)
		ctx, cancel := context.WithCancel(s.ctx)
		cancel()
		_, err := s.s.Graduate(ctx, id(matching.GraduatePrefix, 1))
		s.ended(err, context.Canceled)
		_, err = s.s.Head(ctx)
		s.ended(err, context.Canceled)
		_, err = s.s.EachGraduate(ctx, "", func(*matching.Graduate) error { return nil })
		s.ended(err, context.Canceled)
	}},
	{"a writer who waits for another's record gives up at the deadline", func(s *suite) {
		g := graduate(1)
		s.putGraduate(g, nil)
		mine, theirs := *g, *g
		entered, leave, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
				err := tx.PutGraduate(s.ctx, &theirs, nil)
				close(entered)
				<-leave
				return err
			})
			done <- err
		}()
		<-entered
		ctx, cancel := context.WithTimeout(s.ctx, 100*time.Millisecond)
		defer cancel()
		_, err := s.s.Update(ctx, func(tx store.Tx) error { return tx.PutGraduate(ctx, &mine, nil) })
		s.ended(err, context.DeadlineExceeded)
		close(leave)
		s.must(<-done)
		s.fails(fault.Stale, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, &mine, nil) })
	}},
	{"what a change has read stays as it is until it ends", func(s *suite) {
		g := graduate(1)
		s.putGraduate(g, nil)
		const writers, rounds = 4, 5
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for range rounds {
					_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
						read, err := tx.Graduate(s.ctx, g.ID)
						if err != nil {
							return err
						}
						read.Travel.MaxMetres++
						return tx.PutGraduate(s.ctx, read, nil)
					})
					if err != nil {
						s.Error(err)
					}
				}
			})
		}
		all.Wait()
		got, err := s.s.Graduate(s.ctx, g.ID)
		s.must(err)
		s.same(float64(writers*rounds), got.Travel.MaxMetres)
	}},
	{"what a change looked for in vain and then creates is created once", func(s *suite) {
		const writers = 6
		var all sync.WaitGroup
		for n := range writers {
			all.Go(func() {
				_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
					_, err := tx.ByExternalID(s.ctx, store.GraduateNoun, "navttc", "7")
					if err == nil || fault.KindOf(err) != fault.NotFound {
						return err
					}
					g := graduate(n)
					g.Source, g.ExternalID = "navttc", "7"
					return tx.PutGraduate(s.ctx, g, nil)
				})
				if err != nil {
					s.Error(err)
				}
			})
		}
		all.Wait()
		s.same(store.Position(1), s.head().Position)
	}},
	{"a conflict among many new records is told, at the latest by Update, and undoes all", func(s *suite) {
		s.putGraduate(graduate(700), nil)
		before := s.head()
		for _, taken := range []int{700, 20} { // of before, and of this very change
			s.fails(fault.Conflict, func(tx store.Tx) error {
				for n := 1; n <= 699; n++ {
					if err := tx.PutGraduate(s.ctx, graduate(n), nil); err != nil {
						return err
					}
				}
				return tx.PutGraduate(s.ctx, graduate(taken), nil)
			})
			s.same(before, s.head())
		}
		_, err := s.s.Graduate(s.ctx, id(matching.GraduatePrefix, 1))
		s.is(fault.NotFound, err)
	}},
	{"many new records are found by the change that creates them, in every way", func(s *suite) {
		s.update(func(tx store.Tx) error {
			for n := 1; n <= 40; n++ {
				g := graduate(n)
				g.Source, g.ExternalID = "roster", fmt.Sprint(n)
				phone := fmt.Sprintf("0300%07d", n)
				_, err := tx.ByExternalID(s.ctx, store.GraduateNoun, g.Source, g.ExternalID)
				s.is(fault.NotFound, err)
				s.must(tx.PutGraduate(s.ctx, g, &matching.Personal{Phone: phone, CNIC: fmt.Sprintf("35202%08d", n)}))
				var found []matching.ID
				var lookErr error
				switch n % 4 { // each way first for some: what one finds the others may find because of it
				case 0:
					var one matching.ID
					one, lookErr = tx.ByExternalID(s.ctx, store.GraduateNoun, g.Source, g.ExternalID)
					found = []matching.ID{one}
				case 1:
					found, lookErr = tx.GraduatesByPhone(s.ctx, phone)
				case 2:
					found, lookErr = tx.GraduatesByCNIC(s.ctx, fmt.Sprintf("35202%08d", n))
				case 3:
					var personal matching.Personal
					personal, lookErr = tx.Personal(s.ctx, g.ID)
					s.same(phone, personal.Phone)
					found = []matching.ID{g.ID}
				}
				s.must(lookErr)
				s.same([]matching.ID{g.ID}, found)
			}
			return nil
		})
		s.must(s.s.Check(s.ctx))
	}},
	{"many new records are read, changed and deleted by the change that creates them", func(s *suite) {
		const many = 60
		s.update(func(tx store.Tx) error {
			for n := 1; n <= many; n++ {
				g := graduate(n)
				s.must(tx.PutGraduate(s.ctx, g, nil))
				if n%20 == 0 {
					s.must(tx.PutGraduate(s.ctx, g, nil))
				}
				if n%30 == 7 {
					s.must(tx.DeleteGraduate(s.ctx, g.ID))
				}
			}
			visits := 0
			_, err := tx.EachGraduate(s.ctx, "", func(*matching.Graduate) error { visits++; return nil })
			s.same(many-2, visits)
			return err
		})
		s.same(store.Position(many+3+2), s.head().Position)
		g, err := s.s.Graduate(s.ctx, id(matching.GraduatePrefix, 40))
		s.must(err)
		s.same(int64(2), g.Version)
	}},
}

// ended checks the error of a context that ended.
func (s *suite) ended(err, cause error) {
	s.Helper()
	s.is(fault.Unavailable, err)
	if !errors.Is(err, cause) {
		s.Fatalf("errors.Is does not find %v in %v", cause, err)
	}
}
