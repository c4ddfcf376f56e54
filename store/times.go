package store

import (
	"maps"
	"slices"
	"time"

	"rabta/matching"
)

// UTC gives t in UTC and in whole microseconds, the precision that every store keeps.
func UTC(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// GraduateTimes brings every time in a graduate to UTC and whole microseconds. What the record shares with copies of it is
// replaced and not written to.
func GraduateTimes(g *matching.Graduate) {
	g.Created, g.Updated = UTC(g.Created), UTC(g.Updated)
	g.AvailableFrom = utcOrNil(g.AvailableFrom)
	g.Consent.At = utcOrNil(g.Consent.At)
	g.Consent.Said = maps.Clone(g.Consent.Said)
	for purpose, said := range g.Consent.Said {
		said.At = UTC(said.At)
		g.Consent.Said[purpose] = said
	}
	if slices.ContainsFunc(g.Certificates, func(c matching.Certificate) bool { return c.Date != nil }) {
		g.Certificates = slices.Clone(g.Certificates)
		for i := range g.Certificates {
			g.Certificates[i].Date = utcOrNil(g.Certificates[i].Date)
		}
	}
}

// PostingTimes is GraduateTimes for a posting.
func PostingTimes(p *matching.Posting) {
	p.Created, p.Updated = UTC(p.Created), UTC(p.Updated)
	p.Posted, p.Expires = UTC(p.Posted), UTC(p.Expires)
	p.Starts = utcOrNil(p.Starts)
	if p.Conditions != nil {
		p.Conditions = maps.Clone(p.Conditions)
		for name, c := range p.Conditions {
			c.At = utcOrNil(c.At)
			p.Conditions[name] = c
		}
	}
}

// ApplicationTimes is GraduateTimes for an application.
func ApplicationTimes(a *matching.Application) {
	a.Created, a.Updated = UTC(a.Created), UTC(a.Updated)
	a.Steps = slices.Clone(a.Steps)
	for i := range a.Steps {
		a.Steps[i].At = UTC(a.Steps[i].At)
	}
}

func utcOrNil(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := UTC(*t)
	return &utc
}
