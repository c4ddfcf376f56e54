package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"time"
	"unicode/utf8"

	"rabta/matching/gaps"
)

// How much of each kind the two pages have room for.
const (
	mostTrades   = 12
	mostAdvice   = 6
	endOfLine    = 25 // letters that the last line of a sentence leaves free, about
	mostOutcomes = 3
)

//go:embed report.css
var style string

//go:embed report.html
var source string

// page is the report's template. It has no action inside a script or a style, so html/template escapes every value by where it stands.
var page = template.Must(template.New("report").Funcs(template.FuncMap{"mm": mm, "style": func() template.CSS { return template.CSS(style) }}).Parse(source))

// view is a district in the words of one language.
type view struct {
	T                  *words
	Title, Above       string
	Day, Date          string // as people write it, and as programs do
	Footer             string
	Tiles              []tile
	Map                *drawing
	Legend             legend
	Advice             []string
	Trades, Trend      *drawing
	Mismatch           string
	Rows               []tableRow
	More               string
	Women, Unfilled    *drawing
	WomenOf, WomenNote string
	NoWomen            string // why there is no chart of them
	Median             string
	Outcomes           []outcome
	Asked              int32 // days after which graduates were asked
	Unseen             []string
	Meanings           []Meaning
}

// tile is a figure of the first line.
type tile struct {
	Text, Name, Of, Figure string
	Hidden                 bool
}

// tableRow is a trade of the table.
type tableRow struct {
	Name  string
	Slug  string
	Cells []tableCell
}

type tableCell struct {
	Text, Figure string
	Hidden       bool
}

// outcome is an institute's row.
type outcome struct {
	Name, Graduates, AtWork, NoAnswer string
}

func newView(d *District, t *words) *view {
	sorted := byDemand(d.Trades)
	v := &view{T: t, Title: fmt.Sprintf(t.Title, fmt.Sprintf(t.District, t.name(d.Names))), Date: d.Day.Format(time.DateOnly),
		Day:    fmt.Sprintf("%d %s %d", d.Day.Day(), t.Months[d.Day.Month()-1], d.Day.Year()),
		Trades: tradesChart(sorted, t), Trend: trendChart(d.Trend, t), Advice: adviceOf(d, t), Meanings: meaningsIn(t.Lang),
		Unfilled: unfilledChart(d.Whole, d.Province, t)}
	v.Footer = fmt.Sprintf(t.Footer, v.Day)
	above := make([]string, len(d.Above))
	for i, n := range d.Above {
		above[i] = t.name(n)
	}
	v.Above = strings.Join(above, t.Comma)
	if v.Map = mapOf(d, t); v.Map != nil {
		v.Legend = legendOf(d, t)
	}
	v.NoWomen = t.NoWomen
	if d.Whole != nil {
		v.Tiles = tilesOf(d, t)
		v.women(d, t)
		if days := d.Whole.FillDays; days != nil {
			v.Median = fmt.Sprintf(t.Median, number(int64(*days)))
		}
	}
	if d.Balance != nil && d.Balance.Apart != nil {
		v.Mismatch = fmt.Sprintf(t.Mismatch, percent(*d.Balance.Apart))
	}
	v.table(sorted, t)
	v.outcomes(d.Outcomes, t)
	v.unseen(d, t)
	return v
}

// figureOf is a number as it is shown, or that it is not.
func figureOf[N any](n *N, write func(N) string, t *words) (text string, hidden bool) {
	if n == nil {
		return t.Hidden, true
	}
	return write(*n), false
}

func tilesOf(d *District, t *words) []tile {
	row := d.Whole
	tiles := []tile{{Name: t.Searching, Figure: "supply"}, {Name: t.Vacancies, Figure: "demand", Text: number(row.Demand),
		Of: fmt.Sprintf(t.Employers, number(int64(row.Employers)))}, {Name: t.PerPerson, Figure: "tightness"}, {Name: t.InReach, Figure: "access"},
		{Name: t.NoWork, Figure: "without_work_in_reach"}, {Name: t.Women, Figure: "women.searching"}}
	tiles[0].Text, tiles[0].Hidden = figureOf(row.Supply, number, t)
	tiles[2].Text, tiles[2].Hidden = figureOf(row.Tightness, ratio, t)
	tiles[3].Text, tiles[3].Hidden = figureOf(row.Access, ratio, t)
	tiles[4].Text, tiles[4].Hidden = figureOf(row.Unreached, percent, t)
	tiles[5].Text, tiles[5].Hidden = t.Hidden, true
	if w := row.Women.Searching; w != nil {
		tiles[5].Text, tiles[5].Hidden, tiles[5].Of = percent(w.Share), false, ofPlace(d, w.Place, t)
	}
	return tiles
}

// ofPlace says of which place a figure is when that is not the district.
func ofPlace(d *District, place string, t *words) string {
	if place == d.ID {
		return ""
	}
	return fmt.Sprintf(t.OfPlace, cmp.Or(t.name(d.Places[place]), place))
}

// women says what stands in the way of women, and how many of those hired they are.
func (v *view) women(d *District, t *words) {
	w := d.Whole.Women
	if v.Women = womenChart(w.Lost, t); v.Women == nil {
		if w.Searching != nil {
			v.NoWomen = t.NoWomensWork
		}
		return
	}
	v.WomenOf = ofPlace(d, w.Lost.Place, t)
	share := func(s *gaps.WomenShare) string {
		if s == nil {
			return t.Hidden
		}
		return strings.TrimSpace(percent(s.Share) + " " + ofPlace(d, s.Place, t))
	}
	v.WomenNote = fmt.Sprintf(t.WomenNote, percent(w.Lost.Lost), share(w.Hired))
}

// adviceOf gives sentences: two to train, one to bring work, one to add transport, then more to train, as far as there is room for them.
func adviceOf(d *District, t *words) []string {
	var pairs [][2]string
	train := func(list []gaps.Training) {
		for _, a := range list {
			pairs = append(pairs, [2]string{isolated(a.En, a.Schools), isolated(a.Ur, a.Schools)})
		}
	}
	first := min(2, len(d.Training))
	train(d.Training[:first])
	for _, a := range d.Moves[:min(1, len(d.Moves))] {
		pairs = append(pairs, [2]string{a.En, a.Ur})
	}
	for _, a := range d.Vans[:min(1, len(d.Vans))] {
		pairs = append(pairs, [2]string{a.En, a.Ur})
	}
	train(d.Training[first:])
	var all []string
	room := t.AdviceRoom
	for _, p := range pairs {
		sentence := p[truth(t.Lang == Urdu)]
		if room -= utf8.RuneCountInString(sentence) + endOfLine; room < 0 && len(all) > 0 || len(all) == mostAdvice {
			break
		}
		all = append(all, sentence)
	}
	return all
}

// isolated keeps names, which may be in another script than their sentence, from changing its order (Unicode's isolates).
func isolated(sentence string, names []string) string {
	for _, n := range names {
		sentence = strings.Replace(sentence, n, "\u2068"+n+"\u2069", 1)
	}
	return sentence
}

func compareTrades(a, b Trade) int {
	people := func(n *int64) int64 {
		if n == nil {
			return 0
		}
		return *n
	}
	return cmp.Or(cmp.Compare(b.Row.Demand, a.Row.Demand), cmp.Compare(people(b.Row.Supply), people(a.Row.Supply)), cmp.Compare(a.Row.Group, b.Row.Group))
}

// table lists the trades for which there is room, and says how many are left.
func (v *view) table(sorted []Trade, t *words) {
	for _, trade := range sorted[:min(mostTrades, len(sorted))] {
		v.Rows = append(v.Rows, tableRow{Name: t.trade(trade.Names), Slug: trade.Row.Group, Cells: cellsOf(&trade.Row, t)})
	}
	if left := sorted[len(v.Rows):]; len(left) > 0 {
		sum := int64(0)
		for _, trade := range left {
			sum += trade.Row.Demand
		}
		v.More = fmt.Sprintf(t.More, number(int64(len(left))), number(sum))
	}
}

func cellsOf(r *gaps.Row, t *words) []tableCell {
	cell := func(figure, text string, hidden bool) tableCell {
		if hidden {
			text = dash
		}
		return tableCell{text, figure, hidden}
	}
	days := func(n int) string { return number(int64(n)) }
	var cells []tableCell
	add := func(figure string) func(text string, hidden bool) {
		return func(text string, hidden bool) { cells = append(cells, cell(figure, text, hidden)) }
	}
	add("demand")(number(r.Demand), false)
	add("employers")(number(int64(r.Employers)), false)
	add("supply")(figureOf(r.Supply, number, t))
	add("supply_other_trades")(figureOf(r.Others, number, t))
	add("tightness")(figureOf(r.Tightness, ratio, t))
	add("access")(figureOf(r.Access, ratio, t))
	add("people_per_vacancy")(figureOf(r.Pressure, ratio, t))
	add("unfilled_30_days")(orDash(r.Unfilled30, percent))
	add("median_days_to_fill")(orDash(r.FillDays, days))
	add("pay_offered")(orDash(r.PayOffered, number))
	add("pay_asked")(figureOf(r.PayAsked, number, t))
	add("hired")(figureOf(r.Hired, number, t))
	return cells
}

// orDash is a figure of postings, which is missing only where there is nothing to make it of.
func orDash[N any](n *N, write func(N) string) (text string, hidden bool) {
	if n == nil {
		return dash, true
	}
	return write(*n), false
}

// outcomes lists institutes by the latest day for which any of them has figures.
func (v *view) outcomes(all []gaps.Outcome, t *words) {
	of := 0
	for _, o := range all {
		for i := range o.After {
			if o.After[i].AtWork != nil {
				of = max(of, i)
			}
		}
	}
	for _, o := range all {
		if o.Course != "" || o.Graduates == nil || len(v.Outcomes) == mostOutcomes {
			continue
		}
		after := o.After[of]
		row := outcome{Name: o.Institute, Graduates: number(*o.Graduates)}
		row.AtWork, _ = figureOf(after.AtWork, percent, t)
		row.NoAnswer, _ = figureOf(after.NoAnswer, percent, t)
		v.Outcomes, v.Asked = append(v.Outcomes, row), after.Days
	}
}

// unseen says what the report leaves out.
func (v *view) unseen(d *District, t *words) {
	hidden, cells := 0, 0
	for _, trade := range d.Trades {
		hidden += truth(trade.Row.Supply == nil)
	}
	for _, h := range d.Hexagons {
		cells += truth(h.Access == nil)
	}
	v.Unseen = []string{t.HiddenWhy}
	if hidden > 0 {
		v.Unseen = append(v.Unseen, fmt.Sprintf(t.HiddenTrades, number(int64(hidden)), number(int64(len(d.Trades)))))
	}
	if cells > 0 && v.Map != nil {
		v.Unseen = append(v.Unseen, fmt.Sprintf(t.HiddenCells, number(int64(cells)), number(int64(len(d.Hexagons)))))
	}
	v.Unseen = append(v.Unseen, t.Rounded)
}

// AtWork is the heading of the share at work.
func (v *view) AtWork() string { return fmt.Sprintf(v.T.AtWork, v.Asked) }

// NoAnswer is the heading of those who did not answer.
func (v *view) NoAnswer() string { return fmt.Sprintf(v.T.NoAnswer, v.Asked) }

// Number gives the foot of a page.
func (v *view) Number(n int) string { return fmt.Sprintf(v.T.Page, n) }
