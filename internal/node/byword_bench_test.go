package node

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
	"rabta/seed"
)

// How many postings the sample market of the benchmark has, a third of which are live, and where its index is kept between runs.
var (
	benchPostings = flag.Int("postings", 20_000, "postings of the sample market that searches by words are measured on")
	benchIndex    = flag.String("words-index", "", "directory of an index that is kept; empty: one that is made anew")
)

// wordBench is a node without a store: board, index and whatever reads queries.
type wordBench struct {
	*Node
	asked []SearchRequest
}

func newWordBench(b *testing.B) *wordBench {
	b.Helper()
	ref, err := seed.Load()
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, 11, 20, 7, 0, 0, 0, time.UTC)
	n := &Node{ref: ref, words: newWords(), scale: search.NewScale(), now: func() time.Time { return now }, log: slog.New(slog.DiscardHandler)}
	reader := search.NewReader(ref.Catalogue, ref.Gazetteer)
	n.places.Store(&placeData{gazetteer: ref.Gazetteer, reader: func() *search.Reader { return reader }})
	n.districts = numberDistricts(ref.Gazetteer)
	m := seed.NewMarket(ref, seed.Size{Graduates: 10, Postings: *benchPostings}, 1, now)
	var rows []board.Posting
	w := &wordBench{Node: n}
	draw := rand.New(rand.NewPCG(1, 1))
	docs := map[matching.ID]search.Document{}
	for p := range m.Postings() {
		row := n.postingRow(p)
		if row == nil {
			continue
		}
		rows = append(rows, *row)
		docs[p.ID] = n.postingDocument(p)
		if draw.IntN(max(1, *benchPostings/4_000)) == 0 && p.Live(now) && p.Location != nil {
			w.ask(draw, p)
		}
	}
	n.postings = board.NewPostings(n.model(), rows)
	w.index(b, docs)
	return w
}

// ask makes a question from the words of a posting: one or two that the reader of queries leaves over.
func (w *wordBench) ask(draw *rand.Rand, p *matching.Posting) {
	words := strings.Fields(p.Title + " " + p.Description)
	for range 10 {
		text := words[draw.IntN(len(words))]
		if draw.IntN(3) == 0 {
			text += " " + words[draw.IntN(len(words))]
		}
		u := w.reader().Read(text)
		if u.Words() == "" || len(u.Trades) > 0 || u.Place != nil || len(u.Kinds) > 0 || len(u.Conditions) > 0 {
			continue
		}
		near := geo.Point{Lat: p.Location.Lat + draw.NormFloat64()*0.05, Lon: p.Location.Lon + draw.NormFloat64()*0.05}
		w.asked = append(w.asked, SearchRequest{Text: text, Trade: p.Trade, Near: &near, Within: 25_000, Brief: true})
		return
	}
}

// index opens the index that is kept, or writes one in the order of the board.
func (w *wordBench) index(b *testing.B, docs map[matching.ID]search.Document) {
	b.Helper()
	dir := *benchIndex
	if dir == "" {
		dir = b.TempDir()
	}
	x, err := search.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := x.Close(); err != nil {
			b.Error(err)
		}
	})
	if held, err := x.Count(); err != nil || held != uint64(len(docs)) {
		begun := time.Now()
		w.fill(b, x, docs)
		b.Logf("%d documents written in %s", len(docs), time.Since(begun).Round(time.Millisecond))
	}
	k := &kept{wordIndex: x}
	begun := time.Now()
	if err := w.orderWords(context.Background(), k); err != nil {
		b.Fatal(err)
	}
	c := k.words.Load()
	_, rest := c.Bytes()
	b.Logf("%d postings on the board, put in order in %s; disorder %.3f; %d bytes beside the lists", w.postings.Count(),
		time.Since(begun).Round(time.Millisecond), c.Disorder(), rest)
	w.words.kept = k
}

func (w *wordBench) fill(b *testing.B, x *search.Index, docs map[matching.ID]search.Document) {
	b.Helper()
	var batch search.Batch
	flush := func() {
		if err := x.Apply(batch); err != nil {
			b.Fatal(err)
		}
		batch = search.Batch{}
	}
	for _, id := range w.postings.IDs() {
		if batch.Put = append(batch.Put, docs[id]); len(batch.Put) == indexBatch {
			flush()
		}
	}
	flush()
}

// BenchmarkSearchByWords asks for the first 20 by words, in process, of a market of -postings, some with the words in memory (warm) and some as
// if they had never been asked for (cold).
func BenchmarkSearchByWords(b *testing.B) {
	w := newWordBench(b)
	wide := func(r SearchRequest) SearchRequest { r.Near, r.Within = nil, 0; return r }
	untraded := func(r SearchRequest) SearchRequest { r.Trade = ""; return r }
	same := func(r SearchRequest) SearchRequest { return r }
	for _, c := range []struct {
		name string
		of   func(SearchRequest) SearchRequest
	}{{"trade-25km", same}, {"25km", untraded}, {"trade", wide}, {"country", func(r SearchRequest) SearchRequest { return untraded(wide(r)) }}} {
		for _, cold := range []bool{false, true} {
			name := c.name + "/warm"
			if cold {
				name = c.name + "/cold"
			}
			b.Run(name, func(b *testing.B) { w.measure(b, c.of, cold) })
		}
	}
}

func (w *wordBench) measure(b *testing.B, of func(SearchRequest) SearchRequest, cold bool) {
	c := w.words.kept.words.Load()
	c.ForgetWords()
	if !cold {
		for _, r := range w.asked {
			w.search(b, of(r))
			for c.Busy() {
				time.Sleep(100 * time.Microsecond)
			}
		}
	}
	var whole, core []time.Duration
	total, hits := 0, 0
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r := of(w.asked[i%len(w.asked)])
		if cold {
			b.StopTimer()
			for c.Busy() {
				time.Sleep(100 * time.Microsecond)
			}
			c.ForgetWords()
			b.StartTimer()
		}
		begun := time.Now()
		found := w.search(b, r)
		whole = append(whole, time.Since(begun))
		total, hits = total+found.Total, hits+len(found.Results)
		if cold {
			b.StopTimer()
			for c.Busy() {
				time.Sleep(100 * time.Microsecond)
			}
			c.ForgetWords()
			b.StartTimer()
		}
		core = append(core, w.core(b, r))
	}
	b.ReportMetric(float64(total)/float64(len(whole)), "found/op")
	for _, of := range []struct {
		name string
		took []time.Duration
	}{{"search", whole}, {"core", core}} {
		slices.Sort(of.took)
		for _, p := range []int{50, 99} {
			b.ReportMetric(float64(of.took[(len(of.took)-1)*p/100].Nanoseconds())/1000, fmt.Sprintf("%s-p%d-us", of.name, p))
		}
	}
	lists, _ := c.Bytes()
	b.ReportMetric(float64(lists)/1e6, "lists-MB")
}

func (w *wordBench) search(b *testing.B, r SearchRequest) *SearchResult {
	found, err := w.Search(context.Background(), r)
	if err != nil {
		b.Fatal(err)
	}
	return found
}

// core measures what finds and orders alone, without ladder, facets' names and sentences.
func (w *wordBench) core(b *testing.B, r SearchRequest) time.Duration {
	s := &searching{n: w.Node, r: r, page: page{asOf: w.clock(), limit: 20}, query: board.SearchQuery{Now: w.clock(), Limit: 20}}
	for _, step := range []func(context.Context) error{s.check, s.read, s.where} {
		if err := step(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
	s.query.Rungs = board.Rungs{}
	begun := time.Now()
	if err := s.words(context.Background()); err != nil {
		b.Fatal(err)
	}
	if _, err := s.ask(context.Background()); err != nil {
		b.Fatal(err)
	}
	s.close()
	return time.Since(begun)
}
