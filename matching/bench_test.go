package matching

import (
	"fmt"
	"testing"
)

func benchPair(b *testing.B) (*Model, *Seeker, *Opening, float64) {
	m := testModel(b)
	g, p := anElectrician(), aPosting()
	g.Needs = []Need{NeedTransport}
	p.Required = []string{"house-wiring", "motor-winding"}
	p.Months, p.Level, p.Schooling = 36, 4, "matric"
	s, o, metres := pair(b, m, g, p)
	return m, s, o, metres
}

func BenchmarkScore(b *testing.B) {
	m, s, o, metres := benchPair(b)
	for b.Loop() {
		m.Score(s, o, metres, noon)
	}
}

func BenchmarkTotal(b *testing.B) {
	m, s, o, metres := benchPair(b)
	for b.Loop() {
		m.Total(s, o, metres, noon)
	}
}

func BenchmarkJudge(b *testing.B) {
	m, s, o, metres := benchPair(b)
	j := m.NewJudge(noon)
	for _, least := range []float64{0, 0.99} {
		b.Run(fmt.Sprint("at least ", least), func(b *testing.B) {
			at := AtLeast(least)
			for b.Loop() {
				j.Total(s, o, metres, at)
			}
		})
	}
}

func BenchmarkPossible(b *testing.B) {
	m, s, o, metres := benchPair(b)
	for b.Loop() {
		m.Possible(s, o, metres, 25_000, noon)
	}
}

func BenchmarkExplain(b *testing.B) {
	m, s, o, metres := benchPair(b)
	score := m.Score(s, o, metres, noon)
	for _, lang := range []string{"en", "ur", "roman"} {
		b.Run(lang, func(b *testing.B) {
			for b.Loop() {
				m.Explain(s, o, metres, score, lang)
			}
		})
		b.Run(lang+" appended", func(b *testing.B) {
			var text []byte
			for b.Loop() {
				text = m.AppendExplain(text[:0], s, o, metres, score, lang)
			}
		})
	}
}

func BenchmarkOpening(b *testing.B) {
	m, p := testModel(b), aPosting()
	for b.Loop() {
		m.Opening(p, answering)
	}
}
