package search

import (
	"slices"
	"unicode/utf8"

	"rabta/geo"
	"rabta/internal/script"
	"rabta/matching/trades"
)

// bearing knows what the words of a query say about trades: every name of every trade, skill and shared word as words with weights. A
// name is met in part or whole, in any order and spelling; a word weighs the more the fewer trades it names.
type bearing struct {
	vocabulary
	names               []bearer
	gists               []gist  // of each name
	shares              []share // the trades of all names, those of one together
	latinName, urduName *namelike
	verbs               map[string]int32 // the roots of verbs of talk
	lone                [][]share        // of one word, over all names: the share of each trade
	common              map[string]bool  // words that many trades share
	asking              map[string]bool  // words that ask for work or for one who does it
	besides             map[string]bool  // words that stand after a landmark
	worksite            map[string]bool  // words for where people work
	anyone, doer        map[string]bool  // words for one who is sought, and those that make one of the word before
	titles, bids        map[string]bool  // words that stand before a person's name, and that end an order
	wanted              map[string]bool  // words that say that something is wanted
	licence, upon       map[string]bool  // words for what one may drive, and those after what something is done on
	selling, with, also map[string]bool  // words that offer a thing, those after one beside whom another works, and those between two
	quarters, gateways  map[string]bool  // words that end the name of a part of a town
	gateNames           map[string]bool
	homographs          map[string]homograph
	saidAs, letterNames map[string]string // letters by what they are called, and the other way round
	slugs               []string
	group               []uint16 // of each trade: the first trade of its ISCO unit group
	iscos               []string
}

// bearer is one name.
type bearer struct {
	words  []int32 // all of them, in order
	counts uint16  // which of them count, by bit
	total  float32 // their weights together
	exact  bool    // of light words: met only as it is written
	shared bool    // a word of many trades
	trades []share
}

// share is a trade with the part of a name that is its own.
type share struct {
	trade uint16
	part  float32
}

// What a name's meaning counts by the sort of name.
const (
	nameShare     = 1.0
	findOnlyShare = 0.97
	skillShare    = 0.6
	commonSkill   = 6 // a skill of more trades than that names none
)

// Lighter words: everyday ones, and names that consist of them must be met as written.
const (
	talkWeight = 0.25
	exactBelow = 0.42
)

func newBearing(c *trades.Catalogue, g *geo.Gazetteer, l *lexicon) *bearing {
	b := &bearing{vocabulary: vocabulary{ids: make(map[string]int32)},
		common: make(map[string]bool), worksite: wordSet(worksiteWords), anyone: wordSet(anyone), doer: wordSet(doer), asking: wordSet(askingWords), besides: wordSet(besideWords), titles: wordSet(titleWords),
		bids: wordSet(bidWords), wanted: wordSet(wantedWords), licence: wordSet(licenceWords), upon: wordSet(uponWords), selling: wordSet(sellingWords), with: wordSet(withWords), also: wordSet(alsoWords),
		quarters: wordSet(quarterWords), gateways: wordSet(gateWords), gateNames: wordSet(gateNames)}
	b.saidAs, b.letterNames = spokenLetters()
	b.addLists(g, l)
	b.addHomographs()
	for i, t := range c.All() {
		b.slugs, b.iscos = append(b.slugs, t.Slug), append(b.iscos, t.ISCO)
		n := uint16(i)
		b.group = append(b.group, uint16(slices.Index(b.iscos, t.ISCO)))
		for i, name := range slices.Concat([]string{t.Names.En, t.Names.Ur, t.Names.Roman}, t.Synonyms) {
			b.addName(name, []share{{n, nameShare}})
			if words := b.names[len(b.names)-1].words; i < 3 || len(words) == 1 { // the last word of "car mechanic" says who
				b.words[words[len(words)-1]].agent = true
			}
		}
		for _, name := range t.FindOnly {
			b.addName(name, []share{{n, findOnlyShare}})
		}
	}
	b.addShared(c)
	b.addSkills(c)
	b.addEveryday()
	b.addCues()
	b.arrange()
	b.relate()
	b.weigh(l)
	b.spreadAgents()
	b.spreadWorksites()
	b.learnNames()
	return b
}

// sameAgent is how near a spelling must be to that of a word for one who does a trade.
const sameAgent = 0.73

// spreadAgents lets the other spellings of a word for one who does a trade be such words.
func (b *bearing) spreadAgents() {
	var more []int32
	for i := range b.words {
		w := &b.words[i]
		if w.class&ofTrade == 0 || w.class&ofTalk != 0 || w.agent {
			continue
		}
		if slices.ContainsFunc(w.alike, func(g guess) bool { return g.fit >= sameAgent && b.words[g.word].agent }) {
			more = append(more, int32(i))
		}
	}
	for _, i := range more {
		b.words[i].agent = true
	}
}

// sameWorksite is how near a spelling must be to that of a word for where people work.
const sameWorksite = 0.8

// spreadWorksites lets the other spellings of a word for where people work be such words.
func (b *bearing) spreadWorksites() {
	var more []string
	for i := range b.words {
		w := &b.words[i]
		if w.class&ofTrade != 0 && w.class&ofTalk == 0 && utf8.RuneCountInString(w.text) > 4 &&
			slices.ContainsFunc(w.alike, func(g guess) bool { return g.fit >= sameWorksite && b.worksite[b.words[g.word].text] }) {
			more = append(more, w.text)
		}
	}
	for _, text := range more {
		b.worksite[text] = true
	}
}

// learnNames makes the models of what persons are called.
func (b *bearing) learnNames() {
	var persons, trades [2][]string
	for _, w := range b.words {
		at := 0
		if isUrdu(w.text) {
			at = 1
		}
		switch {
		case w.class&ofPerson != 0:
			persons[at] = append(persons[at], w.text)
		case w.class&ofTrade != 0 && w.weight > 0:
			trades[at] = append(trades[at], w.text)
		}
	}
	b.latinName, b.urduName = newNamelike(latinLetters, persons[0], trades[0]), newNamelike(urduShapes, persons[1], trades[1])
}

// namelike tells how much a word looks like a person's name.
func (b *bearing) namelike(text string) float32 {
	if isUrdu(text) {
		return b.urduName.of(text)
	}
	return b.latinName.of(text)
}

// addLists enters the words that name no trade.
func (b *bearing) addLists(g *geo.Gazetteer, l *lexicon) {
	for _, set := range []map[string]bool{l.grammar, l.generic, l.level, l.beforePlace, l.afterPlace} {
		for _, w := range inOrder(set) {
			b.add(w, ofSpeech)
		}
	}
	for _, w := range inOrder(tableWords(talkTable)) {
		b.add(w, ofTalk)
	}
	for _, w := range inOrder(wordSet(personNames)) {
		b.add(w, ofPerson)
	}
	for _, level := range []geo.Level{geo.LevelProvince, geo.LevelDivision, geo.LevelDistrict, geo.LevelTehsil, geo.LevelTown} {
		for _, p := range g.All(level) {
			if level == geo.LevelTown && p.Population < 60_000 {
				continue
			}
			for _, name := range slices.Concat([]string{p.Names.En, p.Names.Ur, p.Names.Roman}, p.Other) {
				for _, w := range split(name) {
					if len(w.folded) > 3 {
						b.add(w.folded, ofPlace)
					}
				}
			}
		}
	}
}

// addName enters a name of the trades.
func (b *bearing) addName(name string, of []share) {
	n := bearer{trades: of}
	for _, w := range split(name) {
		n.words = append(n.words, b.add(w.folded, ofTrade))
	}
	if len(n.words) > 0 && len(n.words) <= 16 {
		b.names = append(b.names, n)
	}
}

// addShared enters the words that many trades share, a word of two scripts once.
func (b *bearing) addShared(c *trades.Catalogue) {
	of := make(map[string][]share)
	var order []string
	for _, w := range c.Shared() {
		phrase := phraseOf(split(w.Word))
		if of[phrase] == nil {
			order = append(order, phrase)
		}
		for _, t := range w.Trades {
			n, ok := c.Number(t.Trade)
			if !ok {
				continue
			}
			s := share{n, float32(t.Weight)}
			if i := slices.IndexFunc(of[phrase], func(old share) bool { return old.trade == n }); i < 0 {
				of[phrase] = append(of[phrase], s)
			} else {
				of[phrase][i].part = max(of[phrase][i].part, s.part)
			}
		}
	}
	lexicon := script.NewLexicon(order)
	for _, phrase := range order {
		meant := slices.Clone(of[phrase])
		for _, m := range lexicon.Within(phrase, farthestAlike*float64(len([]rune(phrase))), 2*maxGuesses) {
			for _, s := range of[m.Word] { // another spelling of it, with a part of the trades
				if !slices.ContainsFunc(meant, func(own share) bool { return own.trade == s.trade }) && len([]rune(phrase)) > 3 {
					meant = append(meant, s)
				}
			}
		}
		b.addName(phrase, meant)
		b.names[len(b.names)-1].shared, b.common[phrase] = true, true
	}
}

// addSkills lets a skill name the trades that need it.
func (b *bearing) addSkills(c *trades.Catalogue) {
	of := make(map[string][]share)
	for i, t := range c.All() {
		for _, s := range t.Skills {
			part := float32(skillShare)
			if !s.Essential {
				part *= 0.8
			}
			of[s.Skill] = append(of[s.Skill], share{uint16(i), part})
		}
	}
	for _, s := range c.Skills() {
		if n := len(of[s.Slug]); n == 0 || n > commonSkill {
			for _, w := range slices.Concat(split(s.Names.En), split(s.Names.Ur), split(s.Names.Roman)) {
				b.add(w.folded, ofSkill)
			}
			continue
		}
		for _, name := range [...]string{s.Names.En, s.Names.Ur, s.Names.Roman} {
			b.addName(name, of[s.Slug])
		}
	}
}
