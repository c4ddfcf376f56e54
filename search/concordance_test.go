package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
	"rabta/matching/board"
)

// rowOrder is an order as a board would give it: of some postings, in an order of its own.
type rowOrder struct {
	ids  []ulid.ULID
	rows map[ulid.ULID]int
}

func (o *rowOrder) Rows() int { return len(o.ids) }

func (o *rowOrder) Find(id ulid.ULID, guess int) (int, bool) {
	if guess >= 0 && guess < len(o.ids) && o.ids[guess] == id {
		return guess, true
	}
	row, ok := o.rows[id]
	return row, ok
}

func numberedID(prefix string, n int) matching.ID {
	var key ulid.ULID
	binary.BigEndian.PutUint64(key[8:], uint64(n))
	return matching.ID(prefix + "_" + key.String())
}

// stock is an index and what must be in it.
type stock struct {
	*rand.Rand
	x     *Index
	docs  []Document // that there may be
	holds map[matching.ID]*Document
	at    uint64
}

func newStock(t testing.TB, n int, seed uint64) *stock {
	s := &stock{Rand: rand.New(rand.NewPCG(seed, 1)), x: openIndex(t, t.TempDir()), docs: market(n), holds: map[matching.ID]*Document{}}
	for i := range s.docs {
		s.docs[i].ID = numberedID(matching.PostingPrefix, i)
		if s.docs[i].Noun == NounGraduate {
			s.docs[i].ID = numberedID(matching.GraduatePrefix, i)
		}
	}
	return s
}

// write puts and deletes some documents, with texts that change.
func (s *stock) write(t testing.TB, changes int) {
	b := Batch{Epoch: "e"}
	s.at++
	b.Position = s.at
	for range changes {
		d := s.docs[s.IntN(len(s.docs))]
		if s.IntN(4) == 0 {
			b.Delete = append(b.Delete, d.ID)
			continue
		}
		other := s.docs[s.IntN(len(s.docs))]
		d.Title, d.Description, d.Names = other.Title, other.Description, other.Names
		if s.IntN(10) == 0 {
			d.Title += fmt.Sprintf(" wirng welder%d", s.IntN(30)) // words that the index does not know yet
		}
		b.Put = append(b.Put, d)
	}
	apply(t, s.x, b)
}

// order gives an order of most postings that there may be, near to how they are written or not at all.
func (s *stock) order(shuffled bool) *rowOrder {
	o := &rowOrder{rows: map[ulid.ULID]int{}}
	for i := range s.docs {
		if s.docs[i].Noun == NounPosting && s.IntN(10) > 0 {
			o.ids = append(o.ids, s.docs[i].ID.ULID())
		}
	}
	if shuffled {
		s.Shuffle(len(o.ids), func(i, j int) { o.ids[i], o.ids[j] = o.ids[j], o.ids[i] })
	}
	for row, id := range o.ids {
		o.rows[id] = row
	}
	return o
}

// spans draws spans that ascend and do not touch.
func (s *stock) spans(rows int) []board.Span {
	if s.IntN(4) == 0 {
		return []board.Span{{Lo: 0, Hi: rows}}
	}
	var spans []board.Span
	for at := s.IntN(rows); at < rows; {
		end := min(rows, at+1+s.IntN(rows/8+1))
		spans = append(spans, board.Span{Lo: at, Hi: end})
		at = end + 1 + s.IntN(rows/4+1)
	}
	return spans
}

// question draws words.
func (s *stock) question() string {
	if s.IntN(2) == 0 {
		return marketQueries[s.IntN(len(marketQueries))]
	}
	text := ""
	for range 1 + s.IntN(3) {
		text += " " + marketWords[s.IntN(len(marketWords))]
	}
	return text
}

// check holds a concordance's answer to a question against that of the index.
func (s *stock) check(t *testing.T, c *Concordance, text string) (found int) {
	t.Helper()
	want, err := s.x.Postings(context.Background(), TextQuery{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	scores := map[ulid.ULID]float64{}
	for _, h := range want {
		scores[h.ID.ULID()] = h.Score
	}
	a, err := c.Ask(context.Background(), text, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if a == nil {
		if len(want) > 0 {
			t.Errorf("%q: no answer", text)
		}
		return 0
	}
	defer a.Close()
	spans := s.spans(c.rows)
	met, err := a.Read(spans, nil)
	if err != nil {
		t.Fatal(err)
	}
	last := -1
	at := map[int]float64{}
	for _, m := range met {
		if m.Row <= last || !slices.ContainsFunc(spans, func(s board.Span) bool { return m.Row >= s.Lo && m.Row < s.Hi }) {
			t.Fatalf("%q: row %d after %d, or outside %v", text, m.Row, last, spans)
		}
		last, at[m.Row] = m.Row, m.Score
	}
	for i := range s.docs {
		id := s.docs[i].ID.ULID()
		if s.docs[i].Noun != NounPosting {
			continue
		}
		score, row := a.Find(id)
		if held := c.rowOf(id); held >= 0 {
			for _, span := range spans {
				if int(held) >= span.Lo && int(held) < span.Hi && at[int(held)] != scores[id] {
					t.Fatalf("%q: row %d scores %v, the index says %v", text, held, at[int(held)], scores[id])
				}
			}
		}
		if row >= 0 {
			if s.IntN(50) > 0 {
				continue
			}
			one, err := a.Read([]board.Span{{Lo: row, Hi: row + 1}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			score = 0
			if len(one) > 0 {
				score = one[0].Score
			}
		}
		if score != scores[id] {
			t.Fatalf("%q: %d found by its id scores %v, the index says %v", text, i, score, scores[id])
		}
	}
	return len(met)
}

// TestAConcordanceSaysWhatTheIndexSays compares scores, bit for bit, while documents come, change and go, words become known and are
// forgotten, segments are merged, and new concordances take the place of old ones.
func TestAConcordanceSaysWhatTheIndexSays(t *testing.T) {
	for _, shuffled := range []bool{false, true} {
		t.Run(fmt.Sprintf("shuffled=%t", shuffled), func(t *testing.T) {
			s := newStock(t, 500, 7)
			for range 6 {
				s.write(t, 120)
			}
			met := 0
			var before *Concordance
			for round := range 5 {
				c, err := s.x.Concordance(context.Background(), s.order(shuffled))
				if err != nil {
					t.Fatal(err)
				}
				if before != nil {
					if err := c.Learn(context.Background(), before); err != nil {
						t.Fatal(err)
					}
					if len(c.lists.by) != len(before.lists.by) {
						t.Errorf("%d words were learnt of %d", len(c.lists.by), len(before.lists.by))
					}
				}
				before = c
				for range 5 {
					s.write(t, 1+s.IntN(60))
					for range 40 {
						met += s.check(t, c, s.question())
					}
					if s.IntN(4) == 0 {
						c.ForgetWords()
					}
				}
				if round == 3 {
					if err := s.x.Purge(context.Background()); err != nil {
						t.Fatal(err)
					}
					if _, err := c.Ask(context.Background(), "wiring", time.Minute); !errors.Is(err, ErrSpent) {
						t.Errorf("after a purge: %v, not spent", err)
					}
				}
				c.Close()
			}
			if met < 10_000 {
				t.Errorf("only %d rows met a word", met)
			}
		})
	}
}

// TestAConcordanceKeepsUpBesideWriters asks while batches are applied, and at the end compares.
func TestAConcordanceKeepsUpBesideWriters(t *testing.T) {
	s := newStock(t, 300, 8)
	s.write(t, 300)
	c, err := s.x.Concordance(context.Background(), s.order(false))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var readers sync.WaitGroup
	done := make(chan struct{})
	for i := range 3 {
		readers.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				if n%50 == 49 {
					c.ForgetWords()
				}
				a, err := c.Ask(context.Background(), marketWords[(n*7+i)%len(marketWords)]+" wiring", time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := a.Read([]board.Span{{Lo: 0, Hi: 10}, {Lo: 20, Hi: c.rows / 3}}, nil); err != nil {
					t.Error(err)
				}
				a.Close()
			}
		})
	}
	for range 20 {
		s.write(t, 8)
	}
	close(done)
	readers.Wait()
	for _, q := range marketQueries {
		s.check(t, c, q)
	}
}

// TestAConcordanceIsSpentByTooManyChanges also says so to whoever asks.
func TestAConcordanceIsSpentByTooManyChanges(t *testing.T) {
	s := newStock(t, 50, 9)
	s.write(t, 40)
	c, err := s.x.Concordance(context.Background(), s.order(false))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.most = 100
	for range 4 {
		s.write(t, 50)
	}
	if _, err := c.Ask(context.Background(), "wiring", time.Minute); !errors.Is(err, ErrSpent) || !c.Spent() {
		t.Errorf("after %d changes: %v, not spent", c.most, err)
	}
}

// TestRareWordsLeaveWhenMemoryIsShort holds the lists to their bound.
func TestRareWordsLeaveWhenMemoryIsShort(t *testing.T) {
	s := newStock(t, 300, 10)
	s.write(t, 400)
	c, err := s.x.Concordance(context.Background(), s.order(false))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.lists.most = 10_000
	for _, w := range marketWords {
		s.check(t, c, w)
		for c.Busy() {
			time.Sleep(time.Millisecond)
		}
		if lists, _ := c.Bytes(); lists > c.lists.most {
			t.Fatalf("the lists take %d bytes of %d", lists, c.lists.most)
		}
	}
	if len(c.lists.by) == 0 || len(c.lists.by) == len(marketWords) {
		t.Errorf("%d lists of %d are kept: the bound was not tried", len(c.lists.by), len(marketWords))
	}
}
