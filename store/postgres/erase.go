package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"rabta/store"
)

// PostgreSQL leaves the bytes of a deleted row in its page, and those of every earlier version of it, until chance overwrites them: VACUUM
// makes room and erases nothing. So the tables that may hold something of a person are rewritten after she was deleted, and the old files
// go. Nobody can use a table while it is rewritten; a large one is left for a quiet hour.
const (
	// eraseAtOnce is the size in bytes, indexes included, up to which a table is rewritten at any time of the day.
	eraseAtOnce = 256 << 20

	// A rewriting waits for a table no longer than this, since others wait behind it, and tries again after a pause, so often.
	eraseLock  = 100 * time.Millisecond
	erasePause = 500 * time.Millisecond
	eraseTries = 5

	// eraseIdle is how many entries without a deletion the mark may stay behind by: then it is moved, so that nobody reads them again.
	eraseIdle = 10_000
)

// personTables are the tables whose rows hold, name or speak for a person and are deleted with her, the smallest in the long run first.
// The journal and the audit log keep her id and nothing else.
func personTables() []string {
	return []string{"token", "duplicate", "merged", "import", "reply", "application", "graduate"}
}

// EraseDeleted implements store.Store.
func (s *Store) EraseDeleted(ctx context.Context, large bool) (store.Erasure, error) {
	const op = "postgres.EraseDeleted"
	due, err := s.erasureDue(ctx)
	if err != nil || !due {
		return store.Erasure{}, fail(op, err)
	}
	var done store.Erasure
	_, err = s.Alone(ctx, "erase", func(ctx context.Context) error {
		c, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
		if err != nil {
			return err
		}
		defer closeQuietly(c)
		e := &erasing{conn: c, large: large, rewritten: &s.rewritten}
		err = e.run(ctx)
		done = e.done
		return err
	})
	return done, fail(op, err)
}

// erasureDue tells whether somebody was deleted since the files were last rid of such. It moves the mark past many entries that delete
// nobody.
func (s *Store) erasureDue(ctx context.Context) (due bool, err error) {
	err = s.again(ctx, s.reads, func(c *pgx.Conn) error {
		m, err := readMark(ctx, c)
		if due = m.due; err != nil || due || m.head-m.erased < eraseIdle {
			return err
		}
		return m.moveTo(ctx, c)
	})
	return due, err
}

// mark is how far the journal has come, and up to where files were rid of the deleted.
type mark struct {
	head, erased int64
	deleted      int64  // where a graduate was last deleted between the two
	due          bool   // whether one was
	horizon      string // every transaction that this has seen has a lower number
}

func readMark(ctx context.Context, c *pgx.Conn) (m mark, err error) {
	var deleted *int64
	err = c.QueryRow(ctx, `SELECT h.position, h.erased, pg_snapshot_xmax(pg_current_snapshot())::text, (SELECT max(j.position) FROM journal j
		WHERE j.position > h.erased AND j.position <= h.position AND j.noun = $1 AND j.op = $2) FROM journal_head h`,
		string(store.GraduateNoun), string(store.Delete)).Scan(&m.head, &m.erased, &m.horizon, &deleted)
	if deleted != nil {
		m.deleted, m.due = *deleted, true
	}
	return m, err
}

// moveTo says that nothing is left of those who were deleted up to the mark's head.
func (m mark) moveTo(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "UPDATE journal_head SET erased = $1 WHERE erased < $1", m.head)
	return err
}

// erasing is one rewriting of the tables, on a connection of its own.
type erasing struct {
	conn      *pgx.Conn
	large     bool      // tables of any size
	rewritten *sync.Map // of a table's name to the head as it was when this process last rid it of the deleted
	mark      mark
	done      store.Erasure
}

// run rewrites the tables and moves the mark, unless something was left: then it is due again.
func (e *erasing) run(ctx context.Context) (err error) {
	if e.mark, err = readMark(ctx, e.conn); err != nil || !e.mark.due {
		return err
	}
	_, err = e.conn.Exec(ctx, "SELECT set_config('statement_timeout', '0', false), set_config('lock_timeout', $1, false)", milliseconds(eraseLock))
	if err != nil {
		return err
	}
	for _, table := range personTables() {
		if err := e.table(ctx, table); err != nil {
			return err
		}
	}
	if e.done.Tables > 0 {
		if e.done.Log, err = e.log(ctx); err != nil {
			return err
		}
	}
	if e.done.Left() {
		return nil
	}
	return e.mark.moveTo(ctx, e.conn)
}

// table rewrites one table, unless that was done since the last deletion or it is too large for the time. Something may be left in it when
// others held it, and when a transaction that is older than the deletion may still want to see what was deleted: PostgreSQL keeps it then.
func (e *erasing) table(ctx context.Context, table string) error {
	if at, known := e.rewritten.Load(table); known && at.(int64) >= e.mark.deleted {
		return nil
	}
	var size int64
	if err := e.conn.QueryRow(ctx, "SELECT pg_total_relation_size($1::text::regclass)", table).Scan(&size); err != nil {
		return err
	}
	if size > eraseAtOnce && !e.large {
		e.done.Large = append(e.done.Large, table)
		return nil
	}
	if locked, err := e.rewrite(ctx, table); err != nil || locked {
		e.done.Held = append(e.done.Held, table)
		return err
	}
	e.done.Tables++
	// Rewriting, it forgets what is older than the oldest transaction, and notes which that was.
	var clean bool
	err := e.conn.QueryRow(ctx, "SELECT age(relfrozenxid) <= age($2::text::xid8::xid) FROM pg_class WHERE oid = $1::text::regclass",
		table, e.mark.horizon).Scan(&clean)
	if err != nil {
		return err
	}
	if !clean {
		e.done.Held = append(e.done.Held, table)
		return nil
	}
	e.rewritten.Store(table, e.mark.head)
	return nil
}

// rewrite writes a table and its indexes anew, and tells whether others held it all the time.
func (e *erasing) rewrite(ctx context.Context, table string) (locked bool, err error) {
	for range eraseTries {
		_, err := e.conn.Exec(ctx, "VACUUM (FULL) "+table)
		if err == nil || stateOf(err) != codeLockTimeout {
			return false, err
		}
		pause(ctx, erasePause)
	}
	return true, ctx.Err()
}

// log has the server begin a new file of its log and drop the older ones, where it does not use them again as they are (wal_recycle = off)
// and our role may ask for it: then what the log said of the deleted is gone too. It tells whether it was done.
func (e *erasing) log(ctx context.Context) (bool, error) {
	var recycles bool
	if err := e.conn.QueryRow(ctx, "SELECT current_setting('wal_recycle')::bool").Scan(&recycles); err != nil || recycles {
		return false, err
	}
	for _, statement := range []string{"SELECT pg_switch_wal()", "CHECKPOINT"} {
		if _, err := e.conn.Exec(ctx, statement); err != nil {
			if stateOf(err) == codeForbidden {
				return false, nil
			}
			return false, fmt.Errorf("erasing the log: %w", errors.Join(err, ctx.Err()))
		}
	}
	return true, nil
}
