package geo

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParseChak(t *testing.T) {
	l12 := Chak{57, 12, "L"}
	tests := []struct {
		in   string
		want Chak
	}{
		{"chak 57 TDA", Chak{57, 0, "TDA"}},
		{"Chak No 57/T.D.A", Chak{57, 0, "TDA"}},
		{"۵۷ ٹی ڈی اے", Chak{57, 0, "TDA"}},
		{"57/12-L", l12},
		{"57/12L", l12},
		{"57/12.L", l12},
		{"chak no. 57/12 L", l12},
		{"CHAK NO.57/12-L", l12},
		{"۵۷/۱۲ ایل", l12},
		{"۱۲/۵۷ ایل", l12}, // typed from the right
		{"چک نمبر ۵۷", Chak{57, 0, ""}},
		{"چک نمبر 57", Chak{57, 0, ""}},
		{"Chak Fifty-seven", Chak{57, 0, ""}},
		{"chak one hundred and twelve GB", Chak{112, 0, "GB"}},
		{"57 JB", Chak{57, 0, "JB"}},
		{"57jb", Chak{57, 0, "JB"}},
		{"چک ۵۷ ج ب", Chak{57, 0, "JB"}},
		{"٥٧ ج ب", Chak{57, 0, "JB"}},
		{"57 ر ب", Chak{57, 0, "RB"}},
		{"چک 57 جے بی", Chak{57, 0, "JB"}},
		{"chak #57-gb", Chak{57, 0, "GB"}},
		{"255 RB", Chak{255, 0, "RB"}},
		{"چک 41 شمالی", Chak{41, 0, "NB"}},
		{"chak 41 janubi", Chak{41, 0, "SB"}},
		{"57 chak", Chak{57, 0, ""}},
		{"5/1-AL", Chak{5, 1, "AL"}},
		{"128/9-L", Chak{128, 9, "L"}},
		{"chak 57-A", Chak{57, 0, "A"}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, ok := ParseChak(tt.in)
			if !ok || got != tt.want {
				t.Errorf("%v, %v, want %v", got, ok, tt.want)
			}
		})
	}
}

func TestParseChakRefuses(t *testing.T) {
	tests := []string{"", "57", "57 Lahore", "57/12", "Lahore", "chak", "chak Lahore", "chak 57 Lahore", "57 L", "5 hr", "10 ml", "57 km",
		"chak 0", "chak 5000", "chak 99999999999999999999", "57/0-L", "57/99-L", "0300 1234567", "57-JB 58-JB", "چک شہزاد", "Chakwal", "L", "hundred",
		"chak hundred", "one", "12-05-2026", "57 j", "۵۷ لاہور"}
	for _, s := range tests {
		if c, ok := ParseChak(s); ok {
			t.Errorf("%q was read as %v", s, c)
		}
	}
}

func TestChakHasOneForm(t *testing.T) {
	suffixes := []string{"", "L", "R", "AL", "JB", "RB", "GB", "TDA", "NB"}
	rapid.Check(t, func(t *rapid.T) {
		c := Chak{Number: rapid.IntRange(1, maxChak).Draw(t, "number"), Branch: rapid.IntRange(0, maxBranch).Draw(t, "branch"),
			Suffix: rapid.SampledFrom(suffixes).Draw(t, "suffix")}
		if back, ok := ParseChak(c.String()); !ok || back != c {
			t.Fatalf("%v reads as %v, %v", c, back, ok)
		}
	})
}

func FuzzParseChak(f *testing.F) {
	for _, s := range []string{"chak 57 TDA", "۱۲/۵۷ ایل", "Chak Fifty-seven", "57 ج ب", "hundred hundred", "چک", "\xff57/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, ok := ParseChak(s)
		if !ok {
			if c != (Chak{}) {
				t.Errorf("%q is none, yet %v", s, c)
			}
			return
		}
		if back, again := ParseChak(c.String()); !again || back != c {
			t.Errorf("%q is %v, which reads as %v, %v", s, c, back, again)
		}
	})
}
