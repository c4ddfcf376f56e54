package search

import (
	"slices"

	"rabta/matching"
)

// readTrades reads the trades from all words that are no place, kind or condition, in place of the names of trades that were read as
// written: those only kept their words from being places. A word that may be a place and a trade's is read as the place unless the
// trade needs it.
func (r *Reader) readTrades(q *reading) {
	var places []span
	q.spans = slices.DeleteFunc(q.spans, func(s span) bool {
		if s.meanings[0].subject == aPlace && (!s.marked || q.words[s.from].folded == "bagh" || q.words[s.from].folded == "باغ") && s.to-s.from == 1 && r.bearing.namesTrade(q.words[s.from].folded) {
			places = append(places, s)
			return true
		}
		return s.meanings[0].subject == aTrade
	})
	q.retake()
	read := make([]bool, len(q.words))
	asks := false
	for _, s := range q.spans {
		if s.meanings[0].subject != aSkill {
			asks = asks || s.meanings[0].id == string(matching.DailyWage) && q.words[s.from].folded != "daily"
			for i := s.from; i < s.to; i++ {
				read[i] = true
			}
		}
	}
	found := r.claims(q, read)
	if found, places = r.placesFirst(q, found, places, read); len(found) == 0 && asks {
		found = r.asked(q)
	}
	q.trades = found
	for _, s := range places {
		if !slices.ContainsFunc(found[:min(1, len(found))], func(h headed) bool { return h.from <= s.from && s.from < h.to }) {
			q.take(s)
		}
	}
	for i, h := range found {
		if i == 0 || h.score > 0.8*found[0].score {
			q.takeTrade(r, h)
		}
	}
	for i, w := range q.words { // mistri beside plumber says nothing more
		if len(found) > 0 && !q.taken[i] && r.bearing.common[w.folded] {
			q.take(span{from: i, to: i + 1, way: byShared, meanings: []meaning{{aTrade, r.bearing.slugs[found[0].trade], found[0].score}}})
		}
	}
}

// placesFirst settles a place whose word alone says a trade that is not named by it: Faisalabad is the city, though a name of the
// power loom holds it. Such a place is taken, and the trades are read anew without it. It gives the trades, and the places left.
func (r *Reader) placesFirst(q *reading, found []headed, places []span, read []bool) ([]headed, []span) {
	if len(found) == 0 || found[0].named {
		return found, places
	}
	at := slices.IndexFunc(places, func(s span) bool { return s.from <= found[0].from && found[0].to <= s.to })
	if at < 0 {
		return found, places
	}
	q.take(places[at])
	read[places[at].from] = true
	return r.claims(q, read), slices.Delete(places, at, at+1)
}

// asked reads a word for daily wages as a trade's where nothing else names one: "dihari" is said for a labourer.
func (r *Reader) asked(q *reading) []headed {
	read := make([]bool, len(q.words))
	for _, s := range q.spans {
		for i := s.from; i < s.to && s.meanings[0].subject == aPlace; i++ {
			read[i] = true
		}
	}
	found := r.claims(q, read)
	return slices.DeleteFunc(found, func(h headed) bool { return h.sure < 0.95 })
}

// takeTrade takes the words of a trade that nothing else has.
func (q *reading) takeTrade(r *Reader, h headed) {
	for from := h.from; from < h.to; from++ {
		to := from
		for to < h.to && !q.taken[to] {
			to++
		}
		if to > from {
			q.take(span{from: from, to: to, way: byName, meanings: []meaning{{aTrade, r.bearing.slugs[h.trade], h.score}}})
			from = to
		}
	}
}

// namesTrade tells whether a word stands in the name of a trade.
func (b *bearing) namesTrade(folded string) bool {
	id, ok := b.ids[folded]
	return ok && b.words[id].class&ofTrade != 0
}

// claims gives the trades that the words not in read point at, none when that is rather talk.
func (r *Reader) claims(q *reading, read []bool) []headed {
	tokens := r.bearing.tokens(q.words, read)
	found := r.bearing.headings(tokens, r.headings)
	if len(found) == 0 {
		return nil
	}
	q.evidence = r.bearing.evidence(tokens, q.words, read, found[0])
	if !q.evidence.stands() {
		return nil
	}
	return found
}
