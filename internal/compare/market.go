package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/search"
	"rabta/seed"
)

// market is our side: a node that holds the records, and what both sides are asked about.
type market struct {
	*node.Node
	ref      *seed.Reference
	model    *matching.Model
	records  int
	now      time.Time                              // of which every question is asked
	facts    map[matching.ID]matching.EmployerFacts // of every employer
	employer matching.ID                            // to whom what is written meanwhile belongs
	seekers  [][]matching.Seeker                    // graduates of one trade who search, drawn from all
	openings []matching.Opening                     // postings that live and have a place, drawn from all

	worded []worded // questions with words
	rating rating
	plain  []plainAdvert // those that Bleve's own index gets
	plains int           // how many these shall be

	said int // bytes of sentences, so that they are made

	postingKeys, graduateKeys []ulid.ULID // by the peer's number; rising
}

// openMarket makes our side in a directory, and copies its records into the peer meanwhile. settled waits for the peer's indexes, which are
// made beside ours.
func openMarket(ctx context.Context, o options, dir string, theirs *peer, p *progress) (m *market, settled func() error, err error) {
	ref, err := seed.Load()
	if err != nil {
		return nil, nil, err
	}
	m = &market{ref: ref, records: o.records, plains: o.ofBleve(), model: ref.Model, now: time.Now().UTC().Truncate(time.Second), facts: map[matching.ID]matching.EmployerFacts{}}
	m.rating = rating{search.NewScale(), matching.Day(m.now)}
	sample := seed.NewMarket(ref, seed.Size{Graduates: o.records, Postings: o.records}, o.seed, m.now)
	for e := range sample.Employers() {
		m.facts[e.ID], m.employer = e.Facts(), e.ID
	}
	copied, err := newPeerLoad(ctx, theirs, m)
	if err != nil {
		return nil, nil, err
	}
	data := filepath.Join(dir, "data")
	p.start("our store: records written, and copied for the peer")
	err = fillStore(ctx, data, sample, copied, p)
	p.start("the peer: the rest of its records")
	if err = firstOf(err, copied.end()); err != nil {
		return nil, nil, err
	}
	peers := beside(func() ([]struct{}, error) { return nil, settlePeer(ctx, theirs) })
	settled = func() error { _, err := peers(); return err }
	p.start("our node: boards, and the index beside what follows")
	// Figures are not asked for, and would be made while we are.
	if m.Node, err = node.Open(ctx, node.Config{Dir: data, Reference: ref, FiguresLate: true}); err != nil {
		return nil, nil, errors.Join(err, settled())
	}
	return m, settled, nil
}

// awaitIndex waits until the index of words has been built, which a node does beside what it is asked, and makes the rest ready.
func (m *market) awaitIndex(ctx context.Context, p *progress) error {
	for m.Ready() != nil {
		select {
		case <-ctx.Done():
			return fault.Wrap("compare.awaitIndex", ctx.Err())
		case <-time.After(50 * time.Millisecond):
			p.at(0, 0)
		}
	}
	// The reader of queries is made when the first one comes, and not by each.
	_, err := m.Search(ctx, node.SearchRequest{Text: "bijli ka kaam", Limit: 1, Brief: true})
	return err
}
