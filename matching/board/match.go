package board

import (
	"math"
	"slices"
	"time"

	"rabta/geo"
	"rabta/matching"
)

// MatchQuery asks for the postings that suit one person.
type MatchQuery struct {
	Seekers []matching.Seeker // her rows
	Within  float64           // metres; 0: as far as she travels
	Now     time.Time
	Limit   int              // negative: all
	After   *matching.Ranked // the last result of the page before
	Rungs   Rungs            // at most 15 rings
}

// Match is one pair that may be matched, with its place in the order.
type Match struct {
	matching.Ranked
	Opening *matching.Opening
	Seeker  *matching.Seeker
}

// Matches are the best of all pairs in reach.
type Matches struct {
	Total  int
	Best   []Match
	Ladder Ladder
}

// Match finds the postings for one person: exact, each posting once, by the best of her trades.
func (b *Postings) Match(m *matching.Model, q MatchQuery) Matches {
	if len(q.Seekers) == 0 {
		return Matches{Ladder: newCounter(q.Rungs).ladder}
	}
	w := newMatcher(m, &q)
	w.known = b.rooms.fits()
	snap := b.table.current.Load()
	for _, trade := range w.trades() {
		w.enter(trade)
		for i := range snap.runs {
			w.run = &snap.runs[i]
			w.rows = w.run.rows.(*postingRows)
			w.known.enter()
			w.run.sectionsOf([]uint16{trade}, w.section)
		}
		for i := range snap.delta {
			if p := &snap.delta[i]; p.Trade == trade {
				w.plain(pick{p: p}, &p.Opening, p.District)
			}
		}
	}
	b.rooms.Put(w.known)
	return w.matches()
}

// matcher is one Match under way. It knows the postings by the bands between the radii that count, and the rest of each only as far as
// something hangs on it: most rows are counted and never looked at whole.
type matcher struct {
	m     *matching.Model
	q     *MatchQuery
	home  geo.Point
	gauge geo.Gauge
	reach float64
	unix  int64
	radii []float64  // the rings, the reach and some steps before it, rising
	ways  []float64  // by radius: what the way brings at the most to a score between the radius before and this one
	rings []geo.Ring // the radii again
	fares []uint32   // by radius: above what travel costs a month up to it
	lives float64    // the same where she would live at the work, beyond every radius

	bands            []int // how many of the possible lie in the band of each radius
	total            int   // in reach
	remote, district int
	kept             best[pick]
	least            matching.Least
	nothing          bool // no result is wanted, only counts

	judges []*matching.Judge // one for each of her rows
	wishes []matching.Wish

	trade   uint16  // of the section at hand
	hope    float64 // the most that a row of it gets for its trade
	related []int   // those of her rows that are related to it; none unless she is searching
	run     *run[Posting]
	rows    *postingRows
	at      *section
	spans   bandSpans
	waiting []hopeful
	touched uint32           // of no meaning: what was asked of the memory ahead
	known   *fits            // of the trade at hand
	opening matching.Opening // room for the row at hand
}

// pick is a row that was kept: a number in some rows, or one of the delta.
type pick struct {
	rows   *postingRows
	n      int
	p      *Posting
	seeker int
}

func newMatcher(m *matching.Model, q *MatchQuery) *matcher {
	first := &q.Seekers[0]
	w := &matcher{m: m, q: q, home: first.Home, gauge: geo.NewGauge(first.Home), reach: m.MatchReach(first, q.Within), unix: q.Now.Unix(),
		kept: best[pick]{k: q.Limit, after: q.After}, nothing: q.Limit == 0, least: matching.AtLeast(0)}
	w.related, w.waiting = make([]int, 0, len(q.Seekers)), make([]hopeful, 0, blockRows)
	for i := range q.Seekers {
		w.judges = append(w.judges, m.NewJudge(q.Now))
		w.wishes = append(w.wishes, q.Seekers[i].Wish())
	}
	w.divide()
	return w
}

// divide sets the radii, and what lies between them may hope for.
func (w *matcher) divide() {
	w.radii = append(make([]float64, 0, geo.MaxRadii), w.reach)
	w.radii = append(w.radii, w.q.Rungs.Rings...)
	for _, step := range steps {
		if !w.nothing && step < w.reach && len(w.radii) < geo.MaxRadii {
			w.radii = append(w.radii, step)
		}
	}
	slices.Sort(w.radii)
	w.radii = slices.Compact(w.radii)
	w.bands = make([]int, len(w.radii))
	w.ways, w.rings, w.fares = make([]float64, len(w.radii)), make([]geo.Ring, len(w.radii)), make([]uint32, len(w.radii))
	for i, radius := range w.radii {
		if i > 0 {
			w.ways[i] = w.way(w.radii[i-1], false)
		}
		w.rings[i], w.fares[i] = geo.NewRing(radius), w.fare(radius)
	}
	w.lives = w.way(min(w.radii[len(w.radii)-1], math.Pi*geo.EarthRadius), true)
}

// fare is above what going so far costs a month with any of her rows, in rupees.
func (w *matcher) fare(metres float64) uint32 {
	most := 0.0
	for i := range w.q.Seekers {
		most = max(most, w.m.Fare(&w.q.Seekers[i], min(metres, math.Pi*geo.EarthRadius)))
	}
	return uint32(min(most+2, untoldPay))
}

// way is the most that the way to work brings to a score with any of her rows.
func (w *matcher) way(metres float64, living bool) float64 {
	most := math.Inf(-1)
	for i := range w.q.Seekers {
		most = max(most, w.judges[i].Way(&w.q.Seekers[i], metres, living))
	}
	return most
}

// trades gives the trades that are related to any of her rows: her own first and then the most related, since what is found early spares
// work later.
func (w *matcher) trades() []uint16 {
	var trades []uint16
	for i := range w.q.Seekers {
		trades = append(trades, w.q.Seekers[i].Trade)
	}
	own := len(trades)
	var how []float64 // related are those after her own
	for i := range w.q.Seekers {
		for _, r := range w.m.Catalogue.Related(w.q.Seekers[i].Trade) {
			if slices.Contains(trades, r.Number) {
				continue
			}
			at := len(how)
			for at > 0 && how[at-1] < r.Relatedness {
				at--
			}
			trades, how = slices.Insert(trades, own+at, r.Number), slices.Insert(how, at, r.Relatedness)
		}
	}
	return trades
}

// enter prepares for the rows of a trade.
func (w *matcher) enter(trade uint16) {
	before := len(w.related)
	w.trade, w.related, w.hope = trade, w.related[:0], math.Inf(-1)
	for i := range w.q.Seekers {
		if s := &w.q.Seekers[i]; s.Searching && w.m.Related(s.Trade, trade) {
			w.related = append(w.related, i)
			w.hope = max(w.hope, w.judges[i].Hope(s, trade))
		}
	}
	if before != len(w.q.Seekers) || len(w.related) != before {
		w.known.ask() // others of her rows may want less, or more
	}
}

// section takes the rows of one trade of a run into account: remote ones first, then those with a place band by band, and last those at
// which she may live beyond every radius. What is found early spares work later.
func (w *matcher) section(sec *section) {
	w.spans.spans, w.at = w.spans.spans[:0], sec
	far := &w.rows.wide[sec.number]
	remote := w.from(&far.remote, 0)
	w.remote += remote
	w.total += remote
	for _, n := range far.strays {
		w.stray(int(n))
	}
	w.spans.gather(sec, w.home, w.radii)
	w.spans.nearestFirst(len(w.radii), w.span)
	w.judge()
	if w.livesIn() {
		w.total += w.from(&far.living, w.lives) + w.from(&far.brought, 0)
	}
	if d := w.q.Rungs.District; d != nil {
		sec.trie.Within(d.Around.Center, d.Around.Metres, w.districtSpan)
	}
}

func (w *matcher) livesIn() bool { return w.q.Seekers[0].LivesIn }

// livesAt tells whether she may live at the work of a row, so that it is in reach wherever it is.
func (w *matcher) livesAt(n int) bool {
	return w.livesIn() && w.rows.gates[n].flags&hasAccommodation != 0
}

// open tells whether a row lives, is open, and agrees with what she wants.
func (w *matcher) open(n int) bool {
	a := &w.rows.gates[n]
	if int64(a.posted) > w.unix || int64(a.expires) <= w.unix || a.flags&isOpen == 0 || w.run.dead.has(n) {
		return false
	}
	for _, i := range w.related {
		if w.wishes[i].Meets(a.ask) {
			return true
		}
	}
	return false
}

// span takes rows with a place into account, whose band is known, or is this one or a later one. Those at which she may live count with
// all others of the kind.
func (w *matcher) span(s *bandSpan) {
	gates, points := w.rows.gates[s.lo:s.hi], w.rows.points[s.lo:s.hi]
	for i := range gates {
		g := &gates[i]
		if int64(g.posted) > w.unix || int64(g.expires) <= w.unix || g.flags&isOpen == 0 {
			continue
		}
		least := w.leastPay(g.ask)
		if g.pays() < least || w.run.dead.has(s.lo+i) {
			continue
		}
		in, n := s.band, s.lo+i
		if !s.sure {
			in = w.gauge.Band(points[i], w.rings, in)
		}
		if lives := w.livesAt(n); in < len(w.rings) || lives {
			w.placed(n, in, least, lives)
		}
	}
}

// placed takes a row in a band into account that pays at least so much before travel.
func (w *matcher) placed(n, in int, least uint32, lives bool) {
	if in == len(w.rings) {
		if w.payable(n) {
			w.offer(n, w.lives)
		}
		return
	}
	if monthly := w.rows.gates[n].monthly; monthly > 0 && least > 0 && uint64(monthly) < uint64(least)+uint64(w.fares[in]) && !w.payable(n) {
		return
	}
	w.bands[in]++
	near := w.rings[in].Metres <= w.reach
	if near && !lives {
		w.total++
	}
	if near || lives {
		w.offer(n, w.ways[in])
	}
}

// payable tells whether the pay of a row that is open leaves one of her rows what she accepts at the least.
func (w *matcher) payable(n int) bool {
	if w.rows.gates[n].monthly == 0 {
		return true
	}
	for _, i := range w.related {
		s := &w.q.Seekers[i]
		if !w.wishes[i].Meets(w.rows.gates[n].ask) {
			continue
		}
		if s.LowestPay == 0 || w.paysEnough(n, s) {
			return true
		}
	}
	return false
}

// paysEnough asks by bounds of the distance, and where they do not agree, by the distance. Travel never costs less farther away.
func (w *matcher) paysEnough(n int, s *matching.Seeker) bool {
	a := &w.rows.gates[n]
	if a.monthly < s.LowestPay {
		return false // even without travel
	}
	if a.flags&(isRemote|isOwnHome|hasTransport) != 0 || w.livesAt(n) {
		return true // and travel costs nothing
	}
	a.flags.give(&w.opening)
	w.opening.Monthly = a.monthly
	least, most := w.between(n)
	if w.m.PaysEnough(s, &w.opening, most) {
		return true
	}
	return w.m.PaysEnough(s, &w.opening, least) && w.m.PaysEnough(s, &w.opening, w.exact(n))
}

// stray takes a row into account that has no cell and may lie anywhere.
func (w *matcher) stray(n int) {
	if !w.open(n) {
		return
	}
	band := w.gauge.Band(w.rows.points[n], w.rings, 0)
	near := band < len(w.radii) && w.radii[band] <= w.reach || w.livesAt(n)
	if !near && band == len(w.radii) || !w.payable(n) {
		return
	}
	if band < len(w.radii) {
		w.bands[band]++
	}
	if near {
		w.total++
		w.offer(n, 0)
	}
}

// between gives bounds of the distance of a row, and exact the distance itself; 0 for remote work.
func (w *matcher) between(n int) (least, most float64) {
	if w.rows.gates[n].flags&isRemote != 0 {
		return 0, 0
	}
	return w.gauge.Between(w.rows.points[n])
}

func (w *matcher) exact(n int) float64 {
	if w.rows.gates[n].flags&isRemote != 0 {
		return 0
	}
	return w.gauge.Exact(w.rows.points[n])
}

// plain takes a row of the delta into account, in every count.
func (w *matcher) plain(what pick, o *matching.Opening, district uint16) {
	if d := w.q.Rungs.District; d != nil && !o.Remote && district == d.Number && w.possible(o, w.metresTo(o)) {
		w.district++
	}
	w.anywhere(what, o)
}

// anywhere takes one opening into account, in every count but that of the district.
func (w *matcher) anywhere(what pick, o *matching.Opening) {
	metres := w.metresTo(o)
	near := o.Remote || metres <= w.reach || w.q.Seekers[0].LivesAt(o)
	band := 0
	for band < len(w.radii) && !(metres <= w.radii[band]) {
		band++
	}
	if !near && band == len(w.radii) || !w.possible(o, metres) {
		return
	}
	switch {
	case o.Remote:
		w.remote++
	case band < len(w.radii):
		w.bands[band]++
	}
	if near {
		w.total++
		if !w.nothing {
			w.keep(what, o, metres, o.Key)
		}
	}
}

// metresTo is the distance of an opening; 0 for remote work.
func (w *matcher) metresTo(o *matching.Opening) float64 {
	if o.Remote {
		return 0
	}
	return w.gauge.Exact(o.At)
}

// possible tells whether any of her rows may be matched to an opening, were it in reach.
func (w *matcher) possible(o *matching.Opening, metres float64) bool {
	for _, i := range w.related {
		if w.m.Possible(&w.q.Seekers[i], o, metres, math.Inf(1), w.q.Now) == "" {
			return true
		}
	}
	return false
}

// districtSpan counts those of the rows that lie in the district.
func (w *matcher) districtSpan(lo, hi int, _ bool) {
	lo, hi = lo+w.at.lo, hi+w.at.lo
	for n := lo; n < hi; n++ {
		if w.rows.gates[n].district == w.q.Rungs.District.Number && w.open(n) && w.payable(n) {
			w.district++
		}
	}
}

// matches gives the answer.
func (w *matcher) matches() Matches {
	for _, j := range w.judges {
		j.Dismiss()
	}
	result := Matches{Total: w.total, Ladder: newCounter(w.q.Rungs).ladder}
	result.Ladder.Remote, result.Ladder.District = w.remote, w.district
	for i, ring := range w.q.Rungs.Rings {
		for b, radius := range w.radii {
			if radius <= ring {
				result.Ladder.Rings[i] += w.bands[b]
			}
		}
	}
	kept := w.kept.list()
	if len(kept) == 0 {
		return result
	}
	result.Best = make([]Match, len(kept))
	postings := make([]Posting, len(kept))
	for i, r := range kept {
		if r.what.p != nil {
			postings[i] = *r.what.p
		} else {
			r.what.rows.get(r.what.n, &postings[i])
		}
		result.Best[i] = Match{Ranked: r.Ranked, Seeker: &w.q.Seekers[r.what.seeker], Opening: &postings[i].Opening}
	}
	return result
}

// tradesRelatedTo gives a trade and those related to it, ascending.
func tradesRelatedTo(m *matching.Model, trade uint16) []uint16 {
	trades := []uint16{trade}
	for _, r := range m.Catalogue.Related(trade) {
		trades = append(trades, r.Number)
	}
	slices.Sort(trades)
	return slices.Compact(trades)
}
