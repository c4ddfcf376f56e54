package main

import (
	"context"
	"strings"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/matching/board"
)

// drawn is how many graduates, and how many postings, both sides are asked about.
const drawn = 400

// peerLoad copies records into the peer while our store takes them, as they are on our boards, and draws whom and what to ask about. Rows
// are numbered in the order of their ids, which decides between equals on both sides.
type peerLoad struct {
	graduates *behind[matching.Graduate]
	postings  *behind[matching.Posting]
}

func newPeerLoad(ctx context.Context, p *peer, m *market) (*peerLoad, error) {
	putGraduate, err := m.copyGraduates(ctx, p)
	if err != nil {
		return nil, err
	}
	putPosting, err := m.copyPostings(ctx, p)
	if err != nil {
		return nil, err
	}
	return &peerLoad{newBehind(putGraduate), newBehind(putPosting)}, nil
}

// end waits until all records are in the peer.
func (l *peerLoad) end() error { return firstOf(l.graduates.end(), l.postings.end()) }

// settlePeer makes the tables that are asked of those that were copied.
func settlePeer(ctx context.Context, p *peer) error {
	err := settle(ctx, p, "postings", "*", "create index postings_remote on postings (trade) where remote",
		"create index postings_living on postings (trade) where living")
	// An index of both finds words alone as one of words does: PostgreSQL keeps each column's terms apart.
	err = firstOf(err, settle(ctx, p, "adverts", advertColumns, "create index adverts_trade_words on adverts using gin (trade, words)"))
	return firstOf(err, settle(ctx, p, "graduates", "*", "create index graduates_lives on graduates (trade) where lives_in"))
}

// every gives whether record number i of n is one of those drawn, evenly over all.
func every(i, n int) bool { return i*drawn/n != (i+1)*drawn/n }

// copyPostings gives what copies one posting after the other, and ends with nil.
func (m *market) copyPostings(ctx context.Context, p *peer) (func(*matching.Posting) error, error) {
	c, texts, err := m.postingCopiers(ctx, p)
	if err != nil {
		return nil, err
	}
	v := newVocabulary()
	i := 0
	return func(posting *matching.Posting) (err error) {
		if posting == nil {
			if err = firstOf(c.end(), texts.end()); err == nil {
				m.worded, err = v.questions(m)
			}
			return err
		}
		i++
		o := m.model.Opening(posting, m.facts[posting.Employer])
		if !o.Open {
			return nil // on no board
		}
		if every(i, m.records) && o.LiveAt(m.now.Unix()) && !o.Remote {
			m.openings, v.texts = append(m.openings, o), append(v.texts, posting.Title+" "+posting.Description)
		}
		row := m.postingRow(len(m.postingKeys), o)
		m.postingKeys = append(m.postingKeys, o.Key)
		terms := v.take(node.DocumentOf(m.ref, posting))
		if len(m.plain) < m.plains {
			m.plain = append(m.plain, plainAdvert{posting.ID, o.Trade, o.Remote, o.At, strings.Join(terms, " ")})
		}
		return firstOf(c.put(&row), texts.put(&advert{row.n, row, terms}))
	}, nil
}

// postingCopiers begin the copies of postings, and of their words, into raw tables.
func (m *market) postingCopiers(ctx context.Context, p *peer) (rows *copier[postingRow], texts *copier[advert], err error) {
	if err := firstOf(create(ctx, p, "postings_raw", postings), create(ctx, p, "adverts_raw", adverts)); err != nil {
		return nil, nil, err
	}
	if rows, err = newCopier(ctx, p, "postings_raw", postings); err == nil {
		texts, err = newCopier(ctx, p, "adverts_raw", adverts)
	}
	return rows, texts, err
}

// copyGraduates gives what copies one graduate after the other, and ends with nil.
func (m *market) copyGraduates(ctx context.Context, p *peer) (func(*matching.Graduate) error, error) {
	if err := create(ctx, p, "graduates_raw", graduates); err != nil {
		return nil, err
	}
	c, err := newCopier(ctx, p, "graduates_raw", graduates)
	if err != nil {
		return nil, err
	}
	i := 0
	return func(g *matching.Graduate) error {
		if g == nil {
			return c.end()
		}
		i++
		if g.Status != matching.Searching || !g.Consent.Matching {
			return nil // on no board
		}
		seekers := m.model.Seekers(g)
		if every(i, m.records) && len(seekers) == 1 {
			m.seekers = append(m.seekers, seekers)
		}
		for _, s := range board.GraduateRows(seekers) {
			row := m.graduateRow(len(m.graduateKeys), s.Seeker)
			if err := c.put(&row); err != nil {
				return err
			}
		}
		if len(seekers) > 0 {
			m.graduateKeys = append(m.graduateKeys, seekers[0].Key)
		}
		return nil
	}, nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
