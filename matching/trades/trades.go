// Package trades is the catalogue: what trades there are, the skills that make them, and how trades relate. A Catalogue is
// immutable and safe for any number of readers. It knows no graduate and no posting; it is filled from the tables of seed.
package trades

// Names are one thing's names in the three scripts, as shown to a person.
type Names struct {
	En    string `json:"en"`
	Ur    string `json:"ur"`
	Roman string `json:"roman"`
}

// Trade is an occupation that Pakistan's programmes teach or its employers ask for.
type Trade struct {
	Slug     string     `json:"slug"`
	ISCO     string     `json:"isco"`   // ISCO-08 unit group, four digits
	Sector   string     `json:"sector"` // slug of its trade group
	Names    Names      `json:"names"`
	Synonyms []string   `json:"synonyms,omitempty"` // other names in any script, fit to show
	FindOnly []string   `json:"-"`                  // names that are found and never shown
	Skills   []Skilled  `json:"skills"`
	Related  []Relation `json:"related,omitempty"` // by falling relatedness, then slug
}

// Skilled is a skill as one trade needs it.
type Skilled struct {
	Skill     string `json:"skill"` // slug
	Essential bool   `json:"essential"`
}

// Skill is something that a person can do and a workshop would ask for.
type Skill struct {
	Slug  string `json:"slug"`
	Names Names  `json:"names"`
}

// Relation says how near another trade is: in (0,1), the same both ways.
type Relation struct {
	Trade       string  `json:"trade"`
	Relatedness float64 `json:"relatedness"`
}

// SharedWord is a word that many trades share (mistri, operator, helper), with how often each is meant.
type SharedWord struct {
	Word   string
	Script string // en, ur or roman
	Trades []Weighted
}

// Weighted is a trade with the weight in (0,1] that a word gives it.
type Weighted struct {
	Trade  string
	Weight float64
}
