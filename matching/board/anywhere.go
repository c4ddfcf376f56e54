package board

import (
	"cmp"
	"math"
	"slices"

	"rabta/matching"
)

// anywhere are postings of one section that are in reach from anywhere: remote work, or work at which one may live. They are many, and far
// from most who ask. What brings most to a score comes first, in blocks with a bound of what their rows and all later ones bring, so that
// few are looked at. How many suit somebody is told by what they ask: of those that ask alike the pay alone decides.
type anywhere struct {
	first int      // of rows that are neighbours
	rows  []uint32 // of rows that are not: all of them
	count int
	as    postingFlags // flags that each of them has; a neighbour without them is not one of them

	blocks []anywhereBlock // of blockRows rows each, the last of fewer
	asks   []alike
	pays   []uint32    // of the rows of each of asks, rising
	ends   []ending    // of each, rising
	begins []beginning // of those that are posted last, falling
	since  uint32      // none of the others is posted later; rows that expired by then are in none of asks, pays, ends and begins
}

// alike are rows that ask alike. Their pays end before an index, and begin where those of the ones before end.
type alike struct {
	ask matching.Ask
	end uint32
}

// ending is a row that counts until it expires, and beginning one that counts from when it is posted too.
type ending struct {
	expires, pays uint32
	ask           matching.Ask
}

type beginning struct {
	posted uint32
	ending
}

// anywhereBlock bounds the rows of a block and of all after it.
type anywhereBlock struct {
	lead     float64 // Model.Lead
	standing float32
}

const blockRows = 32

const (
	untoldPay = math.MaxUint32 - 1 // is enough for everybody
	nobody    = math.MaxUint32     // more than any pay: what she would have to be paid who does not want the work at all
)

// at gives the number of a row by its place in the list.
func (a *anywhere) at(i int) int {
	if a.rows != nil {
		return int(a.rows[i])
	}
	return a.first + i
}

// wide are the postings of a section that have no band of distance to be found by.
type wide struct {
	remote  anywhere
	living  anywhere // where one may live, and the way tells against it the farther it is
	brought anywhere // where one may live, and the way does not, since there is transport or it is at one's own home
	strays  []uint32 // those without a cell that are not remote
}

// settle parts the postings of each section that are open.
func (c *postingRows) settle(_ []uint32, sections []section) {
	c.lists.done()
	c.wide = make([]wide, len(sections))
	for i := range sections {
		sec, w := &sections[i], &c.wide[i]
		var living, brought []uint32
		remote := sec.placeless // past the last
		for n := sec.lo; n < sec.hi; n++ {
			switch flags := c.gates[n].flags; {
			case flags&isOpen == 0 || flags&isRemote != 0 && n < sec.placeless: // the latter in a broken image alone
			case flags&isRemote != 0:
				remote = n + 1
			case n >= sec.placeless:
				w.strays = append(w.strays, uint32(n))
			case flags&hasAccommodation != 0 && flags&(isOwnHome|hasTransport) != 0:
				brought = append(brought, uint32(n))
			case flags&hasAccommodation != 0:
				living = append(living, uint32(n))
			}
		}
		w.remote = anywhere{first: sec.placeless, count: remote - sec.placeless, as: isOpen | isRemote}
		w.living = anywhere{rows: c.leading(living), count: len(living), as: isOpen}
		w.brought = anywhere{rows: c.leading(brought), count: len(brought), as: isOpen}
		for _, list := range []*anywhere{&w.remote, &w.living, &w.brought} {
			list.bound(c)
			list.tally(c)
		}
	}
}

// leading puts rows into the order in which they are looked at, and keeps no more memory than they take.
func (c *postingRows) leading(rows []uint32) []uint32 {
	slices.SortFunc(rows, func(a, b uint32) int { return cmp.Or(cmp.Compare(c.lead(int(b)), c.lead(int(a))), cmp.Compare(a, b)) })
	return slices.Clone(rows)
}

func (c *postingRows) lead(n int) float64 { return c.m.Lead(c.gates[n].standing, c.gates[n].posted) }

// rank orders postings without a place: remote work that is open as it is to be looked at, and then the others.
func (c *postingRows) rank(p *Posting) uint64 {
	if !p.Remote || !p.Open {
		return math.MaxUint64
	}
	b := math.Float64bits(c.m.Lead(c.m.Standing(&p.Opening), p.Posted))
	if b>>63 != 0 {
		return b // of numbers below 0 the bits rise as they fall
	}
	return ^b &^ (1 << 63)
}

// bound makes the blocks.
func (a *anywhere) bound(c *postingRows) {
	a.blocks = make([]anywhereBlock, (a.count+blockRows-1)/blockRows)
	most := anywhereBlock{math.Inf(-1), float32(math.Inf(-1))}
	for i := a.count - 1; i >= 0; i-- {
		if g := &c.gates[a.at(i)]; g.flags&a.as == a.as {
			most.lead, most.standing = max(most.lead, c.lead(a.at(i))), max(most.standing, g.standing)
		}
		a.blocks[i/blockRows] = most
	}
}

// maxBegins is how many rows of a list may be posted after the time for which all others are counted by what they ask: some whose clock
// was ahead.
const maxBegins = 32

// tally makes what tells how many suit somebody.
func (a *anywhere) tally(c *postingRows) {
	open := make([]*gate, 0, a.count)
	for i := range a.count {
		if g := &c.gates[a.at(i)]; g.flags&a.as == a.as {
			open = append(open, g)
		}
	}
	slices.SortFunc(open, func(x, y *gate) int { return cmp.Compare(y.posted, x.posted) })
	last := min(maxBegins, len(open))
	if last < len(open) {
		a.since = open[last].posted
	}
	for _, g := range open[:last] {
		if g.expires > a.since {
			a.begins = append(a.begins, beginning{g.posted, ending{g.expires, g.pays(), g.ask}})
		}
	}
	open = slices.DeleteFunc(open, func(g *gate) bool { return g.expires <= a.since })
	slices.SortFunc(open, func(x, y *gate) int {
		return cmp.Or(cmp.Compare(keyOf(x.ask), keyOf(y.ask)), cmp.Compare(x.pays(), y.pays()))
	})
	a.pays, a.ends = make([]uint32, len(open)), make([]ending, len(open))
	for i, g := range open {
		if i == 0 || g.ask != open[i-1].ask {
			a.asks = append(a.asks, alike{ask: g.ask})
		}
		a.asks[len(a.asks)-1].end = uint32(i + 1)
		a.pays[i], a.ends[i] = g.pays(), ending{g.expires, g.pays(), g.ask}
	}
	slices.SortFunc(a.ends, func(x, y ending) int { return cmp.Compare(x.expires, y.expires) })
	a.asks, a.begins = slices.Clip(a.asks), slices.Clip(a.begins)
}

// pays is the pay of a posting a month; untoldPay where none is told.
func (g *gate) pays() uint32 {
	if g.monthly == 0 {
		return untoldPay
	}
	return min(g.monthly, untoldPay)
}

// from takes postings that are in reach wherever she is into account. Way is what the way brings to a score at the most. Those that lie in
// the spans at hand are counted here, and judged where they lie.
func (w *matcher) from(list *anywhere, way float64) (total int) {
	for i := range list.blocks {
		if w.nothing || !w.least.Wants(w.leads(way, &list.blocks[i])) {
			break
		}
		first, end := i*blockRows, min(list.count, (i+1)*blockRows)
		for k := first; k < end && list.rows != nil; k++ { // all at once, which takes hardly longer than for one
			w.touched += w.rows.gates[list.at(k)].posted
		}
		for k := first; k < end; k++ {
			if n := list.at(k); w.suitsAnywhere(list, n) && !w.run.dead.has(n) && !w.spans.holds(n) {
				w.await(hopeful{n: n, way: way})
			}
		}
		w.judge()
	}
	return w.suiting(list)
}

// leads is above what the rows of a block, and all later ones, can score.
func (w *matcher) leads(way float64, b *anywhereBlock) float64 {
	if w.m != w.rows.m {
		return math.Inf(1)
	}
	return w.hope + way + w.judges[0].Leads(b.lead, b.standing)
}

// suitsAnywhere tells whether a row of a list is open and suits her, were it alive.
func (w *matcher) suitsAnywhere(list *anywhere, n int) bool {
	g := &w.rows.gates[n]
	return g.flags&list.as == list.as && int64(g.posted) <= w.unix && int64(g.expires) > w.unix && g.pays() >= w.leastPay(g.ask)
}

// suiting counts the rows of a list that do: by what they ask, and then without those that have expired or died since.
func (w *matcher) suiting(list *anywhere) (total int) {
	if w.unix < int64(list.since) {
		return w.suitingLiving(list)
	}
	from := uint32(0)
	for i := range list.asks {
		a := &list.asks[i]
		pays := list.pays[from:a.end]
		from = a.end
		at, _ := slices.BinarySearch(pays, w.leastPay(a.ask))
		total += len(pays) - at
	}
	for i := range list.ends {
		e := &list.ends[i]
		if int64(e.expires) > w.unix {
			break
		}
		if e.pays >= w.leastPay(e.ask) {
			total--
		}
	}
	for i := range list.begins {
		b := &list.begins[i]
		if int64(b.posted) <= w.unix {
			break
		}
		if int64(b.expires) > w.unix && b.pays >= w.leastPay(b.ask) {
			total--
		}
	}
	if w.run.goneIn[w.at.number] > 0 {
		total -= w.suitingDead(list)
	}
	return total
}

// suitingDead counts the dead of them.
func (w *matcher) suitingDead(list *anywhere) (total int) {
	if list.rows == nil {
		w.run.dead.each(list.first, list.first+list.count, func(n int) {
			if w.suitsAnywhere(list, n) {
				total++
			}
		})
		return total
	}
	for _, n := range list.rows {
		if w.run.dead.has(int(n)) && w.suitsAnywhere(list, int(n)) {
			total++
		}
	}
	return total
}

// suitingLiving counts the others one by one, at a time from before most were posted.
func (w *matcher) suitingLiving(list *anywhere) (total int) {
	for i := range list.count {
		if n := list.at(i); !w.run.dead.has(n) && w.suitsAnywhere(list, n) {
			total++
		}
	}
	return total
}
