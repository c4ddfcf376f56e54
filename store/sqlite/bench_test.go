package sqlite_test

import (
	"fmt"
	"testing"

	"rabta/geo"
	"rabta/matching"
	"rabta/store"
)

// bulk is how many records one transaction of an import holds.
const bulk = 5000

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

// put writes records n to n+count in one transaction.
func putGraduates(b testing.TB, s store.Store, n, count int, personal bool) {
	_, err := s.Update(b.Context(), func(tx store.Tx) error {
		for i := n; i < n+count; i++ {
			g, p := benchGraduate(i)
			if !personal {
				p = nil
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
}

func BenchmarkBulkPut(b *testing.B) {
	for _, personal := range []bool{false, true} {
		b.Run(fmt.Sprintf("personal=%v", personal), func(b *testing.B) {
			s := open(b, b.TempDir(), store.NewKeys())
			n := 0
			for b.Loop() {
				putGraduates(b, s, n, bulk, personal)
				n += bulk
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkSinglePut(b *testing.B) {
	s := open(b, b.TempDir(), store.NewKeys())
	n := 0
	for b.Loop() {
		putGraduates(b, s, n, 1, true)
		n++
	}
}

func BenchmarkRead(b *testing.B) {
	s := open(b, b.TempDir(), store.NewKeys())
	putGraduates(b, s, 0, bulk, true)
	b.Run("graduate", func(b *testing.B) {
		n := 0
		for b.Loop() {
			if _, err := s.Graduate(b.Context(), matching.ID(fmt.Sprintf("grd_01J8%022d", n%bulk))); err != nil {
				b.Fatal(err)
			}
			n++
		}
	})
	b.Run("by phone", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.GraduatesByPhone(b.Context(), "03000000042"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("walk of 5000", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.EachGraduate(b.Context(), "", func(*matching.Graduate) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
}
