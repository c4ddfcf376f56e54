// Package gaps tells where skills are short: for each trade and place the demand, the searching supply, how well people reach work
// and work reaches people, how badly the two are matched, and what training, moving demand or transport would change. It is
// pure: no I/O, no globals, the day is an argument, the same rows give the same figures whatever their order.
//
// A Ledger holds the rows and is kept up to date one row at a time; its Table of a day has every measure exactly, and nothing of
// a Table is exported but through Publish, which shows no count of people under Threshold, nor anything that one could be
// worked out from. All figures are of those registered with Rabta.
//
// Sums are of integers (fractions in units of 2^-32), so that no order of adding changes a digit: a Ledger that was kept up to date
// equals one filled at once, bit for bit.
package gaps

import (
	"math"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/trades"
)

// Threshold is the least count of people that is ever published.
const Threshold = 10

// AtomResolution is the H3 resolution of the smallest places: every figure is a sum over cells of it.
const AtomResolution = geo.CoarseResolution

// Settings are what measures depend on besides the rows.
type Settings struct {
	Catalogue *trades.Catalogue
	Area      func(geo.Cell) Area // the units that hold a cell of AtomResolution; see Areas
	Decay     float64             // willingness lost per km, as exp(-Decay km)
	Living    float64             // the weight of work that one lives at, in (0, 1]
	Reach     float64             // metres: the reach of one who told none, and the reach without the barrier of distance
}

// DefaultSettings takes the figures of a model's weights, so that access falls with distance as the score does, and the
// units of a gazetteer.
func DefaultSettings(m *matching.Model, g *geo.Gazetteer) Settings {
	w := m.Weights.Travel
	return Settings{Catalogue: m.Catalogue, Area: Areas(g), Decay: w.ByRoad.Value, Living: w.LivingIn.Value, Reach: w.Reach.Value}
}

// The zones of distance decay: one weight for each zoneMetres, as the enhanced method has it (Luo and Qi 2009), taken in the
// middle of the zone and in whole parts of weightOne. Beyond the last zone its weight stays.
const (
	zoneMetres = 5_000
	zones      = 40
	weightOne  = 1024
)

// weights gives the weight of each zone, and that of living at the work.
func (s Settings) weights() (byZone [zones]uint64, living uint64) {
	for z := range byZone {
		km := (float64(z) + 0.5) * zoneMetres / 1000
		byZone[z] = uint64(max(1, math.Round(weightOne*math.Exp(-s.Decay*km))))
	}
	return byZone, uint64(max(1, math.Round(weightOne*s.Living)))
}

// one is 1 in the unit of fractions.
const one = 1 << 32

// fraction turns a sum in units of 2^-32 into a number.
func fraction(units int64) float64 { return float64(units) / one }
