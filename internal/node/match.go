package node

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/script"
	"rabta/matching"
	"rabta/matching/board"
)

// Language is the language of what a person reads: English, Urdu, or Urdu in Latin letters.
type Language string

// The languages; the empty one reads as English.
const (
	English   Language = "en"
	Urdu      Language = "ur"
	RomanUrdu Language = "roman"
)

// Bounds of what may be asked for.
const (
	leastReach = 100       // metres: the width of an H3 cell of resolution 9 is 350
	mostReach  = 2_000_000 // metres: from one end of the country to the other

	usualLimit   = 20
	defaultReach = 25_000 // metres, where nobody says how far

	sureOfPlace = 0.5 // least geo.Found score by which a name is taken for a place: two slips in a long name
)

// checkReach asks for 0, which means not said, or for a radius that makes sense.
func checkReach(within float64) error {
	if within != 0 && !(within >= leastReach && within <= mostReach) {
		e := fault.Field("within", "A radius is from 100 m to 2,000 km. Send one such as 5km or 25km.", "5km", "25km", "50km")
		e.MessageUr = "فاصلہ 100 میٹر سے 2,000 کلومیٹر تک ہو سکتا ہے، مثلاً 25km"
		return e
	}
	return nil
}

func checkLimit(limit int) (int, error) {
	switch {
	case limit == 0:
		return usualLimit, nil
	case limit < -1:
		return 0, fault.Field("limit", "A limit is a whole number above 0. Send one such as 20.")
	}
	return limit, nil
}

// Matches finds postings for one graduate, best first, each with the reason.
func (n *Node) Matches(ctx context.Context, r MatchRequest) (*MatchResult, error) {
	p, err := n.newPage(r.At, r.Limit, r.Cursor, "match", string(r.ID), r.Within)
	if err == nil {
		err = checkReach(r.Within)
	}
	if err != nil {
		return nil, err
	}
	graduate := r.Graduate
	if graduate == nil {
		if graduate, err = n.store.Graduate(ctx, r.ID); err != nil {
			return nil, err
		}
	}
	seekers := n.model().Seekers(graduate)
	if len(seekers) == 0 {
		return nil, fault.New(fault.Invalid, "node.Matches", "This person has no trade that is in the catalogue. Add a trade first.")
	}
	var later *keeping
	if r.Rewrites && !r.Brief && r.At.IsZero() && p.after == nil {
		q := question{r.Within, p.limit, r.Language}
		if kept := n.pageWritten(q, graduate, seekers, p.asOf); kept != nil {
			return kept.result(p), nil
		}
		later = n.beginKeeping(q, graduate, seekers, p.asOf)
	}
	rungs, district := n.rungs(&graduate.Home)
	found := n.postings.Match(n.model(), board.MatchQuery{Seekers: seekers, Within: r.Within, Now: p.asOf, Limit: p.limit, After: p.after,
		Rungs: rungs})
	room := takeRoom()
	result := &MatchResult{AsOf: p.asOf, Total: found.Total, Results: n.matches(found.Best, p, r.Language, room), room: room,
		Reach: reach(&graduate.Home, n.model().MatchReach(&seekers[0], r.Within), found.Ladder, district, r.Language)}
	if found.Total == 0 {
		result.Reach.Note = noMatches(graduate, r.Language)
	}
	if !r.Brief {
		if result.Partial, err = n.showPostings(ctx, result.Results, p, r.Language); err != nil {
			return nil, err
		}
	}
	if len(found.Best) > 0 && len(found.Best) == p.limit {
		result.Next = p.next(found.Best[len(found.Best)-1].Ranked)
	}
	if result.keeping = later; later != nil && result.Next != "" {
		later.page.last, later.page.full = found.Best[len(found.Best)-1].Ranked, true
	}
	return result, nil
}

// matches gives postings as the graduate reads them. What they hold lies in a few pieces of memory, since a page is made many times a second.
func (n *Node) matches(best []board.Match, p page, lang Language, room *pageRoom) []Found {
	m, said := n.model(), takeTexts()
	defer said.give()
	list, views, terms := room.of(len(best))
	for i := range best {
		b, f := &best[i], &list[i]
		score := m.Score(b.Seeker, b.Opening, b.Metres, p.asOf)
		n.find(f, b.Opening, said)
		f.Score, f.Terms = b.Score, terms[i*matching.NumTerms:][:matching.NumTerms:matching.NumTerms]
		f.Terms.fill(&score)
		views[i] = Views{Graduate: score.Graduate, Employer: score.Employer}
		f.Views = &views[i]
		said.bytes = m.AppendExplain(said.bytes, b.Seeker, b.Opening, b.Metres, score, string(lang))
		said.end(&f.Why)
		if !b.Opening.Remote {
			f.Distance = &b.Metres
		}
	}
	said.place()
	return list
}

// find fills in what an opening says of itself; its id is there once the texts are placed.
func (n *Node) find(f *Found, o *matching.Opening, said *texts) {
	trade := n.ref.Catalogue.At(o.Trade)
	f.Trade, f.ISCO, f.Kind = trade.Slug, trade.ISCO, o.KindOfWork()
	said.id(&f.ID, matching.PostingPrefix, o.Key)
}

// showPostings adds the record of each posting, its employer's name and its labels. Where the records cannot be reached just now, the list
// of board and index is an answer all the same, and partial tells that the rest is missing.
func (n *Node) showPostings(ctx context.Context, results []Found, p page, lang Language) (partial bool, err error) {
	results = results[n.showKept(results, p, lang):]
	if len(results) == 0 {
		return false, nil
	}
	bounded, cancel := context.WithTimeout(ctx, n.slow.patience(ctx, time.Now()))
	defer cancel()
	err = n.readPostings(bounded, results, p, lang)
	if err == nil || fault.KindOf(err) != fault.Unavailable || ctx.Err() != nil {
		return false, err
	}
	n.slow.note(time.Now())
	n.log.Warn("a list is shown without the records of its postings", "error", err)
	return true, nil
}

// showKept adds what is kept of results, up to the first of which something has to be read, and gives how many have it.
func (n *Node) showKept(results []Found, p page, lang Language) int {
	for i := range results {
		record, ok := n.shown.postings.Get(results[i].ID)
		if !ok {
			return i
		}
		employer, ok := n.shown.employerOf(record)
		if !ok {
			return i
		}
		f := &results[i]
		f.Posting, f.Record, f.Employer, f.Notes = record.Posting, record, employer, n.notesOf(record, p.asOf, lang)
	}
	return len(results)
}

// readPostings reads what showPostings adds.
func (n *Node) readPostings(ctx context.Context, results []Found, p page, lang Language) error {
	for i := range results {
		record, err := n.shownPosting(ctx, results[i].ID)
		if fault.KindOf(err) == fault.NotFound && err != nil {
			continue // deleted since the snapshot was taken: the list is of its own moment
		}
		if err != nil {
			return err
		}
		results[i].Posting, results[i].Record = record.Posting, record
		// A posting's employer is never deleted: a missing one is the store's fault, and not to be passed over.
		if results[i].Employer, err = n.employerOf(ctx, record); err != nil {
			return err
		}
		results[i].Notes = n.notesOf(record, p.asOf, lang)
	}
	return nil
}

// PostingNotes are the labels of a posting: so far, that it pays less than the minimum wage of its province and date.
func (n *Node) PostingNotes(p *matching.Posting, at time.Time, lang Language) []string {
	if figure, below := n.model().BelowMinimum(p, at); below {
		return []string{belowMinimumNote(figure, lang)}
	}
	return nil
}

// CandidatePrefix begins the pseudonym of a candidate, which holds for one posting alone.
const CandidatePrefix = "cnd"

// Candidates finds people for one posting, best first. Employers see pseudonyms, whole kilometres and rounded figures; with r.Named,
// which is for staff on the machine itself, the people are named by their id.
func (n *Node) Candidates(ctx context.Context, r MatchRequest) (*MatchResult, error) {
	named := "pseudonyms"
	if r.Named {
		named = "named"
	}
	p, err := n.newPage(r.At, r.Limit, r.Cursor, "candidates", string(r.ID), named, r.Within)
	if err == nil {
		err = checkReach(r.Within)
	}
	if err != nil {
		return nil, err
	}
	posting := r.Posting
	if posting == nil {
		if posting, err = n.store.Posting(ctx, r.ID); err != nil {
			return nil, err
		}
	}
	opening := n.model().Opening(posting, n.facts.of(posting.Employer))
	query := board.CandidateQuery{Opening: &opening, Within: r.Within, Now: p.asOf, Limit: p.limit, After: p.after, Rings: ringRadii[:]}
	if !r.Named {
		query.Pseudonym = func(key ulid.ULID) ulid.ULID { return n.keys.Pseudonym(r.ID, posting.Version, key) }
		query.Shown = matching.CandidateScore
	}
	found := n.graduates.Candidates(n.model(), query)
	result := &MatchResult{AsOf: p.asOf, Total: found.Total, Results: make([]Found, 0, len(found.Best)), Reach: Reach{WithinM: r.Within}}
	if found.Total == 0 {
		result.Reach.Note = noCandidates(posting, p.asOf, r.Language)
	}
	for i, count := range found.Rings {
		result.Reach.Rings = append(result.Reach.Rings, Ring{WithinM: ringRadii[i], Count: count})
	}
	for i := range found.Best {
		result.Results = append(result.Results, n.candidate(&found.Best[i], &opening, r, p))
	}
	if len(found.Best) > 0 && len(found.Best) == p.limit {
		result.Next = p.next(found.Best[len(found.Best)-1].Ranked)
	}
	return result, nil
}

// candidate gives one person as the reader of the list may see her.
func (n *Node) candidate(c *board.Candidate, o *matching.Opening, r MatchRequest, p page) Found {
	score := n.model().Score(c.Seeker, o, c.Metres, p.asOf)
	trade := n.ref.Catalogue.At(c.Seeker.Trade)
	f := Found{ID: matching.ID(CandidatePrefix + "_" + c.Key.String()), Trade: trade.Slug, ISCO: trade.ISCO, Kind: o.KindOfWork(),
		Score: c.Score, Why: n.model().ExplainCandidate(c.Seeker, o, c.Metres, score, string(r.Language)), Terms: candidateTermsOf(score)}
	if r.Named {
		f.ID, f.Terms = c.Seeker.ID(), termsOf(&score)
		f.Views = &Views{Graduate: score.Graduate, Employer: score.Employer}
	}
	if !o.Remote {
		f.Distance = &c.Metres
	}
	return f
}

// near gives the point of a place by id or by name, the likeliest reading first.
func (n *Node) near(place string) (geo.Place, error) {
	if p, ok := n.gazetteer().Place(place); ok {
		return p, nil
	}
	found := n.gazetteer().Find(place, 10) // a town, its tehsil and its district bear one name
	if len(found) > 0 && sure(found[0], place) {
		return found[0].Place, nil
	}
	e := fault.Field("place", "There is no place of this name in the gazetteer. Send another spelling, the nearest town, or a latitude and longitude.",
		n.placesLike(place)...)
	e.MessageUr = "اس نام کی جگہ نہیں ملی۔ نام کے ہجے بدل کر دیکھیں یا قریبی شہر کا نام لکھیں۔"
	return geo.Place{}, e
}

// placesLike gives three names of places that are likest to a name: those that it may mean, then the towns with the fewest letters
// between, none that is another name altogether.
func (n *Node) placesLike(name string) []string {
	const most = 3
	var names []string
	add := func(name string) {
		if len(names) < most && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, f := range n.gazetteer().Find(name, 10) { // a town, its tehsil and its district bear one name
		add(f.Place.Names.En)
	}
	if len(names) == most {
		return names
	}
	const farthest = 64 // letters
	folded := script.Fold(name)
	far := func(p geo.Place) int { return script.Distance(folded, script.Fold(p.Names.En), farthest) }
	towns := n.gazetteer().All(geo.LevelTown)
	slices.SortStableFunc(towns, func(a, b geo.Place) int { return cmp.Compare(far(a), far(b)) })
	for _, p := range towns {
		if len(names) == most || !like(p.Names.En, name) {
			break
		}
		add(p.Names.En)
	}
	return names
}
