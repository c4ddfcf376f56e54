package gaps

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"rabta/geo"
)

// catchment is the people and the work of one trade, joined over exact reach. A person reaches a vacancy when the distance is at most
// her own reach, or when she would live there. From it come, for each person, by
//
//   - the two-step floating catchment method (Luo and Wang 2003): each vacancy is shared among all who reach it, and a person
//     adds up her shares of what she reaches;
//   - the enhanced method (Luo and Qi 2009): the same, each pair weighted by the zone of its distance;
//   - the three-step method (Wan, Zou and Sternberg 2012): a person is counted at a vacancy only with the share of her attention
//     that it gets among all that she reaches, so that demand is not counted again at every vacancy. It is the form that knows congestion.
//
// In each the sum of access over people is the number of vacancies that anyone reaches.
type catchment struct {
	set    Settings
	byZone [zones]uint64
	living uint64
	spots  []spot
	herds  []herd // of women, by spot and then by what they need
	sites  []site // by cell and then place
	trie   *geo.Trie
	lodges []int32 // sites that have accommodation
}

// spot is all who live at one point and reach equally far.
type spot struct {
	home     geo.Point
	vector   vector
	cell     geo.Cell
	reach    float64
	livesIn  bool
	n        uint64
	herdFrom int32 // its women are herds[herdFrom:herdTo]
	herdTo   int32

	near  uint64 // vacancies in reach
	pull  uint64 // the same weighted, in parts of weightOne
	plain uint64 // access of one person, in fractions
	decay uint64
	share uint64
}

// herd is women of one spot with the same needs.
type herd struct {
	needs     uint8
	confirmed bool
	gender    uint8
	n         int64
	full      uint64 // access of one of them, in sixths of lossOne fractions
	usable    uint64
	lost      [3]uint64 // distance, transport, conditions
}

// site is all vacancies at one point with the same conditions.
type site struct {
	at        geo.Point
	vector    vector
	cell      geo.Cell
	lodging   bool
	yes, no   uint8
	openTo    uint8
	vacancies uint64

	plain, decay, share uint64  // people who reach it: counted, weighted, with the share of their attention
	perPlain, perDecay  uint64  // vacancies a person, in fractions
	perShare            float64 // the same for shares
	pressed             uint64  // people to one of its vacancies, in fractions
	pressedNear         uint64
}

// shareOne is one person's whole attention.
const shareOne = 1 << 30

func newCatchment(set Settings, b *bucket, joined []demand, day int32) *catchment {
	c := &catchment{set: set}
	c.byZone, c.living = set.weights()
	c.gatherSites(joined)
	c.gatherSpots(b, day)
	cells, points := make([]geo.Cell, len(c.sites)), make([]geo.Point, len(c.sites))
	for i := range c.sites {
		cells[i], points[i] = c.sites[i].cell, c.sites[i].at
		if c.sites[i].lodging {
			c.lodges = append(c.lodges, int32(i))
		}
	}
	c.trie = geo.NewTrie(cells, points)
	return c
}

func (c *catchment) gatherSites(joined []demand) {
	for i := range joined {
		if d := &joined[i]; d.live && !d.Remote {
			c.sites = append(c.sites, site{at: d.At, cell: d.cell, lodging: d.Accommodation, yes: d.NeedYes, no: d.NeedNo,
				openTo: d.OpenTo, vacancies: uint64(d.Vacancies)})
		}
	}
	slices.SortFunc(c.sites, compareSites)
	kept := c.sites[:0]
	for _, s := range c.sites {
		if n := len(kept); n > 0 && compareSites(kept[n-1], s) == 0 {
			kept[n-1].vacancies += s.vacancies
			continue
		}
		s.vector = vectorOf(s.at)
		kept = append(kept, s)
	}
	c.sites = kept
}

func compareSites(a, b site) int {
	return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(a.at.Lat, b.at.Lat), cmp.Compare(a.at.Lon, b.at.Lon),
		cmp.Compare(count(a.lodging), count(b.lodging)), cmp.Compare(a.yes, b.yes), cmp.Compare(a.no, b.no), cmp.Compare(a.openTo, b.openTo))
}

func (c *catchment) gatherSpots(b *bucket, day int32) {
	seen := make([]*seeking, 0, len(b.searchers.all))
	for i := range b.searchers.all {
		if p := &b.searchers.all[i]; p.searches(day) {
			seen = append(seen, p)
		}
	}
	slices.SortFunc(seen, func(a, b *seeking) int {
		return cmp.Or(c.compareSpots(a, b), compareHerds(a, b), bytes.Compare(a.Key[:], b.Key[:]))
	})
	for i, p := range seen {
		if i == 0 || c.compareSpots(seen[i-1], p) != 0 {
			at := int32(len(c.herds))
			c.spots = append(c.spots, spot{home: p.Home, vector: vectorOf(p.Home), cell: p.cell, reach: c.set.reachOf(p), livesIn: p.LivesIn,
				herdFrom: at, herdTo: at})
		}
		s := &c.spots[len(c.spots)-1]
		s.n++
		if !p.Woman {
			continue
		}
		if s.herdFrom == s.herdTo || compareHerds(seen[i-1], p) != 0 {
			c.herds = append(c.herds, herd{needs: p.Needs, confirmed: p.ConfirmedOnly, gender: p.Gender})
			s.herdTo++
		}
		c.herds[s.herdTo-1].n++
	}
}

// reachOf gives how far a person goes, in metres.
func (set Settings) reachOf(p *seeking) float64 {
	if p.Reach > 0 {
		return p.Reach
	}
	return set.Reach
}

func (c *catchment) compareSpots(a, b *seeking) int {
	return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(a.Home.Lat, b.Home.Lat), cmp.Compare(a.Home.Lon, b.Home.Lon),
		cmp.Compare(c.set.reachOf(a), c.set.reachOf(b)), cmp.Compare(count(a.LivesIn), count(b.LivesIn)))
}

// compareHerds puts women after others, so that those of one herd stand together.
func compareHerds(a, b *seeking) int {
	return cmp.Or(cmp.Compare(count(a.Woman), count(b.Woman)), cmp.Compare(a.Needs, b.Needs),
		cmp.Compare(count(a.ConfirmedOnly), count(b.ConfirmedOnly)), cmp.Compare(a.Gender, b.Gender))
}

// addTo computes every share and adds the results to the atoms.
func (c *catchment) addTo(s *sheet, index map[geo.Cell]int32) {
	c.join()
	for i := range c.sites {
		j := &c.sites[i]
		t := &s.tallies[index[j.cell.Parent(AtomResolution)]]
		t[pressed] += int64(j.vacancies * j.pressed)
		t[pressedNear] += int64(j.vacancies * j.pressedNear)
		if j.plain == 0 {
			t[missed] += int64(j.vacancies)
		}
	}
	for i := range c.spots {
		p := &c.spots[i]
		t := &s.tallies[index[p.cell.Parent(AtomResolution)]]
		t[plain] += int64(p.n * p.plain)
		t[decayed] += int64(p.n * p.decay)
		t[shared] += int64(p.n * p.share)
		if p.near == 0 {
			t[unreached] += int64(p.n)
		}
		for _, h := range c.herds[p.herdFrom:p.herdTo] {
			t[womenFull] += h.n * int64(h.full)
			t[womenUsable] += h.n * int64(h.usable)
			t[lostFar] += h.n * int64(h.lost[byDistance])
			t[lostRide] += h.n * int64(h.lost[byTransport])
			t[lostTerms] += h.n * int64(h.lost[byConditions])
		}
	}
}

// join walks all pairs three times: who is there to share each vacancy, what each person's share is, and the same once attention is
// divided.
func (c *catchment) join() {
	for i := range c.spots {
		p := &c.spots[i]
		c.reached(p, p.reach, func(j *site, w uint64) {
			p.near += j.vacancies
			p.pull += j.vacancies * w
			j.plain += p.n
			j.decay += p.n * w
		})
	}
	for i := range c.sites {
		c.sites[i].divide()
	}
	for i := range c.spots {
		c.second(&c.spots[i])
	}
	for i := range c.sites {
		j := &c.sites[i]
		if j.share > 0 {
			j.perShare = float64(j.vacancies) * one / float64(j.share)
		}
	}
	for i := range c.spots {
		p := &c.spots[i]
		c.reached(p, p.reach, func(j *site, w uint64) { p.share += uint64(float64(p.attention(j, w)) * j.perShare) })
	}
}

// divide gives what one person has of the site.
func (j *site) divide() {
	if j.plain > 0 {
		j.perPlain = uint64(math.Round(float64(j.vacancies) * one / float64(j.plain)))
		j.perDecay = uint64(math.Round(float64(j.vacancies) * one * weightOne / float64(j.decay)))
	}
}

// attention is the share of a person's attention that a site gets, in parts of shareOne, once more weighted by its distance.
func (p *spot) attention(j *site, w uint64) uint64 {
	return uint64(float64(j.vacancies*w) / float64(p.pull) * float64(w) * (shareOne / weightOne))
}

func (c *catchment) second(p *spot) {
	var perNear, perPull uint64
	if p.near > 0 {
		perNear = uint64(math.Round(float64(p.n) * one / float64(p.near)))
		perPull = uint64(math.Round(float64(p.n) * one * weightOne / float64(p.pull)))
	}
	herds := c.herds[p.herdFrom:p.herdTo]
	reach := p.reach
	if len(herds) > 0 {
		reach = max(reach, c.set.Reach)
	}
	c.visit(p, reach, func(j *site, metres float64) {
		w, reaches := c.weigh(p, j, metres)
		if reaches {
			p.plain += j.perPlain
			p.decay += j.perDecay * w / weightOne
			j.share += p.n * p.attention(j, w)
			j.pressed += perNear
			j.pressedNear += perPull * w / weightOne
		}
		for h := range herds {
			herds[h].weigh(j, j.perDecay*w/weightOne, reaches)
		}
	})
}
