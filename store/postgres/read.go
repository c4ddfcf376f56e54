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

// EachPlace walks the imported places of one snapshot.
func (s *Store) EachPlace(ctx context.Context, visit func(store.ImportedPlace) error) (store.Head, error) {
	return s.snapshot(ctx, func(v view) (store.Head, error) { return v.EachPlace(ctx, visit) })
}

// TokenByHash finds a token.
func (s *Store) TokenByHash(ctx context.Context, hash []byte) (*store.Token, error) {
	return read(ctx, s, func(v view) (*store.Token, error) { return v.TokenByHash(ctx, hash) })
}

// Head tells where the journal stands.
func (s *Store) Head(ctx context.Context) (store.Head, error) {
	return read(ctx, s, func(v view) (store.Head, error) { return v.Head(ctx) })
}

// Journal reads entries of the journal.
func (s *Store) Journal(ctx context.Context, after store.Position, limit int) ([]store.Entry, error) {
	return read(ctx, s, func(v view) ([]store.Entry, error) { return v.Journal(ctx, after, limit) })
}
