package seed

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"rabta/matching"
)

// TestEarlierPostingsHaveEnded holds the earlier postings to what they are for: they have ended before the market's date, reach back more than
// a year, are as many in each month as the next, and are for the like of what is asked for today.
func TestEarlierPostingsHaveEnded(t *testing.T) {
	const now, earlier = 800, 4_000
	m := NewMarket(loaded(t), Size{Graduates: 300, Postings: now, Earlier: earlier}, 7, marketDate())
	employers := map[matching.ID]*matching.Employer{}
	for e := range m.Employers() {
		if employers[e.ID] != nil {
			t.Fatalf("%s stands twice", e.ID)
		}
		employers[e.ID] = e
	}
	ways, months, number := map[matching.PostingStatus]int{}, [16]int{}, 0
	today, before := map[string]int{}, map[string]int{}
	for p := range m.Postings() {
		if number++; number <= now {
			today[p.Trade]++
			continue
		}
		before[p.Trade]++
		ways[p.Status]++
		months[int(marketDate().Sub(p.Posted).Hours()/24)/31]++
		employer := employers[p.Employer]
		if employer == nil || employer.Created.After(p.Created) {
			t.Errorf("%s was posted by nobody, or by one who came later", p.ID)
		}
		if p.Expires.Before(p.Posted) || !p.Updated.Before(marketDate()) || p.Status == matching.Open && !p.Expires.Before(marketDate()) || p.Updated.Before(p.Posted) {
			t.Errorf("%s is %s, posted %s, updated %s, expires %s", p.ID, p.Status, p.Posted, p.Updated, p.Expires)
		}
	}
	if number != now+earlier || ways[matching.Filled] < earlier/10 || ways[matching.Closed] < earlier/10 || ways[matching.Open] < earlier/10 {
		t.Errorf("%d postings, ended as %v", number, ways)
	}
	for month, n := range months[2:14] {
		if n < earlier/30 || n > earlier/6 {
			t.Errorf("%d postings are %d months old: %v", n, month+2, months)
		}
	}
	shared := 0
	for trade, n := range before {
		if today[trade] > 0 {
			shared += n
		}
	}
	if shared < earlier*8/10 {
		t.Errorf("%d of the earlier postings are of trades that are asked for today", shared)
	}
}

// TestEarlierPostingsChangeNothingElse is that a market with earlier postings has the same graduates, but for the dates of
// their courses, and the same postings of today.
func TestEarlierPostingsChangeNothingElse(t *testing.T) {
	plain := NewMarket(loaded(t), Size{Graduates: 200, Postings: 150}, 7, marketDate())
	longer := NewMarket(loaded(t), Size{Graduates: 200, Postings: 150, Earlier: 600}, 7, marketDate())
	lines := func(m *Market) (all [][]byte) {
		note := func(v any) {
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, text)
		}
		for g := range m.Graduates() {
			for i := range g.Certificates {
				g.Certificates[i].Date, g.Certificates[i].Batch = nil, "" // when the course ended is told of most
			}
			note(g)
		}
		number := 0
		for p := range m.Postings() {
			if number++; number <= 150 {
				note(p)
			}
		}
		return all
	}
	if !slices.EqualFunc(lines(plain), lines(longer), bytes.Equal) {
		t.Error("a graduate or a posting of today is another with earlier postings")
	}
}
