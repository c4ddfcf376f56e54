package intake

import (
	"math"
	"strconv"
	"strings"
)

const mostMonths = 720

// monthsReader reads times of experience. perNumber is how many months a bare number stands for by its heading; 0 where that tells nothing.
type monthsReader struct {
	perNumber float64
	numbers   map[string]float64
}

// newMonthsReader makes a reader for a column: "Experience (months)" says what a bare number is.
func newMonthsReader(heading string) *monthsReader {
	r := &monthsReader{numbers: numberWords()}
	for _, t := range tokens(heading) {
		if per := monthsPer(t.word); per >= 1 && r.perNumber == 0 {
			r.perNumber = per
		}
	}
	return r
}

// monthsPer gives how many months a word stands for; 0 for other words.
func monthsPer(word string) float64 {
	switch word {
	case "year", "years", "yr", "yrs", "y", "saal", "sal", "سال", "برس", "baras":
		return 12
	case "month", "months", "mon", "mth", "mths", "m", "mo", "mah", "maah", "mahine", "maheene", "mahina", "maheena", "ماہ", "مہینے", "مہینہ", "مہینا", "mos":
		return 1
	case "week", "weeks", "wk", "hafte", "hafta", "ہفتے", "ہفتہ":
		return 0.23
	case "day", "days", "din", "دن":
		return 1.0 / 30
	}
	return 0
}

// read reads "18", "2 saal", "٦ ماہ", "1.5 years", "2 years 3 months", "fresh".
func (r *monthsReader) read(text string) reading[*int] {
	const en, ur = "a time of experience, as 18 months or 2 years", "تجربے کی مدت، جیسے 18 ماہ یا 2 سال"
	total, pending, seen, unitless := 0.0, math.NaN(), false, false
	for _, t := range tokens(text) {
		n, isNumber := r.numbers[t.word]
		per := monthsPer(t.word)
		switch {
		case t.isNumber() && math.IsNaN(pending):
			pending = t.number
		case t.isNumber():
			return unread[*int](en, ur)
		case isNumber && t.word != "no" && math.IsNaN(pending):
			pending = n
		case per > 0 && !math.IsNaN(pending):
			total, seen, pending = total+pending*per, true, math.NaN()
		case noExperience(t.word):
			seen = true
		case experienceWord(t.word):
		default:
			return unread[*int](en, ur)
		}
	}
	if !math.IsNaN(pending) {
		if seen {
			return unread[*int](en, ur)
		}
		per := r.perNumber
		if unitless = per == 0; unitless {
			per = likelyPer(pending)
		}
		total, seen = pending*per, true
	}
	if total = math.Round(total); !seen || total < 0 || total > mostMonths {
		return unread[*int](en, ur)
	}
	months := int(total)
	if unitless {
		return reading[*int]{value: &months, as: strconv.Itoa(months) + " months", how: HowAssumedUnit}
	}
	return read(&months)
}

// likelyPer guesses what a bare number counts: up to five, years; more, months. Assumed: graduates of courses have few years.
func likelyPer(n float64) float64 {
	if n <= 5 {
		return 12
	}
	return 1
}

func noExperience(w string) bool {
	switch w {
	case "fresh", "fresher", "nil", "none", "no", "zero", "koi", "nahi", "nahin", "کویی", "نہیں", "نیا", "naya", "beginner":
		return true
	}
	return false
}

func experienceWord(w string) bool {
	switch w {
	case "", "-", "and", "aur", "اور", "of", "experience", "exp", "ka", "tajurba", "tajarba", "تجربہ", "کا", "about", "approx", "more", "than", "over", "least", "at", "plus", "se", "zyada", "min", "minimum", "s":
		return true
	}
	return false
}

// readDistance reads how far a person will travel, in metres.
func readDistance(text string) reading[float64] {
	const mostMetres = 2_000_000
	const en, ur = "a distance in km, as 10 km", "فاصلہ کلومیٹر میں، جیسے 10 کلومیٹر"
	number, scale := math.NaN(), 1000.0
	for _, t := range tokens(text) {
		switch {
		case t.isNumber():
			number = t.number // of 5-10 km the farther
		case t.word == "m" || t.word == "meter" || t.word == "meters" || t.word == "metre" || t.word == "metres" || t.word == "میٹر":
			scale = 1
		case t.word == "mile" || t.word == "miles" || t.word == "میل":
			scale = 1609.344
		case strings.HasPrefix(t.word, "k") || strings.HasPrefix(t.word, "کلو") || t.word == "-" || t.word == "to" || t.word == "se" || t.word == "سے" || t.word == "tak" || t.word == "تک" || t.word == "up" || t.word == "upto":
		default:
			return unread[float64](en, ur)
		}
	}
	if !(number >= 0 && number*scale <= mostMetres) {
		return unread[float64](en, ur)
	}
	return read(number * scale)
}

// readLevel reads an NVQF level: 3, Level-3, L3, NVQ 3, III.
func readLevel(text string) reading[int] {
	for _, t := range tokens(text) {
		if t.isNumber() && t.number == math.Trunc(t.number) && t.number >= 0 && t.number <= 8 {
			return read(int(t.number))
		}
		if n := roman(strings.TrimPrefix(t.word, "l")); n > 0 {
			return read(n)
		}
	}
	return unread[int]("an NVQF level from 1 to 8", "NVQF درجہ 1 سے 8 تک")
}

func roman(w string) int {
	for i, numeral := range [...]string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii"} {
		if w == numeral {
			return i + 1
		}
	}
	return 0
}
