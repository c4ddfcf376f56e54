package matching

import (
	"math"
	"math/bits"
)

// Each function of this file gives the natural logarithm of one term, in [lnLowest, 0].

// lnSkill is relatedness * ((1-b) * (c0 + (1-c0) * held/required) + b * held/preferred), with c0 = Skill.Floor and
// b = Skill.Optional. Who has told no skill is taken to hold one of those required, and never more than the share
// Skill.Untold of them, so that telling one that is asked for never lowers. Where nothing is preferred, b is given.
func (m *Model) lnSkill(s *Seeker, o *Opening) float64 {
	ln, related := m.lnRelatedness(s.Trade, o.Trade)
	if !related {
		return lnLowest
	}
	w := &m.Weights.Skill
	required, preferred := o.Skills[:o.Required], o.Skills[o.Required:]
	share, further := 1.0, 1.0
	if len(required) > 0 {
		share = float64(held(s.Skills, required)) / float64(len(required))
		if len(s.Skills) == 0 {
			share = min(w.Untold.Value, 1/float64(len(required)))
		}
	}
	if len(preferred) > 0 {
		further = float64(held(s.Skills, preferred)) / float64(len(preferred))
	}
	c0, b := w.Floor.Value, w.Optional.Value
	fit := c0 + float64((1-c0)*share)
	return clampLn(ln + math.Log(float64((1-b)*fit)+float64(b*further)))
}

// held counts the numbers that two rising lists share.
func held(have, asked []uint16) int {
	n, i := 0, 0
	for _, a := range asked {
		for i < len(have) && have[i] < a {
			i++
		}
		if i == len(have) {
			break
		}
		if have[i] == a {
			n++
		}
	}
	return n
}

// lnConditions is the geometric mean over the person's needs of 1 for yes, NeedUnknown for unknown and the floor for no; 1 for who
// needs nothing.
func (m *Model) lnConditions(s *Seeker, o *Opening) float64 {
	if s.Needs == 0 {
		return 0
	}
	needs := float64(bits.OnesCount8(s.Needs))
	refused := float64(bits.OnesCount8(s.Needs & o.NeedNo))
	unknown := float64(bits.OnesCount8(s.Needs &^ (o.NeedYes | o.NeedNo)))
	return clampLn((float64(unknown*m.lnUnknown) + float64(refused*lnLowest)) / needs)
}

// lnTiming: exp(-late/Late - wait/Wait), where late are the days that the person is free after the start (today, where the start
// is past), and wait the days from when she is free (today, where she is free already) to the start; Unknown where either was not told.
func (m *Model) lnTiming(s *Seeker, o *Opening, day int32) float64 {
	if s.AvailableFrom == NoDay || o.Starts == NoDay {
		return m.lnUntold
	}
	late, wait := waiting(s, o, day)
	w := &m.Weights.Time
	return clampLn(-float64(late)/w.Late.Value - float64(wait)/w.Wait.Value)
}

// waiting gives the days that the work waits for the person, and the person for the work; one of them is 0.
func waiting(s *Seeker, o *Opening, day int32) (late, wait int32) {
	starts, free := max(o.Starts, day), max(s.AvailableFrom, day)
	return max(0, free-starts), max(0, starts-free)
}

// lnFreshness is exp(-days/Freshness) in whole days since it was posted.
func (m *Model) lnFreshness(o *Opening, day int32) float64 { return m.lnOld(daysOld(o, day)) }

// lnOld is lnFreshness by the days since it was posted. Those of a year are worked out once.
func (m *Model) lnOld(days int32) float64 {
	if int(days) < len(m.old) {
		return m.old[days]
	}
	return clampLn(-float64(days) / m.Weights.Time.Freshness.Value)
}

// daysOld is how many days ago an opening was posted, 0 today.
func daysOld(o *Opening, day int32) int32 { return max(0, day-dayOf(int64(o.Posted))) }

// lnExperience is the geometric mean of two parts: months (monthsTerm) and NVQF level (1 less LevelStep for each level below the one
// asked). What is not asked is 1; what is asked and not told is a prior.
func (m *Model) lnExperience(s *Seeker, o *Opening) float64 {
	if o.Months == 0 && o.Level == 0 {
		return 0
	}
	w := &m.Weights.Fit
	months, level := 1.0, 1.0
	if o.Months > 0 {
		months = m.monthsTerm(s, o)
	}
	if o.Level > 0 {
		level = step(s.Level, o.Level, &w.LevelUntold, &w.LevelStep, &w.SmallestFactor)
	}
	return clampLn(math.Log(months*level) / 2)
}

// monthsTerm is e0 + (1-e0) * held/asked, at most 1, or a prior where no months are told; what is above e0 counts by the relatedness of
// the trade in which it was won.
func (m *Model) monthsTerm(s *Seeker, o *Opening) float64 {
	w := &m.Weights.Fit
	e0, term := w.MonthsFloor.Value, 1.0
	switch {
	case s.Months < 0:
		term = w.MonthsUntold.Value
	case uint16(s.Months) < o.Months:
		term = e0 + float64((1-e0)*float64(s.Months))/float64(o.Months)
	}
	if s.Trade != o.Trade {
		term = e0 + float64((term-e0)*m.Catalogue.Relatedness(s.Trade, o.Trade))
	}
	return term
}

// step is 1 for a rank held at least as high as the one asked, less by a fixed part for each rank below it, down to the
// smallest; the prior where none is told (0).
func step(held, asked uint8, untold, lost, smallest *Figure) float64 {
	switch {
	case held == 0:
		return untold.Value
	case held >= asked:
		return 1
	}
	return max(smallest.Value, 1-float64(lost.Value*float64(asked-held)))
}

// lnRequirements is the product of three hurdles, each 1 when it is not asked: schooling (less SchoolingStep for each step below),
// licences (l0 + (1-l0) * held/asked, l0 = LicenceFloor) and own tools.
func (m *Model) lnRequirements(s *Seeker, o *Opening) float64 {
	if o.Schooling == 0 && o.Licences == 0 && !o.AsksTools {
		return 0
	}
	w := &m.Weights.Fit
	schooling, licences, tools := 1.0, 1.0, 1.0
	if o.Schooling > 0 {
		schooling = step(s.Schooling, o.Schooling, &w.SchoolingNone, &w.SchoolingStep, &w.SmallestFactor)
		if o.Schooling == 1 {
			schooling = 1 // none is asked: nobody is below it
		}
	}
	if o.Licences != 0 {
		licences = w.LicenceUntold.Value
		if s.Licences != 0 {
			l0 := w.LicenceFloor.Value
			share := float64(bits.OnesCount8(s.Licences&o.Licences)) / float64(bits.OnesCount8(o.Licences))
			licences = l0 + float64((1-l0)*share)
		}
	}
	if o.AsksTools && s.OwnTools != answerYes {
		tools = w.ToolsUntold.Value
		if s.OwnTools == answerNo {
			tools = w.ToolsNo.Value
		}
	}
	return clampLn(math.Log(schooling * licences * tools))
}

// clampLn holds a logarithm in [lnLowest, 0]. Comparing with < lets what is not a number through to the floor.
func clampLn(ln float64) float64 {
	if !(ln > lnLowest) {
		return lnLowest
	}
	return min(0, ln)
}
