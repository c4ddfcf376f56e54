package geo

import (
	"fmt"
	"strings"
	"unicode"

	"rabta/internal/script"
)

// Chak is a village of the canal colonies, known by its number and the canal that waters it: 57/12-L is village 57 on the distributary 12-L,
// 57-JB village 57 on the Jhang Branch. Branch is 0 and Suffix empty where they are not named.
type Chak struct {
	Number int
	Branch int
	Suffix string
}

// String gives the one canonical form: "Chak 57", "Chak 57-TDA", "Chak 57/12-L". ParseChak reads it back.
func (c Chak) String() string {
	s := fmt.Sprintf("Chak %d", c.Number)
	if c.Branch > 0 {
		s += fmt.Sprintf("/%d", c.Branch)
	}
	if c.Suffix != "" {
		s += "-" + c.Suffix
	}
	return s
}

const (
	maxChak = 999
	// maxBranch is more than the highest number of a distributary.
	maxBranch = 30
	// maxChakBytes bounds what is read: no way of writing a chak is longer.
	maxChakBytes = 120
)

// ParseChak reads the number of a chak in any form in which people write it: "chak 57 TDA", "57/12-L", "چک نمبر ۵۷ ج ب", "Chak Fifty-seven".
// The whole of s has to be the chak. Without the word chak a canal must be named, so that "57 Lahore" or "57/12" is none.
func ParseChak(s string) (Chak, bool) {
	if len(s) > maxChakBytes {
		return Chak{}, false
	}
	r := chakReader{tokens: chakTokens(script.Fold(s)), urdu: script.Of(s) == script.Ur}
	named := r.word(isChakWord)
	r.word(isNumberWord)
	number, ok := r.number()
	if !ok {
		return Chak{}, false
	}
	branch, branched := r.number()
	c := Chak{Number: number, Branch: branch, Suffix: r.suffix()}
	named = r.word(isChakWord) || named
	if len(r.tokens) > 0 || number < 1 || number > maxChak || branched && branch < 1 {
		return Chak{}, false
	}
	// In a line that runs from right to left the canal may come to be typed first.
	if r.urdu && c.Branch > maxBranch && c.Number <= maxBranch {
		c.Number, c.Branch = c.Branch, c.Number
	}
	clear := c.Suffix != "" && branched || isBranchCanal(c.Suffix)
	if c.Branch > maxBranch || !named && !clear {
		return Chak{}, false
	}
	return c, true
}

// chakTokens parts folded text at spaces and between digits and letters.
func chakTokens(s string) []string {
	var tokens []string
	for _, word := range strings.Fields(s) {
		from := 0
		digits := false
		for i, r := range word {
			if d := unicode.IsDigit(r); i > 0 && d != digits {
				tokens = append(tokens, word[from:i])
				from = i
			}
			digits = unicode.IsDigit(r)
		}
		tokens = append(tokens, word[from:])
	}
	return tokens
}

func isChakWord(w string) bool {
	switch w {
	case "chak", "chakk", "chack", "chuk", "chk", "چک", "چکنمبر", "chakno":
		return true
	}
	return false
}

func isNumberWord(w string) bool {
	switch w {
	case "no", "nr", "num", "number", "nmbr", "nbr", "nambar", "نمبر", "نبر":
		return true
	}
	return false
}

// chakReader takes tokens from the front.
type chakReader struct {
	tokens []string
	urdu   bool
}

// word takes the next token if it is one of those.
func (r *chakReader) word(is func(string) bool) bool {
	if len(r.tokens) == 0 || !is(r.tokens[0]) {
		return false
	}
	r.tokens = r.tokens[1:]
	return true
}

// number takes a number in digits, or in English words below a thousand.
func (r *chakReader) number() (int, bool) {
	if len(r.tokens) == 0 {
		return 0, false
	}
	if n, ok := digits(r.tokens[0]); ok {
		r.tokens = r.tokens[1:]
		return n, true
	}
	total, read := 0, false
	for len(r.tokens) > 0 {
		n := englishNumber(r.tokens[0])
		switch {
		case n == 100 && total > 0 && total < 10:
			total *= 100
		case n > 0 && n < 100 && fits(total, n):
			total += n
		case r.tokens[0] == "and" && read && total%100 == 0:
		default:
			return total, read
		}
		read = true
		r.tokens = r.tokens[1:]
	}
	return total, read
}

// fits tells whether a number word below a hundred can follow: "hundred" by any, "fifty" by a unit, "seven" by none.
func fits(total, n int) bool {
	return total%100 == 0 || total%10 == 0 && total%100 >= 20 && n < 10
}

// digits reads up to four digits.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 4 {
		return 0, false
	}
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, true
}

func englishNumber(w string) int {
	for i, name := range [...]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"} {
		if w == name {
			return i + 1
		}
	}
	for i, name := range [...]string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		if w == name {
			return 20 + 10*i
		}
	}
	switch w {
	case "fourty":
		return 40
	case "hundred":
		return 100
	}
	return 0
}

// suffix takes the letters of the canal, spelt together or one by one, in Latin or in Urdu; it takes nothing when they name none.
func (r *chakReader) suffix() string {
	var letters strings.Builder
	best, taken := "", 0
	for i, w := range r.tokens {
		letter, ok := canalLetters(w)
		if !ok || i > 4 {
			break
		}
		letters.WriteString(letter)
		if s := letters.String(); isCanal(s) {
			best, taken = s, i+1
		}
	}
	r.tokens = r.tokens[taken:]
	return best
}

// isBranchCanal tells whether the letters are one of the great branches, by which a number alone is known to be a chak. Letters
// that may as well be a unit ("8 hr", "10 ml") are not among them.
func isBranchCanal(s string) bool {
	switch s {
	case "JB", "RB", "GB", "NB", "SB", "EB", "WB", "DB", "DNB", "DRB", "UCC", "TDA":
		return true
	}
	return false
}

// isCanal tells whether the letters name a canal, a branch or a side of one.
func isCanal(s string) bool {
	switch s {
	case "L", "R", "A", "B", "D", "F", "G", "H", "M", "P", "Q", "W", // of a distributary
		"AL", "AR", "BL", "BR", "LA", "RA", "HL", "HR", "ML", "MR", "TR", // sides of a minor
		"KB", "MB", "HB", "BC", "SP", "GD", "NP", "PS":
		return true
	}
	return isBranchCanal(s)
}

// canalLetters gives the Latin letters of a token: of Latin letters themselves, of the English letters' names in Urdu, of
// Urdu letters as initials (ج ب), and of the two words for the branches of Sargodha.
func canalLetters(w string) (string, bool) {
	switch w {
	case "شمالی", "shumali", "shimali", "north", "northern":
		return "NB", true
	case "جنوبی", "janubi", "janoobi", "south", "southern":
		return "SB", true
	case "اے", "ا":
		return "A", true
	case "بی", "ب":
		return "B", true
	case "سی":
		return "C", true
	case "ڈی", "ڈ", "د":
		return "D", true
	case "ای":
		return "E", true
	case "ایف", "ف":
		return "F", true
	case "جی", "گ":
		return "G", true
	case "ایچ":
		return "H", true
	case "جے", "ج":
		return "J", true
	case "کے", "ک":
		return "K", true
	case "ایل", "ل":
		return "L", true
	case "ایم", "م":
		return "M", true
	case "این", "ن":
		return "N", true
	case "پی", "پ":
		return "P", true
	case "ار", "ر":
		return "R", true
	case "ایس", "س":
		return "S", true
	case "ٹی", "ٹ", "ت":
		return "T", true
	case "یو":
		return "U", true
	case "ڈبلیو":
		return "W", true
	}
	if len(w) > 3 || strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return "", false
	}
	return strings.ToUpper(w), true
}

// numbered is a place with a chak number.
type numbered struct {
	chak  Chak
	place int32
}

// numberedPlaces indexes the places of which a spelling is a chak.
func numberedPlaces(places []Place) map[int][]numbered {
	index := make(map[int][]numbered)
	for i := range places {
		for _, name := range places[i].spellings() {
			if c, ok := ParseChak(name); ok {
				index[c.Number] = append(index[c.Number], numbered{c, int32(i)})
			}
		}
	}
	return index
}

// chakCandidates gives the places of the chak that name is: exactly it, and where a canal is not named all of its number.
func (g *Gazetteer) chakCandidates(name string) []candidate {
	c, ok := ParseChak(name)
	if !ok {
		return nil
	}
	var all []candidate
	for _, n := range g.chaks[c.Number] {
		switch {
		case n.chak == c:
			all = append(all, candidate{n.place, scoreExact, FoundExact})
		case (c.Suffix == "" || n.chak.Suffix == "" || n.chak.Suffix == c.Suffix) && (c.Branch == 0 || n.chak.Branch == 0 || n.chak.Branch == c.Branch):
			all = append(all, candidate{n.place, scoreChak, FoundChak})
		}
	}
	return all
}
