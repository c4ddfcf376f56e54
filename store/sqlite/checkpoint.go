package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// The WAL is moved into the database beside the writers, by a connection of its own: SQLite's own way has the writer whose commit fills
// the WAL copy all of it, and others wait a tenth of a second for that. It is moved in small steps: a commit that meets a step waits for the
// disk until all of the step is on it. Where a step has moved everything, the next writer begins the WAL anew. While writers write much
// there is always something left; once the WAL is large they stand aside while that is moved, a few pages, or it would grow for ever.
const (
	checkpointAfter = 2_000 // records written: some 20 MB of pages
	checkpointTries = 4
	checkpointSmall = 200    // pages: what may be moved while writers stand aside
	checkpointLarge = 49_152 // pages of the WAL, 192 MiB, past which they do
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
	frames, before, err := movePassively(ctx, s.moveDB)
	if err != nil || frames < checkpointLarge {
		return
	}
	for range checkpointTries { // each leaves what was written while it ran
		_, moved, err := movePassively(ctx, s.moveDB)
		if err != nil {
			return
		}
		if moved-before <= checkpointSmall {
			break
		}
		before = moved
	}
	c, err := s.writer.take(ctx)
	if err != nil {
		return
	}
	defer s.writer.give(c)
	_, _, _ = movePassively(ctx, s.moveDB) // best effort, like all of it
}

// errReaders says that a walk still reads what would be moved.
var errReaders = errors.New("the WAL is being read")

func movePassively(ctx context.Context, db *sql.DB) (frames, moved int64, err error) {
	var busy bool
	err = db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &frames, &moved)
	if err == nil && busy {
		err = errReaders
	}
	return frames, moved, err
}
