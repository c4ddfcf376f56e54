package node

import (
	"context"
	"slices"

	"rabta/matching"
	"rabta/store"
)

// batchStep is how many records of a published batch are applied at once, so that a batch of a million takes no more memory than one
// of a thousand.
const batchStep = 2_000

// inSteps turns journal entries into changes, in order, and gives them to take with the position that is reached by them. A run of single
// records is one step; a batch is walked in several, which reach no position until its last: begun again, they do nothing twice.
func (n *Node) inSteps(ctx context.Context, entries []store.Entry, take func(*changes, store.Position) error) error {
	for len(entries) > 0 {
		run := slices.IndexFunc(entries, func(e store.Entry) bool { return e.Noun == store.BatchNoun })
		if run < 0 {
			run = len(entries)
		}
		if run > 0 {
			c := n.newChanges()
			for some := range slices.Chunk(latest(entries[:run]), batchStep) {
				if err := c.addAll(ctx, some); err != nil {
					return err
				}
			}
			if err := take(c, entries[run-1].Position); err != nil {
				return err
			}
		} else {
			if err := n.batchSteps(ctx, entries[0], take); err != nil {
				return err
			}
			run = 1
		}
		entries = entries[run:]
	}
	return nil
}

// batchSteps walks a batch: employers first, for their postings are judged by them.
func (n *Node) batchSteps(ctx context.Context, e store.Entry, take func(*changes, store.Position) error) error {
	before := e.Position - 1
	err := eachPage(ctx, e.ID, n.store.EmployersIn, func(page []*matching.Employer) error {
		c := n.newChanges()
		for _, employer := range page {
			if err := c.addEmployer(ctx, employer.ID); err != nil {
				return err
			}
		}
		return take(c, before)
	})
	if err != nil {
		return err
	}
	err = eachPage(ctx, e.ID, n.store.PostingsIn, func(page []*matching.Posting) error {
		c := n.newChanges()
		for _, p := range page {
			c.addPosting(p.ID, p)
		}
		return take(c, before)
	})
	if err != nil {
		return err
	}
	err = eachPage(ctx, e.ID, n.store.GraduatesIn, func(page []*matching.Graduate) error {
		c := n.newChanges()
		for _, g := range page {
			c.addGraduate(g.ID, g)
		}
		return take(c, before)
	})
	if err != nil {
		return err
	}
	return take(n.newChanges(), e.Position)
}

// eachPage walks the records of one kind in a batch.
func eachPage[R any](ctx context.Context, batch matching.ID, list func(context.Context, matching.ID, matching.ID, int) ([]*R, error),
	visit func([]*R) error) error {
	for after := matching.ID(""); ; {
		page, err := list(ctx, batch, after, batchStep)
		if err != nil || len(page) == 0 {
			return err
		}
		if err := visit(page); err != nil || len(page) < batchStep {
			return err
		}
		after = idOf(page[len(page)-1])
	}
}

func idOf(record any) matching.ID {
	switch r := record.(type) {
	case *matching.Graduate:
		return r.ID
	case *matching.Posting:
		return r.ID
	case *matching.Employer:
		return r.ID
	}
	return ""
}
