package intake

import (
	"context"
	"io"
	"iter"
	"time"

	"rabta/geo"
	"rabta/matching"
	"rabta/search"
)

// Tables are what cells are read against.
type Tables struct {
	Model     *matching.Model // its catalogue names trades and skills; its checks hold for every record that is given
	Gazetteer *geo.Gazetteer
	Reader    *search.Reader // of the same catalogue and gazetteer: reads what is no exact name; may be nil
	Now       time.Time
}

// GraduateRow is what one row of a roster gave. The first one that is yielded is that of the headings: it has Headings and nothing else.
type GraduateRow struct {
	Row      int       // as a person sees it in the file, headings counted: the row of a sheet; of a text, a cell of several lines is one row
	Headings *Headings // of the first row alone

	// Graduate passes Model.CheckGraduate; nil when the row was refused. It has no id, version, times, source or institute, which
	// are the caller's. Home is the centre of its cell. Consent.At is nil where the file does not tell it.
	Graduate *matching.Graduate
	Consents map[matching.Purpose]bool // what the row says of each purpose, yes or no; one that it leaves out is missing
	Personal *matching.Personal        // phone as +92…, CNIC as 13 digits

	InstituteName string // as the file has it, when it tells one
	// Identity stands for the person where the file has no external id: the same person in the same file given twice, or in another order, has
	// the same. It holds the CNIC, or phone and name, in their normal forms: personal data, so keep only a keyed hash of it.
	Identity string

	Understood []Understood
	Problems   []RowFault // when Graduate is not nil, each is Kept: of a value that was left out
}

// Graduates reads a roster: CSV (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1256; plain or gzipped) or XLSX. It finds the headings in
// English, Urdu or Roman Urdu, yields them first, and then one row for each of the file that is not blank, in order; it holds one at
// a time, and the row is the caller's to keep. A row with a problem never ends it. An error does, and is the last that is yielded: the file
// cannot be read, its headings are not enough or say one thing twice, or ctx is done.
func Graduates(ctx context.Context, r io.Reader, tables Tables) iter.Seq2[GraduateRow, error] {
	return func(yield func(GraduateRow, error) bool) {
		var g *graduateReader
		err := graduatesNoun().each(ctx, r, func(l *layout) bool {
			g = newGraduateReader(l, tables)
			return yield(GraduateRow{Row: l.row, Headings: l.headings()}, nil)
		}, func(row tableRow) bool { return yield(g.row(row), nil) })
		if err != nil {
			yield(GraduateRow{}, err)
		}
	}
}

// graduateReader turns rows into graduates.
type graduateReader struct {
	cellReaders
	tables Tables
	layout *layout

	pay       *payReader
	months    *monthsReader
	birth     dateReader
	genders   codes[matching.Gender]
	modes     codes[matching.Mode]
	needs     codes[matching.Need]
	status    codes[matching.Status]
	languages codes[string]
	learnt    codes[matching.Learnt]
	atOnce    codes[string]

	genderMemo memo[reading[matching.Gender]]
	decades    memo[reading[time.Time]]
	soonMemo   memo[reading[time.Time]]
	exp        memo[reading[*int]]
	learntMemo memo[reading[matching.Learnt]]
	distances  memo[reading[float64]]
	modeMemo   memo[reading[[]matching.Mode]]
	needMemo   memo[reading[[]matching.Need]]
	statusMemo memo[reading[matching.Status]]
	tongueMemo memo[reading[[]string]]
	lowestPay  memo[reading[*matching.Pay]]
}

func newGraduateReader(l *layout, tables Tables) *graduateReader {
	return &graduateReader{
		cellReaders: newCellReaders(l, tables), tables: tables, layout: l,
		pay: newPayReader(l.headingOf(fLowestPay)), months: newMonthsReader(l.headingOf(fMonths)),
		birth:   dateReader{months: monthNames(), least: 1930, most: tables.Now.Year(), date1904: l.date1904},
		genders: genderCodes(), modes: modeCodes(), needs: needCodes(), status: statusCodes(), languages: languageCodes(), learnt: learntCodes(), atOnce: atOnceCodes(),
	}
}

// row reads one row.
func (r *graduateReader) row(row tableRow) GraduateRow {
	out := GraduateRow{Row: row.row}
	if row.bad == nil {
		row.bad = r.layout.strange(row, fTrade, "a row of one person", "ایک فرد کی سطر")
	}
	if row.bad != nil {
		out.Problems = []RowFault{*row.bad}
		return out
	}
	l := &line{layout: r.layout, row: row.row, cells: row.cells}
	g, p := &matching.Graduate{Status: matching.Searching}, &matching.Personal{}
	r.person(l, g, p)
	r.work(l, g)
	r.papers(l, g, &out)
	r.wishes(l, g)
	out.Consents = r.consent(l, g)
	r.home(l, g)
	g.ExternalID, _ = l.get(fExternalID)
	g.ExternalID = asDigits(tidyText(g.ExternalID, maxShortText))
	if !l.refused {
		r.check(l, g)
	}
	out.Understood, out.Problems = l.understood, l.problems
	if !l.refused {
		out.Graduate, out.Personal, out.Identity = g, p, graduateIdentity(p, g)
	}
	return out
}

// check holds the record to the rules of the model.
func (r *graduateReader) check(l *line, g *matching.Graduate) {
	if err := r.tables.Model.CheckGraduate(g, r.tables.Now); err != nil {
		l.unfit(err)
	}
}

// home reads where she lives.
func (r *graduateReader) home(l *line, g *matching.Graduate) {
	if at, ok := r.where(l, true); ok {
		g.Home = at.home
	}
}
