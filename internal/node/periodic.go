package node

import (
	"context"
	"time"

	"rabta/store"
)

// periodic does work now and then until ctx ends, on one node at a time where several share a store. What fails is logged and done the
// next time.
func (n *Node) periodic(ctx context.Context, name string, every time.Duration, do func(context.Context) error) {
	for ctx.Err() == nil {
		if _, err := n.store.Alone(ctx, name, do); err != nil && ctx.Err() == nil {
			n.log.Error("periodic work failed", "work", name, "error", err)
		}
		pause(ctx, every)
	}
}

// forgetEvery is how often old replies are looked for.
const forgetEvery = time.Hour

// forgetReplies removes the replies that have been kept for their time, and the records of imports.
func (n *Node) forgetReplies(ctx context.Context) error {
	forgotten, err := n.store.ForgetReplies(ctx, n.now().Add(-store.ReplyLife))
	if forgotten > 0 {
		n.log.Info("old replies were forgotten", "replies", forgotten)
	}
	if err != nil {
		return err
	}
	_, err = n.store.ForgetImports(ctx, n.now().Add(-store.ImportLife))
	return err
}
