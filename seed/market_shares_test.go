package seed

import (
	"math"
	"testing"

	"rabta/geo"
	"rabta/internal/script"
	"rabta/matching"
)

// TestSharesOfGraduates compares a market with its assumptions.
func TestSharesOfGraduates(t *testing.T) {
	m := sampleMarket(t, 30_000, 0)
	count, women, byTrade := 0, 0, make(map[string][2]int)
	status, learnt, needs := make(map[matching.Status]int), make(map[matching.Learnt]int), make(map[matching.Need]int)
	for g := range m.Graduates() {
		count++
		main := g.Trades[0]
		tally := byTrade[main.Trade]
		tally[0]++
		if g.Gender == matching.Woman {
			women++
			tally[1]++
		}
		byTrade[main.Trade] = tally
		status[g.Status]++
		learnt[main.Learnt]++
		for _, n := range g.Needs {
			needs[n]++
		}
	}
	if share := float64(women) / float64(count); share < 0.38 || share > 0.42 {
		t.Errorf("%.3f are women, want 0.38 to 0.42", share)
	}
	for _, trade := range loaded(t).sample.market {
		tally := byTrade[trade.trade]
		if n := float64(tally[0]); n >= 300 && math.Abs(float64(tally[1])/n-trade.women) > 0.08 {
			t.Errorf("%s: %.2f of %d are women, want %.2f", trade.trade, float64(tally[1])/n, tally[0], trade.women)
		}
	}
	if len(byTrade) < 190 {
		t.Errorf("only %d trades occur", len(byTrade))
	}
	if byTrade["electrician"][0] < 4*byTrade["gem-cutter"][0] || byTrade["ladies-tailor"][0] < byTrade["nurse"][0] {
		t.Errorf("electricians %d, gem cutters %d, ladies' tailors %d, nurses %d", byTrade["electrician"][0], byTrade["gem-cutter"][0],
			byTrade["ladies-tailor"][0], byTrade["nurse"][0])
	}
	if len(status) != 3 || status[matching.Searching] < count*8/10 || len(learnt) != 5 || len(needs) != 5 {
		t.Errorf("statuses %v, learnt %v, needs %v", status, learnt, needs)
	}
}

// TestPlacesFollowThePeople compares provinces with their people, the estimated ones included.
func TestPlacesFollowThePeople(t *testing.T) {
	m := sampleMarket(t, 20_000, 20_000)
	people, total := make(map[string]float64), 0.0
	for _, d := range m.land.districts {
		people[d.province] += d.people
		total += d.people
	}
	if total < 241_499_431 || len(people) != 7 {
		t.Fatalf("%.0f people in %d provinces", total, len(people))
	}
	graduates, postings := make(map[string]int), make(map[string]int)
	abroad := 0
	for g := range m.Graduates() {
		if p, ok := m.ref.Gazetteer.Province(g.Home); ok {
			graduates[p.ID]++
		}
		if !m.land.inPakistan(g.Home) {
			abroad++
		}
	}
	for p := range m.Postings() {
		postings[p.Province]++
		if p.Location == nil {
			continue
		}
		if in, ok := m.ref.Gazetteer.Province(*p.Location); !ok || in.ID != p.Province || !m.land.inPakistan(*p.Location) {
			t.Errorf("%s lies in %s, not in %s of Pakistan", p.ID, in.ID, p.Province)
		}
		if place, ok := m.ref.Gazetteer.Place(p.Place); !ok || geo.Distance(place.Point, *p.Location) > 60_000 {
			t.Errorf("%s lies %v, far from its place %q", p.ID, *p.Location, p.Place)
		}
	}
	for province, n := range people {
		want := n / total
		if got := float64(graduates[province]) / 20_000; math.Abs(got-want) > 0.03 {
			t.Errorf("%s has %.3f of the graduates, want %.3f", province, got, want)
		}
		if got := float64(postings[province]) / 20_000; math.Abs(got-want) > 0.03 {
			t.Errorf("%s has %.3f of the postings, want %.3f", province, got, want)
		}
	}
	// The centre of a cell on the rim may lie beyond it.
	if abroad > 20 {
		t.Errorf("%d of 20,000 homes lie outside Pakistan", abroad)
	}
}

// TestWorkOfTownsIsInTowns: web developers sit in towns more than farm labourers do.
func TestWorkOfTownsIsInTowns(t *testing.T) {
	m := sampleMarket(t, 0, 20_000)
	inTown := make(map[string][2]int)
	for o, d := range m.offers() {
		for i := range o.postings {
			p := m.posting(d, o, i)
			tally := inTown[p.Trade]
			tally[o.spot.class()]++
			inTown[p.Trade] = tally
		}
	}
	web, farm := inTown["web-developer"], inTown["farm-labourer"]
	if web[town] < 5*web[country] || farm[country] < 5*farm[town] || len(inTown) < 190 {
		t.Errorf("web developers %v, farm labourers %v (country, town), %d trades", web, farm, len(inTown))
	}
}

func TestPostingsOfEverySort(t *testing.T) {
	m := sampleMarket(t, 0, 20_000)
	count, expired, remote, unpaid := 0, 0, 0, 0
	kinds, statuses, scripts := make(map[matching.Kind]int), make(map[matching.PostingStatus]int), make(map[script.Script]int)
	answers, open, places := make(map[matching.Answer]int), make(map[matching.OpenTo]int), make(map[matching.Workplace]int)
	conditions, units := make(map[matching.ConditionName]int), make(map[matching.PayUnit]int)
	for p := range m.Postings() {
		count++
		kinds[p.Kind]++
		statuses[p.Status]++
		open[p.OpenTo]++
		places[p.Workplace]++
		if p.Status == matching.Open && !p.Expires.After(marketDate()) {
			expired++
		}
		if p.Workplace == matching.Remote {
			remote++
		}
		if p.Pay == nil {
			unpaid++
		} else {
			units[p.Pay.Unit]++
		}
		scripts[script.Of(p.Title)]++
		for name, c := range p.Conditions {
			conditions[name]++
			answers[c.Answer]++
		}
	}
	share := func(what string, n int, lo, hi float64) {
		if got := float64(n) / float64(count); got < lo || got > hi {
			t.Errorf("%s: %.3f of postings, want %.3f to %.3f", what, got, lo, hi)
		}
	}
	share("expired", expired, 0.01, 0.06)
	share("remote", remote, 0.03, 0.05)
	share("without pay", unpaid, 0.08, 0.12)
	share("open", statuses[matching.Open], 0.90, 0.96)
	share("in Urdu", scripts[script.Ur], 0.32, 0.38)
	if len(kinds) != len(matching.Kinds) || len(statuses) != len(matching.PostingStatuses) || len(places) != len(matching.Workplaces) {
		t.Errorf("kinds %v, statuses %v, workplaces %v", kinds, statuses, places)
	}
	if len(answers) != 3 || len(open) != 4 || len(conditions) != len(matching.ConditionNames) || len(units) != len(matching.PayUnits) {
		t.Errorf("answers %v, open to %v, conditions %v, units %v", answers, open, conditions, units)
	}
}

// TestPayFollowsTheWages: pay is around the trade's wage, and little of it under the minimum wage.
func TestPayFollowsTheWages(t *testing.T) {
	m := sampleMarket(t, 0, 20_000)
	comparable, under, held := 0, 0, 0
	for p := range m.Postings() {
		if p.Pay == nil || p.Kind == matching.Apprenticeship {
			continue
		}
		from, to, ok := p.Pay.Monthly()
		least, known := m.ref.Wages.MinimumWage(p.Province, p.Posted, matching.Unskilled)
		if !ok || !known {
			continue
		}
		comparable++
		if to < float64(least) {
			under++
			continue
		}
		w, _ := m.ref.Wages.Wage(p.Trade, p.Province)
		// Steps of rounding and ranges may add to the spread, and the minimum wage lifts what is below it.
		if p.Pay.Unit != matching.PerPiece && p.Pay.Unit != matching.PerFoot && from > max(float64(least), w.P50*1.2)*1.06 || from < w.P50*0.79 {
			t.Errorf("%s: %s in %s offers %v a month, usual %v", p.ID, p.Trade, p.Province, from, w.P50)
		}
		held++
	}
	if share := float64(under) / float64(comparable); share < 0.015 || share > 0.045 || held < 10_000 {
		t.Errorf("%.3f of %d postings pay under the minimum wage, want about 0.03", share, comparable)
	}
}
