package board

import (
	"math"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// CandidateQuery asks for the people who suit one posting.
type CandidateQuery struct {
	Opening *matching.Opening
	Within  float64 // metres; narrows each person's own reach; 0: as far as they travel
	Now     time.Time
	Limit   int              // negative: all
	After   *matching.Ranked // the last result of the page before
	Rings   []float64        // radii in metres to count within, rising
	// Pseudonym gives the key by which equal candidates are ordered and shown, so that not even the order tells who is who; nil:
	// her own key, for staff. It is asked only for those who may be among the best.
	Pseudonym func(ulid.ULID) ulid.ULID
	// Shown gives the figure that a candidate is shown with and ordered by, from the employer's view of the row that suits best, and never
	// a lower one from a higher view; nil: it is the combined score.
	Shown func(employer float64) float64
}

// Candidate is one person who may be matched to the posting. Metres is the banded distance; Key of Ranked is the pseudonym.
type Candidate struct {
	matching.Ranked
	Seeker *matching.Seeker
}

// Candidates are the best of all people in reach.
type Candidates struct {
	Total int
	Best  []Candidate
	Rings []int
}

// Candidates finds the people for one posting: exact, each person once, by the best of her trades, among those who have agreed to be
// shown. Reach, score and order go by the band of the distance from the centre of the home's resolution-7 cell.
func (b *Graduates) Candidates(m *matching.Model, q CandidateQuery) Candidates {
	f := newCandidateFinder(m, &q)
	f.fits = b.rooms.fits()
	if f.opening.LiveAt(q.Now.Unix()) {
		snap := b.table.current.Load()
		for _, trade := range tradesRelatedTo(m, q.Opening.Trade) {
			if !m.Related(trade, q.Opening.Trade) {
				continue
			}
			for i := range snap.runs {
				f.run = &snap.runs[i]
				f.rows = f.run.rows.(*graduateRows)
				f.run.sectionsOf([]uint16{trade}, f.section)
			}
			for i := range snap.delta {
				if g := &snap.delta[i]; g.Trade == trade {
					f.plain(g)
				}
			}
		}
		f.settle()
	}
	b.rooms.Put(f.fits)
	return f.candidates()
}

// candidateFinder is one Candidates under way. Most people have one row on the board, and are done with when it is seen; of those who have
// several the best is known at the end.
type candidateFinder struct {
	m       *matching.Model
	q       *CandidateQuery
	opening *matching.Opening
	ask     matching.Ask
	area    area
	gauge   geo.Gauge
	judging *matching.Judge
	rings   []int // how many lie in the band of each ring
	total   int
	kept    best[foundRow]
	least   matching.Least
	several map[ulid.ULID]person
	known   [outlooks]knownOutlook
	fits    *fits // of the section at hand

	run     *run[Graduate]
	spans   bandSpans
	rows    *graduateRows
	listed  bool // those at hand who roam are counted with all that do
	waiting []prospect
	order   [blockRows]ordered
	touched uint32  // of no meaning: what was asked of the memory ahead
	last    uint32  // the coarse centre that was measured last, and its band
	metres  float64 // below 0: none was
	seeker  matching.Seeker
}

// outlooks is how many outlooks are kept at a time, each in a place of its own by the ways of travel and the distance.
const outlooks = 64

// knownOutlook is the outlook of people of one trade who travel alike from one band of distance.
type knownOutlook struct {
	trade   uint16
	modes   uint8
	livesIn bool
	set     bool
	metres  float64
	matching.Outlook
	matching.Going
}

// foundRow is a row that was kept: a number in some rows, or one of the delta.
type foundRow struct {
	rows *graduateRows
	n    int
	g    *Graduate
}

// person is one person who has several rows, with the one that suits best; none when she does not come so far and only the rings count
// her.
type person struct {
	row             foundRow
	comes           bool
	trade           uint16
	total, employer float64
	metres          float64
}

// suitsBetter compares two rows of one person. Of equals the one of the lower trade holds, whatever the order of the walk.
func (p person) suitsBetter(than person) bool {
	if !p.comes || !than.comes {
		return p.comes
	}
	return p.total > than.total || p.total == than.total && p.trade < than.trade
}

func newCandidateFinder(m *matching.Model, q *CandidateQuery) *candidateFinder {
	f := &candidateFinder{m: m, q: q, opening: q.Opening, ask: q.Opening.Ask(), area: q.area(m), gauge: geo.NewGauge(q.Opening.At),
		judging: m.NewJudge(q.Now), rings: make([]int, len(q.Rings)), kept: best[foundRow]{k: q.Limit, after: q.After}, least: matching.AtLeast(0),
		waiting: make([]prospect, 0, blockRows)}
	return f
}

// area is where to look for people: as far as any of them comes, and as far as the rings count.
func (q *CandidateQuery) area(m *matching.Model) area {
	a := area{}
	if q.Opening.Remote {
		return a
	}
	a.circle = &Circle{q.Opening.At, math.Inf(1)}
	if q.Within > 0 {
		a.circle.Metres = q.Within
	}
	a.own = &own{untold: m.Weights.Travel.Reach.Value, least: q.farthestRing()}
	return a
}

// farthestRing is the radius of the last ring, 0 without rings.
func (q *CandidateQuery) farthestRing() float64 {
	if len(q.Rings) == 0 {
		return 0
	}
	return q.Rings[len(q.Rings)-1]
}

// section takes the rows of one trade and class of reach of a run into account.
func (f *candidateFinder) section(sec *section) {
	f.metres, f.listed = -1, false
	f.fits.enter()
	if f.area.circle == nil {
		f.span(sec.lo, sec.hi)
		f.judge()
		return
	}
	f.span(sec.placeless, sec.hi)
	f.listed = f.opening.Accommodation
	f.nearestFirst(sec)
	if f.listed {
		for i := range f.rows.roamers[sec.number] {
			f.roam(&f.rows.roamers[sec.number][i], f.area.radius(sec))
		}
	}
	f.judge()
}

// nearestFirst takes the rows of a section that lie as far as any of them comes, those who live near before the others: they mostly score
// higher, and spare work with who comes after them.
func (f *candidateFinder) nearestFirst(sec *section) {
	var room [len(steps) + 1]float64
	radii := room[:0]
	radius := f.area.radius(sec)
	for _, step := range steps {
		if step < radius {
			radii = append(radii, step)
		}
	}
	radii = append(radii, radius)
	f.spans.gather(sec, f.area.circle.Center, radii)
	f.spans.nearestFirst(len(radii), func(s *bandSpan) { f.span(s.lo, s.hi) })
}

// span takes rows into account.
func (f *candidateFinder) span(lo, hi int) {
	for n := lo; n < hi; n++ {
		f.row(n)
	}
}

// mayCome tells whether a row is of one who searches and has agreed to be shown, lives, and agrees with what the posting says.
func (f *candidateFinder) mayCome(o *offer, n int) bool {
	return o.flags&mayBeShown == mayBeShown && o.wish.Meets(f.ask) && !f.run.dead.has(n)
}

// row takes one row into account.
func (f *candidateFinder) row(n int) {
	o := &f.rows.offers[n]
	if !f.mayCome(o, n) {
		return
	}
	metres := 0.0
	if !f.opening.Remote {
		metres = f.bandOf(o.coarse)
	}
	comes := f.comes(o.maxMetres, o.flags&isLivingIn != 0, metres)
	if !comes && !(metres <= f.q.farthestRing()) {
		return
	}
	if !f.outlook(o.trade, o.modes, o.flags&isLivingIn != 0, metres).Leaves(o.lowestPay, f.opening) {
		return
	}
	if f.counts(o.trade, o.other) {
		f.tally(metres, comes && !(f.listed && o.flags&isLivingIn != 0))
	}
	f.judgeRow(n, comes, metres)
}

// isTwin tells whether a person's other row may be matched to the opening wherever this one may.
func (f *candidateFinder) isTwin(other uint16) bool {
	return other < manyTrades && f.m.Related(other, f.opening.Trade)
}

// counts tells whether a row stands for its person where people are counted: of twins the one of the lower trade does, and those who have
// more rows are counted at the end.
func (f *candidateFinder) counts(trade, other uint16) bool {
	return other != manyTrades && (trade < other || !f.isTwin(other))
}

// judgeRow takes one row into account that may be matched, apart from the counts unless the person has many.
func (f *candidateFinder) judgeRow(n int, comes bool, metres float64) {
	o := &f.rows.offers[n]
	switch {
	case o.other == manyTrades:
		p := person{row: foundRow{rows: f.rows, n: n}, comes: comes, trade: o.trade, metres: metres}
		if comes {
			f.rows.judged(n, &f.seeker)
			f.score(&p, &f.seeker, true)
		}
		f.take(f.rows.ident(n), p, true)
	case comes && f.promising(o.trade, o.modes, o.flags&isLivingIn != 0, metres):
		f.await(prospect{n: n, metres: metres})
	}
}

// suitsBest tells whether a row suits better than its twin.
func (f *candidateFinder) suitsBest(n int, p *person) bool {
	f.rows.judged(int(f.rows.twin[n]), &f.seeker)
	other := person{comes: true, trade: f.seeker.Trade}
	other.total, _ = f.judging.Total(&f.seeker, f.opening, p.metres, matching.AtLeast(0))
	return !other.suitsBetter(*p)
}

// outlook is what is known of people of a trade by how and how far they travel.
func (f *candidateFinder) outlook(trade uint16, modes uint8, livesIn bool, metres float64) *knownOutlook {
	at := &f.known[(uint32(metres/1000)*7+uint32(modes))%outlooks]
	if !at.set || at.trade != trade || at.modes != modes || at.livesIn != livesIn || at.metres != metres {
		of := matching.Seeker{Trade: trade, Modes: modes, LivesIn: livesIn}
		*at = knownOutlook{trade, modes, livesIn, true, metres, f.judging.Outlook(&of, f.opening, metres), f.judging.Going(&of, f.opening, metres)}
	}
	return at
}

// plain takes a row of the delta into account.
func (f *candidateFinder) plain(g *Graduate) {
	if !g.Consents {
		return
	}
	metres := 0.0
	if !f.opening.Remote {
		metres = matching.Banded(f.gauge.Exact(g.Coarse))
	}
	comes := f.comes(g.MaxMetres, g.LivesIn, metres)
	if !comes && !(metres <= f.q.farthestRing()) || f.m.Possible(&g.Seeker, f.opening, metres, math.Inf(1), f.q.Now) != "" {
		return
	}
	p := person{row: foundRow{g: g}, comes: comes, trade: g.Trade, metres: metres}
	if comes {
		f.score(&p, &g.Seeker, true)
	}
	f.take(g.Key, p, true)
}

// bandOf is the banded distance of a coarse centre. Neighbours share theirs, and bounds mostly lie in one band.
func (f *candidateFinder) bandOf(coarse uint32) float64 {
	if f.metres >= 0 && coarse == f.last {
		return f.metres
	}
	at := f.rows.coarse[coarse]
	least, most := f.gauge.Between(at)
	f.last, f.metres = coarse, matching.Banded(max(0, least))
	if f.metres != matching.Banded(most) {
		f.metres = matching.Banded(f.gauge.Exact(at))
	}
	return f.metres
}

// comes tells whether a person would come: the band is within her own reach, narrowed by what was asked, or she would live there, or
// the work is remote.
func (f *candidateFinder) comes(reach float64, livesIn bool, metres float64) bool {
	if f.opening.Remote || livesIn && f.opening.Accommodation {
		return true
	}
	if !(reach > 0) {
		reach = f.m.Weights.Travel.Reach.Value
	}
	if f.q.Within > 0 {
		reach = min(reach, f.q.Within)
	}
	return metres <= reach
}

// score fills the figures of a row: beside what the employer is shown the combined score where something hangs on it.
func (f *candidateFinder) score(p *person, s *matching.Seeker, several bool) {
	if f.q.Shown != nil {
		p.employer = f.judging.Employer(s, f.opening, p.metres)
	}
	if f.q.Shown == nil || several {
		p.total, _ = f.judging.Total(s, f.opening, p.metres, matching.AtLeast(0))
	}
}

// take keeps a person among the best, or for later when there is more of her. The others have been counted.
func (f *candidateFinder) take(key ulid.ULID, p person, several bool) {
	if !several {
		f.keep(key, &p)
		return
	}
	if f.several == nil {
		f.several = map[ulid.ULID]person{}
	}
	if before, ok := f.several[key]; !ok || p.suitsBetter(before) {
		f.several[key] = p
	}
}

// settle counts the people who have several rows, by the row that suits best.
func (f *candidateFinder) settle() {
	for key, p := range f.several {
		f.tally(p.metres, p.comes)
		if p.comes {
			f.keep(key, &p)
		}
	}
}

// keep takes a person who comes into account, but for the counts.
func (f *candidateFinder) keep(key ulid.ULID, p *person) {
	at := matching.Ranked{Score: p.total, Metres: p.metres, Key: key}
	if f.q.Shown != nil {
		at.Score = f.q.Shown(p.employer)
	}
	if f.q.Pseudonym != nil {
		if at.Key = (ulid.ULID{}); !f.kept.mayWant(at) {
			return
		}
		at.Key = f.q.Pseudonym(key)
	}
	f.kept.offer(at, p.row)
	if worst, ok := f.kept.worst(); ok && f.q.Shown == nil {
		f.least = matching.AtLeast(worst)
	}
}

// tally counts a person at a distance, and among the results when she comes.
func (f *candidateFinder) tally(metres float64, comes bool) {
	for i, radius := range f.q.Rings {
		if metres <= radius {
			f.rings[i]++
			break
		}
	}
	if comes {
		f.total++
	}
}

// candidates gives the answer.
func (f *candidateFinder) candidates() Candidates {
	f.judging.Dismiss()
	result := Candidates{Total: f.total, Rings: f.rings}
	for i := 1; i < len(result.Rings); i++ {
		result.Rings[i] += result.Rings[i-1]
	}
	kept := f.kept.list()
	if len(kept) == 0 {
		return result
	}
	result.Best = make([]Candidate, len(kept))
	people := make([]Graduate, len(kept))
	for i, r := range kept {
		if r.what.g != nil {
			people[i] = *r.what.g
		} else {
			r.what.rows.get(r.what.n, &people[i])
		}
		result.Best[i] = Candidate{Ranked: r.Ranked, Seeker: &people[i].Seeker}
	}
	return result
}
