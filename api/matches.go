package api

import (
	"context"
	"net/http"

	"rabta/internal/node"
)

type matchesInput struct {
	GraduatePath
	Radius
	Paging
	Tongue
	AsOf
}

type matchesOutput struct {
	Body OfferPage
}

func (s *server) registerMatches() {
	register(s, operation{id: "list-matches", method: http.MethodGet, path: "/v1/graduates/{id}/matches", tag: "Graduates",
		summary:     "Postings that fit a graduate, the best first",
		description: "Every answer equals a reading of all postings: nothing missing, nothing extra. Each match says why, from the terms of its score."},
		s.listMatches)
}

func (s *server) listMatches(ctx context.Context, in *matchesInput) (*matchesOutput, error) {
	within, err := in.metres()
	if err != nil {
		return nil, err
	}
	at, err := s.moment(ctx, in.At)
	if err != nil {
		return nil, err
	}
	g, _, err := s.permittedGraduate(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	result, err := s.service.Matches(ctx, node.MatchRequest{ID: g.ID, Within: within, At: at, Limit: in.Limit, Cursor: in.Cursor,
		Language: callOf(ctx).language})
	if err != nil {
		return nil, err
	}
	return &matchesOutput{Body: OfferPage{AsOf: result.AsOf, Total: result.Total, Reach: result.Reach, Results: offers(result.Results),
		Next: result.Next}}, nil
}
