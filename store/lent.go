package store

import (
	"context"

	"rabta/matching"
)

// Lent is a Reader that borrows another for each call. A store embeds it, and says by it alone how it lends.
type Lent struct {
	read func(context.Context, func(Reader) error) error
	walk func(context.Context, func(Reader) (Head, error)) (Head, error)
}

// Lend makes a Lent: read lends for one short read, walk for one walk of a snapshot, whose head comes back.
func Lend(read func(context.Context, func(Reader) error) error, walk func(context.Context, func(Reader) (Head, error)) (Head, error)) Lent {
	return Lent{read: read, walk: walk}
}

// lent is one short read; read may begin it again.
func lent[T any](ctx context.Context, l Lent, do func(Reader) (T, error)) (T, error) {
	var answer T
	err := l.read(ctx, func(r Reader) (err error) {
		answer, err = do(r)
		return err
	})
	if err != nil {
		var none T
		return none, err
	}
	return answer, nil
}

// Graduate implements Reader, as do the methods below.
func (l Lent) Graduate(ctx context.Context, id matching.ID) (*matching.Graduate, error) {
	return lent(ctx, l, func(r Reader) (*matching.Graduate, error) { return r.Graduate(ctx, id) })
}

// Posting reads a posting.
func (l Lent) Posting(ctx context.Context, id matching.ID) (*matching.Posting, error) {
	return lent(ctx, l, func(r Reader) (*matching.Posting, error) { return r.Posting(ctx, id) })
}

// Employer reads an employer.
func (l Lent) Employer(ctx context.Context, id matching.ID) (*matching.Employer, error) {
	return lent(ctx, l, func(r Reader) (*matching.Employer, error) { return r.Employer(ctx, id) })
}

// Institute reads an institute.
func (l Lent) Institute(ctx context.Context, id matching.ID) (*matching.Institute, error) {
	return lent(ctx, l, func(r Reader) (*matching.Institute, error) { return r.Institute(ctx, id) })
}

// Personal opens the sealed part of a graduate.
func (l Lent) Personal(ctx context.Context, graduate matching.ID) (matching.Personal, error) {
	return lent(ctx, l, func(r Reader) (matching.Personal, error) { return r.Personal(ctx, graduate) })
}

// EmployerContact opens the sealed part of an employer.
func (l Lent) EmployerContact(ctx context.Context, employer matching.ID) (matching.EmployerContact, error) {
	return lent(ctx, l, func(r Reader) (matching.EmployerContact, error) { return r.EmployerContact(ctx, employer) })
}

// Application reads an application.
func (l Lent) Application(ctx context.Context, id matching.ID) (*matching.Application, error) {
	return lent(ctx, l, func(r Reader) (*matching.Application, error) { return r.Application(ctx, id) })
}

// ApplicationOf finds the application of a graduate for a posting.
func (l Lent) ApplicationOf(ctx context.Context, graduate, posting matching.ID) (*matching.Application, error) {
	return lent(ctx, l, func(r Reader) (*matching.Application, error) { return r.ApplicationOf(ctx, graduate, posting) })
}

// ApplicationsOf lists the applications of a graduate or of a posting.
func (l Lent) ApplicationsOf(ctx context.Context, owner, after matching.ID, limit int) ([]*matching.Application, error) {
	return lent(ctx, l, func(r Reader) ([]*matching.Application, error) { return r.ApplicationsOf(ctx, owner, after, limit) })
}

// ApplicationText opens what was written with an application.
func (l Lent) ApplicationText(ctx context.Context, id matching.ID) (string, error) {
	return lent(ctx, l, func(r Reader) (string, error) { return r.ApplicationText(ctx, id) })
}

// GraduatesByPhone looks people up by a phone.
func (l Lent) GraduatesByPhone(ctx context.Context, phone string) ([]matching.ID, error) {
	return lent(ctx, l, func(r Reader) ([]matching.ID, error) { return r.GraduatesByPhone(ctx, phone) })
}

// GraduatesByCNIC looks people up by a CNIC.
func (l Lent) GraduatesByCNIC(ctx context.Context, cnic string) ([]matching.ID, error) {
	return lent(ctx, l, func(r Reader) ([]matching.ID, error) { return r.GraduatesByCNIC(ctx, cnic) })
}

// ByExternalID finds an imported record.
func (l Lent) ByExternalID(ctx context.Context, noun Noun, source, externalID string) (matching.ID, error) {
	return lent(ctx, l, func(r Reader) (matching.ID, error) { return r.ByExternalID(ctx, noun, source, externalID) })
}

// EachGraduate walks the graduates of one snapshot.
func (l Lent) EachGraduate(ctx context.Context, after matching.ID, visit func(*matching.Graduate) error) (Head, error) {
	return l.walk(ctx, func(r Reader) (Head, error) { return r.EachGraduate(ctx, after, visit) })
}

// EachPosting walks the postings of one snapshot.
func (l Lent) EachPosting(ctx context.Context, after matching.ID, visit func(*matching.Posting) error) (Head, error) {
	return l.walk(ctx, func(r Reader) (Head, error) { return r.EachPosting(ctx, after, visit) })
}

// EachEmployer walks the employers of one snapshot.
func (l Lent) EachEmployer(ctx context.Context, after matching.ID, visit func(*matching.Employer) error) (Head, error) {
	return l.walk(ctx, func(r Reader) (Head, error) { return r.EachEmployer(ctx, after, visit) })
}

// EachInstitute walks the institutes of one snapshot.
func (l Lent) EachInstitute(ctx context.Context, after matching.ID, visit func(*matching.Institute) error) (Head, error) {
	return l.walk(ctx, func(r Reader) (Head, error) { return r.EachInstitute(ctx, after, visit) })
}

// EachApplication walks the applications of one snapshot.
func (l Lent) EachApplication(ctx context.Context, after matching.ID, visit func(*matching.Application) error) (Head, error) {
	return l.walk(ctx, func(r Reader) (Head, error) { return r.EachApplication(ctx, after, visit) })
}

// EachPlace walks the imported places of one snapshot.
func (l Lent) EachPlace(ctx context.Context, visit func(ImportedPlace) error) (Head, error) {
	return l.walk(ctx, func(r Reader) (Head, error) { return r.EachPlace(ctx, visit) })
}

// TokenByHash finds a token.
func (l Lent) TokenByHash(ctx context.Context, hash []byte) (*Token, error) {
	return lent(ctx, l, func(r Reader) (*Token, error) { return r.TokenByHash(ctx, hash) })
}

// Reply finds what a request was answered with.
func (l Lent) Reply(ctx context.Context, subject, operation string, key []byte) (*Reply, error) {
	return lent(ctx, l, func(r Reader) (*Reply, error) { return r.Reply(ctx, subject, operation, key) })
}

// TokensOf lists the tokens of a subject.
func (l Lent) TokensOf(ctx context.Context, subject matching.ID) ([]Token, error) {
	return lent(ctx, l, func(r Reader) ([]Token, error) { return r.TokensOf(ctx, subject) })
}

// Removals gives the digests of removed people.
func (l Lent) Removals(ctx context.Context) ([][]byte, error) {
	return lent(ctx, l, func(r Reader) ([][]byte, error) { return r.Removals(ctx) })
}

// Tokens lists tokens.
func (l Lent) Tokens(ctx context.Context, after string, limit int) ([]Token, error) {
	return lent(ctx, l, func(r Reader) ([]Token, error) { return r.Tokens(ctx, after, limit) })
}

// RepliesAbout lists the replies that name a record.
func (l Lent) RepliesAbout(ctx context.Context, id matching.ID) ([]Reply, error) {
	return lent(ctx, l, func(r Reader) ([]Reply, error) { return r.RepliesAbout(ctx, id) })
}

// LooksOf gives entries of the audit log that a filter lets through.
func (l Lent) LooksOf(ctx context.Context, filter LookFilter, after uint64, limit int) ([]Look, error) {
	return lent(ctx, l, func(r Reader) ([]Look, error) { return r.LooksOf(ctx, filter, after, limit) })
}

// LastLook gives the last entry of the audit log.
func (l Lent) LastLook(ctx context.Context) (*Look, error) {
	return lent(ctx, l, func(r Reader) (*Look, error) { return r.LastLook(ctx) })
}

// Looks gives entries of the audit log.
func (l Lent) Looks(ctx context.Context, after uint64, limit int) ([]Look, error) {
	return lent(ctx, l, func(r Reader) ([]Look, error) { return r.Looks(ctx, after, limit) })
}

// Head tells where the journal stands.
func (l Lent) Head(ctx context.Context) (Head, error) {
	return lent(ctx, l, func(r Reader) (Head, error) { return r.Head(ctx) })
}

// Journal reads entries of the journal.
func (l Lent) Journal(ctx context.Context, after Position, limit int) ([]Entry, error) {
	return lent(ctx, l, func(r Reader) ([]Entry, error) { return r.Journal(ctx, after, limit) })
}

// GraduatesIn lists the graduates of a published batch.
func (l Lent) GraduatesIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Graduate, error) {
	return lent(ctx, l, func(r Reader) ([]*matching.Graduate, error) { return r.GraduatesIn(ctx, batch, after, limit) })
}

// PostingsIn lists the postings of a published batch.
func (l Lent) PostingsIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Posting, error) {
	return lent(ctx, l, func(r Reader) ([]*matching.Posting, error) { return r.PostingsIn(ctx, batch, after, limit) })
}

// EmployersIn lists the employers of a published batch.
func (l Lent) EmployersIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Employer, error) {
	return lent(ctx, l, func(r Reader) ([]*matching.Employer, error) { return r.EmployersIn(ctx, batch, after, limit) })
}

// ImportedRow gives the digest of the row that a record was imported from.
func (l Lent) ImportedRow(ctx context.Context, id matching.ID) ([]byte, error) {
	return lent(ctx, l, func(r Reader) ([]byte, error) { return r.ImportedRow(ctx, id) })
}

// StagedBatches lists the batches that are not published.
func (l Lent) StagedBatches(ctx context.Context) ([]Batch, error) {
	return lent(ctx, l, func(r Reader) ([]Batch, error) { return r.StagedBatches(ctx) })
}

// Import reads the record of an import.
func (l Lent) Import(ctx context.Context, id matching.ID) (*Import, error) {
	return lent(ctx, l, func(r Reader) (*Import, error) { return r.Import(ctx, id) })
}

// ImportResult reads the result file of an import.
func (l Lent) ImportResult(ctx context.Context, id matching.ID) ([]byte, error) {
	return lent(ctx, l, func(r Reader) ([]byte, error) { return r.ImportResult(ctx, id) })
}

// Imports lists the records of imports.
func (l Lent) Imports(ctx context.Context, subject string, before matching.ID, limit int) ([]*Import, error) {
	return lent(ctx, l, func(r Reader) ([]*Import, error) { return r.Imports(ctx, subject, before, limit) })
}

// Duplicate reads a pair.
func (l Lent) Duplicate(ctx context.Context, first, second matching.ID) (*Duplicate, error) {
	return lent(ctx, l, func(r Reader) (*Duplicate, error) { return r.Duplicate(ctx, first, second) })
}

// Duplicates lists the pairs of a state.
func (l Lent) Duplicates(ctx context.Context, state DuplicateState, afterFirst, afterSecond matching.ID, limit int) ([]*Duplicate, error) {
	return lent(ctx, l, func(r Reader) ([]*Duplicate, error) {
		return r.Duplicates(ctx, state, afterFirst, afterSecond, limit)
	})
}

// LastFigure gives the figure of the latest day up to one.
func (l Lent) LastFigure(ctx context.Context, kind FigureKind, upTo int32) (*Figure, error) {
	return lent(ctx, l, func(r Reader) (*Figure, error) { return r.LastFigure(ctx, kind, upTo) })
}

// Figures lists the figures after a day.
func (l Lent) Figures(ctx context.Context, kind FigureKind, after int32, limit int) ([]*Figure, error) {
	return lent(ctx, l, func(r Reader) ([]*Figure, error) { return r.Figures(ctx, kind, after, limit) })
}

// DuplicatesOf lists the pairs of a graduate.
func (l Lent) DuplicatesOf(ctx context.Context, graduate matching.ID) ([]*Duplicate, error) {
	return lent(ctx, l, func(r Reader) ([]*Duplicate, error) { return r.DuplicatesOf(ctx, graduate) })
}

// PostingsOf lists an employer's postings.
func (l Lent) PostingsOf(ctx context.Context, employer, after matching.ID, limit int) ([]*matching.Posting, error) {
	return lent(ctx, l, func(r Reader) ([]*matching.Posting, error) { return r.PostingsOf(ctx, employer, after, limit) })
}

// GraduatesOf lists an institute's roster.
func (l Lent) GraduatesOf(ctx context.Context, institute, after matching.ID, limit int) ([]*matching.Graduate, error) {
	return lent(ctx, l, func(r Reader) ([]*matching.Graduate, error) { return r.GraduatesOf(ctx, institute, after, limit) })
}
