package main

import (
	"context"
	"fmt"
	"time"

	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
)

// patience is how long our side may read words.
const patience = 10 * time.Second

// textWithin is how far is looked for words, in metres.
const textWithin = 25_000

// worded is a question with words: a word of some advert, asked for in the trade and at the place of that advert.
type worded struct {
	word    string
	trade   uint16
	opening *matching.Opening
	meeting []string // the terms of all documents that meet the word
}

// advert is a posting as the peer's table of words has it.
type advert struct {
	n     int
	row   postingRow
	terms []string
}

// adverts are the columns of that table.
var adverts = []column[advert]{
	{"n", "int4", func(a *advert) any { return a.n }},
	{"trade", "int2", func(a *advert) any { return int16(a.row.Trade) }},
	{"lon", "float8", func(a *advert) any { return a.row.At.Lon }},
	{"lat", "float8", func(a *advert) any { return a.row.At.Lat }},
	{"rlon", "float8", func(a *advert) any { return radians(a.row.At.Lon) }},
	{"rlat", "float8", func(a *advert) any { return radians(a.row.At.Lat) }},
	{"coslat", "float8", func(a *advert) any { return cosine(a.row.At.Lat) }},
	{"posted", "int4", func(a *advert) any { return int64(a.row.Posted) }},
	{"expires", "int4", func(a *advert) any { return int64(a.row.Expires) }},
	{"posted_day", "int4", func(a *advert) any { return matching.Day(time.Unix(int64(a.row.Posted), 0)) }},
	{"remote", "bool", func(a *advert) any { return a.row.Remote }},
	{"terms", "text[]", func(a *advert) any { return a.terms }},
}

// advertColumns are what the table of adverts has of the rows as they come: the terms as PostgreSQL keeps the words of a text.
const advertColumns = "n, trade, lon, lat, rlon, rlat, coslat, posted, expires, posted_day, remote, array_to_tsvector(terms) as words"

// rating scores as a search with words does: by the words, nearness and age.
type rating struct {
	scale *search.Scale
	today int32
}

func (r rating) days(o *matching.Opening) int {
	return int(r.today - matching.Day(time.Unix(int64(o.Posted), 0)))
}

// Score implements board.Rating.
func (r rating) Score(o *matching.Opening, text, metres float64) float64 {
	return r.scale.Score(0, text, metres, r.days(o))
}

// Most implements board.Rating.
func (r rating) Most(o *matching.Opening, text, metres float64) float64 {
	return r.scale.Most(0, text, metres, r.days(o))
}

// search is our list for a question with words: of one trade, within the radius, with the word.
func (m *market) search(ctx context.Context, words *search.Concordance, q *worded, limit int) (board.Hits, error) {
	answer, err := words.Ask(ctx, q.word, patience)
	if err != nil {
		return board.Hits{}, err
	}
	defer answer.Close()
	onBoard, _ := m.Boards()
	return onBoard.SearchWords(board.WordQuery{SearchQuery: board.SearchQuery{Trades: []uint16{q.trade}, Near: &q.opening.At, Within: textWithin, Now: m.now,
		Limit: limit}, Words: answer, Needed: true, Rating: m.rating})
}

// textQuestion is the same question to the peer.
func (m *market) textQuestion(q *worded, limit int) parameters {
	p := parameters{"trade": {"int2", int16(q.trade)}, "words": {"tsquery", tsquery(q.meeting)}}
	m.common(p, q.trade, limit)
	m.around(p, q.opening.At, textWithin)
	return p
}

// textWay is one way of finding adverts by words, trade and place.
type textWay struct {
	plan
	words string // condition on p's words
}

// textWays gives the ways that are tried. "is true" keeps a condition out of the indexes.
func textWays() []textWay {
	const byWords, after = "p.words @@ #words", "(p.words @@ #words) is true"
	plain := []string{"enable_seqscan = off"}
	return []textWay{
		{plan{"GiST (trade, point), then words", inBox, "p.trade = #trade", haversine, plain}, after},
		{plan{"GiST (trade, point) and GIN (words)", inBox, "p.trade = #trade", haversine, append([]string{"enable_indexscan = off"}, plain...)}, byWords},
		{plan{"GIN (trade, words), then distance", "true", "p.trade = #trade", haversine, plain}, byWords},
		{plan{"GIN (words), then the rest", "true", "p.trade + 0 = #trade", haversine, plain}, byWords},
	}
}

// textSQL asks for the adverts of a trade within the radius that have a word, by PostgreSQL's own score of it, nearness and age.
func textSQL(way textWay) string {
	return "select n, 0.25 * ts_rank(words, #words) + 0.10 * exp(-metres / 37313.4328) + 0.05 * exp(-greatest(0, #today - posted_day)::float8 / 30) as score, metres, count(*) over () as total from (select p.n, p.words, p.posted_day, " +
		way.dist("p") + " as metres from adverts p where " + way.trade + " and " + way.near + " and " + way.words +
		" and not p.remote and p.posted <= #now and p.expires > #now offset 0) x where metres <= #r order by score desc, metres, n limit #most"
}

// checkText compares whole sets and distances; scores are each side's own.
func (m *market) checkText(ctx context.Context, words *search.Concordance, by *chosen, checks int) (wrong int, err error) {
	return check("adverts with a word within", textWithin, len(m.worded), checks, func(i int) (both, error) {
		q := &m.worded[i]
		answers, err := ask(ctx, by.conn, by.statement, m.textQuestion(q, -1))
		if err != nil {
			return both{}, err
		}
		hits, err := m.search(ctx, words, q, -1)
		if err != nil {
			return both{}, err
		}
		var ours []result
		for _, h := range hits.Hits {
			ours = append(ours, result{h.Key, 0, h.Metres})
		}
		found := compared(ours, hits.Total, answers, m.postingKeys)
		for i := range found.theirs {
			found.theirs[i].score = 0
		}
		return found, nil
	})
}

// text compares searches by a word, a trade and a radius: with the word in our memory, and without.
func (c *comparison) text(ctx context.Context) error {
	m := c.m
	c.show.start("text: choosing the peer's way")
	questions := make([]parameters, len(m.worded))
	for i := range m.worded {
		questions[i] = m.textQuestion(&m.worded[i], best)
	}
	var by *chosen
	var ways []plan
	statements := map[string]statement{}
	for _, way := range textWays() {
		ways = append(ways, way.plan)
		statements[way.name] = newStatement(questions[0], textSQL(way))
	}
	by, err := c.p.choose(ctx, ways, func(p plan) statement { return statements[p.name] }, questions)
	if err != nil {
		return err
	}
	c.show.start("text: checking")
	words, err := m.FreshWords(ctx)
	if err != nil {
		return err
	}
	c.words, c.textBy = words, by // they follow every change until the end
	wrong, err := m.checkText(ctx, words, by, c.o.checks)
	c.wrong += wrong
	if err != nil {
		return err
	}
	theirs := func(i int) error {
		_, err := ask(ctx, by.conn, by.statement, questions[i%len(questions)])
		return err
	}
	if err := c.warm(ctx, words); err != nil {
		return err
	}
	warm, err := c.duel(ctx, "text 25 km, warm", func(i int) error {
		_, err := m.search(ctx, words, &m.worded[i%len(m.worded)], best)
		return err
	}, theirs)
	if err != nil {
		return err
	}
	warm.peer, warm.way = "full text + PostGIS", by.name
	if warm.inside, err = by.inside(ctx, questions); err != nil {
		return err
	}
	cold := &row{what: "text 25 km, cold", theirs: warm.theirs, inside: warm.inside, peer: warm.peer, way: by.name}
	if cold.ours, err = c.cold(ctx); err != nil {
		return err
	}
	c.rows = append(c.rows, warm, cold)
	return nil
}

// warm asks every question until its word is in our memory, a few times over where they do not all fit, and notes how many are.
func (c *comparison) warm(ctx context.Context, words *search.Concordance) error {
	const times = 10
	for range times {
		if c.unkept = 0; ctx.Err() != nil {
			return ctx.Err()
		}
		for i := range c.m.worded {
			answer, err := words.Ask(ctx, c.m.worded[i].word, patience)
			if err != nil {
				return err
			}
			if !answer.Warm() {
				c.unkept++
			}
			answer.Close()
			if _, err := c.m.search(ctx, words, &c.m.worded[i], best); err != nil {
				return err
			}
		}
		if c.unkept == 0 {
			break
		}
		for words.Busy() { // what is wanted is fetched beside
			time.Sleep(time.Millisecond)
		}
	}
	c.listBytes, _ = words.Bytes()
	return nil
}

// cold asks each word once of a concordance that has none in memory, round after round, while others write.
func (c *comparison) cold(ctx context.Context) (figures, error) {
	var first []*worded
	seen := map[string]bool{}
	for i := range c.m.worded {
		if q := &c.m.worded[i]; !seen[q.word] {
			seen[q.word], first = true, append(first, q)
		}
	}
	var took figures
	for round := range c.o.rounds {
		c.show.start(fmt.Sprintf("text 25 km, cold: round %d of %d", round+1, c.o.rounds))
		words, err := c.m.FreshWords(ctx)
		if err != nil {
			return nil, err
		}
		err = c.writers.during(ctx, func() error {
			for _, q := range first {
				began := time.Now()
				if _, err := c.m.search(ctx, words, q, best); err != nil {
					return err
				}
				took = append(took, time.Since(began))
			}
			return nil
		})
		words.Close()
		if err != nil {
			return nil, err
		}
	}
	return took, nil
}
