package gaps

import (
	"math"

	"rabta/geo"
)

// vector is a point on the unit sphere. Squared chords of vectors tell distances apart without trigonometry; where one comes near a
// limit, geo.Distance decides.
type vector struct{ x, y, z float64 }

func vectorOf(p geo.Point) vector {
	const rad = math.Pi / 180
	sinLat, cosLat := math.Sincos(p.Lat * rad)
	sinLon, cosLon := math.Sincos(p.Lon * rad)
	return vector{cosLat * cosLon, cosLat * sinLon, sinLat}
}

// nearLimit is how many metres a distance taken by chord may be off at the most, thousands of times over.
const nearLimit = 0.01

// farAway is a distance in metres beyond every zone; a chord of that length is shorter than its arc.
const farAway = 600_000

// metres gives the distance of a home and a site: exact where it matters, that is within a centimetre of reach or of the edge of a zone,
// else to a millimetre, or farAway when it is that at least. The arc of a chord d is d(1 + d²/24 + 3d⁴/640) up to terms of d⁷,
// below a millimetre for 600 km.
func metres(p *spot, j *site, reach float64) float64 {
	dx, dy, dz := p.vector.x-j.vector.x, p.vector.y-j.vector.y, p.vector.z-j.vector.z
	d2 := float64(dx*dx) + float64(dy*dy) + float64(dz*dz)
	if d2 > farAway*farAway/geo.EarthRadius/geo.EarthRadius {
		if max(reach, p.reach) < farAway {
			return farAway // out of reach, and of every zone but the last
		}
		return geo.Distance(p.home, j.at)
	}
	m := geo.EarthRadius * math.Sqrt(d2) * (1 + d2/24 + 3*d2*d2/640)
	rest := m - float64(int(m/zoneMetres))*zoneMetres
	if rest < nearLimit || rest > zoneMetres-nearLimit || math.Abs(m-reach) < nearLimit || math.Abs(m-p.reach) < nearLimit {
		return geo.Distance(p.home, j.at)
	}
	return m
}

// visit gives every site within a reach of a spot with its distance; and, for who lives at work, every site that has lodging.
func (c *catchment) visit(p *spot, reach float64, each func(j *site, metres float64)) {
	c.trie.Within(p.home, reach, func(lo, hi int, inside bool) {
		for i := lo; i < hi; i++ {
			j := &c.sites[i]
			if p.livesIn && j.lodging {
				continue
			}
			if m := metres(p, j, reach); inside || m <= reach {
				each(j, m)
			}
		}
	})
	if p.livesIn {
		for _, i := range c.lodges {
			each(&c.sites[i], metres(p, &c.sites[i], reach))
		}
	}
}

// weigh gives the weight of a pair, and whether the person reaches the work.
func (c *catchment) weigh(p *spot, j *site, metres float64) (w uint64, reaches bool) {
	w = c.byZone[min(int(metres/zoneMetres), zones-1)]
	if p.livesIn && j.lodging {
		if metres > p.reach {
			return c.living, true
		}
		return max(w, c.living), true
	}
	return w, metres <= p.reach
}

// reached visits what a spot reaches with its weight.
func (c *catchment) reached(p *spot, reach float64, each func(j *site, w uint64)) {
	c.visit(p, reach, func(j *site, metres float64) {
		if w, reaches := c.weigh(p, j, metres); reaches {
			each(j, w)
		}
	})
}
