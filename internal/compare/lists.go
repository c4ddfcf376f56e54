package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
	"rabta/matching/board"
)

// best is how many results a list has.
const best = 20

// matches is our list of postings for a graduate, exact, with how many there are.
func (m *market) matches(seekers []matching.Seeker, within float64, limit int) board.Matches {
	onBoard, _ := m.Boards()
	return onBoard.Match(m.model, board.MatchQuery{Seekers: seekers, Within: within, Now: m.now, Limit: limit})
}

// matchesSaid is the same, where each result has its score by terms and its sentence too, as a page shows it.
func (m *market) matchesSaid(seekers []matching.Seeker, within float64, limit int) board.Matches {
	found := m.matches(seekers, within, limit)
	for i := range found.Best {
		b := &found.Best[i]
		score := m.model.Score(b.Seeker, b.Opening, b.Metres, m.now)
		m.said += len(m.model.Explain(b.Seeker, b.Opening, b.Metres, score, "en"))
	}
	return found
}

// candidates is our list of people for a posting, by their own ids, exact, with how many there are.
func (m *market) candidates(o *matching.Opening, within float64, limit int) board.Candidates {
	_, onBoard := m.Boards()
	return onBoard.Candidates(m.model, board.CandidateQuery{Opening: o, Within: within, Now: m.now, Limit: limit})
}

// candidatesSaid is the same with the score by terms and the sentence of each.
func (m *market) candidatesSaid(o *matching.Opening, within float64, limit int) board.Candidates {
	found := m.candidates(o, within, limit)
	for i := range found.Best {
		c := &found.Best[i]
		score := m.model.Score(c.Seeker, o, c.Metres, m.now)
		m.said += len(m.model.ExplainCandidate(c.Seeker, o, c.Metres, score, "en"))
	}
	return found
}

// result is one result of either side in a form that can be compared.
type result struct {
	key           ulid.ULID
	score, metres float64
}

// The two sides work out logarithms and distances by other libraries: a score may differ by the last of its nine digits, and a distance
// by the difference of the peer's radius from ours.
const (
	scoreSlack  = 3e-9
	metresSlack = 1e-3
)

// differ says how two lists differ; empty when they hold the same records with the same scores and distances.
func differ(ours, theirs []result) string {
	if len(ours) != len(theirs) {
		return fmt.Sprintf("we have %d results, they have %d", len(ours), len(theirs))
	}
	byKey := func(a, b result) int { return cmp.Compare(string(a.key[:]), string(b.key[:])) }
	slices.SortFunc(ours, byKey)
	slices.SortFunc(theirs, byKey)
	for i, a := range ours {
		b := theirs[i]
		switch {
		case a.key != b.key:
			return fmt.Sprintf("result %s of ours stands where %s of theirs does", a.key, b.key)
		case math.Abs(a.score-b.score) > scoreSlack:
			return fmt.Sprintf("%s scores %.10f here and %.10f there", a.key, a.score, b.score)
		case math.Abs(a.metres-b.metres) > metresSlack:
			return fmt.Sprintf("%s is %.6f m away here and %.6f m there", a.key, a.metres, b.metres)
		}
	}
	return ""
}

// theirResults puts keys for the peer's numbers.
func theirResults(answers []answer, keys []ulid.ULID) []result {
	list := make([]result, len(answers))
	for i, a := range answers {
		list[i] = result{keys[a.n], a.score, a.metres}
	}
	return list
}

// both are the whole lists of both sides, and how many results each says that there are.
type both struct {
	ours, theirs       []result
	weCount, theyCount int
}

// compared puts a list of the peer's beside one of ours.
func compared(ours []result, weCount int, answers []answer, keys []ulid.ULID) both {
	b := both{ours: ours, weCount: weCount, theirs: theirResults(answers, keys)}
	if len(answers) > 0 {
		b.theyCount = answers[0].total
	}
	return b
}

// differ says how the sides differ; empty when they do not.
func (b both) differ() string {
	if why := differ(b.ours, b.theirs); why != "" {
		return why
	}
	if n := len(b.ours); b.weCount != n || b.theyCount != n {
		return fmt.Sprintf("of %d results we say that there are %d, and they that there are %d", n, b.weCount, b.theyCount)
	}
	return ""
}

// check compares whole lists, not their first alone, for so many of n questions, spread over all of them, and counts those that differ.
func check(what string, within float64, n, checks int, lists func(i int) (both, error)) (wrong int, err error) {
	for i := range min(checks, n) {
		found, err := lists(i * n / checks % n)
		if err != nil {
			return wrong, err
		}
		if why := found.differ(); why != "" {
			complain(what, within, why)
			wrong++
		}
	}
	return wrong, nil
}

// checkMatches compares lists of postings.
func (m *market) checkMatches(ctx context.Context, by map[bool]*chosen, within float64, checks int) (wrong int, err error) {
	return check("postings for one graduate within", within, len(m.seekers), checks, func(i int) (both, error) {
		seekers := m.seekers[i]
		c := by[seekers[0].LivesIn]
		answers, err := ask(ctx, c.conn, c.statement, m.matchQuestion(&seekers[0], within, -1))
		if err != nil {
			return both{}, err
		}
		found := m.matches(seekers, within, -1)
		var ours []result
		for _, b := range found.Best {
			ours = append(ours, result{b.Key, b.Score, b.Metres})
		}
		return compared(ours, found.Total, answers, m.postingKeys), nil
	})
}

// checkCandidates compares lists of people.
func (m *market) checkCandidates(ctx context.Context, by map[bool]*chosen, within float64, checks int) (wrong int, err error) {
	return check("people for one posting within", within, len(m.openings), checks, func(i int) (both, error) {
		o := &m.openings[i]
		c := by[o.Accommodation]
		answers, err := ask(ctx, c.conn, c.statement, m.candidateQuestion(o, within, -1))
		if err != nil {
			return both{}, err
		}
		found := m.candidates(o, within, -1)
		var ours []result
		for _, b := range found.Best {
			ours = append(ours, result{b.Key, b.Score, b.Metres})
		}
		return compared(ours, found.Total, answers, m.graduateKeys), nil
	})
}
