package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/search"
)

// listing is what search and match print as JSON. Other programs read it: a key, once here, stays.
type listing struct {
	AsOf       time.Time          `json:"as_of"`
	Total      int                `json:"total"`
	Reach      node.Reach         `json:"reach"`
	Results    []result           `json:"results"`
	Understood *search.Understood `json:"understood,omitempty"`
	Next       string             `json:"next,omitempty"`
}

// result is one line of a listing. The distance is null for what is remote or measured from nowhere.
type result struct {
	ID       matching.ID    `json:"id"`
	Trade    string         `json:"trade"`
	ISCO     string         `json:"isco"`
	Kind     *matching.Kind `json:"kind"`
	Distance *float64       `json:"distance_m"`
	Score    float64        `json:"score"`
	Why      string         `json:"why"`
	Terms    node.Terms     `json:"terms,omitempty"`
}

func resultsOf(found []node.Found) []result {
	list := make([]result, 0, len(found))
	for _, f := range found {
		list = append(list, result{f.ID, f.Trade, f.ISCO, orNull(f.Kind), f.Distance, f.Score, f.Why, f.Terms})
	}
	return list
}

// orNull makes the zero value null in JSON.
func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// printJSON writes v as one line of JSON.
func printJSON(w io.Writer, v any) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	return flush(out)
}

func flush(out *bufio.Writer) error {
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	return nil
}

// page is a list of results made ready for a person.
type page struct {
	total int
	noun  string // what is listed: posting, match, candidate
	words *pageWords
	reach node.Reach
	asOf  time.Time
	rows  [][]string // cells of one line for each result
	why   []string   // the sentence under it; empty for none
	next  string
}

// print writes the page as a table, with the ladder of reach under it.
func (p *page) print(to io.Writer) error {
	out := bufio.NewWriter(to)
	w := p.words
	noun := w.nouns[p.noun][1]
	if p.total == 1 {
		noun = w.nouns[p.noun][0]
	}
	fmt.Fprintln(out, w.fill(w.heading, grouped(int64(p.total)), noun, w.apart(p.asOf.UTC().Format(time.RFC3339))))
	if place := p.reach.Place; place != nil && place.Asked != "" {
		fmt.Fprintln(out, w.fill(w.taken, place.Name, strconv.Quote(place.Asked)))
	}
	if p.reach.Note != "" {
		fmt.Fprintln(out, p.reach.Note)
	}
	widths := columnWidths(p.rows)
	for i, row := range p.rows {
		writeRow(out, row, widths)
		if p.why[i] != "" {
			fmt.Fprintf(out, "    %s\n", p.why[i])
		}
	}
	if ladder := w.ladder(p.reach); ladder != "" {
		fmt.Fprintln(out, ladder)
	}
	if p.next != "" {
		fmt.Fprintln(out, w.fill(w.more, "--cursor "+p.next))
	}
	return flush(out)
}

// columnWidths gives the width in letters of each column.
func columnWidths(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

// writeRow writes cells padded to their columns, the last one excepted.
func writeRow(out io.Writer, row []string, widths []int) {
	for i, cell := range row {
		if i == len(row)-1 {
			fmt.Fprintln(out, cell)
			break
		}
		fmt.Fprint(out, cell, strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
	}
}

// printTable writes rows under a heading.
func printTable(w io.Writer, rows [][]string) error {
	out := bufio.NewWriter(w)
	widths := columnWidths(rows)
	for _, row := range rows {
		writeRow(out, row, widths)
	}
	return flush(out)
}
