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
	request, err := s.matchRequest(ctx, in.Radius, in.Paging, in.AsOf)
	if err != nil {
		return nil, err
	}
	g, _, err := s.permittedGraduate(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	request.ID, request.Graduate, request.Rewrites = g.ID, g, true
	result, err := s.service.Matches(ctx, request)
	if err != nil {
		return nil, err
	}
	out := &matchesOutput{Body: OfferPage{AsOf: result.AsOf, Total: result.Total, Reach: result.Reach, Next: result.Next,
		Partial: result.Partial, from: result}}
	out.Body.list(result.Results)
	return out, nil
}

// matchRequest reads what a list of matches and one of candidates are asked for alike; whose it is, is filled in once that is permitted.
func (s *server) matchRequest(ctx context.Context, radius Radius, page Paging, asOf AsOf) (node.MatchRequest, error) {
	within, err := radius.metres()
	if err != nil {
		return node.MatchRequest{}, err
	}
	at, err := s.moment(ctx, asOf.At)
	return node.MatchRequest{Within: within, At: at, Limit: page.Limit, Cursor: page.Cursor, Language: callOf(ctx).language}, err
}
