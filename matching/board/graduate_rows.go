package board

import (
	"math"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// graduateRows keep graduates in 72 bytes each, without a pointer: what decides about a pair lies together, and who it is and where she
// lives apart. Rows name the centre of their coarse cell by its number, since many share it.
type graduateRows struct {
	offers []offer
	who    []who
	coarse []geo.Point
	lists  lists
	seen   map[[2]uint64]uint32 // number of a coarse centre by the bits of its coordinates; nil once nothing more is added
}

// offer is what a graduate is judged by, apart from where she is. The fields are those of matching.Seeker.
type offer struct {
	maxMetres                                   float64
	lowestPay                                   uint32
	availableFrom                               int32
	list, coarse                                uint32
	trade                                       uint16
	months                                      int16
	wish                                        matching.Wish
	level, schooling, licences, modes, ownTools uint8
	flags                                       graduateFlags
}

type who struct {
	key  ulid.ULID
	home geo.Point
}

type graduateFlags uint8

const (
	isLivingIn graduateFlags = 1 << iota
	isSearching
	isConsenting
	isSeveral // other rows of the same person lie beside
)

func newGraduateRows(rows int) columns[Graduate] {
	return &graduateRows{offers: make([]offer, 0, rows), who: make([]who, 0, rows), seen: map[[2]uint64]uint32{}}
}

func (c *graduateRows) len() int              { return len(c.offers) }
func (c *graduateRows) ident(n int) ulid.ULID { return c.who[n].key }

func (c *graduateRows) add(g *Graduate) {
	c.offers = append(c.offers, offer{
		maxMetres: g.MaxMetres, lowestPay: g.LowestPay, availableFrom: g.AvailableFrom, list: c.lists.number(g.Skills, 0),
		coarse: c.coarseNumber(g.Coarse), trade: g.Trade, months: g.Months, wish: g.Wish(), level: g.Level, schooling: g.Schooling,
		licences: g.Licences, modes: g.Modes, ownTools: g.OwnTools, flags: graduateFlagsOf(g)})
	c.who = append(c.who, who{g.Key, g.Home})
}

func (c *graduateRows) coarseNumber(p geo.Point) uint32 {
	key := [2]uint64{math.Float64bits(p.Lat), math.Float64bits(p.Lon)}
	n, ok := c.seen[key]
	if !ok {
		n = uint32(len(c.coarse))
		c.coarse = append(c.coarse, p)
		c.seen[key] = n
	}
	return n
}

func (c *graduateRows) done(byID []uint32) {
	for i := 1; i < len(byID); i++ {
		if a, b := byID[i-1], byID[i]; c.who[a].key == c.who[b].key {
			c.offers[a].flags |= isSeveral
			c.offers[b].flags |= isSeveral
		}
	}
	c.seen = nil
	c.lists.done()
	c.coarse, c.lists.flat, c.lists.known = slices.Clip(c.coarse), slices.Clip(c.lists.flat), slices.Clip(c.lists.known)
}

func (c *graduateRows) get(n int, g *Graduate) {
	c.judged(n, &g.Seeker)
	g.Key, g.Home, g.Coarse = c.who[n].key, c.who[n].home, c.coarse[c.offers[n].coarse]
}

// judged fills what of a seeker her score is made of.
func (c *graduateRows) judged(n int, s *matching.Seeker) {
	o := &c.offers[n]
	s.Skills, _ = c.lists.of(o.list)
	s.MaxMetres, s.LowestPay, s.AvailableFrom, s.Trade, s.Months = o.maxMetres, o.lowestPay, o.availableFrom, o.trade, o.months
	s.Level, s.Schooling, s.Licences, s.Modes, s.OwnTools = o.level, o.schooling, o.licences, o.modes, o.ownTools
	s.Kinds, s.Gender, s.Needs, s.ConfirmedOnly = o.wish.Kinds, o.wish.Gender, o.wish.Needs, o.wish.ConfirmedOnly
	s.LivesIn, s.Searching, s.Consents = o.flags&isLivingIn != 0, o.flags&isSearching != 0, o.flags&isConsenting != 0
}

func graduateFlagsOf(g *Graduate) graduateFlags {
	var f graduateFlags
	for _, of := range [...]struct {
		is   bool
		flag graduateFlags
	}{{g.LivesIn, isLivingIn}, {g.Searching, isSearching}, {g.Consents, isConsenting}} {
		if of.is {
			f |= of.flag
		}
	}
	return f
}
