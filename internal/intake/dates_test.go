package intake

import (
	"testing"
	"time"
)

func TestDatesAreReadAsPeopleWriteThem(t *testing.T) {
	r := dateReader{months: monthNames(), least: 1980, most: 2036}
	tests := []struct{ text, want, how string }{
		{"2026-11-22", "2026-11-22", ""},
		{"2026/11/22", "2026-11-22", ""},
		{"2026-11-22T00:00:00Z", "2026-11-22", ""},
		{"2026-11-22 14:05:00", "2026-11-22", ""},
		{"22/11/2026", "2026-11-22", ""},
		{"22-11-26", "2026-11-22", ""},
		{"22.11.2026", "2026-11-22", ""},
		{"22 Nov 2026", "2026-11-22", ""},
		{"22-Nov-26", "2026-11-22", ""},
		{"22nd November, 2026", "2026-11-22", ""},
		{"Nov 22, 2026", "2026-11-22", ""},
		{"Sunday 22 November 2026", "2026-11-22", ""},
		{"۲۲ نومبر ۲۰۲۶", "2026-11-22", ""},
		{"22 نومبر 2026ء", "2026-11-22", ""},
		{"٢٢/١١/٢٠٢٦", "2026-11-22", ""},
		{"22 navambar 2026", "2026-11-22", ""},
		{"1 مئی 2026", "2026-05-01", ""},
		{"3 جولائی 2025", "2025-07-03", ""},
		{"46348", "2026-11-22", ""},
		{"46348.0", "2026-11-22", ""},
		{"46348.75", "2026-11-22", ""},
		{"05/06/2026", "2026-06-05", HowDayFirst},
		{"5-6-26", "2026-06-05", HowDayFirst},
		{"06/06/2026", "2026-06-06", ""},
		{"11/22/2026", "2026-11-22", ""},
		{"November 2026", "2026-11-01", HowMonthOnly},
		{"Nov-26", "2026-11-01", HowMonthOnly},
		{"11/2026", "2026-11-01", HowMonthOnly},
		{"2026", "2026-01-01", HowMonthOnly},
		{"29/02/2024", "2024-02-29", ""},
	}
	for _, tt := range tests {
		if d := r.read(tt.text); d.wanted != (wanted{}) || d.value.Format(time.DateOnly) != tt.want || d.how != tt.how {
			t.Errorf("%s: %s by %q %v, want %s by %q", tt.text, d.value.Format(time.DateOnly), d.how, d.wanted, tt.want, tt.how)
		}
	}
	for _, text := range []string{"soon", "31/02/2026", "29/02/2026", "32/01/2026", "22/13/2026", "1/1/1800", "1/1/3000", "22 Foo 2026", "12345678901", "1", "22/11", "-", "22/11/026", "99999999"} {
		if d := r.read(text); d.wanted == (wanted{}) {
			t.Errorf("%s: read as %v", text, d.value)
		}
	}
}

func TestBirthdaysOfTwoDigitsLieInThePast(t *testing.T) {
	r := dateReader{months: monthNames(), least: 1930, most: 2026}
	for text, year := range map[string]int{"12/03/99": 1999, "12/03/05": 2005, "12-Mar-45": 1945, "1998": 1998, "36000": 1998} {
		if d := r.read(text); d.value.Year() != year {
			t.Errorf("%s: %v %v", text, d.value, d.wanted)
		}
	}
	if d := (&dateReader{months: r.months, least: 1930, most: 2026, date1904: true}).read("34538"); d.value.Year() != 1998 {
		t.Errorf("a workbook of the Macintosh: %v", d.value)
	}
}

// A date written in any of the forms is read as itself.
func TestDatesRoundTrip(t *testing.T) {
	r := dateReader{months: monthNames(), least: 1980, most: 2036}
	for day := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2037; day = day.AddDate(0, 0, 13) {
		for _, form := range []string{time.DateOnly, "02/01/2006", "2.1.2006", "2 Jan 2006", "January 2, 2006", "02-Jan-2006", time.RFC3339} {
			if d := r.read(day.Format(form)); !d.value.Equal(day) {
				t.Fatalf("%s: %v", day.Format(form), d.value)
			}
		}
	}
}
