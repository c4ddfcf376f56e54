package main

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rabta/internal/node"
	"rabta/matching"
)

// again gives the peer what was written while our side was asked, and checks the lists once more, by the words that have followed every
// change: what is fast on records that stand still proves little.
func (c *comparison) again(ctx context.Context) error {
	m := c.m
	c.show.start("checking again, with what was written meanwhile")
	if err := c.copyWritten(ctx); err != nil {
		return err
	}
	m.now = time.Now().UTC().Truncate(time.Second)
	m.rating.today = matching.Day(m.now)
	if c.matchBy != nil {
		wrong, err := m.checkMatches(ctx, c.matchBy, textWithin, c.o.checks)
		c.wrong += wrong
		if err != nil {
			return err
		}
	}
	if c.textBy == nil {
		return nil
	}
	if c.words.Spent() { // the index has been written anew in the order of the board, or much has changed
		c.words.Close()
		fresh, err := m.FreshWords(ctx)
		if err != nil {
			return err
		}
		c.words = fresh
	}
	wrong, err := m.checkText(ctx, c.words, c.textBy, c.o.checks)
	c.wrong += wrong
	return err
}

// copyWritten adds what was written to the peer's tables.
func (c *comparison) copyWritten(ctx context.Context) error {
	m, p := c.m, c.p
	rows, texts, err := m.postingCopiers(ctx, p)
	if err != nil {
		return err
	}
	v := newVocabulary()
	slices.SortFunc(c.writers.posted, func(a, b *matching.Posting) int { return cmp.Compare(a.ID, b.ID) })
	for _, posting := range c.writers.posted {
		o := m.model.Opening(posting, m.facts[posting.Employer])
		row := m.postingRow(len(m.postingKeys), o)
		m.postingKeys = append(m.postingKeys, o.Key)
		if err = firstOf(rows.put(&row), texts.put(&advert{row.n, row, v.take(node.DocumentOf(m.ref, posting))})); err != nil {
			break
		}
	}
	if err := firstOf(err, rows.end(), texts.end()); err != nil {
		return err
	}
	return p.run(ctx, "insert into postings "+placed("postings", "*"), "insert into adverts "+placed("adverts", advertColumns),
		"drop table postings_raw", "drop table adverts_raw")
}
