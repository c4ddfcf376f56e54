package node

import (
	"context"
	"maps"
	"sync"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/matching/trades"
	"rabta/search"
)

// employerFacts are the facts of every employer that is known, which openings are judged by, and whose postings are whose.
type employerFacts struct {
	mu    sync.RWMutex
	facts map[matching.ID]matching.EmployerFacts
}

func (e *employerFacts) of(id matching.ID) matching.EmployerFacts {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.facts[id]
}

// set keeps the facts of some employers.
func (e *employerFacts) set(facts map[matching.ID]matching.EmployerFacts) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.facts == nil {
		e.facts = map[matching.ID]matching.EmployerFacts{}
	}
	maps.Copy(e.facts, facts)
}

// forget drops all facts.
func (e *employerFacts) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.facts = nil
}

// postingRow gives a posting's row of the board, and nil for one that no list may hold.
func (n *Node) postingRow(p *matching.Posting) *board.Posting {
	return n.judgedRow(p, n.facts.of(p.Employer))
}

// judgedRow is postingRow by given facts of the employer. A trade that is not in the catalogue, as another release may write, has no
// name to be listed by: its posting is on no list of this node, as a person with such trades alone is on none.
func (n *Node) judgedRow(p *matching.Posting, facts matching.EmployerFacts) *board.Posting {
	opening := n.model().Opening(p, facts)
	if !opening.Open || opening.Trade == trades.None {
		return nil
	}
	row := board.Posting{Opening: opening}
	if p.Location != nil {
		row.District = n.districtNumber(*p.Location)
	}
	return &row
}

// graduateRows gives a graduate's rows of the board: none unless she is searching and agrees to be shown.
func (n *Node) graduateRows(g *matching.Graduate) []board.Graduate {
	if g.Status != matching.Searching || !g.Consent.Matching {
		return nil
	}
	return board.GraduateRows(n.model().Seekers(g))
}

// postingDocument gives what the index knows of a posting.
func (n *Node) postingDocument(p *matching.Posting) search.Document {
	d := search.Document{ID: p.ID, Noun: search.NounPosting, Trade: p.Trade, Kind: string(p.Kind), Title: p.Title,
		Description: p.Description, Employer: p.Employer}
	if p.Location != nil {
		d.At = p.Location
	}
	d.Names = n.namesOf([]string{p.Trade}, append(append([]string{}, p.Required...), p.Preferred...))
	return d
}

// graduateDocument gives what the index knows of a graduate: trades, skills, and the coarse cell of her home.
func (n *Node) graduateDocument(g *matching.Graduate) search.Document {
	coarse := geo.Coarse(g.Home)
	d := search.Document{ID: g.ID, Noun: search.NounGraduate, At: &coarse}
	var held, skills []string
	for _, t := range g.Trades {
		held, skills = append(held, t.Trade), append(skills, t.Skills...)
	}
	if len(held) > 0 {
		d.Trade = held[0]
	}
	d.Names = n.namesOf(held, skills)
	return d
}

func (n *Node) namesOf(tradeSlugs, skillSlugs []string) []string {
	var names []string
	add := func(of trades.Names) { names = append(names, of.En, of.Ur, of.Roman) }
	for _, slug := range tradeSlugs {
		if t, ok := n.ref.Catalogue.Trade(slug); ok {
			add(t.Names)
		}
	}
	for _, slug := range skillSlugs {
		if s, ok := n.ref.Catalogue.Skill(slug); ok {
			add(s.Names)
		}
	}
	return names
}

// loadFacts reads the facts of every employer.
func (n *Node) loadFacts(ctx context.Context) error {
	facts := map[matching.ID]matching.EmployerFacts{}
	_, err := n.store.EachEmployer(ctx, "", func(e *matching.Employer) error {
		facts[e.ID] = e.Facts()
		return nil
	})
	n.facts.set(facts)
	return err
}
