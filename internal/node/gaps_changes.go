package node

import (
	"context"
	"maps"
	"slices"
	"sync"

	"rabta/internal/fault"
	"rabta/matching"
)

// maxReread is how many changed records are read again one by one; of more, reading the whole store is quicker.
const maxReread = 20_000

// changedRecords are those that the ledger has yet to read again, by id. The follower notes them in passing, which costs it next to nothing.
type changedRecords struct {
	mu           sync.Mutex
	graduates    map[matching.ID]bool
	postings     map[matching.ID]bool
	applications map[matching.ID]bool
	all          bool   // the whole store is to be read
	count        uint64 // of changes, since the node was opened
	records      uint64 // that they were of
}

// note takes in what a step of the follower has changed.
func (r *changedRecords) note(c *changes) {
	if len(c.graduates)+len(c.postings)+len(c.applications) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	r.records += uint64(len(c.graduates) + len(c.postings) + len(c.applications))
	if r.all {
		return
	}
	for _, g := range c.graduates {
		put(&r.graduates, g.ID)
	}
	for _, p := range c.postings {
		put(&r.postings, p.ID)
	}
	for _, a := range c.applications {
		put(&r.applications, a)
	}
	if len(r.graduates)+len(r.postings)+len(r.applications) > maxReread {
		r.setAll()
	}
}

func put(set *map[matching.ID]bool, id matching.ID) {
	if *set == nil {
		*set = map[matching.ID]bool{}
	}
	(*set)[id] = true
}

// noteAll says that nothing of the ledger is to be relied on.
func (r *changedRecords) noteAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	r.setAll()
}

func (r *changedRecords) setAll() {
	r.all, r.graduates, r.postings, r.applications = true, nil, nil, nil
}

// rereading is what is to be read again, up to a count of changes.
type rereading struct {
	graduates, postings, applications []matching.ID
	all                               bool
	count                             uint64
}

// take hands the changed records over.
func (r *changedRecords) take() rereading {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := rereading{slices.Collect(maps.Keys(r.graduates)), slices.Collect(maps.Keys(r.postings)), slices.Collect(maps.Keys(r.applications)), r.all, r.count}
	r.all, r.graduates, r.postings, r.applications = false, nil, nil, nil
	return t
}

// giveBack notes again what could not be read.
func (r *changedRecords) giveBack(t rereading) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.all {
		r.setAll()
	}
	if r.all {
		return
	}
	for _, id := range t.graduates {
		put(&r.graduates, id)
	}
	for _, id := range t.postings {
		put(&r.postings, id)
	}
	for _, id := range t.applications {
		put(&r.applications, id)
	}
}

// counted gives how many changes there have been.
func (r *changedRecords) counted() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count
}

// recordsSoFar gives how many records have changed since the node was opened, one that has changed twice counted twice.
func (r *changedRecords) recordsSoFar() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.records
}

// reread brings the ledger to where the store is, for the records given.
func (m *marketLedger) reread(ctx context.Context, r rereading) error {
	graduates := map[matching.ID]bool{}
	for _, id := range r.graduates {
		graduates[id] = true
	}
	for _, id := range r.applications {
		a, err := m.n.store.Application(ctx, id)
		if err == nil {
			graduates[a.Graduate] = true
		} else if fault.KindOf(err) != fault.NotFound { // deleted with her, who is among the graduates then
			return err
		}
	}
	postings := map[matching.ID]bool{}
	for _, id := range r.postings {
		postings[id] = true
	}
	for id := range graduates {
		changed, err := m.again(ctx, id)
		if err != nil {
			return err
		}
		for _, posting := range changed {
			postings[postingID(posting)] = true
		}
	}
	for id := range postings {
		if err := m.againPosting(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
