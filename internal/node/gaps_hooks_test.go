package node

import (
	"context"
	"math"
	"slices"

	"github.com/google/go-cmp/cmp"
	"github.com/oklog/ulid/v2"

	"rabta/matching"
	"rabta/matching/gaps"
	"rabta/seed"
	"rabta/store"
)

// ledgerRows is every row of a ledger by its key.
type ledgerRows struct {
	People   map[ulid.ULID]gaps.Searcher
	Postings map[ulid.ULID]gaps.Vacancy
	Progress map[ulid.ULID]gaps.Progress
	Hirings  map[ulid.ULID][]hiring
	Trained  map[ulid.ULID][]training
}

func rowsOf(m *marketLedger) ledgerRows {
	r := ledgerRows{map[ulid.ULID]gaps.Searcher{}, map[ulid.ULID]gaps.Vacancy{}, map[ulid.ULID]gaps.Progress{}, m.hirings, m.trained}
	m.EachRow(func(s gaps.Searcher) { r.People[s.Key] = s }, func(v gaps.Vacancy) { r.Postings[v.Key] = v }, func(p gaps.Progress) {
		for stage := range p.Days {
			slices.Sort(p.Days[stage])
		}
		r.Progress[p.Key] = p
	})
	return r
}

// LedgerDiff brings the ledger that follows the store to where that is, and tells how it differs from one that is filled at once; and how
// many rows it has.
func (n *Node) LedgerDiff(ctx context.Context) (diff string, rows int, err error) {
	n.figures.turn <- struct{}{}
	defer func() { <-n.figures.turn }()
	if _, err := n.figures.catchUp(ctx); err != nil {
		return "", 0, err
	}
	whole := n.newMarketLedger()
	if err := whole.fill(ctx, n.store); err != nil {
		return "", 0, err
	}
	followed := rowsOf(n.figures.ledger)
	return cmp.Diff(rowsOf(whole), followed, cmp.AllowUnexported(hiring{}, training{})), len(followed.People) + len(followed.Postings) + len(followed.Progress), nil
}

// LedgerReads tells how often the whole store was read into a ledger.
func (n *Node) LedgerReads() uint64 { return n.figures.reads.Load() }

// FiguresCalm tells whether the ledger may be read now, records having changed since it was last asked about.
func (n *Node) FiguresCalm(ctx context.Context, before *uint64) bool {
	return n.figures.calm(ctx, before)
}

// ForgetFigures has figures made anew for who asks next.
func (n *Node) ForgetFigures() {
	n.figures.mu.Lock()
	defer n.figures.mu.Unlock()
	clear(n.figures.days)
}

// sample walks a sample market as a store would.
type sample struct{ *seed.Market }

// EachApplication visits the market's applications; EachPosting and EachGraduate likewise.
func (s sample) EachApplication(_ context.Context, _ matching.ID, visit func(*matching.Application) error) (store.Head, error) {
	for a := range s.Applications() {
		if err := visit(a); err != nil {
			return store.Head{}, err
		}
	}
	return store.Head{}, nil
}

// EachPosting visits the market's postings.
func (s sample) EachPosting(_ context.Context, _ matching.ID, visit func(*matching.Posting) error) (store.Head, error) {
	for p := range s.Postings() {
		if err := visit(p); err != nil {
			return store.Head{}, err
		}
	}
	return store.Head{}, nil
}

// EachGraduate visits the market's graduates.
func (s sample) EachGraduate(_ context.Context, _ matching.ID, visit func(*matching.Graduate) error) (store.Head, error) {
	for g := range s.Graduates() {
		if err := visit(g); err != nil {
			return store.Head{}, err
		}
	}
	return store.Head{}, nil
}

// FillFigures puts a sample market into the ledger of gaps, and into nothing else.
func (n *Node) FillFigures(ctx context.Context, m *seed.Market) error {
	n.figures.turn <- struct{}{}
	defer func() { <-n.figures.turn }()
	n.figures.changed.take()
	n.figures.ledger = n.newMarketLedger()
	return n.figures.ledger.fill(ctx, sample{m})
}

// PublishToday works the figures of today out.
func (n *Node) PublishToday(ctx context.Context) error {
	n.figures.turn <- struct{}{}
	defer func() { <-n.figures.turn }()
	return n.figures.publish(ctx, n.figures.today(), n.figures.changed.counted())
}

// TakeSnapshot keeps what is published of today, if that is not yet done.
func (n *Node) TakeSnapshot(ctx context.Context) error { return n.figures.takeSnapshot(ctx) }

// KeptFigures lists the figures of a kind that the store has.
func (n *Node) KeptFigures(ctx context.Context, kind store.FigureKind) ([]*store.Figure, error) {
	return n.store.Figures(ctx, kind, math.MinInt32, 1_000)
}

// SnapshotLeftOut tells whether the day's snapshot waits for the end of an import.
func (n *Node) SnapshotLeftOut() bool { return n.figures.leftOut.Load() }
