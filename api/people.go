package api

import (
	"context"
	"net/http"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/search"
)

type findPeopleInput struct {
	Where
	Radius
	Paging
	Tongue
	Q     string `query:"q" maxLength:"200" example:"khawateen darzi multan" doc:"Free text in any of three scripts: trades, skills, a place, women"`
	Trade string `query:"trade" maxLength:"80" doc:"Slug of a trade, exact"`
}

// PersonFound is one person who looks for work, as those who may see her record find her.
type PersonFound struct {
	Graduate matching.Graduate `json:"graduate"`
	Trade    string            `json:"trade" doc:"Slug of the trade that she was found by"`
	Distance *float64          `json:"distance_m" doc:"Great-circle metres from the centre of her home's cell; null when no point was given"`
	Score    float64           `json:"score"`
}

// PeoplePage is one page of people, the likeliest first.
type PeoplePage struct {
	Results    []PersonFound      `json:"results" nullable:"false"`
	Understood *search.Understood `json:"understood,omitempty" doc:"How the query was read"`
	Next       string             `json:"next,omitempty" doc:"cursor of the next page; none on the last. A page may be short and not the last"`
}

type findPeopleOutput struct {
	Body PeoplePage
}

func (s *server) registerPeople() {
	register(s, operation{id: "find-graduates", method: http.MethodGet, path: "/v1/graduates/search", tag: "Graduates",
		summary: "Find people who look for work, by words",
		description: "An institute finds those on its own roster, an officer those who agreed to it. Nothing here names a person or reaches her. " +
			"A place in the text, or a point, counts 25 km around unless a radius is given."}, s.findPeople)
}

func (s *server) findPeople(ctx context.Context, in *findPeopleInput) (*findPeopleOutput, error) {
	near, err := in.point()
	if err != nil {
		return nil, err
	}
	within, err := in.metres()
	if err != nil {
		return nil, err
	}
	found, err := s.service.FindPeople(ctx, node.PeopleRequest{Text: in.Q, Trade: in.Trade, Near: near, Within: within, Limit: in.Limit,
		Cursor: in.Cursor, Admit: admitting(ctx)})
	if err != nil {
		return nil, err
	}
	out := &findPeopleOutput{Body: PeoplePage{Results: make([]PersonFound, len(found.Results)), Understood: found.Understood, Next: found.Next}}
	for i, f := range found.Results {
		out.Body.Results[i] = PersonFound{Graduate: *f.Graduate, Trade: f.Trade, Distance: f.Distance, Score: f.Score}
	}
	return out, nil
}

// admitting tells whom the caller may see; nil is everybody.
func admitting(ctx context.Context) func(*matching.Graduate) bool {
	c := callOf(ctx)
	if c.rule.of(c.caller.role)&all != 0 {
		return nil
	}
	return func(g *matching.Graduate) bool {
		_, err := permit(ctx, subjectsOfGraduate(g))
		return err == nil
	}
}
