package main

import (
	"context"

	"rabta/internal/node"
	"rabta/internal/sheet"
	"rabta/matching"
	"rabta/store"
)

// exportEmployersCommand is rabta export employers.
type exportEmployersCommand struct {
	dataFlag
	Format string `enum:"csv,jsonl,xlsx" default:"csv" help:"csv, xlsx, or jsonl: one record a line."`
}

// Run writes every employer, in the order of identifiers.
func (e *exportEmployersCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, e.Data, func(n *node.Node) error {
		return c.writeTable(e.Format, sheet.EmployerHeadings(), func(t sheet.Table) error {
			return n.ExportEmployers(ctx, func(r *matching.Employer) error { return t.Row(sheet.EmployerCells(r), r) })
		})
	})
}

// exportApplicationsCommand is rabta export applications.
type exportApplicationsCommand struct {
	dataFlag
	Format string `enum:"csv,jsonl,xlsx" default:"csv" help:"csv, xlsx, or jsonl: one record a line."`
}

// Run writes every application, in the order of identifiers.
func (e *exportApplicationsCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, e.Data, func(n *node.Node) error {
		return c.writeTable(e.Format, sheet.ApplicationHeadings(), func(t sheet.Table) error {
			return n.ExportApplications(ctx, func(r *matching.Application) error { return t.Row(sheet.ApplicationCells(r), r) })
		})
	})
}

// writeGraduates writes whole records of graduates. Each person whose personal part is written is entered in the audit log first.
func (c *call) writeGraduates(ctx context.Context, n *node.Node, format string, personal bool) error {
	var look *store.Look
	if personal {
		look = &store.Look{Role: "operator", Subject: "command line", Action: "export-graduates"}
	}
	return c.writeTable(format, sheet.GraduateHeadings(personal), func(t sheet.Table) error {
		return n.ExportGraduates(ctx, "", look, func(g *matching.Graduate, p *matching.Personal) error {
			return t.Row(sheet.GraduateCells(g, p), sheet.GraduateRecord{Graduate: g, Personal: p})
		})
	})
}

// writePostings writes whole records of postings.
func (c *call) writePostings(ctx context.Context, n *node.Node, format string) error {
	return c.writeTable(format, sheet.PostingHeadings(), func(t sheet.Table) error {
		return n.ExportPostings(ctx, func(p *matching.Posting) error { return t.Row(sheet.PostingCells(p), p) })
	})
}

// writeTable writes a table that fill fills to standard output.
func (c *call) writeTable(format string, headings []string, fill func(sheet.Table) error) error {
	return sheet.Write(c.stdout, format, headings, fill)
}
