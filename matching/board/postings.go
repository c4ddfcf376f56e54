package board

import (
	"math"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// Posting is one row of the board of postings.
type Posting struct {
	matching.Opening
	District uint16 // the caller's number of the district of its location; 0 when it has none
}

func (p Posting) ident() ulid.ULID         { return p.Key }
func (p Posting) trade() uint16            { return p.Trade }
func (p Posting) place() (geo.Point, bool) { return p.At, !p.Remote && p.At != geo.Point{} }
func (p Posting) roams() bool              { return p.Accommodation }
func (p Posting) reach() float64           { return 0 }

// metresFrom is the exact distance of the work from a point; 0 for remote work.
func (p *Posting) metresFrom(from geo.Point) float64 {
	if p.Remote {
		return 0
	}
	return geo.Distance(from, p.At)
}

// Postings is the board of postings. Its methods are safe for concurrent use; readers never wait.
type Postings struct{ table *table[Posting] }

// NewPostings makes a board of rows.
func NewPostings(rows []Posting) *Postings { return &Postings{newTable(newPostingRows, rows)} }

// PostingChange puts a row, or removes the record when Row is nil.
type PostingChange struct {
	ID  matching.ID
	Row *Posting
}

// Apply makes changes visible, all at once.
func (b *Postings) Apply(changes []PostingChange) {
	batch := make([]change[Posting], len(changes))
	for i, c := range changes {
		batch[i].id = c.ID.ULID()
		if c.Row != nil {
			batch[i].rows = []Posting{*c.Row}
		}
	}
	b.table.apply(batch)
}

// Replace puts other rows in the place of all that the board holds, at once.
func (b *Postings) Replace(rows []Posting) { b.table.replace(rows) }

// Merge makes one run of everything; readers and writers go on meanwhile.
func (b *Postings) Merge() { b.table.merge(true) }

// MergeDue folds the newest changes, and older ones once they have become many. It does nothing when nothing is due.
func (b *Postings) MergeDue() { b.table.merge(false) }

// Due tells whether MergeDue has something to do.
func (b *Postings) Due() bool { return b.table.current.Load().isDue() }

// Pending is the number of rows that the next Merge folds in or drops.
func (b *Postings) Pending() int { return b.table.current.Load().pending() }

// Count is the number of postings on the board, live or not yet or no longer.
func (b *Postings) Count() int { return b.table.current.Load().count() }

// Row gives the row of a posting.
func (b *Postings) Row(id matching.ID) (Posting, bool) {
	var row Posting
	found := false
	b.table.current.Load().rowsOf(id.ULID(), func(p *Posting) { row, found = *p, true })
	return row, found
}

// District is a district to count in: its number and a circle that holds all of it.
type District struct {
	Number uint16
	Around Circle
}

// Rungs say what a ladder counts, apart from the results themselves.
type Rungs struct {
	Rings    []float64 // radii in metres, rising
	District *District // nil: none
}

// Ladder is how much lies how near, whatever reach was asked for.
type Ladder struct {
	Rings    []int // within each radius, cumulative
	District int
	Remote   int
}

// counter counts a ladder. Each row is offered once to near, and once more to inDistrict where the district reaches farther.
type counter struct {
	rungs  Rungs
	ladder Ladder
}

func newCounter(r Rungs) *counter {
	return &counter{rungs: r, ladder: Ladder{Rings: make([]int, len(r.Rings))}}
}

func (c *counter) near(p *Posting, metres float64) {
	if p.Remote {
		c.ladder.Remote++
		return
	}
	for i, radius := range c.rungs.Rings {
		if metres <= radius {
			c.ladder.Rings[i]++
		}
	}
}

// farthest is the radius that a walk must have to count every ring.
func (r Rungs) farthest() float64 {
	if len(r.Rings) == 0 {
		return 0
	}
	return r.Rings[len(r.Rings)-1]
}

// MatchQuery asks for the postings that suit one person.
type MatchQuery struct {
	Seekers []matching.Seeker // her rows
	Within  float64           // metres; 0: as far as she travels
	Now     time.Time
	Limit   int              // negative: all
	After   *matching.Ranked // the last result of the page before
	Rungs   Rungs
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
	home, reach := q.Seekers[0].Home, m.MatchReach(&q.Seekers[0], q.Within)
	snap := b.table.current.Load()
	count := newCounter(q.Rungs)
	kept := best[Match]{k: q.Limit, after: q.After}
	total := 0
	rings := q.Rungs.farthest()
	walk := area{trades: relatedTrades(m, q.Seekers), circle: &Circle{home, max(reach, rings)}, roams: q.Seekers[0].LivesIn}
	snap.each(walk, func(p *Posting) {
		metres := p.metresFrom(home)
		if !p.Remote && metres > reach && !q.Seekers[0].LivesAt(&p.Opening) {
			if metres <= rings && q.possible(m, p, metres) {
				count.near(p, metres)
			}
			return
		}
		if seeker, score, possible := q.bestSeeker(m, p, metres); possible {
			count.near(p, metres)
			total++
			at := matching.Ranked{Score: score, Metres: metres, Key: p.Key}
			if kept.wants(at) {
				opening := p.Opening
				kept.offer(at, Match{at, &opening, seeker})
			}
		}
	})
	if d := q.Rungs.District; d != nil {
		snap.each(area{trades: walk.trades, circle: &d.Around}, func(p *Posting) {
			if p.District == d.Number && !p.Remote && q.possible(m, p, p.metresFrom(home)) {
				count.ladder.District++
			}
		})
	}
	result := Matches{Total: total, Ladder: count.ladder}
	for _, r := range kept.list() {
		result.Best = append(result.Best, r.what)
	}
	return result
}

// possible tells whether any row of the person may be matched to a posting, were it in reach.
func (q *MatchQuery) possible(m *matching.Model, p *Posting, metres float64) bool {
	for i := range q.Seekers {
		if m.Possible(&q.Seekers[i], &p.Opening, metres, math.Inf(1), q.Now) == "" {
			return true
		}
	}
	return false
}

// bestSeeker gives the row of the person that suits a posting best, wherever it lies, and false when none may be matched.
func (q *MatchQuery) bestSeeker(m *matching.Model, p *Posting, metres float64) (*matching.Seeker, float64, bool) {
	var chosen *matching.Seeker
	top := math.Inf(-1)
	for i := range q.Seekers {
		s := &q.Seekers[i]
		if m.Possible(s, &p.Opening, metres, math.Inf(1), q.Now) != "" {
			continue
		}
		if score := m.Total(s, &p.Opening, metres, q.Now); score > top {
			chosen, top = s, score
		}
	}
	return chosen, top, chosen != nil
}

// relatedTrades gives the trades that are related to any of the rows, ascending.
func relatedTrades(m *matching.Model, seekers []matching.Seeker) []uint16 {
	trades := []uint16{}
	for i := range seekers {
		trades = append(trades, tradesRelatedTo(m, seekers[i].Trade)...)
	}
	slices.Sort(trades)
	return slices.Compact(trades)
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
