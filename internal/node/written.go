package node

import (
	"bytes"
	"hash/maphash"
	"math"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/board"
)

// A person who looks at her matches looks again soon, and mostly nothing has changed. So the first page of a list that was asked for twice is
// kept as it was written, and given again as long as the same would be written: as long as her record makes the same rows and has the same
// status, no posting of a trade that these are related to has changed, no employer was renamed, no posting of these trades has begun or
// expired by itself, and the day is the same, which is all that a score knows of time. What tells the moment, as_of and the cursor, is made
// anew each time.
// Whoever asks has been let through to her record before; another person's list is kept under another id and with other rows.

const (
	writtenPages = 1_024    // at the most, one a graduate: some 20 MB
	longestPage  = 40 << 10 // bytes of one that is kept: longer ones are asked for by programs
	askedBefore  = 32_768   // questions that are known to have been asked
)

// written keeps pages; shown.pages holds them, so that what an entry of the journal names goes from there first.
type written struct {
	unsettled atomic.Bool     // the follower is at work: records and board may be of different moments
	changes   []atomic.Uint64 // of postings, by trade
	seed      maphash.Seed
	asked     [askedBefore]atomic.Uint64 // questions, by their print

	mu    sync.Mutex
	turns []turn // by trade; guarded by mu
}

// turn is when time alone next changes what is live in a trade.
type turn struct {
	of         uint64 // changes of the trade that it was found after
	from, next int64  // Unix seconds: none between
}

// writtenPage is the first page of a list, and what it hangs on.
type writtenPage struct {
	question  question
	state     pageState
	seekers   []matching.Seeker
	status    matching.Status // why there are none is told by it, and no row tells placed from paused
	trades    []uint16        // that her rows are related to
	from, end int64           // Unix seconds: between them time changes nothing of what is live
	day       int32
	last      matching.Ranked
	full      bool // another page may follow
	text      []byte
}

// question is what is asked of one graduate's matches.
type question struct {
	within   float64
	limit    int
	language Language
}

// pageState is what a page hangs on beside her record, the board and the time.
type pageState struct {
	changes   uint64 // of postings of her trades
	renames   uint64
	gazetteer *geo.Gazetteer
}

func newWritten(trades int) *written {
	return &written{changes: make([]atomic.Uint64, trades), turns: make([]turn, trades), seed: maphash.MakeSeed()}
}

// around applies changes of postings to a board, and counts them before they show and again after: of the trades that they had and have,
// or of all when there are many. Before, so that a page of the old board is not taken for one of the new; after, so that a turn that
// was found on the old board in between, under the first count, is not either.
func (w *written) around(b *board.Postings, changes []board.PostingChange, apply func()) {
	const few = 256
	if len(changes) > few {
		w.allChanged()
		apply()
		w.allChanged()
		return
	}
	touched := tradesOf(b, changes)
	w.count(touched)
	apply()
	w.count(touched)
}

// tradesOf gives the trades that postings have on a board, and those that changes give them.
func tradesOf(b *board.Postings, changes []board.PostingChange) []uint16 {
	list := make([]uint16, 0, 2*len(changes))
	for _, c := range changes {
		if before, ok := b.Row(c.ID); ok {
			list = append(list, before.Trade)
		}
		if c.Row != nil {
			list = append(list, c.Row.Trade)
		}
	}
	return list
}

// count counts a change of each of some trades. No page hangs on one outside the catalogue.
func (w *written) count(trades []uint16) {
	for _, t := range trades {
		if int(t) < len(w.changes) {
			w.changes[t].Add(1)
		}
	}
}

func (w *written) allChanged() {
	for i := range w.changes {
		w.changes[i].Add(1)
	}
}

// changesOf counts the changes of some trades so far. It never falls, so that the same count is the same postings.
func (w *written) changesOf(trades []uint16) (count uint64) {
	for _, t := range trades {
		count += w.changes[t].Load()
	}
	return count
}

// isAskedAgain notes a question, and tells whether it was noted before and not forgotten since.
func (w *written) isAskedAgain(id matching.ID, q question) bool {
	var h maphash.Hash
	h.SetSeed(w.seed)
	_, _ = h.WriteString(string(id)) // a hash takes everything
	maphash.WriteComparable(&h, q)
	print := h.Sum64()
	return w.asked[print%askedBefore].Swap(print) == print
}

// nextTurn gives until when time alone changes nothing of what is live in some trades. It remembers what it has found of each.
func (w *written) nextTurn(b *board.Postings, trades []uint16, now int64) int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	next := int64(math.MaxInt64)
	for _, trade := range trades {
		t, of := &w.turns[trade], w.changes[trade].Load()
		if t.of != of || now < t.from || now >= t.next {
			*t = turn{of: of, from: now, next: b.NextTurn(trade, now)}
		}
		next = min(next, t.next)
	}
	return next
}

// pageState gives what a page with these trades hangs on now; false while the follower is at work.
func (n *Node) pageState(trades []uint16) (pageState, bool) {
	if n.written.unsettled.Load() {
		return pageState{}, false
	}
	return pageState{changes: n.written.changesOf(trades), renames: n.shown.renames.Load(), gazetteer: n.gazetteer()}, true
}

// pageWritten gives the page that was written for the same question, if the same would be written now.
func (n *Node) pageWritten(q question, g *matching.Graduate, seekers []matching.Seeker, asOf time.Time) *writtenPage {
	kept, ok := n.shown.pages.Get(g.ID)
	if !ok || kept.question != q || kept.status != g.Status {
		return nil
	}
	now := asOf.Unix()
	if now < kept.from || now >= kept.end || matching.Day(asOf) != kept.day || !slices.EqualFunc(kept.seekers, seekers, sameSeeker) {
		return nil
	}
	if state, settled := n.pageState(kept.trades); !settled || state != kept.state {
		return nil
	}
	return kept
}

// sameSeeker tells whether two rows are the same in all that they hold.
func sameSeeker(a, b matching.Seeker) bool { return reflect.DeepEqual(a, b) }

// keeping is a page that is to be kept once it is written.
type keeping struct {
	n    *Node
	id   matching.ID
	drop uint64 // drops of n.shown when the page was begun
	page *writtenPage
}

// beginKeeping notes what a page hangs on, before anything of it is looked up; nil when it is not to be kept.
func (n *Node) beginKeeping(q question, g *matching.Graduate, seekers []matching.Seeker, asOf time.Time) *keeping {
	if !n.written.isAskedAgain(g.ID, q) {
		return nil
	}
	trades := board.MatchTrades(n.model(), seekers)
	k := &keeping{n: n, id: g.ID, drop: n.shown.dropped(), page: &writtenPage{question: q, seekers: seekers, status: g.Status,
		trades: trades, from: asOf.Unix(), day: matching.Day(asOf)}}
	var settled bool
	if k.page.state, settled = n.pageState(trades); !settled {
		return nil
	}
	k.page.end = n.written.nextTurn(n.postings, trades, k.page.from)
	return k
}

// Keep keeps a page as it was written, all but its as_of and its cursor, for whoever asks the same again. It copies what it is given.
func (r *MatchResult) Keep(text []byte) {
	k := r.keeping
	if k == nil || len(text) > longestPage || r.Partial {
		return
	}
	k.page.text = bytes.Clone(text)
	if state, settled := k.n.pageState(k.page.trades); settled && state == k.page.state {
		keep(k.n.shown, k.n.shown.pages, k.drop, k.id, k.page)
	}
}

// result gives a kept page as that of a moment.
func (w *writtenPage) result(p page) *MatchResult {
	r := &MatchResult{AsOf: p.asOf, Written: w.text}
	if w.full {
		r.Next = p.next(w.last)
	}
	return r
}
