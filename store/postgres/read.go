package postgres

import (
	"context"

	"rabta/matching"
	"rabta/store"
)

// Graduate implements store.Reader, as do the methods below.
func (s *Store) Graduate(ctx context.Context, id matching.ID) (*matching.Graduate, error) {
	return read(ctx, s, func(v view) (*matching.Graduate, error) { return v.Graduate(ctx, id) })
}

// Posting reads a posting.
func (s *Store) Posting(ctx context.Context, id matching.ID) (*matching.Posting, error) {
	return read(ctx, s, func(v view) (*matching.Posting, error) { return v.Posting(ctx, id) })
}

// Employer reads an employer.
func (s *Store) Employer(ctx context.Context, id matching.ID) (*matching.Employer, error) {
	return read(ctx, s, func(v view) (*matching.Employer, error) { return v.Employer(ctx, id) })
}

// Institute reads an institute.
func (s *Store) Institute(ctx context.Context, id matching.ID) (*matching.Institute, error) {
	return read(ctx, s, func(v view) (*matching.Institute, error) { return v.Institute(ctx, id) })
}

// Personal opens the sealed part of a graduate.
func (s *Store) Personal(ctx context.Context, graduate matching.ID) (matching.Personal, error) {
	return read(ctx, s, func(v view) (matching.Personal, error) { return v.Personal(ctx, graduate) })
}

// EmployerContact opens the sealed part of an employer.
func (s *Store) EmployerContact(ctx context.Context, employer matching.ID) (matching.EmployerContact, error) {
	return read(ctx, s, func(v view) (matching.EmployerContact, error) { return v.EmployerContact(ctx, employer) })
}

// Application reads an application.
func (s *Store) Application(ctx context.Context, id matching.ID) (*matching.Application, error) {
	return read(ctx, s, func(v view) (*matching.Application, error) { return v.Application(ctx, id) })
}

// ApplicationOf finds the application of a graduate for a posting.
func (s *Store) ApplicationOf(ctx context.Context, graduate, posting matching.ID) (*matching.Application, error) {
	return read(ctx, s, func(v view) (*matching.Application, error) { return v.ApplicationOf(ctx, graduate, posting) })
}

// ApplicationsOf lists the applications of a graduate or of a posting.
func (s *Store) ApplicationsOf(ctx context.Context, owner, after matching.ID, limit int) ([]*matching.Application, error) {
	return read(ctx, s, func(v view) ([]*matching.Application, error) { return v.ApplicationsOf(ctx, owner, after, limit) })
}

// ApplicationText opens what was written with an application.
func (s *Store) ApplicationText(ctx context.Context, id matching.ID) (string, error) {
	return read(ctx, s, func(v view) (string, error) { return v.ApplicationText(ctx, id) })
}

// GraduatesByPhone looks people up by a phone.
func (s *Store) GraduatesByPhone(ctx context.Context, phone string) ([]matching.ID, error) {
	return read(ctx, s, func(v view) ([]matching.ID, error) { return v.GraduatesByPhone(ctx, phone) })
}

// GraduatesByCNIC looks people up by a CNIC.
func (s *Store) GraduatesByCNIC(ctx context.Context, cnic string) ([]matching.ID, error) {
	return read(ctx, s, func(v view) ([]matching.ID, error) { return v.GraduatesByCNIC(ctx, cnic) })
}

// ByExternalID finds an imported record.
func (s *Store) ByExternalID(ctx context.Context, noun store.Noun, source, externalID string) (matching.ID, error) {
	return read(ctx, s, func(v view) (matching.ID, error) { return v.ByExternalID(ctx, noun, source, externalID) })
}

// EachGraduate walks the graduates of one snapshot.
func (s *Store) EachGraduate(ctx context.Context, after matching.ID, visit func(*matching.Graduate) error) (store.Head, error) {
	return s.snapshot(ctx, func(v view) (store.Head, error) { return v.EachGraduate(ctx, after, visit) })
}

// EachPosting walks the postings of one snapshot.
func (s *Store) EachPosting(ctx context.Context, after matching.ID, visit func(*matching.Posting) error) (store.Head, error) {
	return s.snapshot(ctx, func(v view) (store.Head, error) { return v.EachPosting(ctx, after, visit) })
}

// EachEmployer walks the employers of one snapshot.
func (s *Store) EachEmployer(ctx context.Context, after matching.ID, visit func(*matching.Employer) error) (store.Head, error) {
	return s.snapshot(ctx, func(v view) (store.Head, error) { return v.EachEmployer(ctx, after, visit) })
}

// EachInstitute walks the institutes of one snapshot.
func (s *Store) EachInstitute(ctx context.Context, after matching.ID, visit func(*matching.Institute) error) (store.Head, error) {
	return s.snapshot(ctx, func(v view) (store.Head, error) { return v.EachInstitute(ctx, after, visit) })
}

// EachApplication walks the applications of one snapshot.
func (s *Store) EachApplication(ctx context.Context, after matching.ID, visit func(*matching.Application) error) (store.Head, error) {
	return s.snapshot(ctx, func(v view) (store.Head, error) { return v.EachApplication(ctx, after, visit) })
}

// EachPlace walks the imported places of one snapshot.
func (s *Store) EachPlace(ctx context.Context, visit func(store.ImportedPlace) error) (store.Head, error) {
	return s.snapshot(ctx, func(v view) (store.Head, error) { return v.EachPlace(ctx, visit) })
}

// TokenByHash finds a token.
func (s *Store) TokenByHash(ctx context.Context, hash []byte) (*store.Token, error) {
	return read(ctx, s, func(v view) (*store.Token, error) { return v.TokenByHash(ctx, hash) })
}

// Reply finds what a request was answered with.
func (s *Store) Reply(ctx context.Context, subject, operation string, key []byte) (*store.Reply, error) {
	return read(ctx, s, func(v view) (*store.Reply, error) { return v.Reply(ctx, subject, operation, key) })
}

// TokensOf lists the tokens of a subject.
func (s *Store) TokensOf(ctx context.Context, subject matching.ID) ([]store.Token, error) {
	return read(ctx, s, func(v view) ([]store.Token, error) { return v.TokensOf(ctx, subject) })
}

// RepliesAbout lists the replies that name a record.
func (s *Store) RepliesAbout(ctx context.Context, id matching.ID) ([]store.Reply, error) {
	return read(ctx, s, func(v view) ([]store.Reply, error) { return v.RepliesAbout(ctx, id) })
}

// LooksOf gives entries of the audit log that a filter lets through.
func (s *Store) LooksOf(ctx context.Context, filter store.LookFilter, after uint64, limit int) ([]store.Look, error) {
	return read(ctx, s, func(v view) ([]store.Look, error) { return v.LooksOf(ctx, filter, after, limit) })
}

// LastLook gives the last entry of the audit log.
func (s *Store) LastLook(ctx context.Context) (*store.Look, error) {
	return read(ctx, s, func(v view) (*store.Look, error) { return v.LastLook(ctx) })
}

// Looks gives entries of the audit log.
func (s *Store) Looks(ctx context.Context, after uint64, limit int) ([]store.Look, error) {
	return read(ctx, s, func(v view) ([]store.Look, error) { return v.Looks(ctx, after, limit) })
}

// Head tells where the journal stands.
func (s *Store) Head(ctx context.Context) (store.Head, error) {
	return read(ctx, s, func(v view) (store.Head, error) { return v.Head(ctx) })
}

// Journal reads entries of the journal.
func (s *Store) Journal(ctx context.Context, after store.Position, limit int) ([]store.Entry, error) {
	return read(ctx, s, func(v view) ([]store.Entry, error) { return v.Journal(ctx, after, limit) })
}
