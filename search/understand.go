package search

import (
	"cmp"
	"slices"
	"strings"

	"rabta/geo"
	"rabta/internal/script"
	"rabta/matching"
)

// understand makes the answer of what was read.
func (r *Reader) understand(q *reading) Understood {
	slices.SortFunc(q.spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	u := Understood{Query: q.query, Trades: r.tradesMeant(q)}
	var dropped []span
	u.Place, dropped = r.placeMeant(q)
	for _, s := range q.spans {
		switch m := s.meanings[0]; m.subject {
		case aSkill:
			for _, m := range s.meanings {
				u.Skills = append(u.Skills, SkillMeant{Slug: m.id, Words: q.phrase(s)})
			}
		case aKind:
			if kind := matching.Kind(m.id); !slices.Contains(u.Kinds, kind) {
				u.Kinds = append(u.Kinds, kind)
			}
		case aCondition:
			if !slices.Contains(u.Conditions, m.id) {
				u.Conditions = append(u.Conditions, m.id)
			}
		}
	}
	u.Text = r.rest(q, dropped)
	return u
}

// tradesMeant gives the trades that the words point at.
func (r *Reader) tradesMeant(q *reading) []TradeMeant {
	var meant []TradeMeant
	for _, h := range q.trades {
		meant = append(meant, TradeMeant{Slug: r.bearing.slugs[h.trade], ISCO: r.bearing.iscos[h.trade], Score: h.score,
			Words: q.run(h.from, h.to)})
	}
	return meant
}

// placeMeant chooses the place, and gives the spans of the places not chosen. A place inside another that is named too ("Saddar
// Karachi") is the one meant; else the one that a word points at; else the first.
func (r *Reader) placeMeant(q *reading) (*PlaceMeant, []span) {
	var spans []span
	for _, s := range q.spans {
		if s.meanings[0].subject == aPlace {
			spans = append(spans, s)
		}
	}
	if len(spans) == 0 {
		return nil, nil
	}
	for i, s := range spans {
		for j, around := range spans {
			if i == j {
				continue
			}
			if p, ok := r.inside(s, around, q.phrase(s)); ok {
				dropped := slices.DeleteFunc(slices.Clone(spans), func(other span) bool {
					return other.from == s.from || other.from == around.from
				})
				return meantPlace(p, q, s), dropped
			}
		}
	}
	at := max(0, slices.IndexFunc(spans, func(s span) bool { return s.marked }))
	return meantPlace(r.biggest(spans[at].meanings, q.phrase(spans[at])), q, spans[at]), slices.Delete(slices.Clone(spans), at, at+1)
}

func meantPlace(p geo.Place, q *reading, s span) *PlaceMeant {
	meant := &PlaceMeant{ID: p.ID, Name: p.Names.En, Words: q.phrase(s), Point: p.Point}
	if script.Of(meant.Words) == script.Ur && p.Names.Ur != "" {
		meant.Name = p.Names.Ur
	}
	return meant
}

// inside gives the biggest place that inner can mean inside one that outer can mean.
func (r *Reader) inside(inner, outer span, phrase string) (geo.Place, bool) {
	var held []meaning
	for _, m := range inner.meanings {
		chain := r.gazetteer.Chain(m.id)
		if slices.ContainsFunc(outer.meanings, func(o meaning) bool {
			return o.id != m.id && slices.ContainsFunc(chain, func(p geo.Place) bool { return p.ID == o.id })
		}) {
			held = append(held, m)
		}
	}
	if len(held) == 0 {
		return geo.Place{}, false
	}
	return r.biggest(held, phrase), true
}

// biggest chooses among places of one name: "Multan" is the district before the city, the tehsil, the division and any village, and
// of one level the one with more people, then by id. First comes what is called so itself: Mingora is the town, and the district of
// Swat only by its seat.
func (r *Reader) biggest(meanings []meaning, phrase string) geo.Place {
	places := make([]geo.Place, 0, len(meanings))
	for _, m := range meanings {
		if p, ok := r.gazetteer.Place(m.id); ok {
			places = append(places, p)
		}
	}
	return slices.MinFunc(places, func(a, b geo.Place) int {
		return cmp.Or(cmp.Compare(misnamed(a, phrase), misnamed(b, phrase)), cmp.Compare(meantAt(a.Level), meantAt(b.Level)),
			cmp.Compare(b.Population, a.Population), cmp.Compare(a.ID, b.ID))
	})
}

// misnamed is 0 where a place is called by the phrase or nearly so, and 1 where it only is known by it too.
func misnamed(p geo.Place, phrase string) int {
	for _, name := range [...]string{p.Names.En, p.Names.Ur, p.Names.Roman} {
		own := phraseOf(split(name))
		if strings.Contains(own, phrase) || script.Distance(own, phrase, nearlyCalled) <= nearlyCalled {
			return 0
		}
	}
	return 1
}

// nearlyCalled is how many letters a phrase may differ by from a place's own name.
const nearlyCalled = 2

// meantFirst is the order in which levels are meant by a bare name; villages are never meant by one.
var meantFirst = []geo.Level{geo.LevelDistrict, geo.LevelTown, geo.LevelTehsil, geo.LevelDivision, geo.LevelProvince}

// rest gives the words that nothing has read, and those of the dropped spans.
func (r *Reader) rest(q *reading, dropped []span) string {
	var rest []string
	for i, w := range q.words {
		again := slices.ContainsFunc(dropped, func(s span) bool { return s.from <= i && i < s.to })
		if again || !q.taken[i] && !q.empty[i] && !r.lexicon.days[w.folded] {
			rest = append(rest, w.normal)
		}
	}
	return strings.Join(rest, " ")
}

// meantAt is the place of a level in that order, villages last.
func meantAt(level geo.Level) int {
	if i := slices.Index(meantFirst, level); i >= 0 {
		return i
	}
	return len(meantFirst)
}
