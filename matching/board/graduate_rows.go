package board

import (
	"math"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
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
	maxMetres                                       float64
	lowestPay                                       uint32
	availableFrom                                   int32
	list, coarse                                    uint32
	trade                                           uint16
	months                                          int16
	level, schooling, licences, kinds, modes, needs uint8
	gender, ownTools                                uint8
	flags                                           graduateFlags
}

type who struct {
	key  ulid.ULID
	home geo.Point
}

type graduateFlags uint8

const (
	isConfirmedOnly graduateFlags = 1 << iota
	isLivingIn
	isSearching
	isConsenting
)

func newGraduateRows(rows int) columns[Graduate] {
	return &graduateRows{offers: make([]offer, 0, rows), who: make([]who, 0, rows), seen: map[[2]uint64]uint32{}}
}

func (c *graduateRows) len() int              { return len(c.offers) }
func (c *graduateRows) ident(n int) ulid.ULID { return c.who[n].key }

func (c *graduateRows) add(g *Graduate) {
	c.offers = append(c.offers, offer{
		maxMetres: g.MaxMetres, lowestPay: g.LowestPay, availableFrom: g.AvailableFrom, list: c.lists.number(g.Skills, 0),
		coarse: c.coarseNumber(g.Coarse), trade: g.Trade, months: g.Months, level: g.Level, schooling: g.Schooling, licences: g.Licences,
		kinds: g.Kinds, modes: g.Modes, needs: g.Needs, gender: g.Gender, ownTools: g.OwnTools, flags: graduateFlagsOf(g)})
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

func (c *graduateRows) done() {
	c.seen = nil
	c.lists.done()
	c.coarse, c.lists.flat, c.lists.known = slices.Clip(c.coarse), slices.Clip(c.lists.flat), slices.Clip(c.lists.known)
}

func (c *graduateRows) get(n int, g *Graduate) {
	o, w := &c.offers[n], &c.who[n]
	g.Key, g.Home, g.Coarse = w.key, w.home, c.coarse[o.coarse]
	g.Skills, _ = c.lists.of(o.list)
	g.MaxMetres, g.LowestPay, g.AvailableFrom, g.Trade, g.Months = o.maxMetres, o.lowestPay, o.availableFrom, o.trade, o.months
	g.Level, g.Schooling, g.Licences, g.Kinds, g.Modes, g.Needs = o.level, o.schooling, o.licences, o.kinds, o.modes, o.needs
	g.Gender, g.OwnTools = o.gender, o.ownTools
	g.ConfirmedOnly, g.LivesIn = o.flags&isConfirmedOnly != 0, o.flags&isLivingIn != 0
	g.Searching, g.Consents = o.flags&isSearching != 0, o.flags&isConsenting != 0
}

func graduateFlagsOf(g *Graduate) graduateFlags {
	var f graduateFlags
	for _, of := range [...]struct {
		is   bool
		flag graduateFlags
	}{{g.ConfirmedOnly, isConfirmedOnly}, {g.LivesIn, isLivingIn}, {g.Searching, isSearching}, {g.Consents, isConsenting}} {
		if of.is {
			f |= of.flag
		}
	}
	return f
}
