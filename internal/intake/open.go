package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"rabta/internal/fault"
)

const (
	// maxTable bounds what a table of people or postings may hold once unpacked: two million wide rows.
	maxTable = 1 << 30
	// sampleSize is how much of the beginning is looked at for encoding, separator and headings.
	sampleSize = 64 << 10
)

// open knows a file by how it begins, and gives the sheet in it that has headings. done is to be called when it has been read.
func (n *noun) open(r io.Reader) (s *sheet, done func(), err error) {
	const op = "intake.open"
	plain, err := unpacked(r)
	if err != nil {
		return nil, nil, err
	}
	left := &io.LimitedReader{R: plain, N: n.most + 1}
	in := bufio.NewReaderSize(left, sampleSize)
	start, err := in.Peek(len(zipMagic))
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, nil, broken(op, err)
	case bytes.HasPrefix(start, zipMagic):
		return n.openWorkbook(in)
	case bytes.HasPrefix(start, oleMagic):
		return nil, nil, &fault.Error{Kind: fault.Malformed, Op: op,
			Message:   "This is a workbook of an old Excel (.xls), or one with a password. Save it without a password as .xlsx or as CSV and give it again.",
			MessageUr: "یہ پرانے ایکسل (.xls) کی یا پاس ورڈ والی فائل ہے۔ اسے پاس ورڈ کے بغیر .xlsx یا CSV میں محفوظ کر کے دوبارہ دیں۔"}
	case slices.ContainsFunc(paperMagics, func(magic []byte) bool { return bytes.HasPrefix(start, magic) }):
		return nil, nil, &fault.Error{Kind: fault.Malformed, Op: op,
			Message:   "This is a PDF or a picture, which has no rows to read. Give the table that it was made from, as CSV or XLSX.",
			MessageUr: "یہ PDF یا تصویر ہے، اس کی سطریں پڑھی نہیں جا سکتیں۔ وہی فہرست CSV یا XLSX (ایکسل) میں دیں۔"}
	}
	s, err = n.openText(in, left)
	return s, func() {}, err
}

// paperMagics begin what shows a table and holds none: PDF, PNG and JPEG.
var paperMagics = [][]byte{[]byte("%PDF"), {0x89, 'P', 'N', 'G'}, {0xff, 0xd8, 0xff}}

// oleMagic begins workbooks of Excel before 2007, and encrypted ones.
var oleMagic = []byte{0xd0, 0xcf, 0x11, 0xe0}

// openText opens a table of text: it knows encoding and separator by the beginning.
func (n *noun) openText(in *bufio.Reader, left *io.LimitedReader) (*sheet, error) {
	text, err := asUTF8(in)
	if err != nil {
		return nil, err
	}
	start, err := text.Peek(sampleSize)
	if err != nil && !errors.Is(err, io.EOF) && len(start) == 0 {
		return nil, broken("intake.open", err)
	}
	whole := errors.Is(err, io.EOF)
	if len(bytes.TrimSpace(start)) == 0 {
		return nil, n.noHeadings()
	}
	comma := n.separator(start, whole)
	t := newCSV(text, comma, start)
	t.left, t.most = left, n.most
	s, err := openSheet(n, t)
	if err != nil {
		return nil, err
	}
	if s.layout == nil {
		return nil, n.noHeadings()
	}
	t.width = s.layout.width
	s.layout.format, s.layout.separator, s.layout.encoding = FormatCSV, string(comma), encodingOf(start, text != in)
	return s, nil
}

func newCSV(text io.Reader, comma byte, start []byte) *csvTable {
	t := &csvTable{source: text, comma: comma, eol: '\n', buf: make([]byte, 2*maxLine+1)}
	if bytes.IndexByte(start, '\n') < 0 && bytes.IndexByte(start, '\r') >= 0 {
		t.eol = '\r' // as old programs for the Macintosh write
	}
	t.letters.utf8 = mostlyUTF8(start)
	return t
}

// separator gives the one by which the beginning shows the most headings; a comma where none shows any.
func (n *noun) separator(start []byte, whole bool) byte {
	best, most := byte(','), 0
	for _, comma := range []byte{',', ';', '\t', '|'} {
		var r io.Reader = bytes.NewReader(start)
		if i := bytes.LastIndexByte(start, '\n'); !whole && i > 0 {
			r = bytes.NewReader(start[:i])
		}
		s, err := openSheet(n, newCSV(r, comma, start))
		if err == nil && s.layout != nil && s.layout.known() > most {
			best, most = comma, s.layout.known()
		}
	}
	return best
}

// asUTF8 gives a text as UTF-8 without its mark: UTF-16 is known by its mark, or by the zero bytes of its Latin letters. Windows-1256 is
// left as it is, for letters to read.
func asUTF8(in *bufio.Reader) (*bufio.Reader, error) {
	start, err := in.Peek(256)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, broken("intake.open", err)
	}
	order := unicode.LittleEndian
	switch {
	case bytes.HasPrefix(start, utf8Mark):
		_, err := in.Discard(len(utf8Mark))
		return in, err
	case bytes.HasPrefix(start, utf16Marks[0]):
	case bytes.HasPrefix(start, utf16Marks[1]):
		order = unicode.BigEndian
	case zeros(start, 1) > len(start)/8 && zeros(start, 0) == 0:
	case zeros(start, 0) > len(start)/8 && zeros(start, 1) == 0:
		order = unicode.BigEndian
	default:
		return in, nil
	}
	decoder := unicode.UTF16(order, unicode.UseBOM).NewDecoder()
	return bufio.NewReaderSize(transform.NewReader(in, decoder), sampleSize), nil
}

// zeros counts the zero bytes at even or odd places.
func zeros(b []byte, odd int) int {
	n := 0
	for i := odd; i < len(b); i += 2 {
		if b[i] == 0 {
			n++
		}
	}
	return n
}

// mostlyUTF8 tells whether a text has letters of UTF-8 beyond ASCII, and more of them than bytes that are none.
func mostlyUTF8(start []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(start); {
		r, size := utf8.DecodeRune(start[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	return good > bad
}

func encodingOf(start []byte, utf16 bool) string {
	switch {
	case utf16:
		return "UTF-16"
	case !utf8.Valid(trimCut(start)) && !mostlyUTF8(start):
		return "Windows-1256"
	}
	return "UTF-8"
}

// trimCut drops from the end of a sample a letter that may have been cut.
func trimCut(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			return b
		}
	}
	return b
}
