package search

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// headed is a trade that a query points at.
type headed struct {
	trade    uint16
	score    float64 // with what other words say
	sure     float64 // how well the best name is met
	from, to int     // the words that say so
	named    bool    // by a name of its own
	slight   bool    // by a single word, which is no whole name
	by       uint32  // the tokens that say so
	cover    float32 // of the best name, as met
	phrase   bool    // a name of several words that say something is met
}

// The least of a name that must be met for a trade to be claimed, and how far behind the best a trade may lie.
const (
	leastCover  = 0.25 // of a name for it to say anything
	leastSure   = 0.5
	wholly      = 0.75 // of a name is met: then single words need not agree
	leastLone   = 0.4  // that single words must say of the trade's unit group
	groupSure   = 0.7  // that they say of it where no name is met so far
	groupAlone  = 0.8  // that one word must say of it, where it stands as it is written
	leastSlight = 0.3  // of a name where they do
	leastScore  = 0.42 // of the best trade, where a single word of several says so
	itself      = 0.93 // a name met so far is the very name: words that many trades share then say nothing more
	leastShare  = 0.45
	leastChoice = 0.25 // among the choices of a word that many trades share
	loneShare   = 0.3  // what single words say beside the best name
	moreShare   = 0.4  // what another name of the trade says that other words meet
)

// headings gives the trades that the tokens point at, the best first.
func (b *bearing) headings(tokens []token, pool *headingPool) []headed {
	h := pool.get(b)
	defer pool.put(b, h)
	var all float32
	for i := range tokens {
		if !tokens[i].extra {
			all += tokens[i].weight
		}
		if i < len(h.worths) {
			h.worths[i] = tokens[i].worth
		}
	}
	b.open(h, tokens)
	for i := range tokens {
		b.meet(h, tokens, i)
	}
	if all == 0 && len(h.name) == 0 {
		return nil
	}
	wanted := b.sought(tokens)
	for _, n := range h.name {
		b.claim(h, tokens, n, all, &wanted)
	}
	b.addLone(h, tokens, all)
	return b.ranked(h, tokens)
}

// claim scores one name: by how much of it is met, and how much of the query meets it.
func (b *bearing) claim(h *heading, tokens []token, name int32, all float32, wanted *sought) {
	n, m := &b.gists[name], &h.met[name]
	if n.total == 0 && m.at != n.all {
		return
	}
	cover := float32(1)
	if n.total > 0 {
		cover = m.fit / n.total
	}
	if cover < leastCover || n.exact && !b.asWritten(&b.names[name], m, tokens) {
		return
	}
	var used float32
	for by := m.by; by != 0; by &= by - 1 {
		used += h.worths[bits.TrailingZeros32(by)]
	}
	m.by |= wanted.wholes(m.by)
	query := float32(1)
	if all > 0 {
		query = min(1, used/all)
	}
	whole := float32(0)
	if m.at == n.all {
		whole = 0.03
	}
	sure := min(1, cover) * (0.6 + 0.4*query)
	score := min(1, cover) * float32(math.Sqrt(float64(min(1, cover)))) * (0.4 + 0.6*query) * (0.97 + whole)
	score *= wanted.part(m.by)
	for _, t := range b.shares[n.from : n.from+uint32(n.count)] {
		y := &h.trades[t.trade]
		if y.by == 0 {
			h.trade = append(h.trade, t.trade)
			y.by = m.by
		}
		apart := y.by&m.by == 0
		switch said := score * t.part; {
		case said > y.best || y.best == 0:
			if apart {
				y.more = max(y.more, y.best)
			}
			y.best, y.by, y.named = said, m.by, !n.shared && cover > itself
		case apart:
			y.more = max(y.more, said)
		}
		y.sure, y.cover = max(y.sure, sure), max(y.cover, min(1, cover))
	}
}

// asWritten tells whether a name of light words stands in the query word for word, and where it is one word whether it stands alone.
func (b *bearing) asWritten(n *bearer, m *met, tokens []token) bool {
	if m.at != 1<<len(n.words)-1 {
		return false
	}
	if len(n.words) == 1 {
		for i := range tokens {
			here := m.by&(1<<min(i, 31)) != 0
			if !here && !tokens[i].speech && !tokens[i].extra || here && (!tokens[i].known || tokens[i].guesses[0].word != n.words[0]) {
				return false
			}
		}
		return true
	}
	for from := 0; from+len(n.words) <= len(tokens); from++ {
		same := true
		for i, w := range n.words {
			same = same && slices.ContainsFunc(tokens[from+i].guesses, func(g guess) bool { return g.word == w && g.fit > 0.75 })
		}
		if same {
			return true
		}
	}
	return false
}

// addLone adds what each word says alone, over all names that it stands in.
func (b *bearing) addLone(h *heading, tokens []token, all float32) {
	if all == 0 {
		return
	}
	for i := range tokens {
		t := &tokens[i]
		if len(t.guesses) == 0 || t.weight == 0 || t.extra {
			continue
		}
		for _, g := range t.guesses {
			if g.fit < t.guesses[0].fit-0.05 {
				break
			}
			for _, s := range b.lone[g.word] {
				y := &h.trades[s.trade]
				if y.by == 0 {
					h.trade = append(h.trade, s.trade)
					y.by = 1 << min(i, 31)
				}
				said := t.weight / all * s.part * g.fit
				y.lone += said
				h.groups[b.group[s.trade]] += said
			}
		}
	}
}

// ranked gives the trades worth claiming.
func (b *bearing) ranked(h *heading, tokens []token) []headed {
	var found []headed
	backed, plain := b.backed(tokens), b.plain(tokens)
	for _, t := range h.trade {
		y := h.trades[t]
		group := y.lone
		if backed {
			group = h.groups[b.group[t]]
		}
		if y.best == 0 || y.sure < leastSure && ((!backed || group < groupSure) && (!plain || group < groupAlone) || y.sure < leastSlight) || y.cover < wholly && group < leastLone {
			continue
		}
		score := min(1, float64(y.best+loneShare*min(1, y.lone))/(1+loneShare)+moreShare*float64(y.more))
		one := headed{trade: t, sure: float64(y.sure), score: max(0.0001, math.Round(score*10_000)/10_000), named: y.named,
			slight: bits.OnesCount32(y.by) == 1 && y.cover < itself, by: y.by, cover: y.cover, phrase: y.named && b.several(tokens, y.by)}
		found = append(found, one.spanned(tokens, y.by))
	}
	slices.SortFunc(found, higher)
	if b.morePrecise(found[:min(len(found), maxTrades)], tokens) {
		slices.SortFunc(found, higher)
	}
	if len(found) == 0 {
		return nil
	}
	best := found[0]
	if best.score < leastScore && best.slight && !backed {
		return nil
	}
	found = slices.DeleteFunc(found, func(h headed) bool {
		if best.named {
			return !h.named && h.trade != best.trade || h.score < leastShare*best.score
		}
		return h.score < leastChoice*best.score
	})
	return found[:min(len(found), maxTrades)]
}

// morePrecise puts a trade whose name is met by the words of another's and one more before it: a ticket clerk is a cashier, though a
// clerk is an office assistant, and the word ticket by itself says little.
func (b *bearing) morePrecise(found []headed, tokens []token) (changed bool) {
	var saying, light uint32
	for i := range tokens {
		if i < 32 && !tokens[i].speech && tokens[i].weight > 0 {
			light |= 1 << i
			if tokens[i].weight >= preciseWeight {
				saying |= 1 << i
			}
		}
	}
	for i := range found {
		x, best := &found[i], 0.0
		if x.cover < preciseCover {
			continue
		}
		told := saying
		if x.cover > itself {
			told = light
		}
		for _, y := range found {
			own, other := x.by&told, y.by&told
			if other != 0 && own&other == other && own != other && y.score > x.score && x.score > preciseShare*y.score {
				best = max(best, y.score)
			}
		}
		if best > 0 {
			x.score, changed = min(1, best+0.0001), true
		}
	}
	return changed
}

// higher orders trades by score, falling.
func higher(a, b headed) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.trade, b.trade))
}

// How much of a more precise name must be met, and how far behind the trade of fewer words it may be.
const (
	preciseCover  = 0.8
	preciseShare  = 0.75
	preciseWeight = 0.2 // of a word that makes a name more precise
)

// spanned notes the words that a trade is read from: those that say something, and those of the name around them.
func (one headed) spanned(tokens []token, by uint32) headed {
	first, last := -1, -1
	for i := range tokens {
		if i < 32 && by&(1<<i) != 0 && (tokens[i].weight > 0 || last < 0 || tokens[last].weight == 0) {
			if first < 0 || tokens[first].weight == 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return one
	}
	for first > 0 && by&(1<<(first-1)) != 0 && tokens[first-1].to == tokens[first].from {
		first--
	}
	for last+1 < len(tokens) && last < 30 && by&(1<<(last+1)) != 0 && tokens[last+1].from == tokens[last].to {
		last++
	}
	one.from, one.to = min(tokens[first].from, tokens[last].from), max(tokens[first].to, tokens[last].to)
	return one
}

// several tells whether more than one of the tokens says something.
func (b *bearing) several(tokens []token, by uint32) bool {
	says := 0
	for i := range tokens {
		if i < 32 && by&(1<<i) != 0 && tokens[i].weight > 0 {
			says++
		}
	}
	return says > 1
}
