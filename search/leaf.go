package search

import (
	"bytes"
	"context"
	"slices"
	"sort"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/oklog/ulid/v2"

	"rabta/matching"
	"rabta/matching/board"
)

// leaf is one of Bleve's segments with the rows of its documents.
type leaf struct {
	*scorch.SegmentSnapshot
	rows  []uint32 // by document; noRow for those that are no live posting
	docs  []uint32 // the documents that have a row, by row; nil where rows ascends and has no gaps
	least uint32   // of the rows
	most  uint32
	out   int // documents that stand before one of a lower row
}

const noRow = 1<<32 - 1

// read finds the rows of all documents, and the spellings of all words.
func (c *Concordance) read(ctx context.Context) error {
	guess, beyond := 0, c.order.Rows()
	for _, s := range c.made.Segments() {
		if s.Segment().Count() == 0 {
			continue
		}
		l := &leaf{SegmentSnapshot: s, rows: make([]uint32, s.Segment().Count()), least: noRow}
		for doc := range l.rows {
			if doc%4096 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			id, ok, err := l.posting(doc)
			if err != nil {
				return err
			}
			if !ok {
				l.rows[doc] = noRow
				continue
			}
			row, ok := c.order.Find(id, guess)
			if !ok {
				row = beyond
				c.beyond[id] = int32(row)
				beyond++
			}
			guess = row + 1
			l.rows[doc] = uint32(row)
		}
		if l.sort(); l.least != noRow {
			c.leaves = append(c.leaves, l)
		}
	}
	c.rows = beyond
	c.stands, c.touched = make(bitset, (beyond+63)/64), newTouchedRows(beyond)
	for _, l := range c.leaves {
		for _, row := range l.rows {
			if row != noRow {
				c.stands.set(uint64(row))
			}
		}
	}
	var err error
	c.near, err = newSlips(ctx, c.leaves)
	return err
}

// posting gives the id of a document, and false when it is deleted or no posting's.
func (l *leaf) posting(doc int) (ulid.ULID, bool, error) {
	if dead := l.Deleted(); dead != nil && dead.Contains(uint32(doc)) {
		return ulid.ULID{}, false, nil
	}
	id, err := l.DocID(uint64(doc))
	if err != nil {
		return ulid.ULID{}, false, err
	}
	text, ok := bytes.CutPrefix(id, postingMark)
	if !ok {
		return ulid.ULID{}, false, nil
	}
	var key ulid.ULID
	if err := key.UnmarshalText(text); err != nil {
		return key, false, nil // counted as missing, so that no concordance is made of it
	}
	return key, true, nil
}

// postingMark begins the id of a posting.
var postingMark = []byte(matching.PostingPrefix + "_")

// sort makes docs, where it is needed.
func (l *leaf) sort() {
	ascends, held, last := true, 0, uint32(0)
	for _, row := range l.rows {
		if row == noRow {
			ascends = false
			continue
		}
		held++
		l.least, l.most = min(l.least, row), max(l.most, row)
		if row < last {
			ascends = false
			l.out++
		}
		last = row
	}
	if ascends {
		return
	}
	l.docs = make([]uint32, 0, held)
	for doc, row := range l.rows {
		if row != noRow {
			l.docs = append(l.docs, uint32(doc))
		}
	}
	slices.SortFunc(l.docs, func(a, b uint32) int { return int(l.rows[a]) - int(l.rows[b]) })
}

// within adds to set the documents whose rows lie in the spans.
func (l *leaf) within(spans []board.Span, set *roaring.Bitmap, some []uint32) []uint32 {
	some = some[:0]
	n := len(l.docs)
	row := func(i int) int { return int(l.rows[l.docs[i]]) }
	if l.docs == nil {
		n = len(l.rows)
		row = func(i int) int { return int(l.rows[i]) }
	}
	from := 0
	for _, s := range spans {
		if s.Hi <= int(l.least) || s.Lo > int(l.most) {
			continue
		}
		from += sort.Search(n-from, func(i int) bool { return row(from+i) >= s.Lo })
		to := from + sort.Search(n-from, func(i int) bool { return row(from+i) >= s.Hi })
		if l.docs == nil {
			set.AddRange(uint64(from), uint64(to))
		} else {
			some = append(some, l.docs[from:to]...)
		}
		from = to
	}
	if len(some) > 0 {
		slices.Sort(some)
		set.AddMany(some)
	}
	return some
}

// Disorder is what part of the postings, from 0 to 1, stands in the index out of the order of the rows. Written as they come, half do.
func (c *Concordance) Disorder() float64 {
	out, all := 0, 0
	for _, l := range c.leaves {
		out += l.out
		all += l.held()
	}
	return float64(out) / float64(max(1, all))
}

func (l *leaf) held() int {
	if l.docs != nil {
		return len(l.docs)
	}
	return len(l.rows)
}

// touchedRows is a set of rows to which one writer adds beside many readers.
type touchedRows []atomic.Uint64

func newTouchedRows(rows int) touchedRows { return make(touchedRows, (rows+63)/64) }

func (t touchedRows) has(row int) bool { return t[row/64].Load()&(1<<(row%64)) != 0 }
func (t touchedRows) set(row int32)    { t[row/64].Or(1 << (row % 64)) }
