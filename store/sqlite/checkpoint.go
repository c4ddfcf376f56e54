package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// The WAL is moved into the database beside the writers, by a connection of its own: SQLite's own way has the writer whose commit fills
// the WAL copy all of it, and others wait a tenth of a second for that. What is left at the end, a few pages, is moved while writers
// stand aside, so that the next of them begins the WAL anew and it does not grow for ever. That waits for the disk, so while writers
// write much it is put off until the WAL has become large.
const (
	checkpointAfter = 10_000 // records written: a page that they write many times is moved once
	checkpointTries = 3
	checkpointSmall = 600    // pages: what may be moved while writers stand aside
	checkpointLarge = 65_536 // pages of the WAL, 256 MiB, past which writers stand aside for whatever is left
	checkpointPause = time.Second
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
	for {
		small, frames, err := s.movePasses(ctx)
		if err != nil {
			return
		}
		if small || frames > checkpointLarge {
			break
		}
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
	_, _, _ = movePassively(ctx, s.moveDB) // best effort, like all of it
}

// movePasses moves the WAL a few times in a row: each pass leaves what was written while it ran. It tells whether that has become little, and
// how many pages the WAL has.
func (s *Store) movePasses(ctx context.Context) (small bool, frames int64, err error) {
	before := int64(0)
	for range checkpointTries {
		var moved int64
		if frames, moved, err = movePassively(ctx, s.moveDB); err != nil {
			return false, 0, err
		}
		if moved-before <= checkpointSmall {
			return true, frames, nil
		}
		before = moved
	}
	return false, frames, nil
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
