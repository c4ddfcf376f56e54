package intake

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"rabta/internal/fault"
)

// The bounds of a workbook. It is read in memory as a whole, since excelize would put what is larger into files in the clear; a roster
// that does not fit is to be given as CSV, which has no such bound.
const (
	maxWorkbook = 8 << 20  // bytes as sent
	maxUnzipped = 48 << 20 // bytes of all parts together
	maxPart     = 8 << 20  // of a part that is neither a sheet nor the strings of the sheets
	maxParts    = 2_000
	maxStrings  = 400_000 // different texts
	// maxRatio is how many times its packed size a large part may have: Apache POI refuses at the same figure
	// (ZipSecureFile, minimum inflate ratio 0.01). Sheets seen are below 40.
	maxRatio    = 100
	largePart   = 1 << 20
	maxWideRows = 100 // rows with too many columns, after which the file is given up
)

// openWorkbook opens an XLSX file at its first sheet with headings that are enough, or else that has any.
func (n *noun) openWorkbook(in *bufio.Reader) (s *sheet, done func(), err error) {
	const op = "intake.open"
	defer func() {
		if recover() != nil { // excelize on a file that no program wrote
			s, done, err = nil, nil, brokenWorkbook(op, nil)
		}
	}()
	packed, err := io.ReadAll(io.LimitReader(in, maxWorkbook+1))
	if err != nil {
		return nil, nil, broken(op, err)
	}
	if err := checkParts(packed); err != nil {
		return nil, nil, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(packed), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped, RawCellValue: true})
	if err != nil {
		return nil, nil, brokenWorkbook(op, err)
	}
	s, err = n.pickSheet(book)
	if err != nil {
		return nil, nil, errors.Join(err, book.Close())
	}
	return s, func() { _ = book.Close() }, nil // it holds no file: all is in memory
}

// pickSheet finds the sheet to read.
func (n *noun) pickSheet(book *excelize.File) (*sheet, error) {
	props, err := book.GetWorkbookProps()
	date1904 := err == nil && props.Date1904 != nil && *props.Date1904
	var best *sheet
	names := book.GetSheetList()
	for _, name := range names {
		rows, err := book.Rows(name)
		if err != nil {
			continue // a sheet of charts
		}
		s, err := openSheet(n, &xlsxTable{rows: rows})
		if err != nil {
			return nil, err
		}
		if s.layout == nil {
			continue
		}
		s.layout.format, s.layout.sheet, s.layout.date1904 = FormatXLSX, name, date1904
		if best == nil || best.layout.check() != nil {
			best = s
		}
		if best.layout.check() == nil {
			break
		}
	}
	if best == nil {
		return nil, n.noHeadings()
	}
	for _, name := range names {
		if name != best.layout.sheet {
			best.layout.otherSheets = append(best.layout.otherSheets, shown(name))
		}
	}
	return best, nil
}

// CheckFile refuses at once what is a workbook and would unpack to more than we hold: by its size and by the directory of its archive,
// without unpacking anything. That it finds nothing says nothing of the rows. Of other files it says nothing.
func CheckFile(file []byte) error {
	if !bytes.HasPrefix(file, zipMagic) {
		return nil
	}
	_, err := checkDirectory(file)
	return err
}

// MagicSize is how many bytes of a file tell whether it is a workbook.
const MagicSize = 4

// CheckStart refuses by its first bytes and its size what is a workbook and larger than any that is read, so that nobody has to wait for
// the rest of it, or to hold it. MagicSize bytes are enough. That it finds nothing says nothing of the file.
func CheckStart(start []byte, size int64) error {
	if bytes.HasPrefix(start, zipMagic) && size > maxWorkbook {
		return tooLargeWorkbook("intake.CheckStart")
	}
	return nil
}

// checkParts refuses a workbook that would unpack to more than we hold, before more of it is unpacked than its texts, which are counted.
func checkParts(packed []byte) error {
	archive, err := checkDirectory(packed)
	if err != nil {
		return err
	}
	for _, part := range archive.File {
		if path.Base(partName(part)) == "sharedstrings.xml" {
			if err := checkStrings(part); err != nil {
				return err
			}
		}
	}
	return nil
}

func partName(part *zip.File) string {
	return strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
}

// checkDirectory holds the directory of an archive to the bounds of a workbook.
func checkDirectory(packed []byte) (*zip.Reader, error) {
	const op = "intake.open"
	if len(packed) > maxWorkbook || bytes.Count(packed, []byte("PK\x01\x02")) > maxParts {
		return nil, tooLargeWorkbook(op)
	}
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, brokenWorkbook(op, err)
	}
	total, isBook := uint64(0), false
	for _, part := range archive.File {
		name := partName(part)
		size := part.UncompressedSize64
		total += size
		isSheet := strings.HasPrefix(name, "xl/worksheets/") || name == "xl/sharedstrings.xml"
		isBook = isBook || name == "xl/workbook.xml"
		if total > maxUnzipped || size > maxPart && !isSheet || size > largePart && size/max(part.CompressedSize64, 1) > maxRatio {
			return nil, tooLargeWorkbook(op)
		}
	}
	if !isBook {
		return nil, fault.New(fault.Malformed, op, "This is a zip archive and no workbook. Unpack it and give the table that is in it.")
	}
	return archive, nil
}

// checkStrings counts the texts of a workbook: each costs some hundred bytes once read, however short it is.
func checkStrings(part *zip.File) error {
	const op = "intake.open"
	in, err := part.Open()
	if err != nil {
		return brokenWorkbook(op, err)
	}
	buf := make([]byte, 64<<10)
	count := 0
	for {
		n, err := in.Read(buf)
		if count += bytes.Count(buf[:n], []byte("<")); count > 8*maxStrings {
			return errors.Join(tooLargeWorkbook(op), in.Close())
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return brokenWorkbook(op, errors.Join(err, in.Close()))
		}
	}
	if err := in.Close(); err != nil {
		return brokenWorkbook(op, err)
	}
	return nil
}

func tooLargeWorkbook(op string) error {
	return &fault.Error{Kind: fault.TooLarge, Op: op,
		Message:   fmt.Sprintf("The workbook is larger than %d MB, or than %d MB once unpacked. Save the sheet as CSV (UTF-8) and give that: CSV has no such limit.", maxWorkbook>>20, maxUnzipped>>20),
		MessageUr: "یہ فائل بہت بڑی ہے۔ شیٹ کو CSV (UTF-8) میں محفوظ کر کے دیں۔"}
}

func brokenWorkbook(op string, err error) error {
	return &fault.Error{Kind: fault.Malformed, Op: op, Err: err,
		Message:   "The workbook is damaged, was cut off or has a password. Save it again as .xlsx without a password, or as CSV, and give the whole of it.",
		MessageUr: "یہ فائل خراب یا ادھوری ہے یا اس پر پاس ورڈ ہے۔ اسے دوبارہ .xlsx یا CSV میں محفوظ کر کے دیں۔"}
}

// xlsxTable reads the rows of one sheet. Cells are raw: dates are numbers of days, and numbers are as they are stored.
type xlsxTable struct {
	rows *excelize.Rows
	row  int
	wide int
}

// next gives the next row that is not blank.
func (t *xlsxTable) next() (row tableRow, err error) {
	defer func() {
		if recover() != nil {
			err = brokenWorkbook("intake.read", nil)
		}
	}()
	for t.rows.Next() {
		t.row++
		cells, err := t.rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return tableRow{}, brokenWorkbook("intake.read", err)
		}
		if isBlank(cells) {
			continue
		}
		if len(cells) > maxColumns {
			if t.wide++; t.wide > maxWideRows {
				return tableRow{}, tooLargeWorkbook("intake.read")
			}
			return tableRow{row: t.row, bad: &RowFault{Row: t.row, Found: fmt.Sprintf("%d columns", len(cells)),
				Expected: fmt.Sprintf("at most %d columns", maxColumns), ExpectedUr: fmt.Sprintf("زیادہ سے زیادہ %d کالم", maxColumns)}}, nil
		}
		return tableRow{row: t.row, cells: cells}, nil
	}
	if err := t.rows.Error(); err != nil {
		return tableRow{}, brokenWorkbook("intake.read", err)
	}
	return tableRow{}, io.EOF
}
