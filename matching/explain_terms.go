package matching

// travel speaks of the way to work.
func (x *explainer) travel() {
	away := value{as: asDistance}
	strong := x.term(TermTravel) >= strongTerm
	switch {
	case x.o.Remote:
		x.strong(TermTravel, phraseRemote)
	case x.o.OwnHome:
		x.strong(TermTravel, phraseOwnHome)
	case x.s.LivesAt(x.o) && x.m.lnLiving >= x.m.lnTravel(x.s, x.o, x.metres):
		if x.isFar() {
			x.must(mustFar, phraseLivingAway, away)
			return
		}
		x.strong(TermTravel, phraseLivingIn)
	case x.isFar() && strong:
		x.must(mustFar, phraseAway, away)
	case x.o.Transport && strong:
		x.strong(TermTravel, phraseTransport, away)
	case strong && x.metres <= 5_000:
		x.strong(TermTravel, phraseNear, away)
	case strong:
		x.strong(TermTravel, phraseAway, away)
	default:
		x.lacks(TermTravel, phraseFar, away)
	}
}

// farWork is from where work is far, in metres, however far a person says that she travels.
const farWork = 50_000

// isFar tells whether the work is so far away, or beyond the person's own reach, that the sentence has to say how far.
func (x *explainer) isFar() bool {
	return !x.o.Remote && !x.o.OwnHome && (x.metres > farWork || x.s.MaxMetres > 0 && x.metres > x.s.MaxMetres)
}

// sayFar sees to it that far work is said to be, where travel has not: as what is weak, or before all else where the pay is below the minimum.
func (x *explainer) sayFar() {
	if !x.isFar() || x.musts > 0 {
		return
	}
	away := value{as: asDistance}
	if x.weak.strength >= 0 && x.weak.phrase == phraseBelowMinimum {
		x.must(mustFar, phraseFar, away)
		return
	}
	x.against(mustFar, phraseFar, away)
}

// sayTrade sees to it that a trade which is another, of which few skills are hers, is said to be another.
func (x *explainer) sayTrade() {
	if x.s.Trade != x.o.Trade && x.term(TermSkill) < weakTerm && int(x.o.Trade) < x.m.Catalogue.Len() {
		x.must(mustTrade, phraseOtherTrade, value{as: asTrade})
	}
}

// distance speaks of the way to work to an employer, in whole km.
func (x *explainer) distance() {
	switch {
	case x.o.Remote || x.o.OwnHome:
	case x.term(TermTravel) >= strongTerm:
		x.strong(TermTravel, phraseWithin, count(int(x.metres/1000)))
	default:
		x.lacks(TermTravel, phraseWithin, count(int(x.metres/1000)))
	}
}

// pay speaks of the pay against what is usual, of what travel takes, and of the minimum wage.
func (x *explainer) pay() {
	if x.o.PayTo == 0 {
		x.missing.pay = asPayWord
		return
	}
	pay := value{as: asPay}
	if figure, below := x.m.OpeningBelowMinimum(x.o, x.score.Day); below {
		x.against(1, phraseBelowMinimum, pay, value{asAmount, uint32(figure)})
		return
	}
	if x.o.Monthly == 0 {
		x.missing.pay = asMonthlyPay
		return
	}
	cost := x.m.travelCost(x.s, x.o, x.metres)
	usual := x.m.usualPay(x.o).p50
	switch {
	case usual == 0:
		x.strong(TermPay, phrasePay, pay)
	case float64(x.o.Monthly)-cost >= 1.2*usual:
		x.strong(TermPay, phrasePayGood, pay)
	case x.m.payTerm((float64(x.o.Monthly)-cost)/usual) >= strongTerm: // the pay's own, that what is said of it does not hang on the prior
		x.strong(TermPay, phrasePayUsual, pay)
	case x.m.payTerm(float64(x.o.Monthly)/usual) >= strongTerm:
		x.lacks(TermPay, phrasePayTravel, pay, value{asAmount, rupees(cost)})
	default:
		x.lacks(TermPay, phrasePayLow, pay)
	}
}

// conditions speaks of the needs: met, refused, or not stated.
func (x *explainer) conditions() {
	needs := x.s.Needs
	met := needs & x.o.NeedYes
	refused := needs & x.o.NeedNo &^ met
	x.missing.needs = needs &^ (met | refused)
	if refused != 0 {
		x.lacks(TermConditions, phraseNeedsRefused, value{asNeeds, uint32(refused)})
	}
	if met != 0 && met == needs && !x.o.Remote && !x.o.OwnHome {
		x.strong(TermConditions, phraseNeedsMet, value{asNeeds, uint32(met)})
	}
}

// timing speaks of the start where both dates are told.
func (x *explainer) timing() {
	if x.s.AvailableFrom == NoDay || x.o.Starts == NoDay {
		return
	}
	late, wait := waiting(x.s, x.o, x.score.Day)
	switch {
	case x.term(TermTiming) >= punctualTerm:
		x.strong(TermTiming, phrasePunctual)
	case x.term(TermTiming) >= weakTerm:
	case late > 0:
		x.lacks(TermTiming, phraseLate, days(late))
	default:
		x.lacks(TermTiming, phraseWait, days(wait))
	}
}

// freshness speaks of the age of the posting.
func (x *explainer) freshness() {
	old := daysOld(x.o, x.score.Day)
	switch {
	case old == 0:
		x.strong(TermFreshness, phraseToday)
	case x.term(TermFreshness) >= freshTerm:
		x.strong(TermFreshness, phraseFresh, days(old))
	case x.term(TermFreshness) < staleTerm:
		x.lacks(TermFreshness, phraseStale, days(old))
	}
}

// experience speaks of the months and the level asked; to an employer also of months that nobody asked for.
func (x *explainer) experience() {
	s, o := x.s, x.o
	if o.Months == 0 && o.Level == 0 {
		if x.employer && s.Months >= 12 {
			x.strong(TermExperience, phraseHasExperience, months(s.Months/12*12))
		}
		return
	}
	switch {
	case x.term(TermExperience) >= fullTerm:
		x.strong(TermExperience, phraseExperienceMet)
	case x.term(TermExperience) >= lackingTerm:
	case o.Months > 0 && s.Months < 0:
		x.lacks(TermExperience, phraseMonthsUntold, months(int16(o.Months)))
	case o.Months > 0 && uint16(s.Months) < o.Months:
		x.lacks(TermExperience, phraseMonthsShort, months(int16(o.Months)), months(s.Months))
	case o.Months > 0 && s.Trade != o.Trade:
		x.lacks(TermExperience, phraseMonthsElsewhere, months(int16(o.Months)))
	case s.Level == 0:
		x.lacks(TermExperience, phraseLevelUntold, count(int(o.Level)))
	default:
		x.lacks(TermExperience, phraseLevelShort, count(int(o.Level)), count(int(s.Level)))
	}
}

// requirements speaks of schooling, licences and own tools where they are asked.
func (x *explainer) requirements() {
	s, o := x.s, x.o
	asked := o.Schooling > 1 || o.Licences != 0 || o.AsksTools
	if !asked {
		return
	}
	switch {
	case x.term(TermRequirements) >= fullTerm:
		x.strong(TermRequirements, phraseRequirementsMet)
	case o.Licences != 0 && s.Licences&o.Licences != o.Licences:
		x.lacks(TermRequirements, phraseLicence, value{asLicences, uint32(o.Licences &^ s.Licences)})
	case o.AsksTools && s.OwnTools != answerYes:
		x.lacks(TermRequirements, phraseTools)
	default:
		x.lacks(TermRequirements, phraseSchooling, value{as: asSchooling})
	}
}

// answers speaks of an employer who mostly answers, or seldom.
func (x *explainer) answers() {
	switch {
	case x.term(TermAnswers) >= answersOften:
		x.strong(TermAnswers, phraseAnswers)
	case x.term(TermAnswers) < answersRare:
		x.lacks(TermAnswers, phraseSeldomAnswers)
	}
}
