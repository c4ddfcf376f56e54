package matching

import (
	"strings"
	"testing"
	"time"
)

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

func TestWage(t *testing.T) {
	row := func(trade, province string, p50 float64, year int) WageRow {
		return WageRow{Trade: trade, Province: province, P25: p50 / 2, P50: p50, P75: p50 * 2, Date: day(year, 1, 1)}
	}
	w, err := NewWages([]WageRow{row("mason", "prv-punjab", 60_000, 2025), row("mason", "prv-punjab", 50_000, 2024),
		row("mason", "prv-sindh", 40_000, 2025), row("mason", "prv-balochistan", 90_000, 2025),
		row("tailor", "", 35_000, 2025), row("tailor", "prv-sindh", 30_000, 2025)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, trade, province string
		want                  float64 // 0: none
	}{
		{"the newest row holds", "mason", "prv-punjab", 60_000},
		{"the nation is the middle province", "mason", "", 60_000},
		{"a province without a row takes the nation's", "mason", "prv-gilgit-baltistan", 60_000},
		{"the nation's own row holds", "tailor", "prv-punjab", 35_000},
		{"the province's row comes first", "tailor", "prv-sindh", 30_000},
		{"no such trade", "wizard", "prv-sindh", 0},
	} {
		got, ok := w.Wage(c.trade, c.province)
		if got.P50 != c.want || ok != (c.want > 0) {
			t.Errorf("%s: %v %v, want %v", c.name, got.P50, ok, c.want)
		}
	}
	for n := range uint8(4) {
		if got := w.ProvinceNumber(w.Province(n)); got != n {
			t.Errorf("province number %d comes back as %d", n, got)
		}
	}
}

func TestNewWagesNamesEveryFault(t *testing.T) {
	_, err := NewWages([]WageRow{{Trade: "mason", P25: 5, P50: 4, P75: 6}, {Trade: "tailor", P25: 0, P50: 4, P75: 6}},
		[]MinimumRow{{Province: "prv-sindh", Category: Unskilled}})
	if err == nil {
		t.Fatal("faulty rows were taken")
	}
	for _, want := range []string{"mason", "tailor", "prv-sindh"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in %v", want, err)
		}
	}
}

func TestMinimumWage(t *testing.T) {
	w := testWages(t)
	for _, c := range []struct {
		province string
		on       time.Time
		want     Rupees // 0: none
	}{
		{"prv-punjab", day(2024, 6, 30), 0}, {"prv-punjab", day(2024, 7, 1), 37_000}, {"prv-punjab", day(2025, 6, 30), 37_000},
		{"prv-punjab", day(2025, 7, 1), 40_000}, {"prv-punjab", day(2030, 1, 1), 40_000}, {"prv-sindh", day(2030, 1, 1), 0},
	} {
		got, ok := w.MinimumWage(c.province, c.on, Unskilled)
		if got != c.want || ok != (c.want > 0) {
			t.Errorf("%s on %s: %d %v, want %d", c.province, c.on.Format(time.DateOnly), got, ok, c.want)
		}
	}
}

// A new minimum wage holds from midnight in Pakistan, five hours before it is that day by UTC, for the record, its row and what is said.
func TestMinimumWageChangesAtMidnightInPakistan(t *testing.T) {
	m, p := testModel(t), aPosting()
	p.Pay.From = 38_000
	for _, c := range []struct {
		at    time.Time
		want  Rupees
		below bool
	}{
		{time.Date(2025, 6, 30, 18, 59, 59, 0, time.UTC), 37_000, false},
		{time.Date(2025, 6, 30, 19, 0, 0, 0, time.UTC), 40_000, true},
		{time.Date(2025, 7, 1, 4, 59, 59, 0, time.UTC), 40_000, true},
	} {
		if figure, below := m.BelowMinimum(p, c.at); figure != c.want || below != c.below {
			t.Errorf("%v: the record says %v of %d, want %v of %d", c.at, below, figure, c.below, c.want)
		}
		s, o, metres := pair(t, m, anElectrician(), p)
		if figure, below := m.OpeningBelowMinimum(o, Day(c.at)); figure != c.want || below != c.below {
			t.Errorf("%v: the row says %v of %d, want %v of %d", c.at, below, figure, c.below, c.want)
		}
		if text := m.Explain(s, o, metres, m.Score(s, o, metres, c.at), "en"); strings.Contains(text, "minimum wage") != c.below {
			t.Errorf("%v: %q", c.at, text)
		}
	}
}

func TestNationIsNoSurerThanItsProvince(t *testing.T) {
	for _, c := range []struct{ province, nation string }{
		{BasisObserved, BasisDerived}, {BasisDerived, BasisDerived}, {BasisAssumed, BasisAssumed},
	} {
		w, err := NewWages([]WageRow{{Trade: "mason", Province: "prv-punjab", P25: 1, P50: 2, P75: 3, Basis: c.province}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := w.Wage("mason", ""); got.Basis != c.nation {
			t.Errorf("of a %s wage the nation's is %q, want %q", c.province, got.Basis, c.nation)
		}
	}
}

func TestBelowMinimum(t *testing.T) {
	m := testModel(t)
	for _, c := range []struct {
		name   string
		change func(p *Posting)
		want   bool
	}{
		{"well above", func(p *Posting) {}, false},
		{"at the minimum", func(p *Posting) { p.Pay.From = 40_000 }, false},
		{"the lower end is below", func(p *Posting) { p.Pay.From = 39_999 }, true},
		{"by the day", func(p *Posting) { p.Pay = &Pay{From: 1_538, To: 1_538, Unit: PerDay} }, true},
		{"by the hour", func(p *Posting) { p.Pay = &Pay{From: 193, To: 193, Unit: PerHour} }, false},
		{"not stated", func(p *Posting) { p.Pay = nil }, false},
		{"by the point", func(p *Posting) { p.Pay = &Pay{From: 1, To: 1, Unit: PerPoint} }, false},
		{"part-time, hours not stated", func(p *Posting) { p.Pay.From, p.PartTime = 20_000, true }, false},
		{"half the hours for half the pay", func(p *Posting) { p.Pay.From, p.PartTime, p.HoursPerWeek = 20_000, true, 24 }, false},
		{"half the hours for less", func(p *Posting) { p.Pay.From, p.PartTime, p.HoursPerWeek = 19_000, true, 24 }, true},
		{"a province without a minimum", func(p *Posting) { p.Pay.From, p.Province = 1, "prv-sindh" }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := aPosting()
			c.change(p)
			figure, below := m.BelowMinimum(p, noon)
			if below != c.want || below && figure != 40_000 {
				t.Fatalf("got %v of %d, want %v", below, figure, c.want)
			}
			o := m.Opening(p, answering)
			if figureOfRow, again := m.OpeningBelowMinimum(&o, Day(noon)); again != below || figureOfRow != figure {
				t.Fatalf("the row says %v of %d and the record %v of %d", again, figureOfRow, below, figure)
			}
		})
	}
}
