package board

import (
	"testing"
	"time"

	"rabta/geo"
	"rabta/matching"
)

// TestWorkToLiveAt holds short lists against the plain way where nearly all work lies far away and has accommodation, some of it with
// transport or done at home: what is bounded by the block that it stands in.
func TestWorkToLiveAt(t *testing.T) {
	m := testModel(t)
	trade := m.Catalogue.At(0).Slug
	for seed := range uint64(20) {
		p := newPair(m, newMaker(seed), 0)
		far := geo.Point{Lat: 24.86, Lon: 67.01}
		var changes []PostingChange
		for n := range 400 {
			a := p.advert(n)
			a.posting.Trade, a.posting.OpenTo, a.posting.Kind = trade, "", matching.Job
			a.posting.Location = &geo.Point{Lat: far.Lat + p.NormFloat64(), Lon: far.Lon + p.NormFloat64()}
			a.posting.Conditions[matching.CondAccommodation] = matching.Condition{Answer: matching.Yes}
			if p.chance(10) {
				a.posting.Posted = noon.Add(time.Duration(p.IntN(3)-1) * time.Second)
			}
			a.district = districtOf(a.posting.Location)
			p.market.adverts[a.posting.ID] = a
			changes = append(changes, PostingChange{a.posting.ID, p.row(a)})
		}
		p.postings.Apply(changes)
		p.postings.Merge()
		for n := range 20 {
			g := p.graduate(n)
			g.Trades[0].Trade, g.AcceptsLiving, g.Status = trade, true, matching.Searching
			for _, limit := range []int{0, 1, 5, 20, -1} {
				q := MatchQuery{Seekers: m.Seekers(g), Within: one[float64](p.maker, 0, 5_000, 1_200_000), Now: noon, Limit: limit}
				equal(t, q, p.market.match(q), ofMatches(p.postings.Match(m, q)))
			}
		}
	}
}
