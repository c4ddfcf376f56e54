package search

import "sync"

// Which names of trades the words of a query meet. A word of grammar stands in a thousand names, of which a query means none; so it is
// first reckoned from the words that weigh something which names can be met enough to say anything, and only those are looked at.

// gist is what is asked of every name first. It lies apart from the rest, which is seldom wanted.
type gist struct {
	total  float32 // as of the bearer
	from   uint32  // shares[from:from+count] are its trades
	count  uint16
	all    uint16 // the places of its words, by bit
	exact  bool
	shared bool
}

// heading is the scratch of one reading.
type heading struct {
	most   []float32 // by name: at least what its words that are met weigh; 0 between readings
	maybe  []int32   // the names that have such a word
	opened []uint64  // the names that can be met enough, by bit
	met    []met     // by name
	name   []int32
	worths [32]float32 // by token, as far as a bit stands for it
	trades []tally     // by trade
	groups []float32   // by ISCO unit group: what single words say of its trades
	trade  []uint16
}

type met struct {
	at    uint16 // places met
	by    uint32 // tokens that met them
	fit   float32
	token int16
}

type tally struct {
	best, sure float32
	cover      float32 // of the name met most
	lone       float32
	by         uint32  // tokens of the best name
	more       float32 // how well another name of the trade is met, by other tokens
	named      bool    // by a name of its own, not only by a word that many trades share
}

// headingPool spares each reading a few hundred kilobytes.
type headingPool struct{ pool sync.Pool }

func (p *headingPool) get(b *bearing) *heading {
	if h, ok := p.pool.Get().(*heading); ok {
		return h
	}
	h := &heading{most: make([]float32, len(b.names)), opened: make([]uint64, len(b.names)/64+1), met: make([]met, len(b.names)),
		trades: make([]tally, len(b.slugs)), groups: make([]float32, len(b.slugs))}
	for i := range b.gists {
		if b.gists[i].total == 0 { // of words that weigh nothing: always
			h.opened[i/64] |= 1 << (i % 64)
		}
	}
	return h
}

func (p *headingPool) put(b *bearing, h *heading) {
	for _, n := range h.maybe {
		h.opened[n/64] &^= 1 << (n % 64)
	}
	for _, n := range h.name {
		h.met[n] = met{}
	}
	for _, t := range h.trade {
		h.trades[t] = tally{}
		h.groups[b.group[t]] = 0
	}
	h.maybe, h.name, h.trade = h.maybe[:0], h.name[:0], h.trade[:0]
	clear(h.worths[:])
	p.pool.Put(h)
}

// open notes the names that can be met enough: every guess at every token counted, though one token meets one word of a name.
func (b *bearing) open(h *heading, tokens []token) {
	for i := range tokens {
		for _, g := range tokens[i].guesses {
			w := &b.words[g.word]
			if w.weight == 0 {
				continue
			}
			said := g.fit * w.weight
			for _, p := range w.named {
				if h.most[p.name] == 0 {
					h.maybe = append(h.maybe, p.name)
				}
				h.most[p.name] += said
			}
		}
	}
	for _, n := range h.maybe {
		if h.most[n] > (leastCover-roundingOff)*b.gists[n].total {
			h.opened[n/64] |= 1 << (n % 64)
		}
		h.most[n] = 0
	}
}

// roundingOff is more than sums of a few dozen numbers in another order can differ by.
const roundingOff = 0.001

// meet enters the names that a token's guesses stand in.
func (b *bearing) meet(h *heading, tokens []token, i int) {
	for _, g := range tokens[i].guesses {
		w := &b.words[g.word]
		for _, p := range w.named {
			if h.opened[p.name/64]&(1<<(p.name%64)) == 0 {
				continue
			}
			m := &h.met[p.name]
			if m.at == 0 {
				h.name = append(h.name, p.name)
			}
			bit := uint16(1) << p.at
			if m.at&bit != 0 || m.token == int16(i)+1 {
				continue
			}
			m.at |= bit
			m.by |= 1 << min(i, 31)
			m.token = int16(i) + 1
			m.fit += g.fit * w.weight
		}
	}
}
