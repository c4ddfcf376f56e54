package intake

import (
	"context"
	"io"
	"iter"
	"slices"
	"time"

	"rabta/geo"
	"rabta/matching"
)

// PostingRow is what one row of a list of postings gave. The first one that is yielded is that of the headings: it has Headings and nothing
// else.
type PostingRow struct {
	Row      int       // as in GraduateRow
	Headings *Headings // of the first row alone

	// Posting passes Model.CheckPosting but for the employer's id, which is the caller's, as are its own id, version and source; nil when the row
	// was refused. Posted and Expires are zero where the file does not tell them. Its conditions are said by the employer, at no told time.
	Posting *matching.Posting

	EmployerName       string
	EmployerKind       string // one of matching.EmployerKinds; empty when it is not told
	EmployerExternalID string
	EmployerContact    matching.EmployerContact // phone as +92…

	// Identity stands for the advert where the file has no external id: employer, trade, title, place and the day of posting, as far as they are
	// told, in their normal forms. Keep only a keyed hash of it: a household's name is a person's.
	Identity string

	Understood []Understood
	Problems   []RowFault // when Posting is not nil, each is Kept
}

// Postings reads a list of postings as Graduates reads a roster.
func Postings(ctx context.Context, r io.Reader, tables Tables) iter.Seq2[PostingRow, error] {
	return func(yield func(PostingRow, error) bool) {
		var p *postingReader
		err := postingsNoun().each(ctx, r, func(l *layout) bool {
			p = newPostingReader(l, tables)
			return yield(PostingRow{Row: l.row, Headings: l.headings()}, nil)
		}, func(row tableRow) bool { return yield(p.row(row), nil) })
		if err != nil {
			yield(PostingRow{}, err)
		}
	}
}

// postingReader turns rows into postings.
type postingReader struct {
	cellReaders
	tables Tables
	layout *layout

	pay, payFrom, payTo *payReader
	months              *monthsReader
	workplaces          codes[matching.Workplace]
	openTo              codes[matching.OpenTo]
	shifts              codes[string]
	employers           codes[string]

	payMemo, fromMemo, toMemo memo[reading[*matching.Pay]]
	exp                       memo[reading[*int]]
	durations                 memo[reading[int]]
	workplaceMemo             memo[reading[matching.Workplace]]
	openMemo                  memo[reading[matching.OpenTo]]
	shiftMemo                 memo[reading[string]]
	employerMemo              memo[reading[string]]
	conditionMemo             memo[reading[matching.Answer]]
}

func newPostingReader(l *layout, t Tables) *postingReader {
	return &postingReader{cellReaders: newCellReaders(l, t), tables: t, layout: l,
		pay: newPayReader(l.headingOf(fPay)), payFrom: newPayReader(l.headingOf(fPayFrom)), payTo: newPayReader(l.headingOf(fPayTo)),
		months: newMonthsReader(l.headingOf(fMonths)), workplaces: workplaceCodes(), openTo: openToCodes(), shifts: shiftCodes(), employers: employerKindCodes()}
}

// row reads one row.
func (r *postingReader) row(row tableRow) PostingRow {
	out := PostingRow{Row: row.row}
	main := field(fTrade)
	if !r.layout.has(fTrade) {
		main = fTitle
	}
	if row.bad == nil {
		row.bad = r.layout.strange(row, main, "a row of one posting", "ایک نوکری کی سطر")
	}
	if row.bad != nil {
		out.Problems = []RowFault{*row.bad}
		return out
	}
	l := &line{layout: r.layout, row: row.row, cells: row.cells}
	p := &matching.Posting{Status: matching.Open, Kind: matching.Job, Workplace: matching.OnSite, Vacancies: 1}
	r.employer(l, &out)
	r.asked(l, p)
	r.offered(l, p)
	r.dated(l, p)
	r.stated(l, p)
	place := r.located(l, p)
	p.ExternalID = asDigits(l.free(fExternalID))
	if !l.refused {
		r.check(l, p)
	}
	out.Understood, out.Problems = l.understood, l.problems
	if !l.refused {
		out.Posting, out.Identity = p, r.identity(p, &out, place)
	}
	return out
}

// check holds the record to the rules of the model, with an employer and dates where they are the caller's.
func (r *postingReader) check(l *line, p *matching.Posting) {
	whole := *p
	whole.Employer = matching.EmployerPrefix + "_00000000000000000000000000"
	if whole.Posted.IsZero() {
		whole.Posted = r.tables.Now
		if !p.Expires.IsZero() && !p.Expires.After(whole.Posted) {
			whole.Posted = p.Expires.AddDate(0, 0, -1)
		}
	}
	if whole.Expires.IsZero() {
		whole.Expires = whole.Posted.AddDate(0, 1, 0)
	}
	if whole.Status == matching.Open && !whole.Expires.After(r.tables.Now) {
		whole.Version = 1 // an advert that has run out may be handed in: it is not live
	}
	if err := r.tables.Model.CheckPosting(&whole, r.tables.Now); err != nil {
		l.unfit(err)
	}
}

// identity tells the advert of a second file.
func (r *postingReader) identity(p *matching.Posting, out *PostingRow, place string) string {
	employer := closed(out.EmployerName)
	switch {
	case out.EmployerExternalID != "":
		employer = "id:" + out.EmployerExternalID
	case out.EmployerContact.Phone != "":
		employer += "|" + out.EmployerContact.Phone
	}
	posted := ""
	if !p.Posted.IsZero() {
		posted = p.Posted.Format(time.DateOnly)
	}
	return postingIdentity(employer, p.Trade, p.Title, place, posted)
}

// located reads where the work is, and gives the place in the form in which adverts are told apart.
func (r *postingReader) located(l *line, p *matching.Posting) string {
	at, ok := r.where(l, p.Workplace != matching.Remote)
	if p.Workplace == matching.Remote {
		if ok {
			p.Province = provinceOf(r.tables.Gazetteer, at.point)
		}
		return "remote"
	}
	if !ok {
		return ""
	}
	p.Location = &at.point
	if p.Workplace == matching.ClientHome || p.Workplace == matching.OwnHome {
		p.Location = &at.home
	}
	if at.place != "" {
		return at.place
	}
	return pointSaid(at.point)
}

func provinceOf(g *geo.Gazetteer, at geo.Point) string {
	if p, ok := g.Province(at); ok {
		return p.ID
	}
	return ""
}

// employer reads who offers the work.
func (r *postingReader) employer(l *line, out *PostingRow) {
	out.EmployerName, out.EmployerExternalID = l.free(fEmployer), asDigits(l.free(fEmployerID))
	out.EmployerContact.Person, out.EmployerContact.Email = l.free(fContactName), l.free(fContactEmail)
	take(l, fEmployerKind, true, &r.employerMemo, r.employers.read, func(v string) { out.EmployerKind = v })
	if text, column := l.get(fPhone); text != "" {
		n, several := phoneOf(text)
		if n == "" {
			l.problem(column, wanted{phoneWanted, phoneWantedUr}, true)
		} else if several {
			l.understand(column, "one number", HowFirst)
		}
		out.EmployerContact.Phone = n
	}
	if out.EmployerName == "" && out.EmployerExternalID == "" {
		l.missing(wanted{"the employer's name", "آجر کا نام"}, fEmployer, fEmployerID)
	}
}

// asked reads what is asked of people.
func (r *postingReader) asked(l *line, p *matching.Posting) {
	p.Title, p.Description = l.free(fTitle), l.long(fDescription)
	slugs := []string(nil)
	if _, column := l.get(fTrade); column < 0 && p.Title != "" {
		_, column = l.get(fTitle)
		accept(l, column, false, r.tradeMemo.of(p.Title, r.trade.list), func(v []string) { slugs = v })
	} else {
		slugs = r.tradesOf(l)
	}
	if len(slugs) > 0 {
		p.Trade = slugs[0]
	}
	if len(slugs) > 1 {
		_, column := l.get(fTrade)
		if column >= 0 {
			l.understand(column, slugs[0], HowFirst)
		}
	}
	if p.Title == "" && p.Trade != "" {
		if t, ok := r.tables.Model.Catalogue.Trade(p.Trade); ok {
			p.Title = t.Names.En
		}
	}
	p.Required, p.Preferred = r.skillsOf(l, fRequired), r.skillsOf(l, fPreferred)
	p.Preferred = slices.DeleteFunc(p.Preferred, func(s string) bool { return slices.Contains(p.Required, s) })
	take(l, fLevel, true, &r.levels, readLevel, func(v int) { p.Level = v })
	take(l, fMonths, true, &r.exp, r.months.read, func(v *int) { p.Months = *v })
	take(l, fSchooling, true, &r.schoolingMemo, r.schooling.read, func(v string) { p.Schooling = v })
	take(l, fLicences, true, &r.licenceMemo, r.licences.list, func(v []string) { p.Licences = copied(v) })
	take(l, fOpenTo, false, &r.openMemo, r.openTo.read, func(v matching.OpenTo) { p.OpenTo = v })
}
