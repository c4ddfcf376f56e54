package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
)

// chain makes n entries as a store would.
func chain(k *Keys, n int) []Look {
	var looks []Look
	var before []byte
	for i := range n {
		l := Look{Number: uint64(i + 1), At: time.UnixMicro(int64(i) * 1e6).UTC(), Role: "employer", Subject: "emp_1", Action: "list-contacts",
			Graduate: matching.ID(fmt.Sprintf("grd_%d", i)), Posting: "pst_1"}
		l.MAC = k.AuditMAC(before, &l)
		before = l.MAC
		looks = append(looks, l)
	}
	return looks
}

// firstWrong gives the number of the first entry that does not follow, 0 when all do.
func firstWrong(k *Keys, looks []Look) int {
	var last *Look
	for i := range looks {
		if err := k.CheckLook(last, &looks[i]); err != nil {
			if fault.KindOf(err) != fault.Conflict {
				panic(err)
			}
			return i + 1
		}
		last = &looks[i]
	}
	return 0
}

func TestAChangedAuditLogIsNoticed(t *testing.T) {
	k := NewKeys()
	if n := firstWrong(k, chain(k, 5)); n != 0 {
		t.Fatalf("a sound chain is called wrong at %d", n)
	}
	if n := firstWrong(k.Rotated(LookupKey).Rotated(SealingKey), chain(k, 5)); n != 0 {
		t.Fatalf("after a rotation of keys it is called wrong at %d", n)
	}
	tests := []struct {
		name   string
		change func([]Look) []Look
	}{
		{"another graduate", func(l []Look) []Look { l[2].Graduate = "grd_9"; return l }},
		{"another time", func(l []Look) []Look { l[2].At = l[2].At.Add(time.Microsecond); return l }},
		{"text moved from one field to the next", func(l []Look) []Look { l[2].Role, l[2].Subject = "employe", "remp_1"; return l }},
		{"one left out", func(l []Look) []Look { return slices.Delete(l, 2, 3) }},
		{"one left out and the rest numbered anew", func(l []Look) []Look {
			l = slices.Delete(l, 2, 3)
			l[2].Number, l[3].Number = 3, 4
			return l
		}},
		{"two changed places", func(l []Look) []Look { l[2], l[3] = l[3], l[2]; return l }},
		{"one put in between", func(l []Look) []Look { return slices.Insert(l, 2, l[1]) }},
		{"written anew without the key", func(l []Look) []Look {
			l[2].Graduate = "grd_9"
			l[2].MAC = NewKeys().AuditMAC(l[1].MAC, &l[2])
			return l
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if n := firstWrong(k, tt.change(chain(k, 5))); n != 3 {
				t.Errorf("noticed at %d, want 3", n)
			}
		})
	}
}

func TestDigestsTellPurposesAndPartsApart(t *testing.T) {
	k := NewKeys()
	one := k.Digest("reply key", []byte("ab"), []byte("c"))
	for name, other := range map[string][]byte{
		"another purpose":     k.Digest("import", []byte("ab"), []byte("c")),
		"parts cut elsewhere": k.Digest("reply key", []byte("a"), []byte("bc")),
		"another key":         NewKeys().Digest("reply key", []byte("ab"), []byte("c")),
	} {
		if slices.Equal(one, other) {
			t.Errorf("%s gives the same digest", name)
		}
	}
	if !slices.Equal(one, k.Rotated(LookupKey).Digest("reply key", []byte("ab"), []byte("c"))) {
		t.Error("a rotation changes digests")
	}
}
