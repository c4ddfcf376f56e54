package search

import (
	"math"
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
	zap "github.com/blevesearch/scorch_segment_api/v2"

	"rabta/matching/board"
)

// room is the working space of reading postings: by row, zero in between.
type room struct {
	seen  bitset
	slot  []uint32 // where in found a row is that was seen
	found []meeting
	some  []uint32
	list  zap.PostingsList
	iter  zap.PostingsIterator
}

// meeting is how well the fields of a document meet a word, and which of them hold the term of its rarity.
type meeting struct {
	best  [3]float64
	holds [3]bool
}

func (c *Concordance) borrow() *room {
	if r, ok := c.rooms.Get().(*room); ok {
		return r
	}
	return &room{seen: make(bitset, (c.rows+63)/64), slot: make([]uint32, c.rows)}
}

// of gives the meeting of a row.
func (r *room) of(row uint32) *meeting {
	if !r.seen.has(uint64(row)) {
		r.seen.set(uint64(row))
		r.slot[row] = uint32(len(r.found))
		r.found = append(r.found, meeting{})
	}
	return &r.found[r.slot[row]]
}

// each visits what was found within the spans by row, and empties the room.
func (r *room) each(spans []board.Span, visit func(row uint32, m *meeting)) {
	for _, s := range spans {
		for w := s.Lo / 64; w <= (s.Hi-1)/64 && s.Lo < s.Hi; w++ {
			mask := ^uint64(0)
			if from := s.Lo - 64*w; from > 0 {
				mask <<= from
			}
			if to := s.Hi - 64*w; to < 64 {
				mask &= 1<<to - 1
			}
			word := r.seen[w] & mask
			r.seen[w] &^= mask
			for ; word != 0; word &= word - 1 {
				row := uint32(64*w + bits.TrailingZeros64(word))
				visit(row, &r.found[r.slot[row]])
			}
		}
	}
	r.found = r.found[:0]
}

// fetch reads from the segments how well the rows of some spans, or of all when spans is nil, meet a word.
func (c *Concordance) fetch(q *asked, spans []board.Span, r *room) error {
	ways := c.near.ways(q)
	for i, l := range c.leaves {
		var wanted *roaring.Bitmap
		if spans != nil {
			wanted = roaring.New()
			if r.some = l.within(spans, wanted, r.some); wanted.IsEmpty() {
				continue
			}
		}
		for f, field := range textFields(NounPosting) {
			dict, err := l.Segment().Dictionary(field.name)
			if err != nil {
				return err
			}
			for _, way := range ways {
				if way.leaves[f]&leafBit(i) == 0 {
					continue
				}
				rarity := way.term == q.rarity()
				err := l.meet(dict, way.term, wanted, r, func(row uint32, times, length float64) {
					m := r.of(row)
					m.best[f] = max(m.best[f], worth(way.quality, times, length, field.length))
					m.holds[f] = m.holds[f] || rarity
				})
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// meet visits the wanted documents that hold a term, by their rows: all when wanted is nil.
func (l *leaf) meet(dict zap.TermDictionary, term string, wanted *roaring.Bitmap, r *room, visit func(row uint32, times, length float64)) error {
	list, err := dict.PostingsList([]byte(term), nil, r.list)
	if err != nil {
		return err
	}
	if list.Count() == 0 {
		return nil
	}
	r.list = list
	it := list.Iterator(true, true, false, r.iter)
	r.iter = it
	if wanted != nil {
		if fast, ok := it.(zap.OptimizablePostingsIterator); ok && fast.ActualBitmap() != nil {
			both := roaring.And(fast.ActualBitmap(), wanted)
			if both.IsEmpty() {
				return nil
			}
			fast.ReplaceActual(both)
		}
	}
	for {
		p, err := it.Next()
		if err != nil || p == nil {
			return err
		}
		doc := p.Number()
		row := l.rows[doc]
		if row == noRow || wanted != nil && !wanted.Contains(uint32(doc)) {
			continue
		}
		visit(row, float64(p.Frequency()), math.Round(1/(p.Norm()*p.Norm())))
	}
}

// holding counts in Bleve's newest snapshot how many documents hold a term, in each field.
func (m *moment) holding(term string) (n [3]int, err error) {
	var list zap.PostingsList
	for _, s := range m.reader.Segments() {
		for f, field := range textFields(NounPosting) {
			dict, err := s.Segment().Dictionary(field.name)
			if err != nil {
				return n, err
			}
			if list, err = dict.PostingsList([]byte(term), s.Deleted(), list); err != nil {
				return n, err
			}
			n[f] += int(list.Count())
		}
	}
	return n, nil
}
