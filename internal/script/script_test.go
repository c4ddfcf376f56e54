package script

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestNormalize(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "multan me kaam", "multan me kaam"},
		{"capitals and spaces", "  Multan \t me\n Kaam ", "multan me kaam"},
		{"Arabic keyboard", "بجلي كا كام", "بجلی کا کام"},
		{"alef maksura", "موسى", "موسی"},
		{"forms of heh", "ڈيره، لاهور، كوئٹۀ", "ڈیرہ، لاہور، کوئٹہ"},
		{"teh marbuta", "مدرسة", "مدرسہ"},
		{"an aspirate stays", "بھائی", "بھائی"},
		{"hamza stays", "گاؤں کوئٹہ", "گاؤں کوئٹہ"},
		{"alef with madda stays, however typed", "ا\u0653باد", "آباد"},
		{"diacritics", "مُلتَانٌ", "ملتان"},
		{"kashida", "ملـــتان", "ملتان"},
		{"joiners and marks of direction", "\uFEFFکام\u200Cوالی\u200F \u200Eخان\u200D", "کاموالی خان"},
		{"three kinds of digits", "57 ٥٧ ۵۷", "57 57 57"},
		{"presentation forms", "ﻣﻠﺘﺎﻥ", "ملتان"},
		{"full width", "ＡＢＣ１", "abc1"},
		{"Latin accents", "Lāhor Pēshāwar", "lahor peshawar"},
		{"invalid UTF-8", "mul\xfftan", "mul\uFFFDtan"},
		{"yeh barree with hamza", "ۓ", "ے"},
		{"Sindhi kaf", "ڪراچي", "کراچی"},
		{"no compatibility folding elsewhere", "m²", "m²"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Normalize(tt.in); got != tt.want {
				t.Errorf("%q (%+q), want %q", got, got, tt.want)
			}
		})
	}
}

func TestFold(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"punctuation", "A.C./Fridge (repair)!", "a c fridge repair"},
		{"Urdu punctuation", "کراچی، لاہور؛ ملتان۔ کہاں؟", "کراچی لاہور ملتان کہاں"},
		{"apostrophes", "Women's D’Souza ta'leem", "womens dsouza taleem"},
		{"alefs", "آباد أحمد إسلام ٱل", "اباد احمد اسلام ال"},
		{"hamza", "گاؤں کوئٹہ ضیاء", "گاوں کویٹہ ضیا"},
		{"aspirate like heh", "بھائی بهائی", "بہایی بہایی"},
		{"only punctuation", "?!؟", ""},
		{"hyphen", "chak-57", "chak 57"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Fold(tt.in); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// text draws strings that mix all that Normalize treats, and what nobody foresaw.
func text() *rapid.Generator[string] {
	odd := rapid.SampledFrom([]string{"ا", "آ", "أ", "ئ", "ؤ", "ء", "ے", "ۓ", "ي", "ى", "ه", "ھ", "ة", "ۂ", "ك", "\u0653", "\u0654", "\u064B",
		"\u0301", "\u0307", "é", "İ", "K", "ß", "'", "-", " ", "\u00A0", "\u200C", "\uFEFF", "\xff", "٣", "۳", "ﷺ", "ﻻ", "Ａ", "ᄀ", "ᅡ", "각", "ʿ", "a", "Z", "9"})
	return rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(odd), func(parts []string) string { return strings.Join(parts, "") }))
}

func checkForms(t interface{ Fatalf(string, ...any) }, s string) {
	for name, form := range map[string]func(string) string{"Normalize": Normalize, "Fold": Fold} {
		once := form(s)
		if twice := form(once); twice != once {
			t.Fatalf("%s of %+q is %+q, and of that %+q", name, s, once, twice)
		}
		if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) || strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
			t.Fatalf("%s of %+q is %+q", name, s, once)
		}
	}
	if Fold(Normalize(s)) != Fold(s) {
		t.Fatalf("%+q folds to %+q, normalised first to %+q", s, Fold(s), Fold(Normalize(s)))
	}
	if Key(Normalize(s)) != Key(s) {
		t.Fatalf("%+q has key %q, normalised first %q", s, Key(s), Key(Normalize(s)))
	}
}

func TestFormsAreIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkForms(t, text().Draw(t, "s")) })
}

func FuzzForms(f *testing.F) {
	for _, s := range []string{"", "Multan", "ا\u0653باد", "\xff\u200Cي ", "İ", "ᄀ'ᅡ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkForms(t, s) })
}

func TestOf(t *testing.T) {
	tests := []struct {
		in   string
		want Script
	}{
		{"electrician in Multan", En},
		{"multan me bijli ka kaam", Roman},
		{"ملتان میں بجلی کا کام", Ur},
		{"AC مکینک", Ur},
		{"", En},
		{"؟ 57", En},
		{"57۔", En},
		{"darzi chahiye", Roman},
	}
	for _, tt := range tests {
		if got := Of(tt.in); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	if got := strings.Join(Words(" Bijli-ka KAAM، ملتان"), "|"); got != "bijli|ka|kaam|ملتان" {
		t.Error(got)
	}
	if got := Words("…"); len(got) != 0 {
		t.Error(got)
	}
}

func BenchmarkFold(b *testing.B) {
	for _, s := range []string{"bijli ka kaam multan", "ملتان میں بجلی كا كام"} {
		b.Run(string(Of(s)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Fold(s)
			}
		})
	}
}
