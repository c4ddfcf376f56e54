package storetest

import (
	"sync"
	"sync/atomic"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// freshCases hold whatever a store keeps in memory to what is in its tables.
var freshCases = []testCase{
	{"what a change wrote is read by whoever asks after it, while others ask all the time", func(s *suite) {
		g := fullGraduate(1)
		g.BirthDecade = 1
		s.putGraduate(g, nil)
		var written atomic.Int64
		written.Store(g.Version)
		stop := s.askAllTheTime(func() {
			least := written.Load()
			found, err := s.s.Graduate(s.ctx, g.ID)
			if err != nil || found.Version < least || int64(found.BirthDecade) != found.Version {
				s.Errorf("read %+v (%v) after version %d was written", found, err, least)
			}
		})
		defer stop()
		for range 60 {
			g.BirthDecade = int(g.Version) + 1
			s.putGraduate(g, nil)
			written.Store(g.Version)
		}
	}},
	{"who was deleted is not found by whoever asks after it, while others ask all the time", func(s *suite) {
		for n := range 20 {
			g := graduate(n)
			s.putGraduate(g, nil)
			var gone atomic.Bool
			stop := s.askAllTheTime(func() {
				before := gone.Load()
				if _, err := s.s.Graduate(s.ctx, g.ID); before && fault.KindOf(err) != fault.NotFound || !before && err != nil && fault.KindOf(err) != fault.NotFound {
					s.Errorf("error %v of a graduate who is gone: %v", err, before)
				}
			})
			s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, g.ID) })
			gone.Store(true)
			_, err := s.s.Graduate(s.ctx, g.ID)
			s.is(fault.NotFound, err)
			stop()
		}
	}},
	{"a token that was revoked is not found by whoever asks after it, and one that was put anew is the new one", func(s *suite) {
		hash := make([]byte, store.TokenHashBytes)
		for n := range 20 {
			hash[0] = byte(n)
			token := store.Token{ID: string(id("tok", n)), Role: "staff", Subject: "office", Hash: hash, Created: time.Unix(1_800_000_000, 0).UTC()}
			put := func(role string) {
				next := token
				next.Role = role
				s.update(func(tx store.Tx) error { return tx.PutToken(s.ctx, &next) })
			}
			put("staff")
			var gone atomic.Bool
			stop := s.askAllTheTime(func() {
				before := gone.Load()
				if _, err := s.s.TokenByHash(s.ctx, hash); before && fault.KindOf(err) != fault.NotFound || !before && err != nil && fault.KindOf(err) != fault.NotFound {
					s.Errorf("error %v of a token that is gone: %v", err, before)
				}
			})
			put("service")
			found, err := s.s.TokenByHash(s.ctx, hash)
			s.must(err)
			s.same("service", found.Role)
			s.update(func(tx store.Tx) error { return tx.DeleteToken(s.ctx, token.ID) })
			gone.Store(true)
			_, err = s.s.TokenByHash(s.ctx, hash)
			s.is(fault.NotFound, err)
			stop()
		}
	}},
	{"whoever reads a record may change it, and nobody else reads his change", func(s *suite) {
		want := fullGraduate(1)
		s.putGraduate(want, nil)
		for range 3 {
			g, err := s.s.Graduate(s.ctx, want.ID)
			s.must(err)
			s.same(want, g)
			g.Trades[0].Trade, g.Trades[0].Skills[0], g.Status = "another", "another", matching.Paused
		}
		hash := make([]byte, store.TokenHashBytes)
		s.update(func(tx store.Tx) error {
			return tx.PutToken(s.ctx, &store.Token{ID: string(id("tok", 1)), Role: "staff", Hash: hash})
		})
		for range 3 {
			token, err := s.s.TokenByHash(s.ctx, hash)
			s.must(err)
			s.same("staff", token.Role)
			s.same(byte(0), token.Hash[0])
			token.Role, token.Hash[0] = "another", 7
		}
	}},
	{"a change that is undone leaves what is read as it was", func(s *suite) {
		g := graduate(1)
		s.putGraduate(g, nil)
		_, err := s.s.Graduate(s.ctx, g.ID)
		s.must(err)
		_, err = s.s.Update(s.ctx, func(tx store.Tx) error {
			changed := g.Clone()
			changed.Status = matching.Paused
			s.must(tx.PutGraduate(s.ctx, changed, nil))
			inside, err := tx.Graduate(s.ctx, g.ID)
			s.must(err)
			s.same(matching.Paused, inside.Status)
			outside, err := s.s.Graduate(s.ctx, g.ID)
			s.must(err)
			s.same(g, outside)
			return errOwn
		})
		if err != errOwn {
			s.Fatalf("error %v, want the change's own", err)
		}
		found, err := s.s.Graduate(s.ctx, g.ID)
		s.must(err)
		s.same(g, found)
	}},
}

// askAllTheTime asks from several goroutines until it is told to stop.
func (s *suite) askAllTheTime(ask func()) (stop func()) {
	var asking sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					ask()
				}
			}
		})
	}
	return func() { close(done); asking.Wait() }
}
