package storetest

import (
	"context"
	"sync"

	"rabta/matching"
	"rabta/store"
)

var walkCases = []testCase{
	{"a walk visits every record in id order and returns the head", func(s *suite) {
		for _, n := range []int{5, 2, 4, 1, 3} {
			s.update(func(tx store.Tx) error {
				s.must(tx.PutGraduate(s.ctx, graduate(n), nil))
				s.must(tx.PutPosting(s.ctx, posting(n)))
				e, i := fullEmployer(n), fullInstitute(n)
				e.Source, i.Source = string(e.ID), string(i.ID)
				s.must(tx.PutEmployer(s.ctx, e, nil))
				return tx.PutInstitute(s.ctx, i)
			})
		}
		ids := func(prefix string) (want []matching.ID) {
			for n := 1; n <= 5; n++ {
				want = append(want, id(prefix, n))
			}
			return want
		}
		var got []matching.ID
		head, err := s.s.EachGraduate(s.ctx, "", func(g *matching.Graduate) error { got = append(got, g.ID); return nil })
		s.must(err)
		s.same(ids(matching.GraduatePrefix), got)
		s.same(s.head(), head)
		got = nil
		head, err = s.s.EachPosting(s.ctx, "", func(p *matching.Posting) error { got = append(got, p.ID); return nil })
		s.must(err)
		s.same(ids(matching.PostingPrefix), got)
		s.same(s.head(), head)
		got = nil
		_, err = s.s.EachEmployer(s.ctx, "", func(e *matching.Employer) error { got = append(got, e.ID); return nil })
		s.must(err)
		s.same(ids(matching.EmployerPrefix), got)
		got = nil
		_, err = s.s.EachInstitute(s.ctx, "", func(i *matching.Institute) error { got = append(got, i.ID); return nil })
		s.must(err)
		s.same(ids(matching.InstitutePrefix), got)
	}},
	{"a walk shows records as reading does", func(s *suite) {
		g := fullGraduate(1)
		s.putGraduate(g, nil)
		_, err := s.s.EachGraduate(s.ctx, "", func(got *matching.Graduate) error { s.same(g, got); return nil })
		s.must(err)
	}},
	{"a walk of an empty store visits nothing", func(s *suite) {
		head, err := s.s.EachPosting(s.ctx, "", func(*matching.Posting) error { return errOwn })
		s.must(err)
		s.same(s.head(), head)
	}},
	{"a walk begins after the given id", func(s *suite) {
		for n := 1; n <= 4; n++ {
			s.putGraduate(graduate(n), nil)
		}
		var got []matching.ID
		_, err := s.s.EachGraduate(s.ctx, id(matching.GraduatePrefix, 2), func(g *matching.Graduate) error {
			got = append(got, g.ID)
			return nil
		})
		s.must(err)
		s.same([]matching.ID{id(matching.GraduatePrefix, 3), id(matching.GraduatePrefix, 4)}, got)
	}},
	{"an error of visit ends the walk and comes back as it is", func(s *suite) {
		for n := 1; n <= 3; n++ {
			s.putGraduate(graduate(n), nil)
		}
		visits := 0
		_, err := s.s.EachGraduate(s.ctx, "", func(*matching.Graduate) error { visits++; return errOwn })
		if err != errOwn || visits != 1 {
			s.Fatalf("error %v after %d visits, want the visit's own after one", err, visits)
		}
	}},
	{"a context that ends during a walk ends it", func(s *suite) {
		for n := 1; n <= 3; n++ {
			s.putGraduate(graduate(n), nil)
		}
		ctx, cancel := context.WithCancel(s.ctx)
		_, err := s.s.EachGraduate(ctx, "", func(*matching.Graduate) error { cancel(); return nil })
		s.ended(err, context.Canceled)
	}},
	{"a visit may read and write the store, and does not see it", func(s *suite) {
		for n := 1; n <= 3; n++ {
			s.putGraduate(graduate(n), nil)
		}
		before, visits := s.head(), 0
		head, err := s.s.EachGraduate(s.ctx, "", func(g *matching.Graduate) error {
			visits++
			_, err := s.s.Graduate(s.ctx, g.ID)
			s.must(err)
			s.putGraduate(graduate(100+visits), nil)
			return nil
		})
		s.must(err)
		s.same(3, visits)
		s.same(before, head)
	}},
	{"a snapshot is consistent while others write", consistentSnapshot},
}

// consistentSnapshot has writers that create two records in each transaction: every walk must see an even number, exactly as
// many as its head counts.
func consistentSnapshot(s *suite) {
	const writers, rounds = 3, 30
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for r := range rounds {
				n := 2 * (w*rounds + r)
				_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
					if err := tx.PutGraduate(s.ctx, graduate(n), nil); err != nil {
						return err
					}
					return tx.PutGraduate(s.ctx, graduate(n+1), nil)
				})
				if err != nil {
					s.Error(err)
				}
			}
		})
	}
	finished := make(chan struct{})
	go func() { wg.Wait(); close(finished) }()
	for last := false; !last; {
		select {
		case <-finished:
			last = true
		default:
		}
		count := store.Position(0)
		head, err := s.s.EachGraduate(s.ctx, "", func(*matching.Graduate) error { count++; return nil })
		s.must(err)
		if count != head.Position || count%2 != 0 {
			s.Errorf("a walk saw %d records at position %d", count, head.Position)
			<-finished
			return
		}
	}
	s.same(store.Position(2*writers*rounds), s.head().Position)
}
