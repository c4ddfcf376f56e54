package storetest

import (
	"fmt"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// stage puts graduates from..to, posting and employer of from, into a batch.
func (s *suite) stage(batch matching.ID, from, to int) {
	s.Helper()
	s.update(func(tx store.Tx) error {
		s.must(tx.StageIn(s.ctx, batch))
		for n := from; n <= to; n++ {
			g, personal := staged(n)
			s.must(tx.PutGraduate(s.ctx, g, personal))
		}
		e, p := fullEmployer(from), fullPosting(from)
		e.ExternalID, p.ExternalID, p.Employer = fmt.Sprint(from), fmt.Sprint(from), e.ID
		s.must(tx.PutEmployer(s.ctx, e, &matching.EmployerContact{Phone: "03001112223"}))
		return tx.PutPosting(s.ctx, p)
	})
}

func staged(n int) (*matching.Graduate, *matching.Personal) {
	g, personal := fullGraduate(n), fullPersonal()
	g.ExternalID = fmt.Sprint(n)
	return g, &personal
}

func batchID(n int) matching.ID { return id(store.ImportPrefix, n) }

// sees checks that a reader finds, or does not find, what stage put in for n, whatever the way.
func (s *suite) sees(r store.Reader, n int, found bool) {
	s.Helper()
	g, personal := staged(n)
	want := map[bool]int{true: 1}[found]
	check := func(err error) {
		s.Helper()
		if found {
			s.must(err)
		} else {
			s.is(fault.NotFound, err)
		}
	}
	_, err := r.Graduate(s.ctx, g.ID)
	check(err)
	_, err = r.Personal(s.ctx, g.ID)
	check(err)
	_, err = r.Posting(s.ctx, id(matching.PostingPrefix, n))
	check(err)
	_, err = r.Employer(s.ctx, id(matching.EmployerPrefix, n))
	check(err)
	_, err = r.EmployerContact(s.ctx, id(matching.EmployerPrefix, n))
	check(err)
	_, err = r.ByExternalID(s.ctx, store.GraduateNoun, g.Source, g.ExternalID)
	check(err)
	_, err = r.ByExternalID(s.ctx, store.PostingNoun, "portal", g.ExternalID)
	check(err)
	byPhone, err := r.GraduatesByPhone(s.ctx, personal.Phone)
	s.must(err)
	byCNIC, err := r.GraduatesByCNIC(s.ctx, personal.CNIC)
	s.must(err)
	roster, err := r.GraduatesOf(s.ctx, g.Institute, "", 10)
	s.must(err)
	postings, err := r.PostingsOf(s.ctx, id(matching.EmployerPrefix, n), "", 10)
	s.must(err)
	s.same([]int{want, want, want, want}, []int{len(byPhone), len(byCNIC), len(roster), len(postings)})
	walked := 0
	_, err = r.EachGraduate(s.ctx, "", func(*matching.Graduate) error { walked++; return nil })
	s.must(err)
	_, err = r.EachPosting(s.ctx, "", func(*matching.Posting) error { walked++; return nil })
	s.must(err)
	_, err = r.EachEmployer(s.ctx, "", func(*matching.Employer) error { walked++; return nil })
	s.must(err)
	s.same(3*want, walked)
}

var batchCases = []testCase{
	{"what is staged is seen by no reader, has no entries, and is there at once when it is published", func(s *suite) {
		before := s.head()
		s.stage(batchID(1), 1, 1)
		s.same(before, s.head())
		s.sees(s.s, 1, false)
		s.update(func(tx store.Tx) error {
			s.must(tx.StageIn(s.ctx, batchID(1)))
			s.sees(tx, 1, false)
			s.must(tx.PublishBatch(s.ctx, batchID(1)))
			s.sees(tx, 1, true)
			s.sees(s.s, 1, false)
			return nil
		})
		s.sees(s.s, 1, true)
		entries := s.journal()
		s.same(1, len(entries))
		e := entries[0]
		s.same(store.Entry{Position: before.Position + 1, Noun: store.BatchNoun, ID: batchID(1), Version: 1, Operation: store.Put, At: e.At}, e)
		s.must(s.s.Check(s.ctx))
	}},
	{"a published batch is walked in pages, as its records are now", func(s *suite) {
		s.stage(batchID(1), 1, 5)
		s.stage(batchID(2), 7, 7)
		none, err := s.s.GraduatesIn(s.ctx, batchID(1), "", 10)
		s.must(err)
		s.same(0, len(none))
		s.update(func(tx store.Tx) error { return tx.PublishBatch(s.ctx, batchID(1)) })
		var walked []matching.ID
		for after := matching.ID(""); ; {
			page, err := s.s.GraduatesIn(s.ctx, batchID(1), after, 2)
			s.must(err)
			for _, g := range page {
				walked = append(walked, g.ID)
			}
			if len(page) < 2 {
				break
			}
			after = page[1].ID
		}
		s.same([]matching.ID{id("grd", 1), id("grd", 2), id("grd", 3), id("grd", 4), id("grd", 5)}, walked)
		g, err := s.s.Graduate(s.ctx, id("grd", 3))
		s.must(err)
		g.Status = matching.Placed
		s.update(func(tx store.Tx) error {
			s.must(tx.DeleteGraduate(s.ctx, id("grd", 4)))
			return tx.PutGraduate(s.ctx, g, nil)
		})
		page, err := s.s.GraduatesIn(s.ctx, batchID(1), id("grd", 2), 10)
		s.must(err)
		s.same(2, len(page))
		s.same(g, page[0])
		employers, err := s.s.EmployersIn(s.ctx, batchID(1), "", 10)
		s.must(err)
		postings, err := s.s.PostingsIn(s.ctx, batchID(1), "", 10)
		s.must(err)
		s.same([]matching.ID{id("emp", 1), id("pst", 1)}, []matching.ID{employers[0].ID, postings[0].ID})
		staged, err := s.s.EmployersIn(s.ctx, batchID(2), "", 10)
		s.must(err)
		s.same(0, len(staged))
	}},
	{"a batch goes on in later transactions and after a restart", func(s *suite) {
		s.stage(batchID(1), 1, 2)
		s.s = s.reopen()
		s.stage(batchID(1), 3, 4)
		list, err := s.s.StagedBatches(s.ctx)
		s.must(err)
		s.same(1, len(list))
		s.same(batchID(1), list[0].ID)
		s.update(func(tx store.Tx) error { return tx.PublishBatch(s.ctx, batchID(1)) })
		page, err := s.s.GraduatesIn(s.ctx, batchID(1), "", 10)
		s.must(err)
		s.same(4, len(page))
		list, err = s.s.StagedBatches(s.ctx)
		s.must(err)
		s.same(0, len(list))
	}},
	{"changes and other records go their usual way beside a batch, and so does all after its publishing", func(s *suite) {
		s.putGraduate(graduate(1), nil)
		g, err := s.s.Graduate(s.ctx, id("grd", 1))
		s.must(err)
		s.update(func(tx store.Tx) error {
			s.must(tx.StageIn(s.ctx, batchID(1)))
			g.Status = matching.Paused
			s.must(tx.PutGraduate(s.ctx, g, nil))
			s.must(tx.PutInstitute(s.ctx, fullInstitute(1)))
			s.must(tx.PutGraduate(s.ctx, graduate(2), nil))
			s.must(tx.PublishBatch(s.ctx, batchID(1)))
			return tx.PutGraduate(s.ctx, graduate(3), nil)
		})
		var nouns []store.Noun
		for _, e := range s.journal()[1:] {
			nouns = append(nouns, e.Noun)
		}
		s.same([]store.Noun{store.GraduateNoun, store.InstituteNoun, store.BatchNoun, store.GraduateNoun}, nouns)
	}},
	{"ids and external ids are taken from the moment that they are staged", func(s *suite) {
		s.stage(batchID(1), 1, 1)
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, graduate(1), nil) })
		same, personal := staged(1)
		same.ID = id("grd", 99)
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, same, personal) })
	}},
	{"a staged record can be neither changed nor deleted", func(s *suite) {
		s.stage(batchID(1), 1, 1)
		g, personal := staged(1)
		g.Version = 1
		s.fails(fault.NotFound, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, g, personal) })
		s.fails(fault.NotFound, func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, g.ID) })
	}},
	{"an undone flip shows nothing", func(s *suite) {
		s.stage(batchID(1), 1, 1)
		_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
			s.must(tx.PublishBatch(s.ctx, batchID(1)))
			return errOwn
		})
		s.same(errOwn.Error(), err.Error())
		s.sees(s.s, 1, false)
		s.same(0, len(s.journal()))
	}},
	{"a published batch can be neither staged, published nor discarded again, an unknown one not published", func(s *suite) {
		s.stage(batchID(1), 1, 1)
		s.fails(fault.NotFound, func(tx store.Tx) error { return tx.PublishBatch(s.ctx, batchID(9)) })
		s.update(func(tx store.Tx) error { return tx.PublishBatch(s.ctx, batchID(1)) })
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.PublishBatch(s.ctx, batchID(1)) })
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.StageIn(s.ctx, batchID(1)) })
		s.is(fault.Conflict, s.s.DiscardBatch(s.ctx, batchID(1)))
		s.sees(s.s, 1, true)
		s.fails(fault.Invalid, func(tx store.Tx) error { return tx.StageIn(s.ctx, id("grd", 1)) })
	}},
	{"a discarded batch leaves nothing, and its ids are free", func(s *suite) {
		s.stage(batchID(1), 1, 1200)
		s.stage(batchID(2), 2000, 2000)
		s.must(s.s.DiscardBatch(s.ctx, batchID(1)))
		s.must(s.s.DiscardBatch(s.ctx, batchID(1))) // of an unknown one nothing is left to do
		list, err := s.s.StagedBatches(s.ctx)
		s.must(err)
		s.same(1, len(list))
		s.stage(batchID(3), 1, 1200)
		s.must(s.s.DiscardBatch(s.ctx, batchID(3)))
		s.update(func(tx store.Tx) error { return tx.PublishBatch(s.ctx, batchID(2)) })
		s.sees(s.s, 2000, true)
		rows := map[string]int{}
		_, err = s.s.Dump(s.ctx, func(table string, _ []any) error { rows[table]++; return nil })
		s.must(err)
		s.same([]int{1, 1, 1, 1, 0}, []int{rows["graduate"], rows["posting"], rows["employer"], rows["batch"], rows["staged"]})
		s.must(s.s.Check(s.ctx))
	}},
}
