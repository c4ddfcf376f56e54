package sqlite

import (
	"context"
	"database/sql"
	"time"
)

// The WAL is moved into the database beside the writers, by a connection of its own: SQLite's own way has the writer whose commit fills
// the WAL copy all of it, and others wait a tenth of a second for that. What is left at the end, a few pages, is moved while writers
// stand aside, so that the next of them begins the WAL anew and it does not grow for ever.
const (
	checkpointAfter = 2_000 // records written
	checkpointTries = 6
	checkpointSmall = 300 // pages: what may be moved while writers stand aside
	checkpointPause = 20 * time.Millisecond
)

// checkpointSoon wakes the checkpointer once enough was written.
func (s *Store) checkpointSoon(records int) {
	if s.written.Add(int64(records)) < checkpointAfter {
		return
	}
	s.written.Store(0)
	select {
	case s.filling <- struct{}{}:
	default: // awake already
	}
}

// checkpoints runs until the store closes.
func (s *Store) checkpoints() {
	defer s.scrubber.Done()
	for {
		select {
		case <-s.filling:
			s.moveWAL()
		case <-s.closing:
			return
		}
	}
}

// moveWAL moves what the WAL holds. What cannot be moved now, because a walk still reads it, waits for the next time; past a size the
// writer's own checkpoint does it.
func (s *Store) moveWAL() {
	ctx := context.Background()
	before := int64(0)
	for range checkpointTries {
		busy, _, moved, err := movePassively(ctx, s.moveDB)
		if err != nil || busy {
			return
		}
		if left := moved - before; left <= checkpointSmall {
			break
		}
		before = moved
		select {
		case <-time.After(checkpointPause):
		case <-s.closing:
			return
		}
	}
	c, err := s.writer.take(ctx)
	if err != nil {
		return
	}
	defer s.writer.give(c)
	_, _, _, _ = movePassively(ctx, s.moveDB) // best effort, like all of it
}

func movePassively(ctx context.Context, db *sql.DB) (busy bool, frames, moved int64, err error) {
	err = db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &frames, &moved)
	return busy, frames, moved, err
}
