package search

import (
	"math/bits"

	index "github.com/blevesearch/bleve_index_api"

	"rabta/geo"
)

// narrow makes s.allowed the documents that pass the filters of q, and tells whether there are any filters.
func (s *scan) narrow(q TextQuery) (narrowed bool, err error) {
	for _, f := range [...]struct{ field, value string }{
		{fieldTrade, q.Trade}, {fieldKind, q.Kind}, {fieldEmployer, string(q.Employer)},
	} {
		if f.value == "" {
			continue
		}
		if err := s.keep(f.field, []string{f.value}, narrowed); err != nil {
			return false, err
		}
		narrowed = true
	}
	if q.Near == nil {
		return narrowed, nil
	}
	cells, err := cellTerms(*q.Near)
	if err != nil {
		return false, err
	}
	return true, s.keep(fieldCell, cells, narrowed)
}

// keep leaves in s.allowed the documents with any of the terms: of all documents at first, then of those left.
func (s *scan) keep(field string, terms []string, narrowed bool) error {
	s.next.clear()
	for _, term := range terms {
		err := s.each(field, term, false, func(doc uint64, _ *index.TermFieldDoc) {
			if !narrowed || s.allowed.has(doc) {
				s.next.set(doc)
			}
		})
		if err != nil {
			return err
		}
	}
	s.allowed, s.next = s.next, s.allowed
	return nil
}

// cellTerms gives the terms of cells of which every document in the circle has one.
func cellTerms(c Circle) ([]string, error) {
	res := wideCells
	if c.Metres <= fineRadius {
		res = fineCells
	}
	cells, err := geo.Covering(c.Point, c.Metres, res)
	if err != nil {
		return nil, err
	}
	if len(cells) == 0 || cells[0].Resolution() != res {
		return []string{anyCell}, nil // wider than the cells that documents carry
	}
	terms := make([]string, len(cells))
	for i, cell := range cells {
		terms[i] = cell.String()
	}
	return terms, nil
}

// bitset is a set of document numbers.
type bitset []uint64

func (b bitset) has(doc uint64) bool {
	i := doc / 64
	return i < uint64(len(b)) && b[i]&(1<<(doc%64)) != 0
}

func (b *bitset) set(doc uint64) {
	i := doc / 64
	if i >= uint64(len(*b)) {
		*b = append(*b, make([]uint64, i+1-uint64(len(*b)))...)
	}
	(*b)[i] |= 1 << (doc % 64)
}

func (b bitset) clear() { clear(b) }

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// scratch is the working space of one query: arrays by document number, kept between queries and zero in between.
type scratch struct {
	allowed, next bitset
	total         []float64 // sum so far, before the division
	met           []uint64  // documents whose total is above 0
	best          []float64 // best way of meeting the word in hand in the field in hand
	better        []uint64  // documents whose best is above 0
}

// improve keeps value as the best for doc when it is more than what doc has.
func (s *scratch) improve(doc uint64, value float64) {
	if doc >= uint64(len(s.best)) {
		more := make([]float64, doc+1-uint64(len(s.best)))
		s.best = append(s.best, more...)
		s.total = append(s.total, more...)
	}
	if s.best[doc] == 0 {
		s.better = append(s.better, doc)
	}
	s.best[doc] = max(s.best[doc], value)
}

// add moves the best values, times weight, into the totals.
func (s *scratch) add(weight float64) {
	for _, doc := range s.better {
		if s.total[doc] == 0 {
			s.met = append(s.met, doc)
		}
		s.total[doc] += weight * s.best[doc]
		s.best[doc] = 0
	}
	s.better = s.better[:0]
}

func (x *Index) borrow() *scratch {
	if s, ok := x.scratch.Get().(*scratch); ok {
		return s
	}
	return &scratch{}
}

// giveBack empties the working space for the next query.
func (x *Index) giveBack(s *scratch) {
	for _, doc := range s.better {
		s.best[doc] = 0
	}
	for _, doc := range s.met {
		s.total[doc] = 0
	}
	s.met, s.better = s.met[:0], s.better[:0]
	s.allowed.clear()
	s.next.clear()
	x.scratch.Put(s)
}
