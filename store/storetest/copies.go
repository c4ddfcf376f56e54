package storetest

import (
	"slices"
	"strings"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// dumped is every row of a store, by table.
type dumped struct {
	Head   store.Head
	Tables []string // in the order of their coming
	Rows   map[string][][]any
}

func (s *suite) dump(from store.Store) dumped {
	s.Helper()
	d := dumped{Rows: map[string][][]any{}}
	var err error
	d.Head, err = from.Dump(s.ctx, func(table string, row []any) error {
		if len(d.Tables) == 0 || d.Tables[len(d.Tables)-1] != table {
			d.Tables = append(d.Tables, table)
		}
		own := slices.Clone(row)
		for i, v := range own {
			if blob, ok := v.([]byte); ok {
				own[i] = slices.Clone(blob)
			}
		}
		d.Rows[table] = append(d.Rows[table], own)
		return nil
	})
	s.must(err)
	return d
}

// fillFrom puts a dump into a store.
func (s *suite) fillFrom(d dumped, into store.Store) (store.Head, error) {
	return into.Fill(s.ctx, func(put func(string, []any) error) (store.Position, error) {
		for _, table := range d.Tables {
			for _, row := range d.Rows[table] {
				if err := put(table, row); err != nil {
					return 0, err
				}
			}
		}
		return d.Head.Position, nil
	})
}

// oneOfEach puts a record of every kind.
func (s *suite) oneOfEach() {
	s.Helper()
	personal, text := fullPersonal(), "میں آ سکتی ہوں"
	s.update(func(tx store.Tx) error {
		s.must(tx.PutInstitute(s.ctx, fullInstitute(1)))
		s.must(tx.PutEmployer(s.ctx, fullEmployer(1), &matching.EmployerContact{Person: "Usman"}))
		s.must(tx.PutGraduate(s.ctx, fullGraduate(1), &personal))
		s.must(tx.PutGraduate(s.ctx, graduate(2), nil))
		s.must(tx.PutPosting(s.ctx, fullPosting(1)))
		s.must(tx.PutApplication(s.ctx, application(1, 1), &text))
		s.must(tx.PutPlace(s.ctx, store.ImportedPlace{ID: "x-1", Source: "geonames", Body: []byte(`{"id":"x-1"}`)}))
		s.must(tx.PutToken(s.ctx, &store.Token{ID: "tok_1", Role: "staff", Hash: digest(3)}))
		s.must(tx.AppendLook(s.ctx, look(1)))
		s.must(tx.PutDuplicate(s.ctx, &store.Duplicate{First: id("grd", 1), Second: id("grd", 2), Why: store.SameCNIC, State: store.DuplicateOpen}))
		s.must(tx.MoveExternalIDs(s.ctx, id("grd", 1), id("grd", 2)))
		s.must(tx.PutImport(s.ctx, importRecord(1), []byte("result")))
		s.must(tx.PutFigure(s.ctx, figure(store.FrameFigure, 20_000, "frame")))
		return tx.PutReply(s.ctx, reply("create-graduate", 1, id(matching.GraduatePrefix, 1)))
	})
	s.putGraduate(fullGraduate(3), nil)
	s.update(func(tx store.Tx) error { return tx.DeleteGraduate(s.ctx, id("grd", 3)) })
	_, err := s.s.Spend(s.ctx, "account", "thing", time.Now().Add(-time.Hour), 1)
	s.must(err)
	s.stage(batchID(1), 7, 7)
}

var copyCases = []testCase{
	{"a dump has every row of every table, as Tables describes them", func(s *suite) {
		s.oneOfEach()
		d := s.dump(s.s)
		s.same(s.head(), d.Head)
		var want []string
		for _, t := range store.Tables() {
			want = append(want, t.Name)
			for _, row := range d.Rows[t.Name] {
				s.same(len(t.Columns), len(row))
				for i, c := range t.Columns {
					checkValue(s, t.Name, c, row[i])
				}
			}
		}
		s.same(want, d.Tables) // each has a row
	}},
	{"a dumped and filled store is equal row by row, in another epoch", func(s *suite) {
		s.oneOfEach()
		d := s.dump(s.s)
		other := s.empty()
		head, err := s.fillFrom(d, other)
		s.must(err)
		if head.Epoch == d.Head.Epoch || head.Position != d.Head.Position {
			s.Fatalf("filled at %v, dumped at %v", head, d.Head)
		}
		copied := s.dump(other)
		s.same(d.Rows, copied.Rows)
		s.must(other.Check(s.ctx))
		personal, err := other.Personal(s.ctx, id(matching.GraduatePrefix, 1))
		s.must(err)
		s.same(fullPersonal(), personal)
		position, err := other.Update(s.ctx, func(tx store.Tx) error { return tx.PutGraduate(s.ctx, graduate(9), nil) })
		s.must(err)
		s.same(head.Position+1, position)
	}},
	{"a store that holds records is not filled, and one that fails holds nothing", func(s *suite) {
		s.oneOfEach()
		d, before := s.dump(s.s), s.head()
		_, err := s.fillFrom(d, s.s)
		s.is(fault.Conflict, err)
		s.same(before, s.head())
		other := s.empty()
		_, err = other.Fill(s.ctx, func(put func(string, []any) error) (store.Position, error) {
			s.must(put("graduate", d.Rows["graduate"][0]))
			return 0, errOwn
		})
		if err != errOwn {
			s.Fatalf("error %v, want the one of rows", err)
		}
		_, err = s.fillFrom(d, other)
		s.must(err)
	}},
	{"a renewed epoch is another one, at the same position", func(s *suite) {
		s.putGraduate(graduate(1), nil)
		before := s.head()
		after, err := s.s.RenewEpoch(s.ctx)
		s.must(err)
		s.same(after, s.head())
		if after.Epoch == before.Epoch || after.Position != before.Position || strings.TrimSpace(string(after.Epoch)) == "" {
			s.Fatalf("%v became %v", before, after)
		}
	}},
}

func checkValue(s *suite, table string, c store.Column, value any) {
	s.Helper()
	ok := false
	switch value.(type) {
	case nil:
		ok = c.Nullable
	case int64:
		ok = c.Value == store.Integer
	case string:
		ok = c.Value == store.Text
	case []byte:
		ok = c.Value == store.Bytes
	}
	if !ok {
		s.Fatalf("%s.%s is a %T", table, c.Name, value)
	}
}
