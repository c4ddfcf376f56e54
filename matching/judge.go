package matching

import (
	"math"
	"time"
)

// Judge gives the scores of one person against many openings, or of one opening against many people, at one moment: those of
// Model.Score to the last bit, at a fraction of their cost, since it remembers the terms of what comes again. It is for one
// goroutine. The lists of skills that it is shown are not to change while it is used.
type Judge struct {
	m   *Model
	day int32

	judgement
	skill      [4 * rememberedTerms]remembered[skillPair]
	experience [4 * rememberedTerms]remembered[experiencePair]
	hurdles    [rememberedTerms]remembered[hurdlePair]
	timing     [rememberedTerms]remembered[timingPair]
	pay        [2 * rememberedTerms]remembered[payOf]
	related    remembered[[2]uint16]
	bound      boundWeights
}

// rememberedTerms is how many values of a term are kept, each in a place of its own by what it is of.
const rememberedTerms = 64

// remembered is a term with all that it was made of.
type remembered[K comparable] struct {
	of  K
	ln  float64
	set bool
}

// What the terms are made of. A list of skills is known by where it lies, since it is shared and never changes.
type (
	skillPair struct {
		have, asked           *uint16
		had, listed, required int
		of, trade             uint16
	}
	experiencePair struct {
		had                  int16
		asked, of, trade     uint16
		level, levelRequired uint8
	}
	hurdlePair struct {
		schooling, asked, licences, classes, tools uint8
		asksTools                                  bool
	}
	timingPair struct{ free, starts int32 }
	payOf      struct {
		monthly  uint32
		trade    uint16
		province uint8
		remote   bool
	}
)

// boundWeights are the weights of the terms in the combined score, all views taken together, but for the chance of hire, of which a
// bound knows only that it adds nothing.
type boundWeights [NumTerms]float64

// NewJudge makes a judge for a moment.
func (m *Model) NewJudge(now time.Time) *Judge {
	j := &Judge{m: m, day: Day(now)}
	v := &m.views
	for i := range j.bound {
		j.bound[i] = v.total.graduate*v.graduate[i] + v.total.employer*v.employer[i]
	}
	j.bound[TermAnswers] = v.total.answers
	return j
}

// Total is Model.Total and true; or false, when it is sure that the score is below least. It is sure of most that are, and the sooner the
// farther below they are: what is cheap to know is added up first, and what is not known yet counts as perfect.
func (j *Judge) Total(s *Seeker, o *Opening, metres float64, least Least) (float64, bool) {
	t, w := &j.ln, &j.bound
	t[TermFreshness] = j.m.lnFreshness(o, j.day)
	t[TermAnswers] = j.m.answers[min(o.Answers, maxAnswers)]
	related := w[TermSkill] * j.relatedTerm(s.Trade, o.Trade)
	at := w[TermFreshness]*t[TermFreshness] + w[TermAnswers]*t[TermAnswers] + w[TermPay]*j.fullPay(o)
	if at+related < least.ln {
		return 0, false
	}
	travelled := !o.Transport // else it takes an exponential to know
	if travelled {
		t[TermTravel] = j.m.lnTravel(s, o, metres)
		if at += w[TermTravel] * t[TermTravel]; at+related < least.ln {
			return 0, false
		}
	}
	j.recall(s, o)
	at += w[TermSkill]*t[TermSkill] + w[TermExperience]*t[TermExperience] + w[TermRequirements]*t[TermRequirements] +
		w[TermTiming]*t[TermTiming] + w[TermConditions]*t[TermConditions]
	if at < least.ln {
		return 0, false
	}
	if !travelled {
		t[TermTravel] = j.m.lnTravel(s, o, metres)
		if at += w[TermTravel] * t[TermTravel]; at < least.ln {
			return 0, false
		}
	}
	if t[TermPay] = j.fullPay(o); j.m.travelCost(s, o, metres) != 0 {
		t[TermPay] = j.m.lnPay(s, o, metres)
	}
	j.m.sum(&j.judgement)
	if j.total < least.ln {
		return 0, false
	}
	return grid(j.total), true
}

// fullPay is the pay term as it is without a cost of travel.
func (j *Judge) fullPay(o *Opening) float64 {
	of := payOf{o.Monthly, o.Trade, o.Province, o.Remote}
	at := &j.pay[(of.monthly>>10^of.monthly>>3+uint32(of.trade)*7+uint32(of.province)*31)%uint32(len(j.pay))]
	if !at.set || at.of != of {
		*at = remembered[payOf]{of, j.m.lnPayLess(o, 0), true}
	}
	return at.ln
}

// relatedTerm is what the skill term cannot be above, for how the trades are related.
func (j *Judge) relatedTerm(a, b uint16) float64 {
	if !j.related.set || j.related.of != [2]uint16{a, b} {
		ln, _ := j.m.lnRelatedness(a, b)
		j.related = remembered[[2]uint16]{[2]uint16{a, b}, clampLn(ln), true}
	}
	return j.related.ln
}

// Employer is Score.Employer of a pair.
func (j *Judge) Employer(s *Seeker, o *Opening, metres float64) float64 {
	j.recall(s, o)
	j.ln[TermTravel] = j.m.lnTravel(s, o, metres)
	j.m.sum(&j.judgement)
	return grid(j.employer)
}

// Least is a score below which nothing is wanted. AtLeast is its only door; AtLeast(0) wants everything.
type Least struct{ ln float64 }

// AtLeast wants what scores no less.
func AtLeast(score float64) Least {
	// A score is rounded to a thousandth of a millionth: what rounds up to it may be half of that less.
	return Least{math.Log(max(lowestTerm/2, score-1e-9)) - 1e-12}
}

// recall fills the terms that do not hang on the distance, pay aside.
func (j *Judge) recall(s *Seeker, o *Opening) {
	t := &j.ln
	t[TermConditions] = j.m.lnConditions(s, o)
	t[TermSkill] = j.skillTerm(s, o)

	timing := timingPair{s.AvailableFrom, o.Starts}
	if at := &j.timing[uint32(timing.free+timing.starts)%rememberedTerms]; at.set && at.of == timing {
		t[TermTiming] = at.ln
	} else {
		*at = remembered[timingPair]{timing, j.m.lnTiming(s, o, j.day), true}
		t[TermTiming] = at.ln
	}
	t[TermExperience] = 0
	if o.Months != 0 || o.Level != 0 {
		pair := experiencePair{s.Months, o.Months, s.Trade, o.Trade, s.Level, o.Level}
		at := &j.experience[(uint32(pair.had)+uint32(pair.asked)*5+uint32(pair.level)*11+uint32(pair.levelRequired)*17)%uint32(len(j.experience))]
		if !at.set || at.of != pair {
			*at = remembered[experiencePair]{pair, j.m.lnExperience(s, o), true}
		}
		t[TermExperience] = at.ln
	}
	t[TermRequirements] = 0
	if o.Schooling != 0 || o.Licences != 0 || o.AsksTools {
		pair := hurdlePair{s.Schooling, o.Schooling, s.Licences, o.Licences, s.OwnTools, o.AsksTools}
		at := &j.hurdles[(uint32(pair.schooling+pair.asked)+uint32(pair.licences)*5+uint32(pair.classes)*11+uint32(pair.tools)*17)%rememberedTerms]
		if !at.set || at.of != pair {
			*at = remembered[hurdlePair]{pair, j.m.lnRequirements(s, o), true}
		}
		t[TermRequirements] = at.ln
	}
}

// skillTerm is lnSkill.
func (j *Judge) skillTerm(s *Seeker, o *Opening) float64 {
	pair := skillPair{had: len(s.Skills), listed: len(o.Skills), required: int(o.Required), of: s.Trade, trade: o.Trade}
	place := uint32(pair.of) + uint32(pair.trade)*3 + uint32(pair.required)*29
	if pair.had > 0 {
		pair.have = &s.Skills[0]
		place += uint32(s.Skills[0]) + uint32(s.Skills[pair.had-1])*7 + uint32(pair.had)*13
	}
	if pair.listed > 0 {
		pair.asked = &o.Skills[0]
		place += uint32(o.Skills[0])*5 + uint32(o.Skills[pair.listed-1])*11 + uint32(pair.listed)*17
	}
	at := &j.skill[place%uint32(len(j.skill))]
	if !at.set || at.of != pair {
		*at = remembered[skillPair]{pair, j.m.lnSkill(s, o), true}
	}
	return at.ln
}
