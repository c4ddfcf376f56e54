package store

import (
	"time"

	"rabta/matching"
)

// Batch is a set of new records that become visible together. It bears the id of the import that it comes from.
type Batch struct {
	ID    matching.ID
	Begun time.Time
}
