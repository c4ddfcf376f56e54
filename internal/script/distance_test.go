package script

import (
	"testing"

	"pgregory.net/rapid"
)

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b  string
		limit int
		want  int
	}{
		{"", "", 0, 0},
		{"lahore", "lahore", 0, 0},
		{"lahore", "lahor", 2, 1},
		{"lahore", "lhaore", 2, 1},
		{"multan", "mutlan", 1, 1},
		{"ملتان", "ملتن", 2, 1},
		{"karachi", "lahore", 2, 3},
		{"a", "", 1, 1},
		{"abc", "", 2, 3},
		{"ca", "abc", 5, 3}, // unrestricted Damerau-Levenshtein says 2
		{"one", "two", 0, 1},
		{"one", "two", -3, 1},
	}
	for _, tt := range tests {
		if got := Distance(tt.a, tt.b, tt.limit); got != tt.want {
			t.Errorf("%q to %q within %d: %d, want %d", tt.a, tt.b, tt.limit, got, tt.want)
		}
	}
}

// plainDistance is the whole table, without a bound.
func plainDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
			default:
				cost := 1
				if x[i-1] == y[j-1] {
					cost = 0
				}
				d[i][j] = min(d[i-1][j-1]+cost, d[i-1][j]+1, d[i][j-1]+1)
				if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
					d[i][j] = min(d[i][j], d[i-2][j-2]+1)
				}
			}
		}
	}
	return d[len(x)][len(y)]
}

func TestDistanceEqualsTheWholeTable(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abcہ")), 0, 90, -1)
	short := rapid.StringOfN(rapid.RuneFrom([]rune("abcہ")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		pair := rapid.SampledFrom([]*rapid.Generator[string]{short, short, word}).Draw(t, "length")
		a, b := pair.Draw(t, "a"), pair.Draw(t, "b")
		limit := rapid.IntRange(0, 10).Draw(t, "limit")
		if got, want := Distance(a, b, limit), min(plainDistance(a, b), limit+1); got != want {
			t.Fatalf("%q to %q within %d: %d, want %d", a, b, limit, got, want)
		}
	})
}

func BenchmarkDistance(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Distance("faisalabad", "fasialabd", 2)
	}
}
