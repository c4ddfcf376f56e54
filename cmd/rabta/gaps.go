package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/internal/report"
	"rabta/internal/sheet"
	"rabta/matching/gaps"
)

// gapsCommand is rabta gaps.
type gapsCommand struct {
	dataFlag
	Trade      string `placeholder:"TRADE" help:"Slug of a trade, a group of ISCO-08 such as isco-7, or all; without it each trade."`
	By         string `default:"district" placeholder:"LEVEL" help:"cell, tehsil, district, division, province or country."`
	Resolution int    `placeholder:"4..7" help:"Of cells; 6 unless told."`
	Date       string `placeholder:"DATE" help:"Day such as 2026-11-22; today unless told."`
	Bbox       string `name:"bbox" placeholder:"W,S,E,N" help:"Only what lies in this box, in degrees."`
	Format     string `enum:"json,csv,geojson,xlsx,html" default:"json" help:"json, csv, geojson or xlsx; html is the printed report of a district."`
	District   string `placeholder:"NAME" help:"District of the report, by its name or id: --format html."`
	Lang       string `enum:"en,ur" default:"en" help:"Language of the report, en or ur."`
	Output     string `short:"o" placeholder:"FILE" help:"Where to write; standard output unless told."`
}

// Run writes the figures.
func (g *gapsCommand) Run(ctx context.Context, c *call) error {
	r, err := g.request()
	if err != nil {
		return usageError{err}
	}
	if (g.Format == formatHTML) != (g.District != "") {
		return usageError{fault.Field("district", "The report of a district takes --format html and --district NAME, both of them.")}
	}
	return c.intoFile(g.Output, func() error {
		return c.withNode(ctx, g.Data, func(n *node.Node) error {
			if g.Format == formatHTML {
				return g.report(ctx, c, n, r)
			}
			answer, err := n.Gaps(ctx, r)
			if err != nil {
				return err
			}
			return sheet.WriteGaps(c.stdout, g.Format, sheet.NewGapHead(answer.AsOf, answer.Day, answer.Level), answer.Rows())
		})
	})
}

// formatHTML asks for the printed report.
const formatHTML = "html"

// report writes a district's printed report.
func (g *gapsCommand) report(ctx context.Context, c *call, n *node.Node, r node.GapsRequest) error {
	if r.Trade != "" || r.Box != nil || r.By != string(gaps.District) {
		return usageError{fault.Field("district", "The report of a district is of all its trades and places: leave out --trade, --by and --bbox.")}
	}
	d, err := n.GapReport(ctx, g.District, r.Date)
	if err != nil {
		return err
	}
	return report.Write(c.stdout, d, g.Lang)
}

// intoFile runs do with standard output going to a file, which is there only when all of it was written; "" leaves it. The process that
// serves writes to its caller, who has the file.
func (c *call) intoFile(name string, do func() error) error {
	if name == "" || c.live != nil {
		return do()
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.part")
	if err != nil {
		return usageError{&fault.Error{Kind: fault.Invalid, Op: "rabta", Field: "output", Err: err,
			Message: "The file of --output cannot be made. Name one in a directory that is there and that you may write to."}}
	}
	outer := c.stdout
	c.stdout = f
	err = do()
	c.stdout = outer
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// request reads the flags.
func (g *gapsCommand) request() (node.GapsRequest, error) {
	r := node.GapsRequest{Trade: g.Trade, By: g.By, Resolution: g.Resolution}
	if g.Date != "" {
		day, err := time.Parse(time.DateOnly, g.Date)
		if err != nil {
			return r, fault.Field("date", "A date is written as 2026-11-22. Send one so, or leave it out for today.")
		}
		r.Date = &day
	}
	if g.Bbox != "" {
		box, err := geo.ParseBox(g.Bbox)
		if err != nil {
			return r, err
		}
		r.Box = &box
	}
	return r, nil
}
