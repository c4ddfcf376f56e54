package board

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// graduateRows keep graduates in 76 bytes each, without a pointer: what decides about a pair lies together, and who it is and where she
// lives apart. Rows name the centre of their coarse cell by its number, since many share it.
type graduateRows struct {
	offers  []offer
	who     []who
	coarse  []geo.Point
	lists   lists
	twin    []uint32             // the person's other row, where a trade is told of it
	roamers [][]roamers          // by the number of their section
	seen    map[[2]uint64]uint32 // number of a coarse centre by the bits of its coordinates; nil once nothing more is added
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
	other                                       uint16 // the trade of her other row, noTrade, or manyTrades
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

	mayBeShown = isSearching | isConsenting
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

// rank leaves the order of those without a place to their ids.
func (c *graduateRows) rank(*Graduate) uint64 { return 0 }

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

func (c *graduateRows) settle(byID []uint32, sections []section) {
	c.seen = nil
	c.lists.done()
	c.coarse = slices.Clip(c.coarse)
	c.know(byID)
	c.roam(sections)
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

// graduateBytes is what a row takes in an image.
const graduateBytes = 70

func (c *graduateRows) write(e *encoder, dead tombstones) {
	c.lists.write(e)
	e.u32(uint32(len(c.coarse)))
	for _, p := range c.coarse {
		e.f64(p.Lat)
		e.f64(p.Lon)
	}
	le := binary.LittleEndian
	var b [graduateBytes]byte
	for n := range c.offers {
		if dead.has(n) {
			b = [graduateBytes]byte{}
			e.bytes(b[:])
			continue
		}
		o, w := &c.offers[n], &c.who[n]
		for i, v := range [...]float64{w.home.Lat, w.home.Lon, o.maxMetres} {
			le.PutUint64(b[8*i:], math.Float64bits(v))
		}
		for i, v := range [...]uint32{o.lowestPay, uint32(o.availableFrom), o.list, o.coarse} {
			le.PutUint32(b[24+4*i:], v)
		}
		le.PutUint16(b[40:], o.trade)
		le.PutUint16(b[42:], uint16(o.months))
		confirmed := byte(0)
		if o.wish.ConfirmedOnly {
			confirmed = 1
		}
		copy(b[44:], []byte{o.wish.Kinds, o.wish.Gender, o.wish.Needs, confirmed, o.level, o.schooling, o.licences, o.modes, o.ownTools, byte(o.flags)})
		copy(b[54:], w.key[:])
		e.bytes(b[:])
	}
}

func (c *graduateRows) read(d *decoder, rows int) {
	c.seen = nil
	c.lists.read(d)
	c.coarse = make([]geo.Point, d.count(16))
	for i := range c.coarse {
		c.coarse[i] = geo.Point{Lat: d.f64(), Lon: d.f64()}
	}
	le := binary.LittleEndian
	for range rows {
		b := d.next(graduateBytes)
		u32 := func(i int) uint32 { return le.Uint32(b[24+4*i:]) }
		f64 := func(i int) float64 { return math.Float64frombits(le.Uint64(b[8*i:])) }
		o := offer{maxMetres: f64(2), lowestPay: u32(0), availableFrom: int32(u32(1)), list: u32(2), coarse: u32(3), trade: le.Uint16(b[40:]),
			months: int16(le.Uint16(b[42:])), wish: matching.Wish{Kinds: b[44], Gender: b[45], Needs: b[46], ConfirmedOnly: b[47] != 0},
			level: b[48], schooling: b[49], licences: b[50], modes: b[51], ownTools: b[52], flags: graduateFlags(b[53])}
		if d.err != nil || int(o.list) >= max(1, len(c.lists.known)) || int(o.coarse) >= max(1, len(c.coarse)) {
			d.fail()
			return
		}
		c.offers = append(c.offers, o)
		c.who = append(c.who, who{ulid.ULID(b[54:70]), geo.Point{Lat: f64(0), Lon: f64(1)}})
	}
}
