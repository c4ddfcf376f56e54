package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"rabta/internal/fault"
	"rabta/matching/trades"
	"rabta/search"
	"rabta/seed"
)

// tradesCommand is rabta trades.
type tradesCommand struct {
	jsonFlag
	Query []string `arg:"" optional:"" name:"-|query" help:"What is looked for; - reads a query a line from standard input. Without it, every trade."`
}

// tradesRead is what a query means, as JSON.
type tradesRead struct {
	Query  string       `json:"query"`
	Trades []tradeMeant `json:"trades"` // best first; empty when the query names no trade
}

// tradeMeant is one trade that a query means.
type tradeMeant struct {
	Slug  string  `json:"slug"`
	ISCO  string  `json:"isco"`
	Score float64 `json:"score"`
}

// tradeKnown is one trade of the catalogue, as JSON.
type tradeKnown struct {
	Slug   string       `json:"slug"`
	ISCO   string       `json:"isco"`
	Sector string       `json:"sector"`
	Names  trades.Names `json:"names"`
}

// Run prints the catalogue, or the trades that queries mean.
func (t *tradesCommand) Run(c *call) error {
	ref, err := seed.Load()
	if err != nil {
		return err
	}
	query := strings.Join(t.Query, " ")
	if query == "" {
		return t.printAll(c, ref.Catalogue)
	}
	reader := search.NewReader(ref.Catalogue, ref.Gazetteer)
	out := bufio.NewWriter(c.stdout)
	if query != "-" {
		if err := t.printRead(out, reader, query); err != nil {
			return err
		}
		return flush(out)
	}
	return eachLine(c.stdin, func(line string, more bool) error {
		if err := t.printRead(out, reader, line); err != nil {
			return err
		}
		if more {
			return nil
		}
		return flush(out) // whoever sends a line and waits gets its answer
	}, out)
}

// longestLine bounds a line of queries; it is far longer than any query.
const longestLine = 1 << 20

// eachLine gives the lines of r one by one, and whether more has been read already; at the end it flushes.
func eachLine(r io.Reader, do func(line string, more bool) error, out *bufio.Writer) error {
	in := bufio.NewReaderSize(r, longestLine)
	for {
		text, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return &fault.Error{Kind: fault.TooLarge, Op: "rabta", Message: "A line of standard input is longer than a megabyte. Send one query a line."}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading standard input: %w", err)
		}
		if len(text) > 0 {
			if err := do(strings.TrimRight(string(text), "\r\n"), in.Buffered() > 0); err != nil {
				return err
			}
		}
		if err != nil {
			return flush(out)
		}
	}
}

func (t *tradesCommand) printRead(out *bufio.Writer, reader *search.Reader, query string) error {
	read := tradesRead{Query: query, Trades: []tradeMeant{}}
	for _, m := range reader.Read(query).Trades {
		read.Trades = append(read.Trades, tradeMeant{m.Slug, m.ISCO, m.Score})
	}
	if t.JSON {
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(read); err != nil {
			return fmt.Errorf("writing the results: %w", err)
		}
		return nil
	}
	shown := make([]string, 0, len(read.Trades))
	for _, m := range read.Trades {
		shown = append(shown, fmt.Sprintf("%s (%s) %.2f", m.Slug, m.ISCO, m.Score))
	}
	if len(shown) == 0 {
		shown = []string{"no trade"}
	}
	fmt.Fprintf(out, "%s: %s\n", query, strings.Join(shown, ", "))
	return nil
}

func (t *tradesCommand) printAll(c *call, catalogue *trades.Catalogue) error {
	known := make([]tradeKnown, 0, catalogue.Len())
	rows := make([][]string, 0, catalogue.Len())
	for _, trade := range catalogue.All() {
		known = append(known, tradeKnown{trade.Slug, trade.ISCO, trade.Sector, trade.Names})
		rows = append(rows, []string{trade.Slug, trade.ISCO, trade.Names.En, trade.Names.Ur})
	}
	if t.JSON {
		return printJSON(c.stdout, struct {
			Trades []tradeKnown `json:"trades"`
		}{known})
	}
	return printTable(c.stdout, rows)
}
