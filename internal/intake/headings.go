package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rabta/internal/fault"
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

// column is one column of a file. of is the number of its field, -1 for none.
type column struct {
	heading  string
	of       int
	numbered bool // the heading ends with a number, as in Phone 2
}

// layout says which column holds what.
type layout struct {
	noun      *noun
	row       int // of the headings, as a person sees it
	rows      int // of those read, how many lie above the first record
	width     int // columns up to the last that has a heading
	columns   []column
	at        map[field][]int
	format    string
	sheet     string
	separator string
	encoding  string
	date1904  bool // the workbook counts days from 1904

	otherSheets []string
}

// layoutOf finds the row of headings among the first rows: the one in which the most different fields are known, two at least. Headings
// in two rows (one cell merged over several columns) are read together. nil is none.
func (n *noun) layoutOf(rows []tableRow) *layout {
	var best *layout
	for i, row := range rows {
		if row.bad != nil || len(row.cells) > maxColumns {
			continue
		}
		l := n.layoutAt(rows, i)
		if l.known() >= 2 && (best == nil || l.known() > best.known()) {
			best = l
		}
	}
	return best
}

func (n *noun) layoutAt(rows []tableRow, i int) *layout {
	cells := slices.Clone(rows[i].cells)
	l := &layout{noun: n, row: rows[i].row, rows: i + 1}
	if i+1 < len(rows) && n.knownIn(cells) >= 2 && n.continues(rows[i+1].cells, cells) {
		for c, text := range rows[i+1].cells {
			if strings.TrimSpace(text) != "" {
				for len(cells) <= c {
					cells = append(cells, "")
				}
				cells[c] = text
			}
		}
		l.rows++
	} else if i > 0 {
		for c, text := range rows[i-1].cells { // a heading that is merged over both rows stands in the upper
			if c < len(cells) && strings.TrimSpace(cells[c]) == "" && n.knownIn([]string{text}) > 0 {
				cells[c] = text
			}
		}
	}
	l.fill(cells)
	return l
}

// continues tells whether a row is the lower half of the headings above it: all that stands in it are known headings, two at least, and it
// fills a gap that the upper half leaves.
func (n *noun) continues(lower, upper []string) bool {
	filled, gaps := 0, 0
	for c, text := range lower {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if at, _ := n.meaning(text); at < 0 {
			return false
		}
		filled++
		if c >= len(upper) || strings.TrimSpace(upper[c]) == "" {
			gaps++
		}
	}
	return filled >= 2 && gaps > 0
}

// knownIn counts the cells that are known headings.
func (n *noun) knownIn(cells []string) int {
	known := 0
	for _, text := range cells {
		if at, _ := n.meaning(text); at >= 0 && strings.TrimSpace(text) != "" {
			known++
		}
	}
	return known
}

func (l *layout) fill(cells []string) {
	l.columns, l.at = make([]column, len(cells)), map[field][]int{}
	for i, text := range cells {
		c := column{heading: shown(strings.Join(strings.Fields(text), " ")), of: -1}
		if c.heading != "" {
			l.width = i + 1
			c.of, c.numbered = l.noun.meaning(text)
		}
		l.columns[i] = c
		if c.of >= 0 {
			f := l.noun.fields[c.of].field
			l.at[f] = append(l.at[f], i)
		}
	}
}

// known is how many different fields were recognised.
func (l *layout) known() int { return len(l.at) }

func (l *layout) has(fields ...field) bool {
	return slices.ContainsFunc(fields, func(f field) bool { return len(l.at[f]) > 0 })
}

// check tells what is wrong with the headings: two of one meaning, or none for what every file has to tell.
func (l *layout) check() error {
	for _, f := range l.noun.fields {
		columns := l.at[f.field]
		if len(columns) < 2 || f.many || f.unused {
			continue
		}
		first, second := l.columns[columns[0]], l.columns[columns[1]]
		if second.numbered || first.numbered {
			l.at[f.field] = columns[:1] // Phone 1, Phone 2: the first is taken
			l.forget(columns[1:])
			continue
		}
		return l.wrong(fmt.Sprintf("The headings “%s” and “%s” both say %s. Keep one of the two columns, or give one of them another heading.",
			first.heading, second.heading, f.field),
			fmt.Sprintf("«%s» اور «%s» دونوں عنوان ایک ہی چیز (%s) بتاتے ہیں۔ ایک کالم رکھیں یا دوسرے کا عنوان بدلیں۔", first.heading, second.heading, f.field))
	}
	for _, n := range l.noun.needed {
		if !l.has(n.fields...) {
			return l.wrong(fmt.Sprintf("No column tells %s. Add one with the heading %s.", n.say, n.forms),
				fmt.Sprintf("کوئی کالم %s نہیں بتاتا۔ ایک کالم %s کے عنوان سے بنائیں۔", n.sayUr, n.forUr))
		}
	}
	return nil
}

func (l *layout) forget(columns []int) {
	for _, c := range columns {
		l.columns[c].of = -1
	}
}

// wrong is a fault of the headings, with those that were recognised: these are words of ours, so they repeat nobody's data.
func (l *layout) wrong(en, ur string) error {
	var read []string
	for _, c := range l.columns {
		if c.of >= 0 {
			read = append(read, fmt.Sprintf("%s (“%s”)", l.noun.fields[c.of].field, c.heading))
		}
	}
	return &fault.Error{Kind: fault.Malformed, Op: l.noun.op,
		Message:   en + fmt.Sprintf(" Recognised in row %d: %s.", l.row, strings.Join(read, ", ")),
		MessageUr: ur + fmt.Sprintf(" سطر %d میں یہ عنوان پہچانے گئے: %s۔", l.row, strings.Join(read, "، "))}
}

// headings gives the layout for a person.
func (l *layout) headings() *Headings {
	h := &Headings{Row: l.row, Format: l.format, Sheet: l.sheet, Separator: l.separator, Encoding: l.encoding, OtherSheets: l.otherSheets}
	for _, c := range l.columns {
		if c.heading == "" {
			continue
		}
		m := ColumnMeaning{Column: c.heading}
		if c.of >= 0 {
			f := l.noun.fields[c.of]
			m.Field, m.Used = string(f.field), !f.unused
		}
		h.Columns = append(h.Columns, m)
	}
	return h
}

// repeats tells whether a row is the headings once more, as on each page of a printed list, or numbers the columns.
func (l *layout) repeats(cells []string) bool {
	same, numbers, filled := 0, 0, 0
	for i, text := range cells {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		filled++
		if i < len(l.columns) && strings.EqualFold(text, l.columns[i].heading) {
			same++
		} else if same == 0 && text == strconv.Itoa(i+1) {
			numbers++
		} else {
			return false
		}
	}
	return filled >= 3 && (same == filled || numbers == filled)
}

// headingOf gives the heading of the first column of a field; empty where there is none.
func (l *layout) headingOf(f field) string {
	if at := l.at[f]; len(at) > 0 {
		return l.columns[at[0]].heading
	}
	return ""
}

// strange tells of a row that is no record: more cells than headings, a total, a remark.
func (l *layout) strange(row tableRow, main field, en, ur string) *RowFault {
	filled, first := 0, ""
	for i, text := range row.cells {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if i >= l.width {
			return &RowFault{Row: row.row, Found: fmt.Sprintf("%d cells", len(row.cells)),
				Expected:   fmt.Sprintf("%d cells, as there are headings; a cell with the separator in it needs quotes", l.width),
				ExpectedUr: fmt.Sprintf("عنوانات جتنے (%d) خانے؛ جس خانے کے اندر کوما ہو اسے واوین میں لکھیں", l.width)}
		}
		if filled++; filled <= 2 && (first == "" || isTotal(text)) {
			first = text
		}
	}
	told := slices.ContainsFunc(l.at[main], func(c int) bool { return c < len(row.cells) && strings.TrimSpace(row.cells[c]) != "" })
	switch {
	case isTotal(first) && filled <= max(3, l.width/2):
		return &RowFault{Row: row.row, Found: "a row of totals", Expected: en, ExpectedUr: ur}
	case !told && filled <= 2 && l.width > 3:
		return &RowFault{Row: row.row, Found: "a remark", Expected: en, ExpectedUr: ur}
	}
	return nil
}

// isTotal tells whether a cell begins a row of sums.
func isTotal(text string) bool {
	words := script.Words(text)
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		switch w {
		case "total", "totals", "subtotal", "کل", "میزان", "ٹوٹل", "مجموعہ", "kul", "meezan":
			return true
		}
	}
	return false
}
