package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// token is a word of the query as one or several words of the vocabulary.
type token struct {
	from, to int     // the query's words
	guesses  []guess // the best first
	weight   float32 // what it says about the trade sought, were its best guess right
	worth    float32 // what it takes of the query: its weight, of words read as one what they weigh apart
	known    bool    // written as the vocabulary has it
	extra    bool    // two words read as one, beside the readings of each
	whole    bool    // and each half as it was guessed by itself
	speech   bool    // grammar
	rival    float32 // the fit of the best guess at a word that is no trade's
}

// How many words of a query are looked for among all others, and how many beyond what is nearby.
const (
	maxNear   = 20
	maxFar    = 1
	maxJoined = 2 // pairs of words looked for as one
)

// tokens reads the free words of a query, those in read apart.
func (b *bearing) tokens(words []spelt, read []bool) []token {
	var tokens []token
	nears, met := 0, lookups{far: maxFar}
	look := func(text string, share float64) []guess {
		if nears++; nears > maxNear {
			return nil
		}
		return b.near(text, share, &met)
	}
	lookNearby := func(text string, share float64) []guess {
		met.far = 0 // two words read as one are not looked for beyond what is nearby
		return look(text, share)
	}
	skip := b.talk(words)
	hasty := len(words) > 2 && !b.asked(words)
	for i := 0; i < len(words); i++ {
		if read[i] || skip[i] {
			continue
		}
		if to := spelledOut(words, i); to > i+1 && !slices.Contains(read[i:to], true) {
			tokens = b.spelled(tokens, words, i, to)
			i = to - 1
			continue
		}
		if id, to, ok := b.abbreviated(words, i, read); ok {
			tokens = append(tokens, token{from: i, to: to, guesses: b.words[id].alike, known: true})
			i = to - 1
			continue
		}
		tokens = append(tokens, b.token(words[i].folded, i, i+1, hasty, look)...)
	}
	b.besidePersons(tokens)
	b.sobered(tokens, words)
	tokens = b.joined(tokens, words, hasty, lookNearby)
	for i := range tokens {
		tokens[i].weight = b.weightOf(&tokens[i])
		tokens[i].worth = tokens[i].weight
	}
	for i := range tokens {
		if t := &tokens[i]; t.extra && t.whole {
			t.worth = max(t.weight, weightWithin(tokens, t.from, t.to))
		}
	}
	return tokens
}

// weightWithin adds up what the words [from, to) of the query weigh apart.
func weightWithin(tokens []token, from, to int) float32 {
	var sum float32
	for i := range tokens {
		if t := &tokens[i]; !t.extra && from <= t.from && t.to <= to {
			sum += t.weight
		}
	}
	return sum
}

// spelledOut gives the end of a run of single letters: "a c", "c c t v".
func spelledOut(words []spelt, from int) int {
	to := from
	for to < len(words) && len(words[to].folded) == 1 && words[to].folded[0] >= 'a' {
		to++
	}
	return to
}

func (b *bearing) spelled(tokens []token, words []spelt, from, to int) []token {
	var joined strings.Builder
	for _, w := range words[from:to] {
		joined.WriteString(w.folded)
	}
	if id, ok := b.ids[joined.String()]; ok {
		return append(tokens, token{from: from, to: to, guesses: b.words[id].alike, known: true})
	}
	return tokens
}

// token reads one word: as it is written, as words run together, or as what it is nearest to.
func (b *bearing) token(text string, from, to int, hasty bool, look func(string, float64) []guess) []token {
	if id, ok := b.ids[text]; ok && len(text) > 1 {
		w := &b.words[id]
		return []token{{from: from, to: to, guesses: w.alike, known: true, speech: w.class&ofSpeech != 0}}
	}
	if text[0] >= '0' && text[0] <= '9' || len(text) == 1 { // k, h, n: in text messages ke, hai, ne
		return []token{{from: from, to: to, known: true, speech: true}}
	}
	if id, ok := b.id(respelt(text)); ok && b.words[id].class&ofTrade != 0 {
		return []token{{from: from, to: to, guesses: b.widened([]guess{{id, otherHabit}}), known: true}}
	}
	if id, ok := b.saidTogether(text); ok {
		return []token{{from: from, to: to, guesses: b.widened([]guess{{id, otherHabit}}), known: true}}
	}
	if base, ok := b.whose(text); ok {
		tokens := b.token(base, from, to, hasty, look)
		return append(tokens, token{from: from, to: to, guesses: b.words[b.ids["wala"]].alike, known: true, speech: true})
	}
	if guesses := b.inflected(text); guesses != nil {
		return []token{{from: from, to: to, guesses: b.widened(guesses)}}
	}
	var stems []guess
	for _, id := range b.stems[stemOf(text)] {
		stems = append(stems, guess{id, stemShare})
	}
	if hasty && stems != nil {
		return []token{{from: from, to: to, guesses: b.widened(stems)}}
	}
	verb, verbal := b.verbal(text)
	if verbal && hasty {
		return []token{{from: from, to: to, guesses: []guess{{verb, formFit}}, known: true}}
	}
	parts := b.runTogether(text)
	if b.tailed(parts) {
		return b.parted(parts, from, to)
	}
	share := farthest
	if parts != nil {
		share = farthestWhole
	}
	guesses := look(text, share)
	if verbal {
		guesses = better(guesses, []int32{verb}, formFit)
	}
	for _, g := range stems {
		guesses = better(guesses, []int32{g.word}, g.fit)
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(b.fit, a.fit) })
	if parts != nil && (len(guesses) == 0 || guesses[0].fit < splitBelow) {
		return b.parted(parts, from, to)
	}
	if best := firstFit(guesses); best < splitBelow {
		if tokens := b.beforeTail(text, from, to, best, look); tokens != nil {
			return tokens
		}
	}
	if len(guesses) == 0 {
		if tokens := b.halfKnown(text, from, to, look); tokens != nil {
			return tokens
		}
	}
	t := token{from: from, to: to, guesses: guesses}
	for _, g := range guesses {
		if b.words[g.word].class&ofTrade == 0 {
			t.rival = max(t.rival, g.fit)
		}
	}
	if len(guesses) > 0 {
		w := &b.words[guesses[0].word]
		t.speech = w.class&ofSpeech != 0 && w.weight == 0
		t.guesses = b.widened(guesses)
	}
	return []token{t}
}

// halfKnown reads a long word that nothing is near as a trade's word run together with a misspelt one: webdevelper. The longest known
// beginning is tried, then the longest known end: rickshadriver.
func (b *bearing) halfKnown(text string, from, to int, look func(string, float64) []guess) []token {
	if len(text) < shortestHalves || len(text) > longestWord || text[0] >= utf8.RuneSelf {
		return nil
	}
	for at := len(text) - shortestHalf; at >= shortestRoot; at-- {
		id, ok := b.id(text[:at])
		if !ok || b.words[id].class&ofTrade == 0 || b.words[id].weight < leastBacking {
			continue
		}
		if half, ok := b.half(text[at:], from, to, look); ok {
			return []token{{from: from, to: to, guesses: b.words[id].alike, known: true}, half}
		}
		break
	}
	for at := shortestHalf; at <= len(text)-shortestEnd; at++ {
		id, ok := b.id(text[at:])
		if !ok || b.words[id].class&ofTrade == 0 || b.words[id].weight < leastBacking {
			continue
		}
		if half, ok := b.half(text[:at], from, to, look); ok {
			return []token{half, {from: from, to: to, guesses: b.words[id].alike, known: true}}
		}
		break
	}
	return nil
}

// half reads the misspelt half of such a word.
func (b *bearing) half(text string, from, to int, look func(string, float64) []guess) (token, bool) {
	guesses := look(text, farthestWhole)
	if len(guesses) == 0 || b.words[guesses[0].word].class&ofTrade == 0 {
		return token{}, false
	}
	return token{from: from, to: to, guesses: b.widened(guesses)}, true
}

// shortestHalves is the length of words that are looked at so, and shortestHalf of the half that is misspelt.
const (
	shortestHalves = 8
	shortestHalf   = 4
	shortestEnd    = 5
)

// tailed tells whether words run together hold a trade's word beside one of speech that is too long to stand there by chance: wala,
// kaam.
func (b *bearing) tailed(parts []int32) bool {
	speech, trade := false, len(parts) == 2 && parts[0] != parts[1]
	for _, id := range parts {
		w := &b.words[id]
		speech = speech || w.class&ofSpeech != 0 && len(w.text) >= 4
	}
	return speech && trade
}

func (b *bearing) parted(parts []int32, from, to int) []token {
	tokens := make([]token, len(parts))
	for i, id := range parts {
		w := &b.words[id]
		tokens[i] = token{from: from, to: to, guesses: w.alike, known: true, speech: w.class&ofSpeech != 0}
	}
	return tokens
}

// splitBelow is the fit under which a word is rather two run together.
const splitBelow = 0.88

// farthestWhole is how far a word may lie, for each letter, from what is nearer than splitBelow.
const farthestWhole = (0.97 - splitBelow) / costShare

// widened adds the other spellings of the best guess, so that a word that is near one of them is near all.
func (b *bearing) widened(guesses []guess) []guess {
	if len(guesses) == 0 || b.words[guesses[0].word].class&ofTrade == 0 {
		return guesses
	}
	wide := slices.Clone(guesses)
	for _, a := range b.words[guesses[0].word].alike {
		if !slices.ContainsFunc(wide, func(g guess) bool { return g.word == a.word }) {
			wide = append(wide, guess{a.word, a.fit * guesses[0].fit})
		}
	}
	return wide
}

// A word so long, or so near to a trade's, is no person's name.
const (
	longWord = 7
	sameFit  = 0.98
)

// besidePersons takes a misspelt word beside a person's name for another such name, unless it is very near to a trade's, and a word
// that is a person's name and a trade's (bhatti, a kiln) for the name. A name can be a place's too (khan, shah).
func (b *bearing) besidePersons(tokens []token) {
	is := func(i int, c, not class) bool {
		if i < 0 || i >= len(tokens) || !tokens[i].known || len(tokens[i].guesses) == 0 {
			return false
		}
		of := b.words[tokens[i].guesses[0].word].class
		return of&c != 0 && of&not == 0
	}
	person := func(i int) bool { return is(i, ofPerson, ofTrade) }
	for i := range tokens {
		t := &tokens[i]
		if len(t.guesses) == 0 || !person(i-1) && !person(i+1) {
			continue
		}
		if t.known {
			if is(i, ofPerson, 0) {
				t.guesses = b.named(t.guesses)
			}
			continue
		}
		if g := t.guesses[0]; !t.clear() || utf8.RuneCountInString(b.words[g.word].text) < longWord && g.fit < sameFit {
			t.guesses = nil
		}
	}
}

// named leaves of the guesses at a person's name that name alone, as no trade's.
func (b *bearing) named(guesses []guess) []guess {
	if b.words[guesses[0].word].class&ofTrade == 0 {
		return guesses
	}
	return nil
}

// clear tells whether there is little doubt what word a token is.
func (t *token) clear() bool {
	return t.known || len(t.guesses) > 0 && t.guesses[0].fit > clearFit && t.guesses[0].fit != stemShare
}

// clearFit is the fit from which a word is not looked for as half of another.
const clearFit = 0.8

// unknownWeight is what a word weighs that nothing is near to, or a person's name: it takes away from what the others say.
const unknownWeight = 0.3

// asGood is how much worse than the best a guess may be and still say what the word weighs.
const asGood = 0.05

func (b *bearing) weightOf(t *token) float32 {
	if t.speech {
		return 0
	}
	best := float32(0)
	for _, g := range t.guesses {
		if g.fit < t.guesses[0].fit-asGood {
			break
		}
		best = max(best, b.words[g.word].weight*g.fit)
	}
	if best == 0 && !t.speech && (len(t.guesses) == 0 || b.words[t.guesses[0].word].class&ofTalk == 0) {
		return unknownWeight
	}
	return best
}
