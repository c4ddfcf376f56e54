package storetest

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// token makes a token whose hash is of the secret n.
func token(n int) *store.Token {
	hash := sha256.Sum256(fmt.Append(nil, "secret ", n))
	return &store.Token{ID: fmt.Sprintf("tok_%d", n), Role: "graduate", Subject: id(matching.GraduatePrefix, n), Hash: hash[:],
		Created: *at(2026, 11, 1), Expires: *at(2027, 11, 1)}
}

var placeAndTokenCases = []testCase{
	{"places come back equal, in id order, and are replaced by id", func(s *suite) {
		place := func(id, body string) store.ImportedPlace {
			return store.ImportedPlace{ID: id, Source: "census", Body: []byte(body), Imported: *at(2026, 10, 1)}
		}
		s.update(func(tx store.Tx) error {
			s.must(tx.PutPlace(s.ctx, place("plc-b", `{"name":"نیا چک"}`)))
			return tx.PutPlace(s.ctx, place("plc-a", `{"name":"old"}`))
		})
		s.update(func(tx store.Tx) error { return tx.PutPlace(s.ctx, place("plc-a", `{"name":"Chak 5"}`)) })
		var got []store.ImportedPlace
		head, err := s.s.EachPlace(s.ctx, func(p store.ImportedPlace) error {
			var name struct{ Name string }
			s.must(json.Unmarshal(p.Body, &name))
			p.Body = []byte(name.Name) // a store may write the same JSON in another form
			got = append(got, p)
			return nil
		})
		s.must(err)
		s.same([]store.ImportedPlace{place("plc-a", "Chak 5"), place("plc-b", "نیا چک")}, got)
		s.same(s.head(), head)
		_, err = s.s.EachPlace(s.ctx, func(store.ImportedPlace) error { return errOwn })
		if err != errOwn {
			s.Fatalf("error %v, want the visit's own", err)
		}
	}},
	{"a place without a time is imported now, and one without JSON is refused", func(s *suite) {
		s.update(func(tx store.Tx) error {
			return tx.PutPlace(s.ctx, store.ImportedPlace{ID: "plc-1", Body: []byte(`{}`)})
		})
		_, err := s.s.EachPlace(s.ctx, func(p store.ImportedPlace) error {
			if p.Imported.IsZero() || p.Imported.Location() != time.UTC {
				s.Errorf("imported %v", p.Imported)
			}
			return nil
		})
		s.must(err)
		s.fails(fault.Invalid, func(tx store.Tx) error {
			return tx.PutPlace(s.ctx, store.ImportedPlace{ID: "plc-1", Body: []byte(`{`)})
		})
	}},
	{"a token is found by its hash alone", func(s *suite) {
		one, two := token(1), token(2)
		two.Expires = time.Time{}
		s.update(func(tx store.Tx) error {
			s.must(tx.PutToken(s.ctx, one))
			return tx.PutToken(s.ctx, two)
		})
		for _, want := range []*store.Token{one, two} {
			got, err := s.s.TokenByHash(s.ctx, want.Hash)
			s.must(err)
			s.same(want, got)
		}
		_, err := s.s.TokenByHash(s.ctx, token(3).Hash)
		s.is(fault.NotFound, err)
		_, err = s.s.TokenByHash(s.ctx, nil)
		s.is(fault.NotFound, err)
	}},
	{"a token is replaced by id, and its old secret is forgotten", func(s *suite) {
		one := token(1)
		s.update(func(tx store.Tx) error { return tx.PutToken(s.ctx, one) })
		changed := token(1)
		changed.Hash, changed.Role = token(2).Hash, "staff"
		s.update(func(tx store.Tx) error { return tx.PutToken(s.ctx, changed) })
		_, err := s.s.TokenByHash(s.ctx, one.Hash)
		s.is(fault.NotFound, err)
		got, err := s.s.TokenByHash(s.ctx, changed.Hash)
		s.must(err)
		s.same(changed, got)
	}},
	{"two tokens of one secret are a conflict, and a short hash is refused", func(s *suite) {
		s.update(func(tx store.Tx) error { return tx.PutToken(s.ctx, token(1)) })
		twin, short := token(2), token(3)
		twin.Hash, short.Hash = token(1).Hash, []byte("plain secret")
		s.fails(fault.Conflict, func(tx store.Tx) error { return tx.PutToken(s.ctx, twin) })
		s.fails(fault.Invalid, func(tx store.Tx) error { return tx.PutToken(s.ctx, short) })
	}},
	{"a deleted token is gone", func(s *suite) {
		s.update(func(tx store.Tx) error { return tx.PutToken(s.ctx, token(1)) })
		s.update(func(tx store.Tx) error { return tx.DeleteToken(s.ctx, token(1).ID) })
		_, err := s.s.TokenByHash(s.ctx, token(1).Hash)
		s.is(fault.NotFound, err)
		s.fails(fault.NotFound, func(tx store.Tx) error { return tx.DeleteToken(s.ctx, token(1).ID) })
	}},
}

var lifeCases = []testCase{
	{"opening again keeps epoch, head, journal and records", func(s *suite) {
		g, personal, p := fullGraduate(1), fullPersonal(), fullPosting(1)
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, &personal))
			s.must(tx.PutToken(s.ctx, token(1)))
			return tx.PutPosting(s.ctx, p)
		})
		head := s.head()
		journal, err := s.s.Journal(s.ctx, 0, 10)
		s.must(err)
		s.s = s.reopen()
		s.same(head, s.head())
		again, err := s.s.Journal(s.ctx, 0, 10)
		s.must(err)
		s.same(journal, again)
		gotG, err := s.s.Graduate(s.ctx, g.ID)
		s.must(err)
		s.same(g, gotG)
		gotPersonal, err := s.s.Personal(s.ctx, g.ID)
		s.must(err)
		s.same(personal, gotPersonal)
		ids, err := s.s.GraduatesByPhone(s.ctx, personal.Phone)
		s.must(err)
		s.same([]matching.ID{g.ID}, ids)
		_, err = s.s.TokenByHash(s.ctx, token(1).Hash)
		s.must(err)
		g2 := *g
		s.same(head.Position+1, s.putGraduate(&g2, nil))
		s.must(s.s.Check(s.ctx))
	}},
	{"the check of a sound store finds nothing", func(s *suite) {
		personal := fullPersonal()
		contact := matching.EmployerContact{Phone: "0300"}
		s.must(s.s.Check(s.ctx))
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, fullGraduate(1), &personal))
			s.must(tx.PutPosting(s.ctx, fullPosting(1)))
			return tx.PutEmployer(s.ctx, fullEmployer(1), &contact)
		})
		s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, id(matching.GraduatePrefix, 1)) })
		s.must(s.s.Check(s.ctx))
	}},
	{"a closed store answers that it is unavailable", func(s *suite) {
		s.must(s.s.Close())
		s.must(s.s.Close())
		_, err := s.s.Head(s.ctx)
		s.is(fault.Unavailable, err)
		_, err = s.s.Update(s.ctx, func(store.Tx) error { return nil })
		s.is(fault.Unavailable, err)
		_, err = s.s.EachGraduate(s.ctx, "", func(*matching.Graduate) error { return nil })
		s.is(fault.Unavailable, err)
	}},
	{"Close waits for the operations under way", func(s *suite) {
		entered, done := make(chan struct{}), make(chan error, 1)
		go func() {
			_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
				close(entered)
				time.Sleep(30 * time.Millisecond)
				return tx.PutGraduate(s.ctx, graduate(1), nil)
			})
			done <- err
		}()
		<-entered
		again := s.reopen()
		s.must(<-done)
		_, err := again.Graduate(s.ctx, id(matching.GraduatePrefix, 1))
		s.must(err)
	}},
}
