package search

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/oklog/ulid/v2"

	"rabta/internal/fault"
	"rabta/matching/board"
)

// Concordance answers how well postings meet words, in the order of a board's rows, so that a search that looks at some spans of rows
// costs with those spans and not with the country. The scores are those of Index.Postings, to the last bit.
//
// It is made of one snapshot of the index, and keeps of it which row each document is. Words that were asked for are kept as lists of rows
// with what they count there, as far as memory is set aside for (wordList); of others the postings within the spans are read from
// Bleve's segments (fetch.go). What is put or deleted later is kept as it was written, and goes before what the snapshot says
// (changed.go): so neither Bleve's merges nor the board's concern it. Past maxChanges it is spent, and another must be made.
// Safe for concurrent use.
type Concordance struct {
	x      *Index
	order  board.Order
	beyond map[ulid.ULID]int32 // the rows of postings that the order does not have
	leaves []*leaf
	near   *slips
	stands bitset // the rows that have a document
	rows   int    // of the order and beyond
	most   int    // changes

	touched touchedRows // changed since; never less than changes say
	mu      sync.Mutex  // guards what follows
	now     *moment
	uses    int
	closed  bool
	made    *scorch.IndexSnapshot // what it is made of; nil once nobody reads it any more
	spent   atomic.Bool

	lists wordLists
	rooms sync.Pool // of *room
}

// maxChanges is how many changes a concordance keeps: some 15 MB of adverts.
const maxChanges = 16_384

// ErrSpent says that a concordance is closed, or that too much has changed since it was made.
var ErrSpent = errors.New("the concordance is spent: make another")

// moment is the index as it stood after some batch: what has changed by then, and Bleve's snapshot for counting.
type moment struct {
	*changes
	reader *scorch.IndexSnapshot
	uses   int
}

// Concordance makes one of the index as it is, for the rows of a board. It reads the id of every document, which takes about
// a second for a million, and follows the index from then on until it is closed. Errors: fault.Unavailable.
func (x *Index) Concordance(ctx context.Context, order board.Order) (*Concordance, error) {
	ctx, cancel := context.WithTimeout(ctx, verifyTimeout) // what is given up must not go on to follow the index
	defer cancel()
	return use(x, "search.Concordance", verifyTimeout, func() (*Concordance, error) {
		c := &Concordance{x: x, order: order, beyond: map[ulid.ULID]int32{}, most: maxChanges}
		c.lists.init(c)
		// Changes that come while it reads the ids wait in line, and are taken in at the end.
		wait := &waiting{}
		x.applying.Lock()
		reader, err := x.snapshot()
		x.join(wait, nil)
		x.applying.Unlock()
		if err == nil {
			c.made = reader
			err = c.read(ctx)
		}
		x.applying.Lock()
		defer x.applying.Unlock()
		x.leave(wait, nil)
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = c.begin(wait)
		}
		if err != nil {
			c.end()
			return nil, err
		}
		x.join(nil, c)
		return c, nil
	})
}

// snapshot gives Bleve's newest, to be closed.
func (x *Index) snapshot() (*scorch.IndexSnapshot, error) {
	reader, err := x.core.Reader()
	if err != nil {
		return nil, err
	}
	if s, ok := reader.(*scorch.IndexSnapshot); ok {
		return s, nil
	}
	return nil, errors.Join(errors.New("not an index of segments"), reader.Close())
}

// begin makes the first moment, with the changes that came meanwhile.
func (c *Concordance) begin(w *waiting) error {
	if w.void {
		return ErrSpent
	}
	counting := &scan{ctx: context.Background(), reader: c.made}
	all, err := counting.count(fieldNoun, NounPosting)
	if err != nil {
		return err
	}
	if c.stands.count() != int(all) {
		return errors.New("a posting in the index has an id that is none")
	}
	c.lists.room(c.rows)
	old := newLatest()
	c.now = &moment{changes: &changes{old: &old, recent: newLatest(), all: int(all)}, reader: c.made}
	c.made.AddRef()
	for _, b := range w.batches {
		c.follow(b)
	}
	return nil
}

// follow takes a batch in. x.applying is held, so there is one at a time.
func (c *Concordance) follow(b Batch) {
	c.mu.Lock()
	at := c.now
	c.mu.Unlock()
	if c.spent.Load() || at == nil {
		return
	}
	if len(at.list)+len(b.Put)+len(b.Delete) > c.most {
		c.spent.Store(true)
		return
	}
	reader, err := c.x.snapshot()
	if err != nil {
		c.spent.Store(true)
		return
	}
	next := at.after(&b, c.x.analyzer, c.standing)
	for _, n := range next.list[len(at.list):] {
		if n.row >= 0 {
			c.touched.set(n.row)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		_ = reader.Close() // nothing was written
		return
	}
	c.now = &moment{changes: next, reader: reader}
	c.retire(at)
}

// standing gives the row of a posting, negative when it has none, and whether the concordance was made with a document of it.
func (c *Concordance) standing(id ulid.ULID) (row int32, stands bool) {
	row = c.rowOf(id)
	return row, row >= 0 && c.stands.has(uint64(row))
}

func (c *Concordance) rowOf(id ulid.ULID) int32 {
	if row, ok := c.beyond[id]; ok {
		return row
	}
	if row, ok := c.order.Find(id, -1); ok {
		return int32(row)
	}
	return -1
}

// Order is the order that the concordance was made for.
func (c *Concordance) Order() board.Order { return c.order }

// Spent tells whether the concordance is good for nothing any more, and Changes how much has changed since it was made: it is time to make
// another well before it is spent.
func (c *Concordance) Spent() bool { return c.spent.Load() }

// Changes is how many changes came since the concordance was made.
func (c *Concordance) Changes() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now == nil {
		return 0
	}
	return len(c.now.list)
}

// take gives the newest moment, which the caller gives back.
func (c *Concordance) take() (*moment, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || c.spent.Load() {
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "search.Concordance", Err: ErrSpent}
	}
	c.now.uses++
	c.uses++
	return c.now, nil
}

func (c *Concordance) giveBack(m *moment) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m.uses--
	c.uses--
	c.retire(m)
	c.letGo()
}

// retire closes the reader of a moment that is neither the newest nor in use. c.mu is held.
func (c *Concordance) retire(m *moment) {
	if m != c.now && m.uses == 0 && m.reader != nil {
		_ = m.reader.Close() // nothing was written
		m.reader = nil
	}
}

// letGo closes what a closed concordance was made of once nobody uses it. c.mu is held.
func (c *Concordance) letGo() {
	if c.closed && c.uses == 0 && c.made != nil {
		_ = c.made.Close() // nothing was written
		c.made = nil
	}
}

// Close ends the concordance; answers under way are finished first, beside. Closing twice is no error.
func (c *Concordance) Close() {
	c.x.leave(nil, c)
	c.end()
}

func (c *Concordance) end() {
	c.spent.Store(true)
	c.lists.stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.closed = true
	last := c.now
	c.now = nil
	if last != nil {
		c.retire(last)
	}
	c.letGo()
}
