package api

import (
	"context"
	"net/http"

	"rabta/internal/fault"
	"rabta/matching/trades"
)

// TradeInList is a trade without its skills.
type TradeInList struct {
	Slug    string       `json:"slug" example:"electrician"`
	ISCO    string       `json:"isco" doc:"ISCO-08 unit group" example:"7411"`
	Sector  string       `json:"sector"`
	Names   trades.Names `json:"names"`
	Matched string       `json:"matched,omitempty" doc:"The name that the query met, where it is fit to show"`
	Score   float64      `json:"score,omitempty" doc:"1 for an exact name, less for a part or a misspelling; only with q"`
}

// TradeList is a list of trades.
type TradeList struct {
	Trades []TradeInList `json:"trades" nullable:"false"`
}

type listTradesInput struct {
	Q      string `query:"q" maxLength:"200" example:"bijli" doc:"A name in any of three scripts, whole or begun, well or badly spelt"`
	Sector string `query:"sector" maxLength:"80" doc:"Slug of a group of trades"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"1000" doc:"How many at most"`
}

type listTradesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         TradeList
}

type getTradeInput struct {
	Slug string `path:"slug" example:"electrician"`
}

type getTradeOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         trades.Trade
}

// referenceCaching is for what changes with the program alone.
const referenceCaching = "public, max-age=300"

func (s *server) registerTrades() {
	register(s, operation{id: "list-trades", resident: true, method: http.MethodGet, path: "/v1/trades", tag: "Trades",
		summary: "Find trades by name, or list them"}, s.listTrades)
	register(s, operation{id: "get-trade", resident: true, method: http.MethodGet, path: "/v1/trades/{slug}", tag: "Trades",
		summary: "One trade with its skills and related trades"}, s.getTrade)
}

func (s *server) listTrades(_ context.Context, in *listTradesInput) (*listTradesOutput, error) {
	if in.Sector != "" && !s.sectorExists(in.Sector) {
		return nil, fault.Field("sector", "There is no such group of trades: each trade of the list names its own.", s.nearestSectors(in.Sector)...)
	}
	catalogue := s.service.Reference().Catalogue
	list := []TradeInList{}
	add := func(t *trades.Trade, matched string, score float64) {
		if (in.Sector == "" || t.Sector == in.Sector) && len(list) < in.Limit {
			list = append(list, TradeInList{Slug: t.Slug, ISCO: t.ISCO, Sector: t.Sector, Names: t.Names, Matched: matched, Score: score})
		}
	}
	if in.Q == "" {
		for _, t := range catalogue.All() {
			add(t, "", 0)
		}
	} else {
		for _, f := range s.service.FindTrades(in.Q, catalogue.Len()) {
			t, ok := catalogue.Trade(f.Trade)
			if !ok {
				continue
			}
			name := ""
			if f.Shown {
				name = f.Name
			}
			add(t, name, f.Score)
		}
	}
	return &listTradesOutput{CacheControl: referenceCaching, Body: TradeList{Trades: list}}, nil
}

func (s *server) sectorExists(slug string) bool {
	for _, sector := range s.service.Reference().Sectors {
		if sector.Slug == slug {
			return true
		}
	}
	return false
}

func (s *server) nearestSectors(slug string) []string {
	var slugs []string
	for _, sector := range s.service.Reference().Sectors {
		slugs = append(slugs, sector.Slug)
	}
	return nearestNames(slug, slugs)
}

func (s *server) getTrade(_ context.Context, in *getTradeInput) (*getTradeOutput, error) {
	t, ok := s.service.Reference().Catalogue.Trade(in.Slug)
	if !ok {
		return nil, &fault.Error{Kind: fault.NotFound, Op: "api.getTrade", Field: "slug", Nearest: s.service.Reference().Catalogue.Nearest(in.Slug),
			Message:   "There is no trade of this slug: /v1/trades?q= finds one by its name.",
			MessageUr: "اس نام کا کوئی پیشہ نہیں: فہرست میں سے چنیں۔"}
	}
	return &getTradeOutput{CacheControl: referenceCaching, Body: *t}, nil
}
