package storetest

import (
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

func importRecord(n int) *store.Import {
	return &store.Import{ID: batchID(n), Subject: "institute:x", Noun: store.GraduateNoun, Source: "tevta", File: digest(byte(n)),
		State: store.ImportRunning, Mode: store.ImportRows, Counts: store.ImportCounts{Rows: 10, Created: 7, Changed: 1, Faulty: 2},
		Started: *at(2026, 11, n)}
}

func (s *suite) putImport(i *store.Import, result []byte) {
	s.Helper()
	s.update(func(tx store.Tx) error { return tx.PutImport(s.ctx, i, result) })
}

var importCases = []testCase{
	{"the record of an import reads back equal, without an entry", func(s *suite) {
		before := s.head()
		running, done := importRecord(1), importRecord(2)
		running.File = nil
		done.State, done.Mode, done.Why, done.Finished = store.ImportFailed, store.ImportStrict, "Row 3 lacks a trade.", *at(2026, 11, 3)
		s.putImport(running, nil)
		s.putImport(done, []byte("result"))
		for _, want := range []*store.Import{running, done} {
			got, err := s.s.Import(s.ctx, want.ID)
			s.must(err)
			s.same(want, got)
		}
		none, err := s.s.ImportResult(s.ctx, running.ID)
		s.must(err)
		s.same([]byte(nil), none)
		_, err = s.s.Import(s.ctx, batchID(3))
		s.is(fault.NotFound, err)
		_, err = s.s.ImportResult(s.ctx, batchID(3))
		s.is(fault.NotFound, err)
		s.same(before, s.head())
	}},
	{"a record is replaced, and nil leaves its result file", func(s *suite) {
		i := importRecord(1)
		s.putImport(i, []byte("result"))
		i.State, i.Counts.Rows = store.ImportDone, 99
		s.putImport(i, nil)
		got, err := s.s.Import(s.ctx, i.ID)
		s.must(err)
		s.same(i, got)
		result, err := s.s.ImportResult(s.ctx, i.ID)
		s.must(err)
		s.same("result", string(result))
		bad := importRecord(1)
		bad.ID = id("grd", 1)
		s.fails(fault.Invalid, func(tx store.Tx) error { return tx.PutImport(s.ctx, bad, nil) })
	}},
	{"imports are listed by subject, the newest first, page by page", func(s *suite) {
		for n := 1; n <= 4; n++ {
			i := importRecord(n)
			if n == 3 {
				i.Subject = "staff:y"
			}
			s.putImport(i, nil)
		}
		ids := func(subject string, before matching.ID, limit int) (ids []matching.ID) {
			list, err := s.s.Imports(s.ctx, subject, before, limit)
			s.must(err)
			for _, i := range list {
				ids = append(ids, i.ID)
			}
			return ids
		}
		s.same([]matching.ID{batchID(4), batchID(3), batchID(2), batchID(1)}, ids("", "", 10))
		s.same([]matching.ID{batchID(4), batchID(2)}, ids("institute:x", "", 2))
		s.same([]matching.ID{batchID(1)}, ids("institute:x", batchID(2), 2))
	}},
	{"old records are forgotten and young ones kept", func(s *suite) {
		for n := 1; n <= 28; n++ {
			s.putImport(importRecord(n), []byte("result"))
		}
		forgotten, err := s.s.ForgetImports(s.ctx, importRecord(25).Started)
		s.must(err)
		s.same(24, forgotten)
		_, err = s.s.Import(s.ctx, batchID(24))
		s.is(fault.NotFound, err)
		_, err = s.s.Import(s.ctx, batchID(25))
		s.must(err)
	}},
}

var rowCases = []testCase{
	{"the row of an imported record is kept with it, without an entry, through changes, and goes with it", func(s *suite) {
		g, p := graduate(1), posting(1)
		s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, g, nil))
			s.must(tx.PutPosting(s.ctx, p))
			s.must(tx.NoteRow(s.ctx, g.ID, digest(1)))
			got, err := tx.ImportedRow(s.ctx, g.ID)
			s.must(err)
			s.same(digest(1), got)
			return nil
		})
		none, err := s.s.ImportedRow(s.ctx, p.ID)
		s.must(err)
		s.same([]byte(nil), none)
		s.putGraduate(g, nil)
		before := s.head()
		s.update(func(tx store.Tx) error { return tx.NoteRow(s.ctx, p.ID, digest(2)) })
		s.same(before, s.head())
		for id, want := range map[matching.ID][]byte{g.ID: digest(1), p.ID: digest(2)} {
			got, err := s.s.ImportedRow(s.ctx, id)
			s.must(err)
			s.same(want, got)
		}
		s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, g.ID) })
		_, err = s.s.ImportedRow(s.ctx, g.ID)
		s.is(fault.NotFound, err)
	}},
	{"a staged record has its row from the start", func(s *suite) {
		s.update(func(tx store.Tx) error {
			s.must(tx.StageIn(s.ctx, batchID(1)))
			s.must(tx.PutGraduate(s.ctx, graduate(1), nil))
			return tx.NoteRow(s.ctx, id("grd", 1), digest(1))
		})
		_, err := s.s.ImportedRow(s.ctx, id("grd", 1))
		s.is(fault.NotFound, err)
		s.update(func(tx store.Tx) error { return tx.PublishBatch(s.ctx, batchID(1)) })
		got, err := s.s.ImportedRow(s.ctx, id("grd", 1))
		s.must(err)
		s.same(digest(1), got)
	}},
	{"the row of what is not there is not found, of another kind invalid", func(s *suite) {
		s.fails(fault.NotFound, func(tx store.Tx) error { return tx.NoteRow(s.ctx, id("grd", 1), digest(1)) })
		s.fails(fault.Invalid, func(tx store.Tx) error { return tx.NoteRow(s.ctx, id("emp", 1), digest(1)) })
		_, err := s.s.ImportedRow(s.ctx, id("emp", 1))
		s.is(fault.Invalid, err)
	}},
}

func (s *suite) putPair(first, second int, state store.DuplicateState) *store.Duplicate {
	s.Helper()
	d := &store.Duplicate{First: id("grd", first), Second: id("grd", second), Why: store.SameCNIC, State: state}
	s.update(func(tx store.Tx) error { return tx.PutDuplicate(s.ctx, d) })
	return d
}

var duplicateCases = []testCase{
	{"a pair reads back equal in either order, without an entry, and is replaced", func(s *suite) {
		s.graduates(3)
		before := s.head()
		d := s.putPair(2, 1, store.DuplicateOpen)
		s.same([]matching.ID{id("grd", 1), id("grd", 2)}, []matching.ID{d.First, d.Second})
		s.same(false, d.At.IsZero())
		for _, pair := range [][2]int{{1, 2}, {2, 1}} {
			got, err := s.s.Duplicate(s.ctx, id("grd", pair[0]), id("grd", pair[1]))
			s.must(err)
			s.same(d, got)
		}
		d.State, d.By = store.DuplicateDistinct, "staff:y"
		s.update(func(tx store.Tx) error { return tx.PutDuplicate(s.ctx, d) })
		got, err := s.s.Duplicate(s.ctx, d.First, d.Second)
		s.must(err)
		s.same(d, got)
		_, err = s.s.Duplicate(s.ctx, id("grd", 1), id("grd", 3))
		s.is(fault.NotFound, err)
		s.same(before, s.head())
	}},
	{"a pair needs two records that are there", func(s *suite) {
		s.graduates(1)
		for kind, second := range map[fault.Kind]int{fault.Invalid: 1, fault.NotFound: 2} {
			d := &store.Duplicate{First: id("grd", 1), Second: id("grd", second), Why: store.SameCNIC, State: store.DuplicateOpen}
			s.fails(kind, func(tx store.Tx) error { return tx.PutDuplicate(s.ctx, d) })
		}
	}},
	{"pairs are listed by state page by page, and by graduate", func(s *suite) {
		s.graduates(4)
		s.putPair(1, 2, store.DuplicateOpen)
		s.putPair(1, 3, store.DuplicateOpen)
		s.putPair(2, 3, store.DuplicateDistinct)
		s.putPair(3, 4, store.DuplicateOpen)
		first, err := s.s.Duplicates(s.ctx, store.DuplicateOpen, "", "", 2)
		s.must(err)
		s.same([]matching.ID{id("grd", 2), id("grd", 3)}, []matching.ID{first[0].Second, first[1].Second})
		rest, err := s.s.Duplicates(s.ctx, store.DuplicateOpen, first[1].First, first[1].Second, 2)
		s.must(err)
		s.same(1, len(rest))
		s.same(id("grd", 4), rest[0].Second)
		hers, err := s.s.DuplicatesOf(s.ctx, id("grd", 3))
		s.must(err)
		s.same(3, len(hers))
	}},
	{"a pair goes with either graduate", func(s *suite) {
		s.graduates(3)
		s.putPair(1, 2, store.DuplicateOpen)
		s.putPair(2, 3, store.DuplicateDistinct)
		s.putPair(1, 3, store.DuplicateOpen)
		s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, id("grd", 2)) })
		_, err := s.s.Duplicate(s.ctx, id("grd", 1), id("grd", 2))
		s.is(fault.NotFound, err)
		_, err = s.s.Duplicate(s.ctx, id("grd", 2), id("grd", 3))
		s.is(fault.NotFound, err)
		_, err = s.s.Duplicate(s.ctx, id("grd", 1), id("grd", 3))
		s.must(err)
	}},
	{"moved external ids lead to the record that was merged into, through several mergers, until it goes", func(s *suite) {
		for n := 1; n <= 3; n++ {
			g, _ := staged(n)
			s.putGraduate(g, nil)
		}
		merge := func(from, to int) {
			s.update(func(tx store.Tx) error {
				s.must(tx.MoveExternalIDs(s.ctx, id("grd", from), id("grd", to)))
				return tx.DeleteGraduate(s.ctx, id("grd", from))
			})
		}
		merge(1, 2)
		merge(2, 3)
		for _, external := range []string{"1", "2", "3"} {
			got, err := s.s.ByExternalID(s.ctx, store.GraduateNoun, "navttc", external)
			s.must(err)
			s.same(id("grd", 3), got)
		}
		_, err := s.s.ByExternalID(s.ctx, store.PostingNoun, "navttc", "1")
		s.is(fault.NotFound, err)
		s.fails(fault.NotFound, func(tx store.Tx) error { return tx.MoveExternalIDs(s.ctx, id("grd", 3), id("grd", 1)) })
		s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, id("grd", 3)) })
		_, err = s.s.ByExternalID(s.ctx, store.GraduateNoun, "navttc", "1")
		s.is(fault.NotFound, err)
	}},
}

// graduates puts the graduates 1 to n.
func (s *suite) graduates(n int) {
	s.Helper()
	for i := 1; i <= n; i++ {
		s.putGraduate(graduate(i), nil)
	}
}
