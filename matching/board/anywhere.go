package board

import (
	"cmp"
	"math"
	"slices"

	"rabta/matching"
)

// anywhere are postings of one section that are in reach from anywhere: remote work, or work at which one may live. They are many, and far
// from most who ask, so that what decides whether one counts is kept beside its number, and what brings most to a score comes first. They
// stand in blocks, each with a bound of what its rows bring.
type anywhere struct {
	rows   []anywhereRow
	blocks []anywhereBlock // of blockRows rows each, the last of fewer
}

type anywhereRow struct {
	n, expires uint32
	pays       uint32 // a month, as it is left where travel costs nothing; untoldPay where none is told
	ask        matching.Ask
}

type anywhereBlock struct {
	standing float32 // no row of the block has a higher one
	posted   uint32  // nor was posted later
}

const blockRows = 32

const (
	untoldPay = math.MaxUint32 - 1 // is enough for everybody
	nobody    = math.MaxUint32     // more than any pay: what she would have to be paid who does not want the work at all
)

// of gives the rows of a block.
func (a *anywhere) of(block int) []anywhereRow {
	return a.rows[block*blockRows : min(len(a.rows), (block+1)*blockRows)]
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
		var remote, living, brought []uint32
		for n := sec.lo; n < sec.hi; n++ {
			switch flags := c.gates[n].flags; {
			case flags&isOpen == 0:
			case flags&isRemote != 0:
				remote = append(remote, uint32(n))
			case n >= sec.placeless:
				w.strays = append(w.strays, uint32(n))
			case flags&hasAccommodation != 0 && flags&(isOwnHome|hasTransport) != 0:
				brought = append(brought, uint32(n))
			case flags&hasAccommodation != 0:
				living = append(living, uint32(n))
			}
		}
		w.remote, w.living, w.brought = c.anywhere(remote), c.anywhere(living), c.anywhere(brought)
	}
}

// anywhere lays out rows, of which it takes the numbers over.
func (c *postingRows) anywhere(rows []uint32) anywhere {
	slices.SortFunc(rows, func(a, b uint32) int {
		x, y := &c.gates[a], &c.gates[b]
		return cmp.Or(cmp.Compare(c.m.Lead(y.standing, y.posted), c.m.Lead(x.standing, x.posted)), cmp.Compare(a, b))
	})
	list := anywhere{rows: make([]anywhereRow, 0, len(rows))}
	for i, n := range rows {
		g := &c.gates[n]
		list.rows = append(list.rows, anywhereRow{n, g.expires, g.pays(), g.ask})
		if i%blockRows == 0 {
			list.blocks = append(list.blocks, anywhereBlock{g.standing, g.posted})
		}
		block := &list.blocks[len(list.blocks)-1]
		block.standing, block.posted = max(block.standing, g.standing), max(block.posted, g.posted)
	}
	list.blocks = slices.Clip(list.blocks)
	return list
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
		block := &list.blocks[i]
		promising := !w.nothing && w.least.Wants(w.mostOf(way, block.standing, block.posted))
		early := int64(block.posted) > w.unix
		for _, r := range list.of(i) {
			n := int(r.n)
			if int64(r.expires) <= w.unix || r.pays < w.leastPay(r.ask) || w.run.dead.has(n) || early && int64(w.rows.gates[n].posted) > w.unix {
				continue
			}
			total++
			if promising && !w.spans.holds(n) {
				w.await(hopeful{n: n, way: way})
			}
		}
		w.judge()
	}
	return total
}
