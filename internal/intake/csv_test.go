package intake

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"rabta/internal/fault"
)

const aRoster = "نام,فون,ہنر,ضلع\nثنا,03901234567,درزی,لاہور\nعمران,03901234568,الیکٹریشن,ملتان\n"

// namesOf reads a roster and gives the names of its people.
func namesOf(t *testing.T, r io.Reader) ([]string, error) {
	t.Helper()
	var names []string
	for row, err := range Graduates(context.Background(), r, testTables(t)) {
		if err != nil {
			return names, err
		}
		if row.Graduate != nil {
			names = append(names, row.Personal.Name)
		}
	}
	return names, nil
}

func encoded(t *testing.T, as interface{ Bytes([]byte) ([]byte, error) }, s string) []byte {
	t.Helper()
	b, err := as.Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFilesAreReadInAnyWrapping(t *testing.T) {
	arabic := strings.NewReplacer("ی", "ي", "ہ", "ه", "ک", "ك").Replace(aRoster) // Windows-1256 has no ی and ہ of every keyboard
	wrapped := map[string][]byte{
		"plain":                  []byte(aRoster),
		"byte order mark":        []byte("\uFEFF" + aRoster),
		"gzip":                   gzipped(t, []byte(aRoster)),
		"UTF-16, little endian":  encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), aRoster),
		"UTF-16, big endian":     encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder(), aRoster),
		"Windows-1256":           encoded(t, charmap.Windows1256.NewEncoder(), arabic),
		"CRLF":                   []byte(strings.ReplaceAll(aRoster, "\n", "\r\n")),
		"CR alone":               []byte(strings.ReplaceAll(aRoster, "\n", "\r")),
		"semicolons":             []byte(strings.ReplaceAll(aRoster, ",", ";")),
		"tabs":                   []byte(strings.ReplaceAll(aRoster, ",", "\t")),
		"quotes":                 []byte(`"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(aRoster), ",", `","`), "\n", "\"\n\"") + `"`),
		"no newline at the end":  []byte(strings.TrimSpace(aRoster)),
		"blank lines":            []byte(strings.ReplaceAll(aRoster, "\n", "\n\n,,,\n")),
		"headings on every page": []byte(aRoster + "نام,فون,ہنر,ضلع\n"),
		"numbered columns":       []byte(strings.Replace(aRoster, "\n", "\n1,2,3,4\n", 1)),
		"Latin and Urdu":         []byte(strings.Replace(aRoster, "نام,فون", "Name / نام,فون (Phone)", 1)),
	}
	for name, body := range wrapped {
		t.Run(name, func(t *testing.T) {
			got, err := namesOf(t, bytes.NewReader(body))
			if err != nil || !slices.Equal(got, []string{"ثنا", "عمران"}) {
				t.Errorf("%q, %v", got, err)
			}
			slow, err := namesOf(t, iotest.OneByteReader(bytes.NewReader(body)))
			if err != nil || !slices.Equal(slow, got) {
				t.Errorf("a byte at a time: %q, %v", slow, err)
			}
		})
	}
}

// aPerson is a sound row.
func aPerson(n int) string { return fmt.Sprintf("P%d,0390%07d,tailor,Lahore\n", n, n) }

func TestABadRowEndsNothing(t *testing.T) {
	good := []string{"P1", "P2", "P3"}
	for name, bad := range map[string]string{
		"a zero byte":                 "P\x009,03901111111,tailor,Lahore\n",
		"a forgotten quote":           "\"P9,03901111111,tailor,Lahore\n",
		"a quote that ends too early": "\"P\"9,03901111111,tailor,Lahore\n",
		"a cell too many":             "P9,03901111111,tailor,Lahore,Punjab\n",
		"a very long row":             strings.Repeat("x", 3*maxLine) + ",03901111111,tailor,Lahore\n",
		"half a letter":               "ثنا \xd8,03901111111,tailor,Lahore\n",
		"a bad phone":                 "P9,12,tailor,Lahore\n",
	} {
		t.Run(name, func(t *testing.T) {
			file := "Name,Phone,Trade,City\nثنا,03900000009,tailor,Lahore\n" + aPerson(1) + bad + aPerson(2) + aPerson(3)
			rows, err := graduatesOf(t, file)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			faulty := 0
			for _, r := range rows[1:] {
				if r.Graduate != nil {
					names = append(names, r.Personal.Name)
				} else if faulty++; r.Row != 4 || len(r.Problems) == 0 {
					t.Errorf("row %d: %v", r.Row, r.Problems)
				}
			}
			if !slices.Equal(names[1:], good) || faulty != 1 {
				t.Errorf("%q, %d faulty", names, faulty)
			}
		})
	}
}

func TestAQuoteSwallowsNoRows(t *testing.T) {
	var file strings.Builder
	file.WriteString("Name,Phone,Trade,City\n\"P0,03900000000,tailor,Lahore\n")
	for i := 1; i <= 100; i++ {
		file.WriteString(aPerson(i))
	}
	file.WriteString("\"P101\",\"03900000101\",\"tailor\",\"Lahore\"\n")
	names, err := namesOf(t, strings.NewReader(file.String()))
	if err != nil || len(names) != 101 {
		t.Errorf("%d names, %v", len(names), err)
	}
}

func TestAllQuotesForgottenCostNoMore(t *testing.T) {
	file := "Name,Phone,Trade,City\n" + strings.Repeat("\"P,03900000000,tailor,Lahore\n", 50_000)
	rows := 0
	for row, err := range Graduates(context.Background(), strings.NewReader(file), testTables(t)) {
		if err != nil {
			t.Fatal(err)
		}
		if row.Headings == nil && len(row.Problems) != 1 {
			t.Fatalf("%+v", row)
		}
		rows++
	}
	if rows != 50_001 {
		t.Errorf("%d rows", rows)
	}
}

func TestAFileThatIsCutOffSaysSo(t *testing.T) {
	torn := errors.New("the line went dead")
	names, err := namesOf(t, io.MultiReader(strings.NewReader(aRoster), iotest.ErrReader(torn)))
	if !errors.Is(err, torn) {
		t.Errorf("%q, %v", names, err)
	}
	whole := gzipped(t, []byte(aRoster+strings.Repeat(aPerson(7), 1000)))
	if _, err := namesOf(t, bytes.NewReader(whole[:len(whole)/2])); fault.KindOf(err) != fault.Malformed {
		t.Errorf("half a gzip: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	rows := 0
	var last error
	for _, err := range Graduates(ctx, newLongRoster(t, 10_000), testTables(t)) {
		rows++
		last = err
	}
	if !errors.Is(last, context.Canceled) || rows > 1000 {
		t.Errorf("cancelled: %d rows, %v", rows, last)
	}
}

func TestABombOfTextIsRefused(t *testing.T) {
	head := gzipped(t, []byte("Name,Phone,Trade,City\n"))
	row := gzipped(t, bytes.Repeat([]byte(strings.Repeat("x", maxLine)+"\n"), 200))
	n := graduatesNoun()
	n.most = 32 << 20
	rows := 0
	err := n.each(context.Background(), io.MultiReader(bytes.NewReader(head), &endless{part: row}), func(*layout) bool { return true },
		func(tableRow) bool { rows++; return true })
	if fault.KindOf(err) != fault.TooLarge || rows > 1000 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// Whatever encoding/csv writes is read back cell by cell.
func TestCSVReadsWhatIsWritten(t *testing.T) {
	cell := rapid.StringOfN(rapid.RuneFrom([]rune("aب \",;\n\t'é0")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 5).Draw(t, "width")
		want := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 10).Draw(t, "rows")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		if err := w.WriteAll(want); err != nil {
			t.Fatal(err)
		}
		table := newCSV(&b, ',', []byte("\n"))
		table.width = width
		var got [][]string
		for {
			row, err := table.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || row.bad != nil {
				t.Fatalf("%v %v in %q", err, row.bad, want)
			}
			got = append(got, slices.Clone(row.cells))
		}
		want = slices.DeleteFunc(want, isBlank)
		for i := range want {
			for j := range want[i] {
				if i >= len(got) || j >= len(got[i]) || normalEnds(got[i][j]) != normalEnds(want[i][j]) {
					t.Fatalf("read %q of %q", got, want)
				}
			}
		}
	})
}

// normalEnds makes the ends of lines alike, and drops the spaces before a quote that are no part of a cell.
func normalEnds(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
