// Package store is where records live: the Store interface, which is its specification, and the journal that goes with every
// change. store/sqlite (a file in the data directory) implements it; PostgreSQL, for a province, is to come, and will be held to the
// same suite, store/storetest. The store alone holds what is personal, and holds it sealed. It does not know search or seed.
package store

import (
	"context"
	"time"

	"rabta/matching"
)

// Position is a place in the journal: the number of changes committed up to it. Positions follow commit order without gaps.
type Position uint64

// Epoch names one life of a store. A restore or a copy renews it; whoever holds a Position of another epoch must start again.
type Epoch string

// Noun says what kind of record a journal entry is about.
type Noun string

// The nouns of the journal.
const (
	GraduateNoun  Noun = "graduate"
	PostingNoun   Noun = "posting"
	EmployerNoun  Noun = "employer"
	InstituteNoun Noun = "institute"
	PlaceNoun     Noun = "place"
	TokenNoun     Noun = "token"
)

// Operation is what a journal entry did to its record.
type Operation string

// The operations.
const (
	Put    Operation = "put"
	Delete Operation = "delete"
)

// Entry is one change: never an image of the record, so that a deleted person leaves nothing behind.
type Entry struct {
	Position  Position
	Noun      Noun
	ID        matching.ID
	Version   int64
	Operation Operation
	At        time.Time
}

// Head is where the journal stands.
type Head struct {
	Epoch    Epoch
	Position Position
}

// Token is a bearer of rights: a role and, where the role is about someone, the subject. The store keeps a hash of the secret
// and never the secret.
type Token struct {
	ID      string
	Role    string
	Subject matching.ID // the graduate, employer or institute it speaks for; a name for officer, staff and service
	Hash    []byte      // SHA-256 of the secret, which is 256 random bits
	Created time.Time
	Expires time.Time // zero: never
}

// TokenHashBytes is the length of a token's hash.
const TokenHashBytes = 32

// Reader reads committed records. A missing record is a fault.NotFound, a context that has ended a fault.Unavailable that
// errors.Is finds the context's own error in. Empty lists may come back as nil. All methods are safe for concurrent use.
type Reader interface {
	Graduate(ctx context.Context, id matching.ID) (*matching.Graduate, error)
	Posting(ctx context.Context, id matching.ID) (*matching.Posting, error)
	Employer(ctx context.Context, id matching.ID) (*matching.Employer, error)
	Institute(ctx context.Context, id matching.ID) (*matching.Institute, error)

	// Personal opens the sealed part of a graduate, EmployerContact that of an employer. A record without one gives the zero value.
	Personal(ctx context.Context, graduate matching.ID) (matching.Personal, error)
	EmployerContact(ctx context.Context, employer matching.ID) (matching.EmployerContact, error)

	// GraduatesByPhone and GraduatesByCNIC look a person up by the keyed hash; several may share a phone. In id order.
	GraduatesByPhone(ctx context.Context, phone string) ([]matching.ID, error)
	GraduatesByCNIC(ctx context.Context, cnic string) ([]matching.ID, error)

	// ByExternalID finds an imported record of a noun; fault.NotFound when there is none.
	ByExternalID(ctx context.Context, noun Noun, source, externalID string) (matching.ID, error)

	// The Each methods call visit for every record in id order, after the given id ("" for all), from one consistent
	// snapshot that they return the journal head of. An error of visit ends the walk and is returned as it is. visit may
	// use the store for anything but another walk.
	EachGraduate(ctx context.Context, after matching.ID, visit func(*matching.Graduate) error) (Head, error)
	EachPosting(ctx context.Context, after matching.ID, visit func(*matching.Posting) error) (Head, error)
	EachEmployer(ctx context.Context, after matching.ID, visit func(*matching.Employer) error) (Head, error)
	EachInstitute(ctx context.Context, after matching.ID, visit func(*matching.Institute) error) (Head, error)
	EachPlace(ctx context.Context, visit func(ImportedPlace) error) (Head, error)

	// PostingsOf lists up to limit postings of an employer, GraduatesOf the graduates on an institute's roster, in id order after the
	// given id ("" for the start).
	PostingsOf(ctx context.Context, employer, after matching.ID, limit int) ([]*matching.Posting, error)
	GraduatesOf(ctx context.Context, institute, after matching.ID, limit int) ([]*matching.Graduate, error)

	// TokenByHash finds a token by the hash of its secret; fault.NotFound when there is none.
	TokenByHash(ctx context.Context, hash []byte) (*Token, error)

	// Head tells where the journal stands; Journal gives up to limit entries after a position, in order.
	Head(ctx context.Context) (Head, error)
	Journal(ctx context.Context, after Position, limit int) ([]Entry, error)
}

// ImportedPlace is a place that staff added to the shipped gazetteer.
type ImportedPlace struct {
	ID       string
	Source   string
	Body     []byte // JSON of a geo.Place
	Imported time.Time
}

// Tx is one transaction: every Put and Delete appends its journal entry in it.
//
// A Put of a record whose Version is 0 creates it (fault.Conflict when the id exists, or the external id is another's); one with a
// Version changes that very version (fault.Stale when it is no longer the current one, fault.NotFound when there is none). Put
// sets Version, Created and Updated in the record given. personal and contact may be nil: what is sealed stays as it is.
type Tx interface {
	Reader
	PutGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) error

	// DeleteGraduate deletes the tokens whose subject she is too, each with its entry: nobody speaks for who is gone, nor for who comes
	// to bear her id again.
	DeleteGraduate(ctx context.Context, id matching.ID) error

	PutPosting(ctx context.Context, p *matching.Posting) error
	PutEmployer(ctx context.Context, e *matching.Employer, contact *matching.EmployerContact) error
	PutInstitute(ctx context.Context, i *matching.Institute) error
	PutPlace(ctx context.Context, p ImportedPlace) error
	PutToken(ctx context.Context, t *Token) error
	DeleteToken(ctx context.Context, id string) error
}

// Store keeps records and their journal.
type Store interface {
	Reader

	// Update runs change in one durable transaction and returns the position of its last entry (the head as it was, when
	// change wrote nothing). When it returns without error the change survives the loss of the process and of power. change
	// may run again after a conflict between transactions and must have no other effect. An error of change undoes all and
	// is returned as it is. Writers take turns: change must not call Update of the same store.
	Update(ctx context.Context, change func(Tx) error) (Position, error)

	// Wait blocks until the journal is past a position or ctx ends: the wake-up of followers.
	Wait(ctx context.Context, past Position) error

	// Check verifies the store's own integrity: its files, a journal without gaps, and that what is sealed opens.
	Check(ctx context.Context) error

	// Close waits for the operations under way; those that come later are a fault.Unavailable.
	Close() error
}
