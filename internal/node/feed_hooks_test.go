package node

import (
	"rabta/matching"
	"rabta/store"
)

// Store gives the node's store.
func (n *Node) Store() store.Store { return n.store }

// NewBatchID and NewPostingID make identifiers of the node's now.
func NewBatchID(n *Node) (matching.ID, error) { return n.newID(store.ImportPrefix) }

// NewPostingID makes one of a posting.
func NewPostingID(n *Node) (matching.ID, error) { return n.newID(matching.PostingPrefix) }
