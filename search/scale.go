package search

import "math"

// Scale gives Score from tables, where the same few ages and distances come again and again. The zero value is not ready: NewScale.
// Safe for concurrent use.
type Scale struct {
	fresh []float64 // by age in whole days
	near  []float64 // by distance in steps of nearStep: at least the nearness from there on
}

const (
	nearStep  = 100  // metres
	nearSteps = 4096 // beyond, the last one holds
	freshDays = 400
)

// NewScale makes a Scale.
func NewScale() *Scale {
	s := &Scale{fresh: make([]float64, freshDays), near: make([]float64, nearSteps)}
	for d := range s.fresh {
		s.fresh[d] = freshness(d)
	}
	for i := range s.near {
		s.near[i] = nearness(float64(i * nearStep))
	}
	return s
}

// Score is Score, to the last bit; metres is NaN where no distance counts.
func (s *Scale) Score(meaning, text, metres float64, days int) float64 {
	near := 0.0
	if !math.IsNaN(metres) {
		near = nearness(metres)
	}
	return weighed(meaning, text, near, s.freshness(days))
}

// Most is at least the Score of every distance from metres on.
func (s *Scale) Most(meaning, text, metres float64, days int) float64 {
	near := s.near[0]
	if metres > 0 {
		near = s.near[min(nearSteps-1, int(min(metres, nearStep*nearSteps)/nearStep))]
	}
	return weighed(meaning, text, near, s.freshness(days))
}

func (s *Scale) freshness(days int) float64 {
	if days < len(s.fresh) {
		return s.fresh[max(days, 0)]
	}
	return freshness(days)
}
