// Package search finds records by words. It reads a query of a person in three scripts into what is meant (Reader: trade,
// skill, place, kind of work, conditions), keeps a Bleve index of the words of postings and graduates (Index), and says how a
// search with words is ordered (Score). Meaning comes before words: only what the Reader leaves over goes to the Index.
//
// Bleve does the dictionary, the postings, the statistics and the files; how words are cut is in analysis.go, how documents are
// laid out in mapping.go, and how hits are scored in text.go. The index holds no name of a person, no phone and no home, and
// is disposable: whatever goes wrong in it comes back as an error, the caller deletes it and builds it again from the store.
// Cells narrow and never enter the score; exact distance is the caller's. Neighbours: geo and matching/trades below,
// internal/node above; it knows neither store nor seed, and no other package touches Bleve.
package search

import (
	"rabta/geo"
	"rabta/matching"
)

// The nouns of which an index holds documents.
const (
	NounPosting  = "posting"
	NounGraduate = "graduate"
)

// Document is what the index knows of one record. A graduate's document holds trades and skills, and nothing personal.
type Document struct {
	ID          matching.ID
	Noun        string // NounPosting or NounGraduate
	Trade       string // slug
	Kind        string // kind of work, empty for a graduate
	Title       string
	Description string
	Names       []string    // names of the trade and of the skills in three scripts
	At          *geo.Point  // nil when remote or unknown: such a document is outside every circle
	Employer    matching.ID // empty for a graduate
}

// Batch is a set of changes with the journal position that the index has reached once they are in. An id that is both put and
// deleted is deleted. Applying a batch a second time changes nothing.
type Batch struct {
	Epoch    string
	Position uint64
	Put      []Document
	Delete   []matching.ID
	Erase    bool // what is deleted must leave the files too: PurgeDue says so until Purge has run
	Unforced bool // searches see it when Apply returns, and the disk has it soon after: what a crash takes is in the journal
}

// Circle is a place and a radius around it.
type Circle struct {
	Point  geo.Point
	Metres float64 // radius; must be a number above or equal to 0
}

// TextQuery asks for documents by words. Text is plain text: quotes, plus, minus, brackets and colons have no meaning.
type TextQuery struct {
	Text     string      // at most 1,000 characters; the first 32 different words count
	Trade    string      // slug; empty for any
	Kind     string      // kind of work; empty for any
	Employer matching.ID // empty for any
	Near     *Circle     // narrows to cells that touch the circle: a superset of it; nil for anywhere
}

// Hit is a document that a query found.
type Hit struct {
	ID    matching.ID
	Score float64 // in (0,1]: how well the words are met; the same with and without filters
}
