package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"rabta/internal/fault"
	"rabta/matching"
)

// The bounds of a query's text.
const (
	maxQueryRunes = 1000
	maxQueryWords = 32
)

// longestWord is the length in letters up to which errors are looked for: their cost grows with it.
const longestWord = 40

// searchTimeout bounds one query; a caller's context usually ends earlier.
const searchTimeout = 5 * time.Second

// What a way of meeting a word counts. The ways of one word in one field do not add up: the best one counts.
const (
	exactQuality    = 1.0
	keyQuality      = 0.6 // the same sound: the other script, or another spelling
	shortKeyQuality = 0.3 // the same sound in two consonants, which many words share
	oneErrorQuality = 0.4
	twoErrorQuality = 0.25
)

// saturation is k1 of BM25: a word's second occurrence in a field adds less than its first. lengthShare is b of BM25. Both are
// smaller than the usual 1.2 and 0.75: adverts are short, and repeating a word should not pay.
const (
	saturation  = 0.5
	lengthShare = 0.5
)

// Postings gives every posting that meets at least one word of q.Text and all of q's filters, by score falling, then id. The
// score of a document is
//
//	sum over words of idf * (sum over fields of boost * best way of meeting the word) / 6 / sum over words of idf
//
// with boosts title 3, names 2, description 1, so it lies in (0,1]. The ways are the word itself (stemmed), its phonetic key,
// and a word one or two errors away (from 4 and 8 letters, first letter kept); each counts its quality times tf/(tf + k*(1 -
// b + b*length/usual)), after BM25 (Robertson and Zaragoza, 2009). idf = ln(1 + (N-n+0.5)/(n+0.5)) over all postings. Filters are
// no part of it: a hit scores the same with and without them. The score depends on the live documents alone, not on the order
// in which they came.
//
// A text of grammar words only gives no hits. Errors: fault.Invalid for a text above 1,000 characters and for a circle that is
// none; fault.Unavailable for the rest, wrapping ctx's error when the caller gave up.
func (x *Index) Postings(ctx context.Context, q TextQuery) ([]Hit, error) {
	return x.search(ctx, "search.Postings", NounPosting, q)
}

// Graduates gives every graduate whose trades or skills meet q, in the way of Postings.
func (x *Index) Graduates(ctx context.Context, q TextQuery) ([]Hit, error) {
	return x.search(ctx, "search.Graduates", NounGraduate, q)
}

func (x *Index) search(ctx context.Context, op, noun string, q TextQuery) ([]Hit, error) {
	if err := checkLength(op, q.Text); err != nil {
		return nil, err
	}
	return use(x, op, searchTimeout, func() ([]Hit, error) {
		words := x.analyzer.distinct(q.Text, maxQueryWords)
		if len(words) == 0 {
			return nil, nil
		}
		reader, err := x.core.Reader()
		if err != nil {
			return nil, err
		}
		defer func() { _ = reader.Close() }() // nothing was written
		s := x.borrow()
		defer x.giveBack(s)
		scan := &scan{ctx: ctx, reader: reader, noun: noun, scratch: s}
		return scan.run(words, q)
	})
}

// checkLength refuses a text that is longer than what a search takes.
func checkLength(op, text string) error {
	if len(text) <= maxQueryRunes || utf8.RuneCountInString(text) <= maxQueryRunes {
		return nil
	}
	return &fault.Error{Kind: fault.Invalid, Op: op, Field: "q",
		Message:   "A search takes at most 1,000 characters. Send the words that matter most.",
		MessageUr: "تلاش میں زیادہ سے زیادہ 1,000 حروف ہو سکتے ہیں۔ صرف ضروری الفاظ لکھیں۔"}
}

// distinct gives the first different words of text, at most limit.
func (a *analyzer) distinct(text string, limit int) []word {
	var distinct []word
	for _, w := range a.words(text) {
		if len(distinct) < limit && !slices.Contains(distinct, w) {
			distinct = append(distinct, w)
		}
	}
	return distinct
}

// scan is one query on one snapshot of the index. It reads the postings of one term after the other, so that a document's score
// is always summed in the order of the words and of the fields.
type scan struct {
	ctx    context.Context
	reader index.IndexReader
	noun   string
	*scratch
}

func (s *scan) run(words []word, q TextQuery) ([]Hit, error) {
	narrowed, err := s.narrow(q)
	if err != nil {
		return nil, err
	}
	all, err := s.count(fieldNoun, s.noun)
	if err != nil {
		return nil, err
	}
	sum := 0.0
	for _, w := range words {
		idf, err := s.idf(w, all)
		if err != nil {
			return nil, err
		}
		sum += idf
		for _, f := range textFields(s.noun) {
			if err := s.meet(w, f, narrowed); err != nil {
				return nil, err
			}
			s.add(idf * f.boost / boostSum)
		}
	}
	return s.hits(sum)
}

// idf says how rare a word is among all documents of the noun.
func (s *scan) idf(w word, all uint64) (float64, error) {
	term := cmp.Or(w.key, w.term)
	holding := uint64(0)
	for _, f := range textFields(s.noun) {
		n, err := s.count(f.name, term)
		if err != nil {
			return 0, err
		}
		holding = max(holding, n)
	}
	return math.Log1p((float64(all) - float64(holding) + 0.5) / (float64(holding) + 0.5)), nil
}

// meet finds the documents whose field f meets w, and how well, into s.best.
func (s *scan) meet(w word, f textField, narrowed bool) error {
	if err := s.read(w.term, f, exactQuality, narrowed); err != nil {
		return err
	}
	if w.key != "" {
		quality := keyQuality
		if len(w.key) <= len(keyMark)+shortKey {
			quality = shortKeyQuality
		}
		if err := s.read(w.key, f, quality, narrowed); err != nil {
			return err
		}
	}
	near, err := s.misspelt(w.term, f.name)
	if err != nil {
		return err
	}
	for _, n := range near {
		quality := oneErrorQuality
		if n.errors > 1 {
			quality = twoErrorQuality
		}
		if err := s.read(n.term, f, quality, narrowed); err != nil {
			return err
		}
	}
	return nil
}

// read goes through the postings of a term, and keeps for each document the best way so far.
func (s *scan) read(term string, f textField, quality float64, narrowed bool) error {
	return s.each(f.name, term, true, func(doc uint64, p *index.TermFieldDoc) {
		if narrowed && !s.allowed.has(doc) {
			return
		}
		length := 1 / (p.Norm * p.Norm) // Bleve's norm is 1/sqrt(tokens of the field), in float32
		tf := float64(p.Freq)
		s.improve(doc, quality*tf/(tf+saturation*(1-lengthShare+lengthShare*math.Round(length)/f.length)))
	})
}

// each calls visit for every live document of a term.
func (s *scan) each(field, term string, scored bool, visit func(doc uint64, p *index.TermFieldDoc)) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	postings, err := s.reader.TermFieldReader(s.ctx, []byte(term), field, scored, scored, false)
	if err != nil {
		return err
	}
	defer func() { _ = postings.Close() }()
	var space index.TermFieldDoc
	for n := 1; ; n++ {
		p, err := postings.Next(&space)
		if err != nil || p == nil {
			return err
		}
		if n%4096 == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		visit(p.ID.Value(), p)
	}
}

// count gives in how many live documents a term stands.
func (s *scan) count(field, term string) (uint64, error) {
	postings, err := s.reader.TermFieldReader(s.ctx, []byte(term), field, false, false, false)
	if err != nil {
		return 0, err
	}
	n := postings.Count()
	return n, postings.Close()
}

type misspelling struct {
	term   string
	errors int
}

// misspelt gives the terms of a field that are one or two errors away from term, the fewer errors first.
func (s *scan) misspelt(term, field string) (near []misspelling, err error) {
	allowed := errorsAllowed(term)
	fuzzy, can := s.reader.(index.IndexReaderFuzzy)
	if allowed == 0 || !can {
		return nil, nil
	}
	_, first := utf8.DecodeRuneInString(term)
	dict, _, err := fuzzy.FieldDictFuzzyAutomaton(field, term, allowed, term[:first])
	if err != nil {
		return nil, err
	}
	defer func() { err = cmp.Or(err, dict.Close()) }()
	for {
		entry, err := dict.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			break
		}
		if entry.EditDistance > 0 {
			near = append(near, misspelling{entry.Term, int(entry.EditDistance)})
		}
	}
	slices.SortFunc(near, func(a, b misspelling) int {
		return cmp.Or(cmp.Compare(a.errors, b.errors), cmp.Compare(a.term, b.term))
	})
	return near, nil
}

// errorsAllowed is how many errors of typing a word may hold: one from four letters, two from eight; none in a number and in what is
// longer than any word.
func errorsAllowed(term string) int {
	n := utf8.RuneCountInString(term)
	switch {
	case n < 4 || n > longestWord || hasDigit(term):
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// hits gives the documents that met a word, by score falling, then id.
func (s *scan) hits(sum float64) ([]Hit, error) {
	hits := make([]Hit, 0, len(s.met))
	var id index.IndexInternalID
	for i, doc := range s.met {
		if i%4096 == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		id = index.NewIndexInternalID(id, doc)
		name, err := s.reader.ExternalID(id)
		if err != nil {
			return nil, err
		}
		hits = append(hits, Hit{ID: matching.ID(name), Score: s.total[doc] / sum})
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return hits, nil
}
