package sqlite

import (
	"context"
	"database/sql"

	"rabta/store"
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
	counts, err := read(ctx, s, func(v view) ([]store.KeyCount, error) {
		var counts []store.KeyCount
		err := v.conn.each(`SELECT 'sealing', sealing_key, count(*) FROM (SELECT sealing_key FROM graduate WHERE sealed IS NOT NULL
			UNION ALL SELECT sealing_key FROM employer WHERE sealed IS NOT NULL
			UNION ALL SELECT sealing_key FROM application WHERE sealed IS NOT NULL) GROUP BY sealing_key
			UNION ALL SELECT 'lookup', lookup_key, count(*) FROM graduate WHERE phone_mac IS NOT NULL OR cnic_mac IS NOT NULL GROUP BY lookup_key
			ORDER BY 1 DESC, 2`, nil, func(rows *sql.Rows) error {
			var c store.KeyCount
			err := rows.Scan(&c.Use, &c.Version, &c.Records)
			counts = append(counts, c)
			return err
		})
		return counts, err
	})
	return counts, fail("sqlite.KeyCounts", err)
}
