package postgres

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/store"
	"rabta/store/layout"
)

// Which keys are in use is told by key_check, for every process that has the store open. A transaction that seals looks there whether
// its keys are, and holds keysLock with others until it ends; who changes key_check holds it alone. So once Reseal has told that an old
// version is forgotten, nothing is sealed with it any more, wherever.

// SetKeys implements store.Store. It waits for the transactions that began with other keys.
func (s *Store) SetKeys(ctx context.Context, keys *store.Keys) error {
	return fail("postgres.SetKeys", s.exclusively(ctx, func(c *pgx.Conn) error {
		if err := holdKeys(ctx, c); err != nil {
			return err
		}
		if err := checkKeys(ctx, c, keys); err != nil {
			return err
		}
		// Set before the commit: with its checks rolled back the store still works, and tries again when it is opened.
		s.ring.Set(keys)
		return nil
	}))
}

// holdKeys waits until no transaction seals, and keeps others from it until this one ends.
func holdKeys(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(keysLock))
	return err
}

// KeyCounts implements store.Store.
func (s *Store) KeyCounts(ctx context.Context) ([]store.KeyCount, error) {
	var counts []*store.KeyCount
	err := s.read(ctx, func(v view) (err error) {
		counts, err = list(ctx, v, layout.KeyCounts, nil, layout.ReadKeyCount)
		return err
	})
	return layout.Values(counts), fail("postgres.KeyCounts", err)
}

// inUse tells whether what these keys seal can be opened from now on: key_check holds their current versions, or none as new, because
// the key file is a moment ahead of it. A version that has been forgotten is older than one that is held.
func inUse(held [][][]byte, keys *store.Keys) bool {
	for use, current := range map[store.KeyUse]uint32{store.SealingKey: keys.SealingVersion(), store.LookupKey: keys.LookupVersion()} {
		known, newer := false, false
		for _, row := range held {
			version, err := strconv.ParseUint(string(row[1]), 10, 32)
			if err != nil || store.KeyUse(row[0]) != use {
				continue
			}
			known, newer = known || uint32(version) == current, newer || uint32(version) > current
		}
		if newer && !known {
			return false
		}
	}
	return true
}

// errRetired is what a node is told whose key file lacks the keys that are in use now.
func errRetired() error {
	return fault.New(fault.Unavailable, "postgres.seal", "The key file of this node is older than the keys in use. Copy the newest key file here.")
}
