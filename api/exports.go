package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"rabta/internal/sheet"
	"rabta/matching"
	"rabta/store"
)

// ExportFormat chooses how a table is written.
type ExportFormat struct {
	Format string `query:"format" enum:"csv,jsonl,xlsx" default:"csv"`
}

type exportInput struct{ ExportFormat }

type exportGraduatesInput struct {
	ExportFormat
	Personal bool `query:"personal" doc:"With names, phones and identity numbers; each person of the export is then entered in the audit log"`
}

func (s *server) registerExports() {
	tables := []string{sheet.ContentType(sheet.CSV), sheet.ContentType(sheet.JSONL), sheet.ContentType(sheet.XLSX)}
	register(s, operation{id: "export-graduates", method: http.MethodGet, path: "/v1/exports/graduates", tag: "Exports", streams: tables, costly: true, time: streamTime,
		summary: "Every graduate whom the caller may see, as a table", description: "An institute gets its own roster. Homes are the centres of their cells."}, s.exportGraduates)
	register(s, operation{id: "export-postings", method: http.MethodGet, path: "/v1/exports/postings", tag: "Exports", streams: tables, costly: true, time: streamTime,
		summary: "Every posting, live or not, as a table"}, s.exportPostings)
	register(s, operation{id: "export-employers", method: http.MethodGet, path: "/v1/exports/employers", tag: "Exports", streams: tables, costly: true, time: streamTime,
		summary: "Every employer, as a table", description: "Without how they are reached."}, s.exportEmployers)
	register(s, operation{id: "export-applications", method: http.MethodGet, path: "/v1/exports/applications", tag: "Exports", streams: tables, costly: true, time: streamTime,
		summary: "Every application, as a table", description: "Without what was written with it."}, s.exportApplications)
}

// table answers with a table that fill fills.
func (s *server) table(ctx context.Context, format, name string, headings []string, fill func(sheet.Table) error) *huma.StreamResponse {
	return s.stream(callOf(ctx), sheet.ContentType(format), name+"."+format, func(w io.Writer) error {
		return sheet.Write(w, format, headings, fill)
	})
}

func (s *server) exportGraduates(ctx context.Context, in *exportGraduatesInput) (*huma.StreamResponse, error) {
	c := callOf(ctx)
	var institute matching.ID
	if c.rule.of(c.caller.role)&all == 0 {
		if institute = c.caller.subject; !institute.Is(matching.InstitutePrefix) {
			return nil, notFound() // an institute's token without an institute sees no roster rather than all
		}
	}
	var look *store.Look
	if in.Personal {
		look = &store.Look{Role: string(c.caller.role), Subject: c.caller.name(), Action: "export-graduates"}
	}
	return s.table(ctx, in.Format, "graduates", sheet.GraduateHeadings(in.Personal), func(t sheet.Table) error {
		return s.service.ExportGraduates(ctx, institute, look, func(g *matching.Graduate, personal *matching.Personal) error {
			return t.Row(sheet.GraduateCells(g, personal), sheet.GraduateRecord{Graduate: g, Personal: personal})
		})
	}), nil
}

func (s *server) exportPostings(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
	return s.table(ctx, in.Format, "postings", sheet.PostingHeadings(), func(t sheet.Table) error {
		return s.service.ExportPostings(ctx, func(p *matching.Posting) error { return t.Row(sheet.PostingCells(p), p) })
	}), nil
}

func (s *server) exportEmployers(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
	return s.table(ctx, in.Format, "employers", sheet.EmployerHeadings(), func(t sheet.Table) error {
		return s.service.ExportEmployers(ctx, func(e *matching.Employer) error { return t.Row(sheet.EmployerCells(e), e) })
	}), nil
}

func (s *server) exportApplications(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
	return s.table(ctx, in.Format, "applications", sheet.ApplicationHeadings(), func(t sheet.Table) error {
		return s.service.ExportApplications(ctx, func(a *matching.Application) error { return t.Row(sheet.ApplicationCells(a), a) })
	}), nil
}
