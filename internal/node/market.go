package node

import (
	"context"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/seed"
	"rabta/store"
)

// Empty tells whether the store holds no record that is about anybody.
func (n *Node) Empty(ctx context.Context) (bool, error) { return holdsNothing(ctx, n.store) }

func holdsNothing(ctx context.Context, r store.Reader) (bool, error) {
	found := errEnough{}
	walks := []func() (store.Head, error){
		func() (store.Head, error) {
			return r.EachInstitute(ctx, "", func(*matching.Institute) error { return found })
		},
		func() (store.Head, error) {
			return r.EachEmployer(ctx, "", func(*matching.Employer) error { return found })
		},
		func() (store.Head, error) {
			return r.EachGraduate(ctx, "", func(*matching.Graduate) error { return found })
		},
	}
	for _, walk := range walks {
		if _, err := walk(); err != nil {
			if err == found {
				err = nil
			}
			return false, err
		}
	}
	return true, nil
}

// LoadMarket stores a sample market, the whole of it or nothing, and returns once this node shows it. progress, which may be nil, hears
// how many of its graduates and postings are in.
func (n *Node) LoadMarket(ctx context.Context, m *seed.Market, progress func(done, total int)) error {
	position, err := n.store.Update(ctx, func(tx store.Tx) error {
		empty, err := holdsNothing(ctx, tx)
		if err != nil {
			return err
		}
		if !empty {
			return fault.New(fault.Conflict, "node.LoadMarket",
				"This data directory holds records already, and a sample market goes into an empty one only. Name another directory.")
		}
		l := &loader{n: n, tx: tx, size: m.Size(), progress: progress}
		for _, load := range []func(context.Context, *seed.Market) error{l.institutes, l.employers, l.graduates, l.postings, l.applications} {
			if err := load(ctx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return n.catchAll(ctx, position)
}

// loader puts a market into one transaction.
type loader struct {
	n        *Node
	tx       store.Tx
	size     seed.Size
	done     int
	progress func(done, total int)
}

func (l *loader) institutes(ctx context.Context, m *seed.Market) error {
	for i := range m.Institutes() {
		if err := l.tx.PutInstitute(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) employers(ctx context.Context, m *seed.Market) error {
	for e, contact := range m.Employers() {
		if err := l.tx.PutEmployer(ctx, e, contact); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) graduates(ctx context.Context, m *seed.Market) error {
	for g, personal := range m.Graduates() {
		if err := l.n.PrepareGraduate(g); err != nil {
			return err
		}
		if err := l.tx.PutGraduate(ctx, g, personal); err != nil {
			return err
		}
		l.step()
	}
	return nil
}

// postings are not checked against today, as new ones are: the sample has adverts that have expired.
func (l *loader) postings(ctx context.Context, m *seed.Market) error {
	for p := range m.Postings() {
		if err := shieldHome(p); err != nil {
			return err
		}
		if err := l.tx.PutPosting(ctx, p); err != nil {
			return err
		}
		l.step()
	}
	return nil
}

// applications come last: they name graduates and postings.
func (l *loader) applications(ctx context.Context, m *seed.Market) error {
	for a, text := range m.Applications() {
		var written *string
		if text != "" {
			written = &text
		}
		if err := l.tx.PutApplication(ctx, a, written); err != nil {
			return err
		}
	}
	return nil
}

// step tells the progress now and then.
func (l *loader) step() {
	const often = 500 // records
	l.done++
	if total := l.size.Graduates + l.size.Postings + l.size.Earlier; l.progress != nil && (l.done%often == 0 || l.done == total) {
		l.progress(l.done, total)
	}
}

// catchAll waits, as long as the node moves on and ctx allows, until it shows everything up to a position.
func (n *Node) catchAll(ctx context.Context, position store.Position) error {
	for {
		before, _ := n.reached.get()
		err := n.WaitFor(ctx, position)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if after, _ := n.reached.get(); after.Position == before.Position && n.Ready() != nil {
			return err
		}
	}
}
