package board

import (
	"math"

	"rabta/matching"
)

// load unpacks what row n is judged by.
func (w *matcher) load(n int) {
	w.rows.judged(n, &w.opening)
	w.opening.Trade = w.trade
}

// hopeful is a row in reach that may be among the best, and what the way brings to its score at the most.
type hopeful struct {
	n   int
	way float64
}

// offer keeps a row in reach for judge, if it may be among the best.
func (w *matcher) offer(n int, way float64) {
	if !w.nothing && w.promising(n, way) {
		w.await(hopeful{n, way})
	}
}

// await keeps a row for judge.
func (w *matcher) await(h hopeful) {
	if w.waiting = append(w.waiting, h); len(w.waiting) == cap(w.waiting) {
		w.judge()
	}
}

// judge judges the rows that wait. They lie all over the section: what is needed of them is asked of the memory for all at once, which takes
// hardly longer than for one.
func (w *matcher) judge() {
	for _, h := range w.waiting {
		w.touched += w.rows.gates[h.n].posted + w.rows.asked[h.n].list + uint32(w.rows.points[h.n].Lat)
	}
	for _, h := range w.waiting {
		if w.promising(h.n, h.way) {
			w.row(h.n)
		}
	}
	w.waiting = w.waiting[:0]
}

// row judges a row by the least distance that it may have, and by its distance only when that would be among the best: fewer metres never
// score lower.
func (w *matcher) row(n int) {
	w.load(n)
	metres, _ := w.between(n)
	for _, i := range w.related {
		if _, ok := w.judges[i].Total(&w.q.Seekers[i], &w.opening, metres, w.least); ok {
			w.keep(pick{rows: w.rows, n: n}, &w.opening, w.exact(n), w.rows.ident(n))
			return
		}
	}
}

// promising tells whether a row may be among the best as far as its trade, its date, its standing and the way go.
func (w *matcher) promising(n int, way float64) bool {
	a := &w.rows.gates[n]
	switch {
	case a.flags&(isOwnHome|hasTransport) != 0:
		way = 0
	case w.livesAt(n):
		way = max(way, w.lives)
	}
	return w.mayBring(way, a.standing, a.posted)
}

// mayBring tells the same of what is known but by its standing and its date. Standings are those of the board's own model.
func (w *matcher) mayBring(way float64, standing float32, posted uint32) bool {
	return w.m != w.rows.m || w.judges[0].Promising(w.hope+way, standing, posted, w.least)
}

// keep takes a row that may be among the best, with the one of her rows that suits it best.
func (w *matcher) keep(what pick, o *matching.Opening, metres float64, key [16]byte) {
	top := math.Inf(-1)
	for _, i := range w.related {
		s := &w.q.Seekers[i]
		if w.m.Possible(s, o, metres, math.Inf(1), w.q.Now) != "" {
			continue
		}
		if score, ok := w.judges[i].Total(s, o, metres, w.least); ok && score > top {
			what.seeker, top = i, score
		}
	}
	if math.IsInf(top, -1) {
		return
	}
	w.kept.offer(matching.Ranked{Score: top, Metres: metres, Key: key}, what)
	if worst, ok := w.kept.worst(); ok {
		w.least = matching.AtLeast(worst)
	}
}
