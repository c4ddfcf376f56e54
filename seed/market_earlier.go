package seed

import (
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"time"

	"rabta/matching"
)

// What the earlier postings of the sample assume; none of it is observed. They stand for the fourteen months before the market's date, so
// that trends, advice and outcomes have something to tell.
const (
	earlierDays    = 440     // before the date of the market; the oldest may have been posted postedDays before that
	earlierNearest = 25      // days before the date, of the newest
	manyPeople     = 4       // vacancies from which on a posting comes again oftener
	oftenAsked     = 4       // times oftener
	earlierFilled  = 0.60    // of those that asked for one or two people
	earlierClosed  = 0.45    // of the rest; the others expired
	afterCourse    = 0.85    // of those with a certificate of an institute registered when they got it
	appliedEarlier = 0.60    // of those who were registered then, to one or two
	mostEarlier    = 2       // earlier applications of one person
	followedUp     = 4       // one institute of so many brings its graduates to work, and asks them how it goes
	followedWithin = 400_000 // metres to that work: some live there
	foundFollowed  = 0.95    // of their graduates who search again
	foundEarlier   = 0.75    // of those placed who were registered then, where work was near
)

// asking is what one posting of today asks for, and how often the like of it was asked for before.
type asking struct {
	trade     int
	kind      matching.Kind
	vacancies int
	times     int
}

// whatWasAsked shares the earlier postings out among the postings of today, by employer: those for many people come again more often.
func (m *Market) whatWasAsked() (by [][]asking) {
	if m.size.Earlier <= 0 {
		return nil
	}
	total := 0
	weight := func(a *asking) int {
		if a.vacancies >= manyPeople {
			return oftenAsked
		}
		return 1
	}
	for o, d := range m.offers() {
		var list []asking
		for i := range o.postings {
			p := m.posting(d, o, i)
			n, _ := m.ref.Catalogue.Number(p.Trade)
			list = append(list, asking{trade: int(n), kind: p.Kind, vacancies: max(1, p.Vacancies)})
			total += weight(&list[i])
		}
		by = append(by, list)
	}
	sum, given := 0, 0
	for _, list := range by {
		for i := range list {
			sum += weight(&list[i])
			list[i].times = m.size.Earlier*sum/total - given
			given += list[i].times
		}
	}
	return by
}

// earlierOffers yields employers of earlier times: one for each employer of today, about the same place and for the same trades, since what a
// town asks for changes slowly. None of them has a posting that is live.
func (m *Market) earlierOffers() iter.Seq2[*offer, *draw] {
	return func(yield func(*offer, *draw) bool) {
		past := *m
		past.date = m.date.AddDate(0, 0, -earlierDays-postedDays)
		number := 0
		for now := range m.offers() {
			if number == len(m.asked) {
				return
			}
			d := newDraw(m.seed, earlierStream, number)
			o := *now
			past.settle(d, &o, number)
			o.asked, o.postings = m.asked[number], 0
			for _, a := range o.asked {
				o.postings += a.times
			}
			number++
			if o.postings > 0 && !yield(&o, d) {
				return
			}
		}
	}
}

// earlierPosting makes one posting of an earlier employer, which has ended. Those of one kind are spread evenly over the time.
func (m *Market) earlierPosting(d *draw, o *offer, number int) *matching.Posting {
	a := &o.asked[0]
	for i := 0; number >= a.times; a = &o.asked[i] {
		number -= a.times
		i++
	}
	every := float64(earlierDays-earlierNearest) / float64(a.times)
	back := earlierNearest + every*(float64(number)+d.Float64())
	past := *m
	past.date = m.date.Add(-time.Duration(back*24) * time.Hour)
	p := past.advert(d, o, a.trade, a.kind)
	if a.vacancies >= manyPeople {
		p.Vacancies = max(1, int(float64(a.vacancies)*d.spread(0.3)+0.5))
	}
	m.end(d, p)
	return p
}

// end says how a posting ended, before the market's date.
func (m *Market) end(d *draw, p *matching.Posting) {
	last := p.Expires
	if last.After(m.date) {
		last = m.date.Add(-time.Hour)
	}
	ended := p.Posted.Add(time.Duration((0.5 + 0.5*d.Float64()) * float64(last.Sub(p.Posted)))).Truncate(time.Second)
	switch {
	case p.Vacancies <= 2 && d.chance(earlierFilled):
		p.Status, p.Vacancies, p.Updated = matching.Filled, 0, ended
	case p.Expires.After(m.date) || d.chance(earlierClosed):
		p.Status, p.Vacancies, p.Updated = matching.Closed, max(1, p.Vacancies), ended
	default:
		p.Status, p.Vacancies = matching.Open, max(1, p.Vacancies) // and expired
	}
}

// advertisedEarlier lists the earlier postings by trade.
func (m *Market) advertisedEarlier() map[string][]*advertised {
	by := map[string][]*advertised{}
	count := 0
	for o, d := range m.earlierOffers() {
		left := &answering{asked: o.employer.Asked, answered: o.employer.Answered}
		for i := range o.postings {
			p := m.earlierPosting(d, o, i)
			by[p.Trade] = append(by[p.Trade], &advertised{Posting: p, employer: left, places: max(1, p.Vacancies)})
			if count++; count == appliedPostings {
				return by
			}
		}
	}
	return by
}

// earlierApplicationsOf gives what became of a person's interest in earlier postings: who is placed was hired through one, who searches was
// not, or has left since.
func (m *Market) earlierApplicationsOf(d *draw, g *matching.Graduate, earlier map[string][]*advertised) []*matching.Application {
	if !g.Consent.Matching || len(earlier) == 0 {
		return nil
	}
	wish := earlier[g.Trades[0].Trade]
	switch {
	case g.Status == matching.Placed && d.chance(foundEarlier):
		near := nearby(d, g, wish, placedWithin)
		slices.SortStableFunc(near, func(a, b *advertised) int { return a.Posted.Compare(b.Posted) })
		for _, p := range near {
			if h := m.newHistory(d, g, p); h != nil && p.Kind.Lasting() && h.hire() && h.stay() {
				return []*matching.Application{h.a}
			}
		}
	case g.Status == matching.Searching && m.followed(g) && d.chance(foundFollowed):
		return m.workedBetween(d, g, nearby(d, g, wish, followedWithin))
	case g.Status == matching.Searching && d.chance(appliedEarlier):
		var list []*matching.Application
		for _, p := range nearby(d, g, wish, applyWithin) {
			if h := m.newHistory(d, g, p); h != nil {
				h.goOnEarlier()
				if list = append(list, h.a); len(list) == mostEarlier {
					break
				}
			}
		}
		return list
	}
	return nil
}

// followed tells whether she has learnt at an institute that stays in touch.
func (m *Market) followed(g *matching.Graduate) bool {
	if len(g.Certificates) == 0 || g.Certificates[0].Institute == "" {
		return false
	}
	id := g.Certificates[0].Institute.ULID()
	return id[len(id)-1]%followedUp == 0
}

// workedBetween hires her for the first work after her course that there is, and lets her leave it or search beside it.
func (m *Market) workedBetween(d *draw, g *matching.Graduate, near []*advertised) []*matching.Application {
	slices.SortStableFunc(near, func(a, b *advertised) int { return a.Posted.Compare(b.Posted) })
	for _, p := range near {
		h := m.newHistory(d, g, p)
		if h == nil || !h.hire() {
			continue
		}
		h.stay()
		h.a.KeepsSearching = !d.chance(0.5) || !h.leave()
		return []*matching.Application{h.a}
	}
	return nil
}

// goOnEarlier draws what became of an earlier interest: who was hired has left, since she searches again.
func (h *history) goOnEarlier() {
	if h.chance(0.30) && h.hire() {
		if h.chance(0.6) {
			h.stay()
		}
		if !h.leave() {
			h.a.KeepsSearching = true
		}
		return
	}
	h.goOn()
}

// registerAfterCourse gives most certificates of a market with a past the date from which outcomes are counted: shortly before she was
// registered, as an institute does with a batch. The chance is made from her identifier, so that nothing else of her changes.
func (m *Market) registerAfterCourse(g *matching.Graduate) {
	c := &g.Certificates[0]
	id := g.ID.ULID()
	d := newDraw(m.seed, courseStream, int(binary.LittleEndian.Uint64(id[8:])>>1))
	if m.size.Earlier <= 0 || c.Institute == "" || !d.chance(afterCourse) {
		return
	}
	given := g.Created.Truncate(24*time.Hour).AddDate(0, 0, -d.between(0, 14))
	c.Date, c.Batch = &given, fmt.Sprintf("%d-Q%d", given.Year(), (int(given.Month())+2)/3)
}
