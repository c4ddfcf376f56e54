// Package layout is how records lie in the tables of a store, as far as it is the same in every database: which columns a record fills
// beside its body, what is sealed into them, and how a row is read. The stores in store/sqlite and store/postgres add their SQL to it.
package layout

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// Noun is how one kind of versioned record R lies in its table.
type Noun[R any] struct {
	Name     store.Noun // and of the table
	Prefix   string     // of its identifiers
	Columns  []string   // its own plain columns, between the common ones and the body
	Sealed   []string   // the columns of its sealed part, if it has one
	Batched  bool       // it may be staged in a batch
	Imported bool       // it keeps the digest of the row that it was imported from

	Stamp  func(*R) Stamp // the common columns' places in the record
	values func(*R) []any // of Columns
	body   func(*R) any   // the record as JSON shows it without its stamp; also decoded into
	times  func(*R)       // brings the record's times to UTC
}

// Stamp points at what every versioned record has and its table keeps in columns alone.
type Stamp struct {
	ID                 *matching.ID
	Version            *int64
	Created, Updated   *time.Time
	Source, ExternalID string
}

// ReadColumns are what Read takes of a row.
const ReadColumns = "id, version, created, updated, body"

// shown is the condition under which a row of a batched noun is seen: it was put by itself, or its batch has been published.
const shown = " AND (batch = 0 OR batch NOT IN (SELECT number FROM staged))"

// Shown is the condition that a query of a noun's rows adds, so that staged ones are not seen: empty for nouns that are never staged.
func Shown(noun store.Noun) string {
	switch noun {
	case store.GraduateNoun, store.PostingNoun, store.EmployerNoun:
		return shown
	}
	return ""
}

// InsertColumns are what a new record fills, in the order of New.
func (n *Noun[R]) InsertColumns() []string {
	all := slices.Concat([]string{"id", "version", "created", "updated", "source", "external_id"}, n.Columns, []string{"body"}, n.Sealed)
	if n.Batched {
		all = append(all, "batch")
	}
	if n.Imported {
		all = append(all, "imported_row") // the last, always
	}
	return all
}

// UpdateColumns are what a change fills, in the order of Next; those of the sealed part only when it is replaced.
func (n *Noun[R]) UpdateColumns(sealed bool) []string {
	changed := slices.Concat([]string{"version", "updated", "source", "external_id"}, n.Columns, []string{"body"})
	if sealed {
		changed = append(changed, n.Sealed...)
	}
	return changed
}

// New gives the values of InsertColumns for a record that begins now, in a batch or (0) in none. sealed is nil for a record without a
// sealed part.
func (n *Noun[R]) New(r *R, body any, sealed []any, now time.Time, batch int64) []any {
	s := n.Stamp(r)
	if sealed == nil {
		sealed = make([]any, len(n.Sealed)) // NULLs
	}
	values := slices.Concat([]any{string(*s.ID), int64(1), Micro(now), Micro(now), s.Source, s.ExternalID}, n.values(r), []any{body}, sealed)
	if n.Batched {
		values = append(values, batch)
	}
	if n.Imported {
		values = append(values, nil)
	}
	return values
}

// Next gives the values of UpdateColumns for a record that changes now, with its sealed part or (nil) without.
func (n *Noun[R]) Next(r *R, body any, sealed []any, now time.Time) []any {
	s := n.Stamp(r)
	return slices.Concat([]any{*s.Version + 1, Micro(now), s.Source, s.ExternalID}, n.values(r), []any{body}, sealed)
}

// Encode gives the body of a record, whose times it brings to UTC; a fault.Invalid where the id is not one of the noun or the body
// cannot be written.
func (n *Noun[R]) Encode(r *R) ([]byte, error) {
	if !n.Stamp(r).ID.Is(n.Prefix) {
		return nil, fault.Field("id", "The id is not well formed. Send one that begins with "+n.Prefix+"_.")
	}
	n.times(r)
	body, err := json.Marshal(n.body(r))
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Message: "The record holds a number or a time that cannot be written. Send one within its range."}
	}
	return body, nil
}

// Row is one row of an answer, of any driver.
type Row interface {
	Scan(dest ...any) error
}

// Read makes a record of one row of ReadColumns.
func (n *Noun[R]) Read(row Row) (*R, error) {
	var (
		id                        string
		version, created, updated int64
		body                      []byte
	)
	if err := row.Scan(&id, &version, &created, &updated, &body); err != nil {
		return nil, err
	}
	r := new(R)
	if err := json.Unmarshal(body, n.body(r)); err != nil {
		return nil, ErrDamaged
	}
	s := n.Stamp(r)
	*s.ID, *s.Version, *s.Created, *s.Updated = matching.ID(id), version, Time(created), Time(updated)
	return r, nil
}

// ErrDamaged stands for what a decoder says of a body or a personal record, which may quote it.
var ErrDamaged = errors.New("a stored record cannot be decoded")

// Stale is what a change is told whose version is no longer the current one.
func Stale() error {
	return &fault.Error{Kind: fault.Stale, Message: "The record has changed since it was read. Read it again and repeat the change."}
}

// Micro and Time are how times lie in a database: integers of microseconds since 1970.
func Micro(t time.Time) int64 { return t.UnixMicro() }

// Time reads what Micro wrote, in UTC.
func Time(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// microOrNull is Micro, and NULL for the zero time.
func microOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return Micro(t)
}

// timeOrZero reads what microOrNull wrote.
func timeOrZero(micros *int64) time.Time {
	if micros == nil {
		return time.Time{}
	}
	return Time(*micros)
}
