package store_test

import (
	"testing"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
	"rabta/store"
)

func TestPseudonym(t *testing.T) {
	keys := store.NewKeys()
	posting, another := matching.ID("pst_01J80000000000000000000001"), matching.ID("pst_01J80000000000000000000002")
	person, neighbour := ulid.ULID{15: 1}, ulid.ULID{15: 2}
	name := keys.Pseudonym(posting, 1, person)
	for _, c := range []struct {
		name string
		got  ulid.ULID
		same bool
	}{
		{"asked again", keys.Pseudonym(posting, 1, person), true},
		{"after a rotation of the lookup key", keys.Rotated(store.LookupKey).Pseudonym(posting, 1, person), true},
		{"after a rotation of the sealing key", keys.Rotated(store.SealingKey).Pseudonym(posting, 1, person), true},
		{"another person", keys.Pseudonym(posting, 1, neighbour), false},
		{"another posting", keys.Pseudonym(another, 1, person), false},
		{"the posting changed", keys.Pseudonym(posting, 2, person), false},
		{"other keys", store.NewKeys().Pseudonym(posting, 1, person), false},
		{"the person herself", person, false},
	} {
		if (c.got == name) != c.same {
			t.Errorf("%s: %v and %v, want the same: %v", c.name, c.got, name, c.same)
		}
	}
}
