package board

import (
	"math"

	"rabta/matching"
)

// MatchTrades gives the trades whose postings a Match of these rows looks at: no other one can change its answer.
func MatchTrades(m *matching.Model, seekers []matching.Seeker) []uint16 {
	return (&matcher{m: m, q: &MatchQuery{Seekers: seekers}}).trades()
}

// NextTurn gives the first time after now, both in Unix seconds, at which a posting of the trade begins or expires by itself; math.MaxInt64 when
// none will. Until then time alone changes nothing of what is live in the trade. It reads all rows of the trade, and may name a time at
// which one ends that is gone already.
func (b *Postings) NextTurn(trade uint16, now int64) int64 {
	next := int64(math.MaxInt64)
	turns := func(posted, expires uint32) {
		for _, at := range [...]int64{int64(posted), int64(expires)} {
			if at > now {
				next = min(next, at)
			}
		}
	}
	snap := b.table.current.Load()
	for i := range snap.runs {
		rows := snap.runs[i].rows.(*postingRows)
		snap.runs[i].sectionsOf([]uint16{trade}, func(sec *section) {
			for n := sec.lo; n < sec.hi; n++ {
				turns(rows.gates[n].posted, rows.gates[n].expires)
			}
		})
	}
	for i := range snap.delta {
		if p := &snap.delta[i]; p.Trade == trade {
			turns(p.Posted, p.Expires)
		}
	}
	return next
}
