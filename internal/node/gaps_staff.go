package node

import (
	"context"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/gaps"
)

// GapOutcomes is how it went with the graduates of institutes, of their courses and batches.
type GapOutcomes struct {
	AsOf, Day time.Time
	Rows      []OutcomeRow
}

// OutcomeRow is a row with the institute's name.
type OutcomeRow struct {
	gaps.Outcome
	Name string `json:"institute_name"`
}

// GapOutcomes gives the table of outcomes; of one institute alone when that is named. Which rows are suppressed is decided over all.
func (n *Node) GapOutcomes(ctx context.Context, institute matching.ID, date *time.Time) (*GapOutcomes, error) {
	p, err := n.figuresOn(ctx, date)
	if err != nil {
		return nil, err
	}
	var all []gaps.Learnt
	err = n.figures.work(ctx, func(m *marketLedger) error {
		for _, list := range m.trained {
			for i := range list {
				if t := &list[i]; t.ended <= p.Day() {
					all = append(all, gaps.Learnt{Institute: matching.InstitutePrefix + "_" + t.institute.String(), Course: t.course, Batch: t.batch,
						Ended: t.ended, Woman: t.woman, Answers: t.answers})
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := &GapOutcomes{AsOf: p.asOf, Day: dayTime(p.Day())}
	names := map[string]string{}
	for _, o := range gaps.Outcomes(all, p.Day()) {
		if institute != "" && o.Institute != string(institute) {
			continue
		}
		name, known := names[o.Institute]
		if !known {
			i, err := n.store.Institute(ctx, matching.ID(o.Institute))
			if err != nil && fault.KindOf(err) != fault.NotFound {
				return nil, err
			}
			if err == nil {
				name = i.Name
			}
			names[o.Institute] = name
		}
		out.Rows = append(out.Rows, OutcomeRow{o, name})
	}
	return out, nil
}

// WaitingPerson is somebody who has searched for long: for who may see her record, and will call her.
type WaitingPerson struct {
	ID       matching.ID `json:"id"`
	Trade    string      `json:"trade"`
	Since    string      `json:"since" doc:"The day from which she searches"`
	Days     int32       `json:"days"`
	District string      `json:"district,omitempty"`
}

// GapWaiting are the people who have searched longest.
type GapWaiting struct {
	AsOf, Day time.Time
	People    []WaitingPerson
}

// GapWaiting gives the people of a trade, in a district ("" for all), who have searched longest, up to limit. It is about single persons.
func (n *Node) GapWaiting(ctx context.Context, trade, district string, limit int) (*GapWaiting, error) {
	number, known := n.ref.Catalogue.Number(trade)
	if !known {
		return nil, fault.Field("trade", "There is no such trade. Send a trade's slug.", n.ref.Catalogue.Nearest(trade)...)
	}
	if err := n.checkDistrict(district); err != nil {
		return nil, err
	}
	p, err := n.figuresOn(ctx, nil)
	if err != nil {
		return nil, err
	}
	var list []gaps.Waiting
	err = n.figures.work(ctx, func(m *marketLedger) error {
		list = m.Longest(number, district, p.Day(), limit)
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := &GapWaiting{AsOf: p.asOf, Day: dayTime(p.Day()), People: []WaitingPerson{}}
	for _, w := range list {
		g, err := n.store.Graduate(ctx, matching.ID(matching.GraduatePrefix+"_"+w.Key.String()))
		if err != nil && fault.KindOf(err) == fault.NotFound {
			continue // deleted meanwhile
		}
		if err != nil {
			return nil, err
		}
		person := WaitingPerson{ID: g.ID, Trade: trade, Since: dayTime(w.Since).Format(time.DateOnly), Days: p.Day() - w.Since}
		if d, ok := n.gazetteer().District(g.Home); ok {
			person.District = d.ID
		}
		out.People = append(out.People, person)
	}
	return out, nil
}

// SilentEmployer is an employer who has stopped answering, by name.
type SilentEmployer struct {
	gaps.Silent
	Name  string `json:"employer_name"`
	Last  string `json:"last_answer,omitempty" doc:"The day of its last answer; none when it never gave one"`
	Place string `json:"place,omitempty"`
}

// GapSilent are the employers who have stopped answering.
type GapSilent struct {
	AsOf, Day time.Time
	Employers []SilentEmployer
}

// GapSilent gives the employers who have let an application wait for 14 days and answered nothing since. It reads every application.
func (n *Node) GapSilent(ctx context.Context) (*GapSilent, error) {
	owners := map[ulid.ULID]matching.ID{}
	_, err := n.store.EachPosting(ctx, "", func(p *matching.Posting) error {
		owners[p.ID.ULID()] = p.Employer
		return nil
	})
	if err != nil {
		return nil, err
	}
	var all []gaps.Asked
	_, err = n.store.EachApplication(ctx, "", func(a *matching.Application) error {
		if since, answered, ok := awaited(a); ok {
			all = append(all, gaps.Asked{Employer: string(owners[a.Posting.ULID()]), Since: since, Answered: answered})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	today := n.figures.today()
	out := &GapSilent{AsOf: n.clock(), Day: dayTime(today), Employers: []SilentEmployer{}}
	for _, s := range gaps.StoppedAnswering(all, today) {
		e, err := n.store.Employer(ctx, matching.ID(s.Employer))
		if err != nil && fault.KindOf(err) == fault.NotFound {
			continue // of a posting that came while applications were read
		}
		if err != nil {
			return nil, err
		}
		silent := SilentEmployer{Silent: s, Name: e.Name, Place: e.Place}
		if s.Last != matching.NoDay {
			silent.Last = dayTime(s.Last).Format(time.DateOnly)
		}
		out.Employers = append(out.Employers, silent)
	}
	return out, nil
}

// awaited gives when an application began to await an answer, and when it got one; ok is false for one that she took back before.
func awaited(a *matching.Application) (since, answered int32, ok bool) {
	since, answered = matching.Day(a.InterestedAt()), matching.NoDay
	for i := len(a.Steps) - 1; i >= 0 && a.Steps[i].State != matching.Interested; i-- {
		if a.Steps[i].State == matching.Withdrew {
			answered = matching.NoDay
			ok = false
			continue
		}
		answered, ok = matching.Day(a.Steps[i].At), true
	}
	return since, answered, ok || a.State == matching.Interested
}

// GapMismatch is how badly people and vacancies are spread over trades and places.
type GapMismatch struct {
	AsOf, Day time.Time
	Rows      []gaps.Balance
}

// GapMismatch gives the mismatch within each place of a level, over the smaller places of another.
func (n *Node) GapMismatch(ctx context.Context, r GapsRequest, over string, resolution int) (*GapMismatch, error) {
	level, err := GapsLevel(r.By, r.Resolution)
	if err != nil {
		return nil, err
	}
	smaller, err := GapsLevel(over, resolution)
	if err != nil {
		return nil, err
	}
	if r.Trade == "" {
		r.Trade = gaps.AllTrades
	}
	p, err := n.figuresOn(ctx, r.Date)
	if err != nil {
		return nil, err
	}
	rows, err := p.Balances(r.Trade, level, smaller)
	if err != nil {
		return nil, err
	}
	return &GapMismatch{AsOf: p.asOf, Day: dayTime(p.Day()), Rows: append([]gaps.Balance{}, rows...)}, nil
}
