package intake

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Understood says how one cell was read, where more than its very letters was needed to read it, and for every trade and place.
type Understood struct {
	Column string `json:"column"`
	Found  string `json:"found,omitempty"` // what stands there; empty for personal columns
	As     string `json:"as"`              // what it was read as: a slug, a place, a date, an amount
	How    string `json:"how"`             // one of the ways below
}

// The ways in which cells are read.
const (
	HowName        = "name"         // by its very name, in any script
	HowBeginning   = "beginning"    // by the beginning of its name
	HowMisspelt    = "misspelt"     // by its name with a slip or two
	HowSound       = "sound"        // by how it sounds
	HowWords       = "words"        // by the words in it
	HowChak        = "chak"         // by the number of a chak whose canal is not named
	HowLargest     = "largest"      // the largest of several places of that name
	HowWider       = "wider"        // the place was not found; what holds it was taken
	HowNarrowed    = "narrowed"     // of several places of that name, the one in the other columns' tehsil, district or province
	HowAddress     = "address"      // from the address, since no column tells the place
	HowPoint       = "point"        // from its latitude and longitude
	HowDayFirst    = "day-first"    // a date that may be day or month first, read day first
	HowMonthOnly   = "month-only"   // a date without its day, or without its month too
	HowAssumedUnit = "assumed-unit" // the unit is not told; the likely one was taken
	HowFirst       = "first"        // the first of several
	HowNotTold     = "not-told"     // words that tell nothing (negotiable), read as not told
)

// wanted is what a cell should have held, in English and Urdu; empty when it was read.
type wanted struct{ en, ur string }

// reading is what the text of a cell was read as.
type reading[T any] struct {
	value  T
	as     string // for Understood, with how
	how    string // empty: nothing worth telling
	wanted wanted
	partly bool // some of it was read all the same, and is in value
}

func read[T any](value T) reading[T] { return reading[T]{value: value} }

func unread[T any](en, ur string) reading[T] { return reading[T]{wanted: wanted{en, ur}} }

const (
	memoSize  = 32_768 // texts that a half of a memo holds
	memoBytes = 256    // of the longest text remembered
)

// memo remembers what texts were read as. It holds at most twice memoSize of them: when its young half is full, the old half is dropped.
type memo[T any] struct {
	young, old map[string]T
}

// of gives what a text is read as, asking once.
func (m *memo[T]) of(text string, ask func(string) T) T {
	if v, ok := m.young[text]; ok {
		return v
	}
	v, ok := m.old[text]
	if !ok {
		v = ask(text)
	}
	if len(text) > memoBytes {
		return v
	}
	if m.young == nil || len(m.young) >= memoSize {
		m.young, m.old = make(map[string]T, 64), m.young
	}
	m.young[strings.Clone(text)] = v // the text shares the memory of its whole row
	return v
}

// line is one row on its way to a record: its cells, and what was seen on the way.
type line struct {
	layout     *layout
	row        int
	cells      []string
	understood []Understood
	problems   []RowFault
	refused    bool
}

// text gives the cell of a column without the space around it; nothing for one that says nothing ("-", "n/a").
func (l *line) text(column int) string {
	if column >= len(l.cells) {
		return ""
	}
	s := strings.Trim(l.cells[column], " \t\r\n\u00a0\u200e\u200f\ufeff")
	if len(s) <= 7 && saysNothing(s) {
		return ""
	}
	return s
}

// saysNothing tells whether a cell is filled without saying anything.
func saysNothing(s string) bool {
	switch s {
	case "-", "--", "---", "_", ".", "..", "?", "–", "—", "۔", "/", "N/A", "n/a", "N/a", "#N/A", "NA", "na", "N.A", "N.A.", "n.a.", "NULL", "null", "Null", "#REF!", "#VALUE!", "#NAME?", "'", "x":
		return true
	}
	return false
}

// get gives the first cell of a field that says something, and its column; -1 where there is none.
func (l *line) get(f field) (string, int) {
	for _, c := range l.layout.at[f] {
		if s := l.text(c); s != "" {
			return s, c
		}
	}
	return "", -1
}

// understand notes how the cell of a column was read.
func (l *line) understand(column int, as, how string) {
	u := Understood{Column: l.layout.columns[column].heading, As: as, How: how}
	if !l.layout.noun.fields[l.layout.columns[column].of].personal {
		u.Found = shown(l.text(column))
	}
	l.understood = append(l.understood, u)
}

// problem notes that the cell of a column could not be read. The row is refused, or taken without the value.
func (l *line) problem(column int, w wanted, kept bool) {
	text := l.text(column)
	found := shown(text)
	if text != "" && l.layout.noun.fields[l.layout.columns[column].of].personal {
		found = hidden(text)
	}
	l.problems = append(l.problems, RowFault{Row: l.row, Column: l.layout.columns[column].heading, Found: found, Expected: w.en, ExpectedUr: w.ur, Kept: kept})
	l.refused = l.refused || !kept
}

// missing notes that nothing tells what a field should, in the first of its columns.
func (l *line) missing(w wanted, fields ...field) {
	f := RowFault{Row: l.row, Expected: w.en, ExpectedUr: w.ur}
	for _, name := range fields {
		if at := l.layout.at[name]; len(at) > 0 {
			f.Column = l.layout.columns[at[0]].heading
			break
		}
	}
	l.problems = append(l.problems, f)
	l.refused = true
}

// hidden stands for a personal value: how long it is.
func hidden(s string) string {
	return fmt.Sprintf("a value of %d characters", utf8.RuneCountInString(s))
}

// take reads the cell of a field, if it says anything, and tells whether it gave a value. kept says whether the row is taken
// without what cannot be read.
func take[T any](l *line, f field, kept bool, m *memo[reading[T]], ask func(string) reading[T], set func(T)) bool {
	text, column := l.get(f)
	if text == "" {
		return false
	}
	return accept(l, column, kept, m.of(text, ask), set)
}

// accept takes what a cell was read as, or notes why not.
func accept[T any](l *line, column int, kept bool, r reading[T], set func(T)) bool {
	if r.wanted != (wanted{}) {
		l.problem(column, r.wanted, kept || r.partly)
		if r.partly {
			set(r.value)
		}
		return false
	}
	if r.how != "" {
		l.understand(column, r.as, r.how)
	}
	set(r.value)
	return true
}

// split parts a cell that lists several things.
func split(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;|،؛/+&\n\r", r) })
	kept := parts[:0]
	for _, p := range parts {
		for q := range strings.SplitSeq(p, " اور ") {
			for q := range strings.SplitSeq(q, " and ") {
				if q = strings.TrimSpace(q); q != "" {
					kept = append(kept, q)
				}
			}
		}
	}
	return kept
}
