package matching

// clause is one part of an explanation: a phrase with its values, and how much it matters. It is written only if it is said.
type clause struct {
	phrase   phrase
	values   [mostValues]value
	strength float64
}

// explainer gathers the clauses of one explanation from a pair's terms.
type explainer struct {
	m        *Model
	s        *Seeker
	o        *Opening
	metres   float64
	score    *Score
	lang     language
	employer bool               // said to the employer, of a candidate
	weight   *[NumTerms]float64 // how much each term matters to the reader
	reasons  [longest]clause    // the strongest ones, the strongest first, equal ones in the order of the terms
	nReasons int
	musts    int    // of the reasons, those that are said whatever else there is; they are the first
	weak     clause // the strongest one; none while its strength is below 0
	missing  struct {
		pay   manner // of writing what is not stated of the pay; asNothing where it is
		needs uint8  // mask
	}
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
	longest      = 3   // clauses
	usualLength  = 512 // bytes of an explanation that take no second piece of memory
)

// Explain says to the graduate why a pair matches, in "en", "ur" or "roman" (any other reads as en): two or three short clauses
// made from the very terms of the score, the strongest reasons first, then what is weak and what the posting has not stated.
// A pay below the minimum wage is always named.
func (m *Model) Explain(s *Seeker, o *Opening, metres float64, score Score, lang string) string {
	var room [usualLength]byte
	return string(m.AppendExplain(room[:0], s, o, metres, score, lang))
}

// AppendExplain is Explain at the end of a buffer, which it gives back longer; it asks for no memory while the buffer has room.
func (m *Model) AppendExplain(dst []byte, s *Seeker, o *Opening, metres float64, score Score, lang string) []byte {
	x := explainer{m: m, s: s, o: o, metres: metres, score: &score, lang: languageOf(lang), weight: &m.views.reader,
		weak: clause{strength: -1}}
	x.graduate()
	return x.sentence(dst)
}

func (x *explainer) graduate() {
	x.skill()
	x.travel()
	x.pay()
	x.conditions()
	x.timing()
	x.freshness()
	x.experience()
	x.requirements()
	x.answers()
	x.sayFar()
	x.sayTrade()
}

// ExplainCandidate says to the employer why a candidate fits: skill, distance in whole km (metres is Banded), experience, timing and
// what the posting asks. Nothing in it tells a need, a lowest pay, a gender or an age.
func (m *Model) ExplainCandidate(s *Seeker, o *Opening, metres float64, score Score, lang string) string {
	var room [usualLength]byte
	return string(m.AppendExplainCandidate(room[:0], s, o, metres, score, lang))
}

// AppendExplainCandidate is ExplainCandidate at the end of a buffer, as AppendExplain is Explain.
func (m *Model) AppendExplainCandidate(dst []byte, s *Seeker, o *Opening, metres float64, score Score, lang string) []byte {
	x := explainer{m: m, s: s, o: o, metres: Banded(metres), score: &score, lang: languageOf(lang), employer: true,
		weight: &m.views.employer, weak: clause{strength: -1}}
	x.candidate()
	return x.sentence(dst)
}

func (x *explainer) candidate() {
	x.skill()
	x.distance()
	x.timing()
	x.experience()
	x.requirements()
}

func (x *explainer) term(t int) float64 { return x.score.Terms[t] }

// How strongly what has to be said stands, above any reason.
const (
	mustTrade = 10
	mustFar   = 20
)

// must notes a reason that is said whatever else there is.
func (x *explainer) must(strength float64, p phrase, values ...value) {
	x.reason(strength, p, values...)
	x.musts++
}

// strong and lacks note a reason, and what stands against the pair, by the weight and the value of its term.
func (x *explainer) strong(t int, p phrase, values ...value) {
	x.reason(x.weight[t]*x.term(t), p, values...)
}

func (x *explainer) reason(strength float64, p phrase, values ...value) {
	at := x.nReasons
	for at > 0 && x.reasons[at-1].strength < strength {
		at--
	}
	if at == len(x.reasons) {
		return
	}
	copy(x.reasons[at+1:], x.reasons[at:min(x.nReasons, longest-1)])
	x.reasons[at].set(p, strength, values)
	x.nReasons = min(x.nReasons+1, longest)
}

func (x *explainer) lacks(t int, p phrase, values ...value) {
	x.against(x.weight[t]*(1-x.term(t)), p, values...)
}

func (x *explainer) against(strength float64, p phrase, values ...value) {
	if strength > x.weak.strength {
		x.weak.set(p, strength, values)
	}
}

func (c *clause) set(p phrase, strength float64, values []value) {
	c.phrase, c.strength = p, strength
	copy(c.values[:], values)
}

// speaks notes a reason or a weakness, as the term's value has it.
func (x *explainer) speaks(t int, p phrase, values ...value) {
	if x.term(t) >= strongTerm {
		x.strong(t, p, values...)
		return
	}
	x.lacks(t, p, values...)
}

// sentence puts the clauses together: at most one weakness and one list of what is not stated, and as many reasons as leave three
// clauses in all, but all those that have to be said.
func (x *explainer) sentence(text []byte) []byte {
	if x.nReasons == 0 {
		x.trade()
	}
	weak, missing := x.weak.strength >= 0, x.missing.pay != asNothing || x.missing.needs != 0
	room := longest
	if weak {
		room--
	}
	if missing {
		room--
	}
	begin := len(text)
	for i := range x.reasons[:min(max(room, x.musts), x.nReasons)] {
		if i > 0 {
			text = append(text, x.lang.semicolon()...)
		}
		text = x.say(text, &x.reasons[i])
	}
	text = x.end(text, begin)
	if weak {
		before, after := around(phraseBut.in(x.lang, x.employer))
		text = gap(text, begin)
		next := len(text)
		text = x.say(append(text, before...), &x.weak)
		text = x.end(append(text, after...), next)
	}
	if missing {
		before, after := around(phraseNotStated.in(x.lang, x.employer))
		text = gap(text, begin)
		next := len(text)
		text = x.unstated(append(text, before...))
		text = x.end(append(text, after...), next)
	}
	return text
}

// gap parts a further sentence from the text that begins at an offset.
func gap(text []byte, begin int) []byte {
	if len(text) > begin {
		text = append(text, ' ')
	}
	return text
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
	if x.s.Trade == x.o.Trade {
		x.strong(TermSkill, phraseOwnTrade, value{as: asTrade})
		return
	}
	if x.employer || x.term(TermSkill) >= weakTerm { // else sayTrade says it
		x.strong(TermSkill, phraseRelatedTrade, value{as: asTrade})
	}
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
	asked, toLearn := count(len(required)), value{as: asToLearn}
	switch {
	case len(x.s.Skills) == 0:
		x.lacks(TermSkill, phraseSkillsUntold)
	case n == len(required):
		if n > 0 && x.s.Trade == x.o.Trade {
			x.strong(TermSkill, all)
		}
	case n == 0 || x.s.Trade != x.o.Trade:
		x.lacks(TermSkill, phraseToLearn, toLearn)
	case n == 1:
		x.speaks(TermSkill, one, asked, toLearn)
	default:
		x.speaks(TermSkill, some, count(n), asked, toLearn)
	}
}
