package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// resealBatch is how many records one transaction of Reseal holds, so that writers wait for milliseconds.
const resealBatch = 500

// Reseal implements store.Store. A text or contact sealed with a newer key than ours, by a process that has rotated since, is left alone.
func (s *Store) Reseal(ctx context.Context) (int, error) {
	const op = "sqlite.Reseal"
	v := s.view(nil) // its keys stay the same to the end
	keys := v.keys
	graduates, err := s.resealAll(ctx,
		"SELECT id, sealed FROM graduate WHERE id > ? AND (sealing_key < ? OR lookup_key < ?) ORDER BY id LIMIT ?",
		"UPDATE graduate SET sealed = ?, sealing_key = ?, phone_mac = ?, cnic_mac = ?, lookup_key = ? WHERE id = ?",
		[]any{int64(keys.SealingVersion()), int64(keys.LookupVersion())},
		layout.Reseal(v.ring, keys, store.PersonalColumn, layout.SealPersonal))
	if err != nil {
		return graduates, fail(op, err)
	}
	employers, err := s.resealAll(ctx,
		"SELECT id, sealed FROM employer WHERE id > ? AND sealing_key < ? ORDER BY id LIMIT ?",
		"UPDATE employer SET sealed = ?, sealing_key = ? WHERE id = ?",
		[]any{int64(keys.SealingVersion())},
		layout.Reseal(v.ring, keys, store.ContactColumn, layout.SealContact))
	if err != nil {
		return graduates + employers, fail(op, err)
	}
	applications, err := s.resealAll(ctx,
		"SELECT id, sealed FROM application WHERE id > ? AND sealing_key < ? ORDER BY id LIMIT ?",
		"UPDATE application SET sealed = ?, sealing_key = ? WHERE id = ?",
		[]any{int64(keys.SealingVersion())},
		layout.Reseal(v.ring, keys, store.TextColumn, layout.SealText))
	if err == nil {
		err = s.forgetOldKeys(ctx, keys)
	}
	return graduates + employers + applications, fail(op, err)
}

// resealAll walks the records that query finds after an id, and updates each with what seal makes of its blob.
func (s *Store) resealAll(ctx context.Context, query, update string, versions []any, seal func(matching.ID, []byte) ([]any, error)) (int, error) {
	total, after := 0, ""
	for {
		done := 0
		err := s.exclusively(ctx, func(c *conn) error {
			type old struct {
				id   string
				blob []byte
			}
			var batch []old
			args := append(append([]any{after}, versions...), int64(resealBatch))
			err := c.each(query, args, func(rows *sql.Rows) error {
				var o old
				err := rows.Scan(&o.id, &o.blob)
				batch = append(batch, o)
				return err
			})
			if err != nil {
				return err
			}
			for _, o := range batch {
				values, err := seal(matching.ID(o.id), o.blob)
				if err != nil {
					return err
				}
				if err := c.exec(update, append(values, o.id)...); err != nil {
					return err
				}
				after = o.id
			}
			done = len(batch)
			return nil
		})
		if err != nil {
			return total, err
		}
		if done == 0 {
			return total, nil
		}
		total += done
	}
}

// forgetOldKeys drops the checks of key versions that nothing uses any more. The first lookup key names candidates and chains the audit
// log: its check stays.
func (s *Store) forgetOldKeys(ctx context.Context, keys *store.Keys) error {
	err := s.exclusively(ctx, func(c *conn) error {
		return c.exec("DELETE FROM key_check WHERE (use = ? AND version < ?) OR (use = ? AND version < ? AND version <> ?)",
			string(store.SealingKey), int64(keys.SealingVersion()), string(store.LookupKey), int64(keys.LookupVersion()),
			int64(keys.Versions(store.LookupKey)[0]))
	})
	s.scrubSoon()
	return err
}

// exclusively runs do in a transaction of its own that writes no journal.
func (s *Store) exclusively(ctx context.Context, do func(*conn) error) error {
	c, err := s.writer.take(ctx)
	if err != nil {
		return err
	}
	defer s.writer.give(c)
	if err := c.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := errors.Join(do(c), ctx.Err()); err != nil {
		c.rollback()
		return err
	}
	if err := c.exec("COMMIT"); err != nil {
		c.rollback()
		return err
	}
	return nil
}
