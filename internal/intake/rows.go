package intake

import (
	"context"
	"errors"
	"io"
	"strings"

	"rabta/internal/fault"
)

// tableRow is one row of a table, as text. The cells are valid until the next row is read.
type tableRow struct {
	row   int // as a person sees it, from 1
	cells []string
	bad   *RowFault // the row could not be parted into cells
}

// table gives the rows of a file or of a sheet in order, then io.EOF. Blank rows are counted and left out.
type table interface {
	next() (tableRow, error)
}

const (
	// headingRows is within how many rows the headings are looked for: above them stand the institute's name, its address, a date.
	headingRows = 25
	// maxColumns bounds a row; the widest roster seen has 60.
	maxColumns = 256
	// pulse is after how many rows a reading looks whether it is still wanted.
	pulse = 256
)

// sheet is a table whose headings were found, with the rows that were read while looking for them.
type sheet struct {
	table  table
	layout *layout
	read   []tableRow
}

// openSheet reads the beginning of a table and finds its headings there. The layout is nil where none of the rows has any.
func openSheet(n *noun, t table) (*sheet, error) {
	s := &sheet{table: t}
	for len(s.read) < headingRows {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		row.cells = append([]string(nil), row.cells...)
		s.read = append(s.read, row)
	}
	s.layout = n.layoutOf(s.read)
	if s.layout != nil {
		s.read = s.read[s.layout.rows:]
	}
	return s, nil
}

// next gives the rows under the headings.
func (s *sheet) next() (tableRow, error) {
	if len(s.read) > 0 {
		row := s.read[0]
		s.read = s.read[1:]
		return row, nil
	}
	return s.table.next()
}

// each opens a file and calls head for its headings and then visit for each row under them, until that says false.
func (n *noun) each(ctx context.Context, r io.Reader, head func(*layout) bool, visit func(tableRow) bool) error {
	s, done, err := n.open(r)
	if err != nil {
		return err
	}
	defer done()
	if err := s.layout.check(); err != nil {
		return err
	}
	if !head(s.layout) {
		return nil
	}
	for i := 1; ; i++ {
		row, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if i%pulse == 0 && ctx.Err() != nil {
			return fault.Wrap("intake.read", ctx.Err())
		}
		if row.bad == nil && s.layout.repeats(row.cells) {
			continue
		}
		if !visit(row) {
			return nil
		}
	}
}

// noHeadings says that a file has no row that can be one of headings.
func (n *noun) noHeadings() error {
	return &fault.Error{Kind: fault.Malformed, Op: n.op,
		Message:   "No row of headings was found within the first 25 rows. Put one above the " + n.what + ", with at least " + n.least + ".",
		MessageUr: "پہلی 25 سطروں میں کالموں کے عنوان نہیں ملے۔ ہر کالم کے اوپر اس کا عنوان لکھیں، کم از کم: " + n.leastUr + "۔"}
}

// isBlank tells whether nothing stands in any cell.
func isBlank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
