package search

import (
	"slices"
	"strings"
)

// Terms gives the different terms by which a document is found, rising: each word folded and stemmed, and its phonetic key. Another engine
// that is given them finds by the same words as an Index.
func (s *Sifter) Terms(d *Document) []string {
	var terms []string
	for _, text := range [...]string{d.Title, strings.Join(d.Names, "\n"), d.Description} {
		for _, w := range s.analyzer.words(text) {
			terms = append(terms, w.term)
			if w.key != "" {
				terms = append(terms, w.key)
			}
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// Meets tells whether a term of a document meets a word of the query in any way.
func (t *Sift) Meets(term string) bool { return len(t.waysOf(term)) > 0 }
