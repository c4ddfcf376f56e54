package node_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
)

var (
	lahore  = geo.Point{Lat: 31.5497, Lon: 74.3436}
	kharan  = geo.Point{Lat: 28.58, Lon: 65.42} // in the desert of Balochistan
	nowhere = geo.Point{Lat: 51.5, Lon: 0}
)

// world is a node with one employer, and what tests do with it.
type world struct {
	testing.TB
	*node.Node
	employer *matching.Employer
}

func newWorld(t testing.TB) *world {
	t.Helper()
	return worldOf(t, openNode(t, t.TempDir()+"/data"))
}

// worldOf gives a node its employer.
func worldOf(t testing.TB, n *node.Node) *world {
	t.Helper()
	w := &world{t, n, &matching.Employer{Name: "Ravi Works", Kind: "workshop", Location: &lahore}}
	w.done(w.CreateEmployer(context.Background(), w.employer, &matching.EmployerContact{Person: "Nadeem", Phone: "03911111111"}))
	return w
}

// clock is a time that a test moves on, in seconds since day.
type clock struct{ seconds atomic.Int64 }

func (c *clock) now() time.Time { return day.Add(time.Duration(c.seconds.Load()) * time.Second) }

// timedWorld is a world whose time the test moves on.
func timedWorld(t testing.TB) (*world, *clock) {
	t.Helper()
	c := &clock{}
	cfg := config(t, t.TempDir()+"/data")
	cfg.Now = c.now
	n, err := node.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return worldOf(t, n), c
}

// done fails the test when a write failed.
func (w *world) done(_ any, err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// wiring is an electrician's job in Lahore that nobody has posted yet.
func (w *world) wiring() *matching.Posting {
	at := lahore
	return &matching.Posting{Employer: w.employer.ID, Kind: matching.Job, Workplace: matching.OnSite, Trade: "electrician",
		Title: "Electrician for house wiring", Vacancies: 2, Location: &at,
		Pay: &matching.Pay{From: 45_000, To: 60_000, Unit: matching.PerMonth}}
}

// post stores a wiring job, changed by edit.
func (w *world) post(edits ...func(*matching.Posting)) *matching.Posting {
	w.Helper()
	p := w.wiring()
	for _, edit := range edits {
		edit(p)
	}
	w.done(w.CreatePosting(context.Background(), p))
	return p
}

func titled(title string) func(*matching.Posting) {
	return func(p *matching.Posting) { p.Title = title }
}

func at(point geo.Point) func(*matching.Posting) {
	return func(p *matching.Posting) { p.Location = &point }
}

// sparky is an electrician of Lahore who is not enrolled yet.
func sparky() *matching.Graduate {
	return &matching.Graduate{Gender: matching.Man, BirthDecade: 1990, Home: north(lahore, 3_000), Status: matching.Searching,
		Trades: []matching.TradeHeld{{Trade: "electrician"}}, Consent: matching.Consent{Matching: true}}
}

// enrol stores an electrician, changed by edit.
func (w *world) enrol(edits ...func(*matching.Graduate)) *matching.Graduate {
	w.Helper()
	g := sparky()
	for _, edit := range edits {
		edit(g)
	}
	w.done(w.CreateGraduate(context.Background(), g, &matching.Personal{Name: "Bashir", Phone: "03922222222"}))
	return g
}

// north gives the point so many metres to the north.
func north(p geo.Point, metres float64) geo.Point {
	return geo.Point{Lat: p.Lat + metres/(geo.EarthRadius*math.Pi/180), Lon: p.Lon}
}

func ids(results []node.Found) []matching.ID {
	list := make([]matching.ID, len(results))
	for i, f := range results {
		list[i] = f.ID
	}
	return list
}

// find searches, and fails the test when that fails.
func (w *world) find(r node.SearchRequest) *node.SearchResult {
	w.Helper()
	result, err := w.Search(context.Background(), r)
	if err != nil {
		w.Fatalf("%+v: %v", r, err)
	}
	return result
}

// lists tells which kinds of lists show a posting, and a graduate as its candidate.
func (w *world) lists(p *matching.Posting, g *matching.Graduate) (shown []string, err error) {
	ctx := context.Background()
	search, err := w.Search(ctx, node.SearchRequest{Trade: p.Trade, Near: p.Location, Limit: -1})
	if err != nil {
		return nil, err
	}
	words, err := w.Search(ctx, node.SearchRequest{Text: p.Title, Near: p.Location, Limit: -1})
	if err != nil {
		return nil, err
	}
	matches, err := w.Matches(ctx, node.MatchRequest{ID: g.ID, Limit: -1})
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	candidates, err := w.Candidates(ctx, node.MatchRequest{ID: p.ID, Limit: -1, Named: true})
	if err != nil {
		return nil, err
	}
	for _, list := range []struct {
		name    string
		results []node.Found
		id      matching.ID
	}{{"search", search.Results, p.ID}, {"text", words.Results, p.ID}, {"candidates", candidates.Results, g.ID}} {
		if slices.Contains(ids(list.results), list.id) {
			shown = append(shown, list.name)
		}
	}
	if matches != nil && slices.Contains(ids(matches.Results), p.ID) {
		shown = append(shown, "matches")
	}
	return shown, nil
}

// wantLists fails the test unless exactly these lists show the posting and the graduate.
func (w *world) wantLists(p *matching.Posting, g *matching.Graduate, want ...string) {
	w.Helper()
	shown, err := w.lists(p, g)
	if err != nil || !slices.Equal(shown, want) {
		w.Errorf("shown by %q (%v), want %q", shown, err, want)
	}
}

// everywhere are the lists that show an open posting and a graduate who searches near it.
var everywhere = []string{"search", "text", "candidates", "matches"}

// clean fails the test unless boards and index are what the store says.
func (w *world) clean() {
	w.Helper()
	report, err := w.VerifyIndex(context.Background())
	if err != nil || len(report.Wrong) > 0 || report.Indexed != uint64(report.Postings+report.Graduates) {
		w.Errorf("boards and index are not what the store says: %v, %+v", err, report)
	}
}

// refusal describes an error as a caller sees it: its kind, and the field at fault.
func refusal(err error) string {
	if err == nil {
		return "accepted"
	}
	if e, ok := errors.AsType[*fault.Error](err); ok && e.Field != "" {
		return fmt.Sprint(e.Kind, " ", e.Field)
	}
	return fault.KindOf(err).String()
}
