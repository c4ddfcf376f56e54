package search

import (
	"slices"
	"unicode/utf8"
)

// sign is one kind of evidence for or against a claim that a query seeks a trade.
type sign int

// What speaks for a claim by the words of the trade, what by the words beside them. Where a word stands as it is written, nothing is
// asked of words that are only near.
const (
	signAlways      sign = iota
	signAgent            // a word for one who does it, as it is written: driver, darzi
	signAgentCommon      // such a word that is said in talk too, or is a name
	signWords            // how many of the trade's words stand as they are written, at most 3
	signWeight           // what the weightiest of them weighs
	signNear             // the fit of the nearest
	signNearShort        // it has four letters or fewer
	signCover            // how much of the name is met
	signPhrase           // a name of several words that say something is met
	signScore
	signAlone // nothing else is said
	signAsks  // from here on the cues, in their order
	signServes
	signTrouble
	signPrice
	signQuestion
	signPast
	signOwn
	signDeals
	signTells
	signDenies
	signGoing
	signCommends
	signTime
	signActs
	signStates    // the query ends in "is"
	signBids      // it ends in an order: open the door
	signTroubled  // denied and going on: something does not work, which is rather a trade's
	signBroken    // trouble that came about: so are things that broke
	signOrdered   // work is asked for beside a word for one who does it
	signAgentNear // the nearest is a word for one who does it
	signBoneless  // and is written without vowels
	signErrors    // how many letters it is off
	signRival     // how near a word is that is no trade's, from 0.2 below it
	signOther     // how many words of other trades stand as they are written, at most 3
	signTalk      // how many other words of talk, at most 4
	signUnknown   // how many words that nothing is near, at most 3
	signPerson    // a person's name
	signPlace     // a place, or a condition
	signUrdu
	signCommon    // of the trade's words as they are written every one is said in talk too
	signAloneNear // nothing else is said, and no word stands as it is written
	signBeside    // how many words of talk stand in names of the trade too, at most 3
	signs
)

// believed are the weights of the signs, those of a logistic regression: a claim stands where their sum is above 0. They were fitted on
// the claims made for testdata/queries.tsv, some 900 queries and 550 sentences of talk written for it, 500 English names of trades spelt by
// ear, and, at a fifth of the weight and less, 1,400 sentences made of common things and frames ("{} kho gaya", "{} ka rate", "{} ka
// karigar") and 1,100 Urdu words that name no trade, as people spell them; what names no trade counts a little more. Then they were
// rounded, and the first raised by 1.7, as a trade missed is worse than one too many by a little.
var believed = [signs]float32{
	signAlways: -5.8, signAgent: 1.75, signAgentCommon: 0.65, signWords: 1.6, signWeight: -1.25, signNear: 3.15,
	signNearShort: -0.1, signCover: 5.4, signPhrase: 2.35, signScore: 4.95, signAlone: 0.45, signAsks: 2.5, signServes: 3.1,
	signTrouble: 1.5, signPrice: -6.15, signQuestion: -7.95, signPast: -2.85, signOwn: -3.25, signDeals: -4.55, signTells: -4.3,
	signDenies: -6.55, signGoing: -0.8, signCommends: -0.95, signTime: -1.7, signActs: -3.9, signStates: -2.9, signBids: -5.05,
	signTroubled: -1.55, signBroken: 4, signOrdered: -0.05, signAgentNear: 3.95, signBoneless: 2.75, signErrors: -3,
	signRival: -7.2, signOther: 0.55, signTalk: -2.2, signUnknown: -0.55, signPerson: -3.6, signPlace: 2.65, signUrdu: 0.65,
	signCommon: -1.9, signAloneNear: -2.9, signBeside: 3,
}

// stands tells whether what speaks for a claim outweighs what speaks against it.
func (e *evidence) stands() bool {
	var sum float32
	for i, weight := range believed {
		sum += weight * e[i]
	}
	return sum > 0
}

// evidence is how much there is of each sign.
type evidence [signs]float32

// evidence gathers the signs for the best of the trades that the tokens point at. read are the words of places and conditions.
func (b *bearing) evidence(tokens []token, words []spelt, read []bool, best headed) *evidence {
	var e evidence
	var said cue
	saying := 0
	for i := range tokens {
		t := &tokens[i]
		if !t.speech && !t.extra {
			saying++
		}
		if halves(tokens, t, best.by) {
			continue
		}
		met := i < 32 && best.by&(1<<i) != 0
		if !met && (b.isAnyone(t) || i+1 < len(tokens) && b.isWala(&tokens[i+1])) {
			said |= b.cueOf(t) & heardOf // one who gives tea asks for no tea
			continue
		}
		said |= b.witness(&e, t, words[t.from].folded, met, b.group[best.trade])
	}
	for i := range cues {
		e.note(signAsks+sign(i), said&(1<<i) != 0)
	}
	troubled := e.settleTroubles(words)
	e.note(signOrdered, e[signAsks] > 0 && e[signAgent]+e[signAgentCommon]+e[signAgentNear] > 0)
	if e[signWords] > 0 {
		e[signNear], e[signNearShort], e[signErrors], e[signRival], e[signBoneless] = 0, 0, 0, 0, 0
	}
	e[signAlways], e[signCover], e[signScore] = 1, best.cover, float32(best.score)
	e[signOther], e[signTalk] = min(3, e[signOther]), min(4, e[signTalk])
	if e[signAgent] > 0 || troubled { // who names a plumber may tell much besides, and so may who tells of a trouble
		e[signTalk] = min(1, e[signTalk])
	}
	e[signUnknown], e[signWords], e[signBeside] = min(3, e[signUnknown]), min(3, e[signWords]), min(3, e[signBeside])
	e[signCommon] = max(0, -e[signCommon])
	e.note(signPhrase, best.phrase)
	e.note(signAlone, saying <= 1 && len(words) <= 2)
	e.note(signAloneNear, e[signAlone] > 0 && e[signWords] == 0)
	e.note(signStates, b.isSaid(words, len(words)-1, len(words)))
	b.traded(&e, tokens, words, best.by)
	if b.causes(words) { // something is wanted done: what is new, nai, is not denied
		e[signStates], e[signDenies] = 0, 0
	}
	if e[signAgent]+e[signAgentCommon]+e[signAgentNear] > 0 && slices.ContainsFunc(tokens, b.wants) { // a tutor is wanted for my son, a driver for hire
		e[signOwn], e[signDeals] = 0, 0
	}
	e.note(signBids, len(words) > 0 && b.bids[words[len(words)-1].folded])
	if holds(words, sending[:]) && (troubled || best.named || e[signAsks] > 0 || slices.ContainsFunc(tokens, b.isAgent)) { // send a plumber, a bijli wala
		e[signTells], e[signBids] = 0, 0
	}
	e.note(signPlace, slices.Contains(read, true))
	e.note(signUrdu, len(words) > 0 && isUrdu(words[0].folded))
	return &e
}

// settleTroubles makes one sign of those that tell of a trouble together, or of who is to mend it, and says whether there is any.
func (e *evidence) settleTroubles(words []spelt) (troubled bool) {
	e.note(signDenies, e[signGoing] > 0 && deniesBeside(words))
	if e[signDenies]+e[signGoing] == 2 {
		e[signDenies], e[signGoing], e[signTroubled] = 0, 0, 1
	}
	if e[signTrouble]+e[signPast] == 2 {
		e[signTrouble], e[signPast], e[signBroken] = 0, 0, 1
	}
	if troubled = e[signTrouble]+e[signTroubled]+e[signBroken] > 0; troubled {
		e[signGoing] = 0
	}
	if e[signAgent]+e[signAgentCommon] > 0 && holds(words, daysWage[:]) && holds(words, howMuch[:]) {
		e[signPrice], e[signQuestion] = 0, 0
	}
	if e[signQuestion] > 0 && (e[signServes] > 0 || troubled) && holds(words, askingWho[:]) { // who will mend it
		e[signQuestion] = 0
	}
	return troubled
}

// deniesBeside tells whether nai stands before what goes on, where it is no barber and not new: on nai hota.
func deniesBeside(words []spelt) bool {
	for i := 1; i < len(words); i++ {
		if w := words[i-1].folded; (w == "nai" || w == "nae") && slices.Contains(goesOn[:], words[i].folded) {
			return true
		}
	}
	return false
}

// Words that ask for a person, those by which one is sent for, those for a day's wage and how much it is, and what goes on or does not.
var (
	howMuch   = [...]string{"kitni", "kitna", "kitne", "kitnay", "ketni", "ktni", "کتنی", "کتنا", "کتنے"}
	goesOn    = [...]string{"hota", "hoti", "chal", "chalta", "chalti", "raha", "rahi", "rha", "rhi", "kr", "krta", "krti", "karta", "karti", "ati", "aati", "lag", "lagta"}
	daysWage  = [...]string{"dihari", "dihaari", "dehari", "dihadi", "diharri", "dhiari", "دیہاری", "دہاڑی"}
	askingWho = [...]string{"kon", "kaun", "koun", "who", "کون"}
	sending   = [...]string{"bulao", "bulwao", "bulana", "bulain", "bulaen", "call", "بلاؤ", "بلائیں", "بلانا", "bhejo", "bhej", "bhejen", "bhejein", "bhejain", "bhijwao", "bhijwa", "send", "بھیجو", "بھیجیں", "بھیج"}
)

// holds tells whether one of the words is among some others.
func holds(words []spelt, others []string) bool {
	return slices.ContainsFunc(words, func(w spelt) bool { return slices.Contains(others, w.folded) })
}

// isAgent tells whether a token is rather a word for one who does a trade.
func (b *bearing) isAgent(t token) bool {
	return len(t.guesses) > 0 && b.words[t.guesses[0].word].agent && b.words[t.guesses[0].word].weight >= leastBacking
}

// halves tells whether a token is half of a word read from two that meets the trade's name.
func halves(tokens []token, t *token, by uint32) bool {
	for i := range tokens {
		x := &tokens[i]
		if x.extra && !t.extra && i < 32 && by&(1<<i) != 0 && x.from <= t.from && t.to <= x.to {
			return true
		}
	}
	return false
}

// common notes that one more of the trade's words stands as it is written. Until all are in, signCommon is below 0 where each is common.
func (e *evidence) common(is bool) {
	switch {
	case !is:
		e[signCommon] = 1
	case e[signCommon] == 0:
		e[signCommon] = -1
	}
}

func (e *evidence) note(s sign, is bool) {
	if is {
		e[s] = 1
	}
}

// heardOf are the cues of a word of the trade.
const heardOf = cueAsks | cueServes | cueTrouble | cuePrice

// anyone are words for one who is sought, whatever the work; doer those that make one who does it of the word before.
const (
	anyone = `admi aadmi adami larka larki larke larkay larkian larkiyan ladka ladki aurat auraten aurtein banda bande bandi khatoon
ادمی آدمی لڑکا لڑکی لڑکے لڑکیاں عورت عورتیں بندہ بندے خاتون`
	doer = `wala wali wale walay waly wla wli walla والا والی والے`
)

func (b *bearing) isAnyone(t *token) bool {
	return !t.extra && len(t.guesses) > 0 && b.anyone[b.words[t.guesses[0].word].text]
}

func (b *bearing) isWala(t *token) bool {
	return len(t.guesses) > 0 && b.doer[b.words[t.guesses[0].word].text]
}

// witness adds what one token says, and gives the cues that it is to be heard for: a word of the trade is heard only for those that ask
// for work or service. met tells whether the trade's name was met by it.
func (b *bearing) witness(e *evidence, t *token, text string, met bool, group uint16) cue {
	c := b.cueOf(t)
	switch {
	case met && t.weight > 0, !t.extra && b.saysGroup(t, group):
		b.speaks(e, t, text)
		if b.words[t.guesses[0].word].class&ofTalk != 0 {
			return c &^ (cueDenies | cuePast) // nai is a barber, aya a nanny
		}
		return c & heardOf
	case t.extra:
		return 0
	case met:
		return c & heardOf
	case t.speech || c != 0:
	case len(t.guesses) == 0:
		e[signUnknown]++
	case t.known && b.words[t.guesses[0].word].class&ofPerson != 0:
		e[signPerson] = 1
	case b.ofTrades(t):
		if t.known {
			e[signOther]++
		}
	case t.clear() && b.namesGroup(t, group):
		e[signBeside]++
	case t.clear():
		e[signTalk]++
	}
	return c
}

// ofTrades tells whether the best guess at a token is a word of trades that weighs something.
func (b *bearing) ofTrades(t *token) bool {
	w := &b.words[t.guesses[0].word]
	return w.class&ofTrade != 0 && w.weight >= leastBacking && !w.common
}

// namesGroup tells whether the best guess at a token stands in a name of a trade of the unit group.
func (b *bearing) namesGroup(t *token, group uint16) bool {
	return b.words[t.guesses[0].word].groups.has(group)
}

// saysGroup tells whether the best guess at a token says a trade of the unit group by itself.
func (b *bearing) saysGroup(t *token, group uint16) bool {
	if len(t.guesses) == 0 || t.weight == 0 || t.speech {
		return false
	}
	return slices.ContainsFunc(b.lone[t.guesses[0].word], func(s share) bool { return b.group[s.trade] == group && s.part >= leastPart })
}

// leastPart is the part of what a word says that must be a trade's for it to speak for it.
const leastPart = 0.2

// speaks adds a word of the trade.
func (b *bearing) speaks(e *evidence, t *token, text string) {
	if len(t.guesses) == 0 {
		return
	}
	w, fit := &b.words[t.guesses[0].word], t.guesses[0].fit
	if t.known {
		if w.weight >= talkWeight {
			e[signWords]++
		}
		e[signWeight] = max(e[signWeight], w.weight)
		common := w.common || w.class&(ofTalk|ofPerson|ofPlace) != 0
		e.common(common)
		e.note(signAgentCommon, w.agent && common)
		e.note(signAgent, w.agent && !common)
		return
	}
	if fit <= e[signNear] {
		return
	}
	letters := utf8.RuneCountInString(text)
	e[signNear], e[signNearShort], e[signAgentNear], e[signBoneless] = fit, 0, 0, 0
	e[signErrors], e[signRival] = (wellWritten-fit)*float32(letters)/costShare, max(0, t.rival-fit+0.2)
	e.note(signNearShort, letters <= 4)
	e.note(signAgentNear, w.agent)
	e.note(signBoneless, boneless(text))
}
