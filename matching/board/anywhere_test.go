package board

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

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

// TestRemoteWork holds counts and short lists against the plain way where all work is remote, some of it dated ahead and some removed since the
// board was merged, and the time asked of is now, before most was posted, or after some has ended.
func TestRemoteWork(t *testing.T) {
	m := testModel(t)
	trade := m.Catalogue.At(0).Slug
	for seed := range uint64(20) {
		p := newPair(m, newMaker(seed), 0)
		ahead := one(p.maker, 0, 3, 2*maxBegins)
		var changes []PostingChange
		for n := range 300 {
			a := p.advert(n)
			a.posting.Trade, a.posting.Workplace, a.posting.Status, a.posting.Location = trade, matching.Remote, matching.Open, nil
			a.posting.Posted = noon.Add(-time.Duration(p.IntN(100)) * time.Hour)
			a.posting.Expires = a.posting.Posted.Add(time.Duration(p.IntN(200)) * time.Hour)
			if n < ahead {
				a.posting.Posted = noon.AddDate(n%3*40, 0, 1)
				a.posting.Expires = a.posting.Posted.AddDate(0, n%2, 0)
			}
			a.district = 0
			p.market.adverts[a.posting.ID] = a
			changes = append(changes, PostingChange{a.posting.ID, p.row(a)})
		}
		p.postings.Apply(changes)
		p.postings.Merge()
		gone := changes[:0]
		for _, c := range changes {
			if p.chance(20) {
				delete(p.market.adverts, c.ID)
				gone = append(gone, PostingChange{ID: c.ID})
			}
		}
		p.postings.Apply(gone)
		for n := range 20 {
			g := p.graduate(n)
			g.Trades[0].Trade, g.Status = trade, matching.Searching
			for _, limit := range []int{0, 1, 20, -1} {
				at := noon.Add(time.Duration(one(p.maker, 0, 0, 1, 48, -48, 30*24)) * time.Hour)
				q := MatchQuery{Seekers: m.Seekers(g), Within: 25_000, Now: at, Limit: limit}
				equal(t, q, p.market.match(q), ofMatches(p.postings.Match(m, q)))
			}
		}
	}
}

func TestTheDeadOfASpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 3*pageRows).Draw(t, "rows")
		edit := newTombstones(rows).edit()
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, rows-1), 0, 20).Draw(t, "dead") {
			edit.kill(n)
		}
		dead := edit.done()
		lo := rapid.IntRange(0, rows).Draw(t, "lo")
		hi := rapid.IntRange(lo, rows).Draw(t, "hi")
		var got, want []int
		dead.each(lo, hi, func(n int) { got = append(got, n) })
		for n := lo; n < hi; n++ {
			if dead.has(n) {
				want = append(want, n)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v from %d to %d, want %v", got, lo, hi, want)
		}
	})
}
