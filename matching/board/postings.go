package board

import (
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
func (p Posting) roams() bool              { return false } // those at which one may live are kept apart, by settle
func (p Posting) reach() float64           { return 0 }

// Postings is the board of postings. Its methods are safe for concurrent use; readers never wait.
type Postings struct {
	table *table[Posting]
	rooms rooms
}

// NewPostings makes a board of rows, which are judged by a model.
func NewPostings(m *matching.Model, rows []Posting) *Postings {
	return &Postings{table: newTable(newPostingRows(m), rows)}
}

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

// Replace puts the rows of another board, which is not used again, in the place of all that this one holds, at once.
func (b *Postings) Replace(by *Postings) { b.table.replace(by.table.current.Load()) }

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

// EachID visits the id of every posting on the board, in no order.
func (b *Postings) EachID(visit func(ulid.ULID)) { b.table.current.Load().eachID(visit) }

// FrozenIDs gives what visits the id of every posting that is on the board now, in no order, whenever it is called.
func (b *Postings) FrozenIDs() func(visit func(ulid.ULID)) { return b.table.current.Load().eachID }

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
