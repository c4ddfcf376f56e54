package node

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/gaps"
)

// GapAdvice is what would help, in numbers: whom to train where, where to bring work, and what transport would open.
type GapAdvice struct {
	AsOf, Day time.Time
	Train     []gaps.Training
	Move      []gaps.MoveDemand
	Transport []gaps.Van
}

// advised is the advice that goes with a publication. It is worked out for who asks first.
type advised struct {
	mu   sync.Mutex
	done *GapAdvice
}

// GapAdvice gives the advice for a trade ("" or all: every one) and a district ("": every one). It is of today.
func (n *Node) GapAdvice(ctx context.Context, trade, district string) (*GapAdvice, error) {
	if trade != "" && trade != gaps.AllTrades {
		if _, known := n.ref.Catalogue.Number(trade); !known {
			return nil, fault.Field("trade", "There is no such trade. Send a trade's slug, or leave it out for every trade.", n.ref.Catalogue.Nearest(trade)...)
		}
	}
	if err := n.checkDistrict(district); err != nil {
		return nil, err
	}
	p, err := n.figuresOn(ctx, nil)
	if err != nil {
		return nil, err
	}
	all, err := n.figures.advice(ctx, p)
	if err != nil {
		return nil, err
	}
	of := func(t, place string) bool {
		return (trade == "" || trade == gaps.AllTrades || t == trade) && (district == "" || place == district)
	}
	a := &GapAdvice{AsOf: p.asOf, Day: dayTime(p.Day()), Train: []gaps.Training{}, Move: []gaps.MoveDemand{}, Transport: []gaps.Van{}}
	for _, t := range all.Train {
		if of(t.Trade, t.Place) {
			a.Train = append(a.Train, t)
		}
	}
	for _, m := range all.Move {
		if of(m.Trade, m.Place) {
			a.Move = append(a.Move, m)
		}
	}
	for _, v := range all.Transport {
		if trade != "" && trade != gaps.AllTrades {
			break // a van is for all trades
		}
		if district == "" || v.From == district || v.To == district {
			a.Transport = append(a.Transport, v)
		}
	}
	return a, nil
}

// checkDistrict asks for the id of a district; empty passes.
func (n *Node) checkDistrict(id string) error {
	if id == "" || slices.ContainsFunc(gaps.Seats(n.gazetteer()), func(s gaps.Seat) bool { return s.Place == id }) {
		return nil
	}
	var nearest []string
	for _, d := range districtsAround(n.gazetteer(), n.FindPlaces(id, placesLooked)) {
		nearest = append(nearest, d.ID)
	}
	return fault.Field("district", "There is no district of this id. Search places by name to find it, or leave it out for every district.", nearest...)
}

// advice gives the advice of a publication.
func (f *figures) advice(ctx context.Context, p *published) (*GapAdvice, error) {
	p.advised.mu.Lock()
	defer p.advised.mu.Unlock()
	if p.advised.done != nil {
		return p.advised.done, nil
	}
	var a GapAdvice
	err := f.work(ctx, func(m *marketLedger) error {
		q, err := m.question(ctx, p.Day())
		if err != nil {
			return err
		}
		a.Train, a.Move, a.Transport = m.Advise(p.Publication, q), m.MoveDemand(p.Publication, q), m.AddTransport(p.Publication, q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.advised.done = &a
	return &a, nil
}

// work does something with the ledger in its turn.
func (f *figures) work(ctx context.Context, do func(*marketLedger) error) error {
	ctx, cancel := f.within(ctx)
	defer cancel()
	select {
	case f.turn <- struct{}{}:
	case <-ctx.Done():
		return notYet(ctx.Err())
	}
	defer func() { <-f.turn }()
	if f.ledger == nil {
		return notYet(nil)
	}
	return do(f.ledger)
}

// question gathers what advice is asked with: the districts' seats, who is in a course, and which institute teaches what.
func (m *marketLedger) question(ctx context.Context, day int32) (gaps.Question, error) {
	q := gaps.Question{Seats: gaps.Seats(m.n.gazetteer())}
	taught, district := m.taught(), map[ulid.ULID]string{}
	_, err := m.n.store.EachInstitute(ctx, "", func(i *matching.Institute) error {
		if i.Location == nil {
			return nil
		}
		if d, ok := m.n.gazetteer().District(*i.Location); ok {
			district[i.ID.ULID()] = d.ID
		}
		if trades := taught[i.ID.ULID()]; len(trades) > 0 {
			q.Schools = append(q.Schools, gaps.School{Name: i.Name, At: *i.Location, Trades: slices.Sorted(maps.Keys(trades))})
		}
		return nil
	})
	q.Learners = m.learners(day, func(institute ulid.ULID) string { return district[institute] })
	return q, err
}
