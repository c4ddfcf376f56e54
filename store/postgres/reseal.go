package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// resealBatch is how many records one transaction of Reseal holds, so that writers wait for milliseconds.
const resealBatch = 500

// resealing says how the sealed part of one table is sealed again: query gives ids and blobs after an id ($1) that are not of the
// versions ($3 and on), up to a limit ($2), and update takes what seal makes of a blob, and the id last.
type resealing struct {
	query, update string
	versions      []any
	seal          func(matching.ID, []byte) ([]any, error)
}

// Reseal implements store.Store. What is sealed with a newer key than ours, by a node that has rotated since, is left alone.
func (s *Store) Reseal(ctx context.Context) (int, error) {
	const op = "postgres.Reseal"
	v := s.view(nil) // its keys stay the same to the end
	total, err := s.resealOnce(ctx, v)
	if err != nil {
		return total, fail(op, err)
	}
	if err := s.forgetOldKeys(ctx, v.keys); err != nil {
		return total, fail(op, err)
	}
	// What other nodes have sealed with older keys meanwhile; from now on they do not.
	late, err := s.resealOnce(ctx, v)
	return total + late, fail(op, err)
}

// resealOnce goes through every table.
func (s *Store) resealOnce(ctx context.Context, v view) (int, error) {
	total := 0
	for _, r := range []resealing{resealGraduates(v), resealEmployers(v), resealApplications(v)} {
		n, err := s.resealAll(ctx, r)
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

func resealGraduates(v view) resealing {
	return resealing{
		query:    "SELECT id, sealed FROM graduate WHERE id > $1 AND (sealing_key < $3 OR lookup_key < $4) ORDER BY id LIMIT $2",
		update:   "UPDATE graduate SET sealed = $1, sealing_key = $2, phone_mac = $3, cnic_mac = $4, lookup_key = $5 WHERE id = $6",
		versions: []any{int64(v.keys.SealingVersion()), int64(v.keys.LookupVersion())},
		seal:     layout.Reseal(v.ring, v.keys, store.PersonalColumn, layout.SealPersonal),
	}
}

func resealEmployers(v view) resealing {
	return resealing{
		query:    "SELECT id, sealed FROM employer WHERE id > $1 AND sealing_key < $3 ORDER BY id LIMIT $2",
		update:   "UPDATE employer SET sealed = $1, sealing_key = $2 WHERE id = $3",
		versions: []any{int64(v.keys.SealingVersion())},
		seal:     layout.Reseal(v.ring, v.keys, store.ContactColumn, layout.SealContact),
	}
}

func resealApplications(v view) resealing {
	return resealing{
		query:    "SELECT id, sealed FROM application WHERE id > $1 AND sealing_key < $3 ORDER BY id LIMIT $2",
		update:   "UPDATE application SET sealed = $1, sealing_key = $2 WHERE id = $3",
		versions: []any{int64(v.keys.SealingVersion())},
		seal:     layout.Reseal(v.ring, v.keys, store.TextColumn, layout.SealText),
	}
}

// resealAll goes through the records batch by batch. A batch that met a deadlock is done again; one whose connection was lost may be:
// it finds what is left.
func (s *Store) resealAll(ctx context.Context, r resealing) (int, error) {
	total, after := 0, ""
	for tries := 1; ; {
		var done int
		var last string
		err := s.exclusively(ctx, func(c *pgx.Conn) (err error) {
			done, last, err = r.batch(ctx, c, after)
			return err
		})
		switch {
		case err != nil && stateOf(err) == codeDeadlock && tries < attempts:
			tries++
		case err != nil || done == 0:
			return total, err
		default:
			total, after, tries = total+done, last, 1
		}
	}
}

// batch seals up to resealBatch records after an id again, and gives how many and the last id. It holds their locks meanwhile.
func (r resealing) batch(ctx context.Context, c *pgx.Conn, after string) (done int, last string, err error) {
	var updates pgx.Batch
	args := append([]any{after, resealBatch}, r.versions...)
	err = each(ctx, c, r.query+locking, args, func(rows pgx.Rows) error {
		var blob []byte
		if err := rows.Scan(&last, &blob); err != nil {
			return err
		}
		values, err := r.seal(matching.ID(last), blob)
		if err != nil {
			return err
		}
		updates.Queue(r.update, append(values, last)...)
		return nil
	})
	if err != nil {
		return 0, "", err
	}
	return updates.Len(), last, c.SendBatch(ctx, &updates).Close()
}

// forgetOldKeys drops the checks of key versions that nothing uses any more. The first lookup key names candidates and chains the audit
// log: its check stays.
func (s *Store) forgetOldKeys(ctx context.Context, keys *store.Keys) error {
	return s.exclusively(ctx, func(c *pgx.Conn) error {
		if err := holdKeys(ctx, c); err != nil {
			return err
		}
		_, err := c.Exec(ctx, "DELETE FROM key_check WHERE (use = $1 AND version < $2) OR (use = $3 AND version < $4 AND version <> $5)",
			string(store.SealingKey), int64(keys.SealingVersion()), string(store.LookupKey), int64(keys.LookupVersion()),
			int64(keys.Versions(store.LookupKey)[0]))
		return err
	})
}

// exclusively runs do in a transaction of its own that writes no journal.
func (s *Store) exclusively(ctx context.Context, do func(*pgx.Conn) error) error {
	return s.lend(ctx, s.writers, func(c *pgx.Conn) error {
		if _, err := c.Exec(ctx, "BEGIN"); err != nil {
			return err
		}
		done := false
		defer func() {
			if !done {
				rollback(ctx, c)
			}
		}()
		if err := errors.Join(do(c), ctx.Err()); err != nil {
			return err
		}
		err := commit(ctx, c)
		done = err == nil
		return err
	})
}
