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

// Search finds live postings. Without text they come by distance and id; with text by search.Score, distance and id. A
// point given by the request goes before a place, and that before a place which the text names.
func (n *Node) Search(ctx context.Context, r SearchRequest) (*SearchResult, error) {
	return n.search(ctx, r, false)
}

// search is Search; plainly asks for all postings that meet the words before it looks where they are, whatever is at hand.
func (n *Node) search(ctx context.Context, r SearchRequest, plainly bool) (*SearchResult, error) {
	p, err := n.newPage(r.At, r.Limit, r.Cursor, "search", r.Text, r.Trade, r.Kind, r.Near != nil, pointOf(r.Near), r.Place, r.Within, r.PayFrom, r.OpenTo, r.Remote)
	if err != nil {
		return nil, err
	}
	s := &searching{n: n, r: r, plain: plainly, page: p, query: board.SearchQuery{Kind: r.Kind, Gender: r.OpenTo, PayFrom: r.PayFrom, Remote: r.Remote,
		Now: p.asOf, Limit: p.limit, After: p.after}}
	for _, step := range []func(context.Context) error{s.check, s.read, s.where, s.words} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	defer s.close()
	hits, err := s.find(ctx)
	if err != nil {
		return nil, err
	}
	result := &SearchResult{AsOf: p.asOf, Total: hits.Total, Understood: s.understood, Results: n.hits(hits.Hits, p, r.Language),
		Reach: reach(s.query.Near, s.query.Within, hits.Ladder, s.district, r.Language), Facets: n.facets(hits)}
	result.Reach.Widened, result.Reach.Place = s.page.widened > 0, s.taken()
	if hits.Total == 0 {
		result.Reach.Note = s.none()
	}
	if !r.Brief {
		if result.Partial, err = n.showPostings(ctx, result.Results, p, r.Language); err != nil {
			return nil, err
		}
	}
	if len(hits.Hits) > 0 && len(hits.Hits) == p.limit {
		result.Next = s.page.next(hits.Hits[len(hits.Hits)-1].Ranked)
	}
	return result, nil
}

func pointOf(p *geo.Point) geo.Point {
	if p == nil {
		return geo.Point{}
	}
	return *p
}

// searching is one search on its way.
type searching struct {
	n          *Node
	r          SearchRequest
	plain      bool // not in the order of the board
	page       page
	query      board.SearchQuery
	district   *geo.Place // of query.Near; nil outside of all
	place      geo.Place  // that the request names; the zero one where it names none
	understood *search.Understood
	meaning    map[uint16]float64 // how well each trade is what the text means
	rating     *rating            // of a search with text; else nil
	ordered    *search.Answer     // to its words, in the order of the board; nil: query.Score knows them
	needed     bool               // what does not meet the words is not looked for
}

// check refuses what no search can mean.
func (s *searching) check(context.Context) error {
	r := s.r
	if err := checkReach(r.Within); err != nil {
		return err
	}
	if r.Near != nil && !r.Near.InBox() {
		e := fault.Field("near", "This point is outside Pakistan and its surroundings. Send latitude 22.5 to 38 and longitude 60 to 78.5, in degrees.")
		e.MessageUr = "یہ جگہ پاکستان سے باہر ہے۔ پاکستان کے اندر کی جگہ چنیں۔"
		return e
	}
	if r.Kind != "" && !slices.Contains(matching.Kinds[:], r.Kind) {
		return fault.Field("kind", "There is no such kind of work. Send one of job, apprenticeship, daily-wage, contract, piece-work, customer-job.")
	}
	if r.OpenTo != "" && !slices.Contains([]matching.Gender{matching.Woman, matching.Man, matching.Transgender}, r.OpenTo) {
		return fault.Field("open_to", "Send one of f, m, x, or leave it out.", "f", "m", "x")
	}
	if r.PayFrom < 0 {
		return fault.Field("pay_from", "The least pay is a number of rupees a month, 0 or more.")
	}
	if r.Trade == "" {
		return nil
	}
	number, ok := s.n.ref.Catalogue.Number(r.Trade)
	if !ok {
		e := fault.Field("trade", "There is no such trade. Send the slug of one from the list of trades.", s.n.ref.Catalogue.Nearest(r.Trade)...)
		e.MessageUr = "یہ پیشہ فہرست میں نہیں ہے۔ فہرست میں سے کوئی پیشہ چنیں۔"
		return e
	}
	s.query.Trades = []uint16{number}
	return nil
}

// read reads the text; what the request states by itself goes before what the text means.
func (s *searching) read(context.Context) error {
	if s.r.Text == "" {
		return nil
	}
	u := s.n.reader().Read(s.r.Text)
	s.understood = &u
	if s.query.Kind == "" && len(u.Kinds) == 1 {
		s.query.Kind = u.Kinds[0]
	}
	// Who asks for remote work asks for what no distance counts for: where the words name it, it is what is listed.
	if slices.Contains(u.Conditions, "remote") && s.r.Near == nil && s.r.Place == "" {
		s.query.Remote = true
	}
	return nil
}

// where finds the point to measure from, and the radius.
func (s *searching) where(context.Context) error {
	switch {
	case s.r.Near != nil:
		s.query.Near = s.r.Near
	case s.r.Place != "":
		place, err := s.n.near(s.r.Place)
		if err != nil {
			return err
		}
		s.place, s.query.Near = place, &place.Point
	case s.understood != nil && s.understood.Place != nil:
		s.query.Near = &s.understood.Place.Point
	}
	s.query.Rungs, s.district = s.n.rungs(s.query.Near)
	if s.query.Near != nil {
		s.query.Within = s.r.Within
	} else if s.r.Within != 0 {
		return fault.Field("within", "A radius needs a point to measure from. Send a latitude and longitude or a place with it.")
	}
	return nil
}

// words makes the scoring of a search with text: trades that it means, related ones, and what is left over as plain text.
func (s *searching) words(ctx context.Context) error {
	if s.understood == nil {
		return nil
	}
	s.meaning = s.meanings()
	s.rating = s.rate()
	words := s.understood.Words()
	switch {
	case s.query.Trades != nil || len(s.meaning) == 0 && words == "":
		// The trade was asked for by itself, or the text names no more than a place or a kind of work.
	case len(s.meaning) > 0:
		s.query.Trades = slices.Sorted(maps.Keys(s.meaning))
	default:
		s.needed = true
	}
	if words == "" {
		return nil
	}
	if ready, err := s.order(ctx, words); ready || err != nil {
		return err
	}
	return s.plainly(ctx, words)
}

// meanings gives how well each trade is what the text means: the trades it names, and, where no trade was asked for by itself, those
// related to them.
func (s *searching) meanings() map[uint16]float64 {
	catalogue := s.n.ref.Catalogue
	meaning := map[uint16]float64{}
	for _, named := range s.understood.Trades {
		number, ok := catalogue.Number(named.Slug)
		if !ok {
			continue
		}
		meaning[number] = max(meaning[number], named.Score)
		for _, related := range catalogue.Related(number) {
			meaning[related.Number] = max(meaning[related.Number], named.Score*related.Relatedness)
		}
	}
	return meaning
}

// widening are the radii that a search without one tries in turn, in metres; 0 is the whole country.
var widening = [...]float64{defaultReach, 50_000, 100_000, 250_000, 0}

// find searches; where no radius was asked for, it widens while the nearest ring is empty, so that nobody is shown an empty page
// while there is work.
func (s *searching) find(ctx context.Context) (board.Hits, error) {
	if s.query.Near == nil || s.query.Within > 0 || s.query.Remote {
		return s.ask(ctx)
	}
	if s.page.after != nil {
		s.query.Within = defaultReach
		if s.page.widened > 0 {
			s.query.Within = s.page.widened
		}
		if math.IsInf(s.page.widened, 1) {
			s.query.Within = 0
		}
		return s.ask(ctx)
	}
	for _, within := range widening {
		s.query.Within = within
		hits, err := s.ask(ctx)
		if hits.Total > 0 || within == 0 || err != nil {
			return hits, err
		}
		s.page.widened = nextRadius(within)
	}
	panic("node: the last radius is the whole country")
}

// nextRadius is the radius tried after one that was empty; the whole country stands as infinity, since 0 means not widened.
func nextRadius(within float64) float64 {
	next := widening[slices.Index(widening[:], within)+1]
	if next == 0 {
		return math.Inf(1)
	}
	return next
}

func (n *Node) facets(hits board.Hits) *Facets {
	f := &Facets{Trades: make(map[string]int, len(hits.Trades)), Kinds: hits.Kinds}
	for number, count := range hits.Trades {
		f.Trades[n.ref.Catalogue.At(number).Slug] = count
	}
	return f
}

// hits gives postings as a person reads them.
func (n *Node) hits(hits []board.Hit, p page, lang Language) []Found {
	list, said := make([]Found, len(hits)), takeTexts()
	defer said.give()
	for i := range hits {
		h, f := &hits[i], &list[i]
		n.find(f, h.Opening, said)
		f.Score = h.Score
		if !math.IsNaN(h.Far) {
			f.Distance = &h.Far
		}
		said.bytes = n.describe(said.bytes, h, p.asOf, lang)
		said.end(&f.Why)
	}
	said.place()
	return list
}

// FindPlaces finds places by name in three scripts, the likeliest first.
func (n *Node) FindPlaces(query string, limit int) []geo.Found {
	return n.gazetteer().Find(query, limit)
}

// Place gives a place by its id.
func (n *Node) Place(id string) (geo.Place, error) {
	p, ok := n.gazetteer().Place(id)
	if !ok {
		return p, fault.New(fault.NotFound, "node.Place", "There is no place of this id. Search places by name to find its id.")
	}
	return p, nil
}

// PlaceChain gives a place and what holds it, up to the province.
func (n *Node) PlaceChain(id string) []geo.Place { return n.gazetteer().Chain(id) }

// NearestPlaces gives the k towns and villages that are nearest to a point, the nearest first.
func (n *Node) NearestPlaces(p geo.Point, k int) []geo.Near {
	return n.gazetteer().Nearest(p, []geo.Level{geo.LevelTown, geo.LevelVillage}, k)
}

// DistrictAt gives the district that holds a point; false outside Pakistan and its surroundings.
func (n *Node) DistrictAt(p geo.Point) (geo.Place, bool) { return n.gazetteer().District(p) }
