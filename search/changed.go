package search

import (
	"maps"
	"strings"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
)

// written is what a posting's document says: for each field the terms with how often they stand there, and how many there are in all.
type written struct {
	fields [3][]occurrence
	length [3]int
}

type occurrence struct {
	term  string
	times int
}

// write reads the fields of a document as Bleve does.
func (a *analyzer) write(d *Document) *written {
	w := &written{}
	for f, text := range d.texts() {
		at := map[string]int{}
		for _, v := range a.words(text) {
			for _, term := range [...]string{v.term, v.key} {
				if term == "" {
					continue
				}
				w.length[f]++
				i, known := at[term]
				if !known {
					i = len(w.fields[f])
					at[term] = i
					w.fields[f] = append(w.fields[f], occurrence{term: term})
				}
				w.fields[f][i].times++
			}
		}
	}
	return w
}

// texts are the fields of words of a document.
func (d *Document) texts() [3]string {
	return [...]string{d.Title, strings.Join(d.Names, "\n"), d.Description}
}

// meets gives how well each field meets a word, and which hold the term that its rarity is counted by. A nil document is no document.
func (w *written) meets(q *asked) (best [3]float64, holds [3]bool) {
	if w == nil {
		return best, holds
	}
	fields := textFields(NounPosting)
	for f := range w.fields {
		for i := range w.fields[f] {
			o := &w.fields[f][i]
			quality := q.quality(o.term)
			if quality == 0 {
				continue
			}
			best[f] = max(best[f], worth(quality, float64(o.times), float64(w.length[f]), fields[f].length))
			holds[f] = holds[f] || o.term == q.rarity()
		}
	}
	return best, holds
}

// worth is what a way of meeting a word counts in a field of so many tokens that holds it so many times.
func worth(quality, times, length, usual float64) float64 {
	return quality * times / (times + saturation*(1-lengthShare+lengthShare*length/usual))
}

// change is a posting's document that was put or deleted since a concordance was made.
type change struct {
	id  ulid.ULID
	row int32    // in the concordance; negative: none
	doc *written // nil: deleted
	was *change  // the change to the same posting before this one; nil: what the concordance was made of
}

// changes are all changes since a concordance was made, up to one moment. They are immutable.
type changes struct {
	list   []*change // in order; its rest belongs to later moments
	old    *latest   // of many
	recent latest    // of the newest, which go before
	all    int       // postings in the index at this moment
}

// latest finds the newest change of a posting.
type latest struct {
	byID  map[ulid.ULID]*change
	byRow map[int32]*change
}

func newLatest() latest { return latest{map[ulid.ULID]*change{}, map[int32]*change{}} }

func (l *latest) set(c *change) {
	l.byID[c.id] = c
	if c.row >= 0 {
		l.byRow[c.row] = c
	}
}

// recentChanges is how many changes are copied for each batch, before they join the old ones.
const recentChanges = 256

// of gives the newest change of a posting, nil when there is none.
func (c *changes) of(id ulid.ULID) *change {
	if found := c.recent.byID[id]; found != nil {
		return found
	}
	return c.old.byID[id]
}

// ofRow gives the newest change of the posting in a row.
func (c *changes) ofRow(row int32) *change {
	if found := c.recent.byRow[row]; found != nil {
		return found
	}
	return c.old.byRow[row]
}

// after gives the changes with those of a batch. row tells the row of a posting, and stood whether the concordance was made with a
// document of it.
func (c *changes) after(b *Batch, a *analyzer, row func(ulid.ULID) (int32, bool)) *changes {
	next := &changes{list: c.list, old: c.old, all: c.all}
	next.recent = latest{maps.Clone(c.recent.byID), maps.Clone(c.recent.byRow)}
	add := func(id matching.ID, doc *written) {
		n := &change{id: id.ULID(), doc: doc}
		n.was = next.of(n.id)
		var stands bool
		n.row, stands = row(n.id)
		if n.was != nil {
			stands = n.was.doc != nil
		}
		if stands {
			next.all--
		}
		if doc != nil {
			next.all++
		}
		next.list = append(next.list, n)
		next.recent.set(n)
	}
	gone := map[matching.ID]bool{}
	for _, id := range b.Delete {
		if id.Is(matching.PostingPrefix) {
			gone[id] = true
			add(id, nil)
		}
	}
	for i := range b.Put {
		if d := &b.Put[i]; d.Noun == NounPosting && !gone[d.ID] {
			add(d.ID, a.write(d))
		}
	}
	if len(next.recent.byID) > recentChanges {
		old := latest{maps.Clone(c.old.byID), maps.Clone(c.old.byRow)}
		for _, n := range next.recent.byID {
			old.set(n)
		}
		next.old, next.recent = &old, newLatest()
	}
	return next
}
