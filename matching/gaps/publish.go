package gaps

import (
	"math"
	"slices"
	"strings"

	"rabta/internal/fault"
)

// Publication is a day's table with all that may be known of it, and nothing that may not. It is immutable and safe for concurrent use.
type Publication struct {
	table   *Table
	frame   *Frame
	known   [populations]*decision
	all     map[Level]map[string]*tally // all trades
	tainted map[Level]map[string]bool   // places that hold atoms which the frame did not know, or that are counted with them
}

// Publish decides what of a table may be known, under a frame of the same ledger. A nil frame is drawn from the table itself: for a single
// publication.
func Publish(t *Table, f *Frame) *Publication {
	if f == nil {
		f = NewFrame(t)
	}
	p := &Publication{table: t, frame: f, all: t.allTrades(), tainted: make(map[Level]map[string]bool)}
	leaves, late := f.leaves(t)
	p.known = f.decideAll(t, leaves, f.base)
	for _, level := range Levels {
		p.tainted[level] = make(map[string]bool)
	}
	for i, isLate := range late {
		if isLate {
			p.taint(t.areas[i])
		}
	}
	return p
}

// taint closes the names of the places that hold a late atom, and of those that hold the atom with which the frame's tree counts it, up to
// the unit that holds both: so that neither can be told from the other.
func (p *Publication) taint(late placed) {
	with, common := p.frame.tree.lastOf(late.area)
	for _, level := range Levels {
		if !slices.Contains(common, level) {
			p.tainted[level][level.name(late.atom, late.area)] = true
			p.tainted[level][level.name(with.atom, with.area)] = true
		}
	}
}

// Day gives the day of the publication.
func (p *Publication) Day() int32 { return p.table.day }

// may tells whether the count of a population in a place may be known.
func (p *Publication) may(pop population, group int32, level Level, place string) bool {
	parts := p.frame.tree.parts[level][place]
	if place == RemoteTag || len(parts) == 0 || p.tainted[level][place] {
		return false
	}
	for _, part := range parts {
		if !p.known[pop].known[group][part] {
			return false
		}
	}
	return true
}

// Row is the figures of one group of trades in one place. What is nil is suppressed, or cannot be computed: a pointer that is set is
// never a count of people under Threshold. Definitions says what each figure means.
type Row struct {
	Group string `json:"trade"`
	Level Level  `json:"level"`
	Place string `json:"place,omitempty"` // the id of a unit, or remote, or elsewhere
	Cell  string `json:"cell,omitempty"`  // in place of it: the name of a cell

	Supply    *int64   `json:"supply"`
	Others    *int64   `json:"supply_other_trades"`
	Demand    int64    `json:"demand"`
	Postings  int64    `json:"postings"`
	Reposts   int64    `json:"reposts"`
	Days      int64    `json:"person_days"`
	Employers int      `json:"employers"`
	Tightness *float64 `json:"tightness"`

	Access       *float64 `json:"access"`
	AccessDecay  *float64 `json:"access_decay"`
	AccessShared *float64 `json:"access_shared"`
	Pressure     *float64 `json:"people_per_vacancy"`
	PressureNear *float64 `json:"people_per_vacancy_decay"`
	Unreached    *float64 `json:"without_work_in_reach"`
	Waiting90    *float64 `json:"waiting_90_days"`

	Unfilled14 *float64 `json:"unfilled_14_days"`
	Unfilled30 *float64 `json:"unfilled_30_days"`
	Unfilled60 *float64 `json:"unfilled_60_days"`
	FillDays   *int     `json:"median_days_to_fill"`
	PayOffered *int64   `json:"pay_offered"`
	PayAsked   *int64   `json:"pay_asked"`

	Matched     *int64    `json:"matched"`
	Interviewed *int64    `json:"interviewed"`
	Hired       *int64    `json:"hired"`
	Women       WomenRows `json:"women"`
}

// NamedRow is a row with the names of its unit.
type NamedRow struct {
	Row
	NameEn string `json:"name_en,omitempty"`
	NameUr string `json:"name_ur,omitempty"`
}

// Rows gives the rows of a group of trades (a trade's slug, "isco-7", "isco-741", or "all") over the places of a level, by place. A place
// stands there when it has vacancies or a published supply, so that a row tells nothing by being there. Unknown names are fault.Invalid
// with those nearest.
func (p *Publication) Rows(group string, level Level) ([]Row, error) {
	return p.RowsIn(group, level, nil)
}

// RowsIn gives those of Rows whose place is wanted (nil: all), by the id of a unit or the name of a cell.
func (p *Publication) RowsIn(group string, level Level, wanted func(place string) bool) ([]Row, error) {
	g, ok := p.table.groups.byName[group]
	if !ok {
		return nil, p.unknownGroup(group)
	}
	if !level.Valid() {
		return nil, fault.Field("by", "There is no such level. Send cell4, cell5, cell6, cell7, tehsil, district, division, province or country.",
			"district", "tehsil", "cell6")
	}
	rows := p.rowsIn(g, level, wanted)
	for i := range rows {
		if r := &rows[i]; level.Cells() && r.Place != RemoteTag {
			r.Place, r.Cell = "", r.Place
		}
	}
	return rows, nil
}

// rows gives the rows of a group and a level that exist.
func (p *Publication) rows(group int32, level Level) []Row { return p.rowsIn(group, level, nil) }

func (p *Publication) rowsIn(group int32, level Level, wanted func(place string) bool) []Row {
	var rows []Row
	stands := func(place string, sums *tally) bool {
		if wanted != nil && !wanted(place) {
			return false
		}
		return sums[vacancies] > 0 || p.may(bySearch, group, level, place)
	}
	for _, r := range p.table.regions(group, level, stands) {
		rows = append(rows, p.row(group, level, &r))
	}
	return rows
}

func (p *Publication) unknownGroup(group string) error {
	nearest := p.table.set.Catalogue.Nearest(strings.TrimPrefix(group, iscoPrefix))
	return fault.Field("trade", "There is no such trade or group. Send a trade's slug, a group of ISCO-08 such as isco-7 or isco-741, or all.", nearest...)
}

func (p *Publication) row(g int32, level Level, r *region) Row {
	row := Row{Group: p.table.groups.nodes[g].name, Level: level, Place: r.place, Demand: r.tally[vacancies], Postings: r.tally[postings],
		Reposts: r.tally[reposts], Days: r.tally[personDays], Employers: r.employers()}
	r.work(&row)
	show := func(pop population, column int) *int64 {
		if p.may(pop, g, level, r.place) {
			return &r.tally[column]
		}
		return nil
	}
	row.Supply, row.Others = show(bySearch, people), show(byOther, others)
	row.Matched, row.Interviewed, row.Hired = show(byMatch, matched), show(byInterview, interviewed), show(byHire, hired)
	if row.Supply != nil {
		r.people(&row)
	}
	if g == 0 {
		row.Unreached, row.Waiting90 = p.share(byReach, level, r), p.share(byWaiting, level, r)
	}
	row.Women = p.women(level, r)
	return row
}

// share gives what part of those who search in a place a population tells apart; nil where it may not be known.
func (p *Publication) share(pop population, level Level, r *region) *float64 {
	if !p.may(pop, 0, level, r.place) {
		return nil
	}
	all, some := pop.of()
	return pointer(float64(r.tally[some]) / float64(r.tally[all]))
}

// work fills the figures of postings, which are not people and are always shown.
func (r *region) work(row *Row) {
	if len(r.offered) > 0 {
		pay := medianBand(r.offered)
		row.PayOffered = &pay
	}
	if len(r.spells) == 0 {
		return
	}
	s := survivalOf(r.spells)
	row.Unfilled14, row.Unfilled30, row.Unfilled60 = pointer(s.after(14)), pointer(s.after(30)), pointer(s.after(60))
	if days, ok := s.median(); ok {
		row.FillDays = &days
	}
}

// people fills the figures that come from people, of whom there are enough: each so coarse that some ten people more or fewer need not show.
func (r *region) people(row *Row) {
	n := r.tally[people]
	mean := func(column int) *float64 { return pointer(coarse(fraction(r.tally[column])/float64(n), n)) }
	row.Tightness = pointer(float64(r.tally[vacancies]) / float64(n))
	row.Access, row.AccessDecay, row.AccessShared = mean(plain), mean(decayed), mean(shared)
	if v := r.tally[vacancies]; v > 0 && r.place != RemoteTag {
		row.Pressure = pointer(coarse(fraction(r.tally[pressed])/float64(v), n))
		row.PressureNear = pointer(coarse(fraction(r.tally[pressedNear])/float64(v), n))
	}
	if len(r.asked) >= Threshold {
		pay := medianBand(r.asked)
		row.PayAsked = &pay
	}
}

func pointer(x float64) *float64 { return &x }

// coarse rounds a positive figure of n people to a step of 1, 2 or 5 times a power of ten that is at least as large, against the figure, as
// Threshold is against n.
func coarse(x float64, n int64) float64 {
	if x <= 0 || n <= 0 {
		return 0
	}
	least := x * min(1, max(0.01, Threshold/float64(n)))
	step := math.Pow10(int(math.Floor(math.Log10(least))))
	for _, digit := range [...]float64{1, 2, 5, 10} {
		if step*digit >= least*(1-1e-9) {
			step *= digit
			break
		}
	}
	return times(math.Round(x/step), step)
}

// times gives n steps, as the number that one would write: dividing by a whole number leaves no dust of binary fractions.
func times(n, step float64) float64 {
	if step < 1 {
		return n / math.Round(1/step)
	}
	return n * math.Round(step)
}

// shareOf gives the band in which a share of n people lies, of equal bands that are each as wide as atLeast people: so that the first of
// them does not tell that they are fewer than Threshold. Both are nil where not even halves are so wide.
func shareOf(some, n, atLeast int64) (low, high *float64) {
	for _, step := range [...]float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5} {
		if step*float64(n) >= float64(atLeast) {
			band := min(math.Floor(float64(some)/float64(n)/step+1e-9), math.Round(1/step)-1)
			return pointer(times(band, step)), pointer(times(band+1, step))
		}
	}
	return nil, nil
}

// coarseShare gives the middle of that band, for bands that hold Threshold people and more.
func coarseShare(some, n int64) *float64 {
	low, high := shareOf(some, n, Threshold+1)
	if low == nil {
		return nil
	}
	return pointer(math.Round((*low+*high)*500) / 1000)
}

// coarseRatio rounds a figure from 0 to 1 about n people to a step that stands for Threshold of them at least: 1 %, 2 %, 5 %, 10 %, 20 %,
// 25 %, or 50 %.
func coarseRatio(x float64, n int64) float64 {
	step := ratioStep(n)
	return min(1, times(math.Round(x/step), step))
}

// ratioStep is the step to which ratios about n people are rounded.
func ratioStep(n int64) float64 {
	steps := [...]float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5}
	i := slices.IndexFunc(steps[:], func(s float64) bool { return s*float64(n) >= Threshold })
	if i < 0 {
		i = len(steps) - 1
	}
	return steps[i]
}

// apportion divides a rounded ratio about n people among parts, in the same steps, so that they add up to it: whole steps by their
// weight, and what is left to the largest remainders, of equal ones to the first.
func apportion(ratio float64, n int64, weights ...float64) []float64 {
	step, sum := ratioStep(n), 0.0
	for _, w := range weights {
		sum += w
	}
	parts, left := make([]float64, len(weights)), make([]float64, len(weights))
	spare := math.Round(ratio / step)
	if sum <= 0 {
		return parts
	}
	due := spare
	for i, w := range weights {
		exact := due * w / sum
		parts[i] = math.Floor(exact)
		left[i] = exact - parts[i]
		spare -= parts[i]
	}
	for ; spare > 0; spare-- {
		i := slices.Index(left, slices.Max(left))
		parts[i], left[i] = parts[i]+1, -1
	}
	for i := range parts {
		parts[i] = times(parts[i], step)
	}
	return parts
}
