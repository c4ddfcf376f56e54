package board

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sort"

	"github.com/oklog/ulid/v2"

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
	rows *postingRows
	n    int
	wide *Posting // of the delta; else nil
}

// trade is the trade of the posting.
func (w where) trade() uint16 {
	if w.wide != nil {
		return w.wide.Trade
	}
	return w.rows.shown[w.n].trade
}

// loose is a posting whose row is not in the order of the words.
type loose struct {
	where
	text float64
	row  int // where the words have it; negative: text holds
}

// wordWalk is what is to be looked at of one run whose rows are in the order of the words.
type wordWalk struct {
	run    *run[Posting]
	rows   *postingRows
	offset int
	spans  []Span // by the numbers of the run
}

// wordPlan is all that is to be looked at, and which rows the words are wanted of.
type wordPlan struct {
	walks []wordWalk
	loose []loose
	read  []Span
}

// wordFinder is one search by words under way.
type wordFinder struct {
	q     *WordQuery
	unix  int64
	kind  uint8 // mask
	gauge geo.Gauge
	met   []Met

	ladder  Ladder
	kept    best[Hit]
	total   int
	trades  map[uint16]int
	trade   uint16
	run     int
	opening matching.Opening // of the posting at hand, for the rating
	kinds   [len(matching.Kinds) + 1]int
}

func newWordFinder(q *WordQuery) *wordFinder {
	f := &wordFinder{q: q, unix: q.Now.Unix(), kept: best[Hit]{k: q.Limit, after: q.After}, trades: map[uint16]int{}}
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

// plan says what is to be looked at.
func (f *wordFinder) plan(snap *snapshot[Posting]) wordPlan {
	q := f.q
	areas := []area{{trades: q.Trades, circle: q.circle()}}
	if d := q.Rungs.District; d != nil && q.Needed {
		areas = append(areas, area{trades: q.Trades, circle: &d.Around})
	}
	// Where words only order, they are wanted of the results alone.
	ordered := area{trades: q.Trades, circle: q.resultCircle()}
	var o *order
	if q.Words != nil {
		o, _ = q.Words.Order().(*order)
	}
	var p wordPlan
	for i := range snap.runs {
		run := &snap.runs[i]
		rows := run.rows.(*postingRows)
		spans := run.spans(areas...)
		var offset int
		covered := false
		if o != nil {
			offset, covered = o.offset(run.base)
		}
		if q.Words != nil && !covered {
			f.loosen(&p, run, rows, spans)
			continue
		}
		p.walks = append(p.walks, wordWalk{run, rows, offset, spans})
		if q.Words == nil {
			continue
		}
		read := spans
		if !q.Needed {
			read = run.spans(ordered)
		}
		for _, s := range read {
			p.read = append(p.read, Span{s.Lo + offset, s.Hi + offset})
		}
	}
	for i := range snap.delta {
		if d := &snap.delta[i]; areas[0].wants(d.Trade) {
			f.look(&p, where{wide: d}, d.Key)
		}
	}
	p.read = joined(p.read)
	return p
}

// resultCircle is where results lie, apart from postings without a place.
func (q *SearchQuery) resultCircle() *Circle {
	switch {
	case q.Remote:
		return &Circle{Metres: -1}
	case q.Near != nil && q.Within > 0:
		return &Circle{*q.Near, q.Within}
	}
	return nil
}

// loosen looks up the rows of a run that is not in the order of the words.
func (f *wordFinder) loosen(p *wordPlan, run *run[Posting], rows *postingRows, spans []Span) {
	for _, s := range spans {
		for n := s.Lo; n < s.Hi; n++ {
			if !run.dead.has(n) && f.admits(&rows.asked[n]) {
				f.look(p, where{rows: rows, n: n}, rows.shown[n].key)
			}
		}
	}
}

// look looks up one posting.
func (f *wordFinder) look(p *wordPlan, w where, id ulid.ULID) {
	l := loose{where: w, row: -1}
	if f.q.Words == nil {
		p.loose = append(p.loose, l)
		return
	}
	if l.text, l.row = f.q.Words.Find(id); l.row >= 0 {
		p.read = append(p.read, Span{l.row, l.row + 1})
	} else if f.q.Needed && l.text == 0 {
		return
	}
	p.loose = append(p.loose, l)
}

// joined puts spans in order and makes one of those that touch.
func joined(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Lo, b.Lo) })
	out := spans[:0]
	for _, s := range spans {
		switch last := len(out) - 1; {
		case s.Lo >= s.Hi:
		case last >= 0 && s.Lo <= out[last].Hi:
			out[last].Hi = max(out[last].Hi, s.Hi)
		default:
			out = append(out, s)
		}
	}
	return out
}

// spans gives the rows of some areas, and those without a place.
func (r *run[R]) spans(areas ...area) []Span {
	var spans []Span
	for _, a := range areas {
		r.sectionsOf(a.trades, func(sec *section) {
			if a.circle == nil {
				spans = append(spans, Span{sec.lo, sec.hi})
				return
			}
			sec.trie.Within(a.circle.Center, a.circle.Metres, func(lo, hi int, _ bool) { spans = append(spans, Span{sec.lo + lo, sec.lo + hi}) })
			spans = append(spans, Span{sec.placeless, sec.hi})
		})
	}
	return joined(spans)
}

// walk looks at the rows of a run: at all of the spans, or where words are needed at those that meet one.
func (f *wordFinder) walk(w *wordWalk) {
	i := 0
	seek := func(row int) {
		i += sort.Search(len(f.met)-i, func(k int) bool { return f.met[i+k].Row >= row })
	}
	for _, s := range w.spans {
		seek(s.Lo + w.offset)
		if f.q.Needed {
			for ; i < len(f.met) && f.met[i].Row < s.Hi+w.offset; i++ {
				if n := f.met[i].Row - w.offset; !w.run.dead.has(n) {
					f.consider(where{rows: w.rows, n: n}, f.met[i].Score)
				}
			}
			continue
		}
		for n := s.Lo; n < s.Hi; n++ {
			text := 0.0
			for i < len(f.met) && f.met[i].Row < n+w.offset {
				i++
			}
			if i < len(f.met) && f.met[i].Row == n+w.offset {
				text = f.met[i].Score
			}
			if !w.run.dead.has(n) {
				f.consider(where{rows: w.rows, n: n}, text)
			}
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
func (f *wordFinder) admits(a *asked) bool {
	q := f.q
	return a.flags&isOpen != 0 && int64(a.posted) <= f.unix && int64(a.expires) > f.unix && (f.kind == 0 || a.ask.Kind == f.kind) &&
		(q.PayFrom == 0 || matching.Rupees(a.monthly) >= q.PayFrom) && (q.Gender == "" || (&matching.Opening{OpenTo: a.ask.OpenTo}).OpenFor(q.Gender))
}

// consider takes one posting into account.
func (f *wordFinder) consider(w where, text float64) {
	q := f.q
	var room asked
	var at geo.Point
	a := &room
	if w.wide != nil {
		p := w.wide
		room = asked{posted: p.Posted, expires: p.Expires, monthly: p.Monthly, district: p.District, flags: flagsOf(p), ask: p.Ask()}
		at = p.At
	} else {
		a, at = &w.rows.asked[w.n], w.rows.points[w.n]
	}
	if !f.admits(a) {
		return
	}
	remote := a.flags&isRemote != 0
	if remote {
		f.ladder.Remote++
	}
	least, metres := 0.0, math.NaN() // metres are worked out when they are wanted
	within := true
	if q.Needed && !remote {
		f.tellDistrict(a)
	}
	if q.Near != nil && !remote {
		var most float64
		least, most = f.gauge.Between(at)
		within = f.measure(at, least, most) || q.Within <= 0
	}
	if q.Remote && !remote || !q.Remote && remote && q.Near != nil || !within {
		return
	}
	f.total++
	trade := w.trade()
	f.tally(trade, a.ask.Kind)
	o := &f.opening
	o.Trade, o.Posted, o.OpenTo, o.NeedYes, o.NeedNo, o.Kind = trade, a.posted, a.ask.OpenTo, a.ask.NeedYes, a.ask.NeedNo, a.ask.Kind
	a.flags.give(o)
	if q.Near != nil && !remote {
		if f.hopeless(q.Rating.Most(o, text, least)) {
			return
		}
		metres = f.gauge.Exact(at)
	}
	f.offer(w, metres, q.Rating.Score(o, text, metres))
}

// measure counts a posting in its ring, and tells whether it lies within the radius. least and most are bounds of its distance.
func (f *wordFinder) measure(at geo.Point, least, most float64) bool {
	exact := math.NaN()
	inside := func(radius float64) bool {
		if most <= radius || least > radius {
			return most <= radius
		}
		if math.IsNaN(exact) {
			exact = f.gauge.Exact(at)
		}
		return exact <= radius
	}
	rings := f.q.Rungs.Rings
	for i := len(rings) - 1; i >= 0 && inside(rings[i]); i-- {
		f.ladder.Rings[i]++
	}
	return f.q.Within > 0 && inside(f.q.Within)
}

// tellDistrict counts a posting that meets the words in the district's rung.
func (f *wordFinder) tellDistrict(a *asked) {
	if d := f.q.Rungs.District; d != nil && a.district == d.Number {
		f.ladder.District++
	}
}

// hopeless tells whether a score of at most so much cannot be kept any more.
func (f *wordFinder) hopeless(most float64) bool {
	worst, full := f.kept.worst()
	return f.kept.k == 0 || full && most < worst
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
	if !f.kept.wants(at) {
		return
	}
	var p Posting
	if w.wide != nil {
		p = *w.wide
	} else {
		w.rows.get(w.n, &p)
	}
	f.kept.offer(at, Hit{at, &p.Opening, metres})
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
	a := area{trades: f.q.Trades, circle: &d.Around}
	for i := range snap.runs {
		run := &snap.runs[i]
		rows := run.rows.(*postingRows)
		for _, s := range run.spans(a) {
			for n := s.Lo; n < s.Hi; n++ {
				if rows.asked[n].district == d.Number && rows.asked[n].flags&isRemote == 0 && !run.dead.has(n) && f.admits(&rows.asked[n]) {
					f.ladder.District++
				}
			}
		}
	}
	for i := range snap.delta {
		p := &snap.delta[i]
		if p.District == d.Number && !p.Remote && a.wants(p.Trade) &&
			f.admits(&asked{posted: p.Posted, expires: p.Expires, monthly: p.Monthly, flags: flagsOf(p), ask: p.Ask()}) {
			f.ladder.District++
		}
	}
}

// result gives what was found.
func (f *wordFinder) result() Hits {
	f.settle()
	hits := Hits{Total: f.total, Ladder: f.ladder, Trades: f.trades, Kinds: map[matching.Kind]int{}}
	for i, count := range f.kinds {
		if count > 0 {
			hits.Kinds[kindOf(i)] = count
		}
	}
	for _, r := range f.kept.list() {
		hits.Hits = append(hits.Hits, r.what)
	}
	return hits
}
