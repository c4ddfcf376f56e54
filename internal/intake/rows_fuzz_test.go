package intake

import (
	"bytes"
	"context"
	"testing"
	"time"
	"unicode/utf8"

	"rabta/matching"
)

// FuzzGraduates reads any bytes as a roster: it ends, every graduate passes the model's checks, rows rise, and no fault holds letters that
// cannot be shown.
func FuzzGraduates(f *testing.F) {
	for _, s := range []string{anInstitutesFile, aRoster, "", "Name,Phone,Trade,City\n\"", "Name;Phone;Trade;City\n;;;\n\x00;\xff", "\xff\xfeN\x00a\x00"} {
		f.Add([]byte(s))
	}
	f.Add(workbook(f, [][]any{{"Name", "Phone", "Trade", "City"}, {"Sana", 3901234567, "tailor", "Lahore"}}))
	tables := testTables(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		last := 0
		for row, err := range Graduates(context.Background(), bytes.NewReader(file), tables) {
			if err != nil {
				return
			}
			if row.Row <= last && row.Headings == nil {
				t.Fatalf("row %d after row %d", row.Row, last)
			}
			last = row.Row
			if row.Graduate != nil {
				if err := tables.Model.CheckGraduate(row.Graduate, tables.Now); err != nil || row.Identity == "" || row.Personal.Phone == "" {
					t.Fatalf("%v of %+v", err, row)
				}
			} else if row.Headings == nil && len(row.Problems) == 0 {
				t.Fatalf("row %d gives nothing and says nothing", row.Row)
			}
			for _, p := range row.Problems {
				if !utf8.ValidString(p.String()) || p.Expected == "" {
					t.Fatalf("%+v", p)
				}
			}
		}
	})
}

// FuzzPostings does the same for lists of postings.
func FuzzPostings(f *testing.F) {
	f.Add([]byte(anEmployersFile))
	f.Add([]byte("Employer,Trade,City,Pay,Last date,Workplace\nA,tailor,Lahore,1 lakh,1/1/27,remote\n"))
	tables := testTables(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		for row, err := range Postings(context.Background(), bytes.NewReader(file), tables) {
			if err != nil {
				return
			}
			if row.Headings == nil && row.Posting == nil && len(row.Problems) == 0 {
				t.Fatalf("row %d gives nothing and says nothing", row.Row)
			}
		}
	})
}

// FuzzPay holds every amount that is read to the bounds of the model.
func FuzzPay(f *testing.F) {
	for _, s := range []string{"25 hazar", "Rs. 25,000/-", "1.5 lakh", "۲۵۰۰۰ ماہانہ", "25-30k", "9e99", "1,2,3", "k", "½ lakh"} {
		f.Add(s)
	}
	r := newPayReader("Salary")
	f.Fuzz(func(t *testing.T, s string) {
		d := r.read(s)
		if p := d.value; p != nil && (p.From < 1 || p.To < p.From || p.To > mostPay || p.Unit == "") || d.wanted != (wanted{}) && d.value != nil {
			t.Fatalf("%q: %+v", s, d)
		}
	})
}

// FuzzDates holds every date that is read to its bounds, and reads what it read again.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"2026-11-22", "22/11/26", "22 نومبر ۲۰۲۶", "46348", "Nov 2026", "31.12.1999", "0/0/0000", "::", "1/1/1T1:1"} {
		f.Add(s)
	}
	r := dateReader{months: monthNames(), least: 1980, most: 2036}
	f.Fuzz(func(t *testing.T, s string) {
		d := r.read(s)
		if d.wanted != (wanted{}) {
			return
		}
		if y := d.value.Year(); y < 1980 || y > 2036 || !r.read(d.value.Format(time.DateOnly)).value.Equal(d.value) {
			t.Fatalf("%q: %v", s, d.value)
		}
	})
}

// FuzzCells reads any text as times, distances, levels and phones.
func FuzzCells(f *testing.F) {
	for _, s := range []string{"2 saal 6 mah", "10 km", "Level III", "0300-1234567", "۱۲", "1e9", "--", "\xff"} {
		f.Add(s)
	}
	months := newMonthsReader("Experience")
	f.Fuzz(func(t *testing.T, s string) {
		if d := months.read(s); d.wanted == (wanted{}) && (*d.value < 0 || *d.value > mostMonths) {
			t.Fatalf("%q: %d months", s, *d.value)
		}
		if d := readDistance(s); d.wanted == (wanted{}) && !(d.value >= 0 && d.value <= 2_000_000) {
			t.Fatalf("%q: %v m", s, d.value)
		}
		if d := readLevel(s); d.wanted == (wanted{}) && (d.value < 0 || d.value > 8) {
			t.Fatalf("%q: level %d", s, d.value)
		}
		if d := readDays(s); d.wanted == (wanted{}) && (d.value < 1 || d.value > 3_650) {
			t.Fatalf("%q: %d days", s, d.value)
		}
		if n, _ := phoneOf(s); n != "" && len(n) < 12 {
			t.Fatalf("%q: %s", s, n)
		}
		var held matching.Posting
		held.Title = tidyText(s, 20)
		if utf8.RuneCountInString(held.Title) > 20 || !utf8.ValidString(held.Title) {
			t.Fatalf("%q: %q", s, held.Title)
		}
	})
}
