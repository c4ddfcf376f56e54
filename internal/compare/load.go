package main

import (
	"context"
	"strings"

	"rabta/matching"
	"rabta/matching/board"
)

// drawn is how many graduates, and how many postings, both sides are asked about.
const drawn = 400

// loadPeer copies the records of our store into the peer, as they are on our boards, and draws whom and what to ask about. Rows are
// numbered in the order of their ids, which decides between equals on both sides.
func loadPeer(ctx context.Context, p *peer, m *market, show *progress) error {
	show.start("the peer: postings")
	if err := m.copyPostings(ctx, p, show); err != nil {
		return err
	}
	show.start("the peer: graduates")
	if err := m.copyGraduates(ctx, p, show); err != nil {
		return err
	}
	show.start("the peer: indexes, cluster and analyze")
	err := settle(ctx, p, "postings", "*", "create index postings_remote on postings (trade) where remote",
		"create index postings_living on postings (trade) where living")
	err = firstOf(err, settle(ctx, p, "adverts", advertColumns,
		"create index adverts_words on adverts using gin (words)", "create index adverts_trade_words on adverts using gin (trade, words)"))
	return firstOf(err, settle(ctx, p, "graduates", "*", "create index graduates_lives on graduates (trade) where lives_in"))
}

// every gives whether record number i of n is one of those drawn, evenly over all.
func every(i, n int) bool { return i*drawn/n != (i+1)*drawn/n }

func (m *market) copyPostings(ctx context.Context, p *peer, show *progress) error {
	c, texts, err := m.postingCopiers(ctx, p)
	if err != nil {
		return err
	}
	v := newVocabulary()
	i := 0
	_, err = m.EachPosting(ctx, func(posting *matching.Posting) error {
		i++
		show.at(i, m.records)
		o := m.model.Opening(posting, m.facts[posting.Employer])
		if !o.Open {
			return nil // on no board
		}
		if every(i, m.records) && o.LiveAt(m.now.Unix()) && !o.Remote {
			m.openings, v.texts = append(m.openings, o), append(v.texts, posting.Title+" "+posting.Description)
		}
		if !o.Remote {
			m.rows = append(m.rows, board.Posting{Opening: o})
		}
		row := m.postingRow(len(m.postingKeys), o)
		m.postingKeys = append(m.postingKeys, o.Key)
		terms := v.take(m.Document(posting))
		if len(m.plain) < m.plains {
			m.plain = append(m.plain, plainAdvert{posting.ID, o.Trade, o.Remote, o.At, strings.Join(terms, " ")})
		}
		return firstOf(c.put(&row), texts.put(&advert{row.n, row, terms}))
	})
	if err := firstOf(err, c.end(), texts.end()); err != nil {
		return err
	}
	m.worded, err = v.questions(m)
	return err
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

func (m *market) copyGraduates(ctx context.Context, p *peer, show *progress) error {
	if err := create(ctx, p, "graduates_raw", graduates); err != nil {
		return err
	}
	c, err := newCopier(ctx, p, "graduates_raw", graduates)
	if err != nil {
		return err
	}
	i := 0
	_, err = m.EachGraduate(ctx, func(g *matching.Graduate) error {
		i++
		show.at(i, m.records)
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
	})
	return firstOf(err, c.end())
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
