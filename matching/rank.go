package matching

import (
	"bytes"
	"math"

	"github.com/oklog/ulid/v2"
)

// Ranked is the place of one result in an order: its score, its distance in metres and the key of its record.
type Ranked struct {
	Score  float64
	Metres float64
	Key    ulid.ULID
}

// Before is the order of matches: score falling, then distance rising, then key rising. It is a strict order: two results of
// different keys always have one.
func Before(a, b Ranked) bool {
	if a.Score != b.Score {
		return a.Score > b.Score
	}
	if a.Metres != b.Metres {
		return a.Metres < b.Metres
	}
	return bytes.Compare(a.Key[:], b.Key[:]) < 0
}

// Banded gives a distance as an employer may learn it of a candidate: whole km rounded up, in metres. The distance itself is
// taken from geo.Coarse of the home, and reach, score and order of candidates use the band alike, so that several
// postings cannot locate a home.
func Banded(metres float64) float64 { return math.Ceil(metres/1000) * 1000 }

// MatchReach gives how far in metres a search reaches for a person: as far as was asked when that is above 0, else as far as she
// travels, else the model's default (25 km).
func (m *Model) MatchReach(s *Seeker, within float64) float64 {
	if within > 0 {
		return within
	}
	if s.MaxMetres > 0 {
		return s.MaxMetres
	}
	return m.Weights.Travel.Reach.Value
}
