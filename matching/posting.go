package matching

import (
	"time"

	"rabta/geo"
)

// Posting is an employer's demand for people of a trade.
type Posting struct {
	ID           ID            `json:"id"`
	Version      int64         `json:"version"`
	Created      time.Time     `json:"created"`
	Updated      time.Time     `json:"updated"`
	Source       string        `json:"source,omitempty"`
	ExternalID   string        `json:"external_id,omitempty"`
	Employer     ID            `json:"employer"`
	Kind         Kind          `json:"kind"`
	Workplace    Workplace     `json:"workplace"`
	Trade        string        `json:"trade"` // slug
	Title        string        `json:"title"`
	Description  string        `json:"description,omitempty"`
	Required     []string      `json:"required,omitempty"`  // skills' slugs
	Preferred    []string      `json:"preferred,omitempty"` // skills' slugs
	Level        int           `json:"level,omitempty"`     // NVQF level asked; 0 is none
	Months       int           `json:"months,omitempty"`    // of experience asked; 0 is none
	Vacancies    int           `json:"vacancies"`           // left to fill
	Pay          *Pay          `json:"pay,omitempty"`
	Location     *geo.Point    `json:"location,omitempty"` // exact; nil when remote
	Place        string        `json:"place,omitempty"`    // place id of the location's town or district
	Province     string        `json:"province,omitempty"` // place id; of the employer when remote and known
	Schooling    string        `json:"schooling,omitempty"`
	Licences     []string      `json:"licences,omitempty"`
	Starts       *time.Time    `json:"starts,omitempty"`
	DurationDays int           `json:"duration_days,omitempty"`
	HoursPerWeek int           `json:"hours_per_week,omitempty"`
	Shift        string        `json:"shift,omitempty"` // day, evening, night, rotating
	Season       string        `json:"season,omitempty"`
	Conditions   Conditions    `json:"conditions,omitempty"`
	OpenTo       OpenTo        `json:"open_to,omitempty"`
	Urgent       bool          `json:"urgent,omitempty"`
	PartTime     bool          `json:"part_time,omitempty"`
	Posted       time.Time     `json:"posted"`
	Expires      time.Time     `json:"expires"`
	Status       PostingStatus `json:"status"`
}

// Conditions are the conditions of work that a posting states; a name that is missing is unknown.
type Conditions map[ConditionName]Condition

// Condition is one stated condition, with who said so and when.
type Condition struct {
	Answer Answer     `json:"answer"`
	By     string     `json:"by,omitempty"` // employer, officer, worker
	At     *time.Time `json:"at,omitempty"`
}

// Of gives the answer for a condition, Unknown when nothing was said.
func (c Conditions) Of(name ConditionName) Answer {
	if a := c[name].Answer; a != "" {
		return a
	}
	return Unknown
}

// vouched tells whether somebody other than the employer answered a condition with yes.
func (c Conditions) vouched(name ConditionName) bool {
	said := c[name]
	return said.Answer == Yes && (said.By == "officer" || said.By == "worker")
}

// PostingStatus is what the employer and the staff have decided about a posting. Live is derived from it.
type PostingStatus string

// The statuses of a posting.
const (
	Draft         PostingStatus = "draft"
	Held          PostingStatus = "held" // kept back by staff
	Open          PostingStatus = "open"
	PostingPaused PostingStatus = "paused"
	Filled        PostingStatus = "filled"
	Closed        PostingStatus = "closed"
	Withdrawn     PostingStatus = "withdrawn"
)

// PostingStatuses lists every status of a posting.
var PostingStatuses = [...]PostingStatus{Draft, Held, Open, PostingPaused, Filled, Closed, Withdrawn}

// Live tells whether a search may return the posting at time now: open, with vacancies left, posted and not yet expired.
func (p *Posting) Live(now time.Time) bool {
	return p.Status == Open && p.Vacancies > 0 && !p.Posted.After(now) && p.Expires.After(now)
}
