package seed

import (
	"iter"
	"math"
	"slices"

	"rabta/geo"
	"rabta/matching"
)

// What the applications of the sample assume; none of it is observed.
const (
	searcherApplies = 0.20   // of those who search and agree to be shown
	placedByRabta   = 0.70   // of those placed: where work of theirs is near, they were hired through an application
	applyWithin     = 60_000 // metres; by those who were hired and placed, further
	placedWithin    = 200_000
	applyChoices    = 200    // postings of her trade that she looks at, at the most
	mostApplied     = 3      // applications of one who searches
	mostHired       = 12     // people hired for one posting
	appliedPostings = 50_000 // postings that are applied to, the first of the market: the rest is silent, and memory bounded
	sharesContact   = 0.55
	writesText      = 0.35
)

// advertised is what applications are made around: a posting, and what its employer can still have been asked and have answered.
type advertised struct {
	*matching.Posting
	employer *answering
	hired    int
	places   int // people hired, at the most
}

// answering is what is left of the figures of an employer: its applications are among those that it was asked, never more.
type answering struct{ asked, answered int }

// Applications yields how graduates and postings came together, with what was written; the text is empty for most. Every way is one that
// matching.Application.Move allows, and agrees with the rest of the market: who is placed is at work where she was hired, and employers
// have answered no more than their record says.
func (m *Market) Applications() iter.Seq2[*matching.Application, string] {
	return func(yield func(*matching.Application, string) bool) {
		wanted, earlier := m.advertised(), m.advertisedEarlier()
		number := 0
		for g := range m.Graduates() {
			before, d := newDraw(m.seed, earlierApplicationStream, number), newDraw(m.seed, applicationStream, number)
			number++
			list := m.earlierApplicationsOf(before, g, earlier)
			if len(list) == 0 || g.Status == matching.Searching {
				list = append(list, m.applicationsOf(d, g, wanted)...)
			}
			for _, a := range list {
				text := ""
				if d.chance(writesText) {
					text = pick(d, applicationTexts)
				}
				if !yield(a, text) {
					return
				}
			}
		}
	}
}

// applicationTexts are what people write; nothing in them names anybody.
var applicationTexts = []string{"I can start tomorrow.", "میں کل سے کام پر آ سکتی ہوں۔", "mere paas apne auzar hain", "I have worked with my ustad for two years.",
	"کیا آنے جانے کا انتظام ہے؟", "subah 9 se shaam 4 tak aa sakta hoon", "میں نے یہی کورس کیا ہے۔"}

// advertised lists the postings by trade.
func (m *Market) advertised() map[string][]*advertised {
	by := map[string][]*advertised{}
	count := 0
	for o, d := range m.offers() {
		left := &answering{asked: o.employer.Asked, answered: o.employer.Answered}
		for i := range o.postings {
			p := m.posting(d, o, i)
			if p.Status == matching.Draft || p.Status == matching.Held {
				continue
			}
			by[p.Trade] = append(by[p.Trade], &advertised{Posting: p, employer: left, places: mostHired})
			if count++; count == appliedPostings {
				return by
			}
		}
	}
	return by
}

func (m *Market) applicationsOf(d *draw, g *matching.Graduate, wanted map[string][]*advertised) []*matching.Application {
	if !g.Consent.Matching {
		return nil
	}
	wish := wanted[g.Trades[0].Trade]
	switch {
	case g.Status == matching.Placed && d.chance(placedByRabta):
		near := nearby(d, g, wish, placedWithin)
		// The oldest first: who is placed has been so for a while.
		slices.SortStableFunc(near, func(a, b *advertised) int { return a.Posted.Compare(b.Posted) })
		for _, p := range near {
			if h := m.newHistory(d, g, p); h != nil && h.hire() && h.stay() {
				return []*matching.Application{h.a}
			}
		}
	case g.Status == matching.Searching && d.chance(searcherApplies):
		var list []*matching.Application
		near := nearby(d, g, wish, applyWithin)
		for _, p := range near[:min(len(near), d.between(1, mostApplied))] {
			if h := m.newHistory(d, g, p); h != nil {
				h.goOn()
				list = append(list, h.a)
			}
		}
		return list
	}
	return nil
}

// nearby gives the postings within reach that are open to her, in a drawn order.
func nearby(d *draw, g *matching.Graduate, postings []*advertised, within float64) []*advertised {
	var near []*advertised
	if len(postings) == 0 {
		return nil
	}
	at := d.IntN(len(postings))
	for i := range min(len(postings), applyChoices) {
		p := postings[(at+i)%len(postings)]
		closed := p.OpenTo == matching.OpenToWomen && g.Gender != matching.Woman || p.OpenTo == matching.OpenToMen && g.Gender != matching.Man
		far := math.Inf(1)
		if p.Location != nil {
			far = geo.Distance(g.Home, *p.Location)
		}
		if !closed && (far <= within || p.Workplace == matching.Remote) {
			near = append(near, p)
		}
	}
	return near
}
