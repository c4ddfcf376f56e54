package board

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// market is the plain way: records in maps, every question answered by a loop over all of them. It calls matching's pure functions
// and nothing of the board.
type market struct {
	model     *matching.Model
	adverts   map[matching.ID]*advert
	graduates map[matching.ID]*matching.Graduate
}

func newMarket(m *matching.Model) *market {
	return &market{m, map[matching.ID]*advert{}, map[matching.ID]*matching.Graduate{}}
}

// answer is what any question gives, in one form for the plain way and for the board.
type answer struct {
	Total         int
	Found         []found
	Rings         []int
	District      int
	Remote        int
	Trades, Kinds map[string]int
}

// found is one result. Of tells which record in which version it is: the digest itself.
type found struct {
	Score, Metres float64
	Key           ulid.ULID
	Far           uint64 // the bits of a distance that may be NaN
	Trade         uint16 // of the person's row
	Person        ulid.ULID
	Opening       matching.Opening
}

// pageOf puts results in order, by the order's definition in DESIGN section 4, and cuts out what follows after, at most limit.
func pageOf(all []found, after *matching.Ranked, limit int) []found {
	order := func(a, b found) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Metres, b.Metres), a.Key.Compare(b.Key))
	}
	slices.SortFunc(all, order)
	if after != nil {
		last := found{Score: after.Score, Metres: after.Metres, Key: after.Key}
		all = slices.DeleteFunc(all, func(f found) bool { return order(f, last) <= 0 })
	}
	if limit >= 0 {
		all = all[:min(limit, len(all))]
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// metresTo is the distance of a posting's work; one that is not remote and has no place lies out of everybody's reach.
func metresTo(from geo.Point, a *advert) float64 {
	switch {
	case a.posting.Workplace == matching.Remote:
		return 0
	case a.posting.Location == nil:
		return geo.Distance(from, geo.Point{})
	}
	return geo.Distance(from, *a.posting.Location)
}

// climb counts one posting on the ladder.
func (a *answer) climb(r Rungs, ad *advert, metres float64) {
	if ad.posting.Workplace == matching.Remote {
		a.Remote++
		return
	}
	for i, radius := range r.Rings {
		if metres <= radius {
			a.Rings[i]++
		}
	}
	if r.District != nil && r.District.Number == ad.district {
		a.District++
	}
}

func (w *market) match(q MatchQuery) answer {
	a := answer{Rings: make([]int, len(q.Rungs.Rings))}
	var all []found
	for _, ad := range w.adverts {
		if len(q.Seekers) == 0 {
			break
		}
		opening, metres := w.model.Opening(ad.posting, ad.facts), metresTo(q.Seekers[0].Home, ad)
		var best *found
		anywhere := false
		for i := range q.Seekers {
			s := &q.Seekers[i]
			if !ad.posting.Live(q.Now) || w.model.Possible(s, &opening, metres, math.Inf(1), q.Now) != "" {
				continue
			}
			anywhere = true
			if w.model.Possible(s, &opening, metres, w.model.MatchReach(s, q.Within), q.Now) != "" {
				continue
			}
			if score := w.model.Score(s, &opening, metres, q.Now).Total; best == nil || score > best.Score {
				best = &found{Score: score, Metres: metres, Key: ad.posting.ID.ULID(), Trade: s.Trade, Person: s.Key, Opening: opening}
			}
		}
		if anywhere {
			a.climb(q.Rungs, ad, metres)
		}
		if best != nil {
			all = append(all, *best)
		}
	}
	a.Total, a.Found = len(all), pageOf(all, q.After, q.Limit)
	return a
}

// admits tells whether a posting passes a search's filters, whatever its distance.
func (w *market) admits(q SearchQuery, ad *advert, o *matching.Opening) bool {
	p := ad.posting
	return p.Live(q.Now) && (q.Kind == "" || p.Kind == q.Kind) && (q.Trades == nil || slices.Contains(q.Trades, o.Trade)) &&
		(q.Only == nil || slices.Contains(q.Only, p.ID)) &&
		(q.Gender == "" || p.OpenTo == "" || p.OpenTo == matching.OpenToAll ||
			p.OpenTo == matching.OpenToWomen && q.Gender == matching.Woman || p.OpenTo == matching.OpenToMen && q.Gender == matching.Man) &&
		(q.PayFrom == 0 || p.Pay != nil && matching.Rupees(o.Monthly) >= q.PayFrom)
}

func (w *market) search(q SearchQuery) answer {
	a := answer{Rings: make([]int, len(q.Rungs.Rings)), Trades: map[string]int{}, Kinds: map[string]int{}}
	var all []found
	for _, ad := range w.adverts {
		o := w.model.Opening(ad.posting, ad.facts)
		remote := ad.posting.Workplace == matching.Remote
		far, score, ok := math.NaN(), 0.0, true
		if q.Near != nil && !remote {
			far = metresTo(*q.Near, ad)
		}
		if q.Score != nil {
			score, ok = q.Score(&o, far)
		}
		if !ok || !w.admits(q, ad, &o) {
			continue
		}
		a.climb(q.Rungs, ad, far)
		if q.Remote != remote && (q.Remote || q.Near != nil) {
			continue
		}
		if !remote && q.Near != nil && q.Within > 0 && far > q.Within {
			continue
		}
		a.Kinds[string(ad.posting.Kind)]++
		a.Trades[ad.posting.Trade]++
		f := found{Score: score, Key: o.Key, Far: math.Float64bits(far), Opening: o}
		if !math.IsNaN(far) {
			f.Metres = far
		}
		all = append(all, f)
	}
	a.Total, a.Found = len(all), pageOf(all, q.After, q.Limit)
	return a
}

func (w *market) candidates(q CandidateQuery) answer {
	a := answer{Rings: make([]int, len(q.Rings))}
	var all []found
	for _, g := range w.graduates {
		metres := 0.0
		if !q.Opening.Remote {
			metres = matching.Banded(geo.Distance(geo.Coarse(g.Home), q.Opening.At))
		}
		var best *found
		var chosen *matching.Seeker
		anywhere := false
		rows := w.model.Seekers(g)
		slices.SortFunc(rows, func(x, y matching.Seeker) int { return cmp.Compare(x.Trade, y.Trade) })
		for i := range rows {
			s := &rows[i]
			reach := w.model.MatchReach(s, 0)
			if q.Within > 0 {
				reach = min(reach, q.Within)
			}
			if !g.Consent.Matching || w.model.Possible(s, q.Opening, metres, math.Inf(1), q.Now) != "" {
				continue
			}
			anywhere = true
			if w.model.Possible(s, q.Opening, metres, reach, q.Now) != "" {
				continue
			}
			if score := w.model.Score(s, q.Opening, metres, q.Now).Total; best == nil || score > best.Score {
				best, chosen = &found{Score: score, Metres: metres, Key: s.Key, Trade: s.Trade, Person: s.Key}, s
			}
		}
		if anywhere {
			a.climb(Rungs{Rings: q.Rings}, &advert{posting: &matching.Posting{}}, metres)
		}
		if best != nil {
			if q.Shown != nil {
				best.Score = q.Shown(w.model.Score(chosen, q.Opening, best.Metres, q.Now).Employer)
			}
			if q.Pseudonym != nil {
				best.Key = q.Pseudonym(best.Key)
			}
			all = append(all, *best)
		}
	}
	a.Total, a.Found = len(all), pageOf(all, q.After, q.Limit)
	return a
}

// The answers of the board in the same form.

func ofMatches(m Matches) answer {
	a := answer{Total: m.Total, Rings: m.Ladder.Rings, District: m.Ladder.District, Remote: m.Ladder.Remote}
	for _, b := range m.Best {
		a.Found = append(a.Found, found{Score: b.Score, Metres: b.Metres, Key: b.Key, Trade: b.Seeker.Trade, Person: b.Seeker.Key, Opening: *b.Opening})
	}
	return a
}

func ofHits(m *matching.Model, h Hits) answer {
	a := answer{Total: h.Total, Rings: h.Ladder.Rings, District: h.Ladder.District, Remote: h.Ladder.Remote,
		Trades: map[string]int{}, Kinds: map[string]int{}}
	for n, count := range h.Trades {
		slug := "unheard-of"
		if int(n) < m.Catalogue.Len() {
			slug = m.Catalogue.At(n).Slug
		}
		a.Trades[slug] = count
	}
	for kind, count := range h.Kinds {
		a.Kinds[string(kind)] = count
	}
	for _, b := range h.Hits {
		a.Found = append(a.Found, found{Score: b.Score, Metres: b.Metres, Key: b.Key, Far: math.Float64bits(b.Far), Opening: *b.Opening})
	}
	return a
}

func ofCandidates(c Candidates) answer {
	a := answer{Total: c.Total, Rings: c.Rings}
	for _, b := range c.Best {
		a.Found = append(a.Found, found{Score: b.Score, Metres: b.Metres, Key: b.Key, Trade: b.Seeker.Trade, Person: b.Seeker.Key})
	}
	return a
}

// atNoon shifts a question's clock a little around noon, where postings begin and expire.
func (r *maker) atNoon() time.Time {
	return noon.Add(time.Duration(one(r, 0, 0, 0, -1, 1, 48*3600, -24*3600)) * time.Second)
}
