package main

import (
	"context"
	"fmt"
	"strings"

	"rabta/internal/node"
	"rabta/matching"
)

// searchCommand is rabta search.
type searchCommand struct {
	dataFlag
	jsonFlag
	Trade  string   `placeholder:"SLUG" help:"Exactly this trade; without it related trades count too."`
	Kind   workKind `placeholder:"KIND" help:"Only this kind of work: job, apprenticeship, daily-wage, contract, piece-work or customer-job."`
	Near   spot     `placeholder:"LAT,LON|PLACE" help:"Where to measure from."`
	Within distance `placeholder:"25km" help:"How far away: with its unit, 25km or 800m."`
	Limit  limit    `placeholder:"20|all" help:"How many to print."`
	Cursor string   `help:"Go on where an earlier answer to the same search ended."`
	At     moment   `placeholder:"TIME" help:"As of this time: RFC 3339, or a date."`
	Lang   string   `enum:"en,ur,roman" default:"en" help:"Language of the sentences: en, ur or roman."`
	Text   []string `arg:"" optional:"" help:"What is looked for, in English, Urdu or Roman Urdu."`
}

// Run searches and prints.
func (s *searchCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, s.Data, func(n *node.Node) error {
		found, err := n.Search(ctx, node.SearchRequest{Text: strings.Join(s.Text, " "), Trade: s.Trade, Kind: matching.Kind(s.Kind),
			Near: s.Near.point, Place: s.Near.place, Within: float64(s.Within), At: s.At.Time, Limit: int(s.Limit), Cursor: s.Cursor,
			Language: node.Language(s.Lang), Brief: s.JSON})
		if err != nil {
			return err
		}
		if s.JSON {
			return printJSON(c.stdout, listing{found.AsOf, found.Total, found.Reach, resultsOf(found.Results), found.Understood, found.Next})
		}
		p := page{total: found.Total, noun: "posting", words: pageWordsOf(s.Lang), reach: found.Reach, asOf: found.AsOf, next: found.Next}
		return p.addPostings(found.Results).print(c.stdout)
	})
}

// addPostings adds a line for each posting: distance, pay, title, id, and why.
func (p *page) addPostings(found []node.Found) *page {
	for _, f := range found {
		title, pay := f.Trade, p.words.unstated
		if f.Posting != nil {
			title, pay = f.Posting.Title, p.words.pay(f.Posting.Pay)
		}
		if len(f.Notes) > 0 {
			title = fmt.Sprintf("%s (%s)", title, strings.Join(f.Notes, "; "))
		}
		p.rows = append(p.rows, []string{p.words.distance(f.Distance), pay, string(f.ID), title})
		p.why = append(p.why, f.Why)
	}
	return p
}
