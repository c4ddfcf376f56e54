package board

import (
	"flag"
	"fmt"
	"math"
	"runtime"
	"testing"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/trades"
)

// benchRows is how many postings and how many graduates the benchmarks hold.
var benchRows = flag.Int("rows", 100_000, "postings and graduates that benchmarks hold")

// country is what benchmarks draw from: 80 trades in families of four, and 400 towns of unequal size all over the country.
type country struct {
	*maker
	model *matching.Model
	towns []geo.Point
	sizes []float64 // shares of all, summed up
}

func newCountry(t testing.TB, seed uint64) *country {
	t.Helper()
	c := &country{maker: newMaker(seed)}
	var all []trades.Trade
	var skills []trades.Skill
	for n := range 80 {
		trade := trades.Trade{Slug: fmt.Sprintf("trade-%02d", n), ISCO: "7411", Sector: "any", Names: same(fmt.Sprintf("trade-%02d", n))}
		for k := range 6 {
			slug := fmt.Sprintf("skill-%02d-%d", n, k)
			skills = append(skills, trades.Skill{Slug: slug, Names: same(slug)})
			trade.Skills = append(trade.Skills, trades.Skilled{Skill: slug, Essential: k < 3})
		}
		if n%4 != 3 {
			trade.Related = []trades.Relation{{Trade: fmt.Sprintf("trade-%02d", n+1), Relatedness: 0.6}}
		}
		all, c.maker.trades = append(all, trade), append(c.maker.trades, trade.Slug)
	}
	catalogue, err := trades.New(all, skills, nil)
	if err != nil {
		t.Fatal(err)
	}
	wages, err := matching.NewWages([]matching.WageRow{{Trade: "trade-00", P25: 30_000, P50: 40_000, P75: 60_000, Basis: "assumed", Source: "test"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.model = matching.NewModel("bench", matching.DefaultWeights(), catalogue, wages, nil)
	sum, draw := 0.0, newMaker(400)
	for n := range 400 {
		at := draw.point()
		for at.Lat < 24.5 || at.Lat > 36 || at.Lon < 62 || at.Lon > 75 {
			at = geo.Point{Lat: 24.5 + draw.Float64()*11, Lon: 62 + draw.Float64()*13}
		}
		sum += math.Pow(float64(n+2), -0.9)
		c.towns, c.sizes = append(c.towns, at), append(c.sizes, sum)
	}
	return c
}

// spread gives a place as people live: in or near a town.
func (c *country) spread() geo.Point {
	x, n := c.Float64()*c.sizes[len(c.sizes)-1], 0
	for c.sizes[n] < x {
		n++
	}
	width := 0.01 + 0.25*c.Float64()*c.Float64()
	return geo.Point{Lat: c.towns[n].Lat + c.NormFloat64()*width/2, Lon: c.towns[n].Lon + c.NormFloat64()*width/2}
}

// skillsOf gives skills of a trade.
func (c *country) skillsOf(trade string) []string {
	var list []string
	for k := range 6 {
		if c.chance(40) {
			list = append(list, fmt.Sprintf("skill-%s-%d", trade[len("trade-"):], k))
		}
	}
	return list
}

func (c *country) advert(n int) *advert {
	a := c.maker.advert(n)
	p := a.posting
	if p.Workplace == matching.Remote && c.chance(80) {
		p.Workplace = matching.OnSite
	}
	if c.chance(80) {
		delete(p.Conditions, matching.CondAccommodation)
	}
	if p.Required, p.Preferred = nil, nil; c.chance(30) {
		p.Required, p.Preferred = c.skillsOf(p.Trade), c.skillsOf(p.Trade)
	}
	if p.Workplace != matching.Remote {
		at := c.spread()
		p.Location, a.district = &at, c.districtOf(at)
	}
	return a
}

func (c *country) graduate(n int) *matching.Graduate {
	g := c.maker.graduate(n)
	g.Trades = g.Trades[:1]
	if c.chance(15) {
		g.Trades = append(g.Trades, matching.TradeHeld{Trade: c.trade()})
	}
	for i := range g.Trades {
		g.Trades[i].Skills = c.skillsOf(g.Trades[i].Trade)
	}
	if home, err := geo.Home(c.spread()); err == nil {
		g.Home = home
	}
	return g
}

// district gives the nearest of the hundred largest towns as a district: the points to which it is nearest within 60 km.
func (c *country) district(p geo.Point) *District {
	n := c.districtOf(p)
	if n == 0 {
		return nil
	}
	return &District{Number: n, Around: Circle{c.towns[n-1], 60_000}}
}

func (c *country) districtOf(p geo.Point) uint16 {
	best, nearest := uint16(0), 60_000.0
	for i, town := range c.towns[:100] {
		if d := geo.Distance(town, p); d <= nearest {
			best, nearest = uint16(i+1), d
		}
	}
	return best
}

// row gives a posting's row.
func (c *country) row(a *advert) *Posting {
	return &Posting{Opening: c.model.Opening(a.posting, a.facts), District: a.district}
}

func (c *country) postings(rows int) *Postings {
	made := make([]Posting, rows)
	for n := range made {
		made[n] = *c.row(c.advert(n))
	}
	return NewPostings(c.model, made)
}

func (c *country) graduates(rows int) *Graduates {
	made := make([]Graduate, 0, rows)
	for n := 0; len(made) < rows; n++ {
		made = append(made, GraduateRows(c.model.Seekers(c.graduate(n)))...)
	}
	return NewGraduates(made)
}

// heap is what the heap holds, in bytes, once it has been collected.
func heap() float64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}

// BenchmarkMemory reports what a row takes, ids, look-up and trie included, and how much more a whole merge takes while it runs.
func BenchmarkMemory(b *testing.B) {
	for _, c := range []struct {
		name string
		make func() (rows int, merge func(), keep any)
	}{
		{"postings", func() (int, func(), any) {
			w := newCountry(b, 5)
			p := w.postings(*benchRows)
			row := w.row(w.advert(1))
			return p.Count(), func() { p.Apply([]PostingChange{{row.ID(), row}}); p.Merge() }, p
		}},
		{"graduates", func() (int, func(), any) {
			w := newCountry(b, 5)
			g := w.graduates(*benchRows)
			rows := GraduateRows(w.model.Seekers(w.graduate(1)))
			return g.Count(), func() { g.Apply([]GraduateChange{{rows[0].ID(), rows}}); g.Merge() }, g
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				before := heap()
				rows, merge, kept := c.make()
				after := heap()
				b.ReportMetric((after-before)/float64(rows), "B/row")
				b.ReportMetric(peakOf(merge, after)/float64(rows), "peak-B/row")
				runtime.KeepAlive(kept)
			}
		})
	}
}

// peakOf is how many bytes the heap grows above its size while work runs.
func peakOf(work func(), size float64) float64 {
	done, peak := make(chan struct{}), make(chan float64)
	go func() {
		most := 0.0
		for {
			select {
			case <-done:
				peak <- most
				return
			default:
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				most = max(most, float64(stats.HeapAlloc)-size)
			}
		}
	}()
	work()
	close(done)
	return <-peak
}
