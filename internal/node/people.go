package node

import (
	"context"
	"maps"
	"math"
	"slices"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
)

// PeopleRequest asks for people who look for work, by words: the staff's search. Admit says which of them the caller may see; nil is all.
type PeopleRequest struct {
	Text   string
	Trade  string     // slug; goes before what the text means, and brings no related ones
	Near   *geo.Point // nil: the place that the text names, if any
	Within float64    // metres; 0: 25 km where there is a point
	Limit  int        // 0: 20; -1: all
	Cursor string
	Admit  func(*matching.Graduate) bool
}

// PeopleResult is one page of people.
type PeopleResult struct {
	Results    []PersonFound
	Understood *search.Understood
	Next       string
}

// PersonFound is one person, and how far from the point asked for she lives; nil without one.
type PersonFound struct {
	Graduate *matching.Graduate
	Trade    string // that she was found by
	Distance *float64
	Score    float64
}

// mostPeopleRead bounds how many people one page looks at to fill itself with those whom the caller may see; the cursor goes on from
// there, so that a page may be short and not the last.
const mostPeopleRead = 2_000

// FindPeople finds people by trade, skills and place, the likeliest first: by search.Score, then distance, then id. Where the text asks
// for women, only women are found.
func (n *Node) FindPeople(ctx context.Context, r PeopleRequest) (*PeopleResult, error) {
	p, err := n.newPage(n.clock(), r.Limit, r.Cursor, "people", r.Text, r.Trade, r.Near != nil, pointOf(r.Near), r.Within)
	if err == nil {
		err = checkReach(r.Within)
	}
	if err != nil {
		return nil, err
	}
	query, understood, err := n.peopleQuery(ctx, r)
	if err != nil {
		return nil, err
	}
	query.After = p.after
	return n.admitted(ctx, r, p, query, understood)
}

// peopleQuery reads the request.
func (n *Node) peopleQuery(ctx context.Context, r PeopleRequest) (board.PeopleQuery, *search.Understood, error) {
	s := &searching{n: n, r: SearchRequest{Text: r.Text, Trade: r.Trade, Near: r.Near, Within: r.Within}}
	for _, step := range []func(context.Context) error{s.check, s.read, s.where} {
		if err := step(ctx); err != nil {
			return board.PeopleQuery{}, nil, err
		}
	}
	q := board.PeopleQuery{Trades: s.query.Trades, Near: s.query.Near, Within: s.query.Within}
	if q.Near != nil && q.Within == 0 {
		q.Within = defaultReach
	}
	if s.understood == nil {
		return q, nil, nil
	}
	if slices.Contains(s.understood.Conditions, "women_only") {
		q.Gender = matching.Woman
	}
	meaning := s.meanings()
	texts, err := n.peopleTexts(ctx, s.understood, len(meaning) > 0 || q.Trades != nil)
	if err != nil {
		return q, nil, err
	}
	switch {
	case q.Trades != nil || len(meaning) == 0 && texts == nil:
	case len(meaning) > 0:
		q.Trades = slices.Sorted(maps.Keys(meaning))
	default:
		q.Only = append([]matching.ID{}, slices.Collect(maps.Keys(texts))...)
	}
	q.Score = func(s *matching.Seeker, metres float64) float64 {
		return search.Score(meaning[s.Trade], texts[s.ID()], metres, !math.IsNaN(metres), 0)
	}
	return q, s.understood, nil
}

// peopleTexts gives how well people meet the words that are left over and those that name skills; nil when there are none. Where a trade is
// meant, and neither index nor store can say in time, it is no reason to answer nothing.
func (n *Node) peopleTexts(ctx context.Context, u *search.Understood, meant bool) (map[matching.ID]float64, error) {
	words := u.Words()
	if words == "" {
		return nil, nil
	}
	hits, err := n.byWords(ctx, search.NounGraduate, search.TextQuery{Text: words})
	if fault.KindOf(err) == fault.Unavailable && err != nil && meant {
		return nil, nil
	}
	texts := map[matching.ID]float64{}
	for _, h := range hits {
		texts[h.ID] = h.Score
	}
	return texts, err
}

// admitted reads the people found, in order, until the page is full of those whom the caller may see.
func (n *Node) admitted(ctx context.Context, r PeopleRequest, p page, q board.PeopleQuery, u *search.Understood) (*PeopleResult, error) {
	result := &PeopleResult{Results: []PersonFound{}, Understood: u}
	q.Limit = p.limit
	if r.Admit != nil && p.limit > 0 {
		q.Limit = mostPeopleRead
	}
	best := n.graduates.People(q).Best
	for i := range best {
		g, err := n.store.Graduate(ctx, best[i].Seeker.ID())
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		if err != nil || r.Admit != nil && !r.Admit(g) {
			continue // gone since the board was read, or not for this caller
		}
		found := PersonFound{Graduate: g, Trade: n.ref.Catalogue.At(best[i].Seeker.Trade).Slug, Score: best[i].Score}
		if !math.IsNaN(best[i].Far) {
			found.Distance = &best[i].Far
		}
		result.Results = append(result.Results, found)
		if len(result.Results) == p.limit {
			result.Next = p.next(best[i].Ranked)
			return result, nil
		}
	}
	if q.Limit > 0 && len(best) == q.Limit {
		result.Next = p.next(best[len(best)-1].Ranked)
	}
	return result, nil
}
