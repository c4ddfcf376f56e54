package node

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/search"
	"rabta/store"
)

// An index of another epoch, one that is ahead of the store, too far behind or damaged is built anew beside it.
const (
	indexBatch = 2_000  // documents a batch: small enough to stay in memory, large enough to be fast
	maxBehind  = 50_000 // journal entries after which building anew is quicker than catching up
)

// openedIndex is the index that an earlier life of the node left, or why there is none.
type openedIndex struct {
	index    wordIndex
	dir      string
	epoch    string
	position uint64
	err      error
}

// beginIndex opens the index that is there, beside what else starts: it reads all its files.
func (n *Node) beginIndex() <-chan openedIndex {
	opened := make(chan openedIndex, 1)
	go func() {
		var o openedIndex
		if o.dir, o.err = n.currentIndex(); o.err == nil {
			o.err = search.Intact(o.dir)
		}
		if o.err == nil {
			o.index, o.err = n.words.open(o.dir)
		}
		if o.err == nil {
			o.epoch, o.position, o.err = o.index.At()
		}
		opened <- o
	}()
	return opened
}

// close closes an index that nobody has taken.
func (o openedIndex) close() error {
	if o.index == nil {
		return nil
	}
	return o.index.Close()
}

// takeOpened takes the index that was there into use, if it belongs to this store and holds what it must.
func (n *Node) takeOpened(ctx context.Context, o openedIndex) error {
	if o.err == nil {
		o.err = n.fitIndex(ctx, o)
	}
	if o.err == nil {
		return n.sweepIndexes(o.dir)
	}
	if ctx.Err() != nil {
		return o.close()
	}
	if o.index != nil {
		o.index.Abandon()
	}
	if errors.Is(o.err, fs.ErrNotExist) {
		n.log.Info("there is no index yet, or it was deleted: building it anew")
	} else {
		n.words.faults.Add(1)
		n.words.size.Store(sizeOf(n.indexRoot()))
		n.log.Info("the index cannot be used: building it anew", "error", o.err)
	}
	return n.sweepIndexes("")
}

// fitIndex brings an index to where the boards are, and compares what both hold: the bits that say which documents are deleted have no
// checksum.
func (n *Node) fitIndex(ctx context.Context, o openedIndex) error {
	head, _ := n.reached.get()
	if o.epoch != n.indexEpoch(head.Epoch) || o.position > uint64(head.Position) || uint64(head.Position)-o.position > maxBehind {
		return fmt.Errorf("it does not belong to this store or is far behind: position %d, head %d", o.position, head.Position)
	}
	k := &kept{wordIndex: o.index, dir: o.dir, limit: n.words.batchLimit}
	k.at.Store(o.position)
	if err := n.catchUp(ctx, k, head.Position); err != nil {
		return err
	}
	if err := n.compareIDs(ctx, k, head.Epoch); err != nil {
		return err
	}
	n.useIndex(k)
	return nil
}

// indexEpoch is what an index is of: a life of the store, the tables whose names its documents hold, and whom it holds.
func (n *Node) indexEpoch(of store.Epoch) string {
	const whom = "agreed" // graduates who agree to be shown, and no others
	return string(of) + "/" + n.model().Version + "/" + whom
}

// catchUp applies the journal between an index's own position and a later one to that index alone.
func (n *Node) catchUp(ctx context.Context, k *kept, to store.Position) error {
	for k.position() < to {
		from := k.position()
		entries, err := n.store.Journal(ctx, from, min(followBatch, int(to-from)))
		if err != nil {
			return err
		}
		if err := contiguous(from, entries); err != nil {
			return err
		}
		if len(entries) == 0 {
			return fmt.Errorf("the journal ends at %d, before %d", from, to)
		}
		if err := n.catchUpBy(ctx, k, entries); err != nil {
			return err
		}
	}
	return nil
}

// catchUpBy applies entries that follow an index's own position to it.
func (n *Node) catchUpBy(ctx context.Context, k *kept, entries []store.Entry) error {
	last := uint64(entries[len(entries)-1].Position)
	head, _ := n.reached.get()
	from := k.position()
	give := func(b search.Batch) error {
		b.Epoch = n.indexEpoch(head.Epoch)
		_, err := k.put(from, b, store.Position(b.Position) == from)
		if from = store.Position(b.Position); err == nil && b.Erase {
			n.words.purge.schedule()
		}
		return err
	}
	// The index knows nothing of an employer's facts.
	told := slices.DeleteFunc(slices.Clone(entries), func(e store.Entry) bool { return e.Noun == store.EmployerNoun })
	err := n.inSteps(ctx, told, func(c *changes, reached store.Position) error {
		c.index.Position = uint64(reached)
		return give(c.index)
	})
	if err != nil || uint64(from) == last {
		return err
	}
	return give(search.Batch{Position: last}) // what was left out has been reached too
}

// RenewEpoch gives the store a new epoch after it was restored from a backup by the database's own tools: positions may stand for other
// changes now, so this node and every other one load everything anew. It returns once this one has.
func (n *Node) RenewEpoch(ctx context.Context) (store.Head, error) {
	const op = "node.RenewEpoch"
	head, err := n.store.RenewEpoch(ctx)
	if err != nil {
		return head, fault.Wrap(op, err)
	}
	for {
		if at, _ := n.reached.get(); at.Epoch == head.Epoch {
			return head, nil
		}
		select {
		case <-ctx.Done():
			return head, fault.Wrap(op, ctx.Err())
		case <-n.stopped:
			return head, fault.New(fault.Unavailable, op, "The data directory has been closed. Open it again first.")
		case <-time.After(epochLook):
		}
	}
}

// epochLook is how often RenewEpoch looks whether this node has begun anew.
const epochLook = 20 * time.Millisecond

// RebuildIndex builds the index anew from the store, beside the one in use, which goes on answering and following, and swaps them.
func (n *Node) RebuildIndex(ctx context.Context) error {
	const op = "node.RebuildIndex"
	n.rebuilding.Lock()
	defer n.rebuilding.Unlock()
	if n.closed {
		return fault.New(fault.Unavailable, op, "The data directory has been closed. Open it again first.")
	}
	return fault.Wrap(op, n.buildIndex(ctx))
}

// buildIndex fills an index beside the one in use, brings it to where the boards are and swaps them. n.rebuilding is held.
func (n *Node) buildIndex(ctx context.Context) error {
	if err := n.roomFor(n.words.size.Load()); err != nil {
		return err
	}
	dir, err := n.freshIndex()
	if err != nil {
		return err
	}
	index, err := n.words.open(dir)
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	k := &kept{wordIndex: index, dir: dir, limit: n.words.batchLimit}
	if err := n.completeIndex(ctx, k); err != nil {
		k.Abandon()
		return errors.Join(err, os.RemoveAll(dir))
	}
	n.words.rebuilds.Add(1)
	n.useIndex(k)
	return nil
}

// completeIndex fills a new index and makes it the one that the next life of the node opens.
func (n *Node) completeIndex(ctx context.Context, k *kept) error {
	if err := n.fillIndex(ctx, k); err != nil {
		return err
	}
	// A caller who goes away now does not stop it: the rest is little.
	ctx = context.WithoutCancel(ctx)
	head, _ := n.reached.get()
	if err := n.catchUp(ctx, k, head.Position); err != nil {
		return err
	}
	if now, _ := n.reached.get(); now.Epoch != head.Epoch {
		return errors.New("the store has begun another life meanwhile")
	}
	return n.adoptIndex(k.dir)
}

// fillIndex writes a new index of everything on the boards: postings in the order of their board, in which searches look at them, and then
// graduates. It carries the position of the boards at the beginning; whatever came later is applied again from the journal.
func (n *Node) fillIndex(ctx context.Context, k *kept) error {
	head, _ := n.reached.get()
	var batch search.Batch
	flush := func(least int) error {
		if len(batch.Put) < least {
			return nil
		}
		_, err := guarded(k.limit, func() (struct{}, error) { return struct{}{}, k.Apply(batch) })
		batch = search.Batch{}
		return err
	}
	for ids := range slices.Chunk(n.postings.IDs(), indexBatch) {
		var err error
		if batch.Put, err = n.postingDocuments(ctx, ids); err == nil {
			err = flush(1)
		}
		if err != nil {
			return err
		}
	}
	_, err := n.store.EachGraduate(ctx, "", func(g *matching.Graduate) error {
		if len(n.graduateRows(g)) > 0 {
			batch.Put = append(batch.Put, n.graduateDocument(g))
		}
		return flush(indexBatch)
	})
	if err != nil {
		return err
	}
	batch.Epoch, batch.Position = n.indexEpoch(head.Epoch), uint64(head.Position)
	if err := flush(0); err != nil {
		return err
	}
	k.at.Store(uint64(head.Position))
	return nil
}

// postingDocuments gives the documents of some postings, in their order, without those that are gone.
func (n *Node) postingDocuments(ctx context.Context, ids []matching.ID) ([]search.Document, error) {
	list, err := n.store.Postings(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[matching.ID]*matching.Posting, len(list))
	for _, p := range list {
		found[p.ID] = p
	}
	docs := make([]search.Document, 0, len(ids))
	for _, id := range ids {
		if p := found[id]; p != nil && n.postingRow(p) != nil {
			docs = append(docs, n.postingDocument(p))
		}
	}
	return docs, nil
}
