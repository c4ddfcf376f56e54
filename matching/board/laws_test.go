package board

import (
	"crypto/sha256"
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/oklog/ulid/v2"
	"pgregory.net/rapid"

	"rabta/geo"
	"rabta/matching"
)

// pair is a market kept both ways, to which the same things happen.
type pair struct {
	*maker
	market    *market
	postings  *Postings
	graduates *Graduates
	known     int // numbers below have been used, of postings and of graduates alike
}

// newPair begins with n postings and n graduates in the base.
func newPair(m *matching.Model, r *maker, n int) *pair {
	p := &pair{maker: r, market: newMarket(m), known: n}
	var rows []Posting
	var people []Graduate
	for i := range n {
		a, g := r.advert(i), r.graduate(i)
		p.market.adverts[a.posting.ID], p.market.graduates[g.ID] = a, g
		rows = append(rows, *p.row(a))
		people = append(people, GraduateRows(m.Seekers(g))...)
	}
	p.postings, p.graduates = NewPostings(m, rows), NewGraduates(people)
	p.postings.table.most = one(r, 0, 3, 20, deltaRows) // small deltas make many runs
	p.graduates.table.most = p.postings.table.most
	return p
}

func (p *pair) row(a *advert) *Posting {
	return &Posting{Opening: p.market.model.Opening(a.posting, a.facts), District: a.district}
}

// apply makes n changes in one batch: new records, changed and moved ones, removals, records that come back; often several to one.
func (p *pair) apply(n int) {
	var postings []PostingChange
	var graduates []GraduateChange
	for range n {
		number := p.IntN(p.known + 1)
		if len(postings) > 0 && p.chance(20) {
			p.known++
			number = p.known - 1
		}
		p.known = max(p.known, number+1)
		pc, gc := p.change(number)
		postings, graduates = append(postings, pc), append(graduates, gc)
		if p.chance(20) {
			pc, gc = p.change(number)
			postings, graduates = append(postings, pc), append(graduates, gc)
		}
	}
	p.postings.Apply(postings)
	p.graduates.Apply(graduates)
}

// change changes the posting and the graduate of a number in the plain market, and gives the same change for the boards.
func (p *pair) change(number int) (PostingChange, GraduateChange) {
	pc := PostingChange{ID: id(matching.PostingPrefix, number)}
	gc := GraduateChange{ID: id(matching.GraduatePrefix, number)}
	if p.chance(25) {
		delete(p.market.adverts, pc.ID)
		delete(p.market.graduates, gc.ID)
		return pc, gc
	}
	a, g := p.advert(number), p.graduate(number)
	if old, ok := p.market.adverts[pc.ID]; ok && p.chance(50) { // a change of one thing only: its place, its trade or its end
		changed := *old.posting
		switch p.IntN(3) {
		case 0:
			changed.Location = a.posting.Location
		case 1:
			changed.Trade = a.posting.Trade
		case 2:
			changed.Expires = noon
		}
		a = &advert{&changed, old.facts, districtOf(changed.Location)}
	}
	if old, ok := p.market.graduates[gc.ID]; ok && p.chance(50) {
		changed := *old
		switch p.IntN(3) {
		case 0:
			changed.Home = g.Home
		case 1:
			changed.Trades = g.Trades
		case 2:
			changed.Travel, changed.AcceptsLiving = g.Travel, g.AcceptsLiving
		}
		g = &changed
	}
	p.market.adverts[pc.ID], p.market.graduates[gc.ID] = a, g
	pc.Row, gc.Rows = p.row(a), GraduateRows(p.market.model.Seekers(g))
	return pc, gc
}

// mergeAmid merges while n batches come in between its beginning and its end.
func (p *pair) mergeAmid(n int) {
	fromPostings, postings := p.postings.table.begin(p.chance(50))
	fromGraduates, graduates := p.graduates.table.begin(p.chance(50))
	for range n {
		p.apply(1 + p.IntN(4))
		p.postings.Merge() // one under way: nothing happens
	}
	if postings {
		p.postings.table.finish(fromPostings, p.postings.table.fold(fromPostings))
	}
	if graduates {
		p.graduates.table.finish(fromGraduates, p.graduates.table.fold(fromGraduates))
	}
}

// mergeBeside merges on other goroutines while n batches come.
func (p *pair) mergeBeside(n int) {
	done := make(chan struct{}, 2)
	go func() { p.postings.Merge(); done <- struct{}{} }()
	go func() { p.graduates.Merge(); done <- struct{}{} }()
	for range n {
		p.apply(1 + p.IntN(4))
	}
	<-done
	<-done
}

func (p *pair) rungs(near *geo.Point) Rungs {
	r := Rungs{}
	if p.chance(60) {
		r.Rings = one(p.maker, []float64{2_000, 15_000}, []float64{100, 5_000, 50_000, 150_000}, []float64{1})
	}
	if near != nil && p.chance(30) {
		r.Rings = []float64{p.rim(*near)}
	}
	if near != nil && p.chance(50) {
		r.District = district(*near)
	}
	return r
}

func (p *pair) limit() int { return one(p.maker, -1, -1, 0, 1, 3, 10, 20) }

// rim is a radius that is exactly the distance of some posting.
func (p *pair) rim(from geo.Point) float64 {
	for n := range p.known {
		if a, ok := p.market.adverts[id(matching.PostingPrefix, n)]; ok && a.posting.Location != nil && p.chance(10) {
			return geo.Distance(from, *a.posting.Location)
		}
	}
	return 7_000
}

func (p *pair) matchQuery() MatchQuery {
	g := p.graduate(1 << 20)
	if p.chance(30) {
		g.Travel.MaxMetres = p.rim(g.Home)
	}
	within := one(p.maker, 0, 0, 1_000, 5_000, 25_000, 400_000, p.rim(g.Home))
	return MatchQuery{Seekers: p.market.model.Seekers(g), Within: within, Now: p.atNoon(), Limit: p.limit(), Rungs: p.rungs(&g.Home)}
}

func (p *pair) searchQuery() SearchQuery {
	q := SearchQuery{Now: p.atNoon(), Limit: p.limit(), Remote: p.chance(15)}
	if p.chance(60) {
		q.Trades = []uint16{}
		for range p.IntN(5) {
			q.Trades = append(q.Trades, uint16(p.IntN(9)))
		}
	}
	if p.chance(25) {
		q.Kind = one(p.maker, matching.Job, matching.DailyWage)
	}
	if p.chance(25) {
		q.Gender = p.gender()
	}
	if p.chance(25) {
		q.PayFrom = matching.Rupees(25_000 + p.IntN(20_000))
	}
	if p.chance(75) {
		at := p.point()
		q.Near, q.Within = &at, one(p.maker, 0, 1_000, 25_000, 25_000, 400_000, p.rim(at))
	}
	q.Rungs = p.rungs(q.Near)
	if p.chance(25) {
		q.Only = []matching.ID{id(matching.PostingPrefix, 1<<30), "pst_no-such-thing"}
		for range p.IntN(20) {
			q.Only = append(q.Only, id(matching.PostingPrefix, p.IntN(p.known+1)))
		}
	}
	if p.chance(60) {
		steps := one(p.maker, 2.0, 1000)
		q.Score = func(o *matching.Opening, metres float64) (float64, bool) {
			score := math.Round(float64(o.Key[9])/255*steps) / steps
			if !math.IsNaN(metres) {
				score -= math.Round(metres / 100_000)
			}
			return score, o.Key[10]%7 != 0
		}
	}
	return q
}

// hidden is a pseudonym, in which no order of the keys is left.
func hidden(key ulid.ULID) (pseudonym ulid.ULID) {
	sum := sha256.Sum256(key[:])
	copy(pseudonym[:], sum[:])
	return pseudonym
}

func twentieths(employer float64) float64 { return math.Round(employer*20) / 20 }

func (p *pair) candidateQuery() CandidateQuery {
	opening := p.row(p.advert(1 << 20)).Opening
	q := CandidateQuery{Opening: &opening, Now: p.atNoon(), Limit: p.limit(), Rings: p.rungs(nil).Rings,
		Within: one(p.maker, 0, 0, 1_000, 5_000, 25_000, 400_000, matching.Banded(p.rim(opening.At)))}
	if p.chance(50) {
		q.Pseudonym, q.Shown = hidden, twentieths
	}
	return q
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// equal fails when the board's answer is not the plain one, to the last bit.
func equal(t fataler, what any, plain, board answer) {
	t.Helper()
	if !reflect.DeepEqual(plain, board) {
		t.Fatalf("%T %+v\nthe board (+) differs from the plain way (-):\n%s", what, what, cmp.Diff(plain, board))
	}
}

// check asks both sides one question of each sort, and for the page after a random result of it.
func (p *pair) check(t fataler) {
	t.Helper()
	w := p.market
	match, search, candidates, people := p.matchQuery(), p.searchQuery(), p.candidateQuery(), p.peopleQuery()
	for range 2 {
		plain := w.match(match)
		equal(t, match, plain, ofMatches(p.postings.Match(w.model, match)))
		match.After = p.after(plain)

		plain = w.search(search)
		equal(t, search, plain, ofHits(w.model, p.postings.Search(search)))
		search.After = p.after(plain)

		plain = w.people(people)
		equal(t, people, plain, ofPeople(p.graduates.People(people)))
		people.After = p.after(plain)

		plain = w.candidates(candidates)
		equal(t, candidates, plain, ofCandidates(p.graduates.Candidates(w.model, candidates)))
		candidates.After = p.after(plain)
	}
}

// after is a place in the order: that of a result, or any.
func (p *pair) after(a answer) *matching.Ranked {
	if len(a.Found) == 0 {
		return &matching.Ranked{Score: p.Float64(), Metres: 1000}
	}
	f := a.Found[p.IntN(len(a.Found))]
	return &matching.Ranked{Score: f.Score, Metres: f.Metres, Key: f.Key}
}

// checkRecords holds what the board tells of single records, and its counts, to the plain market.
func (p *pair) checkRecords(t fataler) {
	t.Helper()
	if got := p.postings.Count(); got != len(p.market.adverts) {
		t.Fatalf("%d postings on the board, %d there are", got, len(p.market.adverts))
	}
	rows := 0
	for n := range p.known + 1 {
		pid, gid := id(matching.PostingPrefix, n), id(matching.GraduatePrefix, n)
		row, have := p.postings.Row(pid)
		a, is := p.market.adverts[pid]
		if have != is || is && !reflect.DeepEqual(row, *p.row(a)) {
			t.Fatalf("posting %d: on the board %v %+v, in truth %v", n, have, row, is)
		}
		var want []Graduate
		if g, is := p.market.graduates[gid]; is {
			want = GraduateRows(p.market.model.Seekers(g))
			slices.SortFunc(want, func(a, b Graduate) int { return int(a.Trade) - int(b.Trade) })
		}
		if got := p.graduates.Rows(gid); len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Fatalf("graduate %d: on the board %+v, in truth %+v", n, got, want)
		}
		rows += len(want)
	}
	if got := p.graduates.Count(); got != rows {
		t.Fatalf("%d rows of graduates on the board, %d there are", got, rows)
	}
}

// TestEqualsBruteForce drives short random histories and asks after each step.
func TestEqualsBruteForce(t *testing.T) {
	m := testModel(t)
	for _, c := range []struct {
		name   string
		towns  int
		trades []string
	}{
		{"all over the country", len(towns), nil},
		{"in three towns", 3, nil},
		{"in one town, one family of trades", 1, []string{"electrician", "solar", "welder"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				r := newMaker(rapid.Uint64().Draw(t, "seed"))
				r.towns, r.trades = c.towns, c.trades
				p := newPair(m, r, rapid.IntRange(0, 60).Draw(t, "at first"))
				t.Repeat(map[string]func(*rapid.T){
					"apply":  func(t *rapid.T) { p.apply(rapid.IntRange(1, 6).Draw(t, "changes")) },
					"merge":  func(*rapid.T) { p.postings.Merge(); p.graduates.Merge() },
					"due":    func(*rapid.T) { p.postings.MergeDue(); p.graduates.MergeDue() },
					"amid":   func(t *rapid.T) { p.mergeAmid(rapid.IntRange(0, 3).Draw(t, "batches")) },
					"image":  func(t *rapid.T) { p.throughImages(t) },
					"beside": func(t *rapid.T) { p.mergeBeside(rapid.IntRange(0, 3).Draw(t, "batches")) },
					"": func(t *rapid.T) {
						if p.chance(40) {
							p.check(t)
						}
					},
				})
				p.checkRecords(t)
			})
		})
	}
}

// TestEqualsBruteForceLarge asks boards of thousands of rows, where tries have many levels and tombstones several pages.
func TestEqualsBruteForceLarge(t *testing.T) {
	m := testModel(t)
	for _, c := range []struct{ towns, rows, changes int }{{len(towns), 5_000, 400}, {3, 5_000, 2_500}, {1, 5_000, 40}} {
		t.Run(fmt.Sprintf("%d towns, %d changes", c.towns, c.changes), func(t *testing.T) {
			r := newMaker(uint64(c.changes))
			r.towns = c.towns
			p := newPair(m, r, c.rows)
			for _, step := range []func(){func() {}, func() { p.apply(c.changes) }, func() { p.mergeAmid(20) }, func() { p.apply(c.changes) }} {
				step()
				for range 4 {
					p.check(t)
				}
			}
			p.checkRecords(t)
		})
	}
}
