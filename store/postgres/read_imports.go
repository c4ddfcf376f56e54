package postgres

import (
	"context"

	"rabta/matching"
	"rabta/store"
)

// GraduatesIn lists the graduates of a published batch.
func (s *Store) GraduatesIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Graduate, error) {
	return read(ctx, s, func(v view) ([]*matching.Graduate, error) { return v.GraduatesIn(ctx, batch, after, limit) })
}

// PostingsIn lists the postings of a published batch.
func (s *Store) PostingsIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Posting, error) {
	return read(ctx, s, func(v view) ([]*matching.Posting, error) { return v.PostingsIn(ctx, batch, after, limit) })
}

// EmployersIn lists the employers of a published batch.
func (s *Store) EmployersIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Employer, error) {
	return read(ctx, s, func(v view) ([]*matching.Employer, error) { return v.EmployersIn(ctx, batch, after, limit) })
}

// ImportedRow gives the digest of the row that a record was imported from.
func (s *Store) ImportedRow(ctx context.Context, id matching.ID) ([]byte, error) {
	return read(ctx, s, func(v view) ([]byte, error) { return v.ImportedRow(ctx, id) })
}

// StagedBatches lists the batches that are not published.
func (s *Store) StagedBatches(ctx context.Context) ([]store.Batch, error) {
	return read(ctx, s, func(v view) ([]store.Batch, error) { return v.StagedBatches(ctx) })
}

// Import reads the record of an import.
func (s *Store) Import(ctx context.Context, id matching.ID) (*store.Import, error) {
	return read(ctx, s, func(v view) (*store.Import, error) { return v.Import(ctx, id) })
}

// ImportResult reads the result file of an import.
func (s *Store) ImportResult(ctx context.Context, id matching.ID) ([]byte, error) {
	return read(ctx, s, func(v view) ([]byte, error) { return v.ImportResult(ctx, id) })
}

// Imports lists the records of imports.
func (s *Store) Imports(ctx context.Context, subject string, before matching.ID, limit int) ([]*store.Import, error) {
	return read(ctx, s, func(v view) ([]*store.Import, error) { return v.Imports(ctx, subject, before, limit) })
}

// Duplicate reads a pair.
func (s *Store) Duplicate(ctx context.Context, first, second matching.ID) (*store.Duplicate, error) {
	return read(ctx, s, func(v view) (*store.Duplicate, error) { return v.Duplicate(ctx, first, second) })
}

// Duplicates lists the pairs of a state.
func (s *Store) Duplicates(ctx context.Context, state store.DuplicateState, afterFirst, afterSecond matching.ID, limit int) ([]*store.Duplicate, error) {
	return read(ctx, s, func(v view) ([]*store.Duplicate, error) {
		return v.Duplicates(ctx, state, afterFirst, afterSecond, limit)
	})
}

// DuplicatesOf lists the pairs of a graduate.
func (s *Store) DuplicatesOf(ctx context.Context, graduate matching.ID) ([]*store.Duplicate, error) {
	return read(ctx, s, func(v view) ([]*store.Duplicate, error) { return v.DuplicatesOf(ctx, graduate) })
}
