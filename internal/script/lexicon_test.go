package script

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLexiconFindsTheWordMeant(t *testing.T) {
	words, pairs := writtenPairs(t)
	l := NewLexicon(words)
	for _, p := range pairs {
		if m := l.Find(p.roman, 3); len(m) == 0 || m[0].Word != p.urdu {
			t.Errorf("%s, for %s: %v", p.roman, p.urdu, m)
		}
	}
}

func TestLexiconFindsRomanAndUrduForUrdu(t *testing.T) {
	_, pairs := writtenPairs(t)
	var romans []string
	for _, p := range pairs {
		romans = append(romans, p.roman)
	}
	l := NewLexicon(romans)
	missed := 0
	for _, p := range pairs {
		if !slices.ContainsFunc(l.Find(p.urdu, 5), func(m Match) bool { return m.Word == p.roman }) {
			missed++
			t.Logf("%s, for %s: %v", p.urdu, p.roman, l.Find(p.urdu, 3))
		}
	}
	if missed*20 > len(pairs) {
		t.Errorf("%d of %d spellings not found by their Urdu word", missed, len(pairs))
	}
}

func TestLexiconWithinOneScript(t *testing.T) {
	latin := NewLexicon([]string{"electrician", "mechanic", "plumber", "darzi", "beauty parlour", "security guard", "welder", "carpenter"})
	urdu := NewLexicon([]string{"الیکٹریشن", "مستری", "بیوٹی پارلر", "چوکیدار", "سیکیورٹی گارڈ", "درزی", "حلوائی", "قصائی"})
	tests := []struct{ name, text, want string }{
		{"by sound", "elektrishan", "electrician"},
		{"by sound, mechanic", "makenik", "mechanic"},
		{"vowel", "plumbar", "plumber"},
		{"joined", "beautyparlour", "beauty parlour"},
		{"split and misspelt", "beuti parlor", "beauty parlour"},
		{"letters lost", "securty gard", "security guard"},
		{"letters swapped", "mehcanic", "mechanic"},
		{"consonants swapped", "capreneter", "carpenter"},
		{"Urdu letters swapped", "متسری", "مستری"},
		{"letter doubled", "weldder", "welder"},
		{"Urdu letter of the same sound", "درذی", "درزی"},
		{"Urdu letter lost", "الیکٹرشن", "الیکٹریشن"},
		{"Urdu joined", "بیوٹیپارلر", "بیوٹی پارلر"},
		{"Arabic keyboard", "سيكيورٹي گارڈ", "سیکیورٹی گارڈ"},
		{"heh for hah", "ہلوائی", "حلوائی"},
		{"kaf for qaf", "کسائی", "قصائی"},
		{"marks in the query", "دَرزِی", "درزی"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := latin
			if Of(tt.want) == Ur {
				l = urdu
			}
			if m := l.Find(tt.text, 2); len(m) == 0 || m[0].Word != tt.want {
				t.Errorf("%s: %v, want %s", tt.text, m, tt.want)
			}
		})
	}
}

func TestEveryLetterHasASign(t *testing.T) {
	w := newWriting()
	for _, r := range urduLetters + marks + " abcdefghijklmnopqrstuvwxyz0123456789" {
		if s := w.number(string(r)); s == never && w.number(string(r)+"$") == never {
			t.Errorf("%c has no sign", r)
		}
	}
	if len(w.names) > signs {
		t.Errorf("%d signs, room for %d", len(w.names), signs)
	}
	for _, s := range w.names {
		if n := len([]rune(strings.Trim(s, "^~$"))); n > margin {
			t.Errorf("%s has %d letters, look-ups reach back %d", s, n, margin)
		}
	}
}

func TestLexiconCosts(t *testing.T) {
	tests := []struct {
		word, text string
		least      float64
		most       float64
	}{
		{"کام", "kam", 0, 0},
		{"کام", "kaam", 0, 0},
		{"بجلی", "bijli", 0, 0.2},
		{"بجلی", "bjli", 0, 0},
		{"بھائی", "bhai", 0, 0},
		{"دعوتِ", "dawate", 0, 0.45},
		{"موسیٰ", "musa", 0, 0.1},
		{"فوراً", "foran", 0, 0.1},
		{"کام", "kab", 0.9, 1.1},
		{"chak 57", "chak 58", 2, 9},
		{"57", "۵۷", 0, 0},
		{"57", "75", 2, 9},
		{"mistri", "mitsri", 0.6, 0.7},
		{"مستری", "mitsri", 0.6, 0.9},
	}
	for _, tt := range tests {
		l := NewLexicon([]string{tt.word})
		m := l.Within(tt.text, 9, 1)
		if len(m) != 1 || m[0].Cost < tt.least || m[0].Cost > tt.most {
			t.Errorf("%s written %s: %v, want %.2f to %.2f", tt.word, tt.text, m, tt.least, tt.most)
		}
	}
}

func TestLexiconOrderAndLimits(t *testing.T) {
	l := NewLexicon([]string{"سارا", "", "sara", "سرا", "؟", "صارا", "sara"})
	got := ""
	for _, m := range l.Within("sara", 0, 9) {
		got += fmt.Sprintf("%s %d %.2f; ", m.Word, m.At, m.Cost)
	}
	if want := "سارا 0 0.00; sara 2 0.00; صارا 5 0.00; sara 6 0.00; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, none := range [][]Match{
		l.Find("sara", 0), l.Find("sara", -1), l.Find("", 5), l.Find("؟ !", 5), l.Find("日本", 5), l.Find("kitabghar", 5),
		l.Within("sara", -1, 5), NewLexicon(nil).Find("sara", 5), (&Lexicon{}).Find("sara", 5),
	} {
		if len(none) > 0 {
			t.Errorf("found %v", none)
		}
	}
	if n := l.Len(); n != 7 {
		t.Errorf("%d words", n)
	}
}

// anyWord draws words of either script, short enough that neighbours are common.
func anyWord() *rapid.Generator[string] {
	latin := rapid.StringOfN(rapid.RuneFrom([]rune("abdehiklmnorstuxyz 57")), 0, 9, -1)
	urdu := rapid.StringOfN(rapid.RuneFrom([]rune("ابتدرسکلمنںوہھیےئآع \u0650\u0670")), 0, 8, -1)
	return rapid.OneOf(latin, urdu)
}

// wholeTable is the cost of writing word as text without any short cut, or -1 where one of them is empty.
func wholeTable(w *writing, word, text string) int {
	var q query
	w.read(&q, text)
	units := w.units(letters(word))
	if q.length == 0 || len(units) == 0 {
		return -1
	}
	d := make([][]int, len(units)+1)
	for i := range d {
		d[i] = make([]int, q.length+1)
		for j := range d[i] {
			best := 1 << 20
			if i == 0 && j == 0 {
				best = 0
			}
			if i > 0 {
				best = min(best, d[i-1][j]+int(w.omit[units[i-1].sign]))
				for _, g := range q.ending[j][:q.endings[j]] {
					best = min(best, d[i-1][g.from]+int(w.cost[units[i-1].sign][g.sign]))
				}
			}
			if j > 0 {
				after := atStart
				if i > 0 {
					after = units[i-1].after
				}
				best = min(best, d[i][j-1]+int(q.extra[after][j]))
			}
			for _, s := range q.swaps[:q.swapped] {
				if i > 1 && int(s.from)+2 == j {
					best = min(best, d[i-2][j-2]+int(w.cost[units[i-2].sign][s.later])+int(w.cost[units[i-1].sign][s.earlier])+swapCost)
				}
			}
			d[i][j] = best
		}
	}
	return d[len(units)][q.length]
}

func TestLexiconLosesNothing(t *testing.T) {
	letters := newWriting()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(anyWord(), 1, 40).Draw(t, "words")
		text, limit := anyWord().Draw(t, "text"), rapid.IntRange(1, 5).Draw(t, "limit")
		most := rapid.SampledFrom([]float64{0.2, 0.6, 1, 2, 5}).Draw(t, "most")
		var want []Match
		for i, w := range words {
			if cost := wholeTable(letters, w, text); cost >= 0 && cost <= int(most*wrong+0.5) {
				want = append(want, Match{Word: w, At: i, Cost: float64(cost) / wrong})
			}
		}
		slices.SortStableFunc(want, func(a, b Match) int {
			switch {
			case a.Cost < b.Cost:
				return -1
			case a.Cost > b.Cost:
				return 1
			}
			return 0
		})
		if got := newLexicon(letters, words).Within(text, most, limit); !slices.Equal(got, want[:min(limit, len(want))]) {
			t.Fatalf("found %v, want %v", got, want[:min(limit, len(want))])
		}
	})
}

func TestLexiconFindsEachWordByItself(t *testing.T) {
	w := newWriting()
	rapid.Check(t, func(t *rapid.T) {
		word := anyWord().Draw(t, "word")
		if m := newLexicon(w, []string{word}).Find(word, 1); len(letters(word)) > 0 && (len(m) != 1 || m[0].Cost != 0) {
			t.Fatalf("%q by itself: %v", word, m)
		}
	})
}

func FuzzLexicon(f *testing.F) {
	words, _ := writtenPairs(f)
	w := newWriting()
	l := newLexicon(w, append(words, "beauty parlour", "57 jb", strings.Repeat("long ", 30)))
	for _, s := range []string{"", "bijli", "بجلی", "\xff", strings.Repeat("a", 10000), strings.Repeat("ھ", 600), "x" + strings.Repeat("x", 60), "\u0650\u0670"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0.0
		for _, m := range l.Find(s, 10) {
			if m.Cost < last || l.words[m.At] != m.Word {
				t.Fatalf("%q: %v after cost %f", s, m, last)
			}
			last = m.Cost
		}
		if m := newLexicon(w, []string{s}).Find(s, 1); len(letters(s)) > 0 && len(m) == 0 {
			t.Fatalf("%q does not find itself", s)
		}
	})
}

// invented makes n different words of Urdu syllables.
func invented(n int) []string {
	syllables := strings.Fields("با تی رو من کا لی سو در گا مہ نی شا پور خان ڈی جو چک فی زر وا ٹھ ھو قل بر غا ست ند کھا ری نہ")
	words := make([]string, n)
	for i := range words {
		for k := i + len(syllables); k > 0; k /= len(syllables) {
			words[i] += syllables[(k*7+i)%len(syllables)]
		}
	}
	return words
}

func BenchmarkLexiconWithin(b *testing.B) {
	for _, size := range []int{1000, 10000, 25000} {
		l := NewLexicon(invented(size))
		for _, most := range []float64{0.5, 1, 3} {
			b.Run(fmt.Sprintf("words=%d/most=%.1f", size, most), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					l.Within("khanpoor", most, 3)
				}
			})
		}
	}
}

func BenchmarkNewLexicon(b *testing.B) {
	words := invented(10000)
	b.ReportAllocs()
	for b.Loop() {
		NewLexicon(words)
	}
}
