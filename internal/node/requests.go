package node

import (
	"time"

	"rabta/geo"
	"rabta/matching"
	"rabta/search"
)

// SearchRequest asks for live postings. The zero value asks for all of them, by id.
type SearchRequest struct {
	Text     string          // free text in any of three scripts; empty: filters alone
	Trade    string          // slug, exact; empty: any, and related trades of one that the text names
	Kind     matching.Kind   // empty: any
	Near     *geo.Point      // where to measure from; nil: nowhere
	Place    string          // a place's id or name, instead of Near
	Within   float64         // metres; 0: the default reach, widened while empty
	PayFrom  matching.Rupees // least monthly pay stated; 0: any
	OpenTo   matching.Gender // leaves out what is closed to this gender; empty: any
	Remote   bool            // remote postings only
	At       time.Time       // as of; zero: now
	Limit    int             // 0: 20; -1: all
	Cursor   string          // of an earlier answer to the same request
	Language Language        // of the sentences
	Brief    bool            // without the records of the postings
}

// SearchResult is one page of postings with everything that a person needs to go on.
type SearchResult struct {
	AsOf       time.Time          `json:"as_of"`
	Total      int                `json:"total"` // in reach, over all pages
	Reach      Reach              `json:"reach"`
	Results    []Found            `json:"results"`
	Facets     *Facets            `json:"facets,omitempty"`
	Understood *search.Understood `json:"understood,omitempty"`
	Next       string             `json:"next,omitempty"`    // cursor of the next page
	Partial    bool               `json:"partial,omitempty"` // the records of the postings could not be read just now
}

// Reach is the ladder: how much there is, how near, whatever radius was asked for.
type Reach struct {
	Near     *geo.Point  `json:"near,omitempty"`     // from where distances are
	Place    *PlaceTaken `json:"place,omitempty"`    // that Near is of, where a place was named
	WithinM  float64     `json:"within_m,omitempty"` // the radius that the results lie in; 0: the whole country
	Widened  bool        `json:"widened,omitempty"`  // the default radius was empty, so this is the nearest that is not
	Rings    []Ring      `json:"rings,omitempty"`    // cumulative, by rising radius
	District *InPlace    `json:"district,omitempty"` // the district of Near
	Remote   int         `json:"remote"`
	Note     string      `json:"note,omitempty"` // why nothing is in reach, and what to do, where nothing is
}

// Ring is how many lie within a radius.
type Ring struct {
	WithinM float64 `json:"within_m"`
	Count   int     `json:"count"`
}

// InPlace is how many lie in a place.
type InPlace struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Found is one result. Distance is nil when remote, or when no point was given.
type Found struct {
	ID       matching.ID       `json:"id"`
	Trade    string            `json:"trade"`
	ISCO     string            `json:"isco"`
	Kind     matching.Kind     `json:"kind,omitempty"`
	Distance *float64          `json:"distance_m"`
	Score    float64           `json:"score"`
	Why      string            `json:"why"`
	Terms    Terms             `json:"terms,omitempty"`
	Views    *Views            `json:"views,omitempty"`
	Posting  *matching.Posting `json:"posting,omitempty"` // shared: not to be changed. Shown by the API; the command line leaves it out
	Record   *Record           `json:"-"`                 // that Posting is of; nil without it
	Employer string            `json:"employer,omitempty"`
	Notes    []string          `json:"notes,omitempty"` // labels: under the minimum wage of its province and date
}

// Views are the two sides of a match.
type Views struct {
	Graduate float64 `json:"graduate"`
	Employer float64 `json:"employer"`
}

// Facets count the whole result set, over all pages.
type Facets struct {
	Trades map[string]int        `json:"trades"`
	Kinds  map[matching.Kind]int `json:"kinds"`
}

// MatchRequest asks for the matches of one graduate, or the candidates of one posting.
type MatchRequest struct {
	ID       matching.ID
	Within   float64 // metres; 0: as far as the graduate will go
	At       time.Time
	Limit    int // 0: 20; -1: all
	Cursor   string
	Language Language
	Brief    bool               // without the records of the postings
	Graduate *matching.Graduate // her record of ID, where the caller has just read it; nil: it is read
	Posting  *matching.Posting  // the same, for candidates
	Rewrites bool               // who asks writes pages down, and takes one that was written before for the same
	Named    bool               // candidates by their own id instead of a pseudonym: for staff on the machine itself
}

// MatchResult is one page of matches: of postings for a graduate, or of candidates for a posting, who go by pseudonym.
type MatchResult struct {
	AsOf    time.Time `json:"as_of"`
	Total   int       `json:"total"`
	Reach   Reach     `json:"reach"`
	Results []Found   `json:"results"`
	Next    string    `json:"next,omitempty"`
	Partial bool      `json:"partial,omitempty"` // as of a search

	// Written is the page as Keep was given it, in the place of Total, Reach and Results; nil: they are here. It is shared: not to be changed.
	Written []byte `json:"-"`

	room    *pageRoom // of Results; nil: nobody else's
	keeping *keeping  // nil: it is not to be kept
}
