package store

import (
	"crypto/hmac"
	"crypto/sha256"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// Pseudonym names a graduate on one posting's list of candidates: HMAC-SHA256 of both under a key derived from the first lookup
// key, cut to 128 bits. The same person has another pseudonym on every posting, and without the key none leads back to her.
// Rotating keys keeps it, since the first key stays in the file.
func (k *Keys) Pseudonym(posting matching.ID, graduate ulid.ULID) ulid.ULID {
	h := hmac.New(sha256.New, derive(k.lookup[0].Key, "rabta pseudonym "+string(posting)))
	h.Write(graduate[:])
	var name ulid.ULID
	copy(name[:], h.Sum(nil))
	return name
}
