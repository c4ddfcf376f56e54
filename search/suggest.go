package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"rabta/geo"
	"rabta/internal/script"
	"rabta/matching/trades"
)

// Suggestion is a name that completes what is being typed.
type Suggestion struct {
	Sort string `json:"sort"` // trade, skill or place
	ID   string `json:"id"`   // slug or place id
	Name string `json:"name"` // in the script of the typing, always one fit to show
}

// maxSuggestions bounds one answer.
const maxSuggestions = 50

// completion is one name as it is completed: by its beginning, or by the beginning of one of its later words.
type completion struct {
	folded string // the name from one of its words on
	inner  bool   // not from the first
	rank   int    // trades, skills, then places by level
	people int    // of a place
	names  trades.Names
	shown  string // the name itself where it is fit to show, else empty
	sort   subject
	id     string
}

// completions gives the names of c and g, sorted by what is typed.
func completions(c *trades.Catalogue, g *geo.Gazetteer) []completion {
	var typed []completion
	add := func(base completion, name string, shown bool) {
		words := strings.Fields(script.Fold(name))
		for i := range words {
			if i > 0 && base.sort == aPlace {
				break
			}
			one := base
			one.folded, one.inner = strings.Join(words[i:], " "), i > 0
			if shown {
				one.shown = name
			}
			typed = append(typed, one)
		}
	}
	for _, t := range c.All() {
		base := completion{sort: aTrade, id: t.Slug, names: t.Names}
		for _, name := range slices.Concat([]string{t.Names.En, t.Names.Ur, t.Names.Roman}, t.Synonyms) {
			add(base, name, true)
		}
		for _, name := range t.FindOnly {
			add(base, name, false)
		}
	}
	for _, s := range c.Skills() {
		for _, name := range [...]string{s.Names.En, s.Names.Ur, s.Names.Roman} {
			add(completion{rank: 1, sort: aSkill, id: s.Slug, names: s.Names}, name, true)
		}
	}
	for i, level := range meantFirst {
		for _, p := range g.All(level) {
			base := completion{rank: 2 + i, people: p.Population, sort: aPlace, id: p.ID, names: trades.Names(p.Names)}
			for _, name := range slices.Concat([]string{p.Names.En, p.Names.Ur, p.Names.Roman}, p.Other) {
				add(base, name, false)
			}
		}
	}
	slices.SortStableFunc(typed, func(a, b completion) int { return cmp.Compare(a.folded, b.folded) })
	return typed
}

// Suggest gives names of trades, skills and places that begin with prefix, or of which a later word does, in the script of the typing:
// whole names first, then beginnings, then later words; trades before skills before places; the bigger place, then the shorter
// name first. Each thing stands once, villages nowhere. An empty prefix gives nothing; a limit of 0 or less, or above 50, is 50.
func (r *Reader) Suggest(prefix string, limit int) []Suggestion {
	folded := script.Fold(prefix)
	if folded == "" || utf8.RuneCountInString(prefix) > maxQueryRunes {
		return nil
	}
	if limit <= 0 || limit > maxSuggestions {
		limit = maxSuggestions
	}
	from, _ := slices.BinarySearchFunc(r.typed, folded, func(c completion, p string) int { return cmp.Compare(c.folded, p) })
	var found []*completion
	for i := from; i < len(r.typed) && strings.HasPrefix(r.typed[i].folded, folded); i++ {
		found = append(found, &r.typed[i])
	}
	slices.SortStableFunc(found, func(a, b *completion) int {
		return cmp.Or(cmp.Compare(a.place(folded), b.place(folded)), cmp.Compare(a.rank, b.rank), cmp.Compare(b.people, a.people),
			cmp.Compare(len(a.folded), len(b.folded)), cmp.Compare(a.folded, b.folded), cmp.Compare(a.id, b.id))
	})
	var suggestions []Suggestion
	seen := make(map[[2]string]bool)
	for _, c := range found {
		thing := [2]string{string(c.sort), c.id}
		if seen[thing] {
			continue
		}
		seen[thing] = true
		suggestions = append(suggestions, Suggestion{Sort: string(c.sort), ID: c.id, Name: c.name(folded)})
		if len(suggestions) == limit {
			break
		}
	}
	return suggestions
}

// place orders the ways of completing: 0 the whole name, 1 its beginning, 2 a later word.
func (c *completion) place(typed string) int {
	switch {
	case c.inner:
		return 2
	case c.folded == typed:
		return 0
	}
	return 1
}

// name is the name to show to someone who has typed so: the thing's own where it begins so, else the one that was met where it may be
// shown, else the thing's own in the script of the typing.
func (c *completion) name(typed string) string {
	for _, own := range [...]string{c.names.En, c.names.Ur, c.names.Roman} {
		if strings.HasPrefix(script.Fold(own), typed) {
			return own
		}
	}
	if c.shown != "" {
		return c.shown
	}
	if isUrdu(typed) {
		return cmp.Or(c.names.Ur, c.names.En)
	}
	return c.names.En
}
