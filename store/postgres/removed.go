package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// Removals gives the digests of removed people.
func (v view) Removals(ctx context.Context) ([][]byte, error) {
	digests, err := list(ctx, v.about(), "SELECT digest FROM removed", nil, layout.ReadDigest)
	return layout.Values(digests), fail("postgres.Removals", err)
}

// ForgetRemoval lets a removed person come again.
func (t *tx) ForgetRemoval(ctx context.Context, digest []byte) error {
	const op = "postgres.ForgetRemoval"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if err := t.about().exec(ctx, "DELETE FROM removed WHERE digest = $1", digest); err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}

// knownBy is what leads to a graduate alone.
const knownBy = `SELECT source, external_id FROM graduate g WHERE id = $1 AND external_id <> ''
	AND NOT EXISTS (SELECT 1 FROM merged m WHERE m.source = g.source AND m.external_id = g.external_id)
	UNION SELECT source, external_id FROM merged WHERE graduate = $1`

// noteRemoval keeps digests of what leads to a graduate who is about to be deleted.
func (t *tx) noteRemoval(ctx context.Context, id matching.ID) error {
	known, err := list(ctx, t.about(rowKey(store.GraduateNoun, id)), knownBy, []any{string(id)}, layout.ReadKnown)
	for _, k := range known {
		if err == nil {
			err = t.about().exec(ctx, "INSERT INTO removed (digest, at) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING",
				t.keys.RemovedDigest(k.Source, k.ExternalID), layout.Micro(t.at))
		}
	}
	return err
}

// Spend implements store.Store. Accounts are locked one by one, so that no two processes count at once.
func (s *Store) Spend(ctx context.Context, account, what string, since time.Time, most int) (may bool, err error) {
	err = s.exclusively(ctx, func(c *pgx.Conn) error {
		if _, err := c.Exec(ctx, "SELECT pg_advisory_xact_lock($1, hashtext($2))", int32(spendClass), account); err != nil {
			return err
		}
		if _, err := c.Exec(ctx, "DELETE FROM spent WHERE account = $1 AND at < $2", account, layout.Micro(since)); err != nil {
			return err
		}
		var spent, before int
		err := c.QueryRow(ctx, "SELECT count(*), count(*) FILTER (WHERE what = $2) FROM spent WHERE account = $1", account, what).Scan(&spent, &before)
		if may = before > 0 || spent < most; err != nil || before > 0 || !may {
			return err
		}
		_, err = c.Exec(ctx, "INSERT INTO spent (account, what, at) VALUES ($1, $2, $3)", account, what, layout.Micro(store.UTC(s.now())))
		return err
	})
	return may && err == nil, fail("postgres.Spend", err)
}
