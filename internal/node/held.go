package node

import (
	"context"
	"sync/atomic"
	"time"

	"rabta/matching"
	"rabta/search"
	"rabta/store"
)

// An import's transactions are small, so that other writers do not wait, and a batch of the index is dear: a segment of its own, two
// commits of the index's file, and merges later on. So while much comes, the follower holds back what it has for the index until it is as
// much as is written best, or too old, or somebody waits for it. The boards show all of it meanwhile.
const (
	holdFrom = 64                     // documents of one step from which on it is held back: so many come of an import
	holdMost = indexBatch             // documents held back
	holdLong = 500 * time.Millisecond // after which it is given, whatever comes
)

// heldBack is what the follower has for an index and has not given yet. What is not said to be for others is the follower's alone.
type heldBack struct {
	k     *kept
	from  store.Position // which it goes on from
	epoch string
	to    store.Position
	last  map[matching.ID]*search.Document // nil: it is deleted
	since time.Time                        // zero: nothing is held

	reached atomic.Uint64 // for others: the position that the index will have reached by it; 0: nothing is held
	wanted  chan struct{} // for others: holds one when somebody waits for it
}

func newHeldBack() *heldBack { return &heldBack{wanted: make(chan struct{}, 1)} }

// want says that somebody waits for the index. Others may call it.
func (h *heldBack) want() {
	if h.reached.Load() == 0 {
		return
	}
	select {
	case h.wanted <- struct{}{}:
	default: // it has been said
	}
}

// covers tells whether an index has everything up to a position, or will have by what is held back. Others may call it.
func (h *heldBack) covers(k *kept, position store.Position) bool {
	return k.position() >= position || store.Position(h.reached.Load()) >= position
}

func (h *heldBack) empty() bool { return h.since.IsZero() }

// due tells whether what is held must be given now.
func (h *heldBack) due() bool {
	return !h.empty() && (len(h.last) >= holdMost || time.Since(h.since) >= holdLong || len(h.wanted) > 0)
}

// follows tells whether a batch of the journal after from goes on where what is held ends.
func (h *heldBack) follows(k *kept, from store.Position, b search.Batch) bool {
	return h.k == k && h.epoch == b.Epoch && h.to == from
}

// add puts a batch behind what is held.
func (h *heldBack) add(k *kept, from store.Position, b search.Batch) {
	if h.empty() {
		h.k, h.from, h.epoch, h.since, h.last = k, from, b.Epoch, time.Now(), map[matching.ID]*search.Document{}
	}
	for i := range b.Put {
		h.last[b.Put[i].ID] = &b.Put[i]
	}
	for _, id := range b.Delete {
		h.last[id] = nil
	}
	h.to = store.Position(b.Position)
	h.reached.Store(b.Position)
}

// take gives what is held, and holds nothing any more.
func (h *heldBack) take() search.Batch {
	b := search.Batch{Epoch: h.epoch, Position: uint64(h.to)}
	for id, document := range h.last {
		if document == nil {
			b.Delete = append(b.Delete, id)
		} else {
			b.Put = append(b.Put, *document)
		}
	}
	h.reached.Store(0)
	h.since, h.last = time.Time{}, nil
	select {
	case <-h.wanted:
	default:
	}
	return b
}

// giveOrHold gives an index what the follower has read of the journal after from, or holds it back for a little.
func (n *Node) giveOrHold(k *kept, from store.Position, b search.Batch) {
	h := n.held
	if !h.empty() && (b.Erase || !h.follows(k, from, b)) {
		n.giveHeld()
	}
	if h.empty() && (b.Erase || k == nil || len(b.Put)+len(b.Delete) < holdFrom) {
		n.giveIndex(k, from, b, false)
		return
	}
	h.add(k, from, b)
	if h.due() {
		n.giveHeld()
	}
}

// giveHeld gives what is held back, if anything is.
func (n *Node) giveHeld() {
	if n.held.empty() {
		return
	}
	k, from := n.held.k, n.held.from
	n.giveIndex(k, from, n.held.take(), false)
}

// untilDue gives a context that ends when what is held back must be given: never when nothing is.
func (h *heldBack) untilDue(ctx context.Context) (context.Context, context.CancelFunc) {
	if h.empty() {
		return context.WithCancel(ctx)
	}
	ctx, cancel := context.WithDeadline(ctx, h.since.Add(holdLong))
	go func() {
		select {
		case <-h.wanted:
			h.want() // for due
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}
