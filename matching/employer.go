package matching

import (
	"time"

	"rabta/geo"
)

// Employer is whoever posts demand: a household, a thekedar and an unregistered workshop are employers too.
type Employer struct {
	ID         ID         `json:"id"`
	Version    int64      `json:"version"`
	Created    time.Time  `json:"created"`
	Updated    time.Time  `json:"updated"`
	Source     string     `json:"source,omitempty"`
	ExternalID string     `json:"external_id,omitempty"`
	Name       string     `json:"name"`
	Kind       string     `json:"kind"` // company, workshop, household, thekedar, shop…
	Location   *geo.Point `json:"location,omitempty"`
	Place      string     `json:"place,omitempty"` // place id
	Verified   bool       `json:"verified"`
	Asked      int        `json:"asked"`    // how many applications awaited an answer
	Answered   int        `json:"answered"` // how many of them got one
}

// EmployerContact is how an employer is reached; sealed in the store as a graduate's Personal is.
type EmployerContact struct {
	Person string `json:"person,omitempty"`
	Phone  string `json:"phone,omitempty"`
	Email  string `json:"email,omitempty"`
}

// Institute is a place that trains people.
type Institute struct {
	ID         ID         `json:"id"`
	Version    int64      `json:"version"`
	Created    time.Time  `json:"created"`
	Updated    time.Time  `json:"updated"`
	Source     string     `json:"source,omitempty"`
	ExternalID string     `json:"external_id,omitempty"`
	Name       string     `json:"name"`
	Location   *geo.Point `json:"location,omitempty"`
	Place      string     `json:"place,omitempty"`
	Programmes []string   `json:"programmes,omitempty"`
}
