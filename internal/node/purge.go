package node

import (
	"context"
	"sync"
	"time"

	"rabta/search"
)

// purgeDelay is how long deletions are gathered before the index is purged of them. With what a purge takes itself, a million documents
// being rewritten, an id has left the files within a minute.
const purgeDelay = 10 * time.Second

// purging is when the index is to be purged of what was deleted.
type purging struct {
	mu      sync.Mutex
	delay   time.Duration
	due     time.Time // zero: nothing to purge
	running bool
}

// schedule says that something was deleted. It waits for a purge that is due already.
func (p *purging) schedule() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.due.IsZero() {
		p.due = time.Now().Add(p.delay)
	}
}

// wait gives a timer that fires when a purge is due.
func (p *purging) wait() *time.Timer {
	const never = 1000 * time.Hour
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.due.IsZero() || p.running {
		return time.NewTimer(never)
	}
	return time.NewTimer(time.Until(p.due))
}

// begin marks a purge as under way; what is deleted from now on needs another.
func (p *purging) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.due, p.running = time.Time{}, true
}

func (p *purging) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running = false
}

// purgeBeside purges an index while it is in use, beside the keeper.
func (n *Node) purgeBeside(ctx context.Context, k *kept) {
	p := &n.words.purge
	p.begin()
	n.words.ending.Go(func() {
		began := time.Now()
		_, err := guarded(search.PurgeTimeout, func() (struct{}, error) { return struct{}{}, k.Purge(ctx) })
		p.end()
		switch {
		case err == nil:
			n.log.Info("the index was purged of what was deleted", "took", time.Since(began))
		case ctx.Err() != nil: // it is done in the next life
		default:
			n.log.Warn("the index could not be purged of what was deleted: trying again", "error", err)
			p.schedule()
		}
		n.words.wakeKeeper()
	})
}
