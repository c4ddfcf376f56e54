package node

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"rabta/internal/fault"
	"rabta/matching/board"
	"rabta/store"
)

// When boards are written to disk: once so many entries of the journal have come since, or after a while when any has, and when the
// node closes. What was deleted leaves the files as soon as it leaves the index's.
const (
	snapshotEntries = maxBehind / 2
	snapshotMost    = maxBehind * 4 / 5 // entries, however long it rests
	snapshotEvery   = 10 * time.Minute
	snapshotLook    = time.Second
	snapshotRetry   = time.Minute
	snapshotRest    = 6   // times as long as the last writing took there is none: during an import they would follow each other
	snapshotRow     = 120 // bytes a row takes on disk, at the most, what is beside included
)

// snapshots is what the node knows of the boards on disk.
type snapshots struct {
	applying sync.Mutex // held while changes are applied: what is written is of one moment
	writing  sync.Mutex

	mu      sync.Mutex
	at      store.Position // that the files have
	tried   time.Time      // when they were last written, or could not be
	took    time.Duration  // that writing
	failed  bool
	due     time.Time     // when somebody who was deleted has to leave them; zero: nobody
	purging time.Duration // how long deletions are gathered
}

// The boards on disk.
const (
	postingsFile  = "postings"
	graduatesFile = "graduates"
)

func (n *Node) snapshotPath(name string) string { return filepath.Join(n.dir, boardsDir, name) }

// boardsOf is what a snapshot is of: a life of the store, the tables that rows are judged by and numbered with, and whom the boards hold.
func (n *Node) boardsOf(epoch store.Epoch) string {
	const what = "known" // postings of trades in the catalogue, and no others
	return fmt.Sprintf("%s/%x/%s", n.indexEpoch(epoch), n.districts.sum(), what)
}

// sum tells whether districts have the same numbers.
func (d *districts) sum() uint64 {
	h := fnv.New64a()
	for _, id := range d.ids() {
		_, _ = io.WriteString(h, id+"\n") // a hash takes everything
	}
	return h.Sum64()
}

// ids gives the ids of the districts by their numbers.
func (d *districts) ids() []string {
	ids := make([]string, len(d.around))
	for id, number := range d.number {
		ids[number] = id
	}
	return ids
}

// erased says that somebody was deleted, whom the files may hold.
func (s *snapshots) erased() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.due.IsZero() {
		s.due = time.Now().Add(s.purging)
	}
}

// isDue tells whether files are to be written, the node having reached a position.
func (s *snapshots) isDue(reached store.Position) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	switch {
	case !s.due.IsZero() && now.After(s.due):
		return true
	case s.failed && now.Sub(s.tried) < snapshotRetry:
		return false
	case reached < s.at: // of another life
		return true
	}
	behind, rested := reached-s.at, now.Sub(s.tried) >= snapshotRest*s.took
	return behind >= snapshotMost || behind >= snapshotEntries && rested || reached > s.at && now.Sub(s.tried) >= snapshotEvery
}

// begin takes note that files are being written: who is deleted from now on needs another writing. It tells whether somebody was.
func (s *snapshots) begin() (erasing bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	erasing, s.due = !s.due.IsZero(), time.Time{}
	return erasing
}

// end takes note of what came of it.
func (s *snapshots) end(at store.Position, took time.Duration, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tried, s.took, s.failed = time.Now(), took, err != nil
	if err == nil {
		s.at = at
	}
}

// keepSnapshots writes the boards to disk when it is due, until ctx ends.
func (n *Node) keepSnapshots(ctx context.Context) {
	ticker := time.NewTicker(snapshotLook)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if head, _ := n.reached.get(); n.snapshots.isDue(head.Position) {
			n.complainOf("writing the boards to disk", n.writeSnapshots())
		}
	}
}

// writeLastSnapshots writes the boards when the node closes, unless what is on disk is all there is.
func (n *Node) writeLastSnapshots() {
	s := &n.snapshots
	head, _ := n.reached.get()
	s.mu.Lock()
	same := s.at == head.Position && s.due.IsZero()
	s.mu.Unlock()
	if n.postings != nil && n.graduates != nil && !same && n.faulty.Load() == nil {
		n.complainOf("writing the boards to disk", n.writeSnapshots())
	}
}

// writeSnapshots writes both boards as they are. What could not be written is done without; where somebody was deleted, the old files go
// in any case.
func (n *Node) writeSnapshots() error {
	n.snapshots.writing.Lock()
	defer n.snapshots.writing.Unlock()
	began := time.Now()
	erasing := n.snapshots.begin()
	l, beside, postings, graduates := n.freeze()
	err := n.roomFor(int64(n.postings.Count()+n.graduates.Count()) * snapshotRow)
	if err == nil {
		err = errors.Join(writeSnapshot(n.snapshotPath(postingsFile), l, beside, postings),
			writeSnapshot(n.snapshotPath(graduatesFile), l, nil, graduates))
	}
	n.snapshots.end(l.Position, time.Since(began), err)
	if err != nil {
		if erasing {
			err = errors.Join(err, n.dropSnapshot(graduatesFile))
		}
		return fault.Wrap("node.writeSnapshots", err)
	}
	n.log.Info("the boards were written to disk", "position", l.Position, "took", time.Since(began))
	return nil
}

// freeze gives the boards, and what hangs together with them, as they are between two changes.
func (n *Node) freeze() (l label, beside []byte, postings, graduates io.WriterTo) {
	n.snapshots.applying.Lock()
	defer n.snapshots.applying.Unlock()
	head, _ := n.reached.get()
	return label{n.boardsOf(head.Epoch), head.Position}, n.besideBoards(), n.postings.Image(), n.graduates.Image()
}

// readSnapshots reads the boards from disk, as far as they are there, whole, of this store and not far behind its head; nil for one that
// is not. It gives the position from which both are to follow.
func (n *Node) readSnapshots(head store.Head) (postings *board.Postings, graduates *board.Graduates, at store.Position) {
	var reading sync.WaitGroup
	var from [2]store.Position
	reading.Go(func() {
		from[0] = n.readSnapshot(postingsFile, head, func(s *openedSnapshot) error {
			read, err := board.ReadPostings(n.model(), s.image, s.image.Size())
			if err = errors.Join(err, n.takeBeside(s.beside)); err == nil {
				postings = read
			}
			return err
		})
	})
	reading.Go(func() {
		from[1] = n.readSnapshot(graduatesFile, head, func(s *openedSnapshot) (err error) {
			graduates, err = board.ReadGraduates(s.image, s.image.Size())
			return err
		})
	})
	reading.Wait()
	n.snapshots.at = slices.Min(from[:])
	if postings == nil || graduates == nil {
		n.snapshots.at = 0
	}
	n.snapshots.tried = time.Now()
	return postings, graduates, slices.Min(from[:])
}

// readSnapshot reads one board and gives its position; that of the head when it is of no use, and then it is removed: whom it holds may
// have been deleted since.
func (n *Node) readSnapshot(name string, head store.Head, take func(*openedSnapshot) error) store.Position {
	s, err := openSnapshot(n.snapshotPath(name))
	if errors.Is(err, fs.ErrNotExist) {
		return head.Position
	}
	if err == nil {
		if err = n.fitSnapshot(s, head); err == nil {
			err = take(s)
		}
		err = errors.Join(err, s.close())
	}
	if err != nil {
		n.log.Warn("a board is not taken from disk", "board", name, "why", err)
		n.complainOf("removing a board on disk", n.dropSnapshot(name))
		return head.Position
	}
	n.log.Info("a board was taken from disk", "board", name, "position", s.Position, "behind", head.Position-s.Position)
	return s.Position
}

// fitSnapshot tells why a snapshot cannot be followed on from, or nil.
func (n *Node) fitSnapshot(s *openedSnapshot, head store.Head) error {
	if s.Of != n.boardsOf(head.Epoch) || s.Position > head.Position || head.Position-s.Position > maxBehind {
		return fmt.Errorf("it does not belong to this store or is far behind: position %d, head %d", s.Position, head.Position)
	}
	return nil
}

func (n *Node) dropSnapshot(name string) error {
	return errors.Join(removeIfThere(n.snapshotPath(name)), removeIfThere(n.snapshotPath(name+".new")))
}

// checkSnapshots tells what is wrong with the boards on disk.
func (n *Node) checkSnapshots() (wrong []string) {
	head, _ := n.reached.get()
	for _, name := range []string{postingsFile, graduatesFile} {
		s, err := openSnapshot(n.snapshotPath(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = errors.Join(n.fitSnapshot(s, head), s.close())
		}
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("%s/%s: %v", boardsDir, name, err))
		}
	}
	return wrong
}
