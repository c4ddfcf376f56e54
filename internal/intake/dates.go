package intake

import (
	"fmt"
	"math"
	"strings"
	"time"

	"rabta/internal/script"
)

const (
	dateWanted   = "a date, as 22/11/2026, 2026-11-22 or 22 Nov 2026"
	dateWantedUr = "تاریخ، جیسے 22/11/2026 یا 22 نومبر 2026"
)

// monthNames are the names of months, folded, in English and Urdu; English ones are known by their first three letters too.
func monthNames() map[string]time.Month {
	names := map[string]time.Month{}
	for i, line := range []string{"january janvari جنوری", "february farvari feb فروری", "march maarch مارچ", "april اپریل aprail", "may mai مئی می", "june joon جون",
		"july julai جولائی جولای", "august agast اگست", "september sept sitambar ستمبر", "october aktoobar اکتوبر", "november navambar نومبر", "december disambar دسمبر"} {
		for name := range strings.FieldsSeq(line) {
			names[closed(name)] = time.Month(i + 1)
			if name[0] < 0x80 && len(name) > 3 {
				names[name[:3]] = time.Month(i + 1)
			}
		}
	}
	return names
}

// dateReader reads dates. A year of two digits is the latest that is not after most.
type dateReader struct {
	months   map[string]time.Month
	least    int // year
	most     int
	date1904 bool // the workbook counts days from 1904
}

// read reads 2026-11-22, 22/11/2026, 22-11-26, 22.11.2026, 22 Nov 2026, Nov 22, 2026, ۲۲ نومبر ۲۰۲۶, November 2026, 2026, and the number of a
// day as Excel counts them. What may be day or month first is read day first, and said so.
func (r *dateReader) read(text string) reading[time.Time] {
	if n, ok := plainNumber(script.Normalize(text)); ok && n >= 10_000 && n < 80_000 {
		return r.serial(n)
	}
	var numbers []token
	month := time.Month(0)
	at := 0 // how many numbers stand before the month's name
	for _, t := range tokens(clockless(text)) {
		switch named, ok := r.months[t.word]; {
		case t.isNumber() && t.number == math.Trunc(t.number):
			numbers = append(numbers, t)
		case t.isNumber():
			return r.dotted(text)
		case ok && month == 0:
			month, at = named, len(numbers)
		case t.word == "-" || dayWord(t.word):
		default:
			return unread[time.Time](dateWanted, dateWantedUr)
		}
	}
	if month > 0 {
		return r.named(numbers, month, at)
	}
	return r.numbered(numbers)
}

// dotted reads a date of which dots part the numbers, 22.11.2026, as if they were slashes.
func (r *dateReader) dotted(text string) reading[time.Time] {
	if slashed := strings.ReplaceAll(text, ".", "/"); slashed != text {
		return r.read(slashed)
	}
	return unread[time.Time](dateWanted, dateWantedUr)
}

// clockless drops the time of the day from a date and time.
func clockless(text string) string {
	if i := strings.IndexAny(text, ":"); i >= 2 {
		if at := strings.LastIndexAny(text[:i], " T"); at >= 6 {
			return text[:at]
		}
	}
	return text
}

// dayWord tells whether a word may stand in a date and says nothing.
func dayWord(w string) bool {
	switch w {
	case "st", "nd", "rd", "th", "of", "the", "dated", "on", "from", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday", "پیر", "منگل", "بدھ", "بدہ", "جمعرات", "جمعہ", "ہفتہ", "اتوار", "ء", "کو", "سے", "se", "ko", "a", "d", "ad", "e", "عیسوی":
		return true
	}
	return w == ""
}

// serial reads a day as Excel counts: day 1 is 1 January 1900, with a 29 February 1900 that never was.
func (r *dateReader) serial(n float64) reading[time.Time] {
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if r.date1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return r.within(read(first.AddDate(0, 0, int(n))))
}

// named reads a date whose month has a name.
func (r *dateReader) named(numbers []token, month time.Month, at int) reading[time.Time] {
	switch len(numbers) {
	case 1:
		return r.monthOnly(numbers[0], month)
	case 2:
		day, year := numbers[0], numbers[1]
		if day.digits == 4 { // 2026 Nov 22
			day, year = year, day
		}
		return r.made(year, int(month), int(day.number), "")
	}
	return unread[time.Time](dateWanted, dateWantedUr)
}

// monthOnly gives the first day of a month.
func (r *dateReader) monthOnly(year token, month time.Month) reading[time.Time] {
	d := r.made(year, int(month), 1, HowMonthOnly)
	d.as = d.value.Format("January 2006")
	return d
}

// numbered reads a date in numbers.
func (r *dateReader) numbered(n []token) reading[time.Time] {
	switch {
	case len(n) == 1 && n[0].digits == 4:
		d := r.made(n[0], 1, 1, HowMonthOnly)
		d.as = fmt.Sprint(d.value.Year())
		return d
	case len(n) == 2 && n[0].digits == 4:
		return r.monthOnly(n[0], time.Month(n[1].number))
	case len(n) == 2 && n[1].digits == 4:
		return r.monthOnly(n[1], time.Month(n[0].number))
	case len(n) == 3 && n[0].digits == 4:
		return r.made(n[0], int(n[1].number), int(n[2].number), "")
	case len(n) == 3:
		return r.dayFirst(n)
	}
	return unread[time.Time](dateWanted, dateWantedUr)
}

// dayFirst reads day, month, year; month, day, year only where it cannot be the first.
func (r *dateReader) dayFirst(n []token) reading[time.Time] {
	day, month := int(n[0].number), int(n[1].number)
	switch {
	case month > 12 && day <= 12:
		return r.made(n[2], day, month, "")
	case day <= 12 && day != month:
		return r.made(n[2], month, day, HowDayFirst)
	}
	return r.made(n[2], month, day, "")
}

// made makes a date of a year with two or four digits; how is why it is told.
func (r *dateReader) made(year token, month, day int, how string) reading[time.Time] {
	y := int(min(year.number, 9999))
	switch year.digits {
	case 2:
		for y += 1900; y+100 <= r.most; y += 100 {
		}
	case 4:
	default:
		return unread[time.Time](dateWanted, dateWantedUr)
	}
	t := time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || t.Day() != day || t.Year() != y {
		return unread[time.Time](dateWanted, dateWantedUr)
	}
	return r.within(reading[time.Time]{value: t, as: t.Format("2 January 2006"), how: how})
}

func (r *dateReader) within(d reading[time.Time]) reading[time.Time] {
	if y := d.value.Year(); y < r.least || y > r.most {
		return unread[time.Time](fmt.Sprintf("a date between the years %d and %d, as 22/11/2026", r.least, r.most),
			fmt.Sprintf("%d سے %d تک کی تاریخ، جیسے 22/11/2026", r.least, r.most))
	}
	return d
}
