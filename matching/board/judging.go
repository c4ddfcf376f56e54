package board

import (
	"cmp"
	"math"
	"slices"

	"rabta/matching"
)

// hopeful is a row in reach that may be among the best, what the way brings to its score at the most, and once it is looked at the most that
// it can score, with the most that its terms are: the terms themselves where one of her rows alone is related to its trade.
type hopeful struct {
	n     int
	way   float64
	bound float64
	known matching.Known
}

// offer keeps a row in reach for judge, if it may be among the best.
func (w *matcher) offer(n int, way float64) {
	if !w.nothing && w.least.Wants(w.bound(n, way)) {
		w.await(hopeful{n: n, way: way})
	}
}

// await keeps a row for judge.
func (w *matcher) await(h hopeful) {
	if w.waiting = append(w.waiting, h); len(w.waiting) == cap(w.waiting) {
		w.judge()
	}
}

// judge judges the rows that wait, the most promising first. They lie all over the section: what is needed of them is asked of the memory for
// all at once, which takes hardly longer than for one.
func (w *matcher) judge() {
	for i := range w.waiting {
		n := w.waiting[i].n
		w.touched += w.rows.gates[n].posted + w.rows.asked[n].list
	}
	suited := w.waiting[:0]
	for _, h := range w.waiting {
		if w.suits(&h) {
			suited = append(suited, h)
		}
	}
	for _, h := range suited {
		w.touched += uint32(w.rows.points[h.n].Lat) + uint32(w.rows.shown[h.n].unit)
	}
	slices.SortFunc(suited, func(a, b hopeful) int { return cmp.Compare(b.bound, a.bound) })
	for i := range suited {
		if !w.least.Wants(suited[i].bound) {
			break // nor is any after it wanted
		}
		w.row(&suited[i])
	}
	w.waiting = w.waiting[:0]
}

// row judges a row by its distance, unless the least distance that it may have tells that it is not among the best: fewer metres never
// score lower.
func (w *matcher) row(h *hopeful) {
	if w.rows.gates[h.n].flags&(isRemote|isOwnHome|hasTransport) == 0 {
		metres, _ := w.between(h.n)
		if !w.least.Wants(h.bound - h.way + w.way(max(0, metres), w.livesAt(h.n))) {
			return
		}
	}
	what, o, metres, key := pick{rows: w.rows, n: h.n}, &w.opening, w.exact(h.n), w.rows.ident(h.n)
	o.Trade = w.trade
	if len(w.related) > 1 {
		w.rows.judged(h.n, o)
		w.keep(what, o, metres, key)
		return
	}
	w.rows.plain(h.n, o)
	what.seeker = w.related[0]
	judge := w.judges[what.seeker]
	going := judge.Going(&w.q.Seekers[what.seeker], o, metres)
	if score, ok := judge.TotalOf(&h.known, &going, o, w.least); ok {
		w.take(what, matching.Ranked{Score: score, Metres: metres, Key: key})
	}
}

// bound is above what a row can score as far as its trade, its date, its standing and the way go, as a natural logarithm.
func (w *matcher) bound(n int, way float64) float64 {
	a := &w.rows.gates[n]
	switch {
	case a.flags&(isOwnHome|hasTransport) != 0:
		way = 0
	case w.livesAt(n):
		way = max(way, w.lives)
	}
	return w.mostOf(way, a.standing, a.posted)
}

// mostOf is the same of what is known but by its standing and its date. Standings are those of the board's own model.
func (w *matcher) mostOf(way float64, standing float32, posted uint32) float64 {
	if w.m != w.rows.m {
		return math.Inf(1)
	}
	return w.hope + way + w.judges[0].Stands(standing, posted)
}

// suits tells whether a row may be among the best as far as what it asks for goes, too.
func (w *matcher) suits(h *hopeful) bool {
	g, a := &w.rows.gates[h.n], &w.rows.asked[h.n]
	if h.bound = w.bound(h.n, h.way); !w.least.Wants(h.bound) {
		return false
	}
	h.known = matching.Known{Skill: w.skillTerm(a.list), Experience: w.experienceTerm(a), Requirements: w.hurdleTerm(a, g.flags),
		Timing: w.timingTerm(a.starts), Conditions: w.conditionsTerm(g.ask)}
	h.bound += w.judges[0].Brings(h.known.Skill, h.known.Experience, h.known.Requirements) - w.hope + w.judges[0].Suits(h.known.Timing, h.known.Conditions)
	return w.least.Wants(h.bound)
}

// keep takes a row that may be among the best, and may be matched to one of her rows, with the one that suits it best.
func (w *matcher) keep(what pick, o *matching.Opening, metres float64, key [16]byte) {
	top := math.Inf(-1)
	for _, i := range w.related {
		s := &w.q.Seekers[i]
		if len(w.related) > 1 && w.m.Possible(s, o, metres, math.Inf(1), w.q.Now) != "" {
			continue
		}
		if score, ok := w.judges[i].Total(s, o, metres, w.least); ok && score > top {
			what.seeker, top = i, score
		}
	}
	if math.IsInf(top, -1) {
		return
	}
	w.take(what, matching.Ranked{Score: top, Metres: metres, Key: key})
}

// take offers a result.
func (w *matcher) take(what pick, at matching.Ranked) {
	w.kept.offer(at, what)
	if worst, ok := w.kept.worst(); ok {
		w.least = matching.AtLeast(worst)
	}
}
