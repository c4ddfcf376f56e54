package sqlite

import (
	"context"
	"time"

	"rabta/store"
)

// The WAL keeps pages as they were until it is moved into the database and cut off. After a deletion that is done at once,
// not at the next checkpoint, which a quiet store may not see for days.
const (
	scrubRetry   = time.Second
	scrubPatient = "PRAGMA busy_timeout = 100" // how long one attempt holds writers up for readers of older pages
	scrubDone    = "PRAGMA busy_timeout = 5000"
)

// scrubSoon wakes the scrubber.
func (s *Store) scrubSoon() {
	select {
	case s.erased <- struct{}{}:
	default: // awake already
	}
}

// scrubErased runs until the store closes, whose last connection scrubs in its turn.
func (s *Store) scrubErased() {
	defer s.scrubber.Done()
	for {
		select {
		case <-s.erased:
		case <-s.closing:
			return
		}
		for !s.truncateWAL() {
			select {
			case <-time.After(scrubRetry):
			case <-s.closing:
				return
			}
		}
	}
}

// truncateWAL moves the WAL into the database and cuts it to nothing; false when a reader still needs its pages.
func (s *Store) truncateWAL() bool {
	s.moving <- struct{}{}
	defer func() { <-s.moving }()
	_, _, _ = s.moveStep() // so that little is left for which writers stand aside
	c, err := s.writer.take(context.Background())
	if err != nil {
		return false
	}
	defer s.writer.give(c)
	// Not as prepared statements: SQLite obeys this pragma when it prepares it.
	if _, err := c.sql.ExecContext(context.Background(), scrubPatient); err != nil {
		return false
	}
	var busy, frames, moved int64
	err = c.row("PRAGMA wal_checkpoint(TRUNCATE)", nil, &busy, &frames, &moved)
	if _, restored := c.sql.ExecContext(context.Background(), scrubDone); restored != nil {
		c.discard() // opened again with its own timeout
	}
	return err == nil && busy == 0
}

// EraseDeleted implements store.Store: what is freed is overwritten with the deletion (secure_delete), and the scrubber sees to the WAL.
func (s *Store) EraseDeleted(ctx context.Context, _ bool) (store.Erasure, error) {
	return store.Erasure{}, fail("sqlite.EraseDeleted", ctx.Err())
}
