package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/matching/board"
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
	rows   []board.Posting // all that have a place
	plain  []plainAdvert   // those that Bleve's own index gets
	plains int             // how many these shall be

	said int // bytes of sentences, so that they are made

	postingKeys, graduateKeys []ulid.ULID // by the peer's number; rising
}

// openMarket makes our side in a directory.
func openMarket(ctx context.Context, o options, dir string, p *progress) (*market, error) {
	ref, err := seed.Load()
	if err != nil {
		return nil, err
	}
	m := &market{ref: ref, records: o.records, plains: o.ofBleve(), model: ref.Model, now: time.Now().UTC().Truncate(time.Second), facts: map[matching.ID]matching.EmployerFacts{}}
	m.rating = rating{search.NewScale(), matching.Day(m.now)}
	sample := seed.NewMarket(ref, seed.Size{Graduates: o.records, Postings: o.records}, o.seed, m.now)
	for e := range sample.Employers() {
		m.facts[e.ID], m.employer = e.Facts(), e.ID
	}
	data := filepath.Join(dir, "data")
	p.start("our store: records written")
	if err := fillStore(ctx, data, sample, p); err != nil {
		return nil, err
	}
	p.start("our node: boards, and the index beside what follows")
	if m.Node, err = node.Open(ctx, node.Config{Dir: data, Reference: ref}); err != nil {
		return nil, err
	}
	return m, nil
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
