package main

import (
	"context"
	"fmt"

	"rabta/internal/node"
	"rabta/matching"
)

// matchCommand is rabta match.
type matchCommand struct {
	Graduate matchGraduateCommand `cmd:"" help:"List the postings that suit a graduate."`
	Posting  matchPostingCommand  `cmd:"" help:"List the candidates of a posting, named by their identifiers: this machine holds them anyway."`
}

// matchFlags are what both kinds of match take.
type matchFlags struct {
	dataFlag
	jsonFlag
	Within distance `placeholder:"25km" help:"How far away: with its unit, 25km or 800m. Without it, as far as each graduate will go."`
	Limit  limit    `placeholder:"20|all" help:"How many to print."`
	Cursor string   `help:"Go on where an earlier answer to the same request ended."`
	At     moment   `placeholder:"TIME" help:"As of this time: RFC 3339, or a date."`
	Lang   string   `enum:"en,ur,roman" default:"en" help:"Language of the sentences: en, ur or roman."`
	ID     string   `arg:"" help:"Identifier of the record."`
}

func (m *matchFlags) request() node.MatchRequest {
	return node.MatchRequest{ID: matching.ID(m.ID), Within: float64(m.Within), At: m.At.Time, Limit: int(m.Limit), Cursor: m.Cursor,
		Language: node.Language(m.Lang), Brief: m.JSON}
}

// matchGraduateCommand is rabta match graduate.
type matchGraduateCommand struct{ matchFlags }

// Run prints the matches of a graduate.
func (m *matchGraduateCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, m.Data, func(n *node.Node) error {
		found, err := n.Matches(ctx, m.request())
		if err != nil {
			return err
		}
		if m.JSON {
			return printJSON(c.stdout, matchListing(found))
		}
		p := page{total: found.Total, noun: "match", words: pageWordsOf(m.Lang), reach: found.Reach, asOf: found.AsOf, next: found.Next}
		return p.addPostings(found.Results).print(c.stdout)
	})
}

// matchPostingCommand is rabta match posting.
type matchPostingCommand struct{ matchFlags }

// Run prints the candidates of a posting.
func (m *matchPostingCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, m.Data, func(n *node.Node) error {
		request := m.request()
		request.Named = true // pseudonyms guard against employers, who are not on this machine
		found, err := n.Candidates(ctx, request)
		if err != nil {
			return err
		}
		if m.JSON {
			return printJSON(c.stdout, matchListing(found))
		}
		p := page{total: found.Total, noun: "candidate", words: pageWordsOf(m.Lang), reach: found.Reach, asOf: found.AsOf, next: found.Next}
		for _, f := range found.Results {
			p.rows = append(p.rows, []string{p.words.distance(f.Distance), fmt.Sprintf("%.2f", f.Score), f.Trade, string(f.ID)})
			p.why = append(p.why, f.Why)
		}
		return p.print(c.stdout)
	})
}

func matchListing(found *node.MatchResult) listing {
	return listing{AsOf: found.AsOf, Total: found.Total, Reach: found.Reach, Results: resultsOf(found.Results), Next: found.Next}
}
