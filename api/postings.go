package api

import (
	"context"
	"net/http"
	"time"

	"rabta/internal/node"
	"rabta/matching"
)

type searchInput struct {
	Where
	Radius
	Paging
	Tongue
	AsOf
	Q       string `query:"q" maxLength:"200" example:"bijli ka kaam" doc:"Free text in any of three scripts"`
	Trade   string `query:"trade" maxLength:"80" doc:"Slug of a trade, exact; related trades come only where none is asked for"`
	Kind    string `query:"kind" enum:"job,apprenticeship,daily-wage,contract,piece-work,customer-job"`
	Place   string `query:"place" maxLength:"200" doc:"Id or name of a place to measure from, instead of lat and lon"`
	PayFrom int64  `query:"pay_from" minimum:"0" maximum:"10000000" doc:"Least monthly pay stated, in PKR"`
	OpenTo  string `query:"open_to" enum:"women,men,transgender" doc:"Leaves out what is closed to them"`
	Remote  bool   `query:"remote" doc:"Remote work only"`
}

type searchOutput struct {
	Body OfferPage
}

// openTo gives the gender that a search leaves closed postings out for.
var openTo = map[string]matching.Gender{"women": matching.Woman, "men": matching.Man, "transgender": matching.Transgender}

func (s *server) registerPostings() {
	register(s, operation{id: "search-postings", resident: true, method: http.MethodGet, path: "/v1/postings", tag: "Postings",
		summary: "Search live postings",
		description: "Without a radius the default one holds, and widens while it is empty; reach says how much there is how near. " +
			"With a point, remote work is counted in reach and not mixed in. Sorted by distance, or by score where q has free text."}, s.searchPostings)
	register(s, operation{id: "get-posting", method: http.MethodGet, path: "/v1/postings/{id}", tag: "Postings",
		summary: "One posting"}, s.getPosting)
	register(s, operation{id: "list-candidates", method: http.MethodGet, path: "/v1/postings/{id}/candidates", tag: "Postings", costly: true, audited: true,
		summary: "Candidates for a posting, by pseudonym",
		description: "Never says who a candidate is, where she lives, what she needs or would accept, her gender or her age. " +
			"Distances are whole kilometres from the middle of the cell of about 5 km² that she lives in."}, s.listCandidates)
}

func (s *server) searchPostings(ctx context.Context, in *searchInput) (*searchOutput, error) {
	near, err := in.point()
	if err != nil {
		return nil, err
	}
	if near != nil && in.Place != "" {
		return nil, twoPlaces()
	}
	at, err := s.moment(ctx, in.At)
	if err != nil {
		return nil, err
	}
	within, err := in.metres()
	if err != nil {
		return nil, err
	}
	result, err := s.service.Search(ctx, node.SearchRequest{
		Text: in.Q, Trade: in.Trade, Kind: matching.Kind(in.Kind), Near: near, Place: in.Place, Within: within,
		PayFrom: matching.Rupees(in.PayFrom), OpenTo: openTo[in.OpenTo], Remote: in.Remote, At: at, Limit: in.Limit, Cursor: in.Cursor,
		Language: callOf(ctx).language,
	})
	if err != nil {
		return nil, err
	}
	out := &searchOutput{Body: OfferPage{AsOf: result.AsOf, Total: result.Total, Reach: result.Reach, Facets: result.Facets,
		Understood: result.Understood, Next: result.Next, Partial: result.Partial}}
	out.Body.list(result.Results)
	return out, nil
}

// PostingPath names a posting.
type PostingPath struct {
	ID string `path:"id" example:"pst_01JD4Y6G3Q0000000000000000"`
}

type getPostingInput struct {
	PostingPath
	Tongue
}

type postingOutput struct {
	ETag string `header:"ETag" doc:"The version, for If-Match"`
	Body PostingShown
}

// PostingShown is a posting with its labels.
type PostingShown struct {
	matching.Posting
	Notes []string `json:"notes,omitempty" nullable:"false" doc:"Labels: that it pays under the minimum wage of its province and date"`
}

func (s *server) shownPosting(ctx context.Context, p *matching.Posting, at time.Time) PostingShown {
	return PostingShown{Posting: *p, Notes: s.service.PostingNotes(p, at, callOf(ctx).language)}
}

// subjectsOf tells whose a posting is, and that all may see it while it is live.
func (s *server) subjectsOf(p *matching.Posting) subjects {
	return subjects{employer: p.Employer, shown: p.Live(s.now())}
}

// permittedPosting reads a posting on which the caller may do the operation.
func (s *server) permittedPosting(ctx context.Context, text string) (*matching.Posting, scope, error) {
	id, err := identifier(text, matching.PostingPrefix)
	if err != nil {
		return nil, 0, err
	}
	p, err := s.service.Posting(ctx, id)
	if err != nil {
		return nil, 0, oneNotFound(err)
	}
	by, err := permit(ctx, s.subjectsOf(p))
	return p, by, err
}

func (s *server) getPosting(ctx context.Context, in *getPostingInput) (*postingOutput, error) {
	p, _, err := s.permittedPosting(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &postingOutput{ETag: etag(p.Version), Body: s.shownPosting(ctx, p, s.now())}, nil
}

type candidatesInput struct {
	PostingPath
	Radius
	Paging
	Tongue
	AsOf
}

type candidatesOutput struct {
	Body CandidatePage
}

func (s *server) listCandidates(ctx context.Context, in *candidatesInput) (*candidatesOutput, error) {
	request, err := s.matchRequest(ctx, in.Radius, in.Paging, in.AsOf)
	if err != nil {
		return nil, err
	}
	p, by, err := s.permittedPosting(ctx, in.ID)
	if err == nil {
		err = s.limitTerms(ctx, by, p)
	}
	if err != nil {
		return nil, err
	}
	request.ID, request.Posting = p.ID, p
	result, err := s.service.Candidates(ctx, request)
	if err != nil {
		return nil, err
	}
	return &candidatesOutput{Body: CandidatePage{AsOf: result.AsOf, Total: result.Total, Reach: result.Reach,
		Results: candidates(result.Results), Next: result.Next}}, nil
}
