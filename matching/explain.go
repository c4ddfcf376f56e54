package matching

import (
	"cmp"
	"slices"
)

// clause is one part of an explanation: a phrase with its values, and how much it matters.
type clause struct {
	phrase   phrase
	values   [3]string
	strength float64
}

// explainer gathers the clauses of one explanation from a pair's terms.
type explainer struct {
	m        *Model
	s        *Seeker
	o        *Opening
	metres   float64
	score    Score
	lang     language
	employer bool              // said to the employer, of a candidate
	weight   [NumTerms]float64 // how much each term matters to the reader
	reasons  clauses
	weak     clauses
	missing  []string // what the posting has not stated
}

// clauses holds its room, so that explaining a page of results costs no memory for lists. Every term adds one at the most.
type clauses struct {
	n    int
	room [NumTerms]clause
}

func (c *clauses) add(p phrase, strength float64, values ...string) {
	if c.n == len(c.room) {
		return
	}
	next := &c.room[c.n]
	next.phrase, next.strength = p, strength
	copy(next.values[:], values)
	c.n++
}

// list gives the clauses, the strongest first, equal ones in the order of the terms.
func (c *clauses) list() []clause {
	all := c.room[:c.n]
	slices.SortStableFunc(all, func(a, b clause) int { return cmp.Compare(b.strength, a.strength) })
	return all
}

// From which value a term speaks for a pair (strong) and below which against it (weak).
const (
	strongTerm   = 0.6
	weakTerm     = 0.6 // between the two nothing is left unsaid
	freshTerm    = 0.8 // the last ten days
	staleTerm    = 0.4 // over forty days
	fullTerm     = 0.999
	lackingTerm  = 0.8
	punctualTerm = 0.9
	answersOften = 0.85
	answersRare  = 0.4
	longest      = 3 // clauses
)

// Explain says to the graduate why a pair matches, in "en", "ur" or "roman" (any other reads as en): two or three short clauses
// made from the very terms of the score, the strongest reasons first, then what is weak and what the posting has not stated.
// A pay below the minimum wage is always named.
func (m *Model) Explain(s *Seeker, o *Opening, metres float64, score Score, lang string) string {
	x := explainer{m: m, s: s, o: o, metres: metres, score: score, lang: languageOf(lang), weight: m.views.graduate}
	x.weight[TermExperience] = m.views.total.employer * m.views.employer[TermExperience]
	x.weight[TermRequirements] = m.views.total.employer * m.views.employer[TermRequirements]
	x.weight[TermAnswers] = m.views.total.answers
	x.skill()
	x.travel()
	x.pay()
	x.conditions()
	x.timing()
	x.freshness()
	x.experience()
	x.requirements()
	x.answers()
	return x.sentence()
}

// ExplainCandidate says to the employer why a candidate fits: skill, distance in whole km (metres is Banded), experience, timing and
// what the posting asks. Nothing in it tells a need, a lowest pay, a gender or an age.
func (m *Model) ExplainCandidate(s *Seeker, o *Opening, metres float64, score Score, lang string) string {
	x := explainer{m: m, s: s, o: o, metres: Banded(metres), score: score, lang: languageOf(lang), employer: true,
		weight: m.views.employer}
	x.skill()
	x.distance()
	x.timing()
	x.experience()
	x.requirements()
	return x.sentence()
}

func (x *explainer) term(t int) float64 { return x.score.Terms[t] }

// strong and lacks note a reason, and what stands against the pair, by the weight and the value of its term.
func (x *explainer) strong(t int, p phrase, values ...string) {
	x.reasons.add(p, x.weight[t]*x.term(t), values...)
}

func (x *explainer) lacks(t int, p phrase, values ...string) {
	x.weak.add(p, x.weight[t]*(1-x.term(t)), values...)
}

// speaks notes a reason or a weakness, as the term's value has it.
func (x *explainer) speaks(t int, p phrase, values ...string) {
	if x.term(t) >= strongTerm {
		x.strong(t, p, values...)
		return
	}
	x.lacks(t, p, values...)
}

func (x *explainer) say(c clause) string { return c.phrase.in(x.lang, x.employer, c.values[:]...) }

// sentence puts the clauses together: at most one weakness and one list of what is not stated, and as many reasons as leave three
// clauses in all.
func (x *explainer) sentence() string {
	if x.reasons.n == 0 {
		x.trade()
	}
	reasons, weak := x.reasons.list(), x.weak.list()
	room := longest
	if len(weak) > 0 {
		room--
	}
	if len(x.missing) > 0 {
		room--
	}
	text := make([]byte, 0, 512)
	for i, r := range reasons[:min(room, len(reasons))] {
		if i > 0 {
			text = append(text, x.lang.semicolon()...)
		}
		text = append(text, x.say(r)...)
	}
	text = x.end(text, 0)
	if len(weak) > 0 {
		text = x.part(text, phraseBut, x.say(weak[0]))
	}
	if len(x.missing) > 0 {
		text = x.part(text, phraseNotStated, x.lang.and(x.missing))
	}
	return string(text)
}

// part adds one more sentence.
func (x *explainer) part(text []byte, p phrase, value string) []byte {
	if len(text) > 0 {
		text = append(text, ' ')
	}
	begin := len(text)
	return x.end(append(text, p.in(x.lang, x.employer, value)...), begin)
}

// end makes the first letter of the sentence that begins at an offset large, where it is a small Latin one, and puts the stop.
func (x *explainer) end(text []byte, begin int) []byte {
	if begin == len(text) {
		return text
	}
	if text[begin] >= 'a' && text[begin] <= 'z' {
		text[begin] -= 'a' - 'A'
	}
	return append(text, x.lang.stop()...)
}

// trade is the reason that stands where no term is strong: the trade itself.
func (x *explainer) trade() {
	if int(x.o.Trade) >= x.m.Catalogue.Len() {
		return
	}
	name := x.lang.name(x.m.Catalogue.At(x.o.Trade).Names)
	if x.s.Trade == x.o.Trade {
		x.strong(TermSkill, phraseOwnTrade, name)
		return
	}
	x.strong(TermSkill, phraseRelatedTrade, name)
}

// skill speaks of the skills asked, naming up to two that are missing, and of a trade that is only related.
func (x *explainer) skill() {
	required := x.o.Skills[:x.o.Required]
	n := held(x.s.Skills, required)
	if x.s.Trade != x.o.Trade || len(x.s.Skills) == 0 || len(required) == 0 {
		x.trade()
	}
	one, some, all := phraseSkillsOne, phraseSkillsSome, phraseSkillsAll
	if x.o.ByTrade {
		one, some, all = phraseBasicsOne, phraseBasicsSome, phraseBasicsAll
	}
	switch {
	case len(x.s.Skills) == 0:
		x.lacks(TermSkill, phraseSkillsUntold)
	case n == len(required):
		if n > 0 && x.s.Trade == x.o.Trade {
			x.strong(TermSkill, all)
		}
	case n == 0 || x.s.Trade != x.o.Trade:
		x.lacks(TermSkill, phraseToLearn, x.toLearn(required))
	case n == 1:
		x.speaks(TermSkill, one, count(len(required)), x.toLearn(required))
	default:
		x.speaks(TermSkill, some, count(n), count(len(required)), x.toLearn(required))
	}
}

// toLearn names up to two of the required skills that the person does not hold.
func (x *explainer) toLearn(required []uint16) string {
	var names []string
	more := false
	for _, n := range required {
		if _, has := slices.BinarySearch(x.s.Skills, n); has {
			continue
		}
		if len(names) == 2 {
			more = true
			break
		}
		names = append(names, x.lang.name(x.m.Catalogue.SkillAt(n).Names))
	}
	list := x.lang.list(names)
	if more {
		list = phraseAndMore.in(x.lang, x.employer, list)
	}
	return list
}
