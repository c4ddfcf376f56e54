package node

import (
	"context"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// Applicant is an application as its posting's employer sees it: without the graduate's id, without what only she says, and with the
// figures of a candidate. Candidate is a pseudonym for this posting that does not change with it and stands on no other list: by the one
// that the list of candidates shows, an employer that changes its terms could watch one person come and go.
type Applicant struct {
	ID            matching.ID
	Version       int64
	Created       time.Time
	State         matching.State
	SharesContact bool
	Steps         []matching.Step
	Candidate     matching.ID
	Found         *Found // nil when the record says nothing of her trade any more
}

// applicantsVersion stands for the version of a posting in the pseudonyms of applicants; versions of postings count from 1.
const applicantsVersion = 0

func (n *Node) applicantName(a *matching.Application) matching.ID {
	return matching.ID(CandidatePrefix + "_" + n.keys.Pseudonym(a.Posting, applicantsVersion, a.Graduate.ULID()).String())
}

// Applicant gives one application as its employer sees it; fault.NotFound when she no longer agrees to be shown.
func (n *Node) Applicant(ctx context.Context, a *matching.Application, lang Language) (*Applicant, error) {
	p, err := n.store.Posting(ctx, a.Posting)
	if err != nil {
		return nil, err
	}
	g, err := n.store.Graduate(ctx, a.Graduate)
	if err != nil {
		return nil, err
	}
	if !g.Consent.Matching {
		return nil, fault.New(fault.NotFound, "node.Applicant", "There is no such application.")
	}
	shown := n.applicant(a, g, p, lang)
	return &shown, nil
}

// Applicants lists the applications for a posting as its employer sees them; next is where the following page begins, empty after the
// last. Those who no longer agree to be shown are left out, so that a page may be short.
func (n *Node) Applicants(ctx context.Context, p *matching.Posting, after matching.ID, limit int, lang Language) (list []Applicant, next matching.ID, err error) {
	applications, next, err := n.ApplicationsOf(ctx, p.ID, after, limit)
	if err != nil {
		return nil, "", err
	}
	for _, a := range applications {
		g, err := n.store.Graduate(ctx, a.Graduate)
		if fault.KindOf(err) == fault.NotFound && err != nil {
			continue // deleted since the list was read
		}
		if err != nil {
			return nil, "", err
		}
		if g.Consent.Matching {
			list = append(list, n.applicant(a, g, p, lang))
		}
	}
	return list, next, nil
}

func (n *Node) applicant(a *matching.Application, g *matching.Graduate, p *matching.Posting, lang Language) Applicant {
	return Applicant{ID: a.ID, Version: a.Version, Created: a.Created, State: a.State, SharesContact: a.SharesContact,
		Steps: stepsForEmployer(a.Steps), Candidate: n.applicantName(a), Found: n.asCandidate(a, g, p, lang)}
}

// stepsForEmployer leaves out what only her side says: why she went, and what she is paid.
func stepsForEmployer(steps []matching.Step) []matching.Step {
	shown := make([]matching.Step, len(steps))
	for i, s := range steps {
		if s.By != "employer" && s.By != "service" {
			s.Reason, s.Wage = "", nil
		}
		shown[i] = s
	}
	return shown
}

// asCandidate gives the figures of the trade that suits the posting best, measured as candidates are.
func (n *Node) asCandidate(a *matching.Application, g *matching.Graduate, p *matching.Posting, lang Language) *Found {
	opening, now := n.model().Opening(p, n.facts.of(p.Employer)), n.clock()
	metres := 0.0
	if !opening.Remote {
		metres = matching.Banded(geo.Distance(geo.Coarse(g.Home), opening.At))
	}
	var best *Found
	seekers := n.model().Seekers(g)
	for i := range seekers {
		s := &seekers[i]
		score := n.model().Score(s, &opening, metres, now)
		shown := matching.CandidateScore(score.Employer)
		if best != nil && shown <= best.Score {
			continue
		}
		trade := n.ref.Catalogue.At(s.Trade)
		best = &Found{ID: n.applicantName(a), Trade: trade.Slug, ISCO: trade.ISCO, Kind: opening.KindOfWork(), Score: shown,
			Why: n.model().ExplainCandidate(s, &opening, metres, score, string(lang)), Terms: candidateTermsOf(score)}
	}
	if best != nil && !opening.Remote {
		best.Distance = &metres
	}
	return best
}

// Contact is how a graduate is reached who said yes to a posting.
type Contact struct {
	Application matching.ID    `json:"application"`
	Candidate   matching.ID    `json:"candidate"` // as the list of applications names her
	State       matching.State `json:"state"`
	Name        string         `json:"name,omitempty"`
	Phone       string         `json:"phone,omitempty"`
	Whose       string         `json:"whose,omitempty"`
	SafeHours   string         `json:"safe_hours,omitempty"`
	Reach       string         `json:"reach,omitempty"`
	Text        string         `json:"text,omitempty"` // what she wrote with her application
}

// Contacts lists how those are reached who share their contact with a posting. Each person shown is an entry of the audit log, durable
// before this returns. Nobody is shown who has taken her yes back, whose application has ended, or who no longer agrees to be shown.
func (n *Node) Contacts(ctx context.Context, by Actor, posting, after matching.ID, limit int) (list []Contact, next matching.ID, err error) {
	_, err = n.store.Update(ctx, func(tx store.Tx) error {
		list, next = nil, "" // of an attempt before
		for from := after; ; {
			page, err := tx.ApplicationsOf(ctx, posting, from, limit)
			if err != nil {
				return err
			}
			for _, a := range page {
				from = a.ID
				c, err := n.contact(ctx, tx, by, a)
				if err != nil {
					return err
				}
				if c != nil {
					list = append(list, *c)
				}
				if len(list) == limit {
					next = from
					return nil
				}
			}
			if len(page) < limit {
				return nil
			}
		}
	})
	if err != nil {
		return nil, "", err
	}
	return list, next, nil
}

// contact opens one contact and notes the look; nil when it is not shared.
func (n *Node) contact(ctx context.Context, tx store.Tx, by Actor, a *matching.Application) (*Contact, error) {
	if !a.SharesContact || a.State.Ended() {
		return nil, nil
	}
	g, err := tx.Graduate(ctx, a.Graduate)
	if err != nil || !g.Consent.Matching {
		return nil, err
	}
	personal, err := tx.Personal(ctx, a.Graduate)
	if err != nil {
		return nil, err
	}
	text, err := tx.ApplicationText(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.AppendLook(ctx, by.look("list-contacts", a.Graduate, a.Posting)); err != nil {
		return nil, err
	}
	return &Contact{Application: a.ID, Candidate: n.applicantName(a), State: a.State, Name: personal.Name, Phone: personal.Phone,
		Whose: personal.Whose, SafeHours: personal.SafeHours, Reach: personal.Reach, Text: text}, nil
}
