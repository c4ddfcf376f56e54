package search

import (
	"cmp"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"rabta/geo"
	"rabta/internal/script"
	"rabta/matching/trades"
)

// subject is what sort of thing words mean.
type subject string

// The sorts of meaning, in the order in which equal readings are preferred.
const (
	aKind      subject = "kind"
	aCondition subject = "condition"
	aTrade     subject = "trade"
	aSkill     subject = "skill"
	aPlace     subject = "place"
)

// way is how words came to their meaning.
type way string

// The ways, from the surest.
const (
	byName   way = "name"   // the very name
	byBare   way = "bare"   // the name without grammar and generic words
	byShared way = "shared" // a word that many trades share
	bySound  way = "sound"  // the phonetic key
	byError  way = "error"  // a name with one or two errors of typing
)

// What the ways count for a trade's score. A name that is only found and not shown counts findOnly; a shared word counts its
// weight times shared. Assumed, to be measured once there are real queries.
const (
	nameScore     = 1.0
	findOnlyScore = 0.95
	bareScore     = 0.9
	sharedScore   = 0.85
	soundScore    = 0.8
	errorScore    = 0.7 // for one error; half for two
)

// meaning is one thing that words can mean.
type meaning struct {
	subject subject
	id      string // slug, place id, kind or condition
	score   float64
}

// spelling is a name as it is compared with misspelt words.
type spelling struct {
	folded   string
	meanings []meaning
}

// initial is the names of one first letter, sorted. What most are passed over by lies by itself.
type initial struct {
	shapes []shape // of each name
	names  []spelling
}

// shape is what two spellings a few errors apart have nearly alike.
type shape struct {
	letters uint64 // as lettersOf has them
	length  int    // in letters
}

func shapeOf(folded string) shape { return shape{lettersOf(folded), utf8.RuneCountInString(folded)} }

// near tells whether as many errors can make one of the other: each changes the length by one, and two letters at most.
func (s shape) near(other shape, errors int) bool {
	return s.length-other.length <= errors && other.length-s.length <= errors && bits.OnesCount64(s.letters^other.letters) <= 2*errors
}

// names knows every name of trades, skills and places but villages, by each form in which it is looked up. The gazetteer itself finds
// the villages, of which there are a hundred thousand. It never changes once made.
type names struct {
	exact   map[string][]meaning // by folded name
	bare    map[string][]meaning // by folded name without grammar and generic words
	sound   map[string][]meaning // by the phonetic keys of the bare words
	initial map[rune]*initial    // exact and bare names by first letter, for misspellings
	written map[string][]string  // by phonetic key: the folded bare names that have it
	any     *sieve               // exact and bare names, and the phrases of the lexicon
}

func newNames(c *trades.Catalogue, g *geo.Gazetteer, l *lexicon) *names {
	n := &names{exact: make(map[string][]meaning), bare: make(map[string][]meaning), sound: make(map[string][]meaning),
		initial: make(map[rune]*initial), written: make(map[string][]string)}
	for _, t := range c.All() {
		for _, name := range slices.Concat([]string{t.Names.En, t.Names.Ur, t.Names.Roman}, t.Synonyms) {
			n.add(l, name, meaning{aTrade, t.Slug, nameScore})
		}
		for _, name := range t.FindOnly {
			n.add(l, name, meaning{aTrade, t.Slug, findOnlyScore})
		}
	}
	for _, s := range c.Skills() {
		for _, name := range [...]string{s.Names.En, s.Names.Ur, s.Names.Roman} {
			n.add(l, name, meaning{aSkill, s.Slug, nameScore})
		}
	}
	for _, level := range meantFirst {
		for _, p := range g.All(level) {
			for _, name := range slices.Concat([]string{p.Names.En, p.Names.Ur, p.Names.Roman}, p.Other) {
				n.add(l, name, meaning{aPlace, p.ID, nameScore})
			}
		}
	}
	n.indexSpellings()
	n.any = newSieve(len(n.exact) + len(n.bare) + len(l.kinds) + len(l.conditions))
	for _, phrases := range [...]iter.Seq[string]{maps.Keys(n.exact), maps.Keys(n.bare), maps.Keys(l.kinds), maps.Keys(l.conditions)} {
		for phrase := range phrases {
			n.any.add(phrase)
		}
	}
	return n
}

// add enters a name under all its forms.
func (n *names) add(l *lexicon, name string, m meaning) {
	words := split(name)
	if len(words) == 0 {
		return
	}
	put(n.exact, phraseOf(words), m)
	bare := l.bare(words)
	if m.subject == aPlace { // "New Karachi" is not Karachi
		bare = l.withoutLevel(words)
		put(n.exact, phraseOf(bare), m)
	}
	if len(bare) == 0 {
		return
	}
	phrase := phraseOf(bare)
	if m.subject != aPlace && len(bare) < len(words) && utf8.RuneCountInString(phrase) >= shortestBare {
		put(n.bare, phrase, meaning{m.subject, m.id, m.score * bareScore})
	}
	if key := soundOf(bare); len(key) >= shortestSound {
		put(n.sound, key, meaning{m.subject, m.id, m.score * soundScore})
		if !slices.Contains(n.written[key], phrase) {
			n.written[key] = append(n.written[key], phrase)
		}
	}
}

// The shortest forms that are trusted.
const (
	shortestBare  = 3 // letters
	shortestSound = 3 // consonants and spaces
)

// put adds m under key, and keeps of one thing the best score.
func put(table map[string][]meaning, key string, m meaning) {
	i := slices.IndexFunc(table[key], func(old meaning) bool { return old.subject == m.subject && old.id == m.id })
	if i < 0 {
		table[key] = append(table[key], m)
	} else {
		table[key][i].score = max(table[key][i].score, m.score)
	}
}

func soundOf(words []spelt) string {
	keys := make([]string, 0, len(words))
	for _, w := range words {
		if w.key != "" {
			keys = append(keys, w.key)
		}
	}
	return strings.Join(keys, " ")
}

func (n *names) indexSpellings() {
	for _, table := range [...]map[string][]meaning{n.exact, n.bare} {
		for folded, meanings := range table {
			first, _ := utf8.DecodeRuneInString(folded)
			if n.initial[first] == nil {
				n.initial[first] = &initial{}
			}
			n.initial[first].names = append(n.initial[first].names, spelling{folded, meanings})
		}
	}
	for _, of := range n.initial {
		slices.SortStableFunc(of.names, func(a, b spelling) int { return cmp.Compare(a.folded, b.folded) })
		for _, s := range of.names {
			of.shapes = append(of.shapes, shapeOf(s.folded))
		}
	}
}

// soundsLike gives what sounds like the words. Within one script the spellings must also be near, since the keys have no vowels.
func (n *names) soundsLike(words []spelt) []meaning {
	key := soundOf(words)
	if len(key) < shortestSound {
		return nil
	}
	phrase := phraseOf(words)
	for _, written := range n.written[key] {
		if isUrdu(written) != isUrdu(phrase) || script.Distance(written, phrase, farthestSound) <= farthestSound {
			return n.sound[key]
		}
	}
	return nil
}

// farthestSound is how many letters two spellings of one sound may differ by in one script.
const farthestSound = 3

// misspelt gives what a phrase means when it holds the fewest errors possible, at least one, and how many those are; nil when too many.
func (n *names) misspelt(phrase string) (meanings []meaning, errors int) {
	allowed := errorsInName(phrase)
	if allowed == 0 {
		return nil, 0
	}
	first, _ := utf8.DecodeRuneInString(phrase)
	errors = allowed + 1
	of, own := n.initial[first], shapeOf(phrase)
	if of == nil {
		return nil, errors
	}
	for i := range of.shapes {
		if !own.near(of.shapes[i], min(allowed, errors)) {
			continue
		}
		s := &of.names[i]
		if s.folded == phrase {
			continue // refused as it is written: Lahor is a tehsil that must be pointed at, and a misspelt Lahore
		}
		d := script.Distance(s.folded, phrase, min(allowed, errors))
		switch {
		case d > allowed || d > errors:
		case d < errors:
			meanings, errors = s.meanings, d
		default:
			meanings = slices.Concat(meanings, s.meanings)
		}
	}
	return meanings, errors
}

// errorsInName is how many errors a name may hold: one from five letters, two from nine. Short names are too near each other
// ("nurse" and "purse"), and a query's other words are lost when they are read as a name.
func errorsInName(phrase string) int {
	n := utf8.RuneCountInString(phrase)
	switch {
	case n < 5 || hasDigit(phrase):
		return 0
	case n < 9:
		return 1
	}
	return 2
}

func isUrdu(s string) bool { return script.Of(s) == script.Ur }
