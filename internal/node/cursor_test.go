package node

import (
	"encoding/base64"
	"math"
	"testing"
	"time"
	"unicode/utf8"
)

const aPrint = 0x1234_5678_9abc_def0

func cursors() []cursor {
	at := time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)
	return []cursor{
		{asOf: at, print: aPrint, score: 0.75, metres: 1234.5, key: "01ARZ3NDEKTSV4RRFFQ69G5FAV"},
		{asOf: at.Add(time.Microsecond), print: aPrint, widened: math.Inf(1), key: "01ARZ3NDEKTSV4RRFFQ69G5FAV"},
		{asOf: at, print: aPrint, widened: 50_000},
	}
}

func TestACursorComesBackAsItWas(t *testing.T) {
	for _, c := range cursors() {
		if got, err := decodeCursor(c.encode(), aPrint); err != nil || got != c {
			t.Errorf("%+v came back as %+v, %v", c, got, err)
		}
	}
}

func TestAnAlteredCursorIsRefused(t *testing.T) {
	for _, c := range cursors() {
		text := c.encode()
		if _, err := decodeCursor(text, aPrint+1); err == nil {
			t.Errorf("%+v goes on with another request's list", c)
		}
		for i := range text {
			for _, altered := range []string{text[:i], text[:i] + text[i+1:], text[:i] + "\n" + text[i:], replaced(text, i)} {
				if got, err := decodeCursor(altered, aPrint); err == nil {
					t.Errorf("%q, altered at %d to %q, is %+v", text, i, altered, got)
				}
			}
		}
	}
	strange := cursors()[0]
	for name, c := range map[string]cursor{
		"no score":            {asOf: strange.asOf, print: aPrint, score: math.NaN()},
		"no distance":         {asOf: strange.asOf, print: aPrint, metres: math.NaN()},
		"widened to nothing":  {asOf: strange.asOf, print: aPrint, widened: math.NaN()},
		"widened to negative": {asOf: strange.asOf, print: aPrint, widened: -1},
	} {
		if _, err := decodeCursor(c.encode(), aPrint); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// replaced gives text with another letter at i: the next one, which differs in the lowest bits.
func replaced(text string, i int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for at := range letters {
		if letters[at] == text[i] {
			return text[:i] + string(letters[at^1]) + text[i+1:]
		}
	}
	return ""
}

// FuzzCursor: whatever is sent is refused or is the one spelling of a cursor of this list.
func FuzzCursor(f *testing.F) {
	for _, c := range cursors() {
		f.Add(c.encode())
		f.Add(base64.RawURLEncoding.EncodeToString([]byte(c.encode())))
	}
	f.Add("")
	f.Add("AQ\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := decodeCursor(text, aPrint)
		if err != nil {
			return
		}
		if again := c.encode(); again != text || c.print != aPrint || !utf8.ValidString(text) {
			t.Errorf("%q was read as %+v, which is written %q", text, c, again)
		}
		// A checksum is no secret: what carries a right one must still be a place in a list.
		if math.IsNaN(c.score) || math.IsNaN(c.metres) || !(c.widened >= 0) {
			t.Errorf("%q is %+v, which is no place in a list", text, c)
		}
	})
}

// FuzzForgedCursor puts the right checksum under any body.
func FuzzForgedCursor(f *testing.F) {
	for _, c := range cursors() {
		body, err := base64.RawURLEncoding.DecodeString(c.encode())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body[:len(body)-4])
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, body []byte) {
		sum := checksum(body)
		text := base64.RawURLEncoding.EncodeToString(append(body, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum)))
		c, err := decodeCursor(text, aPrint)
		if err != nil {
			return
		}
		if c.encode() != text {
			t.Errorf("%q was read as %+v, which is written %q", text, c, c.encode())
		}
		if math.IsNaN(c.score) || math.IsNaN(c.metres) || !(c.widened >= 0) {
			t.Errorf("%+v is no place in a list", c)
		}
	})
}
