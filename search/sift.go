package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	lev "github.com/blevesearch/vellum/levenshtein"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
)

// maxSifted bounds what a Sift keeps: 64 MB.
const maxSifted = 4 << 20

// Sifter answers queries by words without an index. It is safe for concurrent use.
type Sifter struct{ analyzer *analyzer }

// NewSifter makes a Sifter.
func NewSifter() *Sifter { return &Sifter{&analyzer{lexicon: newLexicon()}} }

// Sift is one query on its way through documents that are handed to it one by one, in any order. It finds what an Index of the same
// documents would find, with the same scores, by the same analysis: an index only finds it sooner. Not safe for concurrent use.
type Sift struct {
	analyzer *analyzer
	query    TextQuery
	noun     string
	fields   [3]textField
	words    []word
	errors   []*lev.DFA           // for each word; nil where none are allowed
	cells    map[string]bool      // nil: anywhere
	ways     map[string][]termWay // how a term of a document meets words; nil where it meets none

	all     int
	holding [][3]int // for each word, the documents of which a field holds it
	ids     []matching.ID
	met     []sifted // of all ids, one after the other
	ends    []int    // where the meetings of each id end
}

// termWay is how well a term meets a word of the query.
type termWay struct {
	word    int
	quality float64
	idf     bool // the term is what the word's rarity is counted by
}

// sifted is the best way of meeting a word in a field.
type sifted struct {
	word, field uint8
	best        float64
}

// Begin begins a query for documents of a noun. Errors: fault.Invalid, as those of Index.Postings.
func (s *Sifter) Begin(noun string, q TextQuery) (*Sift, error) {
	if err := checkLength("search.Begin", q.Text); err != nil {
		return nil, err
	}
	t := &Sift{analyzer: s.analyzer, query: q, noun: noun, fields: textFields(noun), words: s.analyzer.distinct(q.Text, maxQueryWords),
		ways: map[string][]termWay{}}
	t.holding = make([][3]int, len(t.words))
	if q.Near != nil {
		cells, err := cellTerms(*q.Near)
		if err != nil {
			return nil, err
		}
		t.cells = map[string]bool{}
		for _, c := range cells {
			t.cells[c] = true
		}
	}
	for _, w := range t.words {
		allowed := errorsAllowed(w.term)
		if allowed == 0 {
			t.errors = append(t.errors, nil)
			continue
		}
		builder, err := lev.NewLevenshteinAutomatonBuilder(uint8(allowed), true)
		if err != nil {
			return nil, unavailable("search.Begin", err)
		}
		dfa, err := builder.BuildDfa(w.term, uint8(allowed))
		if err != nil {
			return nil, unavailable("search.Begin", err)
		}
		t.errors = append(t.errors, dfa)
	}
	return t, nil
}

// Empty tells whether the query has no word that says anything: it finds nothing, whatever it is handed.
func (t *Sift) Empty() bool { return len(t.words) == 0 }

// Add hands over a document. fault.Unavailable when the query has found more than memory is set aside for.
func (t *Sift) Add(d *Document) error {
	if d.Noun != t.noun {
		return nil
	}
	t.all++
	found := t.passes(d)
	for i, text := range [...]string{d.Title, strings.Join(d.Names, "\n"), d.Description} {
		if text != "" {
			t.read(i, text, found)
		}
	}
	if from := t.end(); len(t.met) > from {
		t.ids, t.ends = append(t.ids, d.ID), append(t.ends, len(t.met))
	}
	if len(t.met) > maxSifted {
		return fault.New(fault.Unavailable, "search.Add", "These words are found too often to search for them just now. Try again in a few seconds, or name a trade.")
	}
	return nil
}

// end is where the meetings of the last document end.
func (t *Sift) end() int {
	if len(t.ends) == 0 {
		return 0
	}
	return t.ends[len(t.ends)-1]
}

// passes tells whether a document passes the filters of the query.
func (t *Sift) passes(d *Document) bool {
	q := t.query
	if q.Trade != "" && d.Trade != q.Trade || q.Kind != "" && d.Kind != q.Kind || q.Employer != "" && d.Employer != q.Employer {
		return false
	}
	return t.cells == nil || d.At != nil && t.inCells(*d.At)
}

func (t *Sift) inCells(at geo.Point) bool {
	if t.cells[anyCell] {
		return true
	}
	for _, res := range [...]int{wideCells, fineCells} {
		if cell, err := geo.CellAt(at, res); err == nil && t.cells[cell.String()] {
			return true
		}
	}
	return false
}

// read counts the terms of one field, and keeps how well it meets each word when the document is one to be found.
func (t *Sift) read(field int, text string, found bool) {
	type count struct {
		term  string
		times int
		ways  []termWay
	}
	var counts []count
	length := 0
	for _, w := range t.analyzer.words(text) {
		for _, term := range [...]string{w.term, w.key} {
			if term == "" {
				continue
			}
			length++
			ways := t.waysOf(term)
			if ways == nil {
				continue
			}
			if i := slices.IndexFunc(counts, func(c count) bool { return c.term == term }); i >= 0 {
				counts[i].times++
				continue
			}
			counts = append(counts, count{term, 1, ways})
		}
	}
	f := t.fields[field]
	for _, c := range counts {
		tf := float64(c.times)
		whole := tf + saturation*(1-lengthShare+lengthShare*float64(length)/f.length)
		for _, way := range c.ways {
			if way.idf {
				t.holding[way.word][field]++
			}
			if found && way.quality > 0 {
				t.keep(uint8(way.word), uint8(field), way.quality*tf/whole)
			}
		}
	}
}

// keep keeps the best way of meeting a word in a field of the document in hand.
func (t *Sift) keep(word, field uint8, value float64) {
	for i := t.end(); i < len(t.met); i++ {
		if m := &t.met[i]; m.word == word && m.field == field {
			m.best = max(m.best, value)
			return
		}
	}
	t.met = append(t.met, sifted{word, field, value})
}

// waysOf gives how a term meets the words of the query, and remembers it: documents repeat a small vocabulary.
func (t *Sift) waysOf(term string) []termWay {
	if ways, known := t.ways[term]; known {
		return ways
	}
	var ways []termWay
	for i, w := range t.words {
		one := termWay{word: i, idf: term == cmp.Or(w.key, w.term)}
		switch {
		case term == w.term:
			one.quality = exactQuality
		case term == w.key && len(w.key) <= len(keyMark)+shortKey:
			one.quality = shortKeyQuality
		case term == w.key:
			one.quality = keyQuality
		default:
			one.quality = t.misspelt(i, term)
		}
		if one.quality > 0 {
			ways = append(ways, one)
		}
	}
	if len(t.ways) < maxKnown {
		t.ways[term] = ways
	}
	return ways
}

// misspelt is what a term counts as a misspelling of a word; 0 when it is none.
func (t *Sift) misspelt(word int, term string) float64 {
	dfa := t.errors[word]
	if dfa == nil {
		return 0
	}
	_, first := utf8.DecodeRuneInString(t.words[word].term)
	if !strings.HasPrefix(term, t.words[word].term[:first]) {
		return 0
	}
	switch near, errors := dfa.MatchAndDistance(term); {
	case !near || errors == 0:
		return 0
	case errors == 1:
		return oneErrorQuality
	}
	return twoErrorQuality
}

// Hits gives what was found, by score falling, then id, once every document has been handed over.
func (t *Sift) Hits(ctx context.Context) ([]Hit, error) {
	idf, sum := make([]float64, len(t.words)), 0.0
	for i := range t.words {
		holding := float64(slices.Max(t.holding[i][:]))
		idf[i] = math.Log1p((float64(t.all) - holding + 0.5) / (holding + 0.5))
		sum += idf[i]
	}
	hits := make([]Hit, 0, len(t.ids))
	from := 0
	for i, id := range t.ids {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, unavailable("search.Hits", ctx.Err())
		}
		met := t.met[from:t.ends[i]]
		from = t.ends[i]
		// In the order in which an index sums, so that the scores are the same to the last bit.
		slices.SortFunc(met, func(a, b sifted) int { return cmp.Or(cmp.Compare(a.word, b.word), cmp.Compare(a.field, b.field)) })
		total := 0.0
		for _, m := range met {
			total += idf[m.word] * t.fields[m.field].boost / boostSum * m.best
		}
		hits = append(hits, Hit{ID: id, Score: total / sum})
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	return hits, nil
}
