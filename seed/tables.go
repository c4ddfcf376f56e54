package seed

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// row is one row of a table. Its readers note the first value that does not read; eachRow reports it with the row's number.
type row struct {
	columns []string
	cells   []string
	fault   error
}

// text gives the cell of a column that must not be empty.
func (r *row) text(column string) string {
	s := r.maybe(column)
	if s == "" {
		r.blame(column, "is empty")
	}
	return s
}

// maybe gives the cell of a column, which may be empty.
func (r *row) maybe(column string) string {
	i := slices.Index(r.columns, column)
	if i < 0 {
		r.blame(column, "is no column of this table")
		return ""
	}
	return r.cells[i]
}

// list gives the items of a cell, none when it is empty.
func (r *row) list(column string) []string {
	s := r.maybe(column)
	if s == "" {
		return nil
	}
	items := strings.Split(s, "|")
	for _, item := range items {
		if item == "" || item != strings.TrimSpace(item) {
			r.blame(column, "has an empty item, or spaces around one")
		}
	}
	return items
}

// float gives a finite number.
func (r *row) float(column string) float64 {
	v, err := strconv.ParseFloat(r.text(column), 64)
	if err != nil || v-v != 0 {
		r.blame(column, "is not a number")
		return 0
	}
	return v
}

// whole gives a whole number of zero or more; an empty cell is 0.
func (r *row) whole(column string) int {
	s := r.maybe(column)
	if s == "" {
		return 0
	}
	v, err := strconv.Atoi(s)
	if err != nil || v < 0 {
		r.blame(column, "is not a whole number of zero or more")
	}
	return v
}

// date gives a day, at midnight UTC.
func (r *row) date(column string) time.Time {
	t, err := time.Parse(time.DateOnly, r.text(column))
	if err != nil {
		r.blame(column, "is not a date such as 2025-07-01")
	}
	return t
}

// oneOf gives a cell that must be one of the values.
func (r *row) oneOf(column string, values ...string) string {
	s := r.text(column)
	if !slices.Contains(values, s) {
		r.blame(column, "is none of "+strings.Join(values, ", "))
	}
	return s
}

func (r *row) blame(column, what string) {
	if r.fault == nil {
		r.fault = fmt.Errorf("column %s %s", column, what)
	}
}

// eachRow reads the table in a file, whose header must be exactly the columns, and visits its rows in order. An error names the
// file and the row as an editor counts lines, the header being 1.
func eachRow(files fs.FS, name string, columns []string, visit func(r *row) error) error {
	body, err := fs.ReadFile(files, name)
	if err != nil {
		return fmt.Errorf("reading a table: %w", err)
	}
	lines, err := linesOf(string(body))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if header := strings.Split(lines[0], "\t"); !slices.Equal(header, columns) {
		return fmt.Errorf("%s: row 1: the columns are %q, want %q", name, header, columns)
	}
	r := &row{columns: columns}
	for i, line := range lines[1:] {
		r.cells = strings.Split(line, "\t")
		if len(r.cells) != len(columns) {
			return fmt.Errorf("%s: row %d: has %d cells, want %d", name, i+2, len(r.cells), len(columns))
		}
		if err := visit(r); err != nil {
			return fmt.Errorf("%s: row %d: %w", name, i+2, err)
		}
		if r.fault != nil {
			return fmt.Errorf("%s: row %d: %w", name, i+2, r.fault)
		}
	}
	return nil
}

// linesOf splits a table into its lines: there are a header and at least one row, each ending in a bare newline.
func linesOf(body string) ([]string, error) {
	if !utf8.ValidString(body) {
		return nil, errors.New("is not UTF-8")
	}
	if strings.Contains(body, "\r") || strings.HasPrefix(body, "\ufeff") {
		return nil, errors.New("has carriage returns or a byte order mark")
	}
	rest, ok := strings.CutSuffix(body, "\n")
	lines := strings.Split(rest, "\n")
	if !ok || len(lines) < 2 {
		return nil, errors.New("has no rows, or no newline at its end")
	}
	return lines, nil
}
