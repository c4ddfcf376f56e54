package main

import (
	"context"
	"fmt"

	"rabta/internal/fault"
	"rabta/internal/node"
)

// indexCommand is rabta index.
type indexCommand struct {
	Verify  indexVerifyCommand  `cmd:"" help:"Compare the search index with the store, and check the store itself."`
	Rebuild indexRebuildCommand `cmd:"" help:"Build the search index again from the store."`
}

// indexVerifyCommand is rabta index verify.
type indexVerifyCommand struct {
	dataFlag
	jsonFlag
}

// Run compares and prints what differs; it fails when anything does.
func (i *indexVerifyCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, i.Data, func(n *node.Node) error {
		report, err := n.VerifyIndex(ctx)
		if err != nil {
			return err
		}
		if i.JSON {
			err = printJSON(c.stdout, report)
		} else {
			_, err = fmt.Fprintf(c.stdout, "%s postings and %s graduates to be found; %s documents in the index; %d differences.\n",
				grouped(int64(report.Postings)), grouped(int64(report.Graduates)), grouped(int64(report.Indexed)), len(report.Wrong))
		}
		if err != nil {
			return err
		}
		return differences(c, report, i.JSON)
	})
}

// differences fails for a report with any; each is on standard error unless the report has been printed whole.
func differences(c *call, report node.IndexReport, printed bool) error {
	if len(report.Wrong) == 0 {
		return nil
	}
	if !printed {
		for _, line := range report.Wrong {
			fmt.Fprintln(c.stderr, line)
		}
	}
	return fault.New(fault.Conflict, "rabta.index", "The index and the store differ. Run rabta index rebuild on this directory.")
}

// indexRebuildCommand is rabta index rebuild.
type indexRebuildCommand struct {
	dataFlag
	Restored bool `help:"The database was restored by its own tools: begin a new epoch first, so that every node builds anew."`
}

// Run builds the index again.
func (i *indexRebuildCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, i.Data, func(n *node.Node) error {
		if i.Restored {
			if _, err := n.RenewEpoch(ctx); err != nil {
				return err
			}
		}
		if err := n.RebuildIndex(ctx); err != nil {
			return err
		}
		_, err := fmt.Fprintln(c.stdout, "The index has been built again.")
		return err
	})
}
