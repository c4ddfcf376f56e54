package node

import (
	"context"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
)

// A search with words looks at the rows in reach, and of the words at what those rows say (board.SearchWords over a search.Concordance).
// Where that is not to be had, all postings that meet the words are found first, wherever they are, and then looked up on the board:
// the same list, more slowly. A posting's words are those that the index has of it, its place, trade and dates those of the board.

// rating scores postings of a search with text.
type rating struct {
	scale  *search.Scale
	trades []float64                       // how well each trade is what the text means; those beyond are not
	meant  func(*matching.Opening) float64 // where conditions count too; else nil
	today  int32
}

// rate makes the rating of a search by what its text means.
func (s *searching) rate() *rating {
	r := &rating{scale: s.n.scale, today: matching.Day(s.page.asOf)}
	if len(s.understood.Conditions) > 0 {
		r.meant = func(o *matching.Opening) float64 { return s.meant(o, s.meaning) }
		return r
	}
	for trade, meaning := range s.meaning {
		for len(r.trades) <= int(trade) {
			r.trades = append(r.trades, 0)
		}
		r.trades[trade] = meaning
	}
	return r
}

var _ board.Rating = (*rating)(nil)

func (r *rating) meaning(o *matching.Opening) float64 {
	switch {
	case r.meant != nil:
		return r.meant(o)
	case int(o.Trade) < len(r.trades):
		return r.trades[o.Trade]
	}
	return 0
}

// days is how old a posting is.
func (r *rating) days(o *matching.Opening) int {
	return int(r.today - matching.Day(time.Unix(int64(o.Posted), 0)))
}

// Score implements board.Rating.
func (r *rating) Score(o *matching.Opening, text, metres float64) float64 {
	return r.scale.Score(r.meaning(o), text, metres, r.days(o))
}

// Most implements board.Rating.
func (r *rating) Most(o *matching.Opening, text, metres float64) float64 {
	return r.scale.Most(r.meaning(o), text, metres, r.days(o))
}

// order has the words answered in the order of the board, and tells whether they are.
func (s *searching) order(ctx context.Context, words string) (ready bool, err error) {
	c := s.n.words.inOrder()
	if c == nil || s.plain {
		return false, nil
	}
	s.ordered, err = c.Ask(ctx, words, s.n.words.searchLimit)
	if s.ordered == nil && err == nil { // no word that says anything: no posting meets it
		return true, nil
	}
	if err != nil && (ctx.Err() != nil || fault.KindOf(err) == fault.Invalid) {
		return false, err
	}
	return err == nil, nil
}

func (s *searching) close() {
	if s.ordered != nil {
		s.ordered.Close()
	}
}

// plainly finds all postings that meet the words. Where a trade is meant the words only order, and when neither index nor store can say in
// time, it is no reason to answer nothing.
func (s *searching) plainly(ctx context.Context, words string) error {
	hits, err := s.n.byWords(ctx, search.NounPosting, search.TextQuery{Text: words})
	if err != nil && (fault.KindOf(err) != fault.Unavailable || len(s.meaning) == 0 || ctx.Err() != nil) {
		return err
	}
	texts := make(map[matching.ID]float64, len(hits))
	s.query.Only = nil
	if s.needed {
		s.query.Only = make([]matching.ID, 0, len(hits))
	}
	for _, h := range hits {
		texts[h.ID] = h.Score
		if s.needed {
			s.query.Only = append(s.query.Only, h.ID)
		}
	}
	s.query.Score = func(o *matching.Opening, metres float64) (float64, bool) {
		return s.rating.Score(o, texts[o.ID()], metres), true
	}
	return nil
}

// alike rates every posting the same: without words they come by distance.
type alike struct{}

// Score implements board.Rating.
func (alike) Score(*matching.Opening, float64, float64) float64 { return 0 }

// Most implements board.Rating.
func (alike) Most(*matching.Opening, float64, float64) float64 { return 0 }

// ask searches the board.
func (s *searching) ask(ctx context.Context) (board.Hits, error) {
	if s.rating != nil && s.plain && s.query.Score == nil {
		s.query.Score = func(o *matching.Opening, metres float64) (float64, bool) { return s.rating.Score(o, 0, metres), true }
	}
	if s.query.Score != nil || s.rating == nil && s.plain {
		return s.n.postings.Search(s.query), nil
	}
	q := board.WordQuery{SearchQuery: s.query, Needed: s.needed, Rating: alike{}}
	if s.rating != nil {
		q.Rating = s.rating
	}
	if s.ordered != nil {
		q.Words = s.ordered
	}
	hits, err := s.n.postings.SearchWords(q)
	if err == nil || ctx.Err() != nil {
		return hits, err
	}
	if err := s.plainly(ctx, s.understood.Words()); err != nil {
		return hits, err
	}
	return s.n.postings.Search(s.query), nil
}

// inOrder gives the concordance that searches use; nil while there is none.
func (w *words) inOrder() *search.Concordance {
	if k := w.inUse(); k != nil {
		return k.words.Load()
	}
	return nil
}

// AwaitWords waits until searches by words are answered in the order of the board, which they are not yet when the index has just come
// into use. They are the same answers.
func (n *Node) AwaitWords(ctx context.Context) error {
	for {
		if k := n.words.inUse(); k != nil && !n.wordsDue(k) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fault.Wrap("node.AwaitWords", ctx.Err())
		case <-n.stopped:
			return n.indexAway()
		case <-time.After(time.Millisecond):
		}
	}
}

// ForgetWords drops what is kept in memory of words that were searched for, so that the next search for each is as the first one was.
func (n *Node) ForgetWords() {
	if c := n.words.inOrder(); c != nil {
		c.ForgetWords()
	}
}

// WordsKept is about how many bytes are kept in memory of words that were searched for, and of the order of all postings in the index.
func (n *Node) WordsKept() (lists, order int) {
	if c := n.words.inOrder(); c != nil {
		return c.Bytes()
	}
	return 0, 0
}

// When a concordance is made anew: after so many changes, or when less of the board than this is in its order still. It takes a second
// for a million postings, and is left alone for restFactor times what the last one took.
const (
	wordsLook  = 100 * time.Millisecond
	wordsStale = 8_192
	wordsCover = 0.95
	restFactor = 3
)

// When the index is written anew, in the order of the board: half of the postings that have come since it was written stand before one of
// a lower row, so that this part of all says that a tenth is out of order. Not while much is changing, and not all the time.
const (
	reorderAt   = 0.05
	reorderFrom = 50_000 // postings: fewer are read as fast in any order
	reorderCalm = time.Minute
	reorderRest = time.Hour
)

// keepWords keeps a concordance for the index in use, and the index in order, until ctx ends.
func (n *Node) keepWords(ctx context.Context) {
	var made, rested, reordered time.Time
	for ctx.Err() == nil {
		k, now := n.words.inUse(), time.Now()
		switch {
		case k == nil:
		case n.wordsDue(k) && now.After(rested):
			err := n.orderWords(ctx, k)
			made = time.Now()
			rested = made.Add(restFactor * made.Sub(now))
			if err != nil && ctx.Err() == nil {
				n.log.Warn("words are not in the order of the board", "error", err)
				rested = rested.Add(retryAfter)
			}
		case now.Sub(made) > reorderCalm && now.Sub(reordered) > reorderRest && n.outOfOrder(k):
			reordered = now
			n.complainOf("writing the index in the order of the board", n.RebuildIndex(ctx))
		}
		pause(ctx, wordsLook)
	}
}

// outOfOrder tells whether an index is worth writing anew.
func (n *Node) outOfOrder(k *kept) bool {
	c := k.words.Load()
	return c != nil && n.postings.Count() >= reorderFrom && c.Disorder() > reorderAt
}

// wordsDue tells whether an index needs another concordance.
func (n *Node) wordsDue(k *kept) bool {
	c := k.words.Load()
	return c == nil || c.Spent() || c.Changes() > wordsStale || n.postings.Covered(c.Order()) < wordsCover
}

// orderWords makes a concordance of an index and puts it in the place of the one before.
func (n *Node) orderWords(ctx context.Context, k *kept) error {
	c, err := k.Concordance(ctx, n.postings.Order())
	if err != nil {
		return err
	}
	old := k.words.Load()
	if old != nil {
		err = c.Learn(ctx, old)
	}
	k.words.Store(c)
	if old != nil {
		old.Close()
	}
	return err
}
