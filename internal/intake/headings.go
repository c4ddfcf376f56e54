package intake

import (
	"slices"
	"strings"

	"rabta/internal/script"
)

// Formats of files.
const (
	FormatCSV  = "csv"
	FormatXLSX = "xlsx"
)

// Headings is what a file's headings were read as. It comes with the first row that Graduates and Postings yield, which is that of the
// headings itself.
type Headings struct {
	Row       int             `json:"row"`                 // where they stand, from 1
	Format    string          `json:"format"`              // csv or xlsx
	Sheet     string          `json:"sheet,omitempty"`     // of a workbook, the sheet that was read
	Separator string          `json:"separator,omitempty"` // of a text
	Encoding  string          `json:"encoding,omitempty"`  // of a text: UTF-8, UTF-16 or Windows-1256
	Columns   []ColumnMeaning `json:"columns"`             // every column that has a heading

	OtherSheets []string `json:"other_sheets,omitempty"` // of a workbook, those that were not read
}

// ColumnMeaning is what one heading was read as. Field is empty for a heading that nobody knows; Used is false for such a column and for one
// that no record has a place for (a father's name, a serial number).
type ColumnMeaning struct {
	Column string `json:"column"` // the heading as the file has it
	Field  string `json:"field,omitempty"`
	Used   bool   `json:"used"`
}

// field is what a column may hold, by the name that Headings gives.
type field string

// fieldForms is a field with the headings by which it is known, in English, Urdu and Roman Urdu.
type fieldForms struct {
	field    field
	forms    string // separated by |
	personal bool   // nothing of its cells is ever repeated
	many     bool   // several columns may hold it
	unused   bool   // no record has a place for it
}

// noun is what a file is of.
type noun struct {
	op      string
	what    string // "graduates"
	least   string // the columns that no file can do without, for a person
	leastUr string
	fields  []fieldForms
	needed  []need
	most    int64          // bytes of a text, unpacked
	forms   map[string]int // number in fields of each known heading, closed up
}

// need is a column that a file must have: one of the fields.
type need struct {
	fields       []field
	say, sayUr   string // what it is
	forms, forUr string // headings that say it
}

func newNoun(n noun) *noun {
	n.forms, n.most = map[string]int{}, maxTable
	for i, f := range n.fields {
		n.forms[closedHeading(strings.ReplaceAll(string(f.field), "_", " "))] = i
		for form := range strings.SplitSeq(f.forms, "|") {
			n.forms[closedHeading(form)] = i
		}
	}
	delete(n.forms, "")
	return &n
}

// closedHeading brings a heading to the form in which headings are compared: folded, without spaces and without words that say nothing.
func closedHeading(s string) string {
	words := script.Words(strings.ReplaceAll(s, "#", " no "))
	words = slices.DeleteFunc(words, func(w string) bool {
		switch w {
		case "the", "of", "of_the", "graduate", "graduates", "trainee", "trainees", "student", "students", "candidate", "candidates", "applicant",
			"learner", "your", "please", "ka", "ki", "ke", "کا", "کی", "کے", "کو", "طالب", "علم", "امیدوار", "nos":
			return len(words) > 1
		}
		return false
	})
	return strings.Join(words, "")
}

// meaning gives the number of the field that a heading means: as a whole, by one of its parts ("Name / نام", "Phone (own)"), without a
// number at its end, or with a slip of the pen; -1 for none.
func (n *noun) meaning(heading string) (at int, numbered bool) {
	if i, ok := n.forms[closedHeading(heading)]; ok {
		return i, false
	}
	bare := strings.TrimRight(script.Normalize(heading), " .0123456789()-_")
	if i, ok := n.forms[closedHeading(bare)]; ok {
		return i, bare != script.Normalize(heading)
	}
	for _, part := range strings.FieldsFunc(heading, func(r rune) bool { return strings.ContainsRune("/()[]|،,:-–\n\r", r) }) {
		if i, ok := n.forms[closedHeading(part)]; ok {
			return i, false
		}
	}
	return n.misspelt(closedHeading(heading)), false
}

// misspelt gives the field of the one heading that is a slip away from a long one.
func (n *noun) misspelt(closed string) int {
	const long, longer, most = 6, 11, 40
	at, letters := -1, len([]rune(closed))
	if letters < long || letters > most {
		return at
	}
	slips := 1
	if letters >= longer {
		slips = 2
	}
	best := slips + 1
	for form, i := range n.forms {
		if len([]rune(form)) < long {
			continue
		}
		switch d := script.Distance(form, closed, slips); {
		case d < best:
			at, best = i, d
		case d == best && d <= slips && i != at:
			at = -1 // it may be either
		}
	}
	return at
}
