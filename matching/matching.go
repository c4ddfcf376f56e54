// Package matching is the language of Rabta and its judgement: the records (graduates, postings, employers, institutes), the
// hard constraints that drop a pair, the score with its named terms, and the sentence that explains a match from those very
// terms. It is pure: no I/O, no globals, the clock is an argument, and the same input gives the same answer. It imports geo
// and matching/trades; matching/board applies it to many records at once.
package matching

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// ID names a record: a prefix that tells what it is, an underscore, and a ULID ("pst_01J8…").
type ID string

// The prefixes of identifiers.
const (
	GraduatePrefix    = "grd"
	PostingPrefix     = "pst"
	EmployerPrefix    = "emp"
	InstitutePrefix   = "ins"
	ApplicationPrefix = "app"
)

// NewID makes an identifier from a prefix, a time and a source of randomness.
func NewID(prefix string, at time.Time, entropy io.Reader) (ID, error) {
	u, err := ulid.New(ulid.Timestamp(at), entropy)
	if err != nil {
		return "", fmt.Errorf("making an identifier: %w", err)
	}
	return ID(prefix + "_" + u.String()), nil
}

// Is tells whether id is well formed and has the prefix.
func (id ID) Is(prefix string) bool {
	rest, ok := strings.CutPrefix(string(id), prefix+"_")
	if !ok {
		return false
	}
	_, err := ulid.ParseStrict(rest)
	return err == nil
}

// ULID gives the 16 bytes behind the prefix; zero when id is not well formed.
func (id ID) ULID() ulid.ULID {
	_, rest, _ := strings.Cut(string(id), "_")
	u, err := ulid.ParseStrict(rest)
	if err != nil {
		return ulid.ULID{}
	}
	return u
}
