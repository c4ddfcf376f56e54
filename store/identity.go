package store

import (
	"strings"

	"rabta/internal/fault"
	"rabta/internal/script"
)

// NormalizePhone brings a Pakistani phone number to the one form in which numbers are compared: +92 and the national number,
// "+923001234567". It reads what people write: 0300-1234567, +92 300 1234567, 0092…, 92…, +92 (0)300…, a mobile number without
// its 0, digits in Urdu or Arabic script. A mobile number has ten digits and begins with 3, a fixed one nine or ten with its
// area code (ITU-T E.164, national numbering plan of Pakistan). The error never repeats what was sent.
func NormalizePhone(s string) (string, error) {
	digits, plus, ok := bareDigits(s)
	if !ok {
		return "", badPhone()
	}
	national := digits
	switch {
	case plus:
		national, ok = strings.CutPrefix(digits, "92")
		national = strings.TrimPrefix(national, "0") // +92 (0)300…
	case strings.HasPrefix(digits, "0092"):
		national = strings.TrimPrefix(digits[4:], "0")
	case strings.HasPrefix(digits, "0"):
		national = digits[1:]
	case strings.HasPrefix(digits, "92") && len(digits) > 10:
		national = strings.TrimPrefix(digits[2:], "0")
	default:
		ok = strings.HasPrefix(digits, "3") // only mobile numbers are written without the 0
	}
	if !ok || !nationalNumber(national) {
		return "", badPhone()
	}
	return "+92" + national, nil
}

// nationalNumber tells whether digits is a national number without its trunk 0.
func nationalNumber(digits string) bool {
	if digits == "" || digits[0] == '0' || digits[0] == '1' {
		return false
	}
	if digits[0] == '3' {
		return len(digits) == 10
	}
	return len(digits) == 9 || len(digits) == 10
}

// NormalizeCNIC brings the number of an identity card to its 13 digits: "35202-1234567-1" to "3520212345671". The error never
// repeats what was sent.
func NormalizeCNIC(s string) (string, error) {
	digits, plus, ok := bareDigits(s)
	if !ok || plus || len(digits) != 13 || digits[0] == '0' {
		return "", &fault.Error{Kind: fault.Invalid, Op: "store.NormalizeCNIC", Field: "cnic",
			Message:   "This is not a CNIC number. Send its 13 digits, for example 35202-1234567-1.",
			MessageUr: "یہ شناختی کارڈ نمبر درست نہیں۔ پورے 13 ہندسے لکھیں، مثلاً 3520212345671۔"}
	}
	return digits, nil
}

func badPhone() error {
	return &fault.Error{Kind: fault.Invalid, Op: "store.NormalizePhone", Field: "phone",
		Message:   "This is not a phone number in Pakistan. Send a mobile number such as 0300 1234567, or a fixed one with its area code.",
		MessageUr: "یہ پاکستان کا فون نمبر نہیں۔ موبائل نمبر یوں لکھیں: 03001234567، یا لینڈ لائن نمبر ایریا کوڈ کے ساتھ۔"}
}

// bareDigits gives the digits of s in ASCII and whether a plus goes before them. Spaces, hyphens, dots, brackets and the
// invisible marks that Urdu keyboards and copied web pages leave are dropped; anything else makes it false.
func bareDigits(s string) (digits string, plus, ok bool) {
	var b strings.Builder
	for _, r := range s {
		switch digit := script.Digit(r); {
		case digit >= '0' && digit <= '9':
			b.WriteRune(digit)
		case (r == '+' || r == '＋') && b.Len() == 0 && !plus:
			plus = true
		case !betweenDigits(r):
			return "", false, false
		}
	}
	return b.String(), plus, b.Len() > 0
}

// betweenDigits tells whether people write r between the digits of a number.
func betweenDigits(r rune) bool {
	switch r {
	case ' ', '\t', '-', '.', '(', ')', '/', '\u00a0', '\u202f', '\ufeff', '۔', '−':
		return true
	}
	return r >= '\u2000' && r <= '\u2015' || r >= '\u202a' && r <= '\u202e' || r >= '\u2060' && r <= '\u2069'
}
