package postgres_test

import (
	"fmt"
	"testing"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// benchGraduate is a graduate of the size that the sample market has.
func benchGraduate(n int) (*matching.Graduate, *matching.Personal) {
	months := n % 90
	return &matching.Graduate{
			ID: matching.ID(fmt.Sprintf("grd_01J8%022d", n)), Source: "bench", ExternalID: fmt.Sprint(n), Gender: matching.Woman, BirthDecade: 1990,
			Trades:    []matching.TradeHeld{{Trade: "electrician", Skills: []string{"wiring", "motor-winding"}, Level: 3, Months: &months, Learnt: matching.LearntInstitute}},
			Home:      geo.Point{Lat: 31.52041234567, Lon: 74.3587123456},
			Travel:    matching.Travel{MaxMetres: 12500, Modes: []matching.Mode{matching.Walk, matching.Bus}},
			LowestPay: &matching.LowestPay{Amount: 40000, Unit: matching.PerMonth}, Consent: matching.Consent{Matching: true}, Status: matching.Searching,
		}, &matching.Personal{Name: "نسرین بی بی", Phone: fmt.Sprintf("0300%07d", n%10_000_000), CNIC: fmt.Sprintf("35202%08d", n),
			Address: "گلی 4"}
}

// putGraduates writes records n to n+count in one transaction.
func putGraduates(b testing.TB, s store.Store, n, count int) store.Position {
	b.Helper()
	position, err := s.Update(b.Context(), func(tx store.Tx) error {
		for i := n; i < n+count; i++ {
			g, p := benchGraduate(i)
			if err := tx.PutGraduate(b.Context(), g, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return position
}

// BenchmarkBulkPut is what an import does, on a server that forces nothing to the disk and on one that does.
func BenchmarkBulkPut(b *testing.B) {
	for _, where := range []struct {
		name string
		url  func(testing.TB) string
	}{{"fast", database}, {"durable", durable}} {
		for _, bulk := range []int{500, 5000} {
			b.Run(fmt.Sprintf("%s/rows=%d", where.name, bulk), func(b *testing.B) {
				s := open(b, where.url(b), store.NewKeys())
				n := 0
				for b.Loop() {
					putGraduates(b, s, n, bulk)
					n += bulk
				}
				b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

// BenchmarkImport looks for each record by its external id before it creates it, as an import does.
func BenchmarkImport(b *testing.B) {
	const rows = 1000
	s := open(b, database(b), store.NewKeys())
	n := 0
	for b.Loop() {
		_, err := s.Update(b.Context(), func(tx store.Tx) error {
			for i := n; i < n+rows; i++ {
				g, p := benchGraduate(i)
				if _, err := tx.ByExternalID(b.Context(), store.GraduateNoun, g.Source, g.ExternalID); fault.KindOf(err) != fault.NotFound {
					return err
				}
				if err := tx.PutGraduate(b.Context(), g, p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		n += rows
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkSinglePut(b *testing.B) {
	s := open(b, durable(b), store.NewKeys())
	n := 0
	for b.Loop() {
		putGraduates(b, s, n, 1)
		n++
	}
}

func BenchmarkRead(b *testing.B) {
	const people = 5000
	s := open(b, database(b), store.NewKeys())
	putGraduates(b, s, 0, people)
	for name, read := range map[string]func(n int) error{
		"graduate": func(n int) error {
			_, err := s.Graduate(b.Context(), matching.ID(fmt.Sprintf("grd_01J8%022d", n%people)))
			return err
		},
		"by phone": func(int) error { _, err := s.GraduatesByPhone(b.Context(), "03000000042"); return err },
		"walk of 5000": func(int) error {
			_, err := s.EachGraduate(b.Context(), "", func(*matching.Graduate) error { return nil })
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				if err := read(n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
