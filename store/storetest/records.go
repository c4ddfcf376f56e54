package storetest

import (
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

var recordCases = []testCase{
	{"a created record reads back equal", func(s *suite) {
		g, p, e, i := fullGraduate(1), fullPosting(1), fullEmployer(1), fullInstitute(1)
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, nil))
			s.must(tx.PutPosting(s.ctx, p))
			s.must(tx.PutEmployer(s.ctx, e, nil))
			return tx.PutInstitute(s.ctx, i)
		})
		gotG, err := s.s.Graduate(s.ctx, g.ID)
		s.must(err)
		s.same(g, gotG)
		gotP, err := s.s.Posting(s.ctx, p.ID)
		s.must(err)
		s.same(p, gotP)
		gotE, err := s.s.Employer(s.ctx, e.ID)
		s.must(err)
		s.same(e, gotE)
		gotI, err := s.s.Institute(s.ctx, i.ID)
		s.must(err)
		s.same(i, gotI)
	}},
	{"a record with nothing but what it must have reads back equal", func(s *suite) {
		g, p := graduate(1), posting(1)
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, nil))
			return tx.PutPosting(s.ctx, p)
		})
		gotG, err := s.s.Graduate(s.ctx, g.ID)
		s.must(err)
		s.same(g, gotG)
		gotP, err := s.s.Posting(s.ctx, p.ID)
		s.must(err)
		s.same(p, gotP)
	}},
	{"a changed record reads back equal in every field", func(s *suite) {
		g, p := fullGraduate(1), fullPosting(1)
		create := func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, nil))
			return tx.PutPosting(s.ctx, p)
		}
		s.update(create)
		lean := graduate(1)
		lean.Version = g.Version
		p.Status, p.Employer, p.Source, p.ExternalID = matching.Closed, id(matching.EmployerPrefix, 9), "other", "z"
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, lean, nil))
			return tx.PutPosting(s.ctx, p)
		})
		gotG, err := s.s.Graduate(s.ctx, g.ID)
		s.must(err)
		s.same(lean, gotG)
		gotP, err := s.s.Posting(s.ctx, p.ID)
		s.must(err)
		s.same(p, gotP)
	}},
	{"a missing record is not found", func(s *suite) {
		s.putGraduate(graduate(1), nil)
		_, err := s.s.Graduate(s.ctx, id(matching.GraduatePrefix, 2))
		s.is(fault.NotFound, err)
		_, err = s.s.Posting(s.ctx, id(matching.PostingPrefix, 1))
		s.is(fault.NotFound, err)
		_, err = s.s.Employer(s.ctx, id(matching.EmployerPrefix, 1))
		s.is(fault.NotFound, err)
		_, err = s.s.Institute(s.ctx, id(matching.InstitutePrefix, 1))
		s.is(fault.NotFound, err)
		_, err = s.s.Personal(s.ctx, id(matching.GraduatePrefix, 2))
		s.is(fault.NotFound, err)
		_, err = s.s.EmployerContact(s.ctx, id(matching.EmployerPrefix, 1))
		s.is(fault.NotFound, err)
	}},
	{"a malformed id is refused", func(s *suite) {
		for _, bad := range []matching.ID{"", "grd_", "grd_1", id(matching.PostingPrefix, 1)} {
			g := graduate(1)
			g.ID = bad
			s.fails(fault.Invalid, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, g, nil) })
		}
	}},
	{"times come back in UTC to the microsecond", func(s *suite) {
		karachi := time.FixedZone("PKT", 5*3600)
		local := time.Date(2026, 11, 5, 4, 3, 2, 123456789, karachi)
		want := time.Date(2026, 11, 4, 23, 3, 2, 123456000, time.UTC)
		g, p := fullGraduate(1), fullPosting(1)
		date := local
		shared := g.Certificates
		shared[0].Date = &date
		g.AvailableFrom, g.Consent.At = &local, &local
		g.Consent.Said = map[matching.Purpose]matching.Said{matching.ToOfficer: {At: local, By: "officer"}}
		p.Posted, p.Expires, p.Starts = local, local, &local
		p.Conditions[matching.CondMeals] = matching.Condition{Answer: matching.Yes, At: &local}
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, nil))
			return tx.PutPosting(s.ctx, p)
		})
		gotG, err := s.s.Graduate(s.ctx, g.ID)
		s.must(err)
		gotP, err := s.s.Posting(s.ctx, p.ID)
		s.must(err)
		for _, got := range []time.Time{*gotG.AvailableFrom, *gotG.Consent.At, gotG.Consent.Said[matching.ToOfficer].At, *gotG.Certificates[0].Date, gotP.Posted, gotP.Expires,
			*gotP.Starts, *gotP.Conditions[matching.CondMeals].At, *g.AvailableFrom, p.Posted} {
			if got != want {
				s.Fatalf("time %v, want %v", got, want)
			}
		}
		for _, got := range []time.Time{gotG.Created, gotG.Updated, gotP.Created} {
			if got.Location() != time.UTC || got.Nanosecond()%1000 != 0 || got.IsZero() {
				s.Fatalf("time %v is not a UTC time in whole microseconds", got)
			}
		}
		if !shared[0].Date.Equal(local) || shared[0].Date.Nanosecond() != local.Nanosecond() {
			s.Fatal("Put wrote into a slice that the record shares with its copies")
		}
		s.same(g, gotG)
		s.same(p, gotP)
	}},
}

var versionCases = []testCase{
	{"Put sets version, created and updated", func(s *suite) {
		g := graduate(1)
		s.putGraduate(g, nil)
		if g.Version != 1 || g.Created.IsZero() || g.Updated != g.Created {
			s.Fatalf("after creating: version %d, created %v, updated %v", g.Version, g.Created, g.Updated)
		}
		created := g.Created
		g.Created = time.Time{} // a caller need not send it back
		s.putGraduate(g, nil)
		if g.Version != 2 || g.Created != created || g.Updated.Before(created) {
			s.Fatalf("after a change: version %d, created %v (was %v), updated %v", g.Version, g.Created, created, g.Updated)
		}
	}},
	{"creating an id that exists is a conflict", func(s *suite) {
		s.putGraduate(graduate(1), nil)
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, graduate(1), nil) })
		s.update(func(tx store.Tx) error { return tx.PutPosting(s.ctx, posting(1)) })
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.PutPosting(s.ctx, posting(1)) })
	}},
	{"changing an older version is stale", func(s *suite) {
		g := graduate(1)
		s.putGraduate(g, nil)
		old := *g
		s.putGraduate(g, nil)
		s.fails(fault.Stale, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, &old, nil) })
		ahead := *g
		ahead.Version = 7
		s.fails(fault.Stale, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, &ahead, nil) })
		got, err := s.s.Graduate(s.ctx, g.ID)
		s.must(err)
		s.same(g, got)
	}},
	{"changing a record that is not there is not found", func(s *suite) {
		g := graduate(1)
		g.Version = 1
		s.fails(fault.NotFound, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, g, nil) })
	}},
	{"of many that change one version one wins", func(s *suite) {
		g := graduate(1)
		s.putGraduate(g, nil)
		const racers = 8
		results := make(chan error, racers)
		for range racers {
			mine := *g
			go func() {
				_, err := s.s.Update(s.ctx, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, &mine, nil) })
				results <- err
			}()
		}
		won := 0
		for range racers {
			if err := <-results; err == nil {
				won++
			} else {
				s.is(fault.Stale, err)
			}
		}
		if won != 1 {
			s.Fatalf("%d of %d changes of the same version went through", won, racers)
		}
	}},
}

var externalCases = []testCase{
	{"an imported record is found by its source and external id", func(s *suite) {
		g, p, e, i := fullGraduate(1), fullPosting(1), fullEmployer(1), fullInstitute(1)
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, nil))
			s.must(tx.PutPosting(s.ctx, p))
			s.must(tx.PutEmployer(s.ctx, e, nil))
			return tx.PutInstitute(s.ctx, i)
		})
		for _, c := range []struct {
			noun             store.Noun
			source, external string
			want             matching.ID
		}{
			{store.GraduateNoun, g.Source, g.ExternalID, g.ID}, {store.PostingNoun, p.Source, p.ExternalID, p.ID},
			{store.EmployerNoun, e.Source, e.ExternalID, e.ID}, {store.InstituteNoun, i.Source, i.ExternalID, i.ID},
		} {
			got, err := s.s.ByExternalID(s.ctx, c.noun, c.source, c.external)
			s.must(err)
			s.same(c.want, got)
		}
		_, err := s.s.ByExternalID(s.ctx, store.PostingNoun, g.Source, g.ExternalID)
		s.is(fault.NotFound, err)
		_, err = s.s.ByExternalID(s.ctx, store.GraduateNoun, "another", g.ExternalID)
		s.is(fault.NotFound, err)
	}},
	{"records without an external id are not found by none", func(s *suite) {
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, graduate(1), nil))
			return tx.PutGraduate(s.ctx, graduate(2), nil)
		})
		_, err := s.s.ByExternalID(s.ctx, store.GraduateNoun, "", "")
		s.is(fault.NotFound, err)
	}},
	{"another's external id is a conflict, on creating and on changing", func(s *suite) {
		one, two, three := fullGraduate(1), fullGraduate(2), fullGraduate(3)
		s.putGraduate(one, nil)
		two.ExternalID = one.ExternalID
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, two, nil) })
		s.putGraduate(three, nil)
		three.ExternalID = one.ExternalID
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, three, nil) })
	}},
	{"the same external id of another source is another record", func(s *suite) {
		one, two := fullGraduate(1), fullGraduate(2)
		two.Source, two.ExternalID = "another", one.ExternalID
		s.putGraduate(one, nil)
		s.putGraduate(two, nil)
		got, err := s.s.ByExternalID(s.ctx, store.GraduateNoun, "another", one.ExternalID)
		s.must(err)
		s.same(two.ID, got)
	}},
	{"a kind of record without external ids is refused", func(s *suite) {
		_, err := s.s.ByExternalID(s.ctx, store.TokenNoun, "a", "b")
		s.is(fault.Invalid, err)
	}},
}
