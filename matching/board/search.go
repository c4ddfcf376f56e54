package board

import (
	"math"
	"math/bits"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// SearchQuery asks for live postings by what they are and where. The zero value, with Now set, asks for all of them.
type SearchQuery struct {
	Trades  []uint16         // any of these; nil: every trade
	Kind    matching.Kind    // empty: any
	Gender  matching.Gender  // leaves out what is closed to it; empty: any
	PayFrom matching.Rupees  // least monthly pay stated; 0: any
	Remote  bool             // remote postings only
	Near    *geo.Point       // from where to measure; nil: nowhere
	Within  float64          // metres from Near; 0: any distance
	Only    []matching.ID    // of these records alone; nil: of all
	Score   Scoring          // nil: every posting scores 0
	Now     time.Time        // when they must be live
	Limit   int              // negative: all
	After   *matching.Ranked // the last result of the page before
	Rungs   Rungs
}

// Scoring scores one posting at a distance in metres from the point asked for (NaN without one, or for a remote posting), and tells
// whether it belongs to the results at all.
type Scoring func(o *matching.Opening, metres float64) (score float64, ok bool)

// Hit is one posting found. Metres is NaN where no distance can be told.
type Hit struct {
	matching.Ranked
	Opening *matching.Opening
	Far     float64
}

// Hits are the first of all postings found.
type Hits struct {
	Total  int
	Hits   []Hit
	Ladder Ladder
	Trades map[uint16]int // how many of the total are of each trade
	Kinds  map[matching.Kind]int
}

// Search finds postings: in the order of their score, then distance, then id. With Near given remote postings are counted on the
// ladder and not among the results, unless they are what was asked for.
func (b *Postings) Search(q SearchQuery) Hits {
	q.Trades = slices.Clone(q.Trades)
	slices.Sort(q.Trades)
	q.Trades = slices.Compact(q.Trades)
	snap := b.table.current.Load()
	f := &finder{q: &q, unix: q.Now.Unix(), count: newCounter(q.Rungs), kept: best[Hit]{k: q.Limit, after: q.After},
		hits: Hits{Trades: map[uint16]int{}, Kinds: map[matching.Kind]int{}}}
	switch {
	case q.Only != nil:
		for _, id := range distinct(q.Only) {
			snap.rowsOf(id, func(p *Posting) {
				if (area{trades: q.Trades}).wants(p.Trade) {
					f.consider(p)
				}
			})
		}
		f.countDistrict(snap, distinct(q.Only))
	default:
		snap.each(area{trades: q.Trades, circle: q.circle()}, f.consider)
		f.countDistrict(snap, nil)
	}
	f.hits.Ladder = f.count.ladder
	f.settle()
	for i, count := range f.kinds {
		if count > 0 {
			f.hits.Kinds[kindOf(i)] = count
		}
	}
	for _, r := range f.kept.list() {
		f.hits.Hits = append(f.hits.Hits, r.what)
	}
	return f.hits
}

// circle is where a walk has to look, apart from postings without a place: where the results lie and what the rings count.
func (q *SearchQuery) circle() *Circle {
	switch {
	case q.Near == nil && q.Remote:
		return &Circle{Metres: -1}
	case q.Near != nil && q.Remote:
		return &Circle{*q.Near, q.Rungs.farthest()}
	case q.Near != nil && q.Within > 0:
		return &Circle{*q.Near, max(q.Within, q.Rungs.farthest())}
	}
	return nil
}

// kindOf names the kinds in the order of Kinds, and what follows them by none.
func kindOf(i int) matching.Kind {
	if i < len(matching.Kinds) {
		return matching.Kinds[i]
	}
	return ""
}

func distinct(ids []matching.ID) []ulid.ULID {
	keys := make([]ulid.ULID, len(ids))
	for i, id := range ids {
		keys[i] = id.ULID()
	}
	slices.SortFunc(keys, ulid.ULID.Compare)
	return slices.Compact(keys)
}

// finder is one search under way.
type finder struct {
	q     *SearchQuery
	unix  int64
	count *counter
	kept  best[Hit]
	hits  Hits
	trade uint16                       // of the rows last counted, which mostly come trade by trade
	run   int                          // how many of them are not yet in hits.Trades
	kinds [len(matching.Kinds) + 1]int // by kind; the last is of none that is known
}

// tally counts a result in the facets.
func (f *finder) tally(p *Posting) {
	if p.Trade != f.trade {
		f.settle()
		f.trade = p.Trade
	}
	f.run++
	f.kinds[min(bits.TrailingZeros8(p.Kind), len(matching.Kinds))]++
}

// settle brings the facets up to date.
func (f *finder) settle() {
	if f.run > 0 {
		f.hits.Trades[f.trade] += f.run
		f.run = 0
	}
}

// consider takes one row into account.
func (f *finder) consider(p *Posting) {
	metres, score, ok := f.admits(p)
	if !ok {
		return
	}
	f.count.near(p, metres)
	q := f.q
	switch {
	case q.Remote && !p.Remote,
		!q.Remote && p.Remote && q.Near != nil,
		!p.Remote && q.Near != nil && q.Within > 0 && !(metres <= q.Within):
		return
	}
	f.hits.Total++
	f.tally(p)
	at := matching.Ranked{Score: score, Key: p.Key}
	if !math.IsNaN(metres) {
		at.Metres = metres
	}
	if f.kept.wants(at) {
		opening := p.Opening // what was visited is not ours to keep
		f.kept.offer(at, Hit{at, &opening, metres})
	}
}

// admits tells whether a posting passes every filter but distance, and gives its distance (NaN where there is none) and score.
func (f *finder) admits(p *Posting) (metres, score float64, ok bool) {
	q := f.q
	if !p.LiveAt(f.unix) || q.Kind != "" && p.KindOfWork() != q.Kind || q.Gender != "" && !p.OpenFor(q.Gender) ||
		q.PayFrom > 0 && matching.Rupees(p.Monthly) < q.PayFrom {
		return 0, 0, false
	}
	metres = math.NaN()
	if q.Near != nil && !p.Remote {
		metres = geo.Distance(*q.Near, p.At)
	}
	if q.Score != nil {
		if score, ok = q.Score(&p.Opening, metres); !ok {
			return 0, 0, false
		}
	}
	return metres, score, true
}

// countDistrict counts the district's own rung, which may reach beyond every ring; among the given records alone when there are any.
func (f *finder) countDistrict(snap *snapshot[Posting], only []ulid.ULID) {
	d := f.q.Rungs.District
	if d == nil {
		return
	}
	in := func(p *Posting) {
		if p.Remote || p.District != d.Number {
			return
		}
		if _, _, ok := f.admits(p); ok {
			f.count.ladder.District++
		}
	}
	if only == nil {
		snap.each(area{trades: f.q.Trades, circle: &d.Around}, in)
		return
	}
	for _, id := range only {
		snap.rowsOf(id, func(p *Posting) {
			if (area{trades: f.q.Trades}).wants(p.Trade) {
				in(p)
			}
		})
	}
}
