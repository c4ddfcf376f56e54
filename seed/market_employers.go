package seed

import (
	"iter"
	"slices"

	"rabta/geo"
	"rabta/matching"
)

// offer is an employer with what the market must know to make its postings.
type offer struct {
	employer  *matching.Employer
	contact   *matching.EmployerContact
	spot      *spot
	at        geo.Point
	trade     int // number of the trade of its first posting
	household bool
	kind      matching.Kind // of its first posting
	postings  int
	asked     []asking // of an employer of earlier times: what its postings are for
}

// Employers yields the employers of the market's postings, each with how it is reached; those of earlier postings come last.
func (m *Market) Employers() iter.Seq2[*matching.Employer, *matching.EmployerContact] {
	return func(yield func(*matching.Employer, *matching.EmployerContact) bool) {
		for o := range m.offers() {
			if !yield(o.employer, o.contact) {
				return
			}
		}
		for o := range m.earlierOffers() {
			if !yield(o.employer, o.contact) {
				return
			}
		}
	}
}

// offers yields each employer with the chance from which its postings are drawn, until the postings are as many as asked for.
func (m *Market) offers() iter.Seq2[*offer, *draw] {
	return func(yield func(*offer, *draw) bool) {
		for i, left := 0, m.size.Postings; left > 0; i++ {
			d := newDraw(m.seed, employerStream, i)
			o := m.offer(d, i)
			o.postings = min(o.postings, left)
			left -= o.postings
			if !yield(o, d) {
				return
			}
		}
	}
}

func (m *Market) offer(d *draw, number int) *offer {
	s := m.land.somewhere(d, postingUrbanOdds)
	chances := &m.demand[s.class()]
	o := &offer{spot: s, household: d.chance(chances.household), postings: 1}
	if o.household {
		o.trade = chances.ofHousehold.pick(d)
		o.kind = m.kind(o.trade, chances.householdKinds[o.trade].pick(d))
	} else {
		o.trade = chances.ofOrganisation.pick(d)
		o.kind = m.kind(o.trade, chances.organisationKinds[o.trade].pick(d))
		o.postings = min(mostPostings, 1+int(d.ExpFloat64()*(meanPostings-0.5)))
	}
	m.settle(d, o, number)
	return o
}

// settle puts an employer behind an offer, somewhere about its place.
func (m *Market) settle(d *draw, o *offer, number int) {
	s := o.spot
	o.at = m.land.around(d, s, s.point, s.spread*0.8)
	pattern := m.pattern(d, o)
	created := d.before(m.date.AddDate(0, 0, -postedDays-1), 700)
	o.employer = &matching.Employer{ID: d.id(matching.EmployerPrefix, created), Created: created, Updated: created,
		Kind: pattern.kind, Place: s.id, Verified: d.chance(0.5)}
	if o.household {
		o.employer.Verified = d.chance(0.15)
	}
	if d.chance(employerLocated) {
		at := o.at
		o.employer.Location = &at
	}
	o.employer.Name, o.contact = m.nameEmployer(d, s, pattern, number)
	m.habit(d, o.employer)
}

// habit gives how often the employer answered those who applied.
func (m *Market) habit(d *draw, e *matching.Employer) {
	if d.chance(0.35) {
		return // new: nobody has asked yet
	}
	share := 0.15 + 0.8*d.Float64()
	e.Asked = 1 + int(d.ExpFloat64()*12)
	for range e.Asked {
		if d.chance(share) {
			e.Answered++
		}
	}
}

func (m *Market) kind(trade, kind int) matching.Kind {
	return m.ref.sample.market[trade].kinds[kind].kind
}

// employersBySector sorts the patterns by the sectors whose trades they ask for.
func employersBySector(ref *Reference) map[string][]employerPattern {
	by := make(map[string][]employerPattern)
	for _, s := range ref.Sectors {
		for _, p := range ref.sample.employers {
			if p.sector == s.Slug || p.sector == "any" {
				by[s.Slug] = append(by[s.Slug], p)
			}
		}
	}
	return by
}

// pattern draws a name for an employer of the sector: a household's for a household; a thekedar's mostly where work is by the day
// or by contract, seldom for a job.
func (m *Market) pattern(d *draw, o *offer) *employerPattern {
	patterns := m.employers[m.ref.Catalogue.At(uint16(o.trade)).Sector]
	byHand := slices.Contains([]matching.Kind{matching.DailyWage, matching.Contract}, o.kind)
	weight := func(p employerPattern) float64 {
		switch {
		case (p.kind == "household") != o.household:
			return 0
		case p.kind == "thekedar" && byHand:
			return 3 * p.weight
		case p.kind == "thekedar":
			return p.weight / 4
		case p.sector == "any" && !o.household:
			return p.weight / 4
		}
		return p.weight
	}
	total := 0.0
	for _, p := range patterns {
		total += weight(p)
	}
	at := d.Float64() * total
	for i := range patterns {
		if at -= weight(patterns[i]); at < 0 {
			return &patterns[i]
		}
	}
	return &patterns[0]
}

func (m *Market) nameEmployer(d *draw, s *spot, p *employerPattern, number int) (string, *matching.EmployerContact) {
	key := nameKey{"m", regionOf(s.province)}
	first, last := m.names.first[key].pick(d), m.names.last[key].pick(d)
	contact := &matching.EmployerContact{Phone: inventedPhone(employerPhones, number)}
	name := ""
	switch at := d.Float64(); {
	case at < 0.40:
		name = fill(p.en, "last", last.en, "place", s.names.En)
	case at < 0.75:
		name = fill(p.ur, "last", last.ur, "place", s.names.Ur)
	default:
		name = capital(fill(p.roman, "last", last.en, "place", s.names.Roman))
	}
	if d.chance(0.8) {
		contact.Person = first.en + " " + last.en
	}
	return name, contact
}
