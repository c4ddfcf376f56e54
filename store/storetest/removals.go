package storetest

import (
	"bytes"
	"slices"
	"time"

	"rabta/matching"
	"rabta/store"
)

// removalCases are what is remembered of deleted people, and what accounts have used up.
var removalCases = []testCase{
	{"a deleted person's external ids are remembered by digests alone, those merged into her too", func(s *suite) {
		other := graduate(2)
		other.Source, other.ExternalID = "college", "7"
		kept := graduate(1)
		kept.Source, kept.ExternalID = "institute", "1"
		s.putGraduate(kept, nil)
		s.putGraduate(other, nil)
		s.update(func(tx store.Tx) error { // merged: 2 into 1
			s.must(tx.MoveExternalIDs(s.ctx, other.ID, kept.ID))
			return tx.DeleteGraduate(s.ctx, other.ID)
		})
		s.removals(0)
		s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, kept.ID) })
		digests := s.removals(2)
		for _, known := range []struct{ source, id string }{{"institute", "1"}, {"college", "7"}} {
			want := s.keys.RemovedDigest(known.source, known.id)
			if !slices.ContainsFunc(digests, func(d []byte) bool { return bytes.Equal(d, want) }) {
				s.Errorf("%v is not remembered", known)
			}
		}
		s.update(func(tx store.Tx) error { return tx.ForgetRemoval(s.ctx, s.keys.RemovedDigest("college", "7")) })
		s.removals(1)
		s.s = s.reopen()
		s.removals(1)
	}},
	{"a person without an external id leaves no digest, and one who is not there none either", func(s *suite) {
		g := graduate(1)
		g.Source, g.ExternalID = "", ""
		s.putGraduate(g, nil)
		s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, g.ID) })
		_, err := s.s.Update(s.ctx, func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, id(matching.GraduatePrefix, 9)) })
		if err == nil {
			s.Fatal("nobody was deleted")
		}
		s.removals(0)
	}},
	{"an account may have so many things since a time, the same one again, and others go their own way", func(s *suite) {
		day := time.Now().Add(-24 * time.Hour)
		may := func(account, what string, since time.Time, want bool) {
			s.Helper()
			got, err := s.s.Spend(s.ctx, account, what, since, 2)
			s.must(err)
			if got != want {
				s.Errorf("%s of %s: %t, want %t", what, account, got, want)
			}
		}
		may("a", "1", day, true)
		may("a", "2", day, true)
		may("a", "3", day, false)
		may("a", "1", day, true)
		may("b", "3", day, true)
		s.s = s.reopen()
		may("a", "3", day, false)
		may("a", "3", time.Now().Add(time.Hour), true) // the others are of before then
	}},
}

func (s *suite) removals(want int) [][]byte {
	s.Helper()
	digests, err := s.s.Removals(s.ctx)
	s.must(err)
	if len(digests) != want {
		s.Fatalf("%d removals, want %d", len(digests), want)
	}
	return digests
}
