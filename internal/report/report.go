// Package report writes what is known of a district's skills and work on two printed pages, in English or in Urdu, for a meeting of
// programme staff: a map, charts, the table of trades, advice in sentences, what is not shown and why, and what each figure means.
// It shows what matching/gaps has published and computes no figure of its own. The page needs no script and nothing from the network.
package report

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching/gaps"
	"rabta/matching/trades"
)

// District is what a report tells. All figures are of people and postings registered with Rabta, and published: what is nil is not shown.
type District struct {
	ID    string      `json:"id"`
	Names geo.Names   `json:"names"`
	Above []geo.Names `json:"above"` // what holds the district, the smallest first
	Day   time.Time   `json:"day"`   // of the figures

	Whole    *gaps.Row     `json:"whole"`    // all trades in the district; nil where nothing is registered
	Province *gaps.Row     `json:"province"` // all trades in its province, to compare
	Trades   []Trade       `json:"trades"`   // in any order
	Trend    *gaps.Trend   `json:"trend"`    // of all trades in the district; nil without one
	Balance  *gaps.Balance `json:"balance"`  // of all trades in the district over its tehsils

	Training []gaps.Training   `json:"training"` // of the district, the best first; so the next two
	Moves    []gaps.MoveDemand `json:"move_demand"`
	Vans     []gaps.Van        `json:"add_transport"`
	Outcomes []gaps.Outcome    `json:"outcomes"` // of institutes in the district

	Hexagons []Hexagon            `json:"hexagons"` // that the district consists of, of one resolution
	Towns    []Town               `json:"towns"`    // seats within it, the most important first
	Places   map[string]geo.Names `json:"places"`   // of units, by id, that a figure may be of
}

// Trade is one trade of the table.
type Trade struct {
	Names trades.Names `json:"names"`
	Row   gaps.Row     `json:"row"`
}

// Hexagon is a cell of the map.
type Hexagon struct {
	Cell     geo.Cell   `json:"cell"`
	Access   *float64   `json:"access"`    // vacancies in reach a person: of the cell, else of the unit around it
	AccessOf gaps.Level `json:"access_of"` // whose access it is; empty when it is nil
	Demand   int64      `json:"demand"`    // vacancies in the cell itself
}

// Town is a place that the map names.
type Town struct {
	Names geo.Names `json:"names"`
	At    geo.Point `json:"at"`
}

// The languages of a report.
const (
	English = "en"
	Urdu    = "ur"
)

// Write writes the report as one page of HTML that prints on two of A4. Another language than en and ur is a fault.Invalid.
func Write(w io.Writer, d *District, lang string) error {
	texts, ok := languages[lang]
	if !ok {
		return fault.Field("lang", "A report is written in English or in Urdu: send lang=en or lang=ur.", English, Urdu)
	}
	return fault.Wrap("report.Write", page.Execute(w, newView(d, texts)))
}

// StyleDigest is the page's style as a content security policy names it: a server allows that style alone.
func StyleDigest() string {
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
