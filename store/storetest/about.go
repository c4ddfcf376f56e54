package storetest

import (
	"fmt"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// aboutCases are what a person may ask about herself, and what staff ask of the audit log and the keys.
var aboutCases = []testCase{
	{"looks are filtered by whose data, for which posting and by whom", func(s *suite) {
		_, err := s.s.LastLook(s.ctx)
		s.is(fault.NotFound, err)
		for n := range 6 {
			l := look(1 + n%2)
			l.Posting, l.Subject = id(matching.PostingPrefix, 1+n%3), []string{"a", "b"}[n/3]
			s.update(func(tx store.Tx) error { return tx.AppendLook(s.ctx, l) })
		}
		numbers := func(filter store.LookFilter, after uint64, limit int) []uint64 {
			looks, err := s.s.LooksOf(s.ctx, filter, after, limit)
			s.must(err)
			numbers := []uint64{}
			for _, l := range looks {
				numbers = append(numbers, l.Number)
			}
			return numbers
		}
		s.same([]uint64{1, 3, 5}, numbers(store.LookFilter{Graduate: id(matching.GraduatePrefix, 1)}, 0, 10))
		s.same([]uint64{3}, numbers(store.LookFilter{Graduate: id(matching.GraduatePrefix, 1)}, 1, 1))
		s.same([]uint64{1, 4}, numbers(store.LookFilter{Posting: id(matching.PostingPrefix, 1)}, 0, 10))
		s.same([]uint64{4}, numbers(store.LookFilter{Posting: id(matching.PostingPrefix, 1), Subject: "b"}, 0, 10))
		s.same([]uint64{}, numbers(store.LookFilter{Subject: "c"}, 0, 10))
		last, err := s.s.LastLook(s.ctx)
		s.must(err)
		s.same(s.looks()[5], *last)
	}},
	{"the tokens of a subject come without their hashes", func(s *suite) {
		token := &store.Token{ID: "tok_1", Role: "graduate", Subject: id(matching.GraduatePrefix, 1), Hash: make([]byte, store.TokenHashBytes),
			Created: *at(2026, 1, 2), Expires: *at(2027, 1, 2)}
		s.update(func(tx store.Tx) error { return tx.PutToken(s.ctx, token) })
		got, err := s.s.TokensOf(s.ctx, token.Subject)
		s.must(err)
		want := *token
		want.Hash = nil
		s.same([]store.Token{want}, got)
		got, err = s.s.TokensOf(s.ctx, id(matching.GraduatePrefix, 2))
		s.must(err)
		s.same(0, len(got))
	}},
	{"tokens are listed in id order, in pages and without their hashes", func(s *suite) {
		for n := range 3 {
			hash := make([]byte, store.TokenHashBytes)
			hash[0] = byte(n)
			s.update(func(tx store.Tx) error {
				return tx.PutToken(s.ctx, &store.Token{ID: fmt.Sprint("tok_", 3-n), Role: "staff", Hash: hash, Created: *at(2026, 1, 2)})
			})
		}
		got, err := s.s.Tokens(s.ctx, "", 2)
		s.must(err)
		s.same(2, len(got))
		s.same("tok_1", got[0].ID)
		s.same(0, len(got[0].Hash))
		got, err = s.s.Tokens(s.ctx, "tok_2", 2)
		s.must(err)
		s.same([]string{"tok_3"}, []string{got[0].ID})
		s.same(1, len(got))
	}},
	{"the replies about a record come without what was sent", func(s *suite) {
		s.update(func(tx store.Tx) error {
			s.must(tx.PutReply(s.ctx, reply("change-graduate", 2, id(matching.GraduatePrefix, 2))))
			return tx.PutReply(s.ctx, reply("create-graduate", 1, id(matching.GraduatePrefix, 1)))
		})
		got, err := s.s.RepliesAbout(s.ctx, id(matching.GraduatePrefix, 1))
		s.must(err)
		s.same(1, len(got))
		s.same("create-graduate", got[0].Operation)
		s.same(0, len(got[0].Key)+len(got[0].Body))
	}},
	{"records are counted by the keys that they need", func(s *suite) {
		text, phone := "a text", matching.Personal{Phone: "+923001234567"}
		s.putGraduate(graduate(1), &phone)
		s.putGraduate(graduate(2), &matching.Personal{Name: "Only a name"})
		s.putGraduate(graduate(3), nil)
		s.putApplication(application(1, 1), &text)
		counts, err := s.s.KeyCounts(s.ctx)
		s.must(err)
		s.same([]store.KeyCount{{Use: store.SealingKey, Version: 1, Records: 3}, {Use: store.LookupKey, Version: 1, Records: 1}}, counts)
		sealed, err := s.s.Reseal(s.ctx)
		s.must(err)
		s.same(0, sealed)
	}},
	{"keys of another store are refused, and change nothing", func(s *suite) {
		s.putGraduate(graduate(1), &matching.Personal{Phone: "+923001234567"})
		s.is(fault.Conflict, s.s.SetKeys(s.ctx, store.NewKeys()))
		_, err := s.s.Personal(s.ctx, graduate(1).ID)
		s.must(err)
	}},
}
