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

// byWords finds postings or graduates by words: in the index, and where that is away, hangs or fails, in the store, with the same result.
// A failure of the index is its own matter and not the caller's.
func (n *Node) byWords(ctx context.Context, noun string, q search.TextQuery) ([]search.Hit, error) {
	k := n.words.inUse()
	if k == nil {
		return n.sift(ctx, noun, q)
	}
	find := k.Postings
	if noun == search.NounGraduate {
		find = k.Graduates
	}
	hits, err := guarded(n.words.searchLimit, func() ([]search.Hit, error) { return find(ctx, q) })
	if err != nil && (ctx.Err() != nil || fault.KindOf(err) == fault.Invalid) {
		return nil, err
	}
	if k.tired(err) {
		n.dropIndex(k, err)
	}
	if err != nil {
		return n.sift(ctx, noun, q)
	}
	return hits, nil
}

// sift finds by words in the store, one search at a time: it reads every record, which takes a second or two for 50,000.
func (n *Node) sift(ctx context.Context, noun string, q search.TextQuery) ([]search.Hit, error) {
	bounded, cancel := context.WithTimeout(ctx, n.words.searchLimit)
	defer cancel()
	hits, err := n.sifted(bounded, noun, q)
	if bounded.Err() != nil && ctx.Err() == nil {
		n.words.siftedShort.Add(1)
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "node.sift", Err: errors.Join(err, bounded.Err()),
			Message:   "Search by words is being set up anew. Try again in a few seconds, or search by trade and place.",
			MessageUr: "الفاظ سے تلاش تیار ہو رہی ہے۔ چند سیکنڈ بعد دوبارہ کوشش کریں، یا پیشے اور جگہ سے تلاش کریں۔"}
	}
	return hits, err
}

func (n *Node) sifted(ctx context.Context, noun string, q search.TextQuery) ([]search.Hit, error) {
	s, err := n.words.sifter().Begin(noun, q)
	if err != nil || s.Empty() {
		return nil, err
	}
	select {
	case n.words.sifting <- struct{}{}:
		defer func() { <-n.words.sifting }()
	case <-ctx.Done():
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "node.sift", Err: ctx.Err()}
	}
	if noun == search.NounPosting {
		err = n.siftPostings(ctx, s)
	} else {
		err = n.siftGraduates(ctx, s)
	}
	if err != nil {
		return nil, err
	}
	n.words.sifted.Add(1)
	return s.Hits(ctx)
}

// siftPostings hands over the documents that the index has of postings.
func (n *Node) siftPostings(ctx context.Context, s *search.Sift) error {
	_, err := n.store.EachPosting(ctx, "", func(p *matching.Posting) error {
		if n.postingRow(p) == nil {
			return nil
		}
		d := n.postingDocument(p)
		return s.Add(&d)
	})
	return err
}

// siftGraduates hands over those of graduates.
func (n *Node) siftGraduates(ctx context.Context, s *search.Sift) error {
	_, err := n.store.EachGraduate(ctx, "", func(g *matching.Graduate) error {
		if len(n.graduateRows(g)) == 0 {
			return nil
		}
		d := n.graduateDocument(g)
		return s.Add(&d)
	})
	return err
}
