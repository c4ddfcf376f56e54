package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/internal/sheet"
	"rabta/matching"
)

// exportCommand is rabta export.
type exportCommand struct {
	Postings  exportPostingsCommand  `cmd:"" help:"Write every posting."`
	Graduates exportGraduatesCommand `cmd:"" help:"Write every graduate, by the home's resolution-9 cell."`

	Employers    exportEmployersCommand    `cmd:"" help:"Write every employer, without how it is reached."`
	Applications exportApplicationsCommand `cmd:"" help:"Write every application, without what was written with it."`
}

// exportFlags are what both exports take.
type exportFlags struct {
	dataFlag
	Format string `enum:"jsonl,csv,xlsx" default:"jsonl" help:"jsonl: one JSON object a line, of a few fields unless --full; csv and xlsx: a table of all."`
	Full   bool   `help:"Whole records in jsonl."`
}

// whole tells whether all of each record is written.
func (f *exportFlags) whole() bool { return f.Full || f.Format != sheet.JSONL }

// exported is one line of an export, in the order of its keys: equal records give equal bytes.
type exported struct {
	ID     matching.ID    `json:"id"`
	Lat    *float64       `json:"lat"` // null when remote
	Lon    *float64       `json:"lon"`
	Trade  string         `json:"trade"`
	Kind   *matching.Kind `json:"kind"` // of a graduate, the first that is wanted; null for any
	Status string         `json:"status"`
}

// exportPostingsCommand is rabta export postings.
type exportPostingsCommand struct {
	exportFlags
	At moment `placeholder:"TIME" help:"As of this time: RFC 3339, or a date."`
}

// Run writes every posting, in the order of identifiers.
func (e *exportPostingsCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, e.Data, func(n *node.Node) error {
		if e.whole() {
			return c.writePostings(ctx, n, e.Format)
		}
		at := e.At.or(c.now)
		return c.writeLines(func(write func(exported) error) error {
			_, err := n.EachPosting(ctx, func(p *matching.Posting) error {
				line := exported{ID: p.ID, Trade: p.Trade, Kind: &p.Kind, Status: postingStatus(p, at)}
				if p.Location != nil {
					line.Lat, line.Lon = &p.Location.Lat, &p.Location.Lon
				}
				return write(line)
			})
			return err
		})
	})
}

// postingStatus says "live" for what a search may return at a time, why an open posting is not, else the status that was set.
func postingStatus(p *matching.Posting, at time.Time) string {
	switch {
	case p.Live(at):
		return "live"
	case p.Status != matching.Open:
		return string(p.Status)
	case !p.Expires.After(at):
		return "expired"
	case p.Posted.After(at):
		return "scheduled"
	}
	return "full"
}

// exportGraduatesCommand is rabta export graduates.
type exportGraduatesCommand struct {
	exportFlags
	Personal bool    `help:"With names, phones and identity numbers. Each person is entered in the audit log."`
	At       *string `hidden:"" help:"Taken only to say that it is not for graduates."`
}

// Run writes every graduate, in the order of identifiers.
func (e *exportGraduatesCommand) Run(ctx context.Context, c *call) error {
	if e.At != nil {
		return usageError{fault.Field("at", "--at is for export postings only: the status of a graduate is the one that was set last, at any time. Leave it out.")}
	}
	return c.withNode(ctx, e.Data, func(n *node.Node) error {
		if e.whole() || e.Personal {
			return c.writeGraduates(ctx, n, e.Format, e.Personal)
		}
		return c.writeLines(func(write func(exported) error) error {
			_, err := n.EachGraduate(ctx, func(g *matching.Graduate) error {
				line := exported{ID: g.ID, Lat: &g.Home.Lat, Lon: &g.Home.Lon, Status: string(g.Status)}
				if len(g.Trades) > 0 {
					line.Trade = g.Trades[0].Trade
				}
				if len(g.Kinds) > 0 {
					line.Kind = &g.Kinds[0]
				}
				return write(line)
			})
			return err
		})
	})
}

// writeLines gives each a function that writes one line to standard output.
func (c *call) writeLines(each func(write func(exported) error) error) error {
	out := bufio.NewWriterSize(c.stdout, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err := each(func(line exported) error {
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("writing the export: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return flush(out)
}
