package matching

import (
	"maps"
	"time"
)

// Purpose is what a graduate may agree to. Each is asked for by itself and may be taken back by itself.
type Purpose string

// The purposes.
const (
	ToMatching Purpose = "matching" // shown to employers under a pseudonym; without it she is on no list
	ToOfficer  Purpose = "officer"  // an officer may act for her
	ToMessages Purpose = "messages" // texts and calls about work
	ToResearch Purpose = "research" // counted beyond the programme's own statistics
)

// Purposes lists every purpose.
var Purposes = [...]Purpose{ToMatching, ToOfficer, ToMessages, ToResearch}

// Consent is what a graduate has agreed to. What is false she has not agreed to, or has taken back.
type Consent struct {
	Matching bool             `json:"matching"`
	Officer  bool             `json:"officer"`
	Messages bool             `json:"messages,omitempty"`
	Research bool             `json:"research,omitempty"`
	At       *time.Time       `json:"at,omitempty"`   // of the last change of any
	Said     map[Purpose]Said `json:"said,omitempty"` // of each; records from before it was kept have At alone
}

// Said is when a purpose was last agreed to or taken back, and by which role's token: her own, or that of whoever asked her.
type Said struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
}

// Given tells whether she agrees to a purpose; to one that does not exist nobody does.
func (c *Consent) Given(p Purpose) bool {
	if given := c.of(p); given != nil {
		return *given
	}
	return false
}

// Say sets a purpose and notes who said so and when. What is said again as it was keeps its first time.
func (c *Consent) Say(p Purpose, given bool, by string, at time.Time) {
	now := c.of(p)
	_, known := c.Said[p]
	if now == nil || known && *now == given || c.At != nil && !known && *now == given {
		return
	}
	*now, c.At = given, &at
	said := maps.Clone(c.Said) // a copy of the record shares it
	if said == nil {
		said = map[Purpose]Said{}
	}
	said[p] = Said{At: at, By: by}
	c.Said = said
}

func (c *Consent) of(p Purpose) *bool {
	switch p {
	case ToMatching:
		return &c.Matching
	case ToOfficer:
		return &c.Officer
	case ToMessages:
		return &c.Messages
	case ToResearch:
		return &c.Research
	}
	return nil
}
