package api

import (
	"slices"
	"sync"
	"time"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/search"
)

// Offer is one posting in a list: how far it is, how well it fits and why, and what there is to know of it at a glance.
type Offer struct {
	ID       matching.ID   `json:"id"`
	Trade    string        `json:"trade" doc:"Slug"`
	ISCO     string        `json:"isco" doc:"ISCO-08 unit group"`
	Kind     matching.Kind `json:"kind,omitempty"`
	Distance *float64      `json:"distance_m" doc:"Great-circle metres; null when remote, or when no point was given"`
	Score    float64       `json:"score"`
	Why      string        `json:"why" doc:"Why this match, made from the terms of the score"`
	Terms    node.Terms    `json:"terms,omitempty" doc:"The terms of the score, each at most 1"`
	Views    *node.Views   `json:"views,omitempty"`
	Employer string        `json:"employer,omitempty" doc:"Name of the employer"`
	Notes    []string      `json:"notes,omitempty" nullable:"false"`
	Posting  *Summary      `json:"posting,omitempty"`
}

// Summary is a posting without its description.
type Summary struct {
	Employer   matching.ID         `json:"employer"`
	Title      string              `json:"title"`
	Workplace  matching.Workplace  `json:"workplace"`
	Vacancies  int                 `json:"vacancies"`
	Pay        *matching.Pay       `json:"pay,omitempty" doc:"Left out where the employer does not say"`
	Place      string              `json:"place,omitempty"`
	Province   string              `json:"province,omitempty"`
	Conditions matching.Conditions `json:"conditions,omitempty" doc:"What the employer says of the work; what is missing is not known"`
	OpenTo     matching.OpenTo     `json:"open_to,omitempty"`
	Starts     *time.Time          `json:"starts,omitempty"`
	Urgent     bool                `json:"urgent,omitempty"`
	PartTime   bool                `json:"part_time,omitempty"`
	Posted     time.Time           `json:"posted"`
	Expires    time.Time           `json:"expires"`

	text []byte // it as JSON; nil: not written yet
}

// OfferPage is one page of postings.
type OfferPage struct {
	AsOf       time.Time          `json:"as_of" doc:"The moment that the list is of; its later pages are of the same"`
	Total      int                `json:"total" doc:"In reach, over all pages"`
	Reach      node.Reach         `json:"reach"`
	Results    []Offer            `json:"results" nullable:"false"`
	Facets     *node.Facets       `json:"facets,omitempty"`
	Understood *search.Understood `json:"understood,omitempty" doc:"How the query was read"`
	Next       string             `json:"next,omitempty" doc:"cursor of the next page; none on the last"`
	Partial    bool               `json:"partial,omitempty" doc:"The records of the postings could not be read just now: what is listed is right, and its details are missing"`

	room *[]Offer          // that Results lie in
	from *node.MatchResult // that they were made from; nil: of a search
}

// offerRooms are the memory of lists that have been written, to be used again.
var offerRooms = sync.Pool{New: func() any { return new([]Offer) }}

// list puts results into a page.
func (p *OfferPage) list(found []node.Found) {
	p.room = offerRooms.Get().(*[]Offer)
	p.Results = offers(*p.room, found)
}

// release gives back the memory of a page that has been written.
func (p OfferPage) release() {
	if p.room == nil {
		return
	}
	clear(p.Results)
	*p.room = p.Results[:0]
	offerRooms.Put(p.room)
	if p.from != nil {
		p.from.Done()
	}
}

// offers makes a list in the room that there is, which holds no more than a page.
func offers(room []Offer, found []node.Found) []Offer {
	list := slices.Grow(room[:0], len(found))[:len(found)]
	for i := range found {
		f := &found[i]
		list[i] = Offer{ID: f.ID, Trade: f.Trade, ISCO: f.ISCO, Kind: f.Kind, Distance: f.Distance, Score: f.Score, Why: f.Why,
			Terms: f.Terms, Views: f.Views, Employer: f.Employer, Notes: f.Notes, Posting: summaryOf(f)}
	}
	return list
}

func summarize(p *matching.Posting) *Summary {
	return &Summary{Employer: p.Employer, Title: p.Title, Workplace: p.Workplace, Vacancies: p.Vacancies, Pay: p.Pay, Place: p.Place,
		Province: p.Province, Conditions: p.Conditions, OpenTo: p.OpenTo, Starts: p.Starts, Urgent: p.Urgent, PartTime: p.PartTime,
		Posted: p.Posted, Expires: p.Expires}
}

// Candidate is a graduate as an employer sees her: under a pseudonym that differs from posting to posting, by distance in whole
// kilometres from about where she lives, and without what she needs, what she would accept, her gender or her age. The type has
// no field in which any of them could stand.
type Candidate struct {
	ID       matching.ID `json:"id" doc:"A pseudonym, for this posting alone"`
	Trade    string      `json:"trade"`
	ISCO     string      `json:"isco"`
	Distance *float64    `json:"distance_m" doc:"Whole kilometres rounded up, in metres, from the middle of about 5 km²; null when remote"`
	Score    float64     `json:"score"`
	Why      string      `json:"why"`
	Terms    node.Terms  `json:"terms,omitempty" doc:"Rounded"`
}

// CandidatePage is one page of candidates.
type CandidatePage struct {
	AsOf    time.Time   `json:"as_of"`
	Total   int         `json:"total"`
	Reach   node.Reach  `json:"reach"`
	Results []Candidate `json:"results" nullable:"false"`
	Next    string      `json:"next,omitempty"`
}

func candidates(found []node.Found) []Candidate {
	list := make([]Candidate, len(found))
	for i, f := range found {
		list[i] = Candidate{ID: f.ID, Trade: f.Trade, ISCO: f.ISCO, Distance: f.Distance, Score: f.Score, Why: f.Why, Terms: f.Terms}
	}
	return list
}
