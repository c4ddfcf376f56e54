package board

import (
	"encoding/binary"
	"math"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// postingRows keep postings in 88 bytes each, without a pointer: what tells whether a posting is to be judged lies together, what it is
// judged by beside, and what is only shown apart.
type postingRows struct {
	m      *matching.Model
	points []geo.Point
	gates  []gate
	asked  []asked
	shown  []shownPosting
	lists  lists
	wide   []wide // by the number of their section
}

// gate is what every posting in reach is looked at by. The fields are those of matching.Opening.
type gate struct {
	posted, expires, monthly uint32
	standing                 float32 // of the opening, under the board's own model
	flags                    postingFlags
	district                 uint16
	ask                      matching.Ask
}

// asked is what a posting is judged by besides, apart from where it is.
type asked struct {
	starts                               int32
	list                                 uint32
	months, answers                      uint16
	level, schooling, licences, province uint8
}

// shownPosting is the rest of a posting.
type shownPosting struct {
	key                   ulid.ULID
	payFrom, payTo, least uint32
	trade                 uint16 // that of its section, too
	unit                  uint8
}

type postingFlags uint16

const (
	isRemote postingFlags = 1 << iota
	isOwnHome
	isOpen
	hasAccommodation
	hasTransport
	isVouched
	asksTools
	isUrgent
	isPartTime
	isByTrade
)

// newPostingRows gives what makes rows for a board with a model.
func newPostingRows(m *matching.Model) func(rows int) columns[Posting] {
	return func(rows int) columns[Posting] {
		return &postingRows{m: m, points: make([]geo.Point, 0, rows), gates: make([]gate, 0, rows), asked: make([]asked, 0, rows), shown: make([]shownPosting, 0, rows)}
	}
}

func (c *postingRows) len() int              { return len(c.asked) }
func (c *postingRows) ident(n int) ulid.ULID { return c.shown[n].key }

func (c *postingRows) add(p *Posting) {
	c.points = append(c.points, p.At)
	c.gates = append(c.gates, gate{posted: p.Posted, expires: p.Expires, monthly: p.Monthly, standing: c.m.Standing(&p.Opening),
		flags: flagsOf(p), district: p.District, ask: p.Ask()})
	c.asked = append(c.asked, asked{starts: p.Starts, list: c.lists.number(p.Skills, p.Required), months: p.Months, answers: p.Answers,
		level: p.Level, schooling: p.Schooling, licences: p.Licences, province: p.Province})
	c.shown = append(c.shown, shownPosting{p.Key, p.PayFrom, p.PayTo, p.Least, p.Trade, p.Unit})
}

func (c *postingRows) get(n int, p *Posting) {
	c.judged(n, &p.Opening)
	s := &c.shown[n]
	p.Key, p.At, p.District = s.key, c.points[n], c.gates[n].district
	p.PayFrom, p.PayTo, p.Least, p.Unit, p.Trade = s.payFrom, s.payTo, s.least, s.unit, s.trade
}

// judged fills what of an opening its score is made of, apart from its trade.
func (c *postingRows) judged(n int, o *matching.Opening) {
	o.Skills, o.Required = c.lists.of(c.asked[n].list)
	c.plain(n, o)
}

// plain fills the same apart from skills.
func (c *postingRows) plain(n int, o *matching.Opening) {
	g, a := &c.gates[n], &c.asked[n]
	o.Posted, o.Expires, o.Monthly, o.Starts = g.posted, g.expires, g.monthly, a.starts
	o.Months, o.Answers, o.Level, o.Schooling, o.Licences, o.Province = a.months, a.answers, a.level, a.schooling, a.licences, a.province
	o.Kind, o.OpenTo, o.NeedYes, o.NeedNo = g.ask.Kind, g.ask.OpenTo, g.ask.NeedYes, g.ask.NeedNo
	g.flags.give(o)
}

func flagsOf(p *Posting) postingFlags {
	var f postingFlags
	for _, of := range [...]struct {
		is   bool
		flag postingFlags
	}{{p.Remote, isRemote}, {p.OwnHome, isOwnHome}, {p.Open, isOpen}, {p.Accommodation, hasAccommodation}, {p.Transport, hasTransport},
		{p.Vouched, isVouched}, {p.AsksTools, asksTools}, {p.Urgent, isUrgent}, {p.PartTime, isPartTime}, {p.ByTrade, isByTrade}} {
		if of.is {
			f |= of.flag
		}
	}
	return f
}

func (f postingFlags) give(o *matching.Opening) {
	o.Remote, o.OwnHome, o.Open, o.Accommodation = f&isRemote != 0, f&isOwnHome != 0, f&isOpen != 0, f&hasAccommodation != 0
	o.Transport, o.Vouched, o.AsksTools = f&hasTransport != 0, f&isVouched != 0, f&asksTools != 0
	o.Urgent, o.PartTime, o.ByTrade = f&isUrgent != 0, f&isPartTime != 0, f&isByTrade != 0
}

// postingBytes is what a row takes in an image, which has no standing: the model may be another one when it is read.
const postingBytes = 83

func (c *postingRows) write(e *encoder, dead tombstones) {
	c.lists.write(e)
	le := binary.LittleEndian
	var b [postingBytes]byte
	for n := range c.asked {
		if dead.has(n) {
			b = [postingBytes]byte{}
			e.bytes(b[:])
			continue
		}
		p, g, a, s := &c.points[n], &c.gates[n], &c.asked[n], &c.shown[n]
		le.PutUint64(b[0:], math.Float64bits(p.Lat))
		le.PutUint64(b[8:], math.Float64bits(p.Lon))
		for i, v := range [...]uint32{g.posted, g.expires, g.monthly, uint32(a.starts), a.list, s.payFrom, s.payTo, s.least} {
			le.PutUint32(b[16+4*i:], v)
		}
		for i, v := range [...]uint16{a.months, a.answers, g.district, uint16(g.flags), s.trade} {
			le.PutUint16(b[48+2*i:], v)
		}
		copy(b[58:], []byte{g.ask.Kind, g.ask.OpenTo, g.ask.NeedYes, g.ask.NeedNo, a.level, a.schooling, a.licences, a.province, s.unit})
		copy(b[67:], s.key[:])
		e.bytes(b[:])
	}
}

func (c *postingRows) read(d *decoder, rows int) {
	c.lists.read(d)
	le := binary.LittleEndian
	var o matching.Opening
	for n := range rows {
		b := d.next(postingBytes)
		u32 := func(i int) uint32 { return le.Uint32(b[16+4*i:]) }
		u16 := func(i int) uint16 { return le.Uint16(b[48+2*i:]) }
		g := gate{posted: u32(0), expires: u32(1), monthly: u32(2), district: u16(2), flags: postingFlags(u16(3)),
			ask: matching.Ask{Kind: b[58], OpenTo: b[59], NeedYes: b[60], NeedNo: b[61]}}
		a := asked{starts: int32(u32(3)), list: u32(4), months: u16(0), answers: u16(1), level: b[62], schooling: b[63], licences: b[64], province: b[65]}
		if d.err != nil || int(a.list) >= max(1, len(c.lists.known)) {
			d.fail()
			return
		}
		c.points = append(c.points, geo.Point{Lat: math.Float64frombits(le.Uint64(b[0:])), Lon: math.Float64frombits(le.Uint64(b[8:]))})
		c.gates, c.asked = append(c.gates, g), append(c.asked, a)
		c.shown = append(c.shown, shownPosting{key: ulid.ULID(b[67:83]), payFrom: u32(5), payTo: u32(6), least: u32(7), trade: u16(4), unit: b[66]})
		c.judged(n, &o)
		o.Trade = u16(4)
		c.gates[n].standing = c.m.Standing(&o)
	}
}
