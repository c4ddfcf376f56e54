package node

import (
	"context"
	"sync"
	"time"

	"rabta/internal/fault"
	"rabta/store"
)

// patience is how long a read waits for the position that it carries, or a write for itself to be seen (DESIGN, section 6).
const patience = 2 * time.Second

// indexLook is how often it looks whether the index has followed, or is done without.
const indexLook = 10 * time.Millisecond

// progress is how far this node has followed the journal, and who waits for it to get farther.
type progress struct {
	mu    sync.Mutex
	head  store.Head
	moved chan struct{} // closed at every step
}

// init sets where to begin, and again where another life of the store begins.
func (p *progress) init(at store.Head) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.moved != nil {
		close(p.moved)
	}
	p.head, p.moved = at, make(chan struct{})
}

func (p *progress) get() (store.Head, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.head, p.moved
}

func (p *progress) advance(to store.Position) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.head.Position = to
	close(p.moved)
	p.moved = make(chan struct{})
}

// WaitFor returns once this node shows everything up to a position of its journal. It waits at most two seconds, and is then a
// fault.Unavailable: the caller may try again.
func (n *Node) WaitFor(ctx context.Context, position store.Position) error {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		head, moved := n.reached.get()
		var look <-chan time.Time
		if head.Position >= position {
			if n.words.shows(position) {
				return nil
			}
			n.held.want()
			look = time.After(indexLook)
		}
		select {
		case <-moved:
		case <-look:
		case <-timer.C:
			return fault.New(fault.Unavailable, "node.WaitFor", "This node has not yet caught up with what you saw before. Try again in a second.")
		case <-ctx.Done():
			return &fault.Error{Kind: fault.Unavailable, Op: "node.WaitFor", Err: ctx.Err()}
		}
	}
}

// Head tells how far this node has followed the journal.
func (n *Node) Head(context.Context) (store.Head, error) {
	head, _ := n.reached.get()
	return head, nil
}
