package api

import (
	"context"
	"io"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/internal/sheet"
	"rabta/matching/gaps"
)

// GapDate is the day that figures are of.
type GapDate struct {
	Date string `query:"date" example:"2026-11-22" maxLength:"10" doc:"A day; today when left out. Of an earlier day the figures are what the records of today tell of it"`
}

// day reads the date; nil is today.
func (d GapDate) day() (*time.Time, error) {
	if d.Date == "" {
		return nil, nil
	}
	day, err := time.Parse(time.DateOnly, d.Date)
	if err != nil {
		return nil, fault.Field("date", "A date is written as 2026-11-22. Send one so, or leave it out for today.")
	}
	return &day, nil
}

type gapsInput struct {
	GapDate
	Trade      string `query:"trade" maxLength:"80" example:"tailor" doc:"A trade's slug, a group of ISCO-08 such as isco-7 or isco-741, or all; each trade by itself when left out"`
	By         string `query:"by" maxLength:"20" default:"district" doc:"cell, tehsil, district, division, province or country"`
	Resolution int    `query:"resolution" doc:"Of cells of H3: 4 to 7; 6 when left out"`
	Bbox       string `query:"bbox" maxLength:"100" example:"71.2,29.9,71.8,30.5" doc:"West, south, east and north in degrees: only cells whose centre, and units whose seat, lies there"`
	Format     string `query:"format" enum:"json,csv,xlsx,geojson" default:"json"`
}

// GapList is figures by trade and place, as JSON. Suppressed figures are null.
type GapList struct {
	sheet.GapHead
	Rows []gaps.NamedRow `json:"rows" nullable:"false"`
}

// GapMap is figures as GeoJSON (RFC 7946): cells as hexagons, units as the point of their seat.
type GapMap struct {
	Type string `json:"type" enum:"FeatureCollection"`
	sheet.GapHead
	Features []sheet.Feature `json:"features" nullable:"false"`
}

func (s *server) registerGaps() {
	register(s, operation{id: "list-gaps", method: http.MethodGet, path: "/v1/gaps", tag: "Gaps", resident: true,
		streamed: reflect.TypeFor[GapList](), mapped: reflect.TypeFor[GapMap](),
		streams: []string{sheet.ContentType(sheet.CSV), sheet.ContentType(sheet.XLSX)},
		summary: "Where skills are short: people, vacancies and access, by trade and place",
		description: "All figures are of those registered with Rabta. Counts of people under 10 are null, and whatever they could be worked out from. " +
			"Each answer defines its figures. It says of when it is: of today a minute ago at the most, where the machine keeps up."}, s.listGaps)
	s.registerGapTables()
	s.nullable("WomenShare", "WomenLoss", "Geometry", "ComparedDay")
}

// nullable says of schemas that null may stand where they are asked for: huma takes a field that points at an object for one that is there.
func (s *server) nullable(schemas ...string) {
	for _, name := range schemas {
		s.api.OpenAPI().Components.Schemas.Map()[name].Nullable = true
	}
}

func (s *server) listGaps(ctx context.Context, in *gapsInput) (*huma.StreamResponse, error) {
	r := node.GapsRequest{Trade: in.Trade, By: in.By, Resolution: in.Resolution}
	var err error
	if r.Date, err = in.day(); err != nil {
		return nil, err
	}
	if in.Bbox != "" {
		box, err := geo.ParseBox(in.Bbox)
		if err != nil {
			return nil, err
		}
		r.Box = &box
	}
	answer, err := s.service.Gaps(ctx, r)
	if err != nil {
		return nil, err
	}
	return s.stream(callOf(ctx), sheet.ContentType(in.Format), fileName(in.Format, "gaps"), func(w io.Writer) error {
		return sheet.WriteGaps(w, in.Format, sheet.NewGapHead(answer.AsOf, answer.Day, answer.Level), answer.Rows())
	}), nil
}

// fileName gives the name under which an answer is kept: none for what is read at once.
func fileName(format, name string) string {
	if format == sheet.JSON {
		return ""
	}
	return name + "." + format
}
