// Package intake reads the files that others give us, row by row: tables of places, rosters of graduates, lists of postings. It recognises
// their layout, turns each row into one of our records or says what is wrong with it, and never lets one bad row stop the good ones. It
// holds one row at a time (a workbook as a whole) and stores nothing: internal/node does. It may import everything but node, api and cmd.
package intake

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"rabta/internal/fault"
)

// RowFault says what is wrong with one row.
type RowFault struct {
	Row        int    `json:"row"`                   // as the person sees it: the line of a text, the row of a sheet, from 1, headings counted
	Column     string `json:"column,omitempty"`      // as the file calls it; empty when it is the row as a whole
	Found      string `json:"found,omitempty"`       // what stands there, at most 60 letters of it; of personal columns only how long it is
	Expected   string `json:"expected"`              // what would be right
	ExpectedUr string `json:"expected_ur,omitempty"` // the same in Urdu
	Kept       bool   `json:"kept,omitempty"`        // the row was taken, without this value
}

// String gives the fault in one line, for a person.
func (f RowFault) String() string {
	s := fmt.Sprintf("row %d", f.Row)
	if f.Column != "" {
		s += ", " + f.Column
	}
	if f.Found != "" {
		s += fmt.Sprintf(": %q", f.Found)
	}
	s += ": expected " + f.Expected
	if f.Kept {
		s += " (the row was taken without it)"
	}
	return s
}

// Urdu gives the fault in one line of Urdu.
func (f RowFault) Urdu() string {
	s := fmt.Sprintf("سطر %d", f.Row)
	if f.Column != "" {
		s += "، " + f.Column
	}
	if f.Found != "" {
		s += fmt.Sprintf(": «%s»", f.Found)
	}
	s += "۔ یہاں یہ ہونا چاہیے: " + cmp.Or(f.ExpectedUr, f.Expected)
	if f.Kept {
		s += " (باقی سطر لے لی گئی)"
	}
	return s
}

const (
	// maxFound bounds, in letters, how much of a value a fault repeats: enough to find it, too little to leak a record.
	maxFound = 60
	// maxLine bounds a row in bytes. GeoNames' longest, with 10,000 letters of other names, fits.
	maxLine = 64 << 10
	// maxInflated bounds what a file may hold once unpacked: ten times a full dump of Pakistan.
	maxInflated = 256 << 20
)

// shown makes a value fit to be repeated in a fault: short, valid and on one line.
func shown(s string) string {
	if len(s) > utf8.UTFMax*maxFound {
		s = s[:utf8.UTFMax*maxFound]
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	letters := []rune(longNumber.ReplaceAllString(s, "(a long number)"))
	if len(letters) > maxFound {
		letters = letters[:maxFound]
	}
	return string(letters)
}

// longNumber is a run of nine digits or more, as a phone or an identity card has: where one slipped into a column that is no person's, it
// is not repeated.
var longNumber = regexp.MustCompile(`[0-9۰-۹٠-٩](?:[ -]?[0-9۰-۹٠-٩]){8,}`)

// lines reads a table line by line, unpacking gzip, within the bounds.
type lines struct {
	in   *bufio.Reader
	left *io.LimitedReader
	row  int // of the line that was read last, from 1
}

var (
	gzipMagic  = []byte{0x1f, 0x8b}
	zipMagic   = []byte("PK\x03\x04")
	utf16Marks = [][]byte{{0xff, 0xfe}, {0xfe, 0xff}}
	utf8Mark   = []byte("\uFEFF")
)

// newLines looks at how the file begins and makes ready to read it.
func newLines(r io.Reader) (*lines, error) {
	const op = "intake.open"
	plain, err := unpacked(r)
	if err != nil {
		return nil, err
	}
	left := &io.LimitedReader{R: plain, N: maxInflated + 1}
	l := &lines{in: bufio.NewReaderSize(left, maxLine), left: left}
	start, err := l.in.Peek(len(zipMagic))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, broken(op, err)
	}
	if bytes.HasPrefix(start, zipMagic) {
		return nil, fault.New(fault.Malformed, op, "This is a zip archive. Unpack it and give the table that is in it, plain or gzipped.")
	}
	for _, mark := range utf16Marks {
		if bytes.HasPrefix(start, mark) {
			return nil, fault.New(fault.Malformed, op, "This file is in UTF-16. Save it as UTF-8 and give it again.")
		}
	}
	if bytes.HasPrefix(start, utf8Mark) {
		if _, err := l.in.Discard(len(utf8Mark)); err != nil {
			return nil, broken(op, err)
		}
	}
	return l, nil
}

// unpacked gives what a file holds: of a gzipped one its content.
func unpacked(r io.Reader) (io.Reader, error) {
	const op = "intake.open"
	raw := bufio.NewReader(r)
	start, err := raw.Peek(len(gzipMagic))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fault.Wrap(op, err)
	}
	if !bytes.HasPrefix(start, gzipMagic) {
		return raw, nil
	}
	plain, err := gzip.NewReader(raw)
	if err != nil {
		return nil, broken(op, err)
	}
	return plain, nil
}

// broken says that the file ends or turns to nonsense in its middle; what came before it was read.
func broken(op string, err error) error {
	if kind := fault.KindOf(err); kind != fault.Internal {
		return fault.Wrap(op, err)
	}
	_, isCorrupt := errors.AsType[flate.CorruptInputError](err)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || isCorrupt {
		return &fault.Error{Kind: fault.Malformed, Op: op, Err: err,
			Message: "The file is damaged or was cut off. Fetch it again and give the whole of it."}
	}
	return fault.Wrap(op, err)
}

// next reads a line, without its end. long is true for a line past maxLine, of which text is the beginning. text is valid until the
// next call. The error is io.EOF after the last line.
func (l *lines) next() (text []byte, long bool, err error) {
	const op = "intake.read"
	text, err = l.in.ReadSlice('\n')
	if l.left.N <= 0 {
		return nil, false, fault.New(fault.TooLarge, op,
			fmt.Sprintf("The file holds more than %d MB once unpacked. Give one country's table, not the world's.", maxInflated>>20))
	}
	if len(text) > 0 {
		l.row++
	}
	if errors.Is(err, bufio.ErrBufferFull) {
		start := bytes.Clone(text[:utf8.UTFMax*maxFound])
		return start, true, l.skipLine(op)
	}
	if err != nil && (!errors.Is(err, io.EOF) || len(text) == 0) {
		if errors.Is(err, io.EOF) {
			return nil, false, io.EOF
		}
		return nil, false, broken(op, err)
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r")), false, nil
}

// skipLine goes past the rest of a line that is too long.
func (l *lines) skipLine(op string) error {
	for {
		_, err := l.in.ReadSlice('\n')
		switch {
		case err == nil, errors.Is(err, io.EOF):
			return nil // the next call meets the end again, and the bound
		case !errors.Is(err, bufio.ErrBufferFull):
			return broken(op, err)
		}
	}
}
