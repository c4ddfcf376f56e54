package seed

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
)

func TestEachRowNamesWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"another column", "slug\tpay\nmason\t1\n", "row 1: the columns are"},
		{"columns in another order", "weight\tslug\n1\tmason\n", "row 1: the columns are"},
		{"no header", "", "has no rows"},
		{"no rows", "slug\tweight\n", "has no rows"},
		{"no newline at the end", "slug\tweight\nmason\t1", "no newline at its end"},
		{"Windows line ends", "slug\tweight\r\nmason\t1\r\n", "carriage returns"},
		{"a byte order mark", "\ufeffslug\tweight\nmason\t1\n", "byte order mark"},
		{"not UTF-8", "slug\tweight\nm\xffson\t1\n", "not UTF-8"},
		{"a cell too few", "slug\tweight\nmason\t1\nwelder\n", "row 3: has 1 cells, want 2"},
		{"a cell too many", "slug\tweight\nmason\t1\t\n", "row 2: has 3 cells, want 2"},
		{"an empty cell", "slug\tweight\n\t1\n", "row 2: column slug is empty"},
		{"no number", "slug\tweight\nmason\tmuch\n", "row 2: column weight is not a number"},
		{"infinity", "slug\tweight\nmason\tInf\n", "row 2: column weight is not a number"},
		{"an empty line", "slug\tweight\nmason\t1\n\n", "row 3: has 1 cells, want 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := fstest.MapFS{"t.tsv": {Data: []byte(test.body)}}
			err := eachRow(files, "t.tsv", []string{"slug", "weight"}, func(r *row) error {
				r.text("slug")
				r.float("weight")
				return nil
			})
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "t.tsv: ") {
				t.Errorf("error %v, want one of t.tsv with %q", err, test.want)
			}
		})
	}
}

func TestRowReadsItsCells(t *testing.T) {
	files := fstest.MapFS{"t.tsv": {Data: []byte("text\tlist\tnumber\twhole\tdate\tone\na b\tx|y z\t-1.5\t\t2025-07-01\tyes\n")}}
	rows := 0
	err := eachRow(files, "t.tsv", []string{"text", "list", "number", "whole", "date", "one"}, func(r *row) error {
		rows++
		if got := r.text("text"); got != "a b" {
			t.Errorf("text %q", got)
		}
		if got := r.list("list"); len(got) != 2 || got[1] != "y z" {
			t.Errorf("list %q", got)
		}
		if got := r.float("number"); got != -1.5 {
			t.Errorf("number %v", got)
		}
		if got := r.whole("whole"); got != 0 {
			t.Errorf("whole %v", got)
		}
		if got := r.date("date"); !got.Equal(time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("date %v", got)
		}
		if got := r.oneOf("one", "yes", "no"); got != "yes" {
			t.Errorf("one %q", got)
		}
		return nil
	})
	if err != nil || rows != 1 {
		t.Errorf("%d rows, error %v", rows, err)
	}
}

func TestRowRefuses(t *testing.T) {
	for _, test := range []struct {
		name, cell string
		read       func(r *row)
	}{
		{"an empty item", "a||b", func(r *row) { r.list("c") }},
		{"an item with spaces", "a| b", func(r *row) { r.list("c") }},
		{"a negative whole number", "-1", func(r *row) { r.whole("c") }},
		{"a broken number", "1.5", func(r *row) { r.whole("c") }},
		{"a date in words", "1 July 2025", func(r *row) { r.date("c") }},
		{"another value", "maybe", func(r *row) { r.oneOf("c", "yes", "no") }},
		{"a column that is not there", "x", func(r *row) { r.text("d") }},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := fstest.MapFS{"t.tsv": {Data: []byte("c\n" + test.cell + "\n")}}
			err := eachRow(files, "t.tsv", []string{"c"}, func(r *row) error {
				test.read(r)
				return nil
			})
			if err == nil || !strings.Contains(err.Error(), "row 2: column") {
				t.Errorf("error %v, want one of row 2 and its column", err)
			}
		})
	}
}

// letters of other keyboards than the Urdu one: Arabic yeh, kaf, heh, alef maksura, teh marbuta.
const foreignLetters = "يكهىة"

// TestTablesAreClean reads every table as text.
func TestTablesAreClean(t *testing.T) {
	read := 0
	err := fs.WalkDir(tables, "tables", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(tables, name)
		if err != nil {
			return err
		}
		read++
		for i, line := range strings.Split(string(body), "\n") {
			for _, r := range line {
				if r != '\t' && unicode.Is(unicode.C, r) || strings.ContainsRune(foreignLetters, r) {
					t.Errorf("%s: row %d: has the character %U", name, i+1, r)
				}
			}
			if strings.HasSuffix(line, " ") || strings.Contains(line, " \t") || strings.Contains(line, "\t ") {
				t.Errorf("%s: row %d: has a space beside a cell's end", name, i+1)
			}
		}
		return nil
	})
	if err != nil || read < 20 {
		t.Errorf("%d tables read, error %v", read, err)
	}
}
