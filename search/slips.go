package search

import (
	"context"
	"strings"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"
	zap "github.com/blevesearch/scorch_segment_api/v2"
)

// slips are the words that the segments of a concordance hold, by their first letter: looking through those of one letter for
// misspellings takes microseconds, where Bleve's automata take a tenth of a millisecond for each field.
type slips struct {
	terms   []slip
	byFirst map[string][]int32
}

// slip is a word that some document may be misspelt with.
type slip struct {
	term    string
	length  int // in letters
	letters uint64
	leaves  [3]uint64 // for each field, the leaves that hold it; the last bit stands for all from the 64th
}

// meant is a way of meeting a word: a term, and where it stands.
type meant struct {
	term    string
	quality float64
	leaves  [3]uint64
}

func leafBit(leaf int) uint64 { return 1 << min(leaf, 63) }

// newSlips reads the dictionaries of the leaves.
func newSlips(ctx context.Context, leaves []*leaf) (*slips, error) {
	s := &slips{byFirst: map[string][]int32{}}
	at := map[string]int32{}
	for i, l := range leaves {
		for f, field := range textFields(NounPosting) {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			dict, err := l.Segment().Dictionary(field.name)
			if err != nil {
				return nil, err
			}
			terms := everyTerm(dict)
			for {
				entry, err := terms.Next()
				if err != nil {
					return nil, err
				}
				if entry == nil {
					break
				}
				s.add(at, entry, f, leafBit(i))
			}
		}
	}
	for n := range s.terms {
		_, size := utf8.DecodeRuneInString(s.terms[n].term)
		first := s.terms[n].term[:size]
		s.byFirst[first] = append(s.byFirst[first], int32(n))
	}
	return s, nil
}

// everyTerm walks a dictionary, without reading how many documents each term has where the dictionary can leave that out.
func everyTerm(dict zap.TermDictionary) zap.DictionaryIterator {
	type brief interface {
		AutomatonIteratorOmitCount(a zap.Automaton, start, end []byte) zap.DictionaryIterator
	}
	if d, ok := dict.(brief); ok {
		return d.AutomatonIteratorOmitCount(nil, nil, nil)
	}
	return dict.AutomatonIterator(nil, nil, nil)
}

// shortestNear is the length in letters of the shortest term that is a misspelling: one letter less than the shortest word that may be.
const shortestNear = 3

func (s *slips) add(at map[string]int32, entry *index.DictEntry, field int, leaf uint64) {
	length := utf8.RuneCountInString(entry.Term)
	if length < shortestNear || length > longestWord+2 || strings.HasPrefix(entry.Term, keyMark) {
		return
	}
	n, known := at[entry.Term]
	if !known {
		n = int32(len(s.terms))
		at[entry.Term] = n
		s.terms = append(s.terms, slip{term: entry.Term, length: length, letters: lettersOf(entry.Term)})
	}
	s.terms[n].leaves[field] |= leaf
}

// ways gives every way of meeting a word in the segments.
func (s *slips) ways(q *asked) []meant {
	everywhere := [3]uint64{^uint64(0), ^uint64(0), ^uint64(0)}
	ways := []meant{{q.term, exactQuality, everywhere}}
	if q.key != "" {
		ways = append(ways, meant{q.key, q.keyQuality, everywhere})
	}
	if q.allowed == 0 {
		return ways
	}
	for _, n := range s.byFirst[q.first] {
		t := &s.terms[n]
		if quality := q.misspelt(t.term, t.length, t.letters); quality > 0 {
			ways = append(ways, meant{t.term, quality, t.leaves})
		}
	}
	return ways
}

// bytes is about what they take.
func (s *slips) bytes() int {
	sum := 0
	for i := range s.terms {
		sum += 72 + 4 + len(s.terms[i].term)
	}
	return sum
}
