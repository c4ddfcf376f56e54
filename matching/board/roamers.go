package board

import (
	"cmp"
	"math"
	"slices"

	"rabta/matching"
)

// What stands in the place of the trade of a person's other row.
const (
	noTrade    = 1<<16 - 1 // she has no other row
	manyTrades = 1<<16 - 2 // she has more than one, or one that may come where this one does not
)

// know tells each row of the trade of the person's other row, and which it is.
func (c *graduateRows) know(byID []uint32) {
	c.twin = make([]uint32, len(c.offers))
	for lo := 0; lo < len(byID); {
		hi := lo + 1
		for hi < len(byID) && c.who[byID[hi]].key == c.who[byID[lo]].key {
			hi++
		}
		c.tell(byID[lo:hi])
		lo = hi
	}
}

// tell tells the rows of one person of each other.
func (c *graduateRows) tell(rows []uint32) {
	if len(rows) == 1 {
		c.offers[rows[0]].other = noTrade
		return
	}
	if a, b := &c.offers[rows[0]], &c.offers[rows[1]]; len(rows) == 2 && a.trade != b.trade && a.comesAs(b) {
		a.other, b.other = b.trade, a.trade
		c.twin[rows[0]], c.twin[rows[1]] = rows[1], rows[0]
		return
	}
	for _, n := range rows {
		c.offers[n].other = manyTrades
	}
}

// comesAs tells whether two rows may be matched to the same openings, as far as those are related to the trades of both.
func (o *offer) comesAs(other *offer) bool {
	return o.maxMetres == other.maxMetres && o.lowestPay == other.lowestPay && o.coarse == other.coarse && o.wish == other.wish &&
		o.modes == other.modes && o.flags == other.flags
}

// roamers are people of one section who would live at the work and travel alike, those who search and have agreed to be shown. They are in
// reach of work with accommodation from anywhere, and many: what decides whether one counts is kept beside her number.
// Those with the same list of skills lie together: which skills somebody has says most of what she brings.
type roamers struct {
	trade uint16
	modes uint8
	rows  []roamer
	lists []listEnd
}

// listEnd is where the rows of a list of skills end.
type listEnd struct{ list, end uint32 }

type roamer struct {
	n, lowestPay uint32
	wish         matching.Wish
	other        uint16
}

// roam finds the roamers of each section.
func (c *graduateRows) roam(sections []section) {
	c.roamers = make([][]roamers, len(sections))
	for i := range sections {
		sec := &sections[i]
		rows := make([]uint32, 0, len(sec.roaming))
		for _, n := range sec.roaming {
			if c.offers[n].flags&mayBeShown == mayBeShown {
				rows = append(rows, n)
			}
		}
		slices.SortFunc(rows, func(a, b uint32) int {
			x, y := &c.offers[a], &c.offers[b]
			return cmp.Or(cmp.Compare(x.modes, y.modes), cmp.Compare(x.list, y.list), cmp.Compare(a, b))
		})
		for len(rows) > 0 {
			modes, many := c.offers[rows[0]].modes, 1
			for many < len(rows) && c.offers[rows[many]].modes == modes {
				many++
			}
			c.roamers[i] = append(c.roamers[i], c.group(sec.trade, modes, rows[:many]))
			rows = rows[many:]
		}
	}
}

// group makes roamers of rows in the order of their lists.
func (c *graduateRows) group(trade uint16, modes uint8, rows []uint32) roamers {
	group := roamers{trade: trade, modes: modes, rows: make([]roamer, len(rows))}
	for i, n := range rows {
		o := &c.offers[n]
		group.rows[i] = roamer{n, o.lowestPay, o.wish, o.other}
		if i > 0 && c.offers[rows[i-1]].list == o.list {
			group.lists[len(group.lists)-1].end++
		} else {
			group.lists = append(group.lists, listEnd{o.list, uint32(i + 1)})
		}
	}
	group.lists = slices.Clip(group.lists)
	return group
}

// roam takes people into account who would live at the work, wherever their homes are. Those in the spans at hand are only counted here, and
// were judged there; what the others bring is bounded by a way of so many metres.
func (f *candidateFinder) roam(group *roamers, beyond float64) {
	pays := uint32(math.MaxUint32) // untold: enough for everybody
	if f.opening.Monthly > 0 {
		pays = f.opening.Monthly
	}
	lo, at := 0, f.outlook(group.trade, group.modes, true, beyond).Outlook
	for _, of := range group.lists {
		rows := group.rows[lo:of.end]
		lo = int(of.end)
		promising := f.listPromises(group.trade, of.list, &at, beyond)
		for _, r := range rows {
			n := int(r.n)
			if r.lowestPay > pays || !r.wish.Meets(f.ask) || f.run.dead.has(n) {
				continue
			}
			if f.counts(group.trade, r.other) {
				f.total++
			}
			if many := r.other == manyTrades; (!promising && !many) || f.spans.holds(n) {
				continue
			} else if many {
				f.judgeRow(n, true, f.bandOf(f.rows.offers[n].coarse))
			} else {
				f.await(prospect{n: n, metres: beyond, rough: true})
			}
		}
	}
}

// listPromises tells whether people of a trade and a list of skills may be among the best, with this outlook beyond so many metres.
func (f *candidateFinder) listPromises(trade uint16, list uint32, at *matching.Outlook, beyond float64) bool {
	if !f.wants(at, beyond) {
		return false
	}
	most := f.judging.Sharpened(at, &matching.Known{Skill: f.skillTerm(trade, list)})
	return f.wants(&most, beyond)
}
