package store

import (
	"context"

	"rabta/matching"
)

// Many reads for many at once, in a statement or two however many they are: an import and a follower of the journal ask so, for whom a
// statement for each record would be a round trip for each. What is not there is left out of the answer and is no error; asking for
// nothing finds nothing. Reader says the rest, of the methods for one that these are named after. A few thousand at once are enough.
type Many interface {
	// Graduates and Postings read records, in id order.
	Graduates(ctx context.Context, ids []matching.ID) ([]*matching.Graduate, error)
	Postings(ctx context.Context, ids []matching.ID) ([]*matching.Posting, error)

	// Personals opens the sealed parts of graduates; one without gives the zero value.
	Personals(ctx context.Context, graduates []matching.ID) (map[matching.ID]matching.Personal, error)

	// GraduatesByPhones and GraduatesByCNICs look people up, each list in id order under the number as it was given.
	GraduatesByPhones(ctx context.Context, phones []string) (map[string][]matching.ID, error)
	GraduatesByCNICs(ctx context.Context, cnics []string) (map[string][]matching.ID, error)

	// ByExternalIDs finds the imported records of a noun and a source, by external id.
	ByExternalIDs(ctx context.Context, noun Noun, source string, externalIDs []string) (map[string]matching.ID, error)

	// ImportedRows gives what NoteRow kept with graduates and postings, nil for a record with which nothing was kept.
	ImportedRows(ctx context.Context, ids []matching.ID) (map[matching.ID][]byte, error)
}

// Graduates implements Many, as do the methods below.
func (l Lent) Graduates(ctx context.Context, ids []matching.ID) ([]*matching.Graduate, error) {
	return lent(ctx, l, func(r Reader) ([]*matching.Graduate, error) { return r.Graduates(ctx, ids) })
}

// Postings reads postings.
func (l Lent) Postings(ctx context.Context, ids []matching.ID) ([]*matching.Posting, error) {
	return lent(ctx, l, func(r Reader) ([]*matching.Posting, error) { return r.Postings(ctx, ids) })
}

// Personals opens the sealed parts of graduates.
func (l Lent) Personals(ctx context.Context, graduates []matching.ID) (map[matching.ID]matching.Personal, error) {
	return lent(ctx, l, func(r Reader) (map[matching.ID]matching.Personal, error) { return r.Personals(ctx, graduates) })
}

// GraduatesByPhones looks people up by phones.
func (l Lent) GraduatesByPhones(ctx context.Context, phones []string) (map[string][]matching.ID, error) {
	return lent(ctx, l, func(r Reader) (map[string][]matching.ID, error) { return r.GraduatesByPhones(ctx, phones) })
}

// GraduatesByCNICs looks people up by CNICs.
func (l Lent) GraduatesByCNICs(ctx context.Context, cnics []string) (map[string][]matching.ID, error) {
	return lent(ctx, l, func(r Reader) (map[string][]matching.ID, error) { return r.GraduatesByCNICs(ctx, cnics) })
}

// ByExternalIDs finds imported records.
func (l Lent) ByExternalIDs(ctx context.Context, noun Noun, source string, externalIDs []string) (map[string]matching.ID, error) {
	return lent(ctx, l, func(r Reader) (map[string]matching.ID, error) { return r.ByExternalIDs(ctx, noun, source, externalIDs) })
}

// ImportedRows gives the digests of the rows that records were imported from.
func (l Lent) ImportedRows(ctx context.Context, ids []matching.ID) (map[matching.ID][]byte, error) {
	return lent(ctx, l, func(r Reader) (map[matching.ID][]byte, error) { return r.ImportedRows(ctx, ids) })
}
