package layout

import "time"

// Undo takes back, when a transaction does not commit, what was set in the records given to it.
type Undo []func()

// Stamp sets what a Put sets in a record.
func (u *Undo) Stamp(s Stamp, version int64, created, updated time.Time) {
	was, wasCreated, wasUpdated := *s.Version, *s.Created, *s.Updated
	*u = append(*u, func() { *s.Version, *s.Created, *s.Updated = was, wasCreated, wasUpdated })
	*s.Version, *s.Created, *s.Updated = version, created, updated
}

// Set sets a record to what was stored.
func Set[T any](u *Undo, record *T, stored T) {
	was := *record
	*u = append(*u, func() { *record = was })
	*record = stored
}

// Run takes everything back, the last first.
func (u Undo) Run() {
	for i := len(u) - 1; i >= 0; i-- {
		u[i]()
	}
}
