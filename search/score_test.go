package search

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

type scored struct {
	meaning, text, metres float64
	hasPoint              bool
	days                  int
}

func (s scored) score() float64 { return Score(s.meaning, s.text, s.metres, s.hasPoint, s.days) }

func drawScored(t *rapid.T) scored {
	return scored{rapid.Float64Range(-0.5, 1.5).Draw(t, "meaning"), rapid.Float64Range(-0.5, 1.5).Draw(t, "text"),
		rapid.Float64Range(-10, 2e6).Draw(t, "metres"), rapid.Bool().Draw(t, "has point"), rapid.IntRange(-5, 4000).Draw(t, "days")}
}

func TestScoreLaws(t *testing.T) {
	laws := map[string]func(t *rapid.T, s scored) (better, worse scored){
		"meaning": func(t *rapid.T, s scored) (scored, scored) {
			more := s
			more.meaning += rapid.Float64Range(0, 1).Draw(t, "more")
			return more, s
		},
		"text": func(t *rapid.T, s scored) (scored, scored) {
			more := s
			more.text += rapid.Float64Range(0, 1).Draw(t, "more")
			return more, s
		},
		"nearness": func(t *rapid.T, s scored) (scored, scored) {
			farther := s
			farther.metres += rapid.Float64Range(0, 1e5).Draw(t, "farther")
			return s, farther
		},
		"freshness": func(t *rapid.T, s scored) (scored, scored) {
			older := s
			older.days += rapid.IntRange(0, 100).Draw(t, "older")
			return s, older
		},
		"a place": func(t *rapid.T, s scored) (scored, scored) {
			with, without := s, s
			with.hasPoint, without.hasPoint = true, false
			return with, without
		},
		"meaning over all the rest": func(t *rapid.T, s scored) (scored, scored) {
			is, isNot := s, drawScored(t)
			is.meaning, isNot.meaning = 1, 0
			return is, isNot
		},
	}
	for name, law := range laws {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				better, worse := law(t, drawScored(t))
				b, w := better.score(), worse.score()
				if b < w {
					t.Errorf("%+v scores %v, %+v scores %v", better, b, worse, w)
				}
				if !(w >= 0 && b <= 1+1e-12) {
					t.Errorf("outside [0,1]: %v, %v", w, b)
				}
			})
		})
	}
}

func TestScoreFigures(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		s    scored
		want float64
	}{
		{"the best", scored{1, 1, 0, true, 0}, 1},
		{"nothing", scored{0, 0, 0, false, 1 << 30}, 0},
		{"meaning alone", scored{1, 0, 0, false, 1 << 30}, meaningWeight},
		{"text alone", scored{0, 1, 0, false, 1 << 30}, textWeight},
		{"16.1 km costs 35 percent of nearness", scored{0, 0, 16_100, true, 1 << 30}, nearnessWeight * math.Exp(-0.0268*16.1)},
		{"30 days", scored{0, 0, 0, false, 30}, freshnessWeight / math.E},
		{"no numbers", scored{nan, nan, nan, true, 1 << 30}, 0},
		{"infinitely far", scored{0, 0, math.Inf(1), true, 1 << 30}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.s.score(); math.Abs(got-c.want) > 1e-12 {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
