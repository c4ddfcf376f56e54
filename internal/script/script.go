// Package script reads the three ways in which Pakistan writes: English, Urdu, and Urdu in Latin letters (Roman Urdu). It brings
// text to one form for storing (Normalize), for comparing (Fold) and for sounding alike across scripts (Key), measures how far
// two spellings are apart (Distance), and finds the words of a vocabulary that a spelling may mean, in whichever script (Lexicon). It imports nothing of ours; geo, matching/trades and search stand on it.
package script

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Script is the way in which a text is written; its values are the language keys of the records.
type Script string

// The scripts.
const (
	En    Script = "en"
	Ur    Script = "ur"
	Roman Script = "roman"
)

// Of guesses how s is written: Urdu when it has any letter of the Arabic script, Roman Urdu when it has a word by which Roman Urdu
// is known (ka, mein, chahiye), else English.
func Of(s string) Script {
	for _, r := range s {
		if unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) {
			return Ur
		}
	}
	for _, w := range Words(s) {
		if isRomanWord(w) {
			return Roman
		}
	}
	return En
}

// isRomanWord tells whether w, folded, is a function word of Roman Urdu that is no English word.
func isRomanWord(w string) bool {
	switch w {
	case "ka", "ki", "ke", "kay", "ko", "se", "mein", "mai", "mei", "hai", "hain", "hoon", "hun", "aur", "ya", "par", "pe", "ne",
		"kaam", "kam", "chahiye", "chahye", "chaiye", "chahie", "wala", "wali", "walay", "wale", "nahi", "nahin", "koi", "kya", "liye",
		"mujhe", "mujhay", "apna", "apni", "meri", "mera", "ghar", "naukri", "nokri", "mazdoori", "dihari", "karta", "karti", "karna",
		"seekha", "sikha", "paas", "pas", "qareeb", "kareeb", "aas", "bhi", "tak":
		return true
	}
	return false
}

// Normalize brings s to the form in which text is kept and shown to a reader of words: valid UTF-8 in Unicode NFC, lower case, the letters
// that Arabic and Persian keyboards give turned into those of Urdu, all digits ASCII, without diacritics, kashida and
// invisible characters, runs of space one space, none at the ends. It is idempotent. Aspirates (ھ) and hamza stay.
func Normalize(s string) string {
	if isPlain(s) {
		return s
	}
	return transform(s, normalRune)
}

// Fold brings s to the form in which names are compared: Normalize, with every carrier of hamza its bare letter, ھ like ہ,
// apostrophes dropped and other punctuation a space. It is idempotent.
func Fold(s string) string {
	if isPlain(s) && !strings.ContainsFunc(s, isPunctuation) {
		return s
	}
	return transform(Normalize(s), foldRune)
}

// Words gives the words of s, folded.
func Words(s string) []string { return strings.Fields(Fold(s)) }

// isPlain tells whether s is already normal and ASCII: nothing but lower-case letters, digits, punctuation and single inner spaces.
func isPlain(s string) bool {
	space := true // as if before the first
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == 0x7f || 'A' <= c && c <= 'Z' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return s == "" || !space
}

func isPunctuation(r rune) bool {
	return r != ' ' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
}

// What a rune becomes when it is neither kept nor replaced by another.
const (
	dropped = -1
	spaced  = ' '
)

// transform maps each rune of s, folds spaces, and composes what has come together.
func transform(s string, to func(rune) rune) string {
	s = norm.NFC.String(expandForms(strings.ToValidUTF8(s, "\uFFFD")))
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for _, r := range s {
		r = to(r)
		switch {
		case r == dropped:
		case r == spaced:
			pending = b.Len() > 0
		default:
			if pending {
				b.WriteByte(' ')
				pending = false
			}
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// expandForms replaces the presentation forms of Arabic (as old typesetting programs copy them) and full-width Latin by their
// plain letters. Only these: elsewhere compatibility would lose meaning ("m²").
func expandForms(s string) string {
	if !strings.ContainsFunc(s, isForm) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if isForm(r) {
			b.WriteString(norm.NFKC.String(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isForm(r rune) bool {
	return r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC || r >= 0xFF01 && r <= 0xFF5E
}

// Digit gives a digit of an Urdu or an Arabic keyboard as 0 to 9, and any other rune as it is.
func Digit(r rune) rune {
	switch {
	case r >= '۰' && r <= '۹': // Urdu
		return r - '۰' + '0'
	case r >= '٠' && r <= '٩': // Arabic
		return r - '٠' + '0'
	}
	return r
}

// normalRune is Normalize for one rune of NFC text.
func normalRune(r rune) rune {
	if r < utf8.RuneSelf {
		if r <= ' ' || r == 0x7f {
			return spaced
		}
		return unicode.ToLower(r)
	}
	if digit := Digit(r); digit != r {
		return digit
	}
	switch {
	case r == 'ـ', unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Cf, r):
		return dropped
	case unicode.IsSpace(r), unicode.IsControl(r):
		return spaced
	case unicode.Is(unicode.Arabic, r):
		return urduLetter(r)
	}
	return withoutAccent(unicode.ToLower(r))
}

// urduLetter turns the letters of Arabic, Persian, Pashto and Sindhi keyboards into those of Urdu that look or read the same.
func urduLetter(r rune) rune {
	switch r {
	case 'ي', 'ى', 'ۍ', 'ې':
		return 'ی'
	case 'ۓ':
		return 'ے'
	case 'ك', 'ڪ':
		return 'ک'
	case 'ګ':
		return 'گ'
	case 'ه', 'ة', 'ە', 'ۀ', 'ۂ', 'ۃ':
		return 'ہ'
	case 'ڼ':
		return 'ن'
	}
	return r
}

// withoutAccent gives the bare letter of a Latin letter with a mark, as in Lāhor, and r itself when it has none.
func withoutAccent(r rune) rune {
	if !unicode.Is(unicode.Latin, r) {
		return r
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	return unicode.ToLower(base)
}

// foldRune is what Fold does to one rune of normal text.
func foldRune(r rune) rune {
	switch r {
	case '\'', '’', '‘', '`', '´', 'ʼ', 'ʿ', 'ʾ', 'ء':
		return dropped
	case 'آ', 'أ', 'إ', 'ٱ':
		return 'ا'
	case 'ؤ':
		return 'و'
	case 'ئ':
		return 'ی'
	case 'ھ':
		return 'ہ'
	}
	if isPunctuation(r) {
		return spaced
	}
	return r
}
