package intake

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"rabta/internal/fault"
)

// workbook makes an XLSX file of sheets, each of rows of cells.
func workbook(t testing.TB, sheets ...[][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, rows := range sheets {
		name := fmt.Sprintf("Sheet%d", i+1)
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, cells := range rows {
			at, err := excelize.CoordinatesToCellName(1, r+1)
			if err == nil {
				err = f.SetSheetRow(name, at, &cells)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readBook(t testing.TB, book []byte) ([]GraduateRow, error) {
	t.Helper()
	var rows []GraduateRow
	for row, err := range Graduates(context.Background(), bytes.NewReader(book), testTables(t)) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func TestGraduatesReadsAWorkbook(t *testing.T) {
	book := workbook(t,
		[][]any{{"How to fill this in"}, {"Write one person a row."}},
		[][]any{
			{"ضلع لاہور کے فارغ التحصیل"},
			{},
			{"نام", "فون نمبر", "شناختی کارڈ نمبر", "ہنر", "ضلع", "تاریخ پیدائش", "Completion date"},
			{"عائشہ", 3901234567, 9520212345672, "درزی", "لاہور", time.Date(1994, 2, 3, 0, 0, 0, 0, time.UTC), 46000},
			{},
			{"بشریٰ", 3901234568.0, "95202-1234567-4", "بیوٹیشن", "ملتان", 36000, "22 نومبر 2025"},
		})
	rows, err := readBook(t, book)
	if err != nil {
		t.Fatal(err)
	}
	if h := rows[0].Headings; h == nil || h.Sheet != "Sheet2" || h.Row != 3 || h.Format != FormatXLSX || len(h.OtherSheets) != 1 {
		t.Errorf("headings %+v", h)
	}
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	a, b := rows[1], rows[2]
	if a.Row != 4 || a.Graduate == nil || a.Personal.Phone != "+923901234567" || a.Personal.CNIC != "9520212345672" || a.Graduate.BirthDecade != 1990 ||
		a.Graduate.Certificates[0].Date.Format(time.DateOnly) != "2025-12-09" {
		t.Errorf("row 4: %+v %+v", a, a.Problems)
	}
	if b.Row != 6 || b.Graduate == nil || b.Personal.CNIC != "9520212345674" || b.Graduate.BirthDecade != 1990 {
		t.Errorf("row 6: %+v %+v", b, b.Problems)
	}
}

// zipped makes an archive of named parts.
func zipped(t testing.TB, parts map[string]io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, body := range parts {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.Copy(part, body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbookBombsAreRefused(t *testing.T) {
	shell := func(name string, body io.Reader) []byte {
		return zipped(t, map[string]io.Reader{"xl/workbook.xml": bytes.NewReader([]byte("<workbook/>")), name: body})
	}
	zeros := func(n int64) io.Reader { return io.LimitReader(&endless{part: make([]byte, 1<<20)}, n) }
	noise := make([]byte, maxWorkbook+1)
	for i := range noise {
		noise[i] = byte(rand.Uint32())
	}
	many := map[string]io.Reader{}
	for i := range maxParts + 10 {
		many[fmt.Sprint("xl/", i)] = bytes.NewReader(nil)
	}
	bombs := map[string][]byte{
		"a sheet of 300 MB":           shell("xl/worksheets/sheet1.xml", zeros(300<<20)),
		"a sheet that packs too well": shell("xl/worksheets/sheet1.xml", zeros(50<<20)),
		"texts that pack too well":    shell("xl/sharedStrings.xml", io.LimitReader(&endless{part: []byte("<si/>")}, 20<<20)),
		"styles of 20 MB":             shell("xl/styles.xml", zeros(20<<20)),
		"noise":                       append([]byte("PK\x03\x04"), noise...),
		"many parts":                  zipped(t, many),
	}
	testTables(t)
	for name, bomb := range bombs {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := readBook(t, bomb)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if fault.KindOf(err) != fault.TooLarge {
				t.Errorf("%v", err)
			}
			grown := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%d KB sent: refused in %v, %d MB allocated", len(bomb)>>10, took, grown)
			if grown >= 64 {
				t.Errorf("%d MB were allocated", grown)
			}
		})
	}
}

// A part that says it is small and is not ends with what it said.
func TestAWorkbookThatLiesIsRefused(t *testing.T) {
	var packed bytes.Buffer
	d, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err == nil {
		_, err = io.Copy(d, io.LimitReader(&endless{part: make([]byte, 1<<20)}, 80<<20))
	}
	if err != nil || d.Close() != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"} {
		part, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: 1000})
		if err == nil {
			_, err = part.Write(packed.Bytes())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	testTables(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = readBook(t, b.Bytes())
	runtime.ReadMemStats(&after)
	if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; fault.KindOf(err) != fault.Malformed || grown >= 64 {
		t.Errorf("%v, after %d MB", err, grown)
	}
}

func TestBrokenWorkbooksAreRefused(t *testing.T) {
	whole := workbook(t, [][]any{{"Name", "Phone", "Trade", "City"}, {"Ayesha", "03901234567", "tailor", "Lahore"}})
	for name, book := range map[string][]byte{
		"cut":             whole[:len(whole)/2],
		"its first bytes": whole[:6],
		"another archive": zipped(t, map[string]io.Reader{"notes.txt": bytes.NewReader([]byte("hello"))}),
		"an empty book":   workbook(t, [][]any{}),
		"a PDF":           []byte("%PDF-1.7\n1 0 obj\nName,Phone,Trade,District\n"),
		"a photograph":    {0xff, 0xd8, 0xff, 0xe0, 'J', 'F', 'I', 'F'},
		"an old Excel":    append([]byte{0xd0, 0xcf, 0x11, 0xe0}, whole...),
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := readBook(t, book)
			if fault.KindOf(err) != fault.Malformed || len(rows) > 0 {
				t.Errorf("%d rows, %v", len(rows), err)
			}
		})
	}
}
