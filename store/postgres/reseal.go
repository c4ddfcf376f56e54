package postgres

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"rabta/matching"
	"rabta/store"
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

// Reseal seals everything that older key versions have sealed again with the current ones, and the hashes of phones and CNICs
// too; then the older versions may leave the key file, but for the first lookup key, by which candidates are named
// (store.Keys.Pseudonym). It works in batches beside readers and writers, and may be ended and begun again. What records say
// stays the same, so their versions do and the journal has no entry. It gives the number of records that it has sealed again.
func (s *Store) Reseal(ctx context.Context) (int, error) {
	const op = "postgres.Reseal"
	total := 0
	for _, r := range []resealing{s.graduateResealing(), s.employerResealing()} {
		n, err := s.resealAll(ctx, r)
		total += n
		if err != nil {
			return total, fail(op, err)
		}
	}
	return total, fail(op, s.forgetOldKeys(ctx))
}

func (s *Store) graduateResealing() resealing {
	return resealing{
		query:    "SELECT id, sealed FROM graduate WHERE id > $1 AND (sealing_key <> $3 OR lookup_key <> $4) ORDER BY id LIMIT $2",
		update:   "UPDATE graduate SET sealed = $1, sealing_key = $2, phone_mac = $3, cnic_mac = $4, lookup_key = $5 WHERE id = $6",
		versions: []any{int64(s.keys.SealingVersion()), int64(s.keys.LookupVersion())},
		seal: func(id matching.ID, blob []byte) ([]any, error) {
			var p matching.Personal
			if err := openJSON(s.keys, id, store.PersonalColumn, blob, &p); err != nil {
				return nil, err
			}
			return sealPersonal(s.keys, id, &p)
		},
	}
}

func (s *Store) employerResealing() resealing {
	return resealing{
		query:    "SELECT id, sealed FROM employer WHERE id > $1 AND sealing_key <> $3 ORDER BY id LIMIT $2",
		update:   "UPDATE employer SET sealed = $1, sealing_key = $2 WHERE id = $3",
		versions: []any{int64(s.keys.SealingVersion())},
		seal: func(id matching.ID, blob []byte) ([]any, error) {
			var c matching.EmployerContact
			if err := openJSON(s.keys, id, store.ContactColumn, blob, &c); err != nil {
				return nil, err
			}
			return sealContact(s.keys, id, &c)
		},
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

// forgetOldKeys drops the checks of key versions that nothing uses any more.
func (s *Store) forgetOldKeys(ctx context.Context) error {
	return s.exclusively(ctx, func(c *pgx.Conn) error {
		_, err := c.Exec(ctx, "DELETE FROM key_check WHERE (use = $1 AND version <> $2) OR (use = $3 AND version <> $4)",
			string(store.SealingKey), int64(s.keys.SealingVersion()), string(store.LookupKey), int64(s.keys.LookupVersion()))
		return err
	})
}

// exclusively runs do in a transaction of its own that writes no journal.
func (s *Store) exclusively(ctx context.Context, do func(*pgx.Conn) error) error {
	return s.lend(ctx, s.writers, func(c *pgx.Conn) error {
		return pgx.BeginFunc(ctx, c, func(pgx.Tx) error { return do(c) })
	})
}

// openJSON opens a sealed part into dest.
func openJSON(keys *store.Keys, id matching.ID, column string, blob []byte, dest any) error {
	plain, err := keys.Open(id, column, blob)
	if err != nil {
		return err
	}
	if json.Unmarshal(plain, dest) != nil {
		return errDamaged
	}
	return nil
}
