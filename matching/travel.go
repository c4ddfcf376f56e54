package matching

import (
	"math"
	"slices"
)

// band is what travel takes up to a distance: by the best of the modes that are of use there.
type band struct {
	upTo  float64 // metres
	decay float64 // share of willingness lost per km, as exp(-decay km)
	cost  float64 // rupees a km
}

// bands gives, for the modes of a mask, the least decay and the least cost by distance. A mode is of use up to its range; past
// every range the one of the longest range stays, so that travel never gets easier with distance. Where no mode is told it is
// by road at the cost of the mode Untold.
func (w TravelWeights) bands(mask uint8) []band {
	var modes []ModeFigure
	for i, mode := range Modes {
		if f, ok := w.Modes[mode]; ok && mask&(1<<i) != 0 {
			if f.Range.Value == 0 {
				f.Range.Value = math.Inf(1)
			}
			modes = append(modes, f)
		}
	}
	if len(modes) == 0 {
		return []band{{math.Inf(1), w.ByRoad.Value, w.Modes[w.Untold].Cost.Value}}
	}
	slices.SortStableFunc(modes, func(a, b ModeFigure) int {
		if a.Range.Value < b.Range.Value {
			return -1
		}
		if a.Range.Value > b.Range.Value {
			return 1
		}
		return 0
	})
	modes[len(modes)-1].Range.Value = math.Inf(1)
	bands := make([]band, len(modes))
	for i := len(modes) - 1; i >= 0; i-- {
		f := modes[i]
		bands[i] = band{f.Range.Value * 1000, f.Decay.Value, f.Cost.Value}
		if i+1 < len(modes) {
			bands[i].decay = min(bands[i].decay, bands[i+1].decay)
			bands[i].cost = min(bands[i].cost, bands[i+1].cost)
		}
	}
	return bands
}

// band gives what travel takes for a person at a distance.
func (m *Model) band(s *Seeker, metres float64) *band {
	bands := m.bands[s.Modes&uint8(len(m.bands)-1)]
	for i := range bands[:len(bands)-1] {
		if metres <= bands[i].upTo {
			return &bands[i]
		}
	}
	return &bands[len(bands)-1]
}

// lnTravel is the best over the modes accepted of exp(-k km), k being ByRoad (0.0268: 35 % less at 16.1 km, Marinescu and
// Rathelot 2018) where no mode is told. Remote work and work at the own home are 1 everywhere. Transport provided gives
// back the share Transport of what distance takes, times Claimed where nobody but an employer who is not verified says so. Living at the
// work is the fixed LivingIn at any distance.
func (m *Model) lnTravel(s *Seeker, o *Opening, metres float64) float64 {
	if o.Remote || o.OwnHome {
		return 0
	}
	ln := -float64(m.band(s, metres).decay * (metres / 1000))
	if o.Transport {
		t, lift := math.Exp(ln), m.Weights.Travel.Transport.Value
		if !o.Vouched {
			lift *= m.Weights.Travel.Claimed.Value
		}
		ln = math.Log(t + float64(lift*(1-t)))
	}
	if s.LivesAt(o) {
		ln = max(ln, m.lnLiving)
	}
	return clampLn(ln)
}

// travelCost is what going to work and back costs in rupees a month: nothing where there is no way to go, or somebody else pays it, or the
// person lives at the work; else twice the distance on each working day by the cheapest mode accepted.
func (m *Model) travelCost(s *Seeker, o *Opening, metres float64) float64 {
	if o.Remote || o.OwnHome || o.Transport || s.LivesAt(o) {
		return 0
	}
	return m.Fare(s, metres)
}

// Fare is travelCost where somebody has to go, and pay for it.
func (m *Model) Fare(s *Seeker, metres float64) float64 {
	return DaysPerMonth * 2 * (metres / 1000) * m.band(s, metres).cost
}

// lnPay is the pay left after travel, as a multiple of the median of the trade in the province (of the nation for remote work), along
// the straight lines of Pay.Knots. Pay that is not stated, or of a unit that does not compare, is taken at the lower quartile. The less
// sure the median, the more of the term is Pay.Prior: w term + (1-w) prior, with w by the basis of the wage row. Where no wage is
// known, every pay is the share Pay.Unpaid of the median.
func (m *Model) lnPay(s *Seeker, o *Opening, metres float64) float64 {
	return m.lnPayLess(o, m.travelCost(s, o, metres))
}

// lnPayLess is lnPay after so much for travel, in rupees a month. More never leaves a higher term.
func (m *Model) lnPayLess(o *Opening, cost float64) float64 {
	usual := m.usualPay(o)
	if usual.p50 == 0 {
		return clampLn(math.Log(m.payTerm(m.unpaid)))
	}
	monthly := float64(o.Monthly)
	if o.Monthly == 0 {
		monthly = usual.p25
	}
	term := m.payTerm((monthly - cost) / usual.p50)
	return clampLn(math.Log(float64(usual.trust*term) + float64((1-usual.trust)*m.prior)))
}

// usualPay is what the opening's trade earns where it is; in the nation, for remote work.
func (m *Model) usualPay(o *Opening) usualPay {
	i := int(o.Trade) * m.perRow
	if !o.Remote {
		i += min(int(o.Province), m.perRow-1)
	}
	if i >= len(m.usual) {
		return usualPay{}
	}
	return m.usual[i]
}

// payTerm follows the straight lines between the knots.
func (m *Model) payTerm(ratio float64) float64 {
	last := len(m.knots) - 1
	if ratio >= m.knots[last].Ratio {
		return m.knots[last].Term
	}
	for i := last - 1; i >= 0; i-- {
		a, b := &m.knots[i], &m.knots[i+1]
		if ratio >= a.Ratio {
			return min(b.Term, a.Term+float64((b.Term-a.Term)*((ratio-a.Ratio)/(b.Ratio-a.Ratio))))
		}
	}
	return m.knots[0].Term
}
