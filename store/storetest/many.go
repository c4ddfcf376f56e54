package storetest

import (
	"fmt"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// manyCases hold the reads of many to the reads of one.
var manyCases = []testCase{
	{"many records are those of each, in id order, without what is not there", func(s *suite) {
		var grds, psts []matching.ID
		for _, n := range []int{3, 1, 2} {
			s.update(func(tx store.Tx) error {
				s.must(tx.PutGraduate(s.ctx, fullGraduate(n), nil))
				return tx.PutPosting(s.ctx, posting(n))
			})
			grds, psts = append(grds, id("grd", n)), append(psts, id("pst", n))
		}
		gs, err := s.s.Graduates(s.ctx, append(grds, id("grd", 9)))
		s.must(err)
		ps, err := s.s.Postings(s.ctx, append(psts, id("pst", 9)))
		s.must(err)
		s.same(3, len(gs))
		s.same(3, len(ps))
		for n := range 3 {
			g, err := s.s.Graduate(s.ctx, id("grd", n+1))
			s.must(err)
			s.same(g, gs[n])
			p, err := s.s.Posting(s.ctx, id("pst", n+1))
			s.must(err)
			s.same(p, ps[n])
		}
	}},
	{"nothing is found of nothing", func(s *suite) {
		gs, err := s.s.Graduates(s.ctx, nil)
		s.must(err)
		ps, err := s.s.Postings(s.ctx, nil)
		s.must(err)
		sealed, err := s.s.Personals(s.ctx, nil)
		s.must(err)
		phones, err := s.s.GraduatesByPhones(s.ctx, nil)
		s.must(err)
		external, err := s.s.ByExternalIDs(s.ctx, store.GraduateNoun, "navttc", nil)
		s.must(err)
		rows, err := s.s.ImportedRows(s.ctx, nil)
		s.must(err)
		s.same(0, len(gs)+len(ps)+len(sealed)+len(phones)+len(external)+len(rows))
	}},
	{"many people are looked up by phone and CNIC in every form, a shared one in id order", func(s *suite) {
		for n, p := range map[int]matching.Personal{
			1: {Name: "Sana", Phone: "0300-1234567", CNIC: "35202-1234567-1"}, 2: {Phone: "0300-1234567"}, 3: {Phone: "0301-1234567", CNIC: "35202-1234568-2"}} {
			s.putGraduate(graduate(n), &p)
		}
		phones, err := s.s.GraduatesByPhones(s.ctx, []string{"+92 300 1234567", "03001234567", "0301-1234567", "0302-1234567", "03001234567"})
		s.must(err)
		shared := []matching.ID{id("grd", 1), id("grd", 2)}
		s.same(map[string][]matching.ID{"+92 300 1234567": shared, "03001234567": shared, "0301-1234567": {id("grd", 3)}}, phones)
		cnics, err := s.s.GraduatesByCNICs(s.ctx, []string{"3520212345671", "3520212345682", "3520212345693"})
		s.must(err)
		s.same(map[string][]matching.ID{"3520212345671": {id("grd", 1)}, "3520212345682": {id("grd", 3)}}, cnics)
		sealed, err := s.s.Personals(s.ctx, []matching.ID{id("grd", 1), id("grd", 3), id("grd", 9)})
		s.must(err)
		s.same(2, len(sealed))
		s.same("Sana", sealed[id("grd", 1)].Name)
	}},
	{"one number of many that cannot be read is invalid, and never repeated", func(s *suite) {
		_, err := s.s.GraduatesByPhones(s.ctx, []string{"03007654321", "secret-number"})
		s.is(fault.Invalid, err)
		s.silent(err, "secret", "7654321")
		_, err = s.s.GraduatesByCNICs(s.ctx, []string{"secret-card"})
		s.is(fault.Invalid, err)
		s.silent(err, "secret")
	}},
	{"many external ids are found within their source and noun, moved ones too", func(s *suite) {
		strange := "x' \"OR\\ 1\x01ڑ"
		for n := 1; n <= 4; n++ {
			g := graduate(n)
			g.Source, g.ExternalID = "navttc", fmt.Sprint(n)
			switch n {
			case 3:
				g.ExternalID = strange
			case 4:
				g.Source = "other"
			}
			s.putGraduate(g, nil)
		}
		s.update(func(tx store.Tx) error {
			s.must(tx.MoveExternalIDs(s.ctx, id("grd", 1), id("grd", 2)))
			return tx.DeleteGraduate(s.ctx, id("grd", 1))
		})
		found, err := s.s.ByExternalIDs(s.ctx, store.GraduateNoun, "navttc", []string{"1", "2", strange, "4", "", "2"})
		s.must(err)
		s.same(map[string]matching.ID{"1": id("grd", 2), "2": id("grd", 2), strange: id("grd", 3)}, found)
		none, err := s.s.ByExternalIDs(s.ctx, store.PostingNoun, "navttc", []string{"1", "2"})
		s.must(err)
		s.same(0, len(none))
		_, err = s.s.ByExternalIDs(s.ctx, store.TokenNoun, "navttc", []string{"1"})
		s.is(fault.Invalid, err)
	}},
	{"the rows of many imported records are given, nil where none was kept", func(s *suite) {
		s.update(func(tx store.Tx) error {
			for n := 1; n <= 2; n++ {
				s.must(tx.PutGraduate(s.ctx, graduate(n), nil))
				s.must(tx.PutPosting(s.ctx, posting(n)))
			}
			s.must(tx.NoteRow(s.ctx, id("grd", 1), digest(1)))
			return tx.NoteRow(s.ctx, id("pst", 2), digest(2))
		})
		rows, err := s.s.ImportedRows(s.ctx, []matching.ID{id("grd", 1), id("grd", 2), id("pst", 2), id("pst", 9)})
		s.must(err)
		s.same(map[matching.ID][]byte{id("grd", 1): digest(1), id("grd", 2): nil, id("pst", 2): digest(2)}, rows)
		_, err = s.s.ImportedRows(s.ctx, []matching.ID{id("emp", 1)})
		s.is(fault.Invalid, err)
	}},
	{"a transaction finds by numbers those it has just made among those who were there, in id order", func(s *suite) {
		const made = 40 // more than a store writes one by one
		number := func(n int) *matching.Personal {
			return &matching.Personal{Phone: fmt.Sprintf("0300%07d", n%10), CNIC: fmt.Sprintf("35202%07d%d", n, n%9+1)}
		}
		s.putGraduate(graduate(made/2), number(3))
		s.update(func(tx store.Tx) error {
			for n := 1; n <= made; n++ {
				if n != made/2 {
					s.must(tx.PutGraduate(s.ctx, graduate(n), number(n)))
				}
			}
			byPhone, err := tx.GraduatesByPhones(s.ctx, []string{"03000000003", "+92 300 0000004", "03000000077"})
			s.must(err)
			s.same(map[string][]matching.ID{
				"03000000003":     {id("grd", 3), id("grd", 13), id("grd", 20), id("grd", 23), id("grd", 33)},
				"+92 300 0000004": {id("grd", 4), id("grd", 14), id("grd", 24), id("grd", 34)},
			}, byPhone)
			byCNIC, err := tx.GraduatesByCNICs(s.ctx, []string{number(33).CNIC, number(3).CNIC})
			s.must(err)
			s.same(map[string][]matching.ID{number(33).CNIC: {id("grd", 33)}, number(3).CNIC: {id("grd", 3), id("grd", 20)}}, byCNIC)
			return nil
		})
		s.update(func(tx store.Tx) error {
			s.must(tx.StageIn(s.ctx, batchID(1)))
			for n := made + 1; n <= made+10; n++ {
				s.must(tx.PutGraduate(s.ctx, graduate(n), number(n)))
			}
			found, err := tx.GraduatesByPhones(s.ctx, []string{"03000000004"})
			s.must(err)
			s.same(4, len(found["03000000004"]))
			return nil
		})
	}},
	{"a transaction finds many that it has made itself, and nobody those of a staged batch", func(s *suite) {
		const made = 40 // more than a store writes one by one
		var ids []matching.ID
		var phones, external []string
		s.update(func(tx store.Tx) error {
			for n := 1; n <= made; n++ {
				g := graduate(n)
				g.Source, g.ExternalID = "navttc", fmt.Sprint(n)
				phone := fmt.Sprintf("0300%07d", n)
				s.must(tx.PutGraduate(s.ctx, g, &matching.Personal{Phone: phone}))
				s.must(tx.NoteRow(s.ctx, g.ID, digest(byte(n))))
				ids, phones, external = append(ids, g.ID), append(phones, phone), append(external, g.ExternalID)
			}
			s.all(tx, ids, phones, external, made)
			return nil
		})
		s.all(s.s, ids, phones, external, made)
		s.update(func(tx store.Tx) error {
			s.must(tx.StageIn(s.ctx, batchID(1)))
			g := graduate(made + 1)
			g.Source, g.ExternalID = "navttc", "staged"
			s.must(tx.PutGraduate(s.ctx, g, &matching.Personal{Phone: "03111111111"}))
			s.all(tx, []matching.ID{g.ID}, []string{"03111111111"}, []string{"staged"}, 0)
			return nil
		})
	}},
}

// all counts what each read of many finds.
func (s *suite) all(in store.Reader, ids []matching.ID, phones, external []string, want int) {
	s.Helper()
	gs, err := in.Graduates(s.ctx, ids)
	s.must(err)
	sealed, err := in.Personals(s.ctx, ids)
	s.must(err)
	rows, err := in.ImportedRows(s.ctx, ids)
	s.must(err)
	byPhone, err := in.GraduatesByPhones(s.ctx, phones)
	s.must(err)
	byExternal, err := in.ByExternalIDs(s.ctx, store.GraduateNoun, "navttc", external)
	s.must(err)
	s.same([5]int{want, want, want, want, want}, [5]int{len(gs), len(sealed), len(rows), len(byPhone), len(byExternal)})
}
