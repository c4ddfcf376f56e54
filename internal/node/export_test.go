package node

import (
	"context"

	"rabta/search"
	"rabta/store"
)

// TextScores gives the index's own scores of postings for the words of a query, to hold searches with text against.
func (n *Node) TextScores(ctx context.Context, q search.TextQuery) (hits []search.Hit, err error) {
	err = n.withIndex(func(x *search.Index) error {
		hits, err = x.Postings(ctx, q)
		return err
	})
	return hits, err
}

// StoreJournal gives entries of the store's journal.
func (n *Node) StoreJournal(after store.Position) ([]store.Entry, error) {
	return n.store.Journal(context.Background(), after, 1000)
}
