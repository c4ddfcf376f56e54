package postgres

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// attempts is how often a change is run when transactions keep getting into each other's way, with a pause that grows between them.
const (
	attempts   = 8
	firstPause = 5 * time.Millisecond
)

// rollbackTimeout bounds how long we wait for a transaction to be undone. The server undoes it anyway once its connection is gone.
const rollbackTimeout = 2 * time.Second

// tx is one transaction on a connection of its own.
type tx struct {
	view
	at       time.Time   // of all its entries
	entries  []entry     // not written yet
	head     *store.Head // with its own entries counted, once it has written some and so holds the head
	wrote    bool        // something without an entry was written
	retired  bool        // our keys are not in use any more: nothing may be sealed with them
	batch    int64       // the number of the batch that new records belong to; 0: none
	replies  replies     // whose position is not known yet
	created  int         // records
	many     bool        // it has looked for many: it may create many
	gathered []*gathered
	held     map[string]bool          // the keys of what is gathered
	unsent   map[string][]matching.ID // the graduates among it that are shown, by their MACs
	failed   error                    // the first error of a statement; the transaction can only be undone then
	clash    clash                    // whether what failed may go through when it is run again
	looked   bool                     // a read has found nothing, where another transaction may have put something since
	undo     layout.Undo              // takes stamps back from the records given
	ended    bool
}

var _ store.Tx = (*tx)(nil)

// clash says how two transactions have got into each other's way.
type clash int

const (
	noClash  clash = iota
	deadlock       // each waited for the other
	raced          // a record exists that a look-up of this transaction had not found: then it has come since, or was not looked for
)

// Update implements store.Store. A change is run again after a deadlock, and when it met a record that another transaction created
// after it had looked for it. It is never run again once its commit has been sent.
func (s *Store) Update(ctx context.Context, change func(store.Tx) error) (store.Position, error) {
	for attempt := 1; ; attempt++ {
		position, clash, err := s.attempt(ctx, change)
		if err == nil {
			s.bell.Ring()
			return position, nil
		}
		if ctx.Err() != nil || attempt == attempts || clash == noClash || clash == raced && attempt > 1 {
			return 0, err
		}
		pause(ctx, firstPause*time.Duration(attempt)*time.Duration(1+rand.IntN(4)))
	}
}

// TakesTurns implements store.Store: writers of other records wait for each other from the journal's entries to the commit.
func (s *Store) TakesTurns() bool { return false }

// Undisturbed implements store.Store: the server writes its checkpoints by itself, and slowly.
func (s *Store) Undisturbed(_ context.Context, do func() error) error { return do() }

// attempt runs a change once. Only its beginning is tried again on another connection, when the first turns out to be dead.
func (s *Store) attempt(ctx context.Context, change func(store.Tx) error) (position store.Position, clash clash, err error) {
	var ran error // what came of the change, which goes back as it is
	err = s.again(ctx, s.writers, func(c *pgx.Conn) error {
		t := &tx{view: s.view(c), at: store.UTC(s.now())}
		t.view.tx = t
		if err := t.begin(ctx); err != nil {
			return err
		}
		defer t.rollback(ctx) // also when change panics; nothing after a commit
		position, ran = t.run(ctx, change)
		clash = t.clash
		if lost(ran) {
			s.renew(c)
		}
		return nil
	})
	if err != nil {
		return 0, noClash, fail("postgres.Update", err)
	}
	return position, clash, ran
}

// run runs a change to the end of its transaction.
func (t *tx) run(ctx context.Context, change func(store.Tx) error) (store.Position, error) {
	const op = "postgres.Update"
	if err := change(t); err != nil {
		return 0, err
	}
	if err := errors.Join(t.failed, ctx.Err()); err != nil {
		return 0, fail(op, err)
	}
	if err := t.flush(ctx); err != nil {
		return 0, t.doom(op, err)
	}
	head, err := t.Head(ctx)
	if err != nil || t.head == nil && !t.wrote {
		return head.Position, err
	}
	return head.Position, fail(op, t.commit(ctx))
}

// rollback undoes a transaction that did not commit, in the database and in the records that were given.
func (t *tx) rollback(ctx context.Context) {
	if t.ended {
		return
	}
	t.ended = true
	t.undo.Run()
	rollback(ctx, t.conn)
}

// rollback ends a transaction without effect. Where that fails, or the caller's time is up, the connection is closed, and the server
// does it: over a bad network nobody waits past his deadline for what needs no answer.
func rollback(ctx context.Context, c *pgx.Conn) {
	if c.IsClosed() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, rollbackTimeout)
	defer cancel()
	if _, err := c.Exec(ctx, "ROLLBACK"); err != nil {
		_ = c.Close(ctx) // its other end may be gone
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
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

// doom notes that a statement failed, after which PostgreSQL takes no other in the transaction.
func (t *tx) doom(op string, err error) error {
	err = fail(op, err)
	if t.failed == nil {
		t.failed = err
		switch stateOf(err) {
		case codeDeadlock, codeSerialisation:
			t.clash = deadlock
		case codeUniqueViolation:
			if t.looked {
				t.clash = raced
			}
		}
	}
	return err
}

// remove deletes the row of an id and the replies that name it, and appends the entry.
func (t *tx) remove(ctx context.Context, noun store.Noun, id string) error {
	op := "postgres.delete " + string(noun)
	if err := t.ready(ctx); err != nil {
		return t.doom(op, err)
	}
	var version int64
	if err := t.about(rowKey(noun, matching.ID(id))).row(ctx, "DELETE FROM "+string(noun)+" WHERE id = $1"+layout.Shown(noun)+" RETURNING version", []any{id}, &version); err != nil {
		return t.doom(op, err)
	}
	if err := t.forgetRepliesAbout(ctx, id); err != nil {
		return t.doom(op, err)
	}
	t.append(noun, id, version, store.Delete)
	return nil
}

// DeleteGraduate deletes a graduate, her applications and the tokens that speak for her.
func (t *tx) DeleteGraduate(ctx context.Context, id matching.ID) error {
	if err := t.ready(ctx); err != nil {
		return t.doom("postgres.delete graduate", err)
	}
	if err := t.noteRemoval(ctx, id); err != nil {
		return t.doom("postgres.delete graduate", err)
	}
	if err := t.remove(ctx, store.GraduateNoun, string(id)); err != nil {
		return err
	}
	if err := t.removeAll(ctx, store.ApplicationNoun, "graduate", id); err != nil {
		return err
	}
	if err := t.forgetPairsOf(ctx, id); err != nil {
		return t.doom("postgres.delete graduate", err)
	}
	return t.removeAll(ctx, store.TokenNoun, "subject", id)
}

// DeleteToken deletes a token.
func (t *tx) DeleteToken(ctx context.Context, id string) error {
	return t.remove(ctx, store.TokenNoun, id)
}

// errUndone stands for a commit that PostgreSQL answered by undoing the transaction.
var errUndone = &fault.Error{Kind: fault.Internal, Message: "The change was undone because a part of it had failed."}
