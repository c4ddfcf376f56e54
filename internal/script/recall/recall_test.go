package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rabta/internal/script"
)

const sample = "split\tnative\troman\tattestations\n" +
	"train\tدرزی\tdarzi\t3\ntrain\tدرزی\tdrzee\t1\ntrain\tبازار\tbazaar\t2\ntrain\tوردی\tvardi\t1\n"

func TestReadPairs(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write([]byte(sample))
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"plain.tsv": []byte(sample), "packed.tsv.gz": packed.Bytes()} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		pairs, err := readPairs(file)
		if err != nil || len(pairs) != 4 || pairs[1] != (pair{"درزی", "drzee", 1}) {
			t.Errorf("%s: %v, %v", name, pairs, err)
		}
		if words := strings.Join(vocabulary(pairs), " "); words != "درزی بازار وردی" {
			t.Errorf("%s: vocabulary %s", name, words)
		}
	}
}

func TestParsePairsRefuses(t *testing.T) {
	for _, bad := range []string{"train\tدرزی", "train\t\tdarzi\t1", "train\tدرزی\tdarzi\tmany"} {
		if pairs, err := parsePairs(strings.NewReader(bad)); err == nil {
			t.Errorf("%q gives %v", bad, pairs)
		}
	}
}

func TestPartsDivideTheWords(t *testing.T) {
	pairs, err := parsePairs(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for fold := range 3 {
		in := part{fold, 3}.of(pairs)
		for _, w := range vocabulary(in) {
			seen[w]++
		}
	}
	if len(seen) != 3 || seen["درزی"] != 1 || seen["بازار"] != 1 || seen["وردی"] != 1 {
		t.Errorf("words in parts: %v", seen)
	}
}

func TestMeasure(t *testing.T) {
	pairs, err := parsePairs(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	fixed := func(roman string, words []string) (first, ten []float64) {
		first, ten = make([]float64, len(words)), make([]float64, len(words))
		if roman == "darzi" {
			first[0] = 1
		}
		if roman != "vardi" {
			ten[0] = 0.5
		}
		return first, ten
	}
	r := measure("test", pairs, fixed)
	if r.first != 0.25 || r.ten != 0.375 || r.firstAttested != 3.0/7 || r.tenAttested != 3.0/7 || r.lookups != 4 {
		t.Errorf("%+v", r)
	}
	if r := measure("ours", pairs, newOurs(vocabulary(pairs)).places); r.first != 1 || r.ten != 1 {
		t.Errorf("%+v", r)
	}
}

func TestPlainGivesEqualsTheSameChance(t *testing.T) {
	p := newPlain([]string{"کل", "گل", "بل", "قلم"}) // kl gl bl qlm
	first, ten := p.places("kl", []string{"کل", "گل"})
	if first[0] != 1 || first[1] != 0 || ten[0] != 1 || ten[1] != 1 {
		t.Error(first, ten)
	}
	if first, _ = p.places("l", []string{"کل"}); first[0] != 1.0/3 {
		t.Error(first)
	}
	if c := chance(10, 8, 4); c != 0.5 {
		t.Error(c)
	}
}

func TestPatternDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"kitten", "sitting", 3}, {"abc", "abc", 0}, {"ab", "ba", 2},
		{strings.Repeat("a", 64), strings.Repeat("b", 64), 64},
	}
	for _, tt := range tests {
		if got := newPattern(tt.a).distance(tt.b); got != tt.want {
			t.Errorf("%q to %q: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestPatternDistanceBoundsSwaps(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abc")), 0, 20, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		got, swapped := newPattern(a).distance(b), script.Distance(a, b, 64)
		if got < swapped || got > 2*swapped || got != newPattern(b).distance(a) {
			t.Fatalf("%q to %q: %d; with swaps %d", a, b, got, swapped)
		}
	})
}

func TestTransliterate(t *testing.T) {
	tests := []struct{ word, want string }{{"بجلی", "bjli"}, {"آبشار", "aabshar"}, {"خوشی", "khoshi"}, {"ؤ", "o"}, {"؟", ""}}
	for _, tt := range tests {
		if got := transliterate(tt.word); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.word, got, tt.want)
		}
	}
}
