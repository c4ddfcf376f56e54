package api

import (
	"context"
	"net/http"
	"time"

	"rabta/internal/node"
	"rabta/matching"
)

// GraduatePath names a graduate.
type GraduatePath struct {
	ID string `path:"id" example:"grd_01JD4Y6G3Q0000000000000000"`
}

type graduateOutput struct {
	ETag string `header:"ETag" doc:"The version, for If-Match"`
	Body matching.Graduate
}

type personalOutput struct {
	Body matching.Personal
}

type listGraduatesInput struct {
	Paging
}

// GraduateList is one page of graduates, by id.
type GraduateList struct {
	AsOf      time.Time           `json:"as_of" doc:"The moment of this page; a list of records is of now, page by page"`
	Graduates []matching.Graduate `json:"graduates" nullable:"false"`
	Next      string              `json:"next,omitempty" doc:"cursor of the next page; none on the last"`
}

type listGraduatesOutput struct {
	Body GraduateList
}

func (s *server) registerGraduates() {
	register(s, operation{id: "list-graduates", method: http.MethodGet, path: "/v1/graduates", tag: "Graduates",
		summary:     "Graduates whom the caller may see, by id",
		description: "An institute sees its own roster, an officer those who agreed to it. Nothing here names a person or reaches her."}, s.listGraduates)
	register(s, operation{id: "get-graduate", method: http.MethodGet, path: "/v1/graduates/{id}", tag: "Graduates",
		summary: "One graduate"}, s.getGraduate)
	register(s, operation{id: "get-personal", audited: true, method: http.MethodGet, path: "/v1/graduates/{id}/personal", tag: "Graduates",
		summary: "What names a graduate or reaches her", description: "Read by anybody but herself, it is an entry of the audit log."}, s.getPersonal)
}

// permittedGraduate reads a graduate on whom the caller may do the operation.
func (s *server) permittedGraduate(ctx context.Context, text string) (*matching.Graduate, scope, error) {
	id, err := identifier(text, matching.GraduatePrefix)
	if err != nil {
		return nil, 0, err
	}
	g, err := s.service.Graduate(ctx, id)
	if err != nil {
		return nil, 0, oneNotFound(err)
	}
	by, err := permit(ctx, subjectsOfGraduate(g))
	return g, by, err
}

func subjectsOfGraduate(g *matching.Graduate) subjects {
	return subjects{graduate: g.ID, institute: g.Institute, consented: g.Consent.Officer}
}

func (s *server) getGraduate(ctx context.Context, in *GraduatePath) (*graduateOutput, error) {
	g, _, err := s.permittedGraduate(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &graduateOutput{ETag: etag(g.Version), Body: *g}, nil
}

func (s *server) getPersonal(ctx context.Context, in *GraduatePath) (*personalOutput, error) {
	g, _, err := s.permittedGraduate(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var personal matching.Personal
	if c := callOf(ctx); c.caller.role == AsGraduate {
		personal, err = s.service.Personal(ctx, g.ID)
	} else {
		personal, err = s.service.PersonalFor(ctx, actor(ctx), c.operation, g.ID)
	}
	if err != nil {
		return nil, err
	}
	return &personalOutput{Body: personal}, nil
}

func (s *server) listGraduates(ctx context.Context, in *listGraduatesInput) (*listGraduatesOutput, error) {
	c := callOf(ctx)
	after, err := afterOf(in.Cursor, "graduates", c.caller.subject, matching.GraduatePrefix)
	if err != nil {
		return nil, err
	}
	roster := node.Roster{After: after, Limit: in.Limit}
	switch mine := c.rule.of(c.caller.role); {
	case mine&all != 0:
	case mine&own != 0 && c.caller.subject.Is(matching.InstitutePrefix):
		roster.Institute = c.caller.subject
	case mine&consented != 0:
		roster.Officer = true
	default: // an institute's token without an institute sees no roster rather than all
		return nil, notFound()
	}
	list, next, err := s.service.Graduates(ctx, roster)
	if err != nil {
		return nil, err
	}
	out := &listGraduatesOutput{Body: GraduateList{AsOf: s.now().UTC(), Graduates: make([]matching.Graduate, 0, len(list)), Next: idCursor("graduates", c.caller.subject, next)}}
	for _, g := range list {
		// The roster was asked for by the same rule; a graduate outside of it is left out here all the same.
		if _, err := permit(ctx, subjectsOfGraduate(g)); err == nil {
			out.Body.Graduates = append(out.Body.Graduates, *g)
		}
	}
	return out, nil
}
