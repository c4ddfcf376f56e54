package board

import (
	"cmp"
	"math"
	"slices"

	"rabta/geo"
	"rabta/matching"
)

func (p *pair) peopleQuery() PeopleQuery {
	q := PeopleQuery{Limit: p.limit()}
	if p.chance(60) {
		q.Trades = []uint16{}
		for range p.IntN(5) {
			q.Trades = append(q.Trades, uint16(p.IntN(9)))
		}
	}
	if p.chance(25) {
		q.Gender = p.gender()
	}
	if p.chance(75) {
		at := p.point()
		q.Near, q.Within = &at, one(p.maker, 0, 1_000, 25_000, 400_000, p.homeRim(at))
	}
	if p.chance(25) {
		q.Only = []matching.ID{id(matching.GraduatePrefix, 1<<30), "grd_no-such-person"}
		for range p.IntN(20) {
			q.Only = append(q.Only, id(matching.GraduatePrefix, p.IntN(p.known+1)))
		}
	}
	if p.chance(60) {
		q.Score = func(s *matching.Seeker, metres float64) float64 {
			score := math.Round(float64(s.Key[9])/255*4)/4 + float64(s.Trade%3)
			if !math.IsNaN(metres) {
				score -= math.Round(metres / 100_000)
			}
			return score
		}
	}
	return q
}

// homeRim is a radius that is exactly the distance of some home.
func (p *pair) homeRim(from geo.Point) float64 {
	for n := range p.known {
		if g, ok := p.market.graduates[id(matching.GraduatePrefix, n)]; ok && p.chance(10) {
			return geo.Distance(from, g.Home)
		}
	}
	return 7_000
}

// people is the plain way.
func (w *market) people(q PeopleQuery) answer {
	var all []found
	for _, g := range w.graduates {
		if q.Only != nil && !slices.Contains(q.Only, g.ID) || q.Gender != "" && g.Gender != q.Gender {
			continue
		}
		far := math.NaN()
		if q.Near != nil {
			far = geo.Distance(*q.Near, g.Home)
		}
		if q.Near != nil && q.Within > 0 && far > q.Within {
			continue
		}
		var best *found
		rows := w.model.Seekers(g)
		slices.SortFunc(rows, func(x, y matching.Seeker) int { return cmp.Compare(x.Trade, y.Trade) })
		for i := range rows {
			s, score := &rows[i], 0.0
			if q.Trades != nil && !slices.Contains(q.Trades, s.Trade) {
				continue
			}
			if q.Score != nil {
				score = q.Score(s, far)
			}
			if best == nil || score > best.Score {
				best = &found{Score: score, Key: s.Key, Far: math.Float64bits(far), Trade: s.Trade, Person: s.Key}
			}
		}
		if best == nil {
			continue
		}
		if !math.IsNaN(far) {
			best.Metres = far
		}
		all = append(all, *best)
	}
	return answer{Total: len(all), Found: pageOf(all, q.After, q.Limit)}
}

func ofPeople(p People) answer {
	a := answer{Total: p.Total}
	for _, b := range p.Best {
		a.Found = append(a.Found, found{Score: b.Score, Metres: b.Metres, Key: b.Key, Far: math.Float64bits(b.Far), Trade: b.Seeker.Trade, Person: b.Seeker.Key})
	}
	return a
}
