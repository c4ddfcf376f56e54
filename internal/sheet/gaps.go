package sheet

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching/gaps"
)

// The formats of figures that are no tables of records.
const (
	JSON    = "json"
	GeoJSON = "geojson"
)

// GapFormats lists the formats that figures are written in.
var GapFormats = [...]string{JSON, CSV, XLSX, GeoJSON}

// GapHead stands with every answer of figures: of when they are and what they mean.
type GapHead struct {
	AsOf        time.Time         `json:"as_of" doc:"What the figures know of"`
	Date        string            `json:"date" doc:"The day that they are of"`
	By          gaps.Level        `json:"by,omitempty"`
	Registered  Registered        `json:"registered"`
	Definitions []gaps.Definition `json:"definitions" nullable:"false" doc:"Of each figure its unit, its meaning and where it comes from"`
}

// Registered says whom all figures are of.
type Registered struct {
	En string `json:"en"`
	Ur string `json:"ur"`
}

// NewGapHead makes the head of figures of a day, with the definitions of those named; of all when none is.
func NewGapHead(asOf, day time.Time, by gaps.Level, figures ...string) GapHead {
	h := GapHead{AsOf: asOf, Date: day.Format(time.DateOnly), By: by, Registered: Registered{gaps.RegisteredEn, gaps.RegisteredUr},
		Definitions: gaps.Definitions()}
	if len(figures) > 0 {
		h.Definitions = slices.DeleteFunc(h.Definitions, func(d gaps.Definition) bool { return !slices.Contains(figures, d.Name) })
	}
	return h
}

// WriteGaps writes figures in one of GapFormats, a row at a time. With a row comes the seat of its unit, nil where it has none.
func WriteGaps(w io.Writer, format string, head GapHead, rows iter.Seq2[gaps.NamedRow, *geo.Point]) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var err error
	switch format {
	case JSON:
		err = writeJSON(out, head, "rows", func(yield func(any) bool) {
			for r := range rows {
				if !yield(r) {
					return
				}
			}
		})
	case GeoJSON:
		err = writeJSON(out, collection{Type: "FeatureCollection", GapHead: head}, "features", func(yield func(any) bool) {
			for r, at := range rows {
				if !yield(featureOf(r, at)) {
					return
				}
			}
		})
	case CSV, XLSX:
		err = writeGapTable(out, format, head, rows)
	default:
		return fault.Field("format", "Send one of: json, csv, xlsx, geojson.", GapFormats[:]...)
	}
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the figures: %w", err)
	}
	return nil
}

// writeJSON writes an object whose last field is a list that comes one by one.
func writeJSON(w *bufio.Writer, head any, field string, items iter.Seq[any]) error {
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	_, _ = w.Write(text[:len(text)-1]) // a buffer's error comes back when it is flushed
	fmt.Fprintf(w, ",%q:[", field)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	first := true
	for item := range items {
		if !first {
			_ = w.WriteByte(',')
		}
		first = false
		if err := enc.Encode(item); err != nil {
			return err
		}
	}
	_, err = w.WriteString("]}\n")
	return err
}

// collection is the head of a FeatureCollection of RFC 7946, with what stands with the figures as foreign members.
type collection struct {
	Type string `json:"type"`
	GapHead
}

// Feature is one row on the map; its geometry is null where it is of no place.
type Feature struct {
	Type       string        `json:"type"`
	ID         string        `json:"id"`
	Geometry   *Geometry     `json:"geometry"`
	Properties gaps.NamedRow `json:"properties"`
}

// Geometry is a Polygon or a Point.
type Geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// position is longitude and latitude.
type position [2]json.Number

// featureOf gives a cell as its hexagon, a unit as the point of its seat, and what is of no place without a geometry.
func featureOf(r gaps.NamedRow, at *geo.Point) Feature {
	f := Feature{Type: "Feature", ID: r.Group + "/" + r.Place + r.Cell, Properties: r}
	if at != nil {
		f.Geometry = &Geometry{"Point", position{degrees(at.Lon), degrees(at.Lat)}}
	}
	if cell, err := geo.ParseCell(r.Cell); r.Cell != "" && err == nil {
		f.Geometry = &Geometry{"Polygon", [][]position{ring(cell)}}
	}
	return f
}

// ring gives the rim of a cell as RFC 7946 wants it: longitude first, counterclockwise, closed.
func ring(c geo.Cell) []position {
	rim := c.Boundary()
	around := make([]position, 0, len(rim)+1)
	for _, p := range rim {
		around = append(around, position{degrees(p.Lon), degrees(p.Lat)})
	}
	return append(around, around[0])
}

// degrees keeps six digits, some ten centimetres.
func degrees(x float64) json.Number { return json.Number(fmt.Sprintf("%.6f", x)) }

// GapHeadings are the columns of figures as a table. Figures of women say in columns of their own which place and group they are of.
func GapHeadings() []string {
	headings := strings.Fields("trade level place cell name_en name_ur supply supply_other_trades demand postings reposts person_days employers tightness " +
		"access access_decay access_shared people_per_vacancy people_per_vacancy_decay without_work_in_reach waiting_90_days unfilled_14_days " +
		"unfilled_30_days unfilled_60_days median_days_to_fill pay_offered pay_asked matched interviewed hired")
	for _, stage := range []string{"searching", "matched", "interviewed", "hired"} {
		headings = append(headings, "women_"+stage+"_share", "women_"+stage, "women_"+stage+"_of", "women_"+stage+"_place")
	}
	return append(headings, strings.Fields("women_lost_full women_lost women_lost_distance women_lost_transport women_lost_conditions women_lost_place "+
		"date as_of registered")...)
}

// gapCells are a row's cells under GapHeadings.
func gapCells(head *GapHead, r *gaps.NamedRow) []any {
	cells := []any{r.Group, string(r.Level), r.Place, r.Cell, r.NameEn, r.NameUr, told(r.Supply), told(r.Others), r.Demand, r.Postings, r.Reposts, r.Days,
		r.Employers, told(r.Tightness), told(r.Access), told(r.AccessDecay), told(r.AccessShared), told(r.Pressure), told(r.PressureNear), told(r.Unreached),
		told(r.Waiting90), told(r.Unfilled14), told(r.Unfilled30), told(r.Unfilled60), told(r.FillDays), told(r.PayOffered), told(r.PayAsked),
		told(r.Matched), told(r.Interviewed), told(r.Hired)}
	for _, s := range []*gaps.WomenShare{r.Women.Searching, r.Women.Matched, r.Women.Interviewed, r.Women.Hired} {
		if s == nil {
			cells = append(cells, nil, nil, nil, nil)
			continue
		}
		cells = append(cells, s.Share, s.Women, s.Of, string(s.Level)+" "+s.Place)
	}
	if l := r.Women.Lost; l == nil {
		cells = append(cells, nil, nil, nil, nil, nil, nil)
	} else {
		cells = append(cells, l.Full, l.Lost, l.Distance, l.Transport, l.Conditions, string(l.Level)+" "+l.Place)
	}
	return append(cells, head.Date, moment(head.AsOf), head.Registered.En+" / "+head.Registered.Ur)
}

// told gives a figure, or an empty cell for one that is suppressed.
func told[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}

// writeGapTable writes the rows as a table; a workbook has a second sheet that says what the columns mean.
func writeGapTable(w io.Writer, format string, head GapHead, rows iter.Seq2[gaps.NamedRow, *geo.Point]) error {
	t, err := NewTable(format, w, GapHeadings())
	if err != nil {
		return err
	}
	for r := range rows {
		if err := t.Row(gapCells(&head, &r), nil); err != nil {
			return err
		}
	}
	if book, ok := t.(*workbook); ok {
		if err := book.definitions(head.Definitions); err != nil {
			return err
		}
	}
	return t.Close()
}

// definitions adds a sheet of what each column means.
func (t *workbook) definitions(all []gaps.Definition) error {
	t.headings = []any{"name", "unit", "meaning", "source"}
	if err := t.begin(); err != nil {
		return err
	}
	for _, d := range all {
		if err := t.Row([]any{d.Name, d.Unit, d.Meaning, d.Source}, nil); err != nil {
			return err
		}
	}
	return nil
}
