package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/board"
)

// awayRow is the name of what away adds to the table.
const awayRow = "match 25 km, ten times more away"

// away compares what a list costs on a board with what it costs on one that holds a tenth of the rows, those nearest to one place, where
// both give the same lists: what lies out of reach must cost next to nothing.
func (c *comparison) away(ctx context.Context) error {
	const within = 25_000
	c.show.start("out of reach: two boards")
	near, all, asked, err := c.m.twoBoards(ctx, within)
	if err != nil {
		return err
	}
	if len(asked) == 0 {
		return errors.New("nobody lives in the middle of the smaller board: ask for more records")
	}
	list := func(b *board.Postings, i int) board.Matches {
		return b.Match(c.m.model, board.MatchQuery{Seekers: asked[i%len(asked)], Within: within, Now: c.m.now, Limit: best})
	}
	for i := range asked {
		few, many := list(near, i), list(all, i)
		if few.Total != many.Total || !slices.EqualFunc(few.Best, many.Best, func(a, b board.Match) bool { return a.Ranked == b.Ranked }) {
			complain("postings for one graduate, with and without what is out of reach, within", within, "the lists differ")
			c.wrong++
		}
	}
	r := &row{what: awayRow, peer: "a tenth of the rows"}
	for range c.o.rounds {
		for _, side := range []struct {
			b    *board.Postings
			took *figures
		}{{all, &r.ours}, {near, &r.theirs}} {
			for i, until := 0, time.Now().Add(c.o.block/2); time.Now().Before(until); i++ {
				began := time.Now()
				list(side.b, i)
				*side.took = append(*side.took, time.Since(began))
			}
		}
	}
	c.rows = append(c.rows, r)
	return nil
}

// errEnough ends a walk that has what it came for.
var errEnough = errors.New("enough")

// twoBoards makes a board of the tenth of all postings that lies nearest to one place, remote ones aside, and one of all, and gives
// graduates whose circle lies within the first.
func (m *market) twoBoards(ctx context.Context, within float64) (near, all *board.Postings, asked [][]matching.Seeker, err error) {
	const share = 10
	middle := geo.Point{Lat: 31.5204, Lon: 74.3587} // Lahore
	rows := m.placed()
	far := make([]float64, len(rows))
	for i := range rows {
		far[i] = geo.Distance(middle, rows[i].At)
	}
	sorted := slices.Clone(far)
	slices.Sort(sorted)
	edge := sorted[len(sorted)/share]
	var close []board.Posting
	for i, metres := range far {
		if metres <= edge {
			close = append(close, rows[i])
		}
	}
	if _, err = m.EachGraduate(ctx, func(g *matching.Graduate) error {
		s := m.model.Seekers(g)
		if len(asked) == drawn {
			return errEnough
		}
		if len(s) == 1 && s[0].Searching && !s[0].LivesIn && geo.Distance(middle, s[0].Home) <= edge-within {
			asked = append(asked, s)
		}
		return nil
	}); errors.Is(err, errEnough) {
		err = nil
	}
	return board.NewPostings(m.model, close), board.NewPostings(m.model, rows), asked, err
}

// placed gives all rows that have a place.
func (m *market) placed() []board.Posting {
	onBoard, _ := m.Boards()
	var rows []board.Posting
	onBoard.EachID(func(key ulid.ULID) {
		if row, ok := onBoard.Row((&matching.Opening{Key: key}).ID()); ok && !row.Remote {
			rows = append(rows, row)
		}
	})
	return rows
}
