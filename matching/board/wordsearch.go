package board

import (
	"math"
	"math/bits"
	"slices"
	"sort"

	"rabta/geo"
	"rabta/matching"
)

// WordQuery is a search by words: a SearchQuery, whose Only and Score are not looked at, with how well postings meet the words and
// what that counts.
type WordQuery struct {
	SearchQuery
	Words  Words // nil: no posting meets any
	Needed bool  // only what meets a word is found; else the words only order
	Rating Rating
}

// Rating scores postings by what they are, by how well they meet the words and by their distance. It is given an opening without its
// key, place, skills and pay, which is its own only until it returns.
type Rating interface {
	// Score is the score of a posting; metres is NaN without a point to measure from and for remote postings.
	Score(o *matching.Opening, text, metres float64) float64
	// Most is at least the Score of every distance from metres on.
	Most(o *matching.Opening, text, metres float64) float64
}

// SearchWords finds postings as Search does with a Score that knows of each posting how well it meets the words, and, where words are
// needed, with Only the postings that meet one. It looks at the rows in reach, and of these at no more than it must. The error is that of q.Words.
func (b *Postings) SearchWords(q WordQuery) (Hits, error) {
	q.Trades = slices.Clone(q.Trades)
	slices.Sort(q.Trades)
	q.Trades = slices.Compact(q.Trades)
	f := newWordFinder(&q)
	snap := b.table.current.Load()
	if q.byBands() {
		f.searchBands(snap)
		f.countDistrict(snap)
		return f.result(), nil
	}
	w := f.plan(snap)
	if q.Words != nil {
		var err error
		if f.met, err = q.Words.Read(w.read, nil); err != nil {
			return Hits{}, err
		}
	}
	for i := range w.walks {
		f.walk(&w.walks[i])
	}
	for _, l := range w.loose {
		text := l.text
		if l.row >= 0 {
			text = f.textOf(l.row)
		}
		if text > 0 || !q.Needed {
			f.consider(l.where, text)
		}
	}
	if !q.Needed {
		f.countDistrict(snap)
	}
	return f.result(), nil
}

// where is one posting: a row of a run, or one of the delta.
type where struct {
	rows  *postingRows
	n     int
	trade uint16
	wide  *Posting // of the delta; else nil
}

// wordFinder is one search by words under way.
type wordFinder struct {
	q     *WordQuery
	unix  int64
	kind  uint8 // mask
	gauge geo.Gauge
	met   []Met

	ladder  Ladder
	kept    best[wordHit]
	total   int
	trades  map[uint16]int
	trade   uint16
	run     int
	opening matching.Opening // of the posting at hand, for the rating
	kinds   [len(matching.Kinds) + 1]int
}

func newWordFinder(q *WordQuery) *wordFinder {
	f := &wordFinder{q: q, unix: q.Now.Unix(), kept: best[wordHit]{k: q.Limit, after: q.After}, trades: map[uint16]int{}}
	f.ladder.Rings = make([]int, len(q.Rungs.Rings))
	if q.Kind != "" {
		f.kind = 1 << 7 // of no posting
		if i := slices.Index(matching.Kinds[:], q.Kind); i >= 0 {
			f.kind = 1 << i
		}
	}
	if q.Near != nil {
		f.gauge = geo.NewGauge(*q.Near)
	}
	return f
}

// walk looks at the rows of a run: at all of the spans, or where words are needed at those that meet one.
func (f *wordFinder) walk(w *wordWalk) {
	met := f.met
	sections := w.run.sections
	look := func(n int, text float64) {
		for sections[0].hi <= n {
			sections = sections[1:]
		}
		if !w.run.dead.has(n) {
			f.consider(where{rows: w.rows, n: n, trade: sections[0].trade}, text)
		}
	}
	for _, s := range w.spans {
		met = met[sort.Search(len(met), func(i int) bool { return met[i].Row >= s.Lo+w.offset }):]
		if f.q.Needed {
			for ; len(met) > 0 && met[0].Row < s.Hi+w.offset; met = met[1:] {
				look(met[0].Row-w.offset, met[0].Score)
			}
			continue
		}
		for n := s.Lo; n < s.Hi; n++ {
			text := 0.0
			if len(met) > 0 && met[0].Row == n+w.offset {
				text, met = met[0].Score, met[1:]
			}
			look(n, text)
		}
	}
}

// textOf is how well a row meets the words.
func (f *wordFinder) textOf(row int) float64 {
	i := sort.Search(len(f.met), func(k int) bool { return f.met[k].Row >= row })
	if i < len(f.met) && f.met[i].Row == row {
		return f.met[i].Score
	}
	return 0
}

// admits tells whether a posting passes every filter but distance.
func (f *wordFinder) admits(a *gate) bool {
	q := f.q
	return a.flags&isOpen != 0 && int64(a.posted) <= f.unix && int64(a.expires) > f.unix && (f.kind == 0 || a.ask.Kind == f.kind) &&
		(q.PayFrom == 0 || matching.Rupees(a.monthly) >= q.PayFrom) && (q.Gender == "" || (&matching.Opening{OpenTo: a.ask.OpenTo}).OpenFor(q.Gender))
}

// consider takes one posting into account.
func (f *wordFinder) consider(w where, text float64) {
	q := f.q
	var room gate
	var at geo.Point
	a := &room
	if w.wide != nil {
		room, at = narrow(w.wide), w.wide.At
	} else {
		a, at = &w.rows.gates[w.n], w.rows.points[w.n]
	}
	if !f.admits(a) {
		return
	}
	remote := a.flags&isRemote != 0
	if remote {
		f.ladder.Remote++
	}
	if q.Needed && !remote && q.Rungs.District != nil && a.district == q.Rungs.District.Number {
		f.ladder.District++
	}
	least, metres := 0.0, math.NaN() // metres are worked out when they are wanted
	within := true
	if q.Near != nil && !remote {
		least, within = f.measure(at)
	}
	if q.Remote && !remote || !q.Remote && remote && q.Near != nil || !within {
		return
	}
	f.total++
	f.tally(w.trade, a.ask.Kind)
	o := f.described(w.trade, a)
	if q.Near != nil && !remote {
		if f.hopeless(q.Rating.Most(o, text, least), least) {
			return
		}
		metres = f.gauge.Exact(at)
	}
	f.offer(w, metres, q.Rating.Score(o, text, metres))
}

// narrow gives of a row of the delta what is looked at.
func narrow(p *Posting) gate {
	return gate{posted: p.Posted, expires: p.Expires, monthly: p.Monthly, district: p.District, flags: flagsOf(p), ask: p.Ask()}
}

// measure counts a posting in its rings, and gives the distance that it is at least away, and whether it lies within the radius.
func (f *wordFinder) measure(at geo.Point) (least float64, within bool) {
	least, most := f.gauge.Between(at)
	inside := func(radius float64) bool {
		switch {
		case most <= radius:
			return true
		case least > radius:
			return false
		}
		exact := f.gauge.Exact(at)
		least, most = exact, exact
		return exact <= radius
	}
	rings := f.q.Rungs.Rings
	for i := len(rings) - 1; i >= 0 && inside(rings[i]); i-- {
		f.ladder.Rings[i]++
	}
	return least, f.q.Within <= 0 || inside(f.q.Within)
}

// hopeless tells whether a score of at most so much, at least so many metres away, cannot be kept any more.
func (f *wordFinder) hopeless(most, least float64) bool {
	return !f.kept.mayReach(matching.Ranked{Score: most, Metres: least})
}

func (f *wordFinder) offer(w where, metres, score float64) {
	at := matching.Ranked{Score: score}
	if !math.IsNaN(metres) {
		at.Metres = metres
	}
	if w.wide != nil {
		at.Key = w.wide.Key
	} else {
		at.Key = w.rows.shown[w.n].key
	}
	f.kept.offer(at, wordHit{w, metres})
}

// tally counts a result in the facets.
func (f *wordFinder) tally(trade uint16, kind uint8) {
	if trade != f.trade {
		f.settle()
		f.trade = trade
	}
	f.run++
	f.kinds[min(bits.TrailingZeros8(kind), len(matching.Kinds))]++
}

func (f *wordFinder) settle() {
	if f.run > 0 {
		f.trades[f.trade] += f.run
		f.run = 0
	}
}

// countDistrict counts the district's rung where words only order.
func (f *wordFinder) countDistrict(snap *snapshot[Posting]) {
	d := f.q.Rungs.District
	if d == nil {
		return
	}
	district := area{trades: f.q.Trades, circle: &d.Around}
	for i := range snap.runs {
		run := &snap.runs[i]
		rows := run.rows.(*postingRows)
		run.sectionsOf(district.trades, func(sec *section) {
			f.countSpan(run, rows, sec.placeless, sec.hi)
			sec.trie.Within(d.Around.Center, d.Around.Metres, func(lo, hi int, _ bool) { f.countSpan(run, rows, sec.lo+lo, sec.lo+hi) })
		})
	}
	for i := range snap.delta {
		p := &snap.delta[i]
		if a := narrow(p); p.District == d.Number && !p.Remote && district.wants(p.Trade) && f.admits(&a) {
			f.ladder.District++
		}
	}
}

// result gives what was found.
func (f *wordFinder) result() Hits {
	f.settle()
	hits := Hits{Total: f.total, Hits: f.hits(), Ladder: f.ladder, Trades: f.trades, Kinds: map[matching.Kind]int{}}
	for i, count := range f.kinds {
		if count > 0 {
			hits.Kinds[kindOf(i)] = count
		}
	}
	return hits
}
