package board

import (
	"math"
	"slices"
	"time"

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
type Graduates struct{ table *table[Graduate] }

// NewGraduates makes a board of rows.
func NewGraduates(rows []Graduate) *Graduates { return &Graduates{newTable(newGraduateRows, rows)} }

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

// Replace puts other rows in the place of all that the board holds, at once.
func (b *Graduates) Replace(rows []Graduate) { b.table.replace(rows) }

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

// Rows gives the rows of a person, by trade.
func (b *Graduates) Rows(id matching.ID) []Graduate {
	var rows []Graduate
	b.table.current.Load().rowsOf(id.ULID(), func(g *Graduate) { rows = append(rows, *g) })
	return rows
}

// CandidateQuery asks for the people who suit one posting.
type CandidateQuery struct {
	Opening *matching.Opening
	Within  float64 // metres; narrows each person's own reach; 0: as far as they travel
	Now     time.Time
	Limit   int              // negative: all
	After   *matching.Ranked // the last result of the page before
	Rings   []float64        // radii in metres to count within, rising
	// Pseudonym gives the key by which equal candidates are ordered and shown, so that not even the order tells who is who; nil:
	// her own key, for staff.
	Pseudonym func(ulid.ULID) ulid.ULID
	// Shown gives the figure that a candidate is shown with and ordered by, from the row that suits best; nil: the score.
	Shown func(s *matching.Seeker, metres, score float64) float64
}

// Candidate is one person who may be matched to the posting. Metres is the banded distance; Key of Ranked is the pseudonym.
type Candidate struct {
	matching.Ranked
	Seeker *matching.Seeker
}

// Candidates are the best of all people in reach.
type Candidates struct {
	Total int
	Best  []Candidate
	Rings []int
}

// Candidates finds the people for one posting: exact, each person once, by the best of her trades, among those who have agreed to be
// shown. Reach, score and order go by the band of the distance from the centre of the home's resolution-7 cell.
func (b *Graduates) Candidates(m *matching.Model, q CandidateQuery) Candidates {
	walk := q.area(m)
	people := map[ulid.ULID]person{}
	b.table.current.Load().each(walk, func(g *Graduate) {
		if !g.Consents {
			return
		}
		metres := 0.0
		if !q.Opening.Remote {
			metres = matching.Banded(geo.Distance(g.Coarse, q.Opening.At))
		}
		comes := q.reaches(m, &g.Seeker, metres)
		if !comes && !(metres <= q.farthestRing()) || m.Possible(&g.Seeker, q.Opening, metres, math.Inf(1), q.Now) != "" {
			return
		}
		found := person{metres: metres}
		if comes {
			seeker := g.Seeker
			found.seeker, found.score = &seeker, m.Total(&g.Seeker, q.Opening, metres, q.Now)
		}
		if before, ok := people[g.Key]; !ok || found.suitsBetter(before) {
			people[g.Key] = found
		}
	})
	return q.candidates(people)
}

// person is one person found, with the row that suits best; none when she does not come so far and only the rings count her.
type person struct {
	seeker *matching.Seeker
	score  float64 // as it is, not as it is shown
	metres float64
}

// suitsBetter compares two rows of one person. Of equals the one of the lower trade holds, whatever the order of the walk.
func (p person) suitsBetter(than person) bool {
	if p.seeker == nil || than.seeker == nil {
		return p.seeker != nil
	}
	return p.score > than.score || p.score == than.score && p.seeker.Trade < than.seeker.Trade
}

// candidates puts the people found in order and counts them.
func (q *CandidateQuery) candidates(people map[ulid.ULID]person) Candidates {
	result := Candidates{Rings: make([]int, len(q.Rings))}
	kept := best[Candidate]{k: q.Limit, after: q.After}
	for key, p := range people {
		for i, radius := range q.Rings {
			if p.metres <= radius {
				result.Rings[i]++
			}
		}
		if p.seeker == nil {
			continue
		}
		result.Total++
		at := matching.Ranked{Score: p.score, Metres: p.metres, Key: key}
		if q.Shown != nil {
			at.Score = q.Shown(p.seeker, p.metres, p.score)
		}
		if q.Pseudonym != nil {
			at.Key = q.Pseudonym(key)
		}
		kept.offer(at, Candidate{at, p.seeker})
	}
	for _, r := range kept.list() {
		result.Best = append(result.Best, r.what)
	}
	return result
}

// area is where to look for people: as far as any of them comes, and as far as the rings count.
func (q *CandidateQuery) area(m *matching.Model) area {
	a := area{trades: tradesRelatedTo(m, q.Opening.Trade), roams: q.Opening.Accommodation}
	if q.Opening.Remote {
		return a
	}
	a.circle = &Circle{q.Opening.At, math.Inf(1)}
	if q.Within > 0 {
		a.circle.Metres = q.Within
	}
	a.own = &own{untold: m.Weights.Travel.Reach.Value, least: q.farthestRing()}
	return a
}

// farthestRing is the radius of the last ring, 0 without rings.
func (q *CandidateQuery) farthestRing() float64 {
	if len(q.Rings) == 0 {
		return 0
	}
	return q.Rings[len(q.Rings)-1]
}

// reaches tells whether a person would come: the band is within her own reach, narrowed by what was asked, or she would live there, or
// the work is remote.
func (q *CandidateQuery) reaches(m *matching.Model, s *matching.Seeker, metres float64) bool {
	if q.Opening.Remote || s.LivesAt(q.Opening) {
		return true
	}
	reach := m.MatchReach(s, 0)
	if q.Within > 0 {
		reach = min(reach, q.Within)
	}
	return metres <= reach
}
