package node

import (
	"context"
	"time"
)

// Spend notes that an account uses up one thing of those that it may have since a time, as store.Store says. It counts over all nodes.
func (n *Node) Spend(ctx context.Context, account, what string, since time.Time, most int) (bool, error) {
	return n.store.Spend(ctx, account, what, since, most)
}
