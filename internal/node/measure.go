package node

import (
	"context"

	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
	"rabta/seed"
)

// Boards gives the boards that lists are made from, for measurements: whoever changes them breaks the node.
func (n *Node) Boards() (*board.Postings, *board.Graduates) { return n.postings, n.graduates }

// FreshWords makes one more concordance of the index in use, which has no words in memory yet, for measurements. The caller closes it.
// The error of an index that is away is a fault.Unavailable.
func (n *Node) FreshWords(ctx context.Context) (*search.Concordance, error) {
	k := n.words.inUse()
	if k == nil {
		return nil, n.indexAway()
	}
	return k.Concordance(ctx, n.postings.Order())
}

// DocumentOf gives what the index of a node with that reference has of a posting.
func DocumentOf(ref *seed.Reference, p *matching.Posting) search.Document {
	return (&Node{ref: ref}).postingDocument(p)
}
