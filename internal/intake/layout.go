package intake

import (
	"fmt"
	"slices"
	"strings"

	"rabta/internal/fault"
)

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

// headingOf gives the heading of the first column of a field; empty where there is none.
func (l *layout) headingOf(f field) string {
	if at := l.at[f]; len(at) > 0 {
		return l.columns[at[0]].heading
	}
	return ""
}
