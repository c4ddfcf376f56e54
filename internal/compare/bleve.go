package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"rabta/geo"
	"rabta/matching"
)

// lean is a mapping of what the question needs and nothing else: the very terms that our own index has, the trade, and the place as
// Bleve's own geo point, whose distances are read from doc values.
func lean() mapping.IndexMapping {
	field := func(f *mapping.FieldMapping) *mapping.FieldMapping {
		f.Store, f.IncludeTermVectors, f.IncludeInAll = false, false, false
		return f
	}
	doc := mapping.NewDocumentStaticMapping()
	for name, analyzer := range map[string]string{"terms": spaced, "trade": keyword.Name} {
		f := field(mapping.NewTextFieldMapping())
		f.Analyzer, f.DocValues = analyzer, false
		doc.AddFieldMappingsAt(name, f)
	}
	doc.AddFieldMappingsAt("at", field(mapping.NewGeoPointFieldMapping()))
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer(spaced, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		panic("compare: " + err.Error()) // a name that Bleve has no analyzer or tokenizer for
	}
	doc.AddSubDocumentMapping("_all", mapping.NewDocumentDisabledMapping()) // which nothing asks for
	m.DefaultMapping = doc
	return m
}

// spaced is an analyzer that takes what stands between spaces as it is: one field of all terms is written in a fraction of the time that a
// field for each takes.
const spaced = "spaced"

// usualBleve is how many adverts Bleve's own index has at the most unless more are asked for: points take long to write, and the fewer there are, the better it
// fares.
const usualBleve = 200_000

// batchSize is how many documents are written at once.
const batchSize = 5_000

// plainAdvert is an advert as Bleve's own index has it.
type plainAdvert struct {
	id     matching.ID
	trade  uint16
	remote bool
	at     geo.Point
	terms  string // with spaces between
}

// ofBleve is how many adverts Bleve's own index gets.
func (o *options) ofBleve() int {
	switch {
	case o.only != "" && o.only != "text" && o.only != "bleve":
		return 0
	case o.bleve < 0:
		return min(o.records, usualBleve)
	}
	return o.bleve
}

// bleve times Bleve's own way: the words, filtered by trade and by distance.
func (c *comparison) bleve(context.Context) (err error) {
	if len(c.m.plain) == 0 {
		return nil
	}
	x, err := bleve.NewUsing(filepath.Join(c.dir, "bleve"), lean(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	c.show.start("Bleve's own index with points")
	if err := c.m.indexPlainly(x, c.show); err != nil {
		return err
	}
	r := &row{what: "text 25 km, Bleve's geo filter", peer: fmt.Sprintf("Bleve, %d adverts", len(c.m.plain))}
	for until, i := time.Now().Add(patience), 0; i < c.o.asks*2 && time.Now().Before(until); i++ {
		began := time.Now()
		if _, err := x.Search(c.m.plainRequest(&c.m.worded[i%len(c.m.worded)])); err != nil {
			return err
		}
		if i >= 3 { // the first ones open files
			r.theirs = append(r.theirs, time.Since(began))
		}
	}
	for _, ours := range c.rows {
		if ours.what == "text 25 km, warm" || ours.what == "text 25 km, cold" {
			c.rows = append(c.rows, &row{what: ours.what + ", against Bleve", ours: ours.ours, theirs: r.theirs, peer: r.peer})
		}
	}
	return nil
}

// plainRequest asks Bleve for the adverts of a trade that have the word, within the radius. The filter does not enter the score.
func (m *market) plainRequest(q *worded) *bleve.SearchRequest {
	words := bleve.NewDisjunctionQuery()
	for _, term := range q.meeting {
		t := query.NewTermQuery(term)
		t.SetField("terms")
		words.AddQuery(t)
	}
	trade := query.NewTermQuery(strconv.Itoa(int(q.trade)))
	trade.SetField("trade")
	near := query.NewGeoDistanceQuery(q.opening.At.Lon, q.opening.At.Lat, strconv.Itoa(textWithin)+"m")
	near.SetField("at")
	all := bleve.NewBooleanQuery()
	all.AddMust(words)
	all.AddFilter(bleve.NewConjunctionQuery(trade, near))
	return bleve.NewSearchRequestOptions(all, best, 0, false)
}

// indexPlainly writes the adverts that were kept into Bleve's own index.
func (m *market) indexPlainly(x bleve.Index, show *progress) error {
	done := 0
	for some := range slices.Chunk(m.plain, batchSize) {
		batch := x.NewBatch()
		for i := range some {
			a := &some[i]
			doc := map[string]any{"terms": a.terms, "trade": strconv.Itoa(int(a.trade))}
			if !a.remote {
				doc["at"] = map[string]any{"lon": a.at.Lon, "lat": a.at.Lat}
			}
			if err := batch.Index(string(a.id), doc); err != nil {
				return err
			}
		}
		if err := x.Batch(batch); err != nil {
			return err
		}
		done += len(some)
		show.at(done, len(m.plain))
	}
	return nil
}
