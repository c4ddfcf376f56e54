package matching

import (
	"math"
	"time"
)

// The terms of a score, in the order of TermNames.
const (
	TermSkill = iota
	TermTravel
	TermPay
	TermConditions
	TermTiming
	TermFreshness
	TermExperience
	TermRequirements
	TermChance
	TermAnswers
	NumTerms
)

// TermNames are the names of the terms as they stand in an answer.
var TermNames = [NumTerms]string{"skill", "travel", "pay", "conditions", "timing", "freshness", "experience", "requirements",
	"chance", "answers"}

// Every term lies in [lowestTerm, 1]: the floor keeps one bad term from making all others worthless in a geometric mean.
const lowestTerm = 0.01

var lnLowest = math.Log(lowestTerm)

// Score is the judgement of one pair: the combined score, what the graduate and the employer gain, and the terms that made them, all in
// (0,1] and 1 at their best.
type Score struct {
	Total    float64
	Graduate float64
	Employer float64
	Terms    [NumTerms]float64
	Day      int32 // the day it was judged for
}

// views are the weights of the terms in each view, scaled to sum to one.
type views struct {
	graduate, employer, chance [NumTerms]float64
	total                      struct{ graduate, employer, chance, answers float64 }
	reader                     [NumTerms]float64 // how much each term matters to a graduate who reads why a posting fits
	bound                      [NumTerms]float64 // in the combined score, all views together, but for the chance, of which a bound knows only that it adds nothing
}

func newViews(w Weights) views {
	var v views
	g, e, c, t := w.Graduate, w.Employer, w.Chance, w.Total
	v.graduate = scaled([NumTerms]float64{TermSkill: g.Skill.Value, TermTravel: g.Travel.Value, TermPay: g.Pay.Value,
		TermConditions: g.Conditions.Value, TermTiming: g.Timing.Value, TermFreshness: g.Freshness.Value})
	v.employer = scaled([NumTerms]float64{TermSkill: e.Skill.Value, TermTravel: e.Travel.Value, TermTiming: e.Timing.Value,
		TermExperience: e.Experience.Value, TermRequirements: e.Requirements.Value})
	v.chance = scaled([NumTerms]float64{TermSkill: c.Skill.Value, TermExperience: c.Experience.Value,
		TermRequirements: c.Requirements.Value})
	sum := t.Graduate.Value + t.Employer.Value + t.Chance.Value + t.Answers.Value
	v.total.graduate, v.total.employer = t.Graduate.Value/sum, t.Employer.Value/sum
	v.total.chance, v.total.answers = t.Chance.Value/sum, t.Answers.Value/sum
	for i := range v.bound {
		v.bound[i] = v.total.graduate*v.graduate[i] + v.total.employer*v.employer[i]
	}
	v.bound[TermAnswers] = v.total.answers
	v.reader = v.graduate
	v.reader[TermExperience] = v.total.employer * v.employer[TermExperience]
	v.reader[TermRequirements] = v.total.employer * v.employer[TermRequirements]
	v.reader[TermAnswers] = v.total.answers
	return v
}

func scaled(w [NumTerms]float64) [NumTerms]float64 {
	var sum float64
	for _, x := range w {
		sum += x
	}
	for i := range w {
		w[i] /= sum
	}
	return w
}

// judgement holds the natural logarithms of a pair's terms and views. A weighted geometric mean is exp(sum w ln t): sums of
// logarithms need no power function and, taken in a fixed order, are the same bit for bit in every call. Products are
// converted to float64 before they are added, which forbids the compiler to fuse them.
type judgement struct {
	ln                        [NumTerms]float64
	total, graduate, employer float64
}

// Score judges a pair at a distance in metres (of no account for remote work) at a time. It is pure, and defined for pairs that are not
// Possible too.
func (m *Model) Score(s *Seeker, o *Opening, metres float64, now time.Time) Score {
	var j judgement
	day := Day(now)
	m.judge(&j, s, o, metres, day)
	score := Score{Total: grid(j.total), Graduate: grid(j.graduate), Employer: grid(j.employer), Day: day}
	for i, ln := range j.ln[:TermAnswers] {
		score.Terms[i] = m.term(ln)
	}
	score.Terms[TermAnswers] = m.answersTerm[min(o.Answers, maxAnswers)]
	return score
}

// term gives a term of its logarithm. An exponential costs more than all else of a score, and half the terms of a usual pair are one of
// these three.
func (m *Model) term(ln float64) float64 {
	switch ln {
	case 0:
		return 1
	case lnLowest:
		return lowestTerm
	case m.lnUntold:
		return m.untold
	}
	return termOf(ln)
}

func termOf(ln float64) float64 { return min(1, max(lowestTerm, grid(ln))) }

// Total is Score(...).Total, bit for bit, at a fifth of its cost: for ordering many.
func (m *Model) Total(s *Seeker, o *Opening, metres float64, now time.Time) float64 {
	var j judgement
	m.judge(&j, s, o, metres, Day(now))
	return grid(j.total)
}

// grid gives exp(ln) rounded to a thousandth of a millionth, far finer than any weight is known: neighbouring logarithms keep their
// order whatever the last bit of exp, and equal gains stay equal.
func grid(ln float64) float64 {
	const fine = 1e9
	return math.Round(math.Exp(ln)*fine) / fine
}

func (m *Model) judge(j *judgement, s *Seeker, o *Opening, metres float64, day int32) {
	t := &j.ln
	t[TermSkill] = m.lnSkill(s, o)
	t[TermTravel] = m.lnTravel(s, o, metres)
	t[TermPay] = m.lnPay(s, o, metres)
	t[TermConditions] = m.lnConditions(s, o)
	t[TermTiming] = m.lnTiming(s, o, day)
	t[TermFreshness] = m.lnFreshness(o, day)
	t[TermExperience] = m.lnExperience(s, o)
	t[TermRequirements] = m.lnRequirements(s, o)
	t[TermAnswers] = m.answers[min(o.Answers, maxAnswers)]
	m.sum(j)
}

// sum makes the views and the combined score of the terms, but for the chance, which it makes too.
func (m *Model) sum(j *judgement) {
	t, v := &j.ln, &m.views
	c := &v.chance
	t[TermChance] = max(lnLowest, float64(c[TermSkill]*t[TermSkill])+float64(c[TermExperience]*t[TermExperience])+
		float64(c[TermRequirements]*t[TermRequirements]))
	g := &v.graduate
	j.graduate = float64(g[TermSkill]*t[TermSkill]) + float64(g[TermTravel]*t[TermTravel]) + float64(g[TermPay]*t[TermPay]) +
		float64(g[TermConditions]*t[TermConditions]) + float64(g[TermTiming]*t[TermTiming]) + float64(g[TermFreshness]*t[TermFreshness])
	e := &v.employer
	j.employer = float64(e[TermSkill]*t[TermSkill]) + float64(e[TermExperience]*t[TermExperience]) +
		float64(e[TermRequirements]*t[TermRequirements]) + float64(e[TermTravel]*t[TermTravel]) + float64(e[TermTiming]*t[TermTiming])
	j.total = float64(v.total.graduate*j.graduate) + float64(v.total.employer*j.employer) +
		float64(v.total.chance*t[TermChance]) + float64(v.total.answers*t[TermAnswers])
}
