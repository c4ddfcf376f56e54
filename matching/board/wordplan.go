package board

import (
	"cmp"
	"slices"

	"github.com/oklog/ulid/v2"
)

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
			f.look(&p, where{wide: d, trade: d.Trade}, d.Key)
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
			if !run.dead.has(n) && f.admits(&rows.gates[n]) {
				f.look(p, where{rows: rows, n: n, trade: rows.shown[n].trade}, rows.shown[n].key)
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
