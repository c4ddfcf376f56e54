package sqlite

import (
	"context"
	"errors"
	"time"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// Removals gives the digests of removed people.
func (v view) Removals(ctx context.Context) ([][]byte, error) {
	digests, err := list(ctx, v, "SELECT digest FROM removed", nil, layout.ReadDigest)
	return layout.Values(digests), fail("sqlite.Removals", err)
}

// ForgetRemoval lets a removed person come again.
func (t *tx) ForgetRemoval(ctx context.Context, digest []byte) error {
	const op = "sqlite.ForgetRemoval"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if err := t.conn.exec("DELETE FROM removed WHERE digest = ?", digest); err != nil {
		return t.doom(op, err)
	}
	t.wrote = true
	return nil
}

// knownBy is what leads to a graduate alone.
const knownBy = `SELECT source, external_id FROM graduate g WHERE id = ?1 AND external_id <> ''
	AND NOT EXISTS (SELECT 1 FROM merged m WHERE m.source = g.source AND m.external_id = g.external_id)
	UNION SELECT source, external_id FROM merged WHERE graduate = ?1`

// noteRemoval keeps digests of what leads to a graduate who is about to be deleted.
func (t *tx) noteRemoval(ctx context.Context, id matching.ID) error {
	known, err := list(ctx, t.view, knownBy, []any{string(id)}, layout.ReadKnown)
	for _, k := range known {
		if err == nil {
			err = t.conn.exec("INSERT OR IGNORE INTO removed (digest, at) VALUES (?, ?)", t.keys.RemovedDigest(k.Source, k.ExternalID), layout.Micro(t.at))
		}
	}
	return err
}

// Spend implements store.Store.
func (s *Store) Spend(ctx context.Context, account, what string, since time.Time, most int) (may bool, err error) {
	err = s.exclusively(ctx, func(c *conn) error {
		var spent, before int64
		err := errors.Join(c.exec("DELETE FROM spent WHERE account = ? AND at < ?", account, layout.Micro(since)),
			c.row("SELECT count(*), count(*) FILTER (WHERE what = ?) FROM spent WHERE account = ?", []any{what, account}, &spent, &before))
		if may = before > 0 || spent < int64(most); err != nil || before > 0 || !may {
			return err
		}
		return c.exec("INSERT INTO spent (account, what, at) VALUES (?, ?, ?)", account, what, layout.Micro(store.UTC(s.now())))
	})
	return may && err == nil, fail("sqlite.Spend", err)
}
