package gaps

import (
	"cmp"
	"math"
	"slices"

	"rabta/geo"
)

// MoveDemand is the advice to bring work to people: they search, and next to no vacancy of their trade is in their reach.
type MoveDemand struct {
	Trade   string  `json:"trade"`
	Place   string  `json:"place"`   // id of the district
	Waiting int64   `json:"waiting"` // people for whom none is left of what is in reach, about
	Nearest float64 `json:"nearest"` // metres from the district's seat to the nearest vacancy of the trade; 0 when there is none at all
	En      string  `json:"sentence_en"`
	Ur      string  `json:"sentence_ur"`
}

// littleAccess is how few vacancies a person may have in reach for the advice to bring work.
const littleAccess = 0.1

// MoveDemand gives where people wait with next to no work in reach, by falling number. It is made of published figures: the supply of a
// district and its access, which is below a tenth of a vacancy.
func (l *Ledger) MoveDemand(p *Publication, q Question) []MoveDemand {
	a := newAdviser(l, p, q)
	var all []MoveDemand
	for trade := range l.buckets {
		for _, row := range a.districts[trade] {
			seat, known := a.seats[row.Place]
			if !known || row.Supply == nil || row.Access == nil || *row.Access >= littleAccess {
				continue
			}
			waiting := int64(math.Round((1-*row.Access)*float64(*row.Supply)/5)) * 5
			if waiting < leastTrained {
				continue
			}
			m := MoveDemand{Trade: row.Group, Place: row.Place, Waiting: waiting}
			m.Nearest, _ = l.vacancyNear(uint16(trade), seat.At, p.Day())
			m.En, m.Ur = moveSentences(&m, a.catalogue.At(uint16(trade)).Names, seat.Names)
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b MoveDemand) int {
		return cmp.Or(cmp.Compare(b.Waiting, a.Waiting), cmp.Compare(a.Trade, b.Trade), cmp.Compare(a.Place, b.Place))
	})
	return all
}

// Van is what women-safe transport from one district to another would open to the women of the first.
type Van struct {
	From      string  `json:"from"`
	To        string  `json:"to"`
	Metres    float64 `json:"metres"`    // between the seats
	Women     int64   `json:"women"`     // who search there
	Vacancies int64   `json:"vacancies"` // at the other end, of all trades
	Opened    float64 `json:"opened"`    // what they would gain of vacancies: full access of women x their number x the share below
	En        string  `json:"sentence_en"`
	Ur        string  `json:"sentence_ur"`
}

// vanMetres is the longest corridor.
const vanMetres = 60_000

// AddTransport gives the corridors by what they would open, the most first. What the women of a district lose to distance and to the lack
// of transport is shared out among the places within 60 km, their own among them, by vacancies and the weight of the distance, as in
// the access that it is lost of; a van lifts the share of its end. It is made of published figures.
func (l *Ledger) AddTransport(p *Publication, q Question) []Van {
	demand := make(map[string]int64)
	for _, row := range p.rows(0, District) {
		demand[row.Place] = row.Demand
	}
	var all []Van
	for _, from := range q.Seats {
		area := p.table.areaOf(from.Place)
		w := p.women(District, &region{place: from.Place, area: area})
		if w.Searching == nil || w.Lost == nil || w.Lost.Place != from.Place || w.Searching.Place != from.Place {
			continue
		}
		lost := float64(w.Searching.Women) * w.Lost.Full * (w.Lost.Distance + w.Lost.Transport)
		pull, sum := l.pulls(from, q.Seats, demand)
		for to, share := range pull {
			v := Van{From: from.Place, To: q.Seats[to].Place, Metres: geo.Distance(from.At, q.Seats[to].At), Women: w.Searching.Women,
				Vacancies: demand[q.Seats[to].Place], Opened: coarse(lost*share/sum, w.Searching.Women)}
			if v.From != v.To && v.Opened >= 1 {
				v.En, v.Ur = vanSentences(&v, from.Names, q.Seats[to].Names)
				all = append(all, v)
			}
		}
	}
	slices.SortFunc(all, func(a, b Van) int {
		return cmp.Or(cmp.Compare(b.Opened, a.Opened), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return all
}

// pulls gives how much each seat within a corridor's length draws from another, and the sum.
func (l *Ledger) pulls(from Seat, seats []Seat, demand map[string]int64) (pull map[int]float64, sum float64) {
	byZone, _ := l.set.weights()
	pull = make(map[int]float64)
	for i, to := range seats {
		metres := geo.Distance(from.At, to.At)
		if metres > vanMetres || demand[to.Place] == 0 {
			continue
		}
		pull[i] = float64(demand[to.Place]) * float64(byZone[min(int(metres/zoneMetres), zones-1)]) / weightOne
		sum += pull[i]
	}
	return pull, sum
}
