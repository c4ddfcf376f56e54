package storetest

import (
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// application is one of graduate n for posting m.
func application(n, m int) *matching.Application {
	return &matching.Application{ID: id(matching.ApplicationPrefix, 100*n+m), Graduate: id(matching.GraduatePrefix, n), Posting: id(matching.PostingPrefix, m),
		State: matching.Interested, SharesContact: true, Steps: []matching.Step{
			{State: matching.Interested, At: *at(2026, 11, 2), By: "graduate", Wage: &matching.LowestPay{Amount: 900, Unit: matching.PerDay}}}}
}

func (s *suite) putApplication(a *matching.Application, text *string) {
	s.Helper()
	s.update(func(tx store.Tx) error { return tx.PutApplication(s.ctx, a, text) })
}

var applicationCases = []testCase{
	{"an application reads back equal, by id and by its pair", func(s *suite) {
		a, text := application(1, 2), "میں کل سے آ سکتی ہوں"
		s.putApplication(a, &text)
		got, err := s.s.Application(s.ctx, a.ID)
		s.must(err)
		s.same(a, got)
		got, err = s.s.ApplicationOf(s.ctx, a.Graduate, a.Posting)
		s.must(err)
		s.same(a, got)
		opened, err := s.s.ApplicationText(s.ctx, a.ID)
		s.must(err)
		s.same(text, opened)
		_, err = s.s.ApplicationOf(s.ctx, a.Graduate, id(matching.PostingPrefix, 3))
		s.is(fault.NotFound, err)
		s.same(store.ApplicationNoun, s.journal()[0].Noun)
	}},
	{"a pair has one application", func(s *suite) {
		s.putApplication(application(1, 2), nil)
		again := application(1, 2)
		again.ID = id(matching.ApplicationPrefix, 9999)
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.PutApplication(s.ctx, again, nil) })
	}},
	{"nil leaves the text, an empty one removes it", func(s *suite) {
		a, text, none := application(1, 2), "call after five", ""
		s.putApplication(a, &text)
		s.putApplication(a, nil)
		got, err := s.s.ApplicationText(s.ctx, a.ID)
		s.must(err)
		s.same(text, got)
		s.putApplication(a, &none)
		got, err = s.s.ApplicationText(s.ctx, a.ID)
		s.must(err)
		s.same("", got)
	}},
	{"a change needs the current version", func(s *suite) {
		a := application(1, 2)
		s.putApplication(a, nil)
		old := *a
		s.putApplication(a, nil)
		s.fails(fault.Stale, func(tx store.Tx) error { return tx.PutApplication(s.ctx, &old, nil) })
	}},
	{"lists of a graduate and of a posting, page by page", func(s *suite) {
		for m := 1; m <= 3; m++ {
			s.putApplication(application(1, m), nil)
		}
		s.putApplication(application(2, 1), nil)
		hers, err := s.s.ApplicationsOf(s.ctx, id(matching.GraduatePrefix, 1), "", 2)
		s.must(err)
		s.same([]*matching.Application{stamped(application(1, 1), hers[0]), stamped(application(1, 2), hers[1])}, hers)
		rest, err := s.s.ApplicationsOf(s.ctx, id(matching.GraduatePrefix, 1), hers[1].ID, 2)
		s.must(err)
		s.same(1, len(rest))
		its, err := s.s.ApplicationsOf(s.ctx, id(matching.PostingPrefix, 1), "", 10)
		s.must(err)
		s.same(2, len(its))
		_, err = s.s.ApplicationsOf(s.ctx, id(matching.EmployerPrefix, 1), "", 10)
		s.is(fault.Invalid, err)
		walked := 0
		_, err = s.s.EachApplication(s.ctx, "", func(*matching.Application) error { walked++; return nil })
		s.must(err)
		s.same(4, walked)
	}},
	{"a deleted graduate takes her applications and what names them along", func(s *suite) {
		text := "marked text"
		s.putGraduate(graduate(1), nil)
		s.putApplication(application(1, 1), &text)
		s.putApplication(application(2, 1), nil)
		s.update(func(tx store.Tx) error {
			s.must(tx.PutReply(s.ctx, reply("create-graduate", 1, id(matching.GraduatePrefix, 1))))
			return tx.PutReply(s.ctx, reply("apply", 2, application(1, 1).ID))
		})
		before := s.head().Position
		s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, id(matching.GraduatePrefix, 1)) })
		_, err := s.s.Application(s.ctx, application(1, 1).ID)
		s.is(fault.NotFound, err)
		_, err = s.s.Application(s.ctx, application(2, 1).ID)
		s.must(err)
		for n, operation := range map[byte]string{1: "create-graduate", 2: "apply"} {
			_, err = s.s.Reply(s.ctx, "staff:a", operation, digest(n))
			s.is(fault.NotFound, err)
		}
		entries, err := s.s.Journal(s.ctx, before, 10)
		s.must(err)
		s.same(2, len(entries))
		s.same(store.Delete, entries[1].Operation)
		s.same(application(1, 1).ID, entries[1].ID)
	}},
}

// stamped gives want the stamp of got, so that the rest can be compared.
func stamped(want, got *matching.Application) *matching.Application {
	want.Version, want.Created, want.Updated = got.Version, got.Created, got.Updated
	return want
}

// journal gives all entries.
func (s *suite) journal() []store.Entry {
	s.Helper()
	entries, err := s.s.Journal(s.ctx, 0, 1000)
	s.must(err)
	return entries
}
