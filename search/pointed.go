package search

import "rabta/geo"

// readChaks reads numbered villages of the canal colonies ("chak 45 gb"), which have numbers and no fixed spelling.
func (r *Reader) readChaks(q *reading) {
	q.runs(maxNameWords, func(from, to int) span {
		phrase := q.run(from, to)
		if !hasDigit(phrase) {
			return span{}
		}
		if _, ok := geo.ParseChak(phrase); !ok {
			return span{}
		}
		return r.gazetteerPlace(from, to, phrase)
	})
}

// readMarked asks the gazetteer, which knows the villages and is bolder with spellings, for the runs that a word points at.
func (r *Reader) readMarked(q *reading) {
	lookups := 0
	r.saying(q, 3, func(from, to int) span {
		if !r.marked(q, from, to) {
			return span{}
		}
		if lookups++; lookups > maxPlaceLookups {
			return span{}
		}
		return r.gazetteerPlace(from, to, q.run(from, to))
	})
}

// maxPlaceLookups bounds how many runs of a query the gazetteer is asked for.
const maxPlaceLookups = 6

// gazetteerPlace gives the span with the place that the gazetteer finds for a phrase: a chak or a very name, and of what is larger than a
// village also a misspelt or like-sounding one. Beginnings of names are for Suggest.
func (r *Reader) gazetteerPlace(from, to int, phrase string) span {
	s := span{from: from, to: to, way: byName, marked: true}
	for _, f := range r.gazetteer.Find(phrase, foundPlaces) {
		switch {
		case f.How == geo.FoundExact || f.How == geo.FoundChak:
		case f.How == geo.FoundPrefix || f.Place.Level == geo.LevelVillage || f.Score < surePlace:
			continue
		default:
			s.way = byError
		}
		s.meanings = []meaning{{aPlace, f.Place.ID, f.Score}}
		break
	}
	return s
}

// foundPlaces is how many of the gazetteer's answers are looked at, and surePlace the least score of those believed.
const (
	foundPlaces = 5
	surePlace   = 0.5
)
