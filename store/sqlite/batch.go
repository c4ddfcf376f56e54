package sqlite

import (
	"context"
	"database/sql"
	"errors"

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
	query := "SELECT " + layout.ReadColumns + " FROM " + string(n.Name) + ` WHERE batch <> 0 AND batch = (SELECT number FROM batch WHERE id = ?
		AND number NOT IN (SELECT number FROM staged)) AND id > ? ORDER BY id LIMIT ?`
	found, err := list(ctx, v, query, []any{string(batch), string(after), limit}, n.Read)
	return found, fail("sqlite.list "+string(n.Name)+" in batch", err)
}

// StagedBatches lists the batches that are not published.
func (v view) StagedBatches(ctx context.Context) ([]store.Batch, error) {
	const op = "sqlite.StagedBatches"
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	var list []store.Batch
	err := v.conn.each("SELECT id, begun FROM batch JOIN staged USING (number) ORDER BY begun, id", nil, func(rows *sql.Rows) error {
		var id string
		var begun int64
		err := rows.Scan(&id, &begun)
		list = append(list, store.Batch{ID: matching.ID(id), Begun: layout.Time(begun)})
		return err
	})
	return list, fail(op, err)
}

// batchNumber gives the number of a batch and whether it is staged; sql.ErrNoRows when it is not known.
func (c *conn) batchNumber(batch matching.ID) (number int64, staged bool, err error) {
	err = c.row("SELECT number, number IN (SELECT number FROM staged) FROM batch WHERE id = ?", []any{string(batch)}, &number, &staged)
	return number, staged, err
}

// StageIn begins or goes on with a batch.
func (t *tx) StageIn(ctx context.Context, batch matching.ID) error {
	const op = "sqlite.StageIn"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	if !batch.Is(store.ImportPrefix) {
		return t.doom(op, layout.NoImport("batch"))
	}
	number, staged, err := t.conn.batchNumber(batch)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		number, err = t.beginBatch(batch)
	case err == nil && !staged:
		err = errPublished()
	}
	if err != nil {
		return t.doom(op, err)
	}
	t.batch = number
	return nil
}

func (t *tx) beginBatch(batch matching.ID) (number int64, err error) {
	err = t.conn.row("INSERT INTO batch (id, begun) VALUES (?, ?) RETURNING number", []any{string(batch), layout.Micro(t.at)}, &number)
	if err != nil {
		return 0, err
	}
	t.wrote = true
	return number, t.conn.exec("INSERT INTO staged (number) VALUES (?)", number)
}

// PublishBatch shows the records of a batch.
func (t *tx) PublishBatch(ctx context.Context, batch matching.ID) error {
	const op = "sqlite.PublishBatch"
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	number, staged, err := t.conn.batchNumber(batch)
	if err == nil && !staged {
		err = errPublished()
	}
	if err == nil {
		err = t.conn.exec("DELETE FROM staged WHERE number = ?", number)
	}
	if err == nil {
		err = t.append(store.BatchNoun, string(batch), 1, store.Put)
	}
	if err != nil {
		return t.doom(op, err)
	}
	if t.batch == number {
		t.batch = 0 // what comes after it has its own entry
	}
	return nil
}

func errPublished() error {
	return fault.New(fault.Conflict, "sqlite.batch", "The batch has been published already. Begin another one.")
}

// DiscardBatch implements store.Store.
func (s *Store) DiscardBatch(ctx context.Context, batch matching.ID) error {
	const op = "sqlite.DiscardBatch"
	for done := false; !done; {
		err := s.exclusively(ctx, func(c *conn) error {
			number, staged, err := c.batchNumber(batch)
			if errors.Is(err, sql.ErrNoRows) {
				done = true
				return nil
			}
			if err != nil {
				return err
			}
			if !staged {
				return errPublished()
			}
			done, err = c.discardSome(number)
			return err
		})
		if err != nil {
			return fail(op, err)
		}
	}
	s.scrubSoon()
	return nil
}

// discardSome removes some rows of a batch, and the batch itself once none is left.
func (c *conn) discardSome(number int64) (done bool, err error) {
	left := int64(discardStep)
	for _, table := range []store.Noun{store.PostingNoun, store.GraduateNoun, store.EmployerNoun} {
		var removed int64
		err := c.exec("DELETE FROM "+string(table)+" WHERE rowid IN (SELECT rowid FROM "+string(table)+" WHERE batch <> 0 AND batch = ? LIMIT ?)",
			number, left)
		if err == nil {
			err = c.row("SELECT changes()", nil, &removed)
		}
		if err != nil {
			return false, err
		}
		if left -= removed; left <= 0 {
			return false, nil
		}
	}
	return true, errors.Join(c.exec("DELETE FROM staged WHERE number = ?", number), c.exec("DELETE FROM batch WHERE number = ?", number))
}
