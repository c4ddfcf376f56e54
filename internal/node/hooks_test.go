package node

import (
	"context"

	"rabta/search"
	"rabta/store"
)

// FailIndex closes the index under the node, so that whatever uses it next fails.
func (n *Node) FailIndex() error { return n.withIndex((*search.Index).Close) }

// GraduatesByWords gives the graduates that the index finds by the words of their trades and skills.
func (n *Node) GraduatesByWords(ctx context.Context, text string) (hits []search.Hit, err error) {
	err = n.withIndex(func(x *search.Index) error {
		hits, err = x.Graduates(ctx, search.TextQuery{Text: text})
		return err
	})
	return hits, err
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
	n.stop = stop
	n.follower.Go(func() { n.follow(following) })
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
	epoch, position := n.Journal()
	return n.withIndex(func(x *search.Index) error {
		if err := x.Apply(search.Batch{Epoch: epoch}); err != nil {
			return err
		}
		return n.catchUp(ctx, x, store.Position(position))
	})
}

// ReplyTo gives the reply that an attempt left, nil when there is none.
func (n *Node) ReplyTo(ctx context.Context, a Attempt) (*store.Reply, error) {
	return n.repliedTo(ctx, n.replyTo(a))
}

// ForgetReplies does the periodic work now.
func (n *Node) ForgetReplies(ctx context.Context) error { return n.forgetReplies(ctx) }
