package main

import (
	"context"
	"fmt"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/seed"
)

// seedCommand is rabta seed.
type seedCommand struct {
	dataFlag
	Graduates int    `default:"5000" placeholder:"N" help:"How many graduates; 5000 unless told."`
	Postings  int    `default:"1500" placeholder:"M" help:"How many postings; 1500 unless told."`
	Earlier   *int   `placeholder:"K" help:"How many postings of the months before that have ended; four for each posting unless told, but no more than 6000."`
	Seed      uint64 `default:"1" placeholder:"S" help:"What the market is drawn from: the same numbers and date give the same records."`
	Date      moment `placeholder:"YYYY-MM-DD" help:"The day on which the market stands; today unless told."`
}

// Earlier postings unless told: enough for trends and advice, and no burden on those who ask for a million postings.
const (
	earlierEach = 4
	mostEarlier = 6_000
)

// Run fills the directory.
func (s *seedCommand) Run(ctx context.Context, c *call) error {
	size := seed.Size{Graduates: s.Graduates, Postings: s.Postings, Earlier: min(mostEarlier, earlierEach*s.Postings)}
	if s.Earlier != nil {
		size.Earlier = *s.Earlier
	}
	if s.Graduates < 0 || s.Postings < 0 || size.Earlier < 0 {
		return usageError{fault.Field("graduates", "--graduates, --postings and --earlier take whole numbers from 0.")}
	}
	date := s.Date.or(c.today)
	if date.Year() < 2000 || date.Year() > 2100 {
		return usageError{fault.Field("date", "--date takes a day between the years 2000 and 2100, as 2026-11-22.")}
	}
	return c.withNewNode(ctx, s.Data, nil, func(n *node.Node) error {
		if err := fillEmpty(ctx, c, n, size, s.Seed, date); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.stdout, "%s graduates, %s postings and %s that have ended are in.\n", grouped(int64(size.Graduates)), grouped(int64(size.Postings)),
			grouped(int64(size.Earlier)))
		return err
	})
}

// today is the first second of this day in UTC.
func (c *call) today() time.Time { return c.now().UTC().Truncate(24 * time.Hour) }

// fillEmpty puts a sample market into a directory that holds no records: a second one would mix with what is there.
func fillEmpty(ctx context.Context, c *call, n *node.Node, size seed.Size, number uint64, date time.Time) error {
	shown := c.progress("Filling the directory")
	defer shown.end()
	err := n.LoadMarket(ctx, seed.NewMarket(n.Reference(), size, number, date), shown.at)
	switch {
	case err == nil:
		return nil
	case fault.KindOf(err) == fault.Conflict:
		return fault.New(fault.Conflict, "rabta.seed",
			"This data directory holds records already, and a sample market goes into an empty one only. Name another directory.")
	case ctx.Err() != nil:
		return fault.New(fault.Unavailable, "rabta.seed",
			"This was interrupted, and nothing was stored. Run it again.")
	}
	return err
}
