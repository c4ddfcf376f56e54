package seed

import (
	"math"
	"slices"

	"rabta/matching"
)

// Output of a day of work, in the units in which it is paid: assumed, for a person of ordinary speed.
const (
	feetPerDay   = 120 // square feet of plaster, tiles or paint
	pointsPerDay = 8   // points of wiring
)

// offeredPay draws what a posting pays, around what the trade earns in the province; nil where it says nothing.
func (m *Market) offeredPay(d *draw, p *matching.Posting, trade *tradeMarket, sector string) *matching.Pay {
	w, ok := m.ref.Wages.Wage(trade.trade, p.Province)
	if !ok || d.chance(payHidden) {
		return nil
	}
	monthly := w.P50 * d.spread(paySpread)
	pay := &matching.Pay{Unit: m.payUnit(d, p, trade, sector)}
	if p.Kind == matching.Apprenticeship {
		monthly *= 0.5 // a stipend while learning
	} else {
		monthly = m.atLeastMinimum(d, p, monthly)
	}
	units := unitsPerMonth(d, p, pay, monthly)
	step := stepOf(monthly / units)
	from := math.Ceil(monthly/units/step) * step
	to := from
	if pay.Unit != matching.PerJob && d.chance(0.55) {
		to = math.Ceil(from*(1.05+0.2*d.Float64())/step) * step
	}
	pay.From, pay.To = matching.Rupees(from), matching.Rupees(to)
	if underMinimum := m.minimum(p); underMinimum > 0 && monthly < underMinimum {
		pay.From = matching.Rupees(math.Max(step, math.Floor(monthly/units/step)*step))
		pay.To = pay.From
	}
	return pay
}

// minimum is the minimum wage that holds for a posting, in rupees a month; 0 where none is known.
func (m *Market) minimum(p *matching.Posting) float64 {
	amount, ok := m.ref.Wages.MinimumWage(p.Province, p.Posted, matching.Unskilled)
	if !ok || p.Kind == matching.Apprenticeship {
		return 0
	}
	return float64(amount)
}

// atLeastMinimum lifts pay to the minimum wage but for a share of postings, which stay or fall below it.
func (m *Market) atLeastMinimum(d *draw, p *matching.Posting, monthly float64) float64 {
	least := m.minimum(p)
	if d.chance(underMinimum) && least > 0 {
		return min(monthly, least*(0.6+0.3*d.Float64()))
	}
	return max(monthly, least)
}

// payUnit draws the unit in which work of a kind is paid.
func (m *Market) payUnit(d *draw, p *matching.Posting, trade *tradeMarket, sector string) matching.PayUnit {
	byFoot := slices.Contains([]string{"plasterer", "tile-fixer", "building-painter", "marble-fixer", "ceiling-fixer"}, trade.trade)
	switch {
	case p.PartTime:
		return matching.PerHour
	case p.Kind == matching.Job || p.Kind == matching.Apprenticeship:
		return matching.PerMonth
	case p.Kind == matching.DailyWage:
		return matching.PerDay
	case p.Kind == matching.PieceWork && d.chance(0.8):
		return matching.PerPiece
	case p.Kind == matching.Contract && byFoot && d.chance(0.6):
		return matching.PerFoot
	case p.Kind != matching.PieceWork && trade.trade == "electrician" && d.chance(0.25):
		return matching.PerPoint
	case p.Kind == matching.CustomerJob && d.chance(0.6):
		return matching.PerJob
	case p.Kind == matching.Contract && sector == "it":
		return matching.PerMonth
	}
	return trade.unit
}

// unitsPerMonth gives how many units of the pay make a month, and mostly states the output of a day where the unit is one of
// output.
func unitsPerMonth(d *draw, p *matching.Posting, pay *matching.Pay, monthly float64) float64 {
	if units := perMonth(pay.Unit); units > 0 {
		return units
	}
	perDay := 0.0
	switch pay.Unit {
	case matching.PerPiece:
		daily := monthly / matching.DaysPerMonth
		// From an embroidered shirt to a hem: a piece is worth 5 rupees or more.
		choices := []float64{2, 4, 8, 15, 30, 60, 120}
		perDay = pick(d, choices)
		for daily/perDay < 5 {
			perDay /= 2
		}
	case matching.PerFoot:
		perDay = feetPerDay
	case matching.PerPoint:
		perDay = pointsPerDay
	case matching.PerJob:
		if p.DurationDays == 0 {
			p.DurationDays = d.between(1, 4)
		}
		perDay = 1 / float64(p.DurationDays)
	}
	if d.chance(0.6) {
		pay.OutputPerDay = perDay
	}
	return perDay * matching.DaysPerMonth
}

// stepOf is the step in which an amount of money is spoken of.
func stepOf(amount float64) float64 {
	switch {
	case amount >= 20_000:
		return 500
	case amount >= 2_000:
		return 50
	case amount >= 200:
		return 10
	}
	return 1
}
