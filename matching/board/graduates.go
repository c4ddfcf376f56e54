package board

import (
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// Graduate is one row of the board of graduates: a person and one of her trades. It is found by the centre of her home's
// resolution-7 cell, which is all that a list of candidates may tell.
type Graduate struct {
	matching.Seeker
	Coarse geo.Point // geo.Coarse of the home
}

func (g Graduate) ident() ulid.ULID         { return g.Key }
func (g Graduate) trade() uint16            { return g.Trade }
func (g Graduate) place() (geo.Point, bool) { return g.Coarse, true }
func (g Graduate) roams() bool              { return g.LivesIn }
func (g Graduate) reach() float64           { return g.MaxMetres }

// Graduates is the board of graduates. Its methods are safe for concurrent use; readers never wait.
type Graduates struct {
	table *table[Graduate]
	rooms rooms
}

// NewGraduates makes a board of rows.
func NewGraduates(rows []Graduate) *Graduates {
	return &Graduates{table: newTable(newGraduateRows, rows)}
}

// GraduateRows gives the rows of a person.
func GraduateRows(seekers []matching.Seeker) []Graduate {
	rows := make([]Graduate, len(seekers))
	for i, s := range seekers {
		rows[i] = Graduate{Seeker: s, Coarse: geo.Coarse(s.Home)}
	}
	return rows
}

// GraduateChange puts all rows of a person; none removes her.
type GraduateChange struct {
	ID   matching.ID
	Rows []Graduate
}

// Apply makes changes visible, all at once.
func (b *Graduates) Apply(changes []GraduateChange) {
	batch := make([]change[Graduate], len(changes))
	for i, c := range changes {
		batch[i] = change[Graduate]{c.ID.ULID(), slices.Clone(c.Rows)}
	}
	b.table.apply(batch)
}

// Replace puts the rows of another board, which is not used again, in the place of all that this one holds, at once.
func (b *Graduates) Replace(by *Graduates) { b.table.replace(by.table.current.Load()) }

// Merge makes one run of everything; readers and writers go on meanwhile.
func (b *Graduates) Merge() { b.table.merge(true) }

// MergeDue folds the newest changes, and older ones once they have become many. It does nothing when nothing is due.
func (b *Graduates) MergeDue() { b.table.merge(false) }

// Due tells whether MergeDue has something to do.
func (b *Graduates) Due() bool { return b.table.current.Load().isDue() }

// Pending is the number of rows that the next Merge folds in or drops.
func (b *Graduates) Pending() int { return b.table.current.Load().pending() }

// Count is the number of rows on the board.
func (b *Graduates) Count() int { return b.table.current.Load().count() }

// EachID visits the id of everybody on the board once, in no order.
func (b *Graduates) EachID(visit func(ulid.ULID)) { b.table.current.Load().eachID(visit) }

// FrozenIDs gives what visits the id of everybody who is on the board now, once, in no order, whenever it is called.
func (b *Graduates) FrozenIDs() func(visit func(ulid.ULID)) { return b.table.current.Load().eachID }

// Rows gives the rows of a person, by trade.
func (b *Graduates) Rows(id matching.ID) []Graduate {
	var rows []Graduate
	b.table.current.Load().rowsOf(id.ULID(), func(g *Graduate) { rows = append(rows, *g) })
	return rows
}
