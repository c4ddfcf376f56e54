package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"rabta/geo"
)

// reading is a query while it is read: its words, and the spans of them that have a meaning.
type reading struct {
	query    string
	words    []spelt
	joined   string // the words, folded, with a space between
	starts   []int  // where each begins in joined, and one more
	empty    []bool // by word: it says nothing
	bones    []bool // by word: it is one of grammar without its vowels
	taken    []bool // by word: a span holds it
	spans    []span
	trades   []headed // the best first
	evidence *evidence
}

// span is a run of words with what it means.
type span struct {
	from, to int // words[from:to]
	way      way
	meanings []meaning // all that the words can mean
	marked   bool      // a place to which a word like "in" points
}

func (r *Reader) newReading(text string) *reading {
	if utf8.RuneCountInString(text) > maxQueryRunes {
		text = string([]rune(text)[:maxQueryRunes])
	}
	text = strings.ToValidUTF8(strings.TrimSpace(text), "")
	words := split(strings.ReplaceAll(text, "\u0678", "\u0626")) // high hamza yeh, as some phones write ئ
	words = r.withoutIntroduction(words[:min(len(words), maxQueryWords)])
	n := len(words)
	of := make([]bool, 3*n)
	q := &reading{query: text, words: words, joined: phraseOf(words), starts: make([]int, n+1), taken: of[:n:n], empty: of[n : 2*n : 2*n], bones: of[2*n:]}
	for i, w := range words {
		q.starts[i+1] = q.starts[i] + len(w.folded) + 1
		q.empty[i], q.bones[i] = r.lexicon.empty(w.folded), r.lexicon.bones(w)
	}
	return q
}

// run gives the folded words [from, to) with a space between.
func (q *reading) run(from, to int) string {
	if from == to {
		return ""
	}
	return q.joined[q.starts[from] : q.starts[to]-1]
}

// String prints each span in brackets with its meanings, and the other words as they are.
func (q *reading) String() string {
	var parts []string
	for i := 0; i < len(q.words); {
		at := slices.IndexFunc(q.spans, func(s span) bool { return s.from == i })
		if at < 0 {
			parts = append(parts, q.words[i].folded)
			i++
			continue
		}
		s := q.spans[at]
		var b strings.Builder
		fmt.Fprintf(&b, "[%s =", q.phrase(s))
		for _, m := range s.meanings {
			fmt.Fprintf(&b, " %s %s (%s %.2f)", m.subject, m.id, s.way, m.score)
		}
		parts = append(parts, b.String()+"]")
		i = s.to
	}
	return strings.Join(parts, " ")
}

func (q *reading) phrase(s span) string { return q.run(s.from, s.to) }

// free tells whether no word of the run is taken.
func (q *reading) free(from, to int) bool { return !slices.Contains(q.taken[from:to], true) }

// take marks the words of a span as read. No meanings, no span.
func (q *reading) take(s span) {
	if len(s.meanings) == 0 {
		return
	}
	q.spans = append(q.spans, s)
	for i := s.from; i < s.to; i++ {
		q.taken[i] = true
	}
}

// runs calls visit for every free run of at most longest words, the longest first, from left to right. visit gives the span that it
// has read.
func (q *reading) runs(longest int, visit func(from, to int) span) {
	for n := min(longest, len(q.words)); n > 0; n-- {
		for from := 0; from+n <= len(q.words); from++ {
			if q.free(from, from+n) {
				q.take(visit(from, from+n))
			}
		}
	}
}

// saying is runs without those that begin or end with a word that says nothing.
func (r *Reader) saying(q *reading, longest int, visit func(from, to int) span) {
	q.runs(longest, func(from, to int) span {
		if q.empty[from] || q.empty[to-1] || q.bones[from] || q.bones[to-1] {
			return span{}
		}
		return visit(from, to)
	})
}

// readNames reads names and phrases as they are written.
func (r *Reader) readNames(q *reading) {
	q.runs(maxNameWords, func(from, to int) span { // before the names that hold a condition: tailoring for women, sewing at home
		if to-from == 1 || !r.names.any.mayHold(q.run(from, to)) {
			return span{}
		}
		condition := r.lexicon.conditions[q.run(from, to)]
		if condition != AskWomenOnly && condition != AskFromHome {
			return span{}
		}
		return span{from: from, to: to, way: byName, meanings: []meaning{{aCondition, condition, nameScore}}}
	})
	q.runs(maxNameWords, func(from, to int) span {
		if to-from == 1 && q.empty[from] {
			return span{}
		}
		for _, phrase := range [...]string{q.run(from, to), r.heardAs(q.words[from:to])} {
			if phrase == "" || !r.names.any.mayHold(phrase) {
				continue
			}
			if s := r.named(q, from, to, phrase); len(s.meanings) > 0 {
				return s
			}
		}
		if q.empty[from] || q.empty[to-1] {
			return span{}
		}
		bare := r.bareRun(q, from, to)
		if !r.names.any.mayHold(bare) {
			return span{}
		}
		return span{from: from, to: to, way: byBare, marked: r.marked(q, from, to), meanings: preferred(r.names.bare[bare])}
	})
}

// named gives what the words [from, to) mean as they are written; a span without meanings where that is nothing.
func (r *Reader) named(q *reading, from, to int, phrase string) span {
	s := span{from: from, to: to, way: byName, marked: r.marked(q, from, to)}
	if kind, ok := r.lexicon.kinds[phrase]; ok {
		s.meanings = []meaning{{aKind, string(kind), nameScore}}
	} else if condition, ok := r.lexicon.conditions[phrase]; ok {
		s.meanings = []meaning{{aCondition, condition, nameScore}}
	} else {
		s.meanings = r.chosen(r.names.exact[phrase], s.marked)
	}
	return s
}

// bareRun gives the words [from, to) that say something, folded, with a space between.
func (r *Reader) bareRun(q *reading, from, to int) string {
	if !slices.Contains(q.empty[from:to], true) {
		return q.run(from, to)
	}
	return phraseOf(r.lexicon.bare(q.words[from:to]))
}

// chosen leaves of the meanings of one name those that stand: a trade before a skill before a place, but the place first where a word
// points at it. Small places need such a word.
func (r *Reader) chosen(meanings []meaning, marked bool) []meaning {
	places := only(meanings, aPlace)
	if !marked {
		places = slices.DeleteFunc(places, func(m meaning) bool { return !r.standsAlone(m.id) })
	} else if len(places) > 0 {
		return places
	}
	return preferred(append(slices.DeleteFunc(slices.Clone(meanings), func(m meaning) bool { return m.subject == aPlace }), places...))
}

// preferred leaves the meanings of the most preferred subject.
func preferred(meanings []meaning) []meaning {
	for _, s := range [...]subject{aTrade, aSkill, aPlace} {
		if of := only(meanings, s); len(of) > 0 {
			return of
		}
	}
	return nil
}

func only(meanings []meaning, s subject) []meaning {
	var of []meaning
	for _, m := range meanings {
		if m.subject == s {
			of = append(of, m)
		}
	}
	return of
}

// standsAlone tells whether the name of a place is read as one without a word that points at it: tehsils with short names (Hub, Sui,
// City) are named like things.
func (r *Reader) standsAlone(id string) bool {
	p, _ := r.gazetteer.Place(id)
	return p.Level != geo.LevelTehsil || utf8.RuneCountInString(p.Names.En) >= 6
}

// marked tells whether a word before the run or after it points at it as a place: "in multan", "multan mein", "multan ke qareeb".
func (r *Reader) marked(q *reading, from, to int) bool {
	if from > 0 && r.lexicon.beforePlace[q.words[from-1].folded] {
		return true
	}
	if to < len(q.words) && q.words[to].key == "K" && to+1 < len(q.words) { // ke, kay, کے
		to++
	}
	return to < len(q.words) && r.lexicon.afterPlace[q.words[to].folded]
}

// retake marks the words of the spans, and no others, as read.
func (q *reading) retake() {
	clear(q.taken)
	for _, s := range q.spans {
		for i := s.from; i < s.to; i++ {
			q.taken[i] = true
		}
	}
}

// readSounds reads names that sound like the words.
func (r *Reader) readSounds(q *reading) {
	r.saying(q, 3, func(from, to int) span {
		if r.bearing.knows(q, from, to) {
			return span{}
		}
		words := r.lexicon.bare(q.words[from:to])
		marked := r.marked(q, from, to)
		meanings := withoutTrades(r.names.soundsLike(words))
		if !marked {
			meanings = r.longEnough(meanings, phraseOf(words))
		}
		return span{from: from, to: to, way: bySound, marked: marked, meanings: r.likely(q, from, to, r.chosen(meanings, marked))}
	})
}

// readErrors reads names with errors of typing, of one and of several words.
func (r *Reader) readErrors(q *reading) {
	r.saying(q, 3, func(from, to int) span {
		s := span{from: from, to: to, way: byError, marked: r.marked(q, from, to)}
		if r.bearing.knows(q, from, to) {
			return span{}
		}
		meanings, errors := r.names.misspelt(q.run(from, to))
		meanings = withoutTrades(meanings)
		for _, m := range r.likely(q, from, to, r.chosen(meanings, s.marked)) {
			m.score *= errorScore / float64(max(errors, 1))
			s.meanings = append(s.meanings, m)
		}
		return s
	})
}

func withoutTrades(meanings []meaning) []meaning {
	return slices.DeleteFunc(slices.Clone(meanings), func(m meaning) bool { return m.subject == aTrade })
}

// knows tells whether a word of the run is one of trades or of talk as it is written, so that the run is no misspelt place.
func (b *bearing) knows(q *reading, from, to int) bool {
	return slices.ContainsFunc(q.words[from:to], func(w spelt) bool {
		id, ok := b.ids[w.folded]
		return ok && b.words[id].class&(ofTrade|ofTalk|ofPerson) != 0 && b.words[id].class&ofPlace == 0
	})
}
