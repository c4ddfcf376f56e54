package trades

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"rabta/internal/script"
)

// Found is one trade that a name may mean. Name is the name that matched; Shown tells whether it is fit to show to a person,
// else the trade's own Names are. Score is 1 for an exact name, less for a part or a misspelling, and times the weight of the
// meaning where the word is shared by many trades.
type Found struct {
	Trade string // slug
	Name  string
	Score float64
	Shown bool
}

// How well each way of matching counts. Their ranges do not meet: an exact name, a beginning, a misspelling, an equal sound.
// An exact name, even of a shared word, always comes before what is not exact. Assumed: no study ranks these ways for Roman Urdu.
const (
	exactScore    = 1.0
	prefixScore   = 0.7 // to 0.9, by the share of the name that was written
	misspeltScore = 0.6 // for one error; half for two
	phoneticScore = 0.25
)

// nameIndex holds every name of every trade once, sorted by its folded form.
type nameIndex struct {
	entries []nameEntry
}

type nameEntry struct {
	folded   string // script.Fold of the name: the form in which names are compared
	key      string // the phonetic keys of its words
	length   int    // of folded, in letters
	shared   bool   // a listed word of many trades
	meanings []meaning
}

type meaning struct {
	trade  uint16
	name   string
	weight float64
	shown  bool
}

func newNameIndex(c *Catalogue, shared []SharedWord) *nameIndex {
	byFold := make(map[string]*nameEntry)
	add := func(name string, m meaning, isShared bool) {
		folded := script.Fold(name)
		e := byFold[folded]
		if e == nil {
			e = &nameEntry{folded: folded, key: phonetic(folded), length: utf8.RuneCountInString(folded)}
			byFold[folded] = e
		}
		e.shared = e.shared || isShared
		if !slices.ContainsFunc(e.meanings, func(old meaning) bool { return old.trade == m.trade }) {
			m.name = name
			e.meanings = append(e.meanings, m)
		}
	}
	for _, w := range shared { // first, so that the weight of the table holds
		for _, t := range w.Trades {
			if n, ok := c.tradeNumber[t.Trade]; ok {
				add(w.Word, meaning{trade: n, weight: t.Weight}, true)
			}
		}
	}
	for i, t := range c.trades {
		for _, name := range slices.Concat([]string{t.Names.En, t.Names.Ur, t.Names.Roman}, t.Synonyms) {
			add(name, meaning{trade: uint16(i), weight: 1, shown: true}, false)
		}
		for _, name := range t.FindOnly {
			add(name, meaning{trade: uint16(i), weight: 1}, false)
		}
	}
	delete(byFold, "")
	index := &nameIndex{entries: make([]nameEntry, 0, len(byFold))}
	for _, e := range byFold {
		index.entries = append(index.entries, *e)
	}
	slices.SortFunc(index.entries, func(a, b nameEntry) int { return cmp.Compare(a.folded, b.folded) })
	return index
}

// phonetic gives the keys of a folded name's words, so that the Urdu and the Roman spelling of a name meet.
func phonetic(folded string) string {
	words := strings.Fields(folded)
	for i, w := range words {
		words[i] = script.Key(w)
	}
	return strings.Join(words, " ")
}

// Find gives the trades that a name in any of the three scripts may mean, best first: exact names, then beginnings of names,
// misspellings, and equal sounds. A word that many trades share (mistri) gives its choices by how often each is meant. Each trade
// stands once, with its best name; equal scores come by slug. A limit of 0 or less gives all.
func (c *Catalogue) Find(name string, limit int) []Found {
	folded := script.Fold(name)
	if folded == "" {
		return nil
	}
	q := nameEntry{folded: folded, key: phonetic(folded), length: utf8.RuneCountInString(folded)}
	exact, other := make(map[uint16]Found), make(map[uint16]Found)
	least := 1.0 // of the exact ones
	for i := range c.names.entries {
		e := &c.names.entries[i]
		how := e.score(&q)
		if how == 0 {
			continue
		}
		best := other
		if how == exactScore {
			best = exact
		}
		for _, m := range e.meanings {
			score := how * m.weight
			if score > best[m.trade].Score {
				best[m.trade] = Found{Trade: c.trades[m.trade].Slug, Name: m.name, Score: score, Shown: m.shown}
			}
			if how == exactScore {
				least = min(least, score)
			}
		}
	}
	return inOrder(exact, other, least, limit)
}

// inOrder puts the exact names first, by scaling all others below the least of them.
func inOrder(exact, other map[uint16]Found, least float64, limit int) []Found {
	found := make([]Found, 0, len(exact)+len(other))
	for _, f := range exact {
		found = append(found, f)
	}
	for trade, f := range other {
		if _, better := exact[trade]; !better {
			f.Score *= least
			found = append(found, f)
		}
	}
	slices.SortFunc(found, func(a, b Found) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Trade, b.Trade))
	})
	if limit > 0 && len(found) > limit {
		found = found[:limit]
	}
	return found
}

// score tells how well a query matches the name, 0 when not at all.
func (e *nameEntry) score(q *nameEntry) float64 {
	if e.folded == q.folded {
		return exactScore
	}
	if q.length >= 2 && strings.HasPrefix(e.folded, q.folded) {
		return prefixScore + 0.2*float64(q.length)/float64(e.length)
	}
	if allowed := errorsAllowed(q.length); allowed > 0 && max(e.length-q.length, q.length-e.length) <= allowed {
		if d := script.Distance(e.folded, q.folded, allowed); d <= allowed {
			return misspeltScore / float64(max(d, 1))
		}
	}
	if len(q.key) >= 2 && e.key == q.key {
		return phoneticScore
	}
	return 0
}

// errorsAllowed is how many errors of typing a name of so many letters may hold: one from four letters, two from eight, as
// search engines commonly allow.
func errorsAllowed(length int) int {
	switch {
	case length >= 8:
		return 2
	case length >= 4:
		return 1
	}
	return 0
}

// Nearest gives the three trades' slugs that an unknown one most likely meant: for the sentence of an error.
func (c *Catalogue) Nearest(slug string) []string {
	var near []string
	for _, f := range c.Find(strings.ReplaceAll(slug, "-", " "), 3) {
		near = append(near, f.Trade)
	}
	slugs := make([]string, len(c.trades))
	for i, t := range c.trades {
		slugs[i] = t.Slug
	}
	return nearest(slug, slugs, near)
}

// NearestSkill gives the three skills' slugs that an unknown one most likely meant.
func (c *Catalogue) NearestSkill(slug string) []string {
	slugs := make([]string, len(c.skills))
	for i, s := range c.skills {
		slugs[i] = s.Slug
	}
	return nearest(slug, slugs, nil)
}

// nearest fills first up to three slugs with those of the fewest errors of typing.
func nearest(slug string, slugs, first []string) []string {
	const longest = 64 // a longer text is nobody's misspelling of a slug
	if len(slug) > longest {
		slug = strings.ToValidUTF8(slug[:longest], "")
	}
	type candidate struct {
		slug   string
		errors int
	}
	candidates := make([]candidate, 0, len(slugs))
	for _, s := range slugs {
		if !slices.Contains(first, s) {
			candidates = append(candidates, candidate{s, script.Distance(slug, s, longest)})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(a.errors, b.errors) })
	for _, c := range candidates {
		if len(first) >= 3 {
			break
		}
		first = append(first, c.slug)
	}
	return first
}
