// Package sheet writes tables of records as others read them: CSV, XLSX and JSON lines. It holds one row at a time, and writes no cell
// that a spreadsheet would run as a formula. It is what internal/intake is for reading; it may import matching and no store.
package sheet

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"rabta/internal/fault"
)

// The formats.
const (
	CSV   = "csv"
	JSONL = "jsonl"
	XLSX  = "xlsx"
)

// Formats lists them.
var Formats = [...]string{CSV, JSONL, XLSX}

// ContentType gives the media type of a format.
func ContentType(format string) string {
	switch format {
	case CSV:
		return "text/csv; charset=utf-8"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case JSON:
		return "application/json"
	case GeoJSON:
		return "application/geo+json"
	}
	return "application/jsonl; charset=utf-8"
}

// Table writes rows under headings.
type Table interface {
	// Row writes a row: its cells under the headings, or its record where the format has records.
	Row(cells []any, record any) error

	// Close writes what is left. The table is whole only once it has returned without an error.
	Close() error
}

// NewTable begins a table of a format; another than Formats is a fault.Invalid.
func NewTable(format string, w io.Writer, headings []string) (Table, error) {
	switch format {
	case CSV:
		t := &csvTable{csv.NewWriter(w)}
		return t, t.csv.Write(headings)
	case JSONL:
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return &jsonTable{enc}, nil
	case XLSX:
		return newWorkbook(w, headings)
	}
	return nil, fault.Field("format", "Send one of: csv, jsonl, xlsx.", Formats[:]...)
}

// Write writes a whole table that fill fills, by a buffer of its own.
func Write(w io.Writer, format string, headings []string, fill func(Table) error) error {
	out := bufio.NewWriterSize(w, 64<<10)
	t, err := NewTable(format, out, headings)
	if err != nil {
		return err
	}
	if err := fill(t); err != nil {
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

// harmless puts an apostrophe before a text that a spreadsheet would run as a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

type csvTable struct{ csv *csv.Writer }

// Row writes the cells.
func (t *csvTable) Row(cells []any, _ any) error {
	line := make([]string, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case nil:
		case string:
			line[i] = harmless(c)
		default:
			line[i] = fmt.Sprint(c)
		}
	}
	return t.csv.Write(line)
}

// Close flushes.
func (t *csvTable) Close() error {
	t.csv.Flush()
	return t.csv.Error()
}

type jsonTable struct{ enc *json.Encoder }

// Row writes the record on a line.
func (t *jsonTable) Row(_ []any, record any) error { return t.enc.Encode(record) }

// Close has nothing left to write.
func (t *jsonTable) Close() error { return nil }

// sheetRows is how many rows a sheet holds, headings counted; a longer table goes on in another one.
const sheetRows = 1_048_576

// workbook writes a workbook row by row. The library gathers a long sheet in a temporary file, which it removes.
type workbook struct {
	w        io.Writer
	file     *excelize.File
	stream   *excelize.StreamWriter
	headings []any
	sheets   int
	row      int
}

func newWorkbook(w io.Writer, headings []string) (*workbook, error) {
	t := &workbook{w: w, file: excelize.NewFile()}
	for _, h := range headings {
		t.headings = append(t.headings, h)
	}
	return t, t.begin()
}

// begin begins the next sheet.
func (t *workbook) begin() (err error) {
	t.sheets++
	name := fmt.Sprintf("Sheet%d", t.sheets)
	if t.sheets > 1 {
		if err := t.stream.Flush(); err != nil {
			return err
		}
		if _, err := t.file.NewSheet(name); err != nil {
			return err
		}
	}
	if t.stream, err = t.file.NewStreamWriter(name); err != nil {
		return err
	}
	t.row = 1
	return t.stream.SetRow("A1", t.headings)
}

// Row writes the cells.
func (t *workbook) Row(cells []any, _ any) error {
	if t.row == sheetRows {
		if err := t.begin(); err != nil {
			return err
		}
	}
	t.row++
	at, err := excelize.CoordinatesToCellName(1, t.row)
	if err != nil {
		return err
	}
	row := make([]any, len(cells))
	for i, c := range cells {
		if s, ok := c.(string); ok {
			c = harmless(s)
		}
		row[i] = c
	}
	return t.stream.SetRow(at, row)
}

// Close writes the workbook out.
func (t *workbook) Close() error {
	if err := t.stream.Flush(); err != nil {
		return err
	}
	_, err := t.file.WriteTo(t.w)
	if closeErr := t.file.Close(); err == nil {
		err = closeErr
	}
	return err
}
