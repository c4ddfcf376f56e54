package search

import (
	"slices"
	"unicode/utf8"

	"rabta/geo"
)

// likely leaves of the places that a run may mean by its sound or with errors those that the rest of the query allows: none beside a
// person's name, which is rather another name, and where a place stands as it is written, only what lies in it ("jauhr town lahore").
// What a word like "in" points at is a place all the same.
func (r *Reader) likely(q *reading, from, to int, meanings []meaning) []meaning {
	if len(only(meanings, aPlace)) == 0 || r.marked(q, from, to) {
		return meanings
	}
	if r.bearing.onlyPerson(q, from-1) || r.bearing.onlyPerson(q, to) {
		return slices.DeleteFunc(slices.Clone(meanings), func(m meaning) bool { return m.subject == aPlace })
	}
	for _, s := range q.spans {
		if s.way == byName && s.meanings[0].subject == aPlace {
			return slices.DeleteFunc(slices.Clone(meanings), func(m meaning) bool { return m.subject == aPlace && !r.liesIn(m, s) })
		}
	}
	return meanings
}

// longEnough leaves of the places that a short phrase may mean by its sound none of three letters ("etc" is not Attock), and of four
// letters the districts only: "mltn" is Multan, and "jndi" not Jand.
func (r *Reader) longEnough(meanings []meaning, phrase string) []meaning {
	letters := utf8.RuneCountInString(phrase)
	if letters > shortSound {
		return meanings
	}
	return slices.DeleteFunc(meanings, func(m meaning) bool {
		p, _ := r.gazetteer.Place(m.id)
		return m.subject == aPlace && (letters < shortSound || p.Level != geo.LevelDistrict)
	})
}

// shortSound is how many letters of a sound are too few for small places.
const shortSound = 4

// liesIn tells whether a place lies in one that the words of s mean.
func (r *Reader) liesIn(m meaning, s span) bool {
	return slices.ContainsFunc(r.gazetteer.Chain(m.id), func(p geo.Place) bool {
		return slices.ContainsFunc(s.meanings, func(around meaning) bool { return around.id == p.ID })
	})
}

// onlyPerson tells whether a word of the query is a person's name and no trade's word. Of names that are a place's too, such as khan
// and shah, people have more.
func (b *bearing) onlyPerson(q *reading, at int) bool {
	if at < 0 || at >= len(q.words) {
		return false
	}
	id, ok := b.ids[q.words[at].folded]
	return ok && b.words[id].class&ofPerson != 0 && b.words[id].class&ofTrade == 0
}
