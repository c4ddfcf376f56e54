package board

import (
	"fmt"
	"testing"

	"rabta/matching"
)

// walk reads pages of limit results, each after the last of the one before, until one is short. Between pages it lets something happen.
func walk(t *testing.T, limit int, between func(), ask func(after *matching.Ranked) answer) (all []found, total int) {
	t.Helper()
	var after *matching.Ranked
	for range 10_000 {
		a := ask(after)
		all, total = append(all, a.Found...), a.Total
		if len(a.Found) < limit {
			return all, total
		}
		last := a.Found[len(a.Found)-1]
		after = &matching.Ranked{Score: last.Score, Metres: last.Metres, Key: last.Key}
		between()
	}
	t.Fatal("the list has no end")
	return nil, 0
}

// stir changes what is in no list of electricians' work or candidates: other trades, drafts, people who are placed.
func (p *pair) stir() {
	var postings []PostingChange
	var graduates []GraduateChange
	for range 1 + p.IntN(5) {
		n := 1<<25 + p.IntN(30)
		a, g := p.advert(n), p.graduate(n)
		if a.posting.Status = matching.Draft; p.chance(50) {
			a.posting.Trade, a.posting.Status = "beautician", matching.Open
		}
		g.Status = matching.Placed
		pc, gc := PostingChange{ID: a.posting.ID}, GraduateChange{ID: g.ID}
		if p.chance(70) {
			pc.Row, gc.Rows = p.row(a), GraduateRows(p.market.model.Seekers(g))
		}
		postings, graduates = append(postings, pc), append(graduates, gc)
	}
	p.postings.Apply(postings)
	p.graduates.Apply(graduates)
	if p.chance(30) {
		p.postings.Merge()
		p.graduates.Merge()
	}
}

func TestPagesMakeTheWholeList(t *testing.T) {
	m := testModel(t)
	r := newMaker(3)
	r.towns, r.trades = 2, []string{"electrician", "solar", "welder"}
	p := newPair(m, r, 150)
	p.apply(60)
	seeker := p.graduate(1 << 20)
	seeker.Trades = []matching.TradeHeld{{Trade: "electrician"}, {Trade: "welder"}}
	seeker.Needs, seeker.LowestPay, seeker.Kinds, seeker.Status = nil, nil, nil, matching.Searching
	work := p.advert(1 << 20)
	work.posting.Status, work.posting.Vacancies, work.posting.Trade, work.posting.OpenTo = matching.Open, 1, "solar", ""
	work.posting.Workplace, work.posting.Location = matching.OnSite, &towns[0]
	work.posting.Posted, work.posting.Expires = noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 9)
	opening := p.row(work).Opening
	coarse := func(o *matching.Opening, _ float64) (float64, bool) { return float64(o.Key[9] % 3), true }
	var electrical []uint16
	for _, slug := range []string{"welder", "electrician", "solar"} {
		n, _ := m.Catalogue.Number(slug)
		electrical = append(electrical, n)
	}

	for _, c := range []struct {
		name  string
		ask   func(limit int, after *matching.Ranked) answer
		plain func() answer
	}{
		{"matches", func(limit int, after *matching.Ranked) answer {
			return ofMatches(p.postings.Match(m, MatchQuery{Seekers: m.Seekers(seeker), Within: 400_000, Now: noon, Limit: limit, After: after}))
		}, func() answer {
			return p.market.match(MatchQuery{Seekers: m.Seekers(seeker), Within: 400_000, Now: noon, Limit: -1})
		}},
		{"a search by distance", func(limit int, after *matching.Ranked) answer {
			return ofHits(m, p.postings.Search(SearchQuery{Trades: electrical, Near: &towns[0], Within: 90_000, Now: noon, Limit: limit, After: after}))
		}, func() answer {
			return p.market.search(SearchQuery{Trades: electrical, Near: &towns[0], Within: 90_000, Now: noon, Limit: -1})
		}},
		{"a search by scores that are often equal", func(limit int, after *matching.Ranked) answer {
			return ofHits(m, p.postings.Search(SearchQuery{Trades: electrical, Score: coarse, Now: noon, Limit: limit, After: after}))
		}, func() answer {
			return p.market.search(SearchQuery{Trades: electrical, Score: coarse, Now: noon, Limit: -1})
		}},
		{"candidates under pseudonyms", func(limit int, after *matching.Ranked) answer {
			return ofCandidates(p.graduates.Candidates(m, CandidateQuery{Opening: &opening, Now: noon, Limit: limit, After: after,
				Pseudonym: hidden, Shown: twentieths}))
		}, func() answer {
			return p.market.candidates(CandidateQuery{Opening: &opening, Now: noon, Limit: -1, Pseudonym: hidden, Shown: twentieths})
		}},
	} {
		want := c.plain()
		if len(want.Found) < 20 {
			t.Fatalf("%s: only %d results to walk over", c.name, len(want.Found))
		}
		for limit := 1; limit <= 7; limit++ {
			t.Run(fmt.Sprintf("%s by %d", c.name, limit), func(t *testing.T) {
				got, total := walk(t, limit, p.stir, func(after *matching.Ranked) answer { return c.ask(limit, after) })
				equal(t, c.name, answer{Total: want.Total, Found: want.Found}, answer{Total: total, Found: got})
			})
		}
	}
}
