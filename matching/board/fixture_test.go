package board

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/trades"
)

// noon is when the tests ask; postings expire around it.
var noon = time.Date(2026, 11, 20, 7, 0, 0, 0, time.UTC)

func same(name string) trades.Names { return trades.Names{En: name, Ur: name, Roman: name} }

// testCatalogue holds eight trades in three families (one of them a chain, whose ends are unrelated) and one trade alone.
func testCatalogue(t testing.TB) *trades.Catalogue {
	t.Helper()
	trade := func(slug, isco, sector string, skills []trades.Skilled, related ...trades.Relation) trades.Trade {
		return trades.Trade{Slug: slug, ISCO: isco, Sector: sector, Names: same(slug), Skills: skills, Related: related}
	}
	must, may := func(s string) trades.Skilled { return trades.Skilled{Skill: s, Essential: true} },
		func(s string) trades.Skilled { return trades.Skilled{Skill: s} }
	c, err := trades.New([]trades.Trade{
		trade("electrician", "7411", "electrical", []trades.Skilled{must("wiring"), must("meters"), may("fans")},
			trades.Relation{Trade: "solar", Relatedness: 0.6}),
		trade("solar", "7411", "electrical", []trades.Skilled{must("panels"), may("wiring")}, trades.Relation{Trade: "welder", Relatedness: 0.3}),
		trade("welder", "7212", "metal", []trades.Skilled{must("arcs"), may("panels")}),
		trade("mason", "7112", "building", []trades.Skilled{must("bricks"), must("plaster")}, trades.Relation{Trade: "tiler", Relatedness: 0.7}),
		trade("tiler", "7122", "building", []trades.Skilled{must("tiles"), may("plaster")}),
		trade("tailor", "7531", "garments", []trades.Skilled{must("cutting"), may("lock")},
			trades.Relation{Trade: "embroiderer", Relatedness: 0.5}),
		trade("embroiderer", "7533", "garments", []trades.Skilled{must("stitches"), may("cutting")}),
		trade("beautician", "5142", "care", []trades.Skilled{must("facials"), may("bridal")}),
	}, []trades.Skill{
		{Slug: "wiring", Names: same("wiring")}, {Slug: "meters", Names: same("meters")}, {Slug: "fans", Names: same("fans")},
		{Slug: "panels", Names: same("panels")}, {Slug: "arcs", Names: same("arcs")}, {Slug: "bricks", Names: same("bricks")},
		{Slug: "plaster", Names: same("plaster")}, {Slug: "tiles", Names: same("tiles")}, {Slug: "cutting", Names: same("cutting")},
		{Slug: "lock", Names: same("lock")}, {Slug: "stitches", Names: same("stitches")}, {Slug: "facials", Names: same("facials")},
		{Slug: "bridal", Names: same("bridal")},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func testModel(t testing.TB) *matching.Model {
	t.Helper()
	wages, err := matching.NewWages([]matching.WageRow{
		{Trade: "electrician", Province: "prv-punjab", P25: 40_000, P50: 50_000, P75: 60_000, Basis: "assumed", Source: "test"},
		{Trade: "tailor", Province: "prv-sindh", P25: 30_000, P50: 38_000, P75: 50_000, Basis: "assumed", Source: "test"},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return matching.NewModel("test", matching.DefaultWeights(), testCatalogue(t), wages, nil)
}

// towns lie all over the box, the first few close enough to reach each other.
var towns = [...]geo.Point{{Lat: 31.5204, Lon: 74.3587}, {Lat: 31.4180, Lon: 74.2000}, {Lat: 32.1617, Lon: 74.1883}, {Lat: 33.6844, Lon: 73.0479},
	{Lat: 34.0151, Lon: 71.5249}, {Lat: 35.9208, Lon: 74.3144}, {Lat: 30.1798, Lon: 66.9750}, {Lat: 30.1575, Lon: 71.5249},
	{Lat: 27.7052, Lon: 68.8574}, {Lat: 24.8607, Lon: 67.0011}, {Lat: 25.1264, Lon: 62.3225}, {Lat: 36.8500, Lon: 75.4300}}

// maker invents records from a seeded source.
type maker struct {
	*rand.Rand
	towns  int // how many of the towns it uses
	trades []string
}

func newMaker(seed uint64) *maker {
	return &maker{rand.New(rand.NewPCG(seed, 14)), len(towns), nil}
}

func one[T any](r *maker, of ...T) T { return of[r.IntN(len(of))] }

func (r *maker) chance(percent int) bool { return r.IntN(100) < percent }

// point gives a place: often the very same as another, often in one cell with many, sometimes on the edge of the box.
func (r *maker) point() geo.Point {
	town := towns[r.IntN(r.towns)]
	around := func(degrees float64) geo.Point {
		return geo.Point{Lat: town.Lat + (r.Float64()*2-1)*degrees, Lon: town.Lon + (r.Float64()*2-1)*degrees}
	}
	switch r.IntN(12) {
	case 0, 1:
		return town
	case 2, 3:
		return around(0.0008)
	case 4, 5:
		return around(0.3)
	case 6:
		return geo.Point{Lat: geo.MinLat + r.Float64()*(geo.MaxLat-geo.MinLat), Lon: geo.MinLon + r.Float64()*(geo.MaxLon-geo.MinLon)}
	case 7:
		return geo.Point{Lat: one(r, geo.MinLat, geo.MaxLat), Lon: geo.MinLon + r.Float64()*(geo.MaxLon-geo.MinLon)}
	}
	return around(0.06)
}

// id gives identifier number n of a kind of record; numbers are scrambled, so that order of making is not order of ids.
func id(prefix string, n int) matching.ID {
	var u ulid.ULID
	binary.BigEndian.PutUint64(u[8:], uint64(n+1)*0x9E3779B97F4A7C15)
	return matching.ID(prefix + "_" + u.String())
}

func (r *maker) trade() string {
	if r.trades != nil {
		return one(r, r.trades...)
	}
	return one(r, "electrician", "electrician", "electrician", "solar", "solar", "welder", "mason", "tiler", "tailor", "embroiderer", "beautician")
}

func (r *maker) skills() []string {
	all := []string{"wiring", "meters", "fans", "panels", "arcs", "bricks", "plaster", "tiles", "cutting", "lock", "stitches", "facials", "bridal"}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:r.IntN(5)]
}

func (r *maker) days(from, to int) *time.Time {
	t := noon.AddDate(0, 0, from+r.IntN(to-from))
	return &t
}

func (r *maker) gender() matching.Gender {
	return one(r, matching.Gender(""), matching.Woman, matching.Man, matching.Transgender)
}

// advert is a posting as the plain way keeps it.
type advert struct {
	posting  *matching.Posting
	facts    matching.EmployerFacts
	district uint16
}

func (r *maker) advert(n int) *advert {
	p := &matching.Posting{ID: id(matching.PostingPrefix, n), Kind: one(r, matching.Kinds[:]...), Workplace: matching.OnSite, Trade: r.trade(),
		Vacancies: 1, Province: one(r, "", "prv-punjab", "prv-sindh"), OpenTo: one(r, "", matching.OpenToAll, matching.OpenToWomen, matching.OpenToMen),
		Posted: noon.Add(-time.Duration(r.IntN(90*24)) * time.Hour), Expires: noon.AddDate(0, 0, 1+r.IntN(30)), Status: matching.Open,
		Conditions: matching.Conditions{}}
	if r.chance(60) {
		p.Kind, p.OpenTo = matching.Job, ""
	}
	switch {
	case r.chance(12):
		p.Workplace = matching.Remote
	case r.chance(10):
		p.Workplace = one(r, matching.OwnHome, matching.ClientHome)
	}
	if p.Workplace != matching.Remote {
		at := r.point()
		p.Location = &at
	}
	switch r.IntN(20) {
	case 0:
		p.Status = one(r, matching.PostingStatuses[:]...)
	case 1:
		p.Vacancies = 0
	case 2:
		p.Expires = noon.Add(time.Duration(r.IntN(3)-1) * time.Second)
	case 3:
		p.Posted = noon.Add(time.Duration(r.IntN(3)-1) * time.Second)
	case 4:
		p.Location = nil
	case 5:
		p.Trade = "unheard-of"
	}
	r.dress(p)
	a := &advert{posting: p, facts: matching.EmployerFacts{Asked: r.IntN(9), Answered: r.IntN(9), Verified: r.chance(50)}}
	a.district = districtOf(p.Location)
	return a
}

// dress gives a posting what it asks and offers.
func (r *maker) dress(p *matching.Posting) {
	if r.chance(50) {
		p.Required, p.Preferred = r.skills(), r.skills()
		p.Level, p.Months, p.Starts = r.IntN(6), r.IntN(40), r.days(-20, 60)
	}
	if r.chance(75) {
		from := matching.Rupees(20_000 + 1_000*r.IntN(50))
		p.Pay = &matching.Pay{From: from, To: from + matching.Rupees(1_000*r.IntN(10)), Unit: matching.PerMonth}
		if r.chance(10) {
			p.Pay.Unit = matching.PerPiece
		}
	}
	for _, name := range matching.ConditionNames {
		if r.chance(25) {
			p.Conditions[name] = matching.Condition{Answer: one(r, matching.Yes, matching.Yes, matching.No)}
		}
	}
}

func (r *maker) graduate(n int) *matching.Graduate {
	home, err := geo.Home(r.point())
	if err != nil {
		home, _ = geo.Home(towns[0])
	}
	g := &matching.Graduate{ID: id(matching.GraduatePrefix, n), Home: home, Gender: r.gender(), Status: matching.Searching,
		AcceptsLiving: r.chance(25), Consent: matching.Consent{Matching: r.chance(85)}, OwnTools: one(r, matching.Yes, matching.No, matching.Unknown),
		Travel: matching.Travel{MaxMetres: one[float64](r, 0, 0, 1_000, 3_000, 10_000, 25_000, 40_000, 90_000, 300_000)}}
	for range one(r, 1, 1, 1, 2, 3) {
		held := matching.TradeHeld{Trade: r.trade(), Skills: r.skills(), Level: r.IntN(5)}
		if r.chance(60) {
			months := r.IntN(60)
			held.Months = &months
		}
		g.Trades = append(g.Trades, held)
	}
	if r.chance(40) {
		g.Travel.Modes = []matching.Mode{one(r, matching.Modes[:]...), one(r, matching.Modes[:]...)}
	}
	if r.chance(30) {
		g.Kinds = []matching.Kind{matching.Job, one(r, matching.Kinds[:]...)}
	}
	if r.chance(30) {
		g.LowestPay = &matching.LowestPay{Amount: matching.Rupees(15_000 + 1_000*r.IntN(40)), Unit: matching.PerMonth}
	}
	if r.chance(20) {
		g.Needs, g.ConfirmedOnly = []matching.Need{one(r, matching.Needs[:]...)}, r.chance(30)
	}
	if r.chance(40) {
		g.AvailableFrom = r.days(-10, 40)
	}
	if r.chance(6) {
		g.Status = one(r, matching.Placed, matching.Paused)
	}
	return g
}

// The districts of the tests are bands of longitude, 0 where there is no place.
func districtOf(p *geo.Point) uint16 {
	if p == nil {
		return 0
	}
	return uint16(1 + math.Floor((p.Lon-geo.MinLon)/2))
}

// district gives the band of a point with a circle that holds all of it.
func district(p geo.Point) *District {
	n := districtOf(&p)
	west := geo.MinLon + 2*float64(n-1)
	middle := geo.Point{Lat: (geo.MinLat + geo.MaxLat) / 2, Lon: west + 1}
	radius := 0.0
	for _, corner := range []geo.Point{{Lat: geo.MinLat, Lon: west}, {Lat: geo.MaxLat, Lon: west}, {Lat: geo.MinLat, Lon: west + 2}, {Lat: geo.MaxLat, Lon: west + 2}} {
		radius = max(radius, geo.Distance(middle, corner))
	}
	return &District{Number: n, Around: Circle{middle, radius * 1.001}}
}
