// Package store is where records live: the Store interface, which is its specification, and the journal that goes with every
// change. store/sqlite (a file in the data directory) and store/postgres (a database that several nodes share) implement it, held to one
// suite, store/storetest, and share how records lie in their tables, store/layout. The store alone holds what is personal, and holds it sealed. It does not know search or seed.
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

	ApplicationNoun Noun = "application"

	// BatchNoun stands for all records of a batch: they became visible together, in the one transaction of the entry, and have no entries
	// of their own. Who follows the journal walks the batch (GraduatesIn, PostingsIn, EmployersIn).
	BatchNoun Noun = "batch"
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
	Many

	Graduate(ctx context.Context, id matching.ID) (*matching.Graduate, error)
	Posting(ctx context.Context, id matching.ID) (*matching.Posting, error)
	Employer(ctx context.Context, id matching.ID) (*matching.Employer, error)
	Institute(ctx context.Context, id matching.ID) (*matching.Institute, error)

	// Personal opens the sealed part of a graduate, EmployerContact that of an employer. A record without one gives the zero value.
	Personal(ctx context.Context, graduate matching.ID) (matching.Personal, error)
	EmployerContact(ctx context.Context, employer matching.ID) (matching.EmployerContact, error)

	// Application reads an application; ApplicationOf finds that of a graduate for a posting; ApplicationsOf lists up to limit of those of a
	// graduate or of a posting, in id order after the given id ("" for the start).
	Application(ctx context.Context, id matching.ID) (*matching.Application, error)
	ApplicationOf(ctx context.Context, graduate, posting matching.ID) (*matching.Application, error)
	ApplicationsOf(ctx context.Context, of, after matching.ID, limit int) ([]*matching.Application, error)

	// ApplicationText opens what she wrote with her application; "" when she wrote nothing.
	ApplicationText(ctx context.Context, id matching.ID) (string, error)

	// GraduatesByPhone and GraduatesByCNIC look a person up by the keyed hash; several may share a phone. In id order.
	GraduatesByPhone(ctx context.Context, phone string) ([]matching.ID, error)
	GraduatesByCNIC(ctx context.Context, cnic string) ([]matching.ID, error)

	// ByExternalID finds an imported record of a noun; fault.NotFound when there is none. A graduate is also found by the external ids of
	// records that were merged into hers (MoveExternalIDs).
	ByExternalID(ctx context.Context, noun Noun, source, externalID string) (matching.ID, error)

	// ImportedRow gives what NoteRow kept with a graduate or a posting: nil when there is nothing. Any other record is a fault.Invalid.
	ImportedRow(ctx context.Context, id matching.ID) ([]byte, error)

	// Removals gives the digests (Keys.RemovedDigest) of the external ids by which deleted graduates were found.
	Removals(ctx context.Context) ([][]byte, error)

	// The Each methods call visit for every record in id order, after the given id ("" for all), from one consistent
	// snapshot that they return the journal head of. An error of visit ends the walk and is returned as it is. visit may
	// use the store for anything but another walk.
	EachGraduate(ctx context.Context, after matching.ID, visit func(*matching.Graduate) error) (Head, error)
	EachPosting(ctx context.Context, after matching.ID, visit func(*matching.Posting) error) (Head, error)
	EachEmployer(ctx context.Context, after matching.ID, visit func(*matching.Employer) error) (Head, error)
	EachInstitute(ctx context.Context, after matching.ID, visit func(*matching.Institute) error) (Head, error)
	EachApplication(ctx context.Context, after matching.ID, visit func(*matching.Application) error) (Head, error)
	EachPlace(ctx context.Context, visit func(ImportedPlace) error) (Head, error)

	// PostingsOf lists up to limit postings of an employer, GraduatesOf the graduates on an institute's roster, in id order after the
	// given id ("" for the start).
	PostingsOf(ctx context.Context, employer, after matching.ID, limit int) ([]*matching.Posting, error)
	GraduatesOf(ctx context.Context, institute, after matching.ID, limit int) ([]*matching.Graduate, error)

	// GraduatesIn, PostingsIn and EmployersIn list up to limit records of a published batch as they are now, in id order after the given id
	// ("" for the start). A batch that is staged, or not known, has none.
	GraduatesIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Graduate, error)
	PostingsIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Posting, error)
	EmployersIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Employer, error)

	// StagedBatches lists the batches that are not published, the oldest first: one under way, or left by an import that was killed.
	StagedBatches(ctx context.Context) ([]Batch, error)

	// Import reads the record of an import, ImportResult the result file that was put with it (nil: none). Imports lists up to limit of
	// those of a subject ("" for all), the newest first, from before the given id ("" for the start).
	Import(ctx context.Context, id matching.ID) (*Import, error)
	ImportResult(ctx context.Context, id matching.ID) ([]byte, error)
	Imports(ctx context.Context, subject string, before matching.ID, limit int) ([]*Import, error)

	// Duplicate reads a pair, in either order; fault.NotFound when it was never proposed. Duplicates lists up to limit pairs of a state by
	// First and Second, after a pair (of "" for the start); DuplicatesOf lists all pairs of a graduate.
	Duplicate(ctx context.Context, first, second matching.ID) (*Duplicate, error)
	Duplicates(ctx context.Context, state DuplicateState, afterFirst, afterSecond matching.ID, limit int) ([]*Duplicate, error)
	DuplicatesOf(ctx context.Context, graduate matching.ID) ([]*Duplicate, error)

	// LastFigure gives the figure of a kind of the latest day up to the one given; fault.NotFound when there is none. Figures lists up to
	// limit of those after a day, in order.
	LastFigure(ctx context.Context, kind FigureKind, upTo int32) (*Figure, error)
	Figures(ctx context.Context, kind FigureKind, after int32, limit int) ([]*Figure, error)

	// TokenByHash finds a token by the hash of its secret; fault.NotFound when there is none.
	TokenByHash(ctx context.Context, hash []byte) (*Token, error)

	// Reply finds what a request was answered with, by whom it was sent, its operation and the digest of its Idempotency-Key;
	// fault.NotFound when there is none.
	Reply(ctx context.Context, subject, operation string, key []byte) (*Reply, error)

	// Looks gives up to limit entries of the audit log after a number, in order; LooksOf those that a filter lets through; LastLook the
	// last one, fault.NotFound when there is none.
	Looks(ctx context.Context, after uint64, limit int) ([]Look, error)
	LooksOf(ctx context.Context, filter LookFilter, after uint64, limit int) ([]Look, error)
	LastLook(ctx context.Context) (*Look, error)

	// Tokens lists up to limit tokens without their hashes, in id order, which is that of their making, after the given id ("" for the start).
	Tokens(ctx context.Context, after string, limit int) ([]Token, error)

	// TokensOf lists the tokens that speak for a subject, without their hashes; RepliesAbout the replies that name a record, without keys
	// and bodies. Both are few.
	TokensOf(ctx context.Context, subject matching.ID) ([]Token, error)
	RepliesAbout(ctx context.Context, id matching.ID) ([]Reply, error)

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
// sets Version, Created and Updated in the record given. personal and contact may be nil: what is sealed stays as it is. In a change
// that creates many records a Conflict may come from a later call, at the latest from Update.
//
// A record that a change has read stays as it is until the change ends, or the change is run again.
type Tx interface {
	Reader
	PutGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) error

	// DeleteGraduate deletes with her, each with its entry, her applications and the tokens whose subject she is: nobody speaks for who
	// is gone, nor for who comes to bear her id again. Replies that name her, pairs that she is of and external ids that were moved to
	// her go too. Of the external ids that led to her, and lead to nobody else now, digests are kept: Removals.
	DeleteGraduate(ctx context.Context, id matching.ID) error

	PutPosting(ctx context.Context, p *matching.Posting) error
	PutEmployer(ctx context.Context, e *matching.Employer, contact *matching.EmployerContact) error
	PutInstitute(ctx context.Context, i *matching.Institute) error
	PutPlace(ctx context.Context, p ImportedPlace) error

	// PutApplication stores an application; one for a graduate and a posting that have one already is a fault.Conflict. text is what she
	// wrote with it, which is sealed; nil leaves what was written.
	PutApplication(ctx context.Context, a *matching.Application, text *string) error

	// PutReply keeps what a request is answered with. A second one for its subject, operation and key is a fault.Conflict. It has no
	// journal entry; a transaction that writes nothing else is committed all the same.
	PutReply(ctx context.Context, r *Reply) error

	// AppendLook adds an entry to the audit log, and sets its number, time and MAC. It has no journal entry, as PutReply.
	AppendLook(ctx context.Context, l *Look) error

	// StageIn begins or goes on with a batch: graduates, postings and employers that this transaction creates from here on belong to it.
	// They have no journal entries, and no reader sees them, not even this transaction, until the batch is published; only their ids and
	// external ids are taken. A batch that was published is a fault.Conflict. Changes and other records go their usual way.
	StageIn(ctx context.Context, batch matching.ID) error

	// NoteRow keeps with a graduate or a posting, also with one that is staged, the digest (Keys.Digest) of the row that it was imported
	// from. It is deleted with the record, changes neither version nor times and has no journal entry.
	NoteRow(ctx context.Context, id matching.ID, digest []byte) error

	// PublishBatch shows all records of a batch at once, with one journal entry of BatchNoun, in a time that does not grow with their
	// number. A batch that is not known is a fault.NotFound, one that was published a fault.Conflict.
	PublishBatch(ctx context.Context, batch matching.ID) error

	// PutImport stores the record of an import, in the stead of one with its id, and the result file with it; nil leaves the file that
	// was. It has no journal entry.
	PutImport(ctx context.Context, i *Import, result []byte) error

	// PutDuplicate stores a pair, in the stead of the same pair, and orders it. Two ids of one record are a fault.Invalid, a graduate who is
	// not there a fault.NotFound. It has no journal entry.
	PutDuplicate(ctx context.Context, d *Duplicate) error

	// MoveExternalIDs has every external id by which from is found lead to another graduate once from is deleted: an import that names
	// it again finds the record that from was merged into. It has no journal entry.
	MoveExternalIDs(ctx context.Context, from, to matching.ID) error

	// PutFigure stores a figure, in the stead of one of its kind and day, and sets its time. DropFigures removes those of a kind of before a
	// day. Neither has a journal entry.
	PutFigure(ctx context.Context, f *Figure) error
	DropFigures(ctx context.Context, kind FigureKind, before int32) error
	// ForgetRemoval takes a digest out of Removals, if it is there: the person may come again. It has no journal entry.
	ForgetRemoval(ctx context.Context, digest []byte) error

	PutToken(ctx context.Context, t *Token) error
	DeleteToken(ctx context.Context, id string) error
}

// Store keeps records and their journal.
type Store interface {
	Reader

	// Update runs change in one durable transaction and returns the position of its last entry (the head as it was, when
	// change wrote nothing). When it returns without error the change survives the loss of the process and of power. change
	// may run again after a conflict between transactions and must have no other effect. An error of change undoes all and
	// is returned as it is. Writers may take turns: change must not call Update of the same store. When the answer to a commit is lost
	// on its way, the error is a fault.Unavailable that says so: whether the change was made is settled by its Idempotency-Key.
	Update(ctx context.Context, change func(Tx) error) (Position, error)

	// TakesTurns tells whether a change keeps other writers waiting from its beginning on, and not at its end alone: long ones are then
	// better cut up.
	TakesTurns() bool

	// Undisturbed runs do, a change of somebody who makes many one after the other, while the store does nothing of its own that would
	// keep its commit waiting for the disk, and the store does such work between two of them: who is kept waiting by them then waits
	// for no more. do's error is returned as it is. do must not call Undisturbed of the same store.
	Undisturbed(ctx context.Context, do func() error) error

	// Wait blocks until the journal is past a position or ctx ends: the wake-up of followers.
	Wait(ctx context.Context, past Position) error

	// Alone runs do unless it is running already under this name, in this process or on another node: for work that one at a time does,
	// such as expiry. It tells whether do ran; do's error is returned as it is. ctx of do ends when the right to run alone is lost.
	Alone(ctx context.Context, name string, do func(context.Context) error) (ran bool, err error)

	// ForgetReplies removes the replies of before a time and tells how many there were. Large numbers go in steps, so that writers do
	// not wait.
	ForgetReplies(ctx context.Context, before time.Time) (int, error)

	// Spend notes that an account has used up one thing of those that it may have since a time, and tells whether it may have it: what it
	// noted since then already, or what is within most. It counts over all processes; what is of before then is forgotten.
	Spend(ctx context.Context, account, what string, since time.Time, most int) (bool, error)

	// DiscardBatch removes a batch that is not published, in steps, so that writers do not wait; ended on its way it may be begun again.
	// One that was published is a fault.Conflict; of one that is not known nothing is left to do.
	DiscardBatch(ctx context.Context, batch matching.ID) error

	// ForgetImports is ForgetReplies for the records of imports that began before a time.
	ForgetImports(ctx context.Context, before time.Time) (int, error)

	// EraseDeleted rids the store's own files of what deleted graduates have left in them: freed pages keep it otherwise. It is quick when
	// nobody was deleted since the last time, and may be called again when something was left. large has it take up tables, too, that
	// readers and writers then wait long for. One process at a time does it.
	EraseDeleted(ctx context.Context, large bool) (Erasure, error)

	// Dump calls visit for every row of every table of Tables, in that order and by key, from one consistent snapshot that it returns the
	// head of. A value is an int64, a string, a []byte or nil; row is valid until visit returns. Sealed parts stay sealed.
	Dump(ctx context.Context, visit func(table string, row []any) error) (Head, error)

	// Fill puts rows that Dump gave into a store that holds nothing (fault.Conflict otherwise), all of them or none: rows calls put for
	// each, in the order of Dump, and returns the position of the dump's head, from which the journal goes on. The epoch is a new one.
	// An error of rows is returned as it is. The keys of the store must be those of the store that was dumped.
	Fill(ctx context.Context, rows func(put func(table string, row []any) error) (Position, error)) (Head, error)

	// RenewEpoch gives the store a new epoch, after which whatever was derived from it is built anew: for a store that was restored from
	// a backup by other means than Fill.
	RenewEpoch(ctx context.Context) (Head, error)

	// SetKeys makes the store seal and look up with other keys from now on, and open with them too. They must hold every version that is
	// still in use (fault.Conflict). The caller has written them to the key file before.
	SetKeys(ctx context.Context, keys *Keys) error

	// Reseal seals everything that older key versions have sealed again with the current ones, and the hashes of phones and CNICs too. It
	// works in batches beside readers and writers, may be ended and begun again, and gives the number of records sealed again. Versions
	// of records stay and the journal has no entry. Afterwards the older versions may leave the key file, but for the first lookup key.
	Reseal(ctx context.Context) (int, error)

	// KeyCounts tells how many records each version of a key is used by.
	KeyCounts(ctx context.Context) ([]KeyCount, error)

	// Check verifies the store's own integrity: its files, a journal without gaps, and that what is sealed opens.
	Check(ctx context.Context) error

	// Close waits for the operations under way; those that come later are a fault.Unavailable.
	Close() error
}
