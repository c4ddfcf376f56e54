package seed

import (
	"testing"
	"time"

	"rabta/matching"
)

// earliest is how many days back a posting may go.
func earliest(p *matching.Posting) int {
	if p.Status == matching.Filled || p.Status == matching.Closed || p.Status == matching.Withdrawn {
		return postedDays + pastDays
	}
	return postedDays
}

// TestApplicationsAgreeWithTheMarket holds that every application is a way that Move allows, of records that are there, at times when both
// were, and that employers and placed graduates are as their applications say.
func TestApplicationsAgreeWithTheMarket(t *testing.T) {
	t.Run("of today", func(t *testing.T) { agrees(t, sampleMarket(t, 5000, 1500), 0.02, 0.25) })
	t.Run("with earlier postings", func(t *testing.T) {
		agrees(t, NewMarket(loaded(t), Size{Graduates: 5000, Postings: 1500, Earlier: 9000}, 7, marketDate()), 0.10, 0.50)
	})
}

// agrees holds a market of 5,000 graduates to its applications, of which a share between two bounds has any.
func agrees(t *testing.T, m *Market, least, most float64) {
	graduates, postings, employers := map[matching.ID]*matching.Graduate{}, map[matching.ID]*matching.Posting{}, map[matching.ID]*matching.Employer{}
	for g := range m.Graduates() {
		graduates[g.ID] = g
	}
	for p := range m.Postings() {
		postings[p.ID] = p
	}
	for e := range m.Employers() {
		employers[e.ID] = e
	}
	type pair struct{ g, p matching.ID }
	seen, ids, asked, answered := map[pair]bool{}, map[matching.ID]bool{}, map[matching.ID]int{}, map[matching.ID]int{}
	states, people, texts := map[matching.State]int{}, map[matching.ID]bool{}, 0
	for a, text := range m.Applications() {
		g, p := graduates[a.Graduate], postings[a.Posting]
		if g == nil || p == nil || seen[pair{a.Graduate, a.Posting}] || ids[a.ID] || !a.ID.Is(matching.ApplicationPrefix) {
			t.Fatalf("application %s of %s for %s names who is not there, or comes twice", a.ID, a.Graduate, a.Posting)
		}
		seen[pair{a.Graduate, a.Posting}], ids[a.ID], people[g.ID] = true, true, true
		again := matching.Application{}
		last := g.Created
		for _, s := range a.Steps {
			if err := again.Move(s); err != nil || s.At.Before(last) || s.At.After(marketDate()) {
				t.Fatalf("%s: step %+v after %s: %v", a.ID, s, last, err)
			}
			last = s.At
		}
		begun := a.InterestedAt()
		if again.State != a.State || begun.Before(p.Posted) || begun.After(p.Expires) || !g.Consent.Matching || a.State.Ended() && a.SharesContact {
			t.Errorf("%s: in %s since %s, shares %v, of a posting from %s to %s", a.ID, a.State, begun, a.SharesContact, p.Posted, p.Expires)
		}
		if first := answerIn(a); first > 0 && first <= matching.AnswerWithin {
			answered[p.Employer]++
		}
		if a.Asked {
			asked[p.Employer]++
		}
		if a.Unanswered(marketDate()) {
			t.Errorf("%s has waited longer than counts, and is not counted", a.ID)
		}
		if a.State.AtWork() && g.Status != matching.Placed && !a.KeepsSearching {
			t.Errorf("%s is %s, and she is %s", a.ID, a.State, g.Status)
		}
		if states[a.State]++; text != "" {
			texts++
		}
	}
	for id, e := range employers {
		if asked[id] > e.Asked || answered[id] > e.Answered {
			t.Errorf("%s was asked %d and answered %d, its applications say %d and %d", id, e.Asked, e.Answered, asked[id], answered[id])
		}
	}
	if share := float64(len(people)) / 5000; share < least || share > most || texts == 0 {
		t.Errorf("%.3f of the graduates have applied, %d texts", share, texts)
	}
	for _, s := range matching.States {
		if states[s] == 0 {
			t.Errorf("no application is %s: %v", s, states)
		}
	}
	t.Logf("%d applications of %d graduates: %v", len(ids), len(people), states)
}

// answerIn is how long the first word of the employer took, 0 when there was none.
func answerIn(a *matching.Application) time.Duration {
	for _, s := range a.Steps[1:] {
		if s.By == "employer" {
			return s.At.Sub(a.InterestedAt())
		}
		if s.State == matching.Withdrew {
			return 0
		}
	}
	return 0
}
