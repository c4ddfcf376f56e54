package node_test

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/search"
	"rabta/store"
)

// rings are the radii of the reach ladder, in metres.
var rings = []float64{2_000, 5_000, 15_000, 25_000, 50_000, 100_000}

// listed is one result of a list, as far as its order goes. Metres is 0 and Placed false where there is no distance.
type listed struct {
	ID     matching.ID
	Score  float64
	Metres float64
	Placed bool
	key    string // breaks ties: the ULID of the record or of the pseudonym
}

// answer is what a list has to say.
type answer struct {
	Rows     []listed
	Total    int
	Rings    []int
	Remote   int
	District int
	Within   float64
	Widened  bool
}

func (a *answer) add(r listed) {
	_, r.key, _ = strings.Cut(string(r.ID), "_")
	a.Rows = append(a.Rows, r)
}

// count takes a record into the ladder: within metres of here, or remote.
func (a *answer) count(metres float64, remote bool) {
	if remote {
		a.Remote++
		return
	}
	for i, radius := range rings {
		if metres <= radius {
			a.Rings[i]++
		}
	}
}

// sorted puts the rows in order: score falling, distance rising, key rising.
func (a *answer) sorted() answer {
	slices.SortFunc(a.Rows, func(x, y listed) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Metres, y.Metres), cmp.Compare(x.key, y.key))
	})
	a.Total = len(a.Rows)
	return *a
}

// posting is a posting with the digest that it is judged by and the district it lies in.
type posting struct {
	*matching.Posting
	opening  matching.Opening
	district string
}

func (p *posting) remote() bool { return p.Workplace == matching.Remote }

// scan is everything that a node stores, read record by record: lists are made from it by looking at each record in turn, without
// cells, boards or an index.
type scan struct {
	ref       *matching.Model
	node      *node.Node
	keys      *store.Keys
	postings  []posting
	graduates []*matching.Graduate
}

func newScan(t *testing.T, n *node.Node) *scan {
	t.Helper()
	ctx := context.Background()
	s := &scan{ref: n.Reference().Model, node: n, keys: keysOf(t, n)}
	facts := map[matching.ID]matching.EmployerFacts{}
	var all []*matching.Posting
	if _, err := n.EachPosting(ctx, func(p *matching.Posting) error { all = append(all, p); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if _, known := facts[p.Employer]; !known {
			e, err := n.Employer(ctx, p.Employer)
			if err != nil {
				t.Fatal(err)
			}
			facts[p.Employer] = matching.EmployerFacts{Asked: e.Asked, Answered: e.Answered, Verified: e.Verified}
		}
		row := posting{Posting: p, opening: s.ref.Opening(p, facts[p.Employer])}
		if p.Location != nil {
			row.district = s.district(*p.Location)
		}
		s.postings = append(s.postings, row)
	}
	if _, err := n.EachGraduate(ctx, func(g *matching.Graduate) error { s.graduates = append(s.graduates, g); return nil }); err != nil {
		t.Fatal(err)
	}
	return s
}

// keysOf opens the key file of a node, by which pseudonyms are made.
func keysOf(t *testing.T, n *node.Node) *store.Keys {
	t.Helper()
	keys, err := store.LoadKeys(store.KeyPath(n.Dir()))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// pseudonym is what a person goes by in the list of candidates for a posting.
func pseudonym(keys *store.Keys, posting *matching.Posting, person matching.ID) matching.ID {
	return matching.ID(node.CandidatePrefix + "_" + keys.Pseudonym(posting.ID, posting.Version, person.ULID()).String())
}

func (s *scan) district(p geo.Point) string {
	place, _ := s.node.Reference().Gazetteer.District(p)
	return place.ID
}

// matches lists the postings that are possible for a graduate and in her reach.
func (s *scan) matches(g *matching.Graduate, within float64, now time.Time) answer {
	seekers := s.ref.Seekers(g)
	home, err := geo.Home(g.Home)
	if err != nil {
		panic(err)
	}
	reach := within
	switch {
	case reach > 0:
	case g.Travel.MaxMetres > 0:
		reach = g.Travel.MaxMetres
	default:
		reach = 25_000
	}
	a := answer{Rings: make([]int, len(rings)), Within: reach}
	for i := range s.postings {
		p := &s.postings[i]
		metres := 0.0
		if !p.remote() {
			metres = geo.Distance(home, *p.Location)
		}
		inReach, anywhere, score := false, false, 0.0
		for j := range seekers {
			if s.ref.Possible(&seekers[j], &p.opening, metres, math.Inf(1), now) == "" {
				anywhere = true
			}
			if s.ref.Possible(&seekers[j], &p.opening, metres, reach, now) == "" {
				inReach, score = true, max(score, s.ref.Score(&seekers[j], &p.opening, metres, now).Total)
			}
		}
		if anywhere {
			a.count(metres, p.remote())
			if !p.remote() && p.district == s.district(home) {
				a.District++
			}
		}
		if inReach {
			a.add(listed{ID: p.ID, Score: score, Metres: metres, Placed: !p.remote()})
		}
	}
	return a.sorted()
}

// candidates lists the people for a posting by the band of their distance: unless named, under pseudonyms and by what the employer
// gains, in twentieths.
func (s *scan) candidates(p *posting, within float64, now time.Time, named bool) answer {
	a := answer{Rings: make([]int, len(rings)), Within: within}
	for _, g := range s.graduates {
		if !g.Consent.Matching {
			continue
		}
		metres := 0.0
		if !p.remote() {
			metres = math.Ceil(geo.Distance(geo.Coarse(g.Home), *p.Location)/1000) * 1000
		}
		reach := 25_000.0
		if g.Travel.MaxMetres > 0 {
			reach = g.Travel.MaxMetres
		}
		if within > 0 {
			reach = min(reach, within)
		}
		var best *matching.Seeker
		anywhere, score := false, matching.Score{}
		seekers := s.ref.Seekers(g)
		for j := range seekers {
			if s.ref.Possible(&seekers[j], &p.opening, metres, math.Inf(1), now) == "" {
				anywhere = true
			}
			if s.ref.Possible(&seekers[j], &p.opening, metres, reach, now) != "" {
				continue
			}
			its := s.ref.Score(&seekers[j], &p.opening, metres, now)
			if best == nil || its.Total > score.Total || its.Total == score.Total && seekers[j].Trade < best.Trade {
				best, score = &seekers[j], its
			}
		}
		if anywhere {
			a.count(metres, false)
		}
		if best == nil {
			continue
		}
		row := listed{ID: g.ID, Score: score.Total, Metres: metres, Placed: !p.remote()}
		if !named {
			row.ID = pseudonym(s.keys, p.Posting, g.ID)
			row.Score = math.Round(score.Employer*20) / 20
		}
		a.add(row)
	}
	return a.sorted()
}

// asked is a search without text, or what a text was read to mean: trades with how well each is meant (nil: any), and how well each
// posting meets the words (nil: no words).
type asked struct {
	node.SearchRequest
	near    *geo.Point
	trades  map[string]float64
	texts   map[matching.ID]float64
	named   []string // conditions
	only    bool     // what has none of the words is left out
	scoring bool
}

// radii are those that a search without one tries in turn, in metres; 0 is the whole country.
var radii = []float64{25_000, 50_000, 100_000, 250_000, 0}

// search lists postings; without a radius it widens until there are some.
func (s *scan) search(q asked, now time.Time) answer {
	if q.near == nil || q.Within > 0 || q.Remote {
		return s.searchWithin(q, q.Within, now)
	}
	var a answer
	for i, within := range radii {
		if a = s.searchWithin(q, within, now); a.Total > 0 || within == 0 {
			a.Widened = i > 0
			break
		}
	}
	return a
}

func (s *scan) searchWithin(q asked, within float64, now time.Time) answer {
	a := answer{Within: within}
	if q.near != nil {
		a.Rings = make([]int, len(rings))
	}
	for i := range s.postings {
		p := &s.postings[i]
		if !q.wants(p, now) {
			continue
		}
		metres := math.NaN()
		if q.near != nil && !p.remote() {
			metres = geo.Distance(*q.near, *p.Location)
			if p.district == s.district(*q.near) {
				a.District++
			}
		}
		a.count(metres, p.remote())
		switch {
		case q.Remote && !p.remote(), !q.Remote && p.remote() && q.near != nil, metres > within && within > 0:
			continue
		}
		row := listed{ID: p.ID, Placed: !math.IsNaN(metres)}
		if row.Placed {
			row.Metres = metres
		}
		if q.scoring {
			days := int(matching.Day(now) - matching.Day(p.Posted))
			row.Score = search.Score(q.meant(p), q.texts[p.ID], metres, row.Placed, days)
		}
		a.add(row)
	}
	return a.sorted()
}

// meant is how well a posting is what is asked for: by its trade, of which it keeps three fifths when it meets none of the conditions
// named; by the conditions alone when no trade is.
func (q *asked) meant(p *posting) float64 {
	if len(q.named) == 0 {
		return q.trades[p.Trade]
	}
	met := 0.0
	for _, name := range q.named {
		if p.meets(name) {
			met += 1 / float64(len(q.named))
		}
	}
	if len(q.trades) == 0 {
		return met
	}
	return q.trades[p.Trade] * (1 - 0.4*(1-met))
}

func (p *posting) meets(condition string) bool {
	return map[string]bool{
		"women_only":    p.OpenTo == matching.OpenToWomen,
		"from_home":     p.Workplace == matching.OwnHome || p.Workplace == matching.Remote,
		"remote":        p.Workplace == matching.Remote,
		"accommodation": p.Conditions.Of(matching.CondAccommodation) == matching.Yes,
		"urgent":        p.Urgent,
		"part_time":     p.PartTime,
		"daily":         p.Kind == matching.DailyWage,
	}[condition]
}

// wants tells whether a posting passes the filters of a search, distance apart.
func (q *asked) wants(p *posting, now time.Time) bool {
	meant := q.trades == nil
	if _, ok := q.trades[p.Trade]; ok {
		meant = true
	}
	if q.Trade != "" {
		meant = p.Trade == q.Trade
	}
	_, hasWords := q.texts[p.ID]
	open := q.OpenTo == "" || p.OpenTo == "" || p.OpenTo == matching.OpenToAll ||
		p.OpenTo == matching.OpenToWomen && q.OpenTo == matching.Woman || p.OpenTo == matching.OpenToMen && q.OpenTo == matching.Man
	pays := q.PayFrom == 0
	if !pays && p.Pay != nil {
		from, to, ok := p.Pay.Monthly()
		pays = ok && math.Round((from+to)/2) >= float64(q.PayFrom)
	}
	return p.Live(now) && meant && (hasWords || !q.only) && open && pays && (q.Kind == "" || p.Kind == q.Kind)
}
