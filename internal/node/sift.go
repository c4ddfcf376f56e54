package node

import (
	"context"
	"errors"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/search"
)

// searchLimit is how long a search by words may take in the index, and then again in the store, its turn awaited.
const searchLimit = 5 * time.Second

// sought is what kind of records words are looked for in: in the index, and one by one in the store.
type sought struct {
	noun string
	find func(wordIndex, context.Context, search.TextQuery) ([]search.Hit, error)
	each func(n *Node, ctx context.Context, visit func(*search.Document) error) error
}

var soughtPostings = sought{search.NounPosting, wordIndex.Postings,
	func(n *Node, ctx context.Context, visit func(*search.Document) error) error {
		_, err := n.store.EachPosting(ctx, "", func(p *matching.Posting) error {
			if !n.model().Opening(p, n.facts.of(p.Employer)).Open {
				return nil // not in the index either
			}
			d := n.postingDocument(p)
			return visit(&d)
		})
		return err
	}}

var soughtGraduates = sought{search.NounGraduate, wordIndex.Graduates,
	func(n *Node, ctx context.Context, visit func(*search.Document) error) error {
		_, err := n.store.EachGraduate(ctx, "", func(g *matching.Graduate) error {
			if len(n.graduateRows(g)) == 0 {
				return nil // not in the index either
			}
			d := n.graduateDocument(g)
			return visit(&d)
		})
		return err
	}}

// postingsByWords finds postings by words: in the index, and where that is away, hangs or fails, in the store, with the same result. A
// failure of the index is its own matter and not the caller's.
func (n *Node) postingsByWords(ctx context.Context, q search.TextQuery) ([]search.Hit, error) {
	return n.byWords(ctx, q, &soughtPostings)
}

// graduatesByWords is postingsByWords for graduates.
func (n *Node) graduatesByWords(ctx context.Context, q search.TextQuery) ([]search.Hit, error) {
	return n.byWords(ctx, q, &soughtGraduates)
}

func (n *Node) byWords(ctx context.Context, q search.TextQuery, what *sought) ([]search.Hit, error) {
	k := n.words.inUse()
	if k == nil {
		return n.sift(ctx, q, what)
	}
	hits, err := guarded(n.words.searchLimit, func() ([]search.Hit, error) { return what.find(k, ctx, q) })
	if err != nil && (ctx.Err() != nil || fault.KindOf(err) == fault.Invalid) {
		return nil, err
	}
	if k.tired(err) {
		n.dropIndex(k, err)
	}
	if err != nil {
		return n.sift(ctx, q, what)
	}
	return hits, nil
}

// sift finds records by words in the store, one search at a time: it reads every record, which takes a second for 50,000.
func (n *Node) sift(ctx context.Context, q search.TextQuery, what *sought) ([]search.Hit, error) {
	bounded, cancel := context.WithTimeout(ctx, n.words.searchLimit)
	defer cancel()
	hits, err := n.sifted(bounded, q, what)
	if bounded.Err() != nil && ctx.Err() == nil {
		n.words.siftedShort.Add(1)
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "node.sift", Err: errors.Join(err, bounded.Err()),
			Message:   "Search by words is being set up anew. Try again in a few seconds, or search by trade and place.",
			MessageUr: "الفاظ سے تلاش تیار ہو رہی ہے۔ چند سیکنڈ بعد دوبارہ کوشش کریں، یا پیشے اور جگہ سے تلاش کریں۔"}
	}
	return hits, err
}

func (n *Node) sifted(ctx context.Context, q search.TextQuery, what *sought) ([]search.Hit, error) {
	s, err := n.words.sifter().Begin(what.noun, q)
	if err != nil || s.Empty() {
		return nil, err
	}
	select {
	case n.words.sifting <- struct{}{}:
		defer func() { <-n.words.sifting }()
	case <-ctx.Done():
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "node.sift", Err: ctx.Err()}
	}
	if err := what.each(n, ctx, s.Add); err != nil {
		return nil, err
	}
	n.words.sifted.Add(1)
	return s.Hits(ctx)
}
