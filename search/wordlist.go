package search

import (
	"container/list"
	"context"
	"math"
	"slices"
	"sort"
	"sync"

	"rabta/matching/board"
)

// wordList is how well postings meet a word, in the order of the rows: as of when the concordance was made.
type wordList struct {
	rows  []uint32
	met   []meeting // each once in the list of a whole concordance, and row by row in one of some spans
	which []uint16  // for each row, which of met; nil: row by row, or wider
	wider []uint32  // the same where there are more of them
	holds [3]int    // how many rows hold the term of the word's rarity, in each field

	counted struct { // holds at a later moment
		sync.Mutex
		list  []*change // that are counted in
		holds [3]int
	}
}

// at is how well the i-th row meets the word.
func (l *wordList) at(i int) *meeting {
	switch {
	case l.which != nil:
		return &l.met[l.which[i]]
	case l.wider != nil:
		return &l.met[l.wider[i]]
	}
	return &l.met[i]
}

// from gives the first of the rows from i on that is at least row, by galloping and then halving.
func (l *wordList) from(i, row int) int {
	step := 1
	for i+step < len(l.rows) && int(l.rows[i+step]) < row {
		i += step
		step *= 2
	}
	n := min(step+1, len(l.rows)-i)
	return i + sort.Search(n, func(k int) bool { return int(l.rows[i+k]) >= row })
}

// holdsAt tells which fields of a row hold the term of the word's rarity.
func (l *wordList) holdsAt(row int32) (holds [3]bool) {
	if row < 0 {
		return holds
	}
	if i := l.from(0, int(row)); i < len(l.rows) && l.rows[i] == uint32(row) {
		return l.at(i).holds
	}
	return holds
}

// holding is how many documents hold the term of the word's rarity at a moment.
func (l *wordList) holding(m *moment, q *asked) [3]int {
	l.counted.Lock()
	defer l.counted.Unlock()
	known, n := l.counted.list, l.counted.holds
	if len(known) > len(m.list) { // an earlier moment, which another search is still at
		for _, c := range known[len(m.list):] {
			n = l.moved(n, c, q, -1)
		}
		return n
	}
	for _, c := range m.list[len(known):] {
		n = l.moved(n, c, q, 1)
	}
	l.counted.list, l.counted.holds = m.list, n
	return n
}

// moved gives counts after a change, or before it when sign is negative.
func (l *wordList) moved(n [3]int, c *change, q *asked, sign int) [3]int {
	_, is := c.doc.meets(q)
	var was [3]bool
	if c.was != nil {
		_, was = c.was.doc.meets(q)
	} else {
		was = l.holdsAt(c.row)
	}
	for f := range n {
		if is[f] {
			n[f] += sign
		}
		if was[f] {
			n[f] -= sign
		}
	}
	return n
}

// bytes is what the list takes.
func (l *wordList) bytes() int {
	return 4*len(l.rows) + 2*len(l.which) + 4*len(l.wider) + 32*len(l.met) + 200
}

// listOf makes the list of a whole concordance.
func (c *Concordance) listOf(q *asked) (*wordList, error) {
	r := c.borrow()
	if err := c.fetch(q, nil, r); err != nil {
		return nil, err // and not the room: something may be left in it
	}
	defer c.rooms.Put(r)
	l := &wordList{rows: make([]uint32, 0, len(r.found)), wider: make([]uint32, 0, len(r.found))}
	known := map[meeting]uint32{}
	r.each([]board.Span{{Lo: 0, Hi: c.rows}}, func(row uint32, m *meeting) {
		n, ok := known[*m]
		if !ok {
			n = uint32(len(l.met))
			known[*m] = n
			l.met = append(l.met, *m)
		}
		for f, holds := range m.holds {
			if holds {
				l.holds[f]++
			}
		}
		l.rows, l.wider = append(l.rows, row), append(l.wider, n)
	})
	if len(l.met) <= math.MaxUint16 {
		l.which = make([]uint16, len(l.wider))
		for i, n := range l.wider {
			l.which[i] = uint16(n)
		}
		l.wider = nil
	}
	l.met = slices.Clip(l.met)
	l.counted.holds = l.holds
	return l, nil
}

// listWithin makes the list of some spans.
func (c *Concordance) listWithin(q *asked, spans []board.Span) (*wordList, error) {
	r := c.borrow()
	if err := c.fetch(q, spans, r); err != nil {
		return nil, err
	}
	defer c.rooms.Put(r)
	l := &wordList{rows: make([]uint32, 0, len(r.found)), met: make([]meeting, 0, len(r.found))}
	r.each(spans, func(row uint32, m *meeting) { l.rows, l.met = append(l.rows, row), append(l.met, *m) })
	return l, nil
}

// wordLists keeps lists of the words that were asked for last, as many as fit, and makes those of words that were asked for the first time,
// beside.
type wordLists struct {
	c      *Concordance
	mu     sync.Mutex
	by     map[word]*list.Element // of *keptList
	recent *list.List             // the last used first
	bytes  int
	most   int
	making map[word]bool
	wanted chan word
	ended  chan struct{}
	ending sync.Once
}

type keptList struct {
	word
	list *wordList
}

// The bounds of the lists: of their memory in all, which grows with the rows, since a list does, and of the words that wait to be made.
const (
	leastListBytes = 64 << 20
	listBytesARow  = 256
	mostWanted     = 64
)

func (w *wordLists) init(c *Concordance) {
	w.c, w.by, w.recent, w.most = c, map[word]*list.Element{}, list.New(), leastListBytes
	w.making, w.wanted, w.ended = map[word]bool{}, make(chan word, mostWanted), make(chan struct{})
	go w.make()
}

// room sets the bound for so many rows.
func (w *wordLists) room(rows int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.most = max(leastListBytes, listBytesARow*rows)
}

func (w *wordLists) stop() { w.ending.Do(func() { close(w.ended) }) }

// get gives the list of a word; nil when there is none yet.
func (w *wordLists) get(q word) *wordList {
	w.mu.Lock()
	defer w.mu.Unlock()
	e := w.by[q]
	if e == nil {
		return nil
	}
	w.recent.MoveToFront(e)
	return e.Value.(*keptList).list
}

// want has the list of a word made beside, if there is time for it.
func (w *wordLists) want(q word) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.by[q] != nil || w.making[q] {
		return
	}
	select {
	case w.wanted <- q:
		w.making[q] = true
	default: // it will be asked for again
	}
}

// put keeps a list, and drops those that were not used for longest.
func (w *wordLists) put(q word, l *wordList) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.making, q)
	if w.by[q] != nil {
		return
	}
	w.by[q] = w.recent.PushFront(&keptList{q, l})
	w.bytes += l.bytes()
	for w.bytes > w.most && w.recent.Len() > 0 {
		w.drop(w.recent.Back())
	}
}

func (w *wordLists) drop(e *list.Element) {
	k := w.recent.Remove(e).(*keptList)
	delete(w.by, k.word)
	w.bytes -= k.list.bytes()
}

// make makes the lists that are wanted until the concordance ends.
func (w *wordLists) make() {
	for {
		select {
		case <-w.ended:
			return
		case q := <-w.wanted:
			l, err := w.c.build(q)
			if err != nil {
				w.mu.Lock()
				delete(w.making, q)
				w.mu.Unlock()
				continue
			}
			w.put(q, l)
		}
	}
}

// build makes the list of a word.
func (c *Concordance) build(q word) (*wordList, error) {
	return use(c.x, "search.Concordance", searchTimeout, func() (*wordList, error) {
		m, err := c.take()
		if err != nil {
			return nil, err
		}
		defer c.giveBack(m)
		ready := ask(q)
		return c.listOf(&ready)
	})
}

// Learn makes the lists that another concordance has, so that one that takes its place knows the same words.
func (c *Concordance) Learn(ctx context.Context, other *Concordance) error {
	for _, q := range other.lists.words() {
		if err := ctx.Err(); err != nil {
			return err
		}
		l, err := c.build(q)
		if err != nil {
			return err
		}
		c.lists.put(q, l)
	}
	return nil
}

// words gives the words that have a list, the last used last.
func (w *wordLists) words() []word {
	w.mu.Lock()
	defer w.mu.Unlock()
	var words []word
	for e := w.recent.Back(); e != nil; e = e.Prev() {
		words = append(words, e.Value.(*keptList).word)
	}
	return words
}

// ForgetWords drops every list, as if no word had been asked for yet.
func (c *Concordance) ForgetWords() {
	c.lists.mu.Lock()
	defer c.lists.mu.Unlock()
	for c.lists.recent.Len() > 0 {
		c.lists.drop(c.lists.recent.Back())
	}
}

// Busy tells whether lists are being made.
func (c *Concordance) Busy() bool {
	c.lists.mu.Lock()
	defer c.lists.mu.Unlock()
	return len(c.lists.making) > 0
}

// Bytes is about what the concordance holds in memory: the lists of words, and everything else.
func (c *Concordance) Bytes() (lists, rest int) {
	c.lists.mu.Lock()
	lists = c.lists.bytes
	c.lists.mu.Unlock()
	for _, l := range c.leaves {
		rest += 4 * (len(l.rows) + len(l.docs))
	}
	return lists, rest + 16*len(c.stands) + 24*len(c.beyond) + c.near.bytes()
}
