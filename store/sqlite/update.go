package sqlite

import (
	"context"
	"errors"
	"strings"
	"time"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// tx is one transaction on the writing connection. It holds the writer's lock from its first statement (BEGIN IMMEDIATE), so
// it is never run again, and positions are handed out in commit order.
type tx struct {
	view
	at      time.Time  // of all its entries
	head    store.Head // with its own entries counted
	start   store.Position
	failed  error       // the first error of a Put or Delete; the transaction can only be undone then
	undo    layout.Undo // takes stamps back from the records given
	erased  bool        // a record was deleted or a sealed part replaced
	records int         // put or deleted
	created int         // records
	wrote   bool        // something without an entry was written
	batch   int64       // the number of the batch that new records belong to; 0: none
	ended   bool
	changed changed

	gathered []*gathered // not written yet
}

var _ store.Tx = (*tx)(nil)

// Update implements store.Store.
func (s *Store) Update(ctx context.Context, change func(store.Tx) error) (store.Position, error) {
	const op = "sqlite.Update"
	c, err := s.writer.take(ctx)
	if err != nil {
		return 0, fail(op, err)
	}
	defer s.writer.give(c)
	t := &tx{view: s.view(c), at: store.UTC(s.now())}
	if err := t.begin(ctx); err != nil {
		return 0, fail(op, err)
	}
	defer t.rollback() // also when change panics; nothing after a commit
	if err := change(t); err != nil {
		return 0, err
	}
	if err := errors.Join(t.failed, ctx.Err()); err != nil {
		return 0, fail(op, err)
	}
	if t.head.Position == t.start && !t.wrote {
		return t.head.Position, nil
	}
	if err := s.kept.around(&t.changed, t.commit); err != nil {
		return 0, fail(op, err)
	}
	s.bell.Ring()
	s.checkpointSoon(t.records)
	if t.erased {
		s.scrubSoon()
	}
	return t.head.Position, nil
}

// TakesTurns implements store.Store: there is one writer.
func (s *Store) TakesTurns() bool { return true }

// Undisturbed implements store.Store: the WAL is not moved meanwhile.
func (s *Store) Undisturbed(ctx context.Context, do func() error) error {
	select {
	case s.moving <- struct{}{}:
	case <-ctx.Done():
		return fail("sqlite.Undisturbed", ctx.Err())
	}
	defer func() { <-s.moving }()
	return do()
}

func (t *tx) begin(ctx context.Context) error {
	if err := t.conn.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	head, err := t.view.Head(ctx)
	if err != nil {
		t.conn.rollback()
		return err
	}
	t.head, t.start = head, head.Position
	t.pending = &t.head
	return nil
}

func (t *tx) commit() error {
	if err := t.conn.exec("UPDATE journal_head SET position = ?", int64(t.head.Position)); err != nil {
		return err
	}
	if err := t.conn.exec("COMMIT"); err != nil {
		return err
	}
	t.ended = true
	return nil
}

// rollback undoes a transaction that did not commit, in the database and in the records that were given.
func (t *tx) rollback() {
	if t.ended {
		return
	}
	t.ended = true
	t.undo.Run()
	t.conn.rollback()
}

// ready refuses a write that cannot become part of the transaction.
func (t *tx) ready(ctx context.Context) error {
	if t.ended {
		return errors.New("the transaction has ended")
	}
	if t.failed != nil {
		return t.failed
	}
	return ctx.Err()
}

// doom notes that a write failed, after which the transaction can only be undone: PostgreSQL would have it so, and a change
// that is half there is no change.
func (t *tx) doom(op string, err error) error {
	err = fail(op, err)
	if t.failed == nil {
		t.failed = err
	}
	return err
}

// append adds a journal entry at the next position.
func (t *tx) append(noun store.Noun, id string, version int64, operation store.Operation) error {
	values := []any{int64(t.head.Position + 1), string(noun), id, version, string(operation), layout.Micro(t.at)}
	t.head.Position++
	t.records++
	t.changed.note(noun, id, version, operation)
	if t.created > writtenAtOnce {
		t.gather("journal", entryColumns, values)
		return nil
	}
	return t.conn.exec(insertEntry, values...)
}

var (
	entryColumns = strings.Split(layout.EntryColumns, ", ")
	insertEntry  = insertOf("journal", entryColumns)
)

// remove deletes the row of an id and the replies that name it, and appends the entry.
func (t *tx) remove(ctx context.Context, noun store.Noun, id string) error {
	op := "sqlite.delete " + string(noun)
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	var version int64
	if err := t.conn.row("DELETE FROM "+string(noun)+" WHERE id = ?"+layout.Shown(noun)+" RETURNING version", []any{id}, &version); err != nil {
		return t.doom(op, err)
	}
	t.erased = true
	if err := t.forgetRepliesAbout(id); err != nil {
		return t.doom(op, err)
	}
	if err := t.append(noun, id, version, store.Delete); err != nil {
		return t.doom(op, err)
	}
	return nil
}

// DeleteGraduate deletes a graduate, her applications and the tokens that speak for her.
func (t *tx) DeleteGraduate(ctx context.Context, id matching.ID) error {
	if err := t.ready(ctx); err != nil {
		return t.doom("sqlite.delete graduate", err)
	}
	if err := t.noteRemoval(ctx, id); err != nil {
		return t.doom("sqlite.delete graduate", err)
	}
	if err := t.remove(ctx, store.GraduateNoun, string(id)); err != nil {
		return err
	}
	if err := t.removeAll(ctx, store.ApplicationNoun, "graduate", id); err != nil {
		return err
	}
	if err := t.forgetPairsOf(id); err != nil {
		return t.doom("sqlite.delete graduate", err)
	}
	return t.removeAll(ctx, store.TokenNoun, "subject", id)
}

// DeleteToken deletes a token.
func (t *tx) DeleteToken(ctx context.Context, id string) error {
	return t.remove(ctx, store.TokenNoun, id)
}
