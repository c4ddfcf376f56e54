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

// know tells each row of the trade of the person's other row.
func (c *graduateRows) know(byID []uint32) {
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
type roamers struct {
	trade uint16
	modes uint8
	rows  []roamer
}

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
			return cmp.Or(cmp.Compare(c.offers[a].modes, c.offers[b].modes), cmp.Compare(a, b))
		})
		for len(rows) > 0 {
			modes, many := c.offers[rows[0]].modes, 1
			for many < len(rows) && c.offers[rows[many]].modes == modes {
				many++
			}
			group := roamers{trade: sec.trade, modes: modes, rows: make([]roamer, many)}
			for i, n := range rows[:many] {
				o := &c.offers[n]
				group.rows[i] = roamer{n, o.lowestPay, o.wish, o.other}
			}
			c.roamers[i] = append(c.roamers[i], group)
			rows = rows[many:]
		}
	}
}

// roam takes people into account who would live at the work, wherever their homes are. Those in the spans at hand are only counted here, and
// were judged there; what the others bring is bounded by a way of so many metres.
func (f *candidateFinder) roam(group *roamers, beyond float64) {
	pays := uint32(math.MaxUint32) // untold: enough for everybody
	if f.opening.Monthly > 0 {
		pays = f.opening.Monthly
	}
	for lo := 0; lo < len(group.rows); lo += blockRows {
		promising := f.promising(group.trade, group.modes, true, beyond)
		for _, r := range group.rows[lo:min(len(group.rows), lo+blockRows)] {
			n := int(r.n)
			if r.lowestPay > pays || !r.wish.Meets(f.ask) || f.run.dead.has(n) {
				continue
			}
			if f.counts(group.trade, r.other) {
				f.total++
			}
			if (promising || r.other == manyTrades) && !f.spans.holds(n) {
				f.waiting = append(f.waiting, r.n)
			}
		}
		f.judge()
	}
}

// judge judges the rows that wait, which come by living at the work. They lie all over the section: what is needed of them is asked of the
// memory for all at once, which takes hardly longer than for one.
func (f *candidateFinder) judge() {
	for _, n := range f.waiting {
		f.touched += f.rows.offers[n].coarse
	}
	for _, n := range f.waiting {
		f.judgeRow(int(n), true, f.bandOf(f.rows.offers[n].coarse))
	}
	f.waiting = f.waiting[:0]
}
