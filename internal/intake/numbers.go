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
	number   float64
	digits   int // of the whole part as written; 0 for a word
	fraction int // digits after the point
	word     string
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
	fraction := 0
	if i+1 < len(s) && s[i] == '.' && isDigit(s[i+1]) {
		fraction = groups(s, i+1)
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
	return token{number: n, digits: digits, fraction: fraction}, i
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

// numberWords are the words for numbers that stand before thousands and years, folded.
func numberWords() map[string]float64 {
	words := map[string]float64{}
	for line := range strings.Lines(`1: aik ek ایک one
2: do دو two
3: teen tin تین three
4: char chaar چار four
5: paanch panch پانچ five
6: chay che چھ چہ six
7: saat sat سات seven
8: aath ath آٹھ اٹہ eight
9: nau no نو nine
10: das dus دس ten
12: barah bara بارہ twelve
15: pandrah pandra پندرہ fifteen
18: atharah athara اٹھارہ اٹہارہ
20: bees bis بیس twenty
25: pachees pachis پچیس
30: tees tis تیس thirty
35: paintees pentees پینتیس
40: chalees chalis چالیس forty
45: paintalees پینتالیس
50: pachas پچاس fifty
60: sath saath ساٹھ ساٹہ
1.5: dedh derh ڈیڑھ ڈیڑہ
2.5: dhai dhaai ڈھائی ڈہائی
0.5: half aadha آدھا`) {
		number, names, _ := strings.Cut(line, ":")
		if n, err := strconv.ParseFloat(number, 64); err == nil {
			for name := range strings.FieldsSeq(names) {
				words[closed(name)] = n
			}
		}
	}
	return words
}
