package matching

import (
	"math"
	"time"
)

// Judge gives the scores of one person against many openings, or of one opening against many people, at one moment: those of
// Model.Score to the last bit, at a fraction of their cost, since it remembers the terms of what comes again. It is for one
// goroutine. The lists of skills that it is shown are not to change while it is used.
type Judge struct {
	m    *Model
	day  int32
	life uint32 // what was remembered in another is forgotten

	judgement
	skill      [4 * rememberedTerms]remembered[skillPair]
	experience [4 * rememberedTerms]remembered[experiencePair]
	hurdles    [rememberedTerms]remembered[hurdlePair]
	timing     [rememberedTerms]remembered[timingPair]
	pay        [2 * rememberedTerms]remembered[payOf]
	related    remembered[[2]uint16]
}

// rememberedTerms is how many values of a term are kept, each in a place of its own by what it is of.
const rememberedTerms = 64

// remembered is a term with all that it was made of, and in which of its judge's lives.
type remembered[K comparable] struct {
	of   K
	ln   float64
	life uint32
}

// is tells whether the term is that of these values.
func (r *remembered[K]) is(of K, life uint32) bool { return r.life == life && r.of == of }

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

// NewJudge gives a judge for a moment. Who is done with it should Dismiss it, so that the next one needs no new memory.
func (m *Model) NewJudge(now time.Time) *Judge {
	j, ok := m.judges.Get().(*Judge)
	if !ok {
		j = &Judge{m: m}
	}
	j.life++
	j.day = Day(now)
	return j
}

// Dismiss ends the use of a judge.
func (j *Judge) Dismiss() { j.m.judges.Put(j) }

// Total is Model.Total and true; or false, when it is sure that the score is below least. It is sure of most that are, and the sooner the
// farther below they are: what is cheap to know is added up first, and what is not known yet counts as perfect.
func (j *Judge) Total(s *Seeker, o *Opening, metres float64, least Least) (float64, bool) {
	t, w := &j.ln, &j.m.views.bound
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
	t[TermPay], _ = j.payTerm(s, o, metres)
	return j.reaches(least)
}

// payTerm is lnPay, with what the way takes of the pay.
func (j *Judge) payTerm(s *Seeker, o *Opening, metres float64) (ln, cost float64) {
	if cost = j.m.travelCost(s, o, metres); cost == 0 {
		return j.fullPay(o), 0
	}
	return j.m.lnPayLess(o, cost), cost
}

// reaches makes a score of the terms, unless it is below least.
func (j *Judge) reaches(least Least) (float64, bool) {
	j.m.sum(&j.judgement)
	if j.total < least.ln {
		return 0, false
	}
	return grid(j.total), true
}

// Known are the natural logarithms of the terms of a pair that neither the distance nor the pay enters, and that cost something to know.
type Known struct{ Skill, Experience, Requirements, Timing, Conditions float64 }

// Going are the natural logarithms of the terms of a pair that the distance enters, and what it takes of the pay in rupees a month. Of the
// person they hang on the ways of travel and on whether she lives in alone.
type Going struct{ Travel, Pay, Cost float64 }

// Going gives the terms at a distance in metres.
func (j *Judge) Going(s *Seeker, o *Opening, metres float64) Going {
	g := Going{Travel: j.m.lnTravel(s, o, metres)}
	g.Pay, g.Cost = j.payTerm(s, o, metres)
	return g
}

// Leaves tells whether the pay of an opening, where it is known, leaves the lowest that somebody accepts, as PaysEnough does.
func (g *Going) Leaves(lowest uint32, o *Opening) bool {
	return !asksPay(lowest, o) || leaves(o, g.Cost, lowest)
}

// TotalOf is Total of a pair of which these terms are known.
func (j *Judge) TotalOf(known *Known, going *Going, o *Opening, least Least) (float64, bool) {
	t := &j.ln
	t[TermSkill], t[TermExperience], t[TermRequirements] = known.Skill, known.Experience, known.Requirements
	t[TermTiming], t[TermConditions] = known.Timing, known.Conditions
	t[TermTravel], t[TermPay] = going.Travel, going.Pay
	t[TermFreshness] = j.m.lnFreshness(o, j.day)
	t[TermAnswers] = j.m.answers[min(o.Answers, maxAnswers)]
	return j.reaches(least)
}

// Standing is what an opening brings to every score of it on every day, for openings that are packed beside it: the part of the bound of
// Stands that does not hang on the day, rounded up.
func (m *Model) Standing(o *Opening) float32 {
	ln := m.views.bound[TermPay]*m.lnPayLess(o, 0) + m.views.bound[TermAnswers]*m.answers[min(o.Answers, maxAnswers)]
	return math.Nextafter32(float32(ln), 1)
}

// Lead orders openings by what Stands is told of them, whatever the day: the higher, the more one brings.
func (m *Model) Lead(standing float32, posted uint32) float64 {
	return float64(standing) + m.views.bound[TermFreshness]*float64(dayOf(int64(posted)))/m.Weights.Time.Freshness.Value
}

// Hope is what a person's trade brings at the most to a score of an opening of a trade.
func (j *Judge) Hope(s *Seeker, trade uint16) float64 {
	return j.m.views.bound[TermSkill] * j.relatedTerm(s.Trade, trade)
}

// Way is what the way to work brings at the most to a score, from so many metres on, where the work is neither at home nor remote and comes
// without transport; living tells that there is accommodation.
func (j *Judge) Way(s *Seeker, metres float64, living bool) float64 {
	return j.m.views.bound[TermTravel] * j.m.lnTravel(s, &Opening{Accommodation: living}, metres)
}

// Stands is what an opening of this Standing, posted then (Unix seconds), brings to a score at the most. The sum of what an opening and a
// person bring by Hope (or by Brings, which knows more than it), Way, Stands and Suits is above the natural logarithm of their
// score; each that is not known may be left out.
func (j *Judge) Stands(standing float32, posted uint32) float64 {
	days := max(0, j.day-dayOf(int64(posted)))
	return float64(standing) + j.m.views.bound[TermFreshness]*j.m.lnOld(days)
}

// Leads is above what any opening brings by Stands whose Lead and whose Standing are no higher than these.
func (j *Judge) Leads(lead float64, standing float32) float64 {
	const slip = 1e-12 // for rounding, as AtLeast has it
	fresh := j.m.views.bound[TermFreshness]
	today := fresh * float64(j.day) / j.m.Weights.Time.Freshness.Value // large where postings age in seconds, and so is its last digit
	return max(lead-today+1e-15*(math.Abs(lead)+today), float64(standing)+fresh*lnLowest) + slip
}

// Brings is what a SkillTerm, an ExperienceTerm and a RequirementsTerm, or what is above them, bring to a score, with the chance that is made of them.
func (j *Judge) Brings(skill, experience, requirements float64) float64 {
	w, c := &j.m.views.bound, &j.m.views.chance
	chance := max(lnLowest, c[TermSkill]*skill+c[TermExperience]*experience+c[TermRequirements]*requirements)
	return w[TermSkill]*skill + w[TermExperience]*experience + w[TermRequirements]*requirements + j.m.views.total.chance*chance
}

// TimingTerm is the natural logarithm of the term: of the days from which a person is free and work starts.
func (j *Judge) TimingTerm(free, starts int32) float64 {
	return j.m.lnTiming(&Seeker{AvailableFrom: free}, &Opening{Starts: starts}, j.day)
}

// ConditionsTerm is the natural logarithm of the term: of the answers to a person's needs.
func (j *Judge) ConditionsTerm(needs uint8, a Ask) float64 {
	if needs == 0 {
		return 0
	}
	return j.m.lnConditions(&Seeker{Needs: needs}, &Opening{NeedYes: a.NeedYes, NeedNo: a.NeedNo})
}

// Suits is what a TimingTerm and a ConditionsTerm, or what is above them, bring to a score.
func (j *Judge) Suits(timing, conditions float64) float64 {
	w := &j.m.views.bound
	return w[TermTiming]*timing + w[TermConditions]*conditions
}

// SkillTerm is the natural logarithm of the term, which hangs on the trades and the skills of both alone.
func (m *Model) SkillTerm(s *Seeker, o *Opening) float64 { return m.lnSkill(s, o) }

// SkillShare is what of a person's skills her SkillTerm with an opening hangs on, beside the trades: those with the same have the same term.
func SkillShare(have []uint16, o *Opening) uint32 {
	share := uint32(held(have, o.Skills[:o.Required]))<<16 | uint32(held(have, o.Skills[o.Required:]))<<1
	if len(have) == 0 {
		share |= 1
	}
	return share
}

// ExperienceTerm is the natural logarithm of the term, which hangs on the trades, the months and the levels of both alone.
func (m *Model) ExperienceTerm(s *Seeker, o *Opening) float64 { return m.lnExperience(s, o) }

// RequirementsTerm is the natural logarithm of the term, which hangs on schooling, licences and tools of both alone.
func (m *Model) RequirementsTerm(s *Seeker, o *Opening) float64 { return m.lnRequirements(s, o) }

// Outlook is above what any person can score with an opening, as natural logarithms of the combined score and of the employer's view, as
// far as her trade and her way to work tell, with what her skill term cannot be above.
type Outlook struct{ Total, Employer, Skill float64 }

// Outlook looks at the trade of a person, at her ways of travel and whether she may live at the work, and at nothing else of her. Metres
// are the distance, or fewer.
func (j *Judge) Outlook(s *Seeker, o *Opening, metres float64) Outlook {
	const slip = 1e-12 // for rounding, as AtLeast has it
	v, way, related := &j.m.views.employer, j.m.lnTravel(s, o, metres), j.relatedTerm(s.Trade, o.Trade)
	return Outlook{
		Total: j.m.views.bound[TermSkill]*related + j.m.views.bound[TermTravel]*way + j.m.views.bound[TermPay]*j.fullPay(o) +
			j.m.views.bound[TermFreshness]*j.m.lnFreshness(o, j.day) + j.m.views.bound[TermAnswers]*j.m.answers[min(o.Answers, maxAnswers)] + slip,
		Employer: v[TermSkill]*related + v[TermTravel]*way + slip,
		Skill:    related,
	}
}

// Sharpened is the outlook of a person of whom these terms, or what is above them, are known too.
func (j *Judge) Sharpened(o *Outlook, known *Known) Outlook {
	v := &j.m.views.employer
	return Outlook{
		Total: o.Total - j.m.views.bound[TermSkill]*o.Skill + j.Brings(known.Skill, known.Experience, known.Requirements) +
			j.Suits(known.Timing, known.Conditions),
		Employer: o.Employer + v[TermSkill]*(known.Skill-o.Skill) + v[TermExperience]*known.Experience +
			v[TermRequirements]*known.Requirements + v[TermTiming]*known.Timing,
		Skill: known.Skill,
	}
}

// Wants tells whether a score of which the natural logarithm is no higher may be among those that are wanted.
func (l Least) Wants(most float64) bool { return most >= l.ln }

// Reaches tells whether a combined score with this outlook may be among those that are wanted.
func (l Least) Reaches(o Outlook) bool { return l.Wants(o.Total) }

// Most is above the employer's view, as Score has it.
func (o Outlook) Most() float64 { return math.Exp(o.Employer) + 1e-9 }

// fullPay is the pay term as it is without a cost of travel.
func (j *Judge) fullPay(o *Opening) float64 {
	of := payOf{o.Monthly, o.Trade, o.Province, o.Remote}
	at := &j.pay[(of.monthly>>10^of.monthly>>3+uint32(of.trade)*7+uint32(of.province)*31)%uint32(len(j.pay))]
	if !at.is(of, j.life) {
		*at = remembered[payOf]{of, j.m.lnPayLess(o, 0), j.life}
	}
	return at.ln
}

// relatedTerm is what the skill term cannot be above, for how the trades are related.
func (j *Judge) relatedTerm(a, b uint16) float64 {
	if of := [2]uint16{a, b}; !j.related.is(of, j.life) {
		ln, _ := j.m.lnRelatedness(a, b)
		j.related = remembered[[2]uint16]{of, clampLn(ln), j.life}
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
	if at := &j.timing[uint32(timing.free+timing.starts)%rememberedTerms]; at.is(timing, j.life) {
		t[TermTiming] = at.ln
	} else {
		*at = remembered[timingPair]{timing, j.m.lnTiming(s, o, j.day), j.life}
		t[TermTiming] = at.ln
	}
	t[TermExperience] = 0
	if o.Months != 0 || o.Level != 0 {
		pair := experiencePair{s.Months, o.Months, s.Trade, o.Trade, s.Level, o.Level}
		at := &j.experience[(uint32(pair.had)+uint32(pair.asked)*5+uint32(pair.level)*11+uint32(pair.levelRequired)*17)%uint32(len(j.experience))]
		if !at.is(pair, j.life) {
			*at = remembered[experiencePair]{pair, j.m.lnExperience(s, o), j.life}
		}
		t[TermExperience] = at.ln
	}
	t[TermRequirements] = 0
	if o.Schooling != 0 || o.Licences != 0 || o.AsksTools {
		pair := hurdlePair{s.Schooling, o.Schooling, s.Licences, o.Licences, s.OwnTools, o.AsksTools}
		at := &j.hurdles[(uint32(pair.schooling+pair.asked)+uint32(pair.licences)*5+uint32(pair.classes)*11+uint32(pair.tools)*17)%rememberedTerms]
		if !at.is(pair, j.life) {
			*at = remembered[hurdlePair]{pair, j.m.lnRequirements(s, o), j.life}
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
	if !at.is(pair, j.life) {
		*at = remembered[skillPair]{pair, j.m.lnSkill(s, o), j.life}
	}
	return at.ln
}
