package store

import (
	"time"

	"rabta/matching"
)

// DuplicateState is what staff have said of a pair.
type DuplicateState string

// The states of a pair. One that was merged is gone with the record that was merged away.
const (
	DuplicateOpen     DuplicateState = "open"     // proposed
	DuplicateDistinct DuplicateState = "distinct" // two people: not proposed again
)

// The reasons for which a pair is proposed.
const (
	SamePhoneAndName = "phone-and-name" // one phone, and names that sound alike
	SameCNIC         = "cnic"
)

// Duplicate is a pair of records that may be of one person. First sorts before Second; the store orders them.
type Duplicate struct {
	First, Second matching.ID
	Why           string
	State         DuplicateState
	At            time.Time // of the last change; set by the store
	By            string    // who decided: role and subject; empty while open
}
