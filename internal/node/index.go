package node

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
	"rabta/store"
)

// The index lies in DIR/index and is disposable: one of another epoch, one that is ahead of the store, too far behind or damaged is
// built anew beside it, in DIR/index.new, and swapped.

const (
	indexDir    = "index"
	indexNewDir = "index.new"

	indexBatch = 2_000  // documents a batch: small enough to stay in memory, large enough to be fast
	maxBehind  = 50_000 // journal entries after which building anew is quicker than catching up
)

// openIndex opens the index and brings it to the head that the boards were loaded at.
func (n *Node) openIndex(ctx context.Context, head store.Head) error {
	dir := filepath.Join(n.dir, indexDir)
	err := search.Intact(dir)
	var index *search.Index
	if err == nil {
		index, err = search.Open(dir)
	}
	if err == nil {
		epoch, position, atErr := index.At()
		if atErr == nil && epoch == n.indexEpoch(head.Epoch) && position <= uint64(head.Position) && uint64(head.Position)-position <= maxBehind {
			n.index = index
			return n.catchUp(ctx, index, head.Position)
		}
		if epoch != "" || head.Position > 0 { // else both are new
			n.log.Info("the index does not belong to this store or is far behind: building it anew", "position", position, "head", head.Position)
		}
		err = index.Close()
	}
	if err != nil {
		n.log.Warn("the index cannot be opened: building it anew", "error", err)
	}
	return n.RebuildIndex(ctx)
}

// indexEpoch is what an index is of: a life of the store, the tables whose names its documents hold, and whom it holds.
func (n *Node) indexEpoch(of store.Epoch) string {
	const whom = "agreed" // graduates who agree to be shown, and no others
	return string(of) + "/" + n.model().Version + "/" + whom
}

// catchUp applies the journal between an index's own position and a later one to that index alone.
func (n *Node) catchUp(ctx context.Context, index *search.Index, to store.Position) error {
	epoch, position, err := index.At()
	for at := store.Position(position); err == nil && at < to; {
		var entries []store.Entry
		if entries, err = n.store.Journal(ctx, at, followBatch); err != nil || len(entries) == 0 {
			return err
		}
		changes := n.newChanges()
		for _, e := range latest(entries) {
			if e.Noun == store.EmployerNoun {
				continue // the index knows nothing of an employer's facts
			}
			if err := changes.add(ctx, e); err != nil {
				return err
			}
		}
		at = entries[len(entries)-1].Position
		changes.index.Epoch, changes.index.Position = epoch, uint64(at)
		err = index.Apply(changes.index)
	}
	return err
}

// applyIndex applies a batch; an index that fails is built anew from the store.
func (n *Node) applyIndex(ctx context.Context, batch search.Batch) error {
	err := n.withIndex(func(x *search.Index) error { return x.Apply(batch) })
	if err == nil {
		return nil
	}
	n.log.Error("the index failed: building it anew", "error", err)
	return n.RebuildIndex(ctx)
}

// RebuildIndex builds the index anew from the store, beside the one in use, which goes on answering, and swaps them.
func (n *Node) RebuildIndex(ctx context.Context) error {
	const op = "node.RebuildIndex"
	n.rebuilding.Lock()
	defer n.rebuilding.Unlock()
	if n.closed {
		return fault.New(fault.Unavailable, op, "The data directory has been closed. Open it again first.")
	}
	fresh := filepath.Join(n.dir, indexNewDir)
	if err := os.RemoveAll(fresh); err != nil {
		return fault.Wrap(op, err)
	}
	if err := n.fillIndex(ctx, fresh); err != nil {
		return fault.Wrap(op, errors.Join(err, os.RemoveAll(fresh)))
	}
	// A caller who goes away now does not stop it: there would be no index, or one that has missed something.
	return fault.Wrap(op, n.swapIndex(context.WithoutCancel(ctx), fresh))
}

// swapIndex puts a filled index in the place of the one in use. One that does not come up to what the node shows is not used.
func (n *Node) swapIndex(ctx context.Context, fresh string) error {
	n.indexing.Lock()
	defer n.indexing.Unlock()
	if n.index != nil {
		if err := n.index.Close(); err != nil {
			n.log.Warn("closing the old index", "error", err)
		}
		n.index = nil
	}
	old := filepath.Join(n.dir, indexDir)
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(fresh, old); err != nil {
		return err
	}
	index, err := search.Open(old)
	if err != nil {
		return err
	}
	// Whatever was written while the new one was filled: what the follower gave to the old index, and what it has yet to give,
	// which it will give again.
	head, err := n.store.Head(ctx)
	if err == nil {
		err = n.catchUp(ctx, index, head.Position)
	}
	if err != nil {
		return errors.Join(err, index.Close())
	}
	n.index = index
	return nil
}

// fillIndex writes a new index of everything in the store. It carries the head of the first walk; whatever came later is applied
// again from the journal.
func (n *Node) fillIndex(ctx context.Context, dir string) (err error) {
	index, err := search.Open(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, index.Close()) }()
	var batch search.Batch
	flush := func(least int) error {
		if len(batch.Put) < least {
			return nil
		}
		err := index.Apply(batch)
		batch = search.Batch{}
		return err
	}
	head, err := n.store.EachPosting(ctx, "", func(p *matching.Posting) error {
		if n.postingRow(p) != nil {
			batch.Put = append(batch.Put, n.postingDocument(p))
		}
		return flush(indexBatch)
	})
	if err != nil {
		return err
	}
	_, err = n.store.EachGraduate(ctx, "", func(g *matching.Graduate) error {
		if len(n.graduateRows(g)) > 0 {
			batch.Put = append(batch.Put, n.graduateDocument(g))
		}
		return flush(indexBatch)
	})
	if err != nil {
		return err
	}
	batch.Epoch, batch.Position = n.indexEpoch(head.Epoch), uint64(head.Position)
	return index.Apply(batch)
}

// withIndex runs a search on the index; one that is away for the moment is a fault.Unavailable.
func (n *Node) withIndex(search func(*search.Index) error) error {
	n.indexing.RLock()
	defer n.indexing.RUnlock()
	if n.index == nil {
		return fault.New(fault.Unavailable, "node.withIndex", "Search by words is being set up anew. Try again in a few seconds, or search by trade and place.")
	}
	return search(n.index)
}

// IndexReport is what a comparison of the store with boards and index found.
type IndexReport struct {
	Postings  int      `json:"postings"`  // records that boards and index must hold
	Graduates int      `json:"graduates"` // the same
	Indexed   uint64   `json:"indexed"`   // documents that the index holds
	Wrong     []string `json:"wrong"`     // what differs, at most 100 lines; empty when clean
}

// VerifyIndex compares every record that lists may hold with both boards and the index. It is meant for a store at rest: a change under
// way may show as a difference.
func (n *Node) VerifyIndex(ctx context.Context) (IndexReport, error) {
	report := IndexReport{Wrong: []string{}}
	wrong := func(format string, args ...any) {
		if len(report.Wrong) < 100 {
			report.Wrong = append(report.Wrong, fmt.Sprintf(format, args...))
		}
	}
	indexed := map[matching.ID]bool{}
	err := n.withIndex(func(x *search.Index) (err error) {
		if report.Indexed, err = x.Count(); err != nil {
			return err
		}
		return x.EachID(ctx, func(id matching.ID) { indexed[id] = true })
	})
	if err != nil {
		return report, err
	}
	_, err = n.store.EachPosting(ctx, "", func(p *matching.Posting) error {
		want, held := n.postingRow(p), indexed[p.ID]
		have, onBoard := n.postings.Row(p.ID)
		switch {
		case want == nil && (held || onBoard):
			wrong("%s: closed, and still listed", p.ID)
		case want != nil && (!held || !onBoard):
			wrong("%s: open, and on board %t, in index %t", p.ID, onBoard, held)
		case want != nil && !sameRow(*want, have):
			wrong("%s: the board holds another version", p.ID)
		}
		if want != nil {
			report.Postings++
		}
		delete(indexed, p.ID)
		return nil
	})
	if err != nil {
		return report, err
	}
	rows := 0
	_, err = n.store.EachGraduate(ctx, "", func(g *matching.Graduate) error {
		want, have, held := n.graduateRows(g), n.graduates.Rows(g.ID), indexed[g.ID]
		if len(want) != len(have) || held != (len(want) > 0) {
			wrong("%s: %d rows expected, %d on the board, in index %t", g.ID, len(want), len(have), held)
		}
		if len(want) > 0 {
			report.Graduates++
		}
		rows += len(want)
		delete(indexed, g.ID)
		return nil
	})
	for id := range indexed {
		wrong("%s: in the index, and not in the store", id)
	}
	// Every record was compared with its own rows: whatever else a board holds is of no record.
	if more := n.postings.Count() - report.Postings; more > 0 {
		wrong("%d postings on the board, and not in the store", more)
	}
	if more := n.graduates.Count() - rows; more > 0 {
		wrong("%d rows of graduates on the board, and not in the store", more)
	}
	return report, err
}

// sameRow tells whether two rows judge alike.
func sameRow(a, b board.Posting) bool {
	same := slices.Equal(a.Skills, b.Skills)
	a.Skills, b.Skills = nil, nil
	return same && reflect.DeepEqual(a, b)
}
