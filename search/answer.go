package search

import (
	"context"
	"math"
	"slices"
	"sync/atomic"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/matching/board"
)

// Answer is how well postings meet the words of one search, as the index stands at one moment. Not safe for concurrent use; Close it.
type Answer struct {
	ctx     context.Context
	c       *Concordance
	m       *moment
	words   []asked
	lists   []*wordList // nil: not kept
	weights [][3]float64
	sum     float64

	patience time.Duration
	stuck    bool // a read goes on that was given up
}

var _ board.Words = (*Answer)(nil)

// Ask begins a search by words, which gives up reading Bleve's segments after patience. nil, and no error, when the text has no word that
// says anything. Errors: fault.Invalid as those of Index.Postings, fault.Unavailable for the rest: wrapping ErrSpent when the
// concordance is not to be used any more.
func (c *Concordance) Ask(ctx context.Context, text string, patience time.Duration) (*Answer, error) {
	const op = "search.Ask"
	if err := checkLength(op, text); err != nil {
		return nil, err
	}
	words := c.x.analyzer.distinct(text, maxQueryWords)
	if len(words) == 0 {
		return nil, nil
	}
	m, err := c.take()
	if err != nil {
		return nil, err
	}
	a := &Answer{ctx: ctx, c: c, m: m, words: make([]asked, len(words)), lists: make([]*wordList, len(words)), patience: patience}
	cold := false
	for i, w := range words {
		a.words[i], a.lists[i] = ask(w), c.lists.get(w)
		cold = cold || a.lists[i] == nil
	}
	if !cold {
		err = a.weigh()
	} else {
		err = a.slowly(op, a.weigh)
	}
	if err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// Warm tells whether every word was answered from memory.
func (a *Answer) Warm() bool { return !slices.Contains(a.lists, nil) }

// Close ends the answer. What a read that hangs still looks at is never given back: its index is thrown away.
func (a *Answer) Close() {
	if a.m != nil && !a.stuck {
		a.c.giveBack(a.m)
		a.m = nil
	}
}

// slowly runs what reads Bleve's segments.
func (a *Answer) slowly(op string, do func() error) error {
	var ended atomic.Bool
	_, err := use(a.c.x, op, a.patience, func() (struct{}, error) {
		defer ended.Store(true)
		return struct{}{}, do()
	})
	a.stuck = a.stuck || !ended.Load()
	return err
}

// weigh works out what each word counts in each field.
func (a *Answer) weigh() error {
	a.weights = make([][3]float64, len(a.words))
	for i := range a.words {
		var holding [3]int
		if l := a.lists[i]; l != nil {
			holding = l.holding(a.m, &a.words[i])
		} else {
			var err error
			if holding, err = a.m.holding(a.words[i].rarity()); err != nil {
				return err
			}
		}
		n := float64(slices.Max(holding[:]))
		idf := math.Log1p((float64(a.m.all) - n + 0.5) / (n + 0.5))
		a.sum += idf
		for f, field := range textFields(NounPosting) {
			a.weights[i][f] = idf * field.boost / boostSum
		}
	}
	return nil
}

// Order implements board.Words.
func (a *Answer) Order() board.Order { return a.c.order }

// Find implements board.Words.
func (a *Answer) Find(id ulid.ULID) (score float64, row int) {
	if c := a.m.of(id); c != nil {
		return a.score(c.doc), -1
	}
	return 0, int(a.c.rowOf(id))
}

// score is how well a document that changed meets the words.
func (a *Answer) score(doc *written) float64 {
	total := 0.0
	for i := range a.words {
		best, _ := doc.meets(&a.words[i])
		for f, value := range best {
			total += float64(a.weights[i][f] * value)
		}
	}
	return total / a.sum
}

// Read implements board.Words.
func (a *Answer) Read(spans []board.Span, met []board.Met) ([]board.Met, error) {
	lists := a.lists
	if len(spans) == 0 {
		return met, nil
	}
	if slices.Contains(lists, nil) {
		var fetched []*wordList
		if err := a.slowly("search.Read", func() (err error) { fetched, err = a.fetch(spans); return err }); err != nil {
			return met, err
		}
		lists = fetched
	}
	return a.read(lists, spans, met), nil
}

// wholeShare is what part of all rows the spans must hold for the list of all to be made at once.
const wholeShare = 4

// fetch gets the lists that are not kept: of the spans alone, unless these are a good part of everything.
func (a *Answer) fetch(spans []board.Span) ([]*wordList, error) {
	lists := slices.Clone(a.lists)
	rows := 0
	for _, s := range spans {
		rows += s.Hi - s.Lo
	}
	for i, l := range lists {
		if l != nil {
			continue
		}
		if err := a.ctx.Err(); err != nil {
			return nil, err
		}
		q := &a.words[i]
		var err error
		if rows > a.c.rows/wholeShare {
			if l, err = a.c.listOf(q); err == nil {
				a.c.lists.put(q.word, l)
			}
		} else {
			a.c.lists.want(q.word)
			l, err = a.c.listWithin(q, spans)
		}
		if err != nil {
			return nil, err
		}
		lists[i] = l
	}
	return lists, nil
}

// read goes through the lists, span by span. Rows that changed are scored by what they say now.
func (a *Answer) read(lists []*wordList, spans []board.Span, met []board.Met) []board.Met {
	at := make([]int, len(lists))
	for _, s := range spans {
		from := len(met)
		for i, l := range lists {
			at[i] = l.from(at[i], s.Lo)
		}
		for {
			row := s.Hi
			for i, l := range lists {
				if at[i] < len(l.rows) {
					row = min(row, int(l.rows[at[i]]))
				}
			}
			if row == s.Hi {
				break
			}
			total := 0.0
			for i, l := range lists {
				if at[i] >= len(l.rows) || int(l.rows[at[i]]) != row {
					continue
				}
				for f, value := range l.at(at[i]).best {
					total += float64(a.weights[i][f] * value)
				}
				at[i]++
			}
			met = append(met, board.Met{Row: row, Score: total / a.sum})
		}
		met = a.renew(s, met, from)
	}
	return met
}

// renew puts right what changed among the rows of a span, whose meetings begin at from.
func (a *Answer) renew(s board.Span, met []board.Met, from int) []board.Met {
	if len(a.m.list) == 0 {
		return met
	}
	var changed []board.Met
	for row := s.Lo; row < s.Hi; row++ {
		if row%64 == 0 && row+64 <= s.Hi && a.c.touched[row/64].Load() == 0 {
			row += 63
			continue
		}
		if a.c.touched.has(row) {
			if c := a.m.ofRow(int32(row)); c != nil {
				changed = append(changed, board.Met{Row: row, Score: a.score(c.doc)})
			}
		}
	}
	if len(changed) == 0 {
		return met
	}
	return woven(met, from, changed)
}

// woven gives met with the changed rows in the place of those that it has from an index on. A score of 0 is none.
func woven(met []board.Met, from int, changed []board.Met) []board.Met {
	old := slices.Clone(met[from:])
	met = met[:from]
	for _, m := range old {
		for len(changed) > 0 && changed[0].Row < m.Row {
			if changed[0].Score > 0 {
				met = append(met, changed[0])
			}
			changed = changed[1:]
		}
		if len(changed) > 0 && changed[0].Row == m.Row {
			continue
		}
		met = append(met, m)
	}
	for _, m := range changed {
		if m.Score > 0 {
			met = append(met, m)
		}
	}
	return met
}
