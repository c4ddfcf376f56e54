package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"rabta/internal/report"
)

type districtReportInput struct {
	GapDate
	District string `query:"district" required:"true" minLength:"1" maxLength:"80" example:"Khuzdar" doc:"A district's name in any script, or its id"`
	Lang     string `query:"lang" enum:"en,ur" default:"en" doc:"Language of the report"`
}

// reportType is what a report is sent as.
const reportType = "text/html; charset=utf-8"

func (s *server) registerDistrictReport() {
	register(s, operation{id: "district-report", method: http.MethodGet, path: "/v1/gaps/report", tag: "Gaps", costly: true, streams: []string{reportType},
		summary: "A district's skills and work on two printed pages",
		description: "A page of HTML that prints on two of A4, for a meeting of programme staff: a map, charts, the table of trades, advice in sentences, " +
			"what is not shown and why, and what each figure means. It needs no network. All figures are of those registered with Rabta."},
		s.districtReport)
}

func (s *server) districtReport(ctx context.Context, in *districtReportInput) (*huma.StreamResponse, error) {
	date, err := in.day()
	if err != nil {
		return nil, err
	}
	d, err := s.service.GapReport(ctx, in.District, date)
	if err != nil {
		return nil, err
	}
	stream := s.stream(callOf(ctx), reportType, "", func(w io.Writer) error { return report.Write(w, d, in.Lang) })
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Security-Policy", "default-src 'none'; style-src '"+report.StyleDigest()+"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		stream.Body(ctx)
	}}, nil
}
