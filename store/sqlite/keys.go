package sqlite

import (
	"context"

	"rabta/store"
	"rabta/store/layout"
)

// SetKeys implements store.Store. It holds the writer, so that every transaction seals with the keys of before or of after.
func (s *Store) SetKeys(ctx context.Context, keys *store.Keys) error {
	const op = "sqlite.SetKeys"
	return fail(op, s.exclusively(ctx, func(c *conn) error {
		if err := checkKeys(c, keys); err != nil {
			return err
		}
		// Set before the commit: with its checks rolled back the store still works, and tries again when it is opened.
		s.ring.Set(keys)
		return nil
	}))
}

// KeyCounts implements store.Store.
func (s *Store) KeyCounts(ctx context.Context) ([]store.KeyCount, error) {
	var counts []*store.KeyCount
	err := s.read(ctx, func(v view) (err error) {
		counts, err = list(ctx, v, layout.KeyCounts, nil, layout.ReadKeyCount)
		return err
	})
	return layout.Values(counts), fail("sqlite.KeyCounts", err)
}
