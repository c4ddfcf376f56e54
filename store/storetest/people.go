package storetest

import (
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

var personCases = []testCase{
	{"what is sealed opens equal", func(s *suite) {
		g, personal := graduate(1), fullPersonal()
		e, contact := fullEmployer(1), matching.EmployerContact{Person: "عثمان", Phone: "051-1234567", Email: "u@example.pk"}
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, &personal))
			return tx.PutEmployer(s.ctx, e, &contact)
		})
		got, err := s.s.Personal(s.ctx, g.ID)
		s.must(err)
		s.same(personal, got)
		gotContact, err := s.s.EmployerContact(s.ctx, e.ID)
		s.must(err)
		s.same(contact, gotContact)
	}},
	{"a record without a sealed part gives the zero value", func(s *suite) {
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, graduate(1), nil))
			return tx.PutEmployer(s.ctx, fullEmployer(1), nil)
		})
		got, err := s.s.Personal(s.ctx, id(matching.GraduatePrefix, 1))
		s.must(err)
		s.same(matching.Personal{}, got)
		contact, err := s.s.EmployerContact(s.ctx, id(matching.EmployerPrefix, 1))
		s.must(err)
		s.same(matching.EmployerContact{}, contact)
	}},
	{"nil leaves what is sealed, a zero one removes it", func(s *suite) {
		g, personal := graduate(1), fullPersonal()
		e, contact := fullEmployer(1), matching.EmployerContact{Person: "Usman"}
		put := func(p *matching.Personal, c *matching.EmployerContact) {
			s.update(func(tx store.Tx) error {
				s.must(tx.PutGraduate(s.ctx, g, p))
				return tx.PutEmployer(s.ctx, e, c)
			})
		}
		expect := func(p matching.Personal, c matching.EmployerContact, byPhone []matching.ID) {
			s.Helper()
			got, err := s.s.Personal(s.ctx, g.ID)
			s.must(err)
			s.same(p, got)
			gotContact, err := s.s.EmployerContact(s.ctx, e.ID)
			s.must(err)
			s.same(c, gotContact)
			ids, err := s.s.GraduatesByPhone(s.ctx, personal.Phone)
			s.must(err)
			s.same(byPhone, ids)
		}
		put(&personal, &contact)
		put(nil, nil)
		expect(personal, contact, []matching.ID{g.ID})
		put(&matching.Personal{}, &matching.EmployerContact{})
		expect(matching.Personal{}, matching.EmployerContact{}, nil)
	}},
	{"a phone may be shared and is found in every form, in id order", func(s *suite) {
		for _, n := range []int{3, 1, 2} {
			s.putGraduate(graduate(n), &matching.Personal{Phone: "0300-1234567"})
		}
		s.putGraduate(graduate(4), &matching.Personal{Phone: "0301-1234567"})
		want := []matching.ID{id(matching.GraduatePrefix, 1), id(matching.GraduatePrefix, 2), id(matching.GraduatePrefix, 3)}
		for _, form := range []string{"03001234567", "+92 300 1234567", "00923001234567", "۰۳۰۰۱۲۳۴۵۶۷"} {
			got, err := s.s.GraduatesByPhone(s.ctx, form)
			s.must(err)
			s.same(want, got)
		}
		none, err := s.s.GraduatesByPhone(s.ctx, "0302-1234567")
		s.must(err)
		s.same([]matching.ID(nil), none)
	}},
	{"a CNIC is found in every form", func(s *suite) {
		s.putGraduate(graduate(1), &matching.Personal{CNIC: "35202-1234567-1"})
		for _, form := range []string{"3520212345671", "۳۵۲۰۲-۱۲۳۴۵۶۷-۱"} {
			got, err := s.s.GraduatesByCNIC(s.ctx, form)
			s.must(err)
			s.same([]matching.ID{id(matching.GraduatePrefix, 1)}, got)
		}
	}},
	{"a changed phone is found and the old one is not", func(s *suite) {
		g := graduate(1)
		s.putGraduate(g, &matching.Personal{Phone: "03001234567"})
		s.putGraduate(g, &matching.Personal{Phone: "03007654321"})
		old, err := s.s.GraduatesByPhone(s.ctx, "03001234567")
		s.must(err)
		s.same([]matching.ID(nil), old)
		now, err := s.s.GraduatesByPhone(s.ctx, "03007654321")
		s.must(err)
		s.same([]matching.ID{g.ID}, now)
	}},
	{"a phone or CNIC that cannot be read is invalid, and never repeated", func(s *suite) {
		for _, p := range []matching.Personal{{Phone: "secret-number"}, {CNIC: "secret-card"}} {
			_, err := s.s.Update(s.ctx, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, graduate(1), &p) })
			s.is(fault.Invalid, err)
			s.silent(err, "secret")
		}
		_, err := s.s.GraduatesByPhone(s.ctx, "secret-number")
		s.is(fault.Invalid, err)
		s.silent(err, "secret")
		_, err = s.s.GraduatesByCNIC(s.ctx, "secret-card")
		s.is(fault.Invalid, err)
		s.silent(err, "secret")
	}},
	{"no error repeats what is personal", func(s *suite) {
		g, personal := fullGraduate(1), fullPersonal()
		s.putGraduate(g, &personal)
		again := fullGraduate(1)
		_, err := s.s.Update(s.ctx, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, again, &personal) })
		s.is(fault.Conflict, err)
		s.silent(err, personal.Name, "1234567", personal.Address)
	}},
	{"a deleted person leaves nothing but the id in the journal", func(s *suite) {
		g, personal := fullGraduate(1), fullPersonal()
		s.putGraduate(g, &personal)
		deleted := s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, g.ID) })
		_, err := s.s.Graduate(s.ctx, g.ID)
		s.is(fault.NotFound, err)
		_, err = s.s.Personal(s.ctx, g.ID)
		s.is(fault.NotFound, err)
		_, err = s.s.ByExternalID(s.ctx, store.GraduateNoun, g.Source, g.ExternalID)
		s.is(fault.NotFound, err)
		byPhone, err := s.s.GraduatesByPhone(s.ctx, personal.Phone)
		s.must(err)
		byCNIC, err := s.s.GraduatesByCNIC(s.ctx, personal.CNIC)
		s.must(err)
		s.same([]matching.ID(nil), append(byPhone, byCNIC...))
		_, err = s.s.EachGraduate(s.ctx, "", func(*matching.Graduate) error { return errOwn })
		s.must(err)
		entries, err := s.s.Journal(s.ctx, deleted-1, 10)
		s.must(err)
		if len(entries) != 1 || entries[0].ID != g.ID || entries[0].Operation != store.Delete || entries[0].Noun != store.GraduateNoun {
			s.Fatalf("journal after the deletion: %+v", entries)
		}
	}},
	{"a deleted person's tokens go in the same transaction, and nobody else's", func(s *suite) {
		first, second, other, officer := token(1), token(2), token(3), token(4)
		second.Subject = first.Subject // two devices
		officer.Role, officer.Subject = "officer", matching.ID("Officer of "+first.Subject)
		s.update(func(tx store.Tx) error {
			for _, n := range []int{1, 3} {
				s.must(tx.PutGraduate(s.ctx, graduate(n), nil))
			}
			for _, k := range []*store.Token{first, second, other, officer} {
				s.must(tx.PutToken(s.ctx, k))
			}
			return nil
		})
		before := s.head().Position
		remove := func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, first.Subject) }
		_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
			s.must(remove(tx))
			_, err := tx.TokenByHash(s.ctx, first.Hash)
			s.is(fault.NotFound, err)
			return errOwn
		})
		if err != errOwn {
			s.Fatalf("error %v, want the change's own", err)
		}
		_, err = s.s.TokenByHash(s.ctx, first.Hash) // undone with the deletion
		s.must(err)
		s.same(before+3, s.update(remove))
		for _, gone := range []*store.Token{first, second} {
			_, err := s.s.TokenByHash(s.ctx, gone.Hash)
			s.is(fault.NotFound, err)
		}
		for _, stays := range []*store.Token{other, officer} {
			_, err := s.s.TokenByHash(s.ctx, stays.Hash)
			s.must(err)
		}
		entries, err := s.s.Journal(s.ctx, before, 10)
		s.must(err)
		var deleted []matching.ID
		for _, e := range entries {
			if e.Operation == store.Delete {
				deleted = append(deleted, e.ID)
			}
		}
		s.same([]matching.ID{first.Subject, matching.ID(first.ID), matching.ID(second.ID)}, deleted)
		s.must(s.s.Check(s.ctx))
	}},
	{"deleting a person who is not there is not found", func(s *suite) {
		s.fails(fault.NotFound, func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, id(matching.GraduatePrefix, 1)) })
	}},
	{"a deleted id may be created again", func(s *suite) {
		personal := fullPersonal()
		s.putGraduate(fullGraduate(1), &personal)
		s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, id(matching.GraduatePrefix, 1)) })
		s.putGraduate(fullGraduate(1), nil)
		got, err := s.s.Personal(s.ctx, id(matching.GraduatePrefix, 1))
		s.must(err)
		s.same(matching.Personal{}, got)
	}},
}
