package node_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/search"
	"rabta/seed"
)

// asOfs are the moments that the lists are asked for; zero is now.
var asOfs = []time.Time{{}, {}, day.Add(-9 * 24 * time.Hour), day.Add(20 * 24 * time.Hour)}

// TestAnswersEqualBruteForce holds every kind of list against a plain scan of all records: on a sample market, after many changes, and
// after the node was closed and opened again.
func TestAnswersEqualBruteForce(t *testing.T) {
	dir := t.TempDir() + "/data"
	n := newNode(t, dir)
	m := seed.NewMarket(n.Reference(), seed.Size{Graduates: 1_000, Postings: 600}, 1, day)
	if err := n.LoadMarket(context.Background(), m, nil); err != nil {
		t.Fatal(err)
	}
	t.Run("loaded", func(t *testing.T) { compareAll(t, n, 1) })
	t.Run("changed", func(t *testing.T) {
		changeAtRandom(t, n, 300)
		compareAll(t, n, 2)
	})
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	n = newNode(t, dir)
	t.Run("reopened", func(t *testing.T) { compareAll(t, n, 3) })
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
}

// newNode opens a node that the caller closes.
func newNode(t *testing.T, dir string) *node.Node {
	t.Helper()
	n, err := node.Open(context.Background(), config(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// comparison is a node and a scan of the same records, with a source of chance to draw questions from.
type comparison struct {
	*rand.Rand
	n    *node.Node
	scan *scan
}

func compareAll(t *testing.T, n *node.Node, number uint64) {
	c := &comparison{rand.New(rand.NewPCG(number, 0)), n, newScan(t, n)}
	report, err := n.VerifyIndex(context.Background())
	if err != nil || len(report.Wrong) > 0 {
		t.Errorf("boards and index are not what the store says: %v, %q", err, report.Wrong)
	}
	t.Run("matches", c.matches)
	t.Run("candidates", c.candidates)
	t.Run("search", c.search)
	t.Run("text", c.text)
}

func (c *comparison) matches(t *testing.T) {
	shown := 0
	for range 200 {
		g := c.scan.graduates[c.IntN(len(c.scan.graduates))]
		r := node.MatchRequest{ID: g.ID, Within: c.radius(), At: asOfs[c.IntN(len(asOfs))], Limit: c.limit()}
		want := c.scan.matches(g, r.Within, moment(r.At))
		got := walk(t, func(cursor string) (*node.MatchResult, error) {
			r.Cursor = cursor
			return c.n.Matches(context.Background(), r)
		}, matchPage)
		same(t, fmt.Sprintf("%+v", r), got, want)
		shown += want.Total
	}
	if shown < 200 {
		t.Errorf("only %d matches in all: the market is too thin to tell anything", shown)
	}
}

func (c *comparison) candidates(t *testing.T) {
	shown := 0
	for i := 0; i < 60 || shown < 60 && i < 600; i++ {
		p := &c.scan.postings[c.IntN(len(c.scan.postings))]
		for i%4 > 0 && !p.Live(day) { // most have expired or are filled, and have no candidates
			p = &c.scan.postings[c.IntN(len(c.scan.postings))]
		}
		r := node.MatchRequest{ID: p.ID, Within: c.radius(), At: asOfs[c.IntN(len(asOfs))], Limit: c.limit(), Named: i%2 == 0}
		want := c.scan.candidates(p, r.Within, moment(r.At), r.Named)
		got := walk(t, func(cursor string) (*node.MatchResult, error) {
			r.Cursor = cursor
			return c.n.Candidates(context.Background(), r)
		}, matchPage)
		same(t, fmt.Sprintf("%+v", r), got, want)
		shown += want.Total
	}
	if shown < 60 {
		t.Errorf("only %d candidates in all: the market is too thin to tell anything", shown)
	}
}

func (c *comparison) search(t *testing.T) {
	shown := 0
	for i := range 200 {
		near := c.point()
		r := node.SearchRequest{Near: &near, Within: c.radius(), At: asOfs[c.IntN(len(asOfs))], Limit: c.limit()}
		if i%20 > 0 { // else any trade
			r.Trade = c.scan.postings[c.IntN(len(c.scan.postings))].Trade
		}
		c.filter(&r)
		want := c.scan.search(asked{SearchRequest: r, near: r.Near}, moment(r.At))
		same(t, fmt.Sprintf("near %v: %+v", near, r), c.searched(t, r), want)
		shown += want.Total
	}
	if shown < 200 {
		t.Errorf("only %d postings in all: the market is too thin to tell anything", shown)
	}
}

// texts are queries that name trades, skills, places, kinds of work and conditions, in three scripts, and words that mean nothing to the
// reader of queries.
var texts = []string{
	"electrician", "bijli ka kaam multan", "بجلی کا کام", "درزی لاہور", "ladies tailor job", "mason faisalabad daily wage",
	"راج مستری", "rang saaz", "plumber karachi urgent", "welder chahiye", "welder 6g", "mistri", "مستری کراچی", "driver",
	"ڈرائیور کوئٹہ", "beautician islamabad", "silai ka kaam ghar se", "solar", "سولر ملتان", "web developer remote", "cook",
	"باورچی راولپنڈی", "kaam chahiye", "vacancy", "acha", "project", "خان پور", "electrishan lahor", "sewing machine operator target",
	"apprenticeship electrician", "مزدور", "nurse night shift", "factory", "درکار", "wanted", "tailor experience shop", "urdu typing", "house wiring", "ماربل پالش", "electrician three phase connection",
}

func (c *comparison) text(t *testing.T) {
	shown := 0
	for i, text := range slices.Concat(texts, texts) {
		r := node.SearchRequest{Text: text, At: asOfs[c.IntN(len(asOfs))], Limit: c.limit()}
		if i >= len(texts) {
			near := c.point()
			r.Near, r.Within = &near, c.radius()
			c.filter(&r)
		}
		if i%9 == 8 {
			r.Trade = c.scan.postings[c.IntN(len(c.scan.postings))].Trade
		}
		q, err := c.read(r)
		if err != nil {
			t.Fatal(err)
		}
		want := c.scan.search(q, moment(r.At))
		same(t, fmt.Sprintf("%+v", r), c.searched(t, r), want)
		shown += want.Total
	}
	if shown < 200 {
		t.Errorf("only %d postings in all: the market is too thin to tell anything", shown)
	}
}

// read turns a request with text into trades that are meant and words that are met, the latter by the index's own scores.
func (c *comparison) read(r node.SearchRequest) (asked, error) {
	u := c.n.Reader().Read(r.Text)
	q := asked{SearchRequest: r, near: r.Near, named: u.Conditions, scoring: true}
	if r.Near == nil && slices.Contains(u.Conditions, "remote") {
		q.Remote = true
	}
	if q.near == nil && u.Place != nil {
		q.near = &u.Place.Point
	}
	if q.Kind == "" && len(u.Kinds) == 1 {
		q.Kind = u.Kinds[0]
	}
	catalogue := c.n.Reference().Catalogue
	for _, trade := range u.Trades {
		number, _ := catalogue.Number(trade.Slug)
		for _, other := range catalogue.All() {
			otherNumber, _ := catalogue.Number(other.Slug)
			if score := trade.Score * catalogue.Relatedness(number, otherNumber); score > 0 {
				if q.trades == nil {
					q.trades = map[string]float64{}
				}
				q.trades[other.Slug] = max(q.trades[other.Slug], score)
			}
		}
	}
	words := u.Text
	for _, skill := range u.Skills {
		words += " " + skill.Words
	}
	if words == "" {
		return q, nil
	}
	hits, err := c.n.TextScores(context.Background(), search.TextQuery{Text: strings.TrimSpace(words)})
	q.texts, q.only = map[matching.ID]float64{}, q.trades == nil && q.Trade == ""
	for _, h := range hits {
		q.texts[h.ID] = h.Score
	}
	return q, err
}

func (c *comparison) searched(t *testing.T, r node.SearchRequest) answer {
	t.Helper()
	return walk(t, func(cursor string) (*node.SearchResult, error) {
		r.Cursor = cursor
		return c.n.Search(context.Background(), r)
	}, searchPage)
}

func (c *comparison) radius() float64 {
	return []float64{0, 0, 300, 4_000, 12_500, 25_000, 60_000, 140_000, 600_000}[c.IntN(9)]
}

// limit is the length of a page: now and then everything at once.
func (c *comparison) limit() int { return []int{-1, 0, 1 + c.IntN(9), 15 + c.IntN(60)}[c.IntN(4)] }

// point draws a point: near some posting, where somebody lives, or anywhere in the box.
func (c *comparison) point() geo.Point {
	switch c.IntN(4) {
	case 0:
		return c.scan.graduates[c.IntN(len(c.scan.graduates))].Home
	case 1:
		return geo.Point{Lat: 24 + 12*c.Float64(), Lon: 61.5 + 14*c.Float64()}
	}
	for {
		if at := c.scan.postings[c.IntN(len(c.scan.postings))].Location; at != nil {
			return geo.Point{Lat: at.Lat + 0.2*c.Float64() - 0.1, Lon: at.Lon + 0.2*c.Float64() - 0.1}
		}
	}
}

// filter adds some of the other filters to a request.
func (c *comparison) filter(r *node.SearchRequest) {
	switch c.IntN(10) {
	case 0:
		r.Kind = matching.Kinds[c.IntN(len(matching.Kinds))]
	case 1:
		r.OpenTo = []matching.Gender{matching.Woman, matching.Man, matching.Transgender}[c.IntN(3)]
	case 2:
		r.PayFrom = matching.Rupees(20_000 + c.IntN(60_000))
	case 3:
		r.Remote = true
	}
}

func moment(at time.Time) time.Time {
	if at.IsZero() {
		return day
	}
	return at
}

// page is what walk needs to know of one page.
type page struct {
	answer
	results []node.Found
	next    string
}

func matchPage(r *node.MatchResult) page   { return newPage(r.Total, r.Reach, r.Results, r.Next) }
func searchPage(r *node.SearchResult) page { return newPage(r.Total, r.Reach, r.Results, r.Next) }

func newPage(total int, reach node.Reach, results []node.Found, next string) page {
	p := page{answer: answer{Total: total, Remote: reach.Remote, Within: reach.WithinM, Widened: reach.Widened}, results: results, next: next}
	for _, ring := range reach.Rings {
		p.Rings = append(p.Rings, ring.Count)
	}
	if reach.District != nil {
		p.District = reach.District.Count
	}
	return p
}

// walk asks for a list page by page to its end. Each page must tell the same of the whole.
func walk[R any](t *testing.T, ask func(cursor string) (R, error), read func(R) page) answer {
	t.Helper()
	var whole answer
	cursor := ""
	for number := 0; ; number++ {
		result, err := ask(cursor)
		if err != nil {
			t.Fatalf("page %d: %v", number, err)
		}
		p := read(result)
		if number == 0 {
			whole = p.answer
		} else if diff := cmp.Diff(whole, p.answer, cmpopts.IgnoreFields(answer{}, "Rows"), cmpopts.IgnoreUnexported(listed{})); diff != "" {
			t.Fatalf("page %d tells another whole than the first (-first +page):\n%s", number, diff)
		}
		for _, f := range p.results {
			row := listed{ID: f.ID, Score: f.Score, Placed: f.Distance != nil}
			if f.Distance != nil {
				row.Metres = *f.Distance
			}
			whole.Rows = append(whole.Rows, row)
		}
		if p.next == "" || len(whole.Rows) > 10_000 {
			return whole
		}
		cursor = p.next
	}
}

// same compares an answer with brute force: the same records in the same order, scores equal, distances within half a metre.
func same(t *testing.T, question string, got, want answer) {
	t.Helper()
	const halfMetre = 0.5
	near := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Metres" },
		cmp.Comparer(func(a, b float64) bool { return max(a-b, b-a) <= halfMetre }))
	if diff := cmp.Diff(want, got, near, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(listed{})); diff != "" {
		t.Errorf("%s (-brute force +node):\n%s", question, diff)
	}
}
