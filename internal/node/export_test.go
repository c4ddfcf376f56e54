package node

import (
	"context"

	"rabta/search"
	"rabta/store"
)

// TextScores gives the index's own scores of postings for the words of a query, to hold searches with text against.
func (n *Node) TextScores(ctx context.Context, q search.TextQuery) ([]search.Hit, error) {
	k, err := n.levelIndex(ctx)
	if err != nil {
		return nil, err
	}
	return k.Postings(ctx, q)
}

// StoreJournal gives entries of the store's journal.
func (n *Node) StoreJournal(after store.Position) ([]store.Entry, error) {
	return n.store.Journal(context.Background(), after, 1000)
}
