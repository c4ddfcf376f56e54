package seed

import (
	"iter"
	"slices"
	"time"

	"rabta/matching"
	"rabta/matching/trades"
)

// Postings yields the postings, those of one employer after another in the order of Employers.
func (m *Market) Postings() iter.Seq[*matching.Posting] {
	return func(yield func(*matching.Posting) bool) {
		for o, d := range m.offers() {
			for i := range o.postings {
				if !yield(m.posting(d, o, i)) {
					return
				}
			}
		}
		for o, d := range m.earlierOffers() {
			for i := range o.postings {
				if !yield(m.earlierPosting(d, o, i)) {
					return
				}
			}
		}
	}
}

// posting makes one posting of an employer: the first of the trade and kind it was drawn for, the others within the sector.
func (m *Market) posting(d *draw, o *offer, number int) *matching.Posting {
	chances := &m.demand[o.spot.class()]
	first := m.ref.Catalogue.At(uint16(o.trade))
	n, kind := o.trade, o.kind
	if number > 0 {
		n = chances.withinSector[first.Sector].pick(d)
		kind = m.kind(n, chances.organisationKinds[n].pick(d))
	}
	p := m.advert(d, o, n, kind)
	m.putBack(p, o.employer)
	return p
}

// advert makes a posting of a trade and kind that was posted shortly before the market's date.
func (m *Market) advert(d *draw, o *offer, n int, kind matching.Kind) *matching.Posting {
	trade, market := m.ref.Catalogue.At(uint16(n)), &m.ref.sample.market[n]
	p := &matching.Posting{Employer: o.employer.ID, Kind: kind, Trade: trade.Slug, Province: o.spot.province}
	m.dates(d, p)
	p.ID = d.id(matching.PostingPrefix, p.Created)
	m.place(d, p, o, trade.Sector)
	m.ask(d, p, trade)
	m.terms(d, p, trade.Sector)
	p.OpenTo = openTo(d, market.women)
	p.Conditions = m.conditions(d, p, market.women, trade.Sector, o.household)
	p.Pay = m.offeredPay(d, p, market, trade.Sector)
	m.status(d, p)
	a := &advert{Posting: p, script: scriptOf(d), trade: trade.Names, place: o.spot.names, skills: m.ref.Catalogue}
	m.describe(d, a)
	return p
}

func scriptOf(d *draw) string {
	switch at := d.Float64(); {
	case at < 0.35:
		return "en"
	case at < 0.70:
		return "ur"
	}
	return "roman"
}

// dates draws when the posting was posted and when it expires. Of those that would have expired by now most run longer, so that a
// market has only a few.
func (m *Market) dates(d *draw, p *matching.Posting) {
	p.Posted = d.before(m.date, postedDays)
	p.Created = d.before(p.Posted, 0.1)
	p.Updated = p.Posted
	const day = 24 * time.Hour
	p.Expires = p.Posted.Add(time.Duration(d.between(leastOpenDays, mostOpenDays)) * day)
	if !p.Expires.After(m.date) && !d.chance(expiredKept) {
		gone := int(m.date.Sub(p.Posted)/day) + 1
		p.Expires = p.Posted.Add(time.Duration(d.between(gone, mostOpenDays)) * day)
	}
}

// place draws where the work is done. A contractor's site lies elsewhere than his office.
func (m *Market) place(d *draw, p *matching.Posting, o *offer, sector string) {
	remote := 0.0
	switch {
	case o.household || p.Kind == matching.Apprenticeship:
	case sector == "it":
		remote = remoteIT
	case sector == "office":
		remote = remoteOffice
	}
	p.Workplace = matching.OnSite
	switch {
	case d.chance(remote):
		p.Workplace = matching.Remote
		return
	case o.household || p.Kind == matching.CustomerJob:
		p.Workplace = matching.ClientHome
	case p.Kind == matching.PieceWork && (sector == "garments" || sector == "crafts") && d.chance(ownHomePiece):
		p.Workplace = matching.OwnHome
	}
	at := o.at
	if sector == "construction" && !o.household {
		at = m.land.around(d, o.spot, o.at, 3_000)
	}
	p.Location, p.Place = &at, o.spot.id
}

// ask draws what the posting asks of people: skills of the trade, experience, level, schooling, licence.
func (m *Market) ask(d *draw, p *matching.Posting, trade *trades.Trade) {
	var essential, optional []string
	for _, s := range trade.Skills {
		if s.Essential {
			essential = append(essential, s.Skill)
		} else {
			optional = append(optional, s.Skill)
		}
	}
	p.Required = some(d, essential, d.between(1, 3))
	p.Preferred = some(d, optional, d.between(0, 2))
	if p.Kind != matching.Apprenticeship {
		p.Months = pick(d, []int{0, 0, 0, 0, 6, 12, 12, 24, 36})
		if d.chance(0.25) {
			p.Level = d.between(1, 4)
		}
	}
	formal := slices.Contains([]string{"office", "it", "health", "education", "security"}, trade.Sector)
	if p.Kind == matching.Job && (formal && d.chance(0.6) || d.chance(0.12)) {
		p.Schooling = pick(d, schoolingOf(trade.ISCO))
	}
	if licence := licenceOf(trade.Slug); licence != "" && d.chance(0.9) {
		p.Licences = []string{licence}
	}
}

// some gives up to n of the items, in a drawn order.
func some(d *draw, items []string, n int) []string {
	n = min(n, len(items))
	if n == 0 {
		return nil
	}
	for i := range n {
		j := i + d.IntN(len(items)-i)
		items[i], items[j] = items[j], items[i]
	}
	return items[:n]
}

// terms draws vacancies, start, duration, hours, shift and the flags.
func (m *Market) terms(d *draw, p *matching.Posting, sector string) {
	p.Vacancies = pick(d, []int{1, 1, 1, 1, 1, 2, 2, 3, 4, 6})
	switch {
	case p.Workplace == matching.ClientHome:
		p.Vacancies = pick(d, []int{1, 1, 1, 1, 2})
	case sector == "factory" || sector == "garments" || p.Kind == matching.DailyWage:
		p.Vacancies = d.between(1, 12)
	}
	if d.chance(0.35) {
		starts := p.Posted.Truncate(24*time.Hour).AddDate(0, 0, d.between(2, 35))
		p.Starts = &starts
	}
	switch p.Kind {
	case matching.DailyWage:
		p.DurationDays = pick(d, []int{0, 1, 3, 7, 15, 30, 60})
	case matching.Contract:
		p.DurationDays = pick(d, []int{0, 15, 30, 60, 90, 180, 365})
	case matching.CustomerJob:
		p.DurationDays = pick(d, []int{1, 1, 2, 3, 5})
	case matching.Apprenticeship:
		p.DurationDays = pick(d, []int{90, 180, 365})
	case matching.Job:
		p.PartTime = slices.Contains([]string{"education", "domestic", "office", "it", "food", "beauty", "health"}, sector) && d.chance(partTimeShare*2)
	}
	switch {
	case p.PartTime:
		p.HoursPerWeek = pick(d, []int{18, 20, 24})
	case p.Kind == matching.Job && d.chance(0.7):
		p.HoursPerWeek = pick(d, []int{40, 48, 48, 48, 54})
	}
	if p.Kind == matching.Job && d.chance(0.5) {
		p.Shift = pick(d, shiftsOf(sector))
	}
	if sector == "farm" && d.chance(0.4) {
		p.Season = pick(d, []string{"kharif", "rabi"})
	}
	p.Urgent = d.chance(urgentShare)
}

func shiftsOf(sector string) []string {
	switch sector {
	case "security", "health", "hospitality", "factory":
		return []string{"day", "day", "evening", "night", "rotating"}
	}
	return []string{"day", "day", "day", "day", "evening"}
}

// openTo draws to whom a posting is open: mostly to all, to women alone in their own trades, to men alone where few women work.
func openTo(d *draw, women float64) matching.OpenTo {
	switch {
	case women >= 0.85 && d.chance(0.45), women >= 0.4 && d.chance(0.10):
		return matching.OpenToWomen
	case women <= 0.05 && d.chance(0.25), women <= 0.3 && d.chance(0.06):
		return matching.OpenToMen
	case d.chance(0.2):
		return ""
	}
	return matching.OpenToAll
}

// status draws the state of a posting; nearly all are open.
func (m *Market) status(d *draw, p *matching.Posting) {
	p.Status = matching.Open
	switch at := d.Float64(); {
	case at < 0.020:
		p.Status, p.Vacancies = matching.Filled, 0
	case at < 0.038:
		p.Status = matching.Closed
	case at < 0.050:
		p.Status = matching.PostingPaused
	case at < 0.060:
		p.Status = matching.Draft
	case at < 0.065:
		p.Status = matching.Held
	case at < 0.070:
		p.Status = matching.Withdrawn
	}
}
