package board

import (
	"math"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// PeopleQuery asks for people by what they can do and where they live: the staff's search. The zero value asks for all.
type PeopleQuery struct {
	Trades []uint16         // any of these; nil: every trade
	Gender matching.Gender  // empty: any
	Near   *geo.Point       // from where to measure; nil: nowhere
	Within float64          // metres from Near to the home; 0: any distance
	Only   []matching.ID    // of these records alone; nil: of all
	Score  PersonScoring    // nil: everybody scores 0
	Limit  int              // negative: all
	After  *matching.Ranked // the last result of the page before
}

// PersonScoring scores one row of a person at a distance in metres from the point asked for (NaN without one).
type PersonScoring func(s *matching.Seeker, metres float64) float64

// Person is one person found, with the row of hers that scores best. Metres is NaN where no point was given.
type Person struct {
	matching.Ranked
	Seeker *matching.Seeker
	Far    float64
}

// People are the first of all people found.
type People struct {
	Total int
	Best  []Person
}

// coarseEdge is how far a home may lie from the centre of its resolution-7 cell, by which rows are found: its corners are at most 1.6 km
// away in Pakistan, and the children of a cell stick out of it by less than another 0.4 km.
const coarseEdge = 2_500 // metres

// People finds people: each once, by the row that scores best (of equals that of the lower trade), in the order of score, then distance
// from the home, then id.
func (b *Graduates) People(q PeopleQuery) People {
	q.Trades = slices.Clone(q.Trades)
	slices.Sort(q.Trades)
	q.Trades = slices.Compact(q.Trades)
	found := map[ulid.ULID]Person{}
	consider := func(g *Graduate) {
		p, ok := q.admits(g)
		if !ok {
			return
		}
		before, seen := found[g.Key]
		if !seen || p.Score > before.Score || p.Score == before.Score && g.Trade < before.Seeker.Trade {
			seeker := g.Seeker // what was visited is not ours to keep
			p.Seeker = &seeker
			found[g.Key] = p
		}
	}
	snap, where := b.table.current.Load(), area{trades: q.Trades}
	if q.Near != nil && q.Within > 0 {
		where.circle = &Circle{*q.Near, q.Within + coarseEdge}
	}
	if q.Only != nil {
		for _, id := range distinct(q.Only) {
			snap.rowsOf(id, func(g *Graduate) {
				if where.wants(g.Trade) {
					consider(g)
				}
			})
		}
	} else {
		snap.each(where, consider)
	}
	return q.people(found)
}

// admits tells whether a row passes every filter, and gives its person with score and distance.
func (q *PeopleQuery) admits(g *Graduate) (Person, bool) {
	p := Person{Ranked: matching.Ranked{Key: g.Key}, Seeker: &g.Seeker, Far: math.NaN()}
	if q.Gender != "" && !g.IsOf(q.Gender) {
		return p, false
	}
	if q.Near != nil {
		p.Far = geo.Distance(*q.Near, g.Home)
		p.Metres = p.Far
		if q.Within > 0 && !(p.Far <= q.Within) {
			return p, false
		}
	}
	if q.Score != nil {
		p.Score = q.Score(&g.Seeker, p.Far)
	}
	return p, true
}

func (q *PeopleQuery) people(found map[ulid.ULID]Person) People {
	kept := best[Person]{k: q.Limit, after: q.After}
	for _, p := range found {
		kept.offer(p.Ranked, p)
	}
	result := People{Total: len(found)}
	for _, r := range kept.list() {
		result.Best = append(result.Best, r.what)
	}
	return result
}
