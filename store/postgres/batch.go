package postgres

import (
	"context"
	"errors"
	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// discardStep is how many rows one transaction of DiscardBatch removes: few enough that writers wait for milliseconds.
const discardStep = 500

// GraduatesIn lists the graduates of a published batch.
func (v view) GraduatesIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Graduate, error) {
	return in(ctx, v, &graduates, batch, after, limit)
}

// PostingsIn lists the postings of a published batch.
func (v view) PostingsIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Posting, error) {
	return in(ctx, v, &postings, batch, after, limit)
}

// EmployersIn lists the employers of a published batch.
func (v view) EmployersIn(ctx context.Context, batch, after matching.ID, limit int) ([]*matching.Employer, error) {
	return in(ctx, v, &employers, batch, after, limit)
}

// in lists the records of a noun that came in a batch, in id order.
func in[R any](ctx context.Context, v view, n *noun[R], batch, after matching.ID, limit int) ([]*R, error) {
	query := "SELECT " + layout.ReadColumns + " FROM " + string(n.Name) + ` WHERE batch <> 0 AND batch = (SELECT number FROM batch WHERE id = $1
		AND number NOT IN (SELECT number FROM staged)) AND id > $2 ORDER BY id LIMIT $3`
	found, err := list(ctx, v, v.locked(query), []any{string(batch), string(after), max(limit, 0)}, n.Read)
	return found, fail("postgres.list "+string(n.Name)+" in batch", err)
}

// StagedBatches lists the batches that are not published.
func (v view) StagedBatches(ctx context.Context) ([]store.Batch, error) {
	const op = "postgres.StagedBatches"
	var list []store.Batch
	err := v.each(ctx, "SELECT id, begun FROM batch JOIN staged USING (number) ORDER BY begun, id", nil, func(rows pgx.Rows) error {
		var id string
		var begun int64
		err := rows.Scan(&id, &begun)
		list = append(list, store.Batch{ID: matching.ID(id), Begun: layout.Time(begun)})
		return err
	})
	return list, fail(op, err)
}

// batchNumber gives the number of a batch and whether it is staged; pgx.ErrNoRows when it is not known. It holds the batch as it is:
// FOR SHARE for who adds to it, FOR UPDATE for who publishes or discards it.
func batchNumber(ctx context.Context, c *pgx.Conn, batch matching.ID, lock string) (number int64, staged bool, err error) {
	if err := c.QueryRow(ctx, "SELECT number FROM batch WHERE id = $1 "+lock, string(batch)).Scan(&number); err != nil {
		return 0, false, err
	}
	// A statement of its own: what changed while the first waited is seen by a later one alone.
	err = c.QueryRow(ctx, "SELECT EXISTS (SELECT FROM staged WHERE number = $1)", number).Scan(&staged)
	return number, staged, err
}

// StageIn begins or goes on with a batch.
func (t *tx) StageIn(ctx context.Context, batch matching.ID) error {
	const op = "postgres.StageIn"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if !batch.Is(store.ImportPrefix) {
		return t.doom(op, layout.NoImport("batch"))
	}
	number, staged, err := batchNumber(ctx, t.conn, batch, "FOR SHARE")
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		t.looked = true
		number, err = t.beginBatch(ctx, batch)
	case err == nil && !staged:
		err = errPublished()
	}
	if err != nil {
		return t.doom(op, err)
	}
	t.batch = number
	return nil
}

// beginBatch takes the next number. The lock keeps two that begin at once apart.
func (t *tx) beginBatch(ctx context.Context, batch matching.ID) (number int64, err error) {
	if err := t.about().exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(batchLock)); err != nil {
		return 0, err
	}
	err = t.about().row(ctx, "INSERT INTO batch (number, id, begun) SELECT coalesce(max(number), 0) + 1, $1, $2 FROM batch RETURNING number",
		[]any{string(batch), layout.Micro(t.at)}, &number)
	if err != nil {
		return 0, err
	}
	t.wrote = true
	return number, t.about().exec(ctx, "INSERT INTO staged (number) VALUES ($1)", number)
}

// PublishBatch shows the records of a batch.
func (t *tx) PublishBatch(ctx context.Context, batch matching.ID) error {
	const op = "postgres.PublishBatch"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	err := t.send(ctx)
	var number int64
	var staged bool
	if err == nil {
		number, staged, err = batchNumber(ctx, t.conn, batch, "FOR UPDATE")
	}
	if err == nil && !staged {
		err = errPublished()
	}
	if err == nil {
		err = t.exec(ctx, "DELETE FROM staged WHERE number = $1", number)
	}
	if err != nil {
		return t.doom(op, err)
	}
	t.append(store.BatchNoun, string(batch), 1, store.Put)
	if t.batch == number {
		t.batch = 0 // what comes after it has its own entry
	}
	return nil
}

func errPublished() error {
	return fault.New(fault.Conflict, "postgres.batch", "The batch has been published already. Begin another one.")
}

// DiscardBatch implements store.Store.
func (s *Store) DiscardBatch(ctx context.Context, batch matching.ID) error {
	const op = "postgres.DiscardBatch"
	for done := false; !done; {
		err := s.exclusively(ctx, func(c *pgx.Conn) error {
			number, staged, err := batchNumber(ctx, c, batch, "FOR UPDATE")
			if errors.Is(err, pgx.ErrNoRows) {
				done = true
				return nil
			}
			if err != nil {
				return err
			}
			if !staged {
				return errPublished()
			}
			done, err = discardSome(ctx, c, number)
			return err
		})
		if err != nil {
			return fail(op, err)
		}
	}
	return nil
}

// discardSome removes some rows of a batch, and the batch itself once none is left.
func discardSome(ctx context.Context, c *pgx.Conn, number int64) (done bool, err error) {
	left := int64(discardStep)
	for _, table := range []store.Noun{store.PostingNoun, store.GraduateNoun, store.EmployerNoun} {
		removed, err := c.Exec(ctx, "DELETE FROM "+string(table)+" WHERE id IN (SELECT id FROM "+string(table)+" WHERE batch <> 0 AND batch = $1 LIMIT $2)",
			number, left)
		if err != nil {
			return false, err
		}
		if left -= removed.RowsAffected(); left <= 0 {
			return false, nil
		}
	}
	for _, table := range []string{"staged", "batch"} {
		if _, err := c.Exec(ctx, "DELETE FROM "+table+" WHERE number = $1", number); err != nil {
			return false, err
		}
	}
	return true, nil
}
