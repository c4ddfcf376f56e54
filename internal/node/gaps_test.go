package node_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/matching/gaps"
)

// TestTheLedgerFollowsTheStore is that after any changes the ledger that follows the store holds the rows of one that is filled at once,
// and that it has not read the whole store again to get there.
func TestTheLedgerFollowsTheStore(t *testing.T) {
	w, c := timedWorld(t)
	m := &market{world: w, clock: c}
	if diff, _, err := w.LedgerDiff(context.Background()); err != nil || diff != "" {
		t.Fatal(err, diff)
	}
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 25).Draw(t, "changes") {
			m.change(t)
		}
		diff, _, err := w.LedgerDiff(context.Background())
		if err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
	_, rows, err := w.LedgerDiff(context.Background())
	if err != nil || rows < 20 || w.LedgerReads() != 1 {
		t.Errorf("%d rows, and the store was read %d times; %v", rows, w.LedgerReads(), err)
	}
}

// market is a world whose people, postings and applications change at random.
type market struct {
	*world
	clock     *clock
	graduates []matching.ID
	postings  []matching.ID
	ways      []matching.ID
}

func (m *market) change(t *rapid.T) {
	m.clock.seconds.Add(rapid.Int64Range(0, 2*24*3600).Draw(t, "seconds"))
	kinds := []func(*rapid.T) error{m.enrols, m.posts, m.applies, m.applies, m.moves, m.moves, m.moves, m.changesGraduate, m.changesPosting,
		m.deletes, m.changesEmployer}
	if err := kinds[rapid.IntRange(0, len(kinds)-1).Draw(t, "kind")](t); err != nil && !expected(err) {
		t.Fatal(err)
	}
}

// expected tells whether a random change may fail so: it was not allowed, or its record is gone.
func expected(err error) bool {
	return slices.Contains([]fault.Kind{fault.Conflict, fault.NotFound, fault.Forbidden, fault.Stale, fault.Invalid}, fault.KindOf(err))
}

var someTrades = []string{"electrician", "tailor", "mason"}

func someTrade(t *rapid.T) []matching.TradeHeld {
	held := []matching.TradeHeld{{Trade: rapid.SampledFrom(someTrades).Draw(t, "trade")}}
	if rapid.Bool().Draw(t, "another") {
		held = append(held, matching.TradeHeld{Trade: rapid.SampledFrom(someTrades).Draw(t, "other trade")})
	}
	return held
}

func somewhere(t *rapid.T) geo.Point {
	return north(lahore, rapid.Float64Range(0, 40_000).Draw(t, "north"))
}

func (m *market) enrols(t *rapid.T) error {
	g := sparky()
	g.Trades, g.Home = someTrade(t)[:1], somewhere(t)
	_, err := m.CreateGraduate(context.Background(), g, &matching.Personal{Name: "Bashir", Phone: "03922222222"})
	m.graduates = append(m.graduates, g.ID)
	return err
}

func (m *market) posts(t *rapid.T) error {
	p, at := m.wiring(), somewhere(t)
	p.Trade, p.Location, p.Vacancies = rapid.SampledFrom(someTrades).Draw(t, "trade"), &at, rapid.IntRange(1, 2).Draw(t, "vacancies")
	p.Kind = rapid.SampledFrom([]matching.Kind{matching.Job, matching.DailyWage}).Draw(t, "kind of work")
	p.Pay = nil
	_, err := m.CreatePosting(context.Background(), p)
	m.postings = append(m.postings, p.ID)
	return err
}

// some draws a record, "" when there is none.
func some(t *rapid.T, all []matching.ID) matching.ID {
	if len(all) == 0 {
		return ""
	}
	return rapid.SampledFrom(all).Draw(t, "which")
}

func (m *market) applies(t *rapid.T) error {
	a, _, err := m.Apply(context.Background(), herself, node.Interest{Graduate: some(t, m.graduates), Posting: some(t, m.postings),
		KeepsSearching: rapid.Bool().Draw(t, "keeps searching")})
	if err == nil {
		m.ways = append(m.ways, a.ID)
	}
	return err
}

func (m *market) moves(t *rapid.T) error {
	a, err := m.Application(context.Background(), some(t, m.ways))
	if err != nil {
		return err
	}
	to := rapid.SampledFrom([]matching.State{matching.Interviewed, matching.Hired, matching.Hired, matching.Left, matching.Refused}).Draw(t, "to")
	_, _, err = m.MoveApplication(context.Background(), node.Actor{Role: "staff"},
		node.Movement{Application: a.ID, Version: a.Version, To: to, Searching: rapid.Bool().Draw(t, "searches again")})
	return err
}

func (m *market) changesGraduate(t *rapid.T) error {
	g, err := m.Graduate(context.Background(), some(t, m.graduates))
	if err != nil {
		return err
	}
	g.Status = rapid.SampledFrom([]matching.Status{matching.Searching, matching.Placed, matching.Paused}).Draw(t, "status")
	g.Trades, g.Home = someTrade(t)[:1], somewhere(t)
	_, err = m.ChangeGraduate(context.Background(), g, nil)
	return err
}

func (m *market) changesPosting(t *rapid.T) error {
	p, err := m.Posting(context.Background(), some(t, m.postings))
	if err != nil {
		return err
	}
	_, err = m.ClosePosting(context.Background(), p.ID, p.Version,
		rapid.SampledFrom([]matching.PostingStatus{matching.Filled, matching.Closed, matching.PostingPaused, matching.Withdrawn}).Draw(t, "status"))
	return err
}

func (m *market) deletes(t *rapid.T) error {
	_, err := m.DeleteGraduate(context.Background(), some(t, m.graduates), 0)
	return err
}

func (m *market) changesEmployer(t *rapid.T) error {
	e, err := m.Employer(context.Background(), m.employer.ID)
	if err != nil {
		return err
	}
	e.Verified = rapid.Bool().Draw(t, "verified")
	_, err = m.ChangeEmployer(context.Background(), e, nil)
	return err
}

// TestFiguresOfATrade is the thin way from records to a row: enough people are counted, few are not, vacancies always.
func TestFiguresOfATrade(t *testing.T) {
	w := newWorld(t)
	for range 12 {
		w.enrol()
	}
	w.post()
	got := w.gaps(node.GapsRequest{Trade: "all"})
	if len(got) != 1 || got[0].Demand != 2 || got[0].Supply == nil || *got[0].Supply != 12 || got[0].NameEn != "Lahore" {
		t.Fatalf("%+v", got)
	}
	w.enrol(func(g *matching.Graduate) { g.Home = kharan })
	for by, want := range map[string]*int64{"district": nil, "country": number(13)} {
		got = w.gaps(node.GapsRequest{Trade: "all", By: by})
		if len(got) != 1 || got[0].Demand != 2 || (got[0].Supply == nil) != (want == nil) || want != nil && *want != *got[0].Supply {
			t.Fatalf("with one person in Kharan: %+v", got)
		}
	}
	for _, r := range []node.GapsRequest{{Trade: "electrican"}, {By: "hamlet"}, {By: "cell", Resolution: 9}, {By: "district", Resolution: 6},
		{Date: date(day.AddDate(0, 0, 1))}, {Date: date(day.AddDate(-9, 0, 0))}} {
		if _, err := w.Gaps(context.Background(), r); fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

func number(n int64) *int64 { return &n }

func date(t time.Time) *time.Time { return &t }

// gaps gives the rows of a request.
func (w *world) gaps(r node.GapsRequest) []gaps.NamedRow {
	w.Helper()
	w.ForgetFigures()
	answer, err := w.Gaps(context.Background(), r)
	if err != nil {
		w.Fatal(err)
	}
	var rows []gaps.NamedRow
	for row := range answer.Rows() {
		rows = append(rows, row)
	}
	return rows
}
