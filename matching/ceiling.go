package matching

import "math"

// Bounds of the tables by which Ceiling does without logarithms.
const (
	tableSkills = 16 // required skills
	paySteps    = 32 // of the ratio of pay to the median, for each whole multiple
	payMultiple = 4  // whole multiples
)

// ceilings are upper bounds of the logarithms of terms.
type ceilings struct {
	skill [tableSkills][tableSkills]float64 // by required and held, as if every preferred skill were held
	pay   [paySteps * payMultiple]float64   // by the step in which the ratio lies
}

func (m *Model) fillCeilings() {
	w := m.Weights.Skill
	c0, b := w.Floor.Value, w.Optional.Value
	for required := range tableSkills {
		for held := range tableSkills {
			share := 1.0
			if required > 0 {
				share = min(1, float64(held)/float64(required))
			}
			m.ceilings.skill[required][held] = aboveLn(math.Log((1-b)*(c0+(1-c0)*share) + b))
		}
	}
	for i := range m.ceilings.pay {
		m.ceilings.pay[i] = aboveLn(math.Log(m.payTerm(float64(i+1) / paySteps)))
	}
	m.ceilings.pay[len(m.ceilings.pay)-1] = aboveLn(math.Log(m.payTerm(math.Inf(1)))) // holds whatever is above
}

// aboveLn lifts a bound by more than any rounding in a judgement can reach.
func aboveLn(ln float64) float64 { return min(0, ln+1e-12) }

// Ceiling gives an upper bound of the natural logarithm of Total, at a fifth of its cost. A pair whose Ceiling is below LeastLn(t)
// has a Total below t for certain and need not be judged, which spares a search most of its work once it holds its best few.
func (m *Model) Ceiling(s *Seeker, o *Opening, metres float64, day int32) float64 {
	v := &m.views
	skill := m.skillCeiling(s, o)
	travel := 0.0
	if !o.Transport && !o.Remote && !o.OwnHome {
		travel = -m.band(s, metres).decay * (metres / 1000)
		if s.LivesAt(o) {
			travel = max(travel, m.lnLiving)
		}
		travel = clampLn(travel)
	}
	timing := m.lnTiming(s, o, day)
	graduate := v.graduate[TermSkill]*skill + v.graduate[TermTravel]*travel + v.graduate[TermPay]*m.payCeiling(s, o, metres) +
		v.graduate[TermConditions]*m.lnConditions(s, o) + v.graduate[TermTiming]*timing + v.graduate[TermFreshness]*m.lnFreshness(o, day)
	employer := v.employer[TermSkill]*skill + v.employer[TermTravel]*travel + v.employer[TermTiming]*timing
	return aboveLn(v.total.graduate*graduate + v.total.employer*employer + v.total.chance*v.chance[TermSkill]*skill +
		v.total.answers*m.answers[min(o.Answers, maxAnswers)])
}

// LeastLn is the logarithm below which no Ceiling leaves room for a total.
func LeastLn(total float64) float64 {
	const rounding = 1e-9 // of grid
	if total <= rounding {
		return math.Inf(-1)
	}
	return math.Log(total - rounding)
}

func (m *Model) skillCeiling(s *Seeker, o *Opening) float64 {
	ln, related := m.lnRelatedness(s.Trade, o.Trade)
	if !related {
		return lnLowest
	}
	if len(s.Skills) > 0 && o.Required < tableSkills {
		ln += m.ceilings.skill[o.Required][held(s.Skills, o.Skills[:o.Required])]
	}
	return clampLn(ln)
}

func (m *Model) payCeiling(s *Seeker, o *Opening, metres float64) float64 {
	usual := m.usualPay(o)
	if usual.p50 == 0 {
		return 0
	}
	monthly := float64(o.Monthly)
	if o.Monthly == 0 {
		monthly = usual.p25
	}
	ratio := (monthly - m.travelCost(s, o, metres)) / usual.p50
	return m.ceilings.pay[int(max(0, min(paySteps*payMultiple-1, ratio*paySteps)))]
}
