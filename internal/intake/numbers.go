package intake

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"rabta/internal/script"
)

// token is a number or a word of a folded text.
type token struct {
	number float64
	digits int // of the whole part as written; 0 for a word
	word   string
}

// isNumber tells a number from a word.
func (t token) isNumber() bool { return t.digits > 0 }

// tokens parts a text into numbers and words: "Rs. 25,000/-" is rs, 25000; "25k" is 25, k. Digits are of any script; commas between digits
// part thousands or lakhs; a point or an Arabic ٫ before digits begins a fraction. A dash is the word "-".
func tokens(text string) []token {
	s := []rune(script.Normalize(strings.NewReplacer("٬", ",", "٫", ".", "–", "-", "—", "-", "−", "-").Replace(text)))
	var all []token
	for i := 0; i < len(s); {
		switch r := s[i]; {
		case isDigit(r):
			t, next := number(s, i)
			all, i = append(all, t), next
		case unicode.IsLetter(r):
			from := i
			for i < len(s) && (unicode.IsLetter(s[i]) || unicode.IsMark(s[i]) || s[i] == '\'') {
				i++
			}
			all = append(all, token{word: script.Fold(string(s[from:i]))})
		case r == '-':
			all = append(all, token{word: "-"})
			i++
		default:
			i++
		}
	}
	return all
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// number reads the number that begins at s[i].
func number(s []rune, i int) (token, int) {
	var b strings.Builder
	digits := 0
	for ; i < len(s) && (isDigit(s[i]) || s[i] == ',' && groups(s, i+1) >= 2); i++ { // 25,000 and 1,25,000
		if isDigit(s[i]) {
			b.WriteRune(s[i])
			digits++
		}
	}
	if i+1 < len(s) && s[i] == '.' && isDigit(s[i+1]) {
		fraction := groups(s, i+1)
		b.WriteByte('.')
		for i++; i < len(s) && isDigit(s[i]); i++ {
			b.WriteRune(s[i])
		}
		i = exponent(s, i, fraction, &b)
	}
	n, err := strconv.ParseFloat(b.String(), 64)
	if err != nil {
		n = math.Inf(1)
	}
	return token{number: n, digits: digits}, i
}

// exponent reads on a number as spreadsheets store large ones: 3.001234567e9.
func exponent(s []rune, i, fraction int, b *strings.Builder) int {
	rest := strings.TrimPrefix(string(s[i:min(i+5, len(s))]), "e")
	sign := strings.TrimPrefix(rest, "+")
	if fraction == 0 || i >= len(s) || s[i] != 'e' || sign == "" || !isDigit(rune(sign[0])) {
		return i
	}
	i += 1 + len(rest) - len(sign)
	b.WriteByte('e')
	for n := 0; i < len(s) && isDigit(s[i]) && n < 2; n++ {
		b.WriteRune(s[i])
		i++
	}
	return i
}

// groups counts the digits from s[i] on.
func groups(s []rune, i int) int {
	n := 0
	for i+n < len(s) && isDigit(s[i+n]) {
		n++
	}
	return n
}

// plainNumber reads a cell that is a number and nothing else, as spreadsheets store it: 46348, 46348.0, 3.001234567E9.
func plainNumber(text string) (float64, bool) {
	if text == "" || len(text) > 32 || !(text[0] >= '0' && text[0] <= '9') {
		return 0, false
	}
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && c != '.' && c != 'e' && c != 'E' && c != '+' && c != '-' {
			return 0, false
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && !math.IsInf(n, 0)
}

// asDigits writes out a number that a spreadsheet stores as a floating point one (3.001234567E9 is 3001234567); other texts stay.
func asDigits(text string) string {
	if !strings.ContainsAny(text, ".eE") {
		return text
	}
	n, ok := plainNumber(text)
	if !ok || n != math.Trunc(n) || n > 1e15 {
		return text
	}
	return strconv.FormatFloat(n, 'f', 0, 64)
}

// whole reads a whole number of a range.
func whole(text string, least, most int) (int, bool) {
	if n, ok := plainNumber(script.Normalize(text)); ok {
		return int(n), n == math.Trunc(n) && n >= float64(least) && n <= float64(most)
	}
	for _, t := range tokens(text) {
		if t.isNumber() {
			return int(t.number), t.number == math.Trunc(t.number) && t.number >= float64(least) && t.number <= float64(most)
		}
	}
	return 0, false
}

// numberWords are the words for numbers that stand before thousands and years.
func numberWords() map[string]float64 {
	return map[string]float64{
		"aik": 1, "ek": 1, "ایک": 1, "one": 1, "do": 2, "دو": 2, "two": 2, "teen": 3, "tin": 3, "تین": 3, "three": 3, "char": 4, "chaar": 4, "چار": 4, "four": 4,
		"paanch": 5, "panch": 5, "پانچ": 5, "five": 5, "chay": 6, "che": 6, "چھ": 6, "چہ": 6, "six": 6, "saat": 7, "sat": 7, "سات": 7, "seven": 7, "aath": 8, "ath": 8, "آٹھ": 8, "اٹہ": 8, "eight": 8,
		"nau": 9, "no": 9, "نو": 9, "nine": 9, "das": 10, "dus": 10, "دس": 10, "ten": 10, "barah": 12, "bara": 12, "بارہ": 12, "twelve": 12, "pandrah": 15, "pandra": 15, "پندرہ": 15, "fifteen": 15,
		"atharah": 18, "athara": 18, "اٹھارہ": 18, "اٹہارہ": 18, "bees": 20, "bis": 20, "بیس": 20, "twenty": 20, "pachees": 25, "pachis": 25, "پچیس": 25, "tees": 30, "tis": 30, "تیس": 30, "thirty": 30,
		"paintees": 35, "pentees": 35, "پینتیس": 35, "chalees": 40, "chalis": 40, "چالیس": 40, "forty": 40, "paintalees": 45, "پینتالیس": 45, "pachas": 50, "پچاس": 50, "fifty": 50,
		"sath": 60, "saath": 60, "ساٹھ": 60, "ساٹہ": 60, "dedh": 1.5, "derh": 1.5, "ڈیڑھ": 1.5, "ڈیڑہ": 1.5, "dhai": 2.5, "dhaai": 2.5, "ڈھائی": 2.5, "ڈہائی": 2.5, "half": 0.5, "aadha": 0.5, "آدھا": 0.5,
	}
}
