package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

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
	for _, name := range []string{"terms", "trade"} {
		f := field(mapping.NewTextFieldMapping())
		f.Analyzer, f.DocValues = keyword.Name, false
		doc.AddFieldMappingsAt(name, f)
	}
	doc.AddFieldMappingsAt("at", field(mapping.NewGeoPointFieldMapping()))
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	return m
}

// usualBleve is how many adverts Bleve's own index has at the most unless more are asked for: points take long to write, and the fewer there are, the better it
// fares.
const usualBleve = 200_000

// batchSize is how many documents are written at once.
const batchSize = 5_000

// bleve times Bleve's own way: the words, filtered by trade and by distance.
func (c *comparison) bleve(ctx context.Context) (err error) {
	most := c.o.bleve
	if most < 0 {
		most = min(c.o.records, usualBleve)
	}
	if most == 0 {
		return nil
	}
	x, err := bleve.NewUsing(filepath.Join(c.dir, "bleve"), lean(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	c.show.start("Bleve's own index with points")
	count, err := c.m.indexPlainly(ctx, x, most, c.show)
	if err != nil {
		return err
	}
	r := &row{what: "text 25 km, Bleve's geo filter", peer: fmt.Sprintf("Bleve, %d adverts", count)}
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

// indexPlainly writes up to so many adverts into Bleve's own index.
func (m *market) indexPlainly(ctx context.Context, x bleve.Index, most int, show *progress) (count int, err error) {
	v := newVocabulary()
	batch := x.NewBatch()
	flush := func() error {
		err := x.Batch(batch)
		batch = x.NewBatch()
		return err
	}
	_, err = m.EachPosting(ctx, func(p *matching.Posting) error {
		o := m.model.Opening(p, m.facts[p.Employer])
		if !o.Open || count >= most {
			return nil
		}
		count++
		show.at(count, most)
		doc := map[string]any{"terms": v.take(m.Document(p)), "trade": strconv.Itoa(int(o.Trade))}
		if !o.Remote {
			doc["at"] = map[string]any{"lon": o.At.Lon, "lat": o.At.Lat}
		}
		if err := batch.Index(string(p.ID), doc); err != nil {
			return err
		}
		if batch.Size() >= batchSize {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	return count, err
}
