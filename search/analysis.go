package search

import (
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"rabta/internal/script"
)

// keyMark opens the term of a phonetic key. No folded word contains it, so a key is never taken for a word.
const keyMark = "~"

// stemFrom is the length in letters from which a word in Latin letters is stemmed.
const stemFrom = 4

// shortKey is the length of the shortest phonetic key that is indexed: one letter alone is shared by too many words.
const shortKey = 2

// word is one word of a text as it is indexed and looked for.
type word struct {
	term string // folded, stemmed when Latin
	key  string // keyMark and the phonetic key, which the Urdu and the Roman spelling share; empty for numbers
}

// analyzer cuts a text into words: folded (Unicode NFC, Urdu letter forms, digits, case, punctuation), grammar words and words
// that every advert has left out, Latin words stemmed as English, and beside each word its phonetic key, so that "bijli" finds
// "بجلی". The same analyzer reads documents and queries. It is safe for concurrent use.
type analyzer struct {
	lexicon *lexicon
	known   sync.Map // the words met so far: normal form (string) to word; adverts repeat a small vocabulary
	met     atomic.Int64
}

// maxKnown bounds the words remembered: a few megabytes.
const maxKnown = 50_000

// words gives the words of text in order, with repetitions.
func (a *analyzer) words(text string) []word {
	var words []word
	for _, normal := range normalWords(text) {
		known, ok := a.known.Load(normal)
		if !ok {
			known = a.read(normal)
			if len(normal) <= longestKnown && a.met.Add(1) <= maxKnown {
				a.known.Store(strings.Clone(normal), known)
			}
		}
		if w := known.(word); w.term != "" {
			words = append(words, w)
		}
	}
	return words
}

// longestKnown is the length in bytes up to which a word is remembered.
const longestKnown = 40

// read makes the word of a normal form; one without a term says nothing.
func (a *analyzer) read(normal string) word {
	spelt := spell(normal)
	if spelt.folded == "" || a.lexicon.empty(spelt.folded) {
		return word{}
	}
	w := word{term: stem(spelt.folded)}
	if len(spelt.key) >= shortKey && !hasDigit(spelt.folded) {
		w.key = keyMark + spelt.key
	}
	return w
}

// spelt is a word of a text in the forms in which it is compared.
type spelt struct {
	normal string // as written, normalised
	folded string // as names are compared
	key    string // as it sounds; of the normal form, since folding takes the breath out of پھ
}

// split cuts text into its words.
func split(text string) []spelt {
	var words []spelt
	for _, normal := range normalWords(text) {
		if w := spell(normal); w.folded != "" {
			words = append(words, w)
		}
	}
	return words
}

func normalWords(text string) []string {
	return strings.FieldsFunc(script.Normalize(text), isSeparator)
}

func spell(normal string) spelt {
	return spelt{normal, strings.ReplaceAll(script.Fold(normal), " ", ""), script.Key(normal)}
}

func isSeparator(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’‘`´", r)
}

// Analyze implements Bleve's analysis.Analyzer. Positions count words; a key stands at the position of its word.
func (a *analyzer) Analyze(text []byte) analysis.TokenStream {
	words := a.words(string(text))
	tokens := make(analysis.TokenStream, 0, 2*len(words))
	backing := make([]analysis.Token, 2*len(words))
	for i, w := range words {
		for _, term := range [...]string{w.term, w.key} {
			if term == "" {
				continue
			}
			t := &backing[len(tokens)]
			t.Term, t.Position = []byte(term), i+1
			tokens = append(tokens, t)
		}
	}
	return tokens
}

// stem cuts the English ending from a folded word of Latin letters, and gives any other word back.
func stem(folded string) string {
	if utf8.RuneCountInString(folded) < stemFrom || !isLatin(folded) {
		return folded
	}
	env := snowballstem.NewEnv(folded)
	english.Stem(env)
	return env.Current()
}

func isLatin(s string) bool {
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return s != ""
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }
