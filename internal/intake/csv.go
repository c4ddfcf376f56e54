package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"rabta/internal/fault"
)

const (
	// maxQuotedLines bounds how many lines a quoted cell may run over: past them a quote was forgotten.
	maxQuotedLines = 40
	// maxBroken is after how many forgotten quotes no cell is let run over lines any more, so that a hostile file costs no more than another.
	maxBroken = 1_000
)

// csvTable reads a table whose cells are parted by commas, semicolons or tabs. Rows are those of encoding/csv, with three
// differences: a quote inside an unquoted cell is a letter; a row that cannot be read is a fault of its first line, and the next
// line is read as a row again; and a row is bounded. Rows are counted as a spreadsheet shows them: a cell of several lines is one row.
type csvTable struct {
	source     io.Reader
	left       *io.LimitedReader
	most       int64 // bytes that left began with
	comma      byte
	eol        byte
	letters    letters
	buf        []byte
	start, end int
	failed     error // of source, io.EOF at its end
	row        int
	width      int // of the headings, once they are known; a row of several lines has to have as many
	broken     int
	cells      []string
}

// next gives the next row that is not blank.
func (t *csvTable) next() (tableRow, error) {
	for {
		record, bad, err := t.record()
		if err != nil {
			return tableRow{}, err
		}
		t.row++
		if bad != nil {
			bad.Row = t.row
			return tableRow{row: t.row, bad: bad}, nil
		}
		if len(bytes.TrimSpace(record)) == 0 {
			continue
		}
		text, bad := t.letters.read(record)
		if bad != nil {
			bad.Row = t.row
			return tableRow{row: t.row, bad: bad}, nil
		}
		t.cells = partInto(t.cells[:0], text, t.comma)
		if isBlank(t.cells) {
			continue
		}
		return tableRow{row: t.row, cells: t.cells}, nil
	}
}

// record gives the bytes of the next row without its end; they are valid until the next call.
func (t *csvTable) record() ([]byte, *RowFault, error) {
	for {
		window := t.buf[t.start:t.end]
		length, next, found := t.cut(window)
		switch {
		case found == wholeRecord:
			t.start += next
			return trimReturn(window[:length]), nil, nil
		case found == brokenQuote:
			t.broken++
			t.start += next
			return nil, &RowFault{Found: "an opening quote without its end", Expected: "quotes in pairs: a cell that begins with one ends with one",
				ExpectedUr: "واوین کا جوڑا: جو خانہ واوین سے شروع ہو وہ واوین پر ختم ہو"}, nil
		case len(window) > maxLine:
			return nil, tooLong(), t.skipLine()
		case t.failed != nil && !errors.Is(t.failed, io.EOF):
			return nil, nil, t.failed
		case t.failed != nil && len(window) == 0:
			return nil, nil, io.EOF
		}
		t.fill()
	}
}

func tooLong() *RowFault {
	return &RowFault{Found: fmt.Sprintf("more than %d bytes", maxLine), Expected: fmt.Sprintf("a row of at most %d bytes", maxLine),
		ExpectedUr: fmt.Sprintf("زیادہ سے زیادہ %d بائٹ کی سطر", maxLine)}
}

// What cut finds at the start of a window.
type cutting uint8

const (
	needsMore cutting = iota
	wholeRecord
	brokenQuote
)

// cut finds the row at the start of a window: its length, and where the next one starts. Of a row with a forgotten quote the next one
// starts on the next line.
func (t *csvTable) cut(window []byte) (length, next int, found cutting) {
	ended := t.failed != nil
	line := bytes.IndexByte(window, t.eol)
	if line < 0 && !ended {
		return 0, 0, needsMore
	}
	after := line + 1
	if line < 0 {
		line, after = len(window), len(window)
	}
	if after == 0 || len(window) == 0 {
		return 0, 0, needsMore
	}
	if line > maxLine {
		return 0, 0, needsMore
	}
	if bytes.IndexByte(window[:line], '"') < 0 {
		return line, after, wholeRecord
	}
	length, found = t.quoted(window, ended)
	switch {
	case found == brokenQuote:
		return 0, after, brokenQuote
	case found == needsMore && (ended || len(window) > maxLine):
		return 0, after, brokenQuote
	case found == needsMore:
		return 0, 0, needsMore
	case length > line && t.width > 0 && len(partInto(nil, string(window[:length]), t.comma)) != t.width:
		return 0, after, brokenQuote // it swallowed rows up to another quote
	}
	return length, min(length+1, len(window)), wholeRecord
}

// quoted finds the end of a row that has quotes.
func (t *csvTable) quoted(window []byte, ended bool) (length int, found cutting) {
	lines, inside, atStart := 0, false, true
	for i := 0; i < len(window); i++ {
		switch c := window[i]; {
		case inside && c == '"':
			if i+1 < len(window) && window[i+1] == '"' {
				i++
				continue
			}
			inside = false
			rest := bytes.TrimLeft(window[i+1:], " \r")
			if len(rest) == 0 && !ended {
				return 0, needsMore
			}
			if len(rest) > 0 && rest[0] != t.comma && rest[0] != t.eol {
				return 0, brokenQuote
			}
		case inside:
			if c == t.eol {
				if lines++; lines > maxQuotedLines || t.broken > maxBroken {
					return 0, brokenQuote
				}
			}
		case c == '"' && atStart:
			inside = true
		case c == t.comma:
			atStart = true
			continue
		case c == t.eol:
			return i, wholeRecord
		case c == ' ' && atStart:
			continue
		}
		atStart = false
	}
	if inside || !ended {
		return 0, needsMore
	}
	return len(window), wholeRecord
}

// fill reads on.
func (t *csvTable) fill() {
	if t.start > 0 {
		t.end = copy(t.buf, t.buf[t.start:t.end])
		t.start = 0
	}
	n, err := t.source.Read(t.buf[t.end:])
	t.end += n
	if t.left != nil && t.left.N <= 0 {
		err = fault.New(fault.TooLarge, "intake.read", fmt.Sprintf("The file holds more than %d MB once unpacked. Part it into several files.", t.most>>20))
	} else if err != nil && !errors.Is(err, io.EOF) {
		err = broken("intake.read", err)
	}
	t.failed = err
}

// skipLine goes past the rest of a line that is too long.
func (t *csvTable) skipLine() error {
	for {
		if i := bytes.IndexByte(t.buf[t.start:t.end], t.eol); i >= 0 {
			t.start += i + 1
			return nil
		}
		t.start = t.end
		if errors.Is(t.failed, io.EOF) {
			return nil
		}
		if t.failed != nil {
			return t.failed
		}
		t.fill()
	}
}

func trimReturn(record []byte) []byte { return bytes.TrimSuffix(record, []byte("\r")) }

// partInto parts the text of a row into its cells, which share its memory.
func partInto(cells []string, text string, comma byte) []string {
	for {
		trimmed := strings.TrimLeft(text, " ")
		if !strings.HasPrefix(trimmed, `"`) {
			i := strings.IndexByte(text, comma)
			if i < 0 {
				return append(cells, text)
			}
			cells, text = append(cells, text[:i]), text[i+1:]
			continue
		}
		cell, rest := unquoted(trimmed[1:])
		cells = append(cells, cell)
		i := strings.IndexByte(rest, comma)
		if i < 0 {
			return cells
		}
		text = rest[i+1:]
	}
}

// unquoted gives the content of a quoted cell, from after its first quote, and what follows its last.
func unquoted(text string) (cell, rest string) {
	end := strings.IndexByte(text, '"')
	if end < 0 {
		return text, ""
	}
	if end+1 == len(text) || text[end+1] != '"' {
		return text[:end], text[end+1:]
	}
	var b strings.Builder
	for {
		b.WriteString(text[:end])
		text = text[end+1:]
		if !strings.HasPrefix(text, `"`) {
			return b.String(), text
		}
		b.WriteByte('"')
		text = text[1:]
		if end = strings.IndexByte(text, '"'); end < 0 {
			return b.String() + text, ""
		}
	}
}

// letters turns the bytes of rows into text. A row that is no UTF-8 is read as Windows-1256, in which Excel writes Urdu as CSV, unless
// the file has shown to be in UTF-8.
type letters struct {
	utf8   bool // letters of UTF-8 beyond ASCII were seen
	legacy bool // letters of Windows-1256 were seen first
}

func (l *letters) read(record []byte) (string, *RowFault) {
	if bytes.IndexByte(record, 0) >= 0 {
		return "", &RowFault{Found: "a zero byte", Expected: "text without zero bytes", ExpectedUr: "صفر بائٹ کے بغیر عبارت"}
	}
	if utf8.Valid(record) {
		text := string(record)
		l.utf8 = l.utf8 || !l.legacy && !isASCII(text)
		return text, nil
	}
	if l.utf8 {
		return "", &RowFault{Found: "letters that are no UTF-8", Expected: "text in UTF-8", ExpectedUr: "یونیکوڈ (UTF-8) میں عبارت"}
	}
	l.legacy = true
	text, err := charmap.Windows1256.NewDecoder().Bytes(record)
	if err != nil {
		return "", &RowFault{Found: "letters that are no UTF-8", Expected: "text in UTF-8", ExpectedUr: "یونیکوڈ (UTF-8) میں عبارت"}
	}
	return string(text), nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
