package store

import (
	"time"

	"rabta/matching"
)

// ReplyLife is how long the outcome of a request is kept under its Idempotency-Key.
const ReplyLife = 7 * 24 * time.Hour

// Reply is the outcome of a changing request, kept with the change so that the request sent again is answered alike and done once. The
// answer itself is not kept: it is built again from the record. Neither the key nor the body that were sent are kept in the clear.
type Reply struct {
	Subject   string // who sent it; a digest, since it may be a person
	Operation string // the operation's id: "create-graduate"
	Key       []byte // Keys.Digest of the Idempotency-Key, 32 bytes
	Body      []byte // Keys.Digest of the request's path and body, 32 bytes
	Status    int    // of the answer
	ID        matching.ID
	Version   int64
	Position  Position // of the change; set by the store when it is read
	At        time.Time
}
