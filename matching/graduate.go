package matching

import (
	"maps"
	"slices"
	"time"

	"rabta/geo"
)

// Graduate is a person who has learnt a trade, of a course, of an ustad or of experience. It holds nothing that names her:
// that is Personal, which lives sealed in the store. Home is the centre of the resolution-9 cell of where she lives; all
// matching, distances and staff's exports use it.
type Graduate struct {
	ID            ID            `json:"id"`
	Version       int64         `json:"version"`
	Created       time.Time     `json:"created"`
	Updated       time.Time     `json:"updated"`
	Source        string        `json:"source,omitempty"`      // of an imported record: who sent it
	ExternalID    string        `json:"external_id,omitempty"` // unique for its source
	Institute     ID            `json:"institute,omitempty"`   // whose roster she is on
	Gender        Gender        `json:"gender,omitempty"`
	BirthDecade   int           `json:"birth_decade,omitempty"` // 1990 for the nineties; 0 is not told
	Trades        []TradeHeld   `json:"trades"`                 // the first is the main one
	Certificates  []Certificate `json:"certificates,omitempty"`
	Schooling     string        `json:"schooling,omitempty"` // a code of the schooling table
	OwnTools      Answer        `json:"own_tools,omitempty"`
	Licences      []string      `json:"licences,omitempty"` // driving licence classes
	Home          geo.Point     `json:"home"`
	Travel        Travel        `json:"travel"`
	Kinds         []Kind        `json:"kinds,omitempty"`      // empty: any
	LowestPay     *LowestPay    `json:"lowest_pay,omitempty"` // never shown to an employer
	AvailableFrom *time.Time    `json:"available_from,omitempty"`
	Languages     []Language    `json:"languages,omitempty"`
	Needs         []Need        `json:"needs,omitempty"`          // never shown to an employer
	ConfirmedOnly bool          `json:"confirmed_only,omitempty"` // drops postings that leave a need unanswered
	AcceptsLiving bool          `json:"accepts_living_in,omitempty"`
	Consent       Consent       `json:"consent"`
	Status        Status        `json:"status"`
}

// Clone gives a copy that shares nothing with the record that could be changed.
func (g *Graduate) Clone() *Graduate {
	c := *g
	c.Trades = slices.Clone(g.Trades)
	for i := range c.Trades {
		c.Trades[i].Skills, c.Trades[i].Months = slices.Clone(c.Trades[i].Skills), pointee(c.Trades[i].Months)
	}
	c.Certificates = slices.Clone(g.Certificates)
	for i := range c.Certificates {
		c.Certificates[i].Date = pointee(c.Certificates[i].Date)
	}
	c.Licences, c.Kinds, c.Languages, c.Needs = slices.Clone(g.Licences), slices.Clone(g.Kinds), slices.Clone(g.Languages), slices.Clone(g.Needs)
	c.Travel.Modes = slices.Clone(g.Travel.Modes)
	c.LowestPay, c.AvailableFrom = pointee(g.LowestPay), pointee(g.AvailableFrom)
	c.Consent.At, c.Consent.Said = pointee(g.Consent.At), maps.Clone(g.Consent.Said)
	return &c
}

// pointee gives a pointer to a copy of what another points to.
func pointee[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

// Status is whether a graduate looks for work.
type Status string

// The statuses of a graduate.
const (
	Searching Status = "searching"
	Placed    Status = "placed"
	Paused    Status = "paused"
)

// Learnt is how a trade was learnt.
type Learnt string

// The ways of learning a trade.
const (
	LearntInstitute Learnt = "institute"
	LearntAssessed  Learnt = "prior-learning" // prior learning assessed
	LearntUstad     Learnt = "ustad"
	LearntFamily    Learnt = "family"
	LearntSelf      Learnt = "self"
)

// TradeHeld is one trade of a graduate.
type TradeHeld struct {
	Trade  string   `json:"trade"`            // slug
	Skills []string `json:"skills,omitempty"` // slugs
	Level  int      `json:"level,omitempty"`  // NVQF level 1 to 8; 0 is not told
	Months *int     `json:"months,omitempty"` // of experience; nil is not told
	Learnt Learnt   `json:"learnt,omitempty"`
}

// Certificate is a paper that a graduate holds.
type Certificate struct {
	Programme string     `json:"programme"`
	Institute ID         `json:"institute,omitempty"`
	Course    string     `json:"course,omitempty"` // a trade's slug
	Batch     string     `json:"batch,omitempty"`
	Date      *time.Time `json:"date,omitempty"`
	Verified  bool       `json:"verified"`
}

// Travel is how far a graduate will go to work, and how.
type Travel struct {
	MaxMetres float64 `json:"max_metres,omitempty"` // 0 is not told: the model's default holds
	Modes     []Mode  `json:"modes,omitempty"`      // empty is not told: by road at the default decay
}

// LowestPay is the least that a graduate would accept, after travel.
type LowestPay struct {
	Amount Rupees  `json:"amount"`
	Unit   PayUnit `json:"unit"` // hour, day or month
}

// Language is a language that a graduate speaks, and whether she reads it.
type Language struct {
	Code  string `json:"code"`
	Reads bool   `json:"reads"`
}

// Personal is what names a graduate or reaches her. It is sealed in the store and never in an index, a log, a URL or a statistic.
type Personal struct {
	Name      string `json:"name,omitempty"`
	Phone     string `json:"phone,omitempty"`
	Whose     string `json:"whose,omitempty"`      // whose phone it is: own, father, neighbour…
	SafeHours string `json:"safe_hours,omitempty"` // when it is safe to call
	Reach     string `json:"reach,omitempty"`      // text or voice
	CNIC      string `json:"cnic,omitempty"`
	Address   string `json:"address,omitempty"`
}
