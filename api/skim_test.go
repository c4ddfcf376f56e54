package api

import (
	"encoding/json"
	"strings"
	"testing"
)

// What skim refuses is what one bound says, and never a body within all of them.
func TestSkimRefusesAtTheBounds(t *testing.T) {
	long := func(n int) string { return strings.Repeat("9", n) }
	for _, c := range []struct {
		name, body string
		refused    bool
	}{
		{"16 deep", strings.Repeat("[", deepest) + strings.Repeat("]", deepest), false},
		{"17 deep", strings.Repeat("[", deepest+1) + strings.Repeat("]", deepest+1), true},
		{"deep and not closed", strings.Repeat("[", deepest+1), true},
		{"brackets in a text", `"` + strings.Repeat("[", 1000) + `"`, false},
		{"a text with an escaped quotation mark and brackets", `"\"` + strings.Repeat("[", 1000) + `"`, false},
		{"a text that ends in a backslash, and brackets", `["\\",` + strings.Repeat("[", deepest) + "]", true},
		{"the longest number", long(longestNumber), false},
		{"a longer number", long(longestNumber + 1), true},
		{"the longest text", `"` + long(longestText-2) + `"`, false},
		{"a longer text", `"` + long(longestText-1) + `"`, true},
		{"a text without an end", `"` + long(longestText), true},
		{"the longest name", `{"` + long(longestName-2) + `":1}`, false},
		{"a longer name", `{"` + long(longestName-1) + `":1}`, true},
		{"a longer name before spaces", `{"` + long(longestName-1) + "\" \n:1}", true},
		{"a text as long as no name", `["` + long(longestName) + `"]`, false},
		{"the longest list", "[" + strings.Repeat("1,", longestList-1) + "1]", false},
		{"a longer list", "[" + strings.Repeat("1,", longestList) + "1]", true},
		{"two lists", "[[" + strings.Repeat("1,", longestList-1) + "1],[" + strings.Repeat("1,", longestList-1) + "1]]", false},
		{"as many values as may be", strings.Repeat("[1]", widest/3), false},
		{"too many values", strings.Repeat("[1]", widest/3+1), true},
		{"nothing", "", false},
		{"a backslash at the end", `"\`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := skim([]byte(c.body)); (err != nil) != c.refused {
				t.Errorf("refused: %v, want %t", err, c.refused)
			}
		})
	}
}

// FuzzSkim: whatever comes, skim ends, and refuses no JSON that the slower reading takes, but for parts that are too long.
func FuzzSkim(f *testing.F) {
	for _, body := range []string{`{"a":[1,"\"]"]}`, `"\u0022"`, `[[[`, `}{`, "{\"a\" : -1.5e+10}", `"\`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if !json.Valid(body) || len(body) > longestNumber {
			_ = skim(body) // it must come back
			return
		}
		if err := skim(body); err != nil && checkJSON(body) == nil {
			t.Errorf("refused: %v", err)
		}
	})
}

func BenchmarkSkim(b *testing.B) {
	body := []byte(`{"a":[` + strings.Repeat(`{"name":"`+strings.Repeat("x", 200)+`","n":12345},`, 1000) + `1]}`)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if err := skim(body); err != nil {
			b.Fatal(err)
		}
	}
}
