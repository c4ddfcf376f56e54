package node

import (
	"context"
	"slices"

	"github.com/google/go-cmp/cmp"
	"github.com/oklog/ulid/v2"

	"rabta/matching/gaps"
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
	if err := whole.fill(ctx); err != nil {
		return "", 0, err
	}
	followed := rowsOf(n.figures.ledger)
	return cmp.Diff(rowsOf(whole), followed, cmp.AllowUnexported(hiring{}, training{})), len(followed.People) + len(followed.Postings) + len(followed.Progress), nil
}

// LedgerReads tells how often the whole store was read into a ledger.
func (n *Node) LedgerReads() uint64 { return n.figures.reads.Load() }

// ForgetFigures has figures made anew for who asks next.
func (n *Node) ForgetFigures() {
	n.figures.mu.Lock()
	defer n.figures.mu.Unlock()
	clear(n.figures.days)
}
