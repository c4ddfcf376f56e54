// Package fault is how Rabta reports that something could not be done: an error with a kind that callers decide on, the
// operation that was being done, the field at fault, and a sentence for a person that says what to do instead. It imports
// nothing of ours; one file in api maps its kinds to RFC 9457 problem documents.
package fault

import (
	"errors"
	"strings"
	"time"
)

// Kind is what a caller decides on. The zero Kind is Internal: an error that nobody classified is never shown to a person.
type Kind uint8

// The kinds, with the HTTP status that api answers.
const (
	Internal        Kind = iota // 500: our fault; logged under an id, never shown
	Invalid                     // 422: a value is wrong; Field names it
	Malformed                   // 400: the request cannot be read at all
	NotFound                    // 404: no such record, or none that the caller may see
	Conflict                    // 409: another change or a uniqueness rule stands against it
	Stale                       // 412: the version sent is no longer the current one
	NoPrecondition              // 428: a change without If-Match
	Unauthenticated             // 401: no token, or one we do not know
	Forbidden                   // 403: the role may not do this
	TooLarge                    // 413: more bytes than we read
	TooMany                     // 429: slow down
	Unavailable                 // 503: not now; try again
	Full                        // 507: the disk is full; nothing was changed
)

var kindNames = [...]string{"internal", "invalid", "malformed", "not-found", "conflict", "stale", "no-precondition",
	"unauthenticated", "forbidden", "too-large", "too-many", "unavailable", "full"}

// String gives the kind's machine name, as it stands in a problem document's type.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "internal"
}

// Error is one failure. Message is a whole English sentence for a person, which says what was wrong and what to send instead;
// MessageUr is the same in Urdu where a graduate reads it. Nearest lists values that would have been right.
type Error struct {
	Kind      Kind
	Op        string   // what was being done: "store.PutPosting"
	Field     string   // JSON path of the value at fault: "location.lat"
	Message   string   // for a person; no personal data, no submitted value
	MessageUr string   // the same in Urdu, or empty
	Nearest   []string // up to three values that would be accepted
	Err       error    // the cause, for the log

	After time.Duration // when the same may succeed; 0: nothing is known of it
}

// Error gives operation, message and cause, for logs and the command line.
func (e *Error) Error() string {
	var parts []string
	for _, s := range []string{e.Op, e.Field, e.Message} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	if len(parts) == 0 {
		return e.Kind.String()
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Wrap adds the operation to err and keeps its kind, field and message. Wrap(op, nil) is nil.
func Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: KindOf(err), Op: op, Err: err}
}

// KindOf gives the kind of the outermost *Error in err's chain; Internal when there is none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Shown gives the innermost *Error in err's chain that carries a message for a person, and whether there is one.
func Shown(err error) (*Error, bool) {
	var shown *Error
	for {
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return shown, shown != nil
		}
		if e.Message != "" {
			shown = e
		}
		err = e.Err
	}
}

// Field says that one value of the input is wrong, and what would be right.
func Field(field, message string, nearest ...string) *Error {
	return &Error{Kind: Invalid, Field: field, Message: message, Nearest: nearest}
}

// New makes an error of a kind with a sentence for a person.
func New(kind Kind, op, message string) *Error {
	return &Error{Kind: kind, Op: op, Message: message}
}
