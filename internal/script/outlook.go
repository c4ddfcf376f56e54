package script

import "strings"

// This file makes look-ups quick without losing a word: from letters that a query still has and no word below a node can write, and from
// letters that all words below it have and the rest of the query cannot stand for, follows what their comparison costs at least.

// sounds is a set of consonants, a bit for each letter of consonants. Letters that are easily left out or put in are none of them.
type sounds uint64

const consonants = "bcdfgjklmpqrstvzبپتٹطثجچخدڈذرڑزژسشصضظغفقکگلمن"

// The least that a consonant costs that a query has and the word lacks, and the other way round.
const (
	oddLetter     = 20
	lackingLetter = 18
)

// soundOf gives the set of one letter.
func soundOf(r rune) sounds {
	n := 0
	for _, c := range consonants {
		if c == r {
			return 1 << n
		}
		n++
	}
	return 0
}

// soundsOf gives the consonants of a sign.
func soundsOf(name string) (set sounds, count int) {
	for _, r := range name {
		if s := soundOf(r); s != 0 {
			set |= s
			count++
		}
	}
	return set, count
}

// outlooks fills covers and needs of each sign: the consonants of a query that it can stand for at less than the costs above.
func (w *writing) outlooks() {
	w.covers, w.needs, w.gives = make([]sounds, len(w.names)), make([]sounds, len(w.names)), make([]sounds, len(w.names))
	for a, name := range w.names {
		if w.omit[a] >= lackingLetter && !w.isFixed(a) {
			w.needs[a] = soundOf([]rune(strings.Trim(name, "^~$"))[0])
		}
	}
	for a := range w.names {
		for b := range w.names {
			cost := int(w.cost[a][b])
			if set, count := soundsOf(w.names[b]); count > 0 && cost < oddLetter*count {
				w.covers[a] |= set
			}
			if cost < lackingLetter {
				w.gives[b] |= w.needs[a]
			}
		}
	}
}

// given fills what the rest of the query can stand for.
func (w *writing) given(q *query) {
	for end := 1; end <= q.length; end++ {
		for _, g := range q.ending[end][:q.endings[end]] {
			for j := 0; j <= int(g.from); j++ {
				q.gives[j] |= w.gives[g.sign]
			}
		}
	}
}

// outlook is what the words below a node write and need, all together.
type outlook struct {
	covers sounds // what one of them has
	needs  sounds // what all of them have
}

// with gives the outlook from a sign on, of which below is what follows; a word may end with the sign.
func (w *writing) with(s sign, below *outlook, ends bool) outlook {
	all := outlook{below.covers | w.covers[s], w.needs[s]}
	if !ends {
		all.needs |= below.needs
	}
	return all
}

// lookOut fills the outlook of each node from those of the nodes below.
func (l *Lexicon) lookOut() {
	looks, numbers := make([]outlook, len(l.nodes)), make(map[outlook]int32)
	for i := len(l.nodes) - 1; i >= 0; i-- { // what is below a node lies after it
		look, n := &looks[i], &l.nodes[i]
		for at := n.kids; at < n.kids+int32(n.count); at++ {
			all := l.writing.with(l.nodes[at].unit.sign, &looks[at], l.tails[at].first >= 0)
			look.covers |= all.covers
			if at == n.kids {
				look.needs = all.needs
			} else {
				look.needs &= all.needs
			}
		}
		number, known := numbers[*look]
		if !known {
			number = int32(len(l.looks))
			numbers[*look], l.looks = number, append(l.looks, *look)
		}
		l.tails[i].look = number
	}
}
