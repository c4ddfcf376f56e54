package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"strconv"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// Pseudonym names a graduate on the list of candidates of one version of a posting: HMAC-SHA256 under a key derived from the first
// lookup key, cut to 128 bits. The same person has another pseudonym on every posting, and without the key none leads back to her.
//
// A changed posting is another version and names everybody anew. Else an employer that changes what it offers (pay, open_to,
// transport) and changes it back could watch one pseudonym come and go, and read from it a gender, a need or a lowest pay.
//
// A rotation of keys must keep the first lookup key in the file: with another first key every candidate has another name.
func (k *Keys) Pseudonym(posting matching.ID, version int64, graduate ulid.ULID) ulid.ULID {
	purpose := "rabta pseudonym " + string(posting) + " " + strconv.FormatInt(version, 10)
	h := hmac.New(sha256.New, derive(k.lookup[0].Key, purpose))
	h.Write(graduate[:])
	var name ulid.ULID
	copy(name[:], h.Sum(nil))
	return name
}
