package node

import (
	"context"
	"iter"

	"rabta/matching"
	"rabta/seed"
	"rabta/store"
)

const loadBatch = 2_000 // records a transaction: large enough to be fast, small enough for others to write in between

// Empty tells whether the store holds no record that is about anybody.
func (n *Node) Empty(ctx context.Context) (bool, error) {
	empty := true
	_, err := n.store.EachEmployer(ctx, "", func(*matching.Employer) error { empty = false; return errEnough{} })
	if empty && err == nil {
		_, err = n.store.EachGraduate(ctx, "", func(*matching.Graduate) error { empty = false; return errEnough{} })
	}
	if err == (errEnough{}) {
		err = nil
	}
	return empty, err
}

// LoadMarket stores a sample market and returns once this node shows it. progress, which may be nil, hears how many of its graduates
// and postings are in.
func (n *Node) LoadMarket(ctx context.Context, m *seed.Market, progress func(done, total int)) error {
	size := m.Size()
	l := &loader{n: n, total: size.Graduates + size.Postings, progress: progress}
	for i := range m.Institutes() {
		l.add(ctx, 0, func(tx store.Tx) error { return tx.PutInstitute(ctx, i) })
	}
	for e, contact := range m.Employers() {
		l.add(ctx, 0, func(tx store.Tx) error { return tx.PutEmployer(ctx, e, contact) })
	}
	l.addAll(ctx, graduatePuts(ctx, n, m))
	l.addAll(ctx, postingPuts(ctx, n, m))
	l.flush(ctx)
	if l.err != nil {
		return l.err
	}
	return n.catchAll(ctx, l.last)
}

type put struct {
	prepare func() error
	write   func(store.Tx) error
}

func graduatePuts(ctx context.Context, n *Node, m *seed.Market) iter.Seq[put] {
	return func(yield func(put) bool) {
		for g, personal := range m.Graduates() {
			if !yield(put{func() error { return n.PrepareGraduate(g) }, func(tx store.Tx) error { return tx.PutGraduate(ctx, g, personal) }}) {
				return
			}
		}
	}
}

func postingPuts(ctx context.Context, n *Node, m *seed.Market) iter.Seq[put] {
	return func(yield func(put) bool) {
		for p := range m.Postings() {
			// An advert of the sample may have expired before today: its dates are what they are.
			if !yield(put{func() error { return nil }, func(tx store.Tx) error { return tx.PutPosting(ctx, p) }}) {
				return
			}
		}
	}
}

// loader writes many records in few transactions. After its first error it does nothing.
type loader struct {
	n           *Node
	batch       []func(store.Tx) error
	counted     int // records of the batch that count as progress
	done, total int
	progress    func(done, total int)
	last        store.Position
	err         error
}

func (l *loader) addAll(ctx context.Context, puts iter.Seq[put]) {
	for p := range puts {
		if l.err != nil {
			return
		}
		if l.err = p.prepare(); l.err == nil {
			l.add(ctx, 1, p.write)
		}
	}
}

func (l *loader) add(ctx context.Context, counts int, write func(store.Tx) error) {
	l.batch, l.counted = append(l.batch, write), l.counted+counts
	if len(l.batch) >= loadBatch {
		l.flush(ctx)
	}
}

func (l *loader) flush(ctx context.Context) {
	if l.err != nil || len(l.batch) == 0 {
		return
	}
	l.last, l.err = l.n.store.Update(ctx, func(tx store.Tx) error {
		for _, write := range l.batch {
			if err := write(tx); err != nil {
				return err
			}
		}
		return nil
	})
	l.done += l.counted
	l.batch, l.counted = l.batch[:0], 0
	if l.progress != nil && l.err == nil {
		l.progress(l.done, l.total)
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
