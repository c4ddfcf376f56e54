package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// The WAL is moved into the database beside the writers, by a connection of its own: SQLite's own way has the writer whose commit fills
// the WAL copy all of it, and others wait a tenth of a second for that. It is moved in small steps, each of which ends with the database on
// the disk: SQLite itself has it there only once a step has met no writer and nothing is left in the WAL, when all that earlier steps have
// written is due at once, 50 to 300 ms of the disk's time with the writers standing aside. While an import writes, something would be left
// always; it waits for each step (store.Undisturbed), so that its commits do not wait for the disk while others wait for it. Where a step
// has moved everything, the next writer begins the WAL anew; once it is large they stand aside until one can.
const (
	checkpointAfter = 2_000  // records written: some 20 MB of pages
	checkpointLarge = 49_152 // pages of the WAL, 192 MiB, past which it is to begin anew
	checkpointTries = 4      // steps that follow each other then
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

// moveWAL moves what the WAL holds, while no import writes. What cannot be moved now, because a walk still reads it, waits for the next
// time; past a size the writer's own checkpoint does it.
func (s *Store) moveWAL() {
	s.moving <- struct{}{}
	defer func() { <-s.moving }()
	for range checkpointTries {
		frames, moved, err := s.moveStep()
		if err != nil || frames < s.large || moved == frames && s.endWAL() {
			return
		}
	}
}

// moveStep moves what the WAL holds beside the writers, and has it on the disk.
func (s *Store) moveStep() (frames, moved int64, err error) {
	if frames, moved, err = checkpoint(s.moveDB, "PASSIVE"); err == nil {
		err = toDisk(s.file)
	}
	return frames, moved, err
}

// endWAL has the next writer begin the WAL anew, unless somebody reads it yet. Writers stand aside for it, while what has come since the
// last step is moved, a few pages, and readers are waited for, no longer than moverParameters say.
func (s *Store) endWAL() bool {
	c, err := s.writer.take(context.Background())
	if err != nil {
		return false
	}
	defer s.writer.give(c)
	_, _, err = checkpoint(s.moveDB, "RESTART")
	return err == nil
}

// errBusy says that another checkpoint is under way or, of one that is to begin the WAL anew, that somebody reads it yet.
var errBusy = errors.New("the WAL is in use")

// checkpoint runs one in a mode of SQLite's, and tells how many pages the WAL had when it began, and how many of them are in the database.
func checkpoint(db *sql.DB, mode string) (frames, moved int64, err error) {
	var busy bool
	err = db.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint("+mode+")").Scan(&busy, &frames, &moved)
	if err == nil && busy {
		err = errBusy
	}
	return frames, moved, err
}
