package node

import (
	"context"
	"errors"
	"time"

	"rabta/search"
	"rabta/store"
)

// FailIndex closes the index under the node, so that whatever uses it next fails.
func (n *Node) FailIndex() error { return n.words.get().Close() }

// WordIndex is what a node asks of an index.
type WordIndex = wordIndex

// WrapIndex puts something between the node and its index, and shortens what it waits for it.
func (n *Node) WrapIndex(wrap func(WordIndex) WordIndex) {
	n.words.searchLimit, n.words.batchLimit = 200*time.Millisecond, 2*time.Second
	old := n.words.get()
	k := &kept{wordIndex: wrap(old.wordIndex), dir: old.dir, limit: n.words.batchLimit}
	k.at.Store(old.at.Load())
	if !n.words.swap(old, k) {
		panic("another index came into use")
	}
	n.words.wakeKeeper()
}

// WithoutIndex takes the index away for good: the keeper is told that there is none, and cannot make one.
func (n *Node) WithoutIndex() {
	n.words.open = func(string) (wordIndex, error) { return nil, errors.New("no index today") }
	n.dropIndex(n.words.get(), errors.New("taken away by a test"))
}

// PurgeSoon makes the node purge its index as soon as something was deleted.
func (n *Node) PurgeSoon() {
	n.words.purge.mu.Lock()
	defer n.words.purge.mu.Unlock()
	n.words.purge.delay = 10 * time.Millisecond
	if !n.words.purge.due.IsZero() {
		n.words.purge.due = time.Now()
	}
	n.words.wakeKeeper()
}

// GraduatesByWords gives the graduates that the index finds by the words of their trades and skills.
func (n *Node) GraduatesByWords(ctx context.Context, text string) ([]search.Hit, error) {
	k, err := n.levelIndex(ctx)
	if err != nil {
		return nil, err
	}
	return k.Graduates(ctx, search.TextQuery{Text: text})
}

// IndexDir gives the directory of the index in use.
func (n *Node) IndexDir() (string, error) { return n.currentIndex() }

// IndexEpoch is what an index of this node's store and tables is of.
func (n *Node) IndexEpoch() string {
	head, _ := n.reached.get()
	return n.indexEpoch(head.Epoch)
}

// Journal gives the epoch of the node's store and how far the node has followed its journal.
func (n *Node) Journal() (epoch string, position uint64) {
	head, _ := n.reached.get()
	return string(head.Epoch), uint64(head.Position)
}

// WithoutFollower runs do while nothing follows the journal.
func (n *Node) WithoutFollower(do func(store.Store) error) error {
	n.stop()
	n.follower.Wait()
	err := do(n.store)
	following, stop := context.WithCancel(context.Background())
	n.stop, n.stopped = stop, following.Done()
	n.follower.Go(func() { n.follow(following) })
	n.follower.Go(func() { n.keepIndex(following, nil) })
	return err
}

// WrapStore puts something between the node and its store.
func (n *Node) WrapStore(wrap func(store.Store) store.Store) error {
	return n.WithoutFollower(func(s store.Store) error {
		n.store = wrap(s)
		return nil
	})
}

// CatchUpFromStart applies the whole journal to the index alone, as after a rebuild that took long.
func (n *Node) CatchUpFromStart(ctx context.Context) error {
	head, err := n.store.Head(ctx)
	if err != nil {
		return err
	}
	k := n.words.get()
	k.at.Store(0)
	return n.catchUp(ctx, k, head.Position)
}

// ReplyTo gives the reply that an attempt left, nil when there is none.
func (n *Node) ReplyTo(ctx context.Context, a Attempt) (*store.Reply, error) {
	return n.repliedTo(ctx, n.replyTo(a))
}

// ForgetReplies does the periodic work now.
func (n *Node) ForgetReplies(ctx context.Context) error { return n.forgetReplies(ctx) }
