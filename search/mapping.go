package search

import (
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"rabta/geo"
	"rabta/internal/fault"
)

// layout is the version of the analysis and of the fields. An index of another layout is not opened: it is built again. Raise it
// with every change to what a document's terms are.
const layout = "1"

// The fields by which documents are narrowed: keywords, one term each but for the cells.
const (
	fieldNoun     = "noun"
	fieldTrade    = "trade"
	fieldKind     = "kind"
	fieldEmployer = "employer"
	fieldCell     = "cell"
)

// anyCell is a term of the field of cells that every document with a location has.
const anyCell = "any"

// The resolutions of the cells a document is found by: 1.4 km and 9.9 km from middle to corner.
const (
	fineCells  = 7
	wideCells  = 5
	fineRadius = 12_000 // metres; up to here the fine cells cover a circle with a few hundred terms
)

// textField is one field of words, with its weight in the score and the length at which a single match counts 2/3.
type textField struct {
	name   string
	boost  float64
	length float64 // usual number of tokens (a word and its key are two)
}

// textFields gives the fields of words of a noun. Each noun has its own, so that graduates do not change what a word is worth
// among postings.
func textFields(noun string) [3]textField {
	return [3]textField{
		{noun + ".title", 3, 8},
		{noun + ".names", 2, 24},
		{noun + ".description", 1, 60},
	}
}

// boostSum is what the boosts of textFields come to.
const boostSum = 6

// newMapping is the mapping that Bleve keeps with the index. Documents are laid out by hand (see layOut), so it maps nothing
// by itself: no dynamic fields, nothing stored, no doc values, no field of all fields.
func newMapping() mapping.IndexMapping {
	m := mapping.NewIndexMapping()
	m.DefaultMapping = mapping.NewDocumentDisabledMapping()
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}

// layOut makes Bleve's document of d: words indexed with their counts, keywords without, nothing stored.
func layOut(d *Document, a *analyzer) (*document.Document, error) {
	if d.ID == "" {
		return nil, fault.Field("id", "A document of the search index needs an id.")
	}
	if d.Noun != NounPosting && d.Noun != NounGraduate {
		return nil, fault.Field("noun", "The search index holds postings and graduates only.", NounPosting, NounGraduate)
	}
	doc := document.NewDocument(string(d.ID))
	fields := textFields(d.Noun)
	for i, text := range [...]string{d.Title, strings.Join(d.Names, "\n"), d.Description} {
		if text != "" {
			doc.AddField(document.NewTextFieldCustom(fields[i].name, nil, []byte(text), index.IndexField, a))
		}
	}
	addKeyword(doc, fieldNoun, d.Noun)
	addKeyword(doc, fieldTrade, d.Trade)
	addKeyword(doc, fieldKind, d.Kind)
	addKeyword(doc, fieldEmployer, string(d.Employer))
	if d.At == nil {
		return doc, nil
	}
	addKeyword(doc, fieldCell, anyCell)
	for _, res := range [...]int{wideCells, fineCells} {
		cell, err := geo.CellAt(*d.At, res)
		if err != nil {
			return nil, fault.Wrap("search: the location of "+string(d.ID), err)
		}
		addKeyword(doc, fieldCell, cell.String())
	}
	return doc, nil
}

func addKeyword(doc *document.Document, field, value string) {
	if value != "" {
		doc.AddField(document.NewTextFieldCustom(field, nil, []byte(value), index.IndexField|index.SkipFreqNorm, nil))
	}
}
