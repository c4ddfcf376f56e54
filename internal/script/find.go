package script

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Find gives the words that text may mean, the least cost first, equals in the order of the vocabulary; at most limit. Words at a
// cost above 1 and a quarter of the letters of text, or above 4, are not given. Of text the first 48 letters are read.
func (l *Lexicon) Find(text string, limit int) []Match {
	return l.Within(text, min(1+0.25*float64(utf8.RuneCountInString(clip(text))), 4), limit)
}

// Within is Find with words up to the given cost: the nearer, the quicker. Cost is as in Match.
func (l *Lexicon) Within(text string, most float64, limit int) []Match {
	if limit <= 0 || len(l.ends) == 0 || !(most >= 0) {
		return nil
	}
	s, ok := l.searches.Get().(*search)
	if !ok {
		s = &search{lexicon: l}
	}
	defer l.searches.Put(s)
	l.writing.read(&s.query, text)
	if s.query.length == 0 {
		return nil
	}
	s.limit = limit
	last := int16(min(most, longest)*wrong + 0.5)
	first := int16(firstBound)
	if last <= 2*firstBound {
		first = last // one walk a little wider is sooner done than two
	}
	s.steps.ready(l.writing, &s.query, last)
	for bound := first; ; bound *= 2 {
		s.found, s.bound = s.found[:0], min(bound, last)
		s.walk()
		if len(s.found) == limit || bound >= last {
			break
		}
	}
	matches := make([]Match, len(s.found))
	for i, f := range s.found {
		matches[i] = Match{Word: l.words[f.at], At: int(f.at), Cost: float64(f.cost) / wrong}
	}
	return matches
}

// firstBound is the cost within which a look-up tries first; it is then widened until enough words are found.
const firstBound = 32

// search is one look-up under way.
type search struct {
	lexicon *Lexicon
	query   query
	steps   steps
	rows    [longest + 1]row // by number of units
	bound   int16            // what costs more is of no use
	swaps   []swap           // of the query, where the bound allows any
	limit   int
	found   []found // by cost, then place
}

type found struct {
	cost int16
	at   int32
}

// walk visits the beginnings that can still lead to a word within the bound.
func (s *search) walk() {
	if s.swaps = nil; s.bound >= swapCost {
		s.swaps = s.query.swaps[:s.query.swapped]
	}
	top := &s.rows[0]
	top.clear(s.query.length, len(s.swaps))
	top.put(0, 0)
	for j := 1; j <= s.query.length && top.cost[margin+j-1] <= s.bound; j++ {
		top.put(j, top.cost[margin+j-1]+int16(s.query.extra[atStart][j]))
	}
	s.below(0, 0)
}

// below visits what is below a node, whose row is that of its depth.
func (s *search) below(at int32, depth int) {
	l, before, row := s.lexicon, &s.rows[depth], &s.rows[depth+1]
	m, first := s.query.length, l.nodes[at].kids
	kids := l.nodes[first : first+int32(l.nodes[at].count)]
	steps := s.steps.from(before, s.bound)
	for i := range kids {
		kid := &kids[i]
		if !steps.has(kid.unit.sign) && !s.swapsTo(before, kid.unit.sign) {
			continue
		}
		t := &l.tails[first+int32(i)]
		look := &l.looks[t.look]
		if all := l.writing.with(kid.unit.sign, look, t.first >= 0); !s.promises(before, &all) {
			continue
		}
		s.fill(row, before, kid.unit)
		if row.cost[margin+m] <= s.bound {
			s.takeAll(row.cost[margin+m], t.first)
		}
		if kid.count > 0 && s.promises(row, look) {
			s.below(first+int32(i), depth+1)
		}
	}
}

// swapsTo tells whether a sign can be the second of two in the wrong order of which the first is read.
func (s *search) swapsTo(before *row, u sign) bool {
	for k, swap := range s.swaps {
		if before.swap[k]+int16(s.lexicon.writing.cost[u][swap.earlier]) <= s.bound {
			return true
		}
	}
	return false
}

// fill makes the row of one more unit from the row before it.
func (s *search) fill(row, before *row, u unit) {
	q, w := &s.query, s.lexicon.writing
	cost, extra, omit := &w.cost[u.sign], &q.extra[u.after], int16(w.omit[u.sign])
	row.clear(q.length, len(s.swaps))
	last := int16(tooMuch)
	far := bits.Len64(before.live) - 1 + margin
	for j := bits.TrailingZeros64(before.live); j <= q.length; j++ {
		best := min(before.cost[margin+j]+omit, last+int16(extra[j]))
		for _, g := range q.ending[j][:q.endings[j]] {
			best = min(best, before.cost[margin+int(g.from)]+int16(cost[g.sign]))
		}
		if k := int(q.swapEnding[j]); k > 0 && k <= len(s.swaps) {
			best = min(best, before.swap[k-1]+int16(cost[q.swaps[k-1].earlier]))
		}
		if best <= s.bound {
			row.put(j, best)
			last = best
		} else if last = tooMuch; j > far {
			break
		}
	}
	for k, swap := range s.swaps {
		if c := before.cost[margin+int(swap.from)] + int16(cost[swap.later]) + swapCost; c <= s.bound {
			row.swap[k] = c
			row.live |= 1 << swap.from
		}
	}
}

// promises tells whether a word below the node may be within the bound: what its row has cost so far, and at least what the rest
// must cost.
func (s *search) promises(row *row, below *outlook) bool {
	q := &s.query
	for live := row.live; live != 0; live &= live - 1 {
		j := bits.TrailingZeros64(live)
		if row.cost[margin+j]+ahead(q.rest[j]&^below.covers, below.needs&^q.gives[j]) <= s.bound {
			return true
		}
	}
	for k, swap := range s.swaps {
		if row.swap[k]+ahead(q.rest[swap.from+2]&^below.covers, below.needs&^q.gives[swap.from]) <= s.bound {
			return true
		}
	}
	return false
}

// ahead is the least that it costs that the query still has the consonants odd, which no word has, and lacks those that all have.
// At best one of each is written for another.
func ahead(odd, lacking sounds) int16 {
	o, l := bits.OnesCount64(uint64(odd)), bits.OnesCount64(uint64(lacking))
	return int16(max(o*oddLetter, l*lackingLetter, (o+l)*wrong/2))
}

// row holds the cost of writing the units of a beginning as the first j letters of the query, in cost[margin+j]: exact where it is
// within the bound, tooMuch elsewhere.
type row struct {
	cost [margin + longest + 1]int16
	swap [maxSwaps]int16 // of swaps of which one unit is read and the next not yet
	live uint64          // the letters up to which the cost is within the bound, and those from which such a swap is
}

const (
	margin  = 4 // the longest sign: so far back reaches the cost of a letter
	tooMuch = 1 << 14
)

func (r *row) clear(letters, swaps int) {
	for j := range r.cost[:margin+letters+1] {
		r.cost[j] = tooMuch
	}
	for k := range r.swap[:swaps] {
		r.swap[k] = tooMuch
	}
	r.live = 0
}

func (r *row) put(j int, cost int16) {
	r.cost[margin+j] = cost
	r.live |= 1 << j
}

// takeAll takes the words that end where ends[first:] says.
func (s *search) takeAll(cost int16, first int32) {
	if first < 0 {
		return
	}
	for _, at := range s.lexicon.ends[first:] {
		if at < 0 {
			s.take(found{cost, ^at})
			return
		}
		s.take(found{cost, at})
	}
}

// take keeps a word if it is among the best so far.
func (s *search) take(f found) {
	i, _ := slices.BinarySearchFunc(s.found, f, func(a, b found) int {
		if a.cost != b.cost {
			return int(a.cost) - int(b.cost)
		}
		return int(a.at) - int(b.at)
	})
	if i == s.limit {
		return
	}
	if len(s.found) == s.limit {
		s.found = s.found[:s.limit-1]
	}
	s.found = slices.Insert(s.found, i, f)
	if len(s.found) == s.limit {
		s.bound = s.found[s.limit-1].cost
	}
}
