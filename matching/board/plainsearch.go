package board

import (
	"slices"

	"rabta/geo"
	"rabta/matching"
)

// A search around a point without words counts a ladder to a hundred kilometres and lists what lies within a few. Its rows are therefore taken by
// the bands between the radii, as those of a match are: most are counted by the span that they lie in, and only those within the radius
// are looked at further.

// byBands tells whether a search can be answered so.
func (q *WordQuery) byBands() bool {
	return q.Words == nil && !q.Needed && q.Near != nil && q.Within > 0 && !q.Remote && len(q.Rungs.Rings) < geo.MaxRadii
}

// bandFinder is one such search under way.
type bandFinder struct {
	*wordFinder
	radii  []float64  // the rings and the radius of the search, rising
	rings  []geo.Ring // the radii again
	counts []int      // by band
	frame  geo.Frame  // of the last radius
	spans  bandSpans
	run    *run[Posting]
	rows   *postingRows
	sec    *section
}

// searchBands finds what SearchWords is asked for.
func (f *wordFinder) searchBands(snap *snapshot[Posting]) {
	q := f.q
	w := &bandFinder{wordFinder: f, radii: append(make([]float64, 0, geo.MaxRadii), q.Within)}
	w.radii = append(w.radii, q.Rungs.Rings...)
	slices.Sort(w.radii)
	w.radii = slices.Compact(w.radii)
	w.rings = make([]geo.Ring, len(w.radii))
	for i, radius := range w.radii {
		w.rings[i] = geo.NewRing(radius)
	}
	w.counts, w.frame = make([]int, len(w.radii)), geo.NewFrame(*q.Near, w.radii[len(w.radii)-1])
	for i := range snap.runs {
		w.run = &snap.runs[i]
		w.rows = w.run.rows.(*postingRows)
		w.run.sectionsOf(q.Trades, w.section)
	}
	for i := range snap.delta {
		if d := &snap.delta[i]; q.Trades == nil || (area{trades: q.Trades}).wants(d.Trade) {
			f.consider(where{wide: d, trade: d.Trade}, 0)
		}
	}
	for i, ring := range q.Rungs.Rings {
		for b, radius := range w.radii {
			if radius <= ring {
				f.ladder.Rings[i] += w.counts[b]
			}
		}
	}
}

// section takes the rows of one trade of a run into account.
func (w *bandFinder) section(sec *section) {
	w.sec = sec
	for n := sec.placeless; n < sec.hi; n++ {
		if !w.run.dead.has(n) {
			w.consider(where{rows: w.rows, n: n, trade: sec.trade}, 0)
		}
	}
	w.spans.gather(sec, *w.q.Near, w.radii)
	for i := range w.spans.spans {
		w.span(&w.spans.spans[i])
	}
}

// span takes rows with a place into account.
func (w *bandFinder) span(s *bandSpan) {
	for n := s.lo; n < s.hi; n++ {
		// Of a trade with few rows the whole country is one span, most of which the frame misses.
		if !s.sure && w.frame.Misses(w.rows.points[n]) || !w.admits(&w.rows.gates[n]) || w.run.dead.has(n) {
			continue
		}
		in := s.band
		if !s.sure {
			in = w.gauge.Band(w.rows.points[n], w.rings, in)
		}
		if in == len(w.radii) {
			continue
		}
		w.counts[in]++
		if w.radii[in] <= w.q.Within {
			w.found(n)
		}
	}
}

// found takes a row within the radius of the search into account.
func (w *bandFinder) found(n int) {
	a := &w.rows.gates[n]
	w.total++
	w.tally(w.sec.trade, a.ask.Kind)
	o := w.described(w.sec.trade, a)
	least, _ := w.gauge.Between(w.rows.points[n])
	if w.hopeless(w.q.Rating.Most(o, 0, least), least) {
		return
	}
	metres := w.gauge.Exact(w.rows.points[n])
	w.offer(where{rows: w.rows, n: n, trade: w.sec.trade}, metres, w.q.Rating.Score(o, 0, metres))
}

// described gives the posting at hand as a rating is given it.
func (f *wordFinder) described(trade uint16, a *gate) *matching.Opening {
	o := &f.opening
	o.Trade, o.Posted = trade, a.posted
	o.Kind, o.OpenTo, o.NeedYes, o.NeedNo = a.ask.Kind, a.ask.OpenTo, a.ask.NeedYes, a.ask.NeedNo
	a.flags.give(o)
	return o
}

// countSpan counts those of the rows that lie in the district.
func (f *wordFinder) countSpan(run *run[Posting], rows *postingRows, lo, hi int) {
	for n := lo; n < hi; n++ {
		if a := &rows.gates[n]; a.district == f.q.Rungs.District.Number && a.flags&isRemote == 0 && f.admits(a) && !run.dead.has(n) {
			f.ladder.District++
		}
	}
}

// wordHit is a posting that was kept.
type wordHit struct {
	where
	metres float64
}

// hits gives what was kept as it is shown.
func (f *wordFinder) hits() []Hit {
	kept := f.kept.list()
	if len(kept) == 0 {
		return nil
	}
	hits, postings := make([]Hit, len(kept)), make([]Posting, len(kept))
	for i := range kept {
		r, p := &kept[i], &postings[i]
		if r.what.wide != nil {
			*p = *r.what.wide
		} else {
			r.what.rows.get(r.what.n, p)
		}
		hits[i] = Hit{r.Ranked, &p.Opening, r.what.metres}
	}
	return hits
}
