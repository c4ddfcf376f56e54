package search

import (
	"sync"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/trades"
)

// Understood is what a query means, as far as the Reader could tell.
type Understood struct {
	Query      string          `json:"query"`                // as it was read: at most 1,000 characters
	Trades     []TradeMeant    `json:"trades,omitempty"`     // by score falling, then slug; several when a word is shared
	Skills     []SkillMeant    `json:"skills,omitempty"`     // in the order of the query
	Place      *PlaceMeant     `json:"place,omitempty"`      // nil when none is named
	Kinds      []matching.Kind `json:"kinds,omitempty"`      // in the order of the query
	Conditions []string        `json:"conditions,omitempty"` // women_only, from_home, remote, accommodation, urgent, part_time, daily
	Text       string          `json:"text,omitempty"`       // what is left over, for the Index
}

// TradeMeant is a trade that words of the query mean.
type TradeMeant struct {
	Slug  string  `json:"slug"`
	ISCO  string  `json:"isco"`
	Score float64 `json:"score"` // in (0,1]: 1 for its very name
	Words string  `json:"words"` // the words that were read so
}

// SkillMeant is a skill that words of the query name.
type SkillMeant struct {
	Slug  string `json:"slug"`
	Words string `json:"words"`
}

// PlaceMeant is the place that words of the query name.
type PlaceMeant struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"` // in the script of the query
	Words string    `json:"words"`
	Point geo.Point `json:"point"`
}

// The bounds of reading: what is longer is cut.
const (
	maxNameWords = 5 // words of the longest name looked up
	maxTrades    = 8 // meanings given
)

// Reader reads queries in three scripts. It never changes and is safe for concurrent use.
type Reader struct {
	catalogue *trades.Catalogue
	gazetteer *geo.Gazetteer
	lexicon   *lexicon
	names     *names
	bearing   *bearing
	headings  *headingPool
	typed     []completion
}

// NewReader makes a Reader of the names of c and g.
func NewReader(c *trades.Catalogue, g *geo.Gazetteer) *Reader {
	l := newLexicon()
	r := &Reader{catalogue: c, gazetteer: g, lexicon: l, headings: &headingPool{}}
	var parts sync.WaitGroup // none needs another
	parts.Go(func() { r.names = newNames(c, g, l) })
	parts.Go(func() { r.typed = completions(c, g) })
	r.bearing = newBearing(c, g, l)
	parts.Wait()
	return r
}

// Read tells what a query means:
//
//  1. kinds, conditions, skills and places as they are written, the longest first; a trade's name as it is written keeps its words from
//     being a place;
//  2. trades, from all words that are not these: every name is met in part or whole, in any order, script and spelling, and a word
//     counts the more the fewer trades it names (bearing). What is nearer to a word of talk, a person or a place is no trade's, and
//     the best trade must outweigh what speaks for mere talk (evidence);
//  3. places that a word points at ("in", میں), villages and all spellings that geo knows among them;
//  4. skills and places by sound, and with errors of typing: no place beside a person's name, and where a place stands as it is
//     written, only what lies in it (likely).
//
// Of the places named one is chosen; the words of the others, and all that was not read, are Text, without grammar and generic
// words. A word that may be a place or a trade's is the place unless the best trade needs it, for which the
// place's words alone are not enough. Words for a kind or a condition name a
// trade only where nothing else does. Reading takes at most the first 1,000 characters and 32 words.
func (r *Reader) Read(text string) Understood { return r.understand(r.parse(text)) }

// Explain prints how a query was read, word by word: "[bijli ka kaam = trade electrician (name 1.00)] multan ...".
func (r *Reader) Explain(text string) string { return r.parse(text).String() }

func (r *Reader) parse(text string) *reading {
	reading := r.newReading(text)
	r.readNames(reading)
	r.readChaks(reading)
	r.readTrades(reading)
	r.readMarked(reading)
	r.readSounds(reading)
	r.readErrors(reading)
	return reading
}
