package api

import (
	"context"
	"net/http"

	"rabta/internal/node"
	"rabta/internal/sheet"
	"rabta/matching"
	"rabta/matching/gaps"
)

type trendsInput struct {
	Trade string `query:"trade" maxLength:"80" example:"tailor" doc:"A trade's slug, a group of ISCO-08 such as isco-7, or all; each trade by itself when left out"`
	By    string `query:"by" maxLength:"20" default:"district" doc:"district, division, province or country"`
}

// TrendList is figures of today beside those of a month and a year ago.
type TrendList struct {
	sheet.GapHead
	Month *node.ComparedDay `json:"last_month" doc:"The day that stands for last month; null when nothing is known of it"`
	Year  *node.ComparedDay `json:"last_year"`
	Rows  []node.NamedTrend `json:"rows" nullable:"false"`
}

type adviceInput struct {
	Trade    string `query:"trade" maxLength:"80" example:"tailor" doc:"A trade's slug; every trade when left out"`
	District string `query:"district" maxLength:"80" example:"dst-khuzdar" doc:"Id of a district; every one when left out"`
}

// AdviceList is what would help, in numbers.
type AdviceList struct {
	sheet.GapHead
	Train     []gaps.Training   `json:"train" nullable:"false" doc:"Whom to train where, by falling gain for each trainee. Nothing is said where vacancies are on record for less than three months"`
	Move      []gaps.MoveDemand `json:"move_demand" nullable:"false" doc:"Where people wait with next to no work in reach"`
	Transport []gaps.Van        `json:"add_transport" nullable:"false" doc:"What a women-safe van between two districts would open"`
}

type mismatchInput struct {
	GapDate
	Trade string `query:"trade" maxLength:"80" default:"all" doc:"A trade's slug, a group of ISCO-08, or all"`
	By    string `query:"by" maxLength:"20" default:"province" doc:"country, province, division, district or tehsil: what the index is of"`
	Over  string `query:"over" maxLength:"20" default:"district" doc:"The smaller places that people and vacancies are compared in: division, district, tehsil or cell"`
	Fine  int    `query:"resolution" doc:"Of cells of H3, with over=cell: 4 to 7"`
}

// MismatchList is how badly people and vacancies are spread.
type MismatchList struct {
	sheet.GapHead
	Rows []gaps.Balance `json:"rows" nullable:"false"`
}

type outcomesInput struct{ GapDate }

// OutcomeList is how it went with graduates, by institute, course and batch.
type OutcomeList struct {
	sheet.GapHead
	Rows []node.OutcomeRow `json:"rows" nullable:"false"`
}

type waitingInput struct {
	Trade    string `query:"trade" required:"true" maxLength:"80" example:"tailor" doc:"A trade's slug"`
	District string `query:"district" maxLength:"80" doc:"Id of a district; every one when left out"`
	Limit    int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many at most"`
}

// WaitingList is people who have searched longest.
type WaitingList struct {
	sheet.GapHead
	People []node.WaitingPerson `json:"people" nullable:"false"`
}

// SilentList is employers who have stopped answering.
type SilentList struct {
	sheet.GapHead
	Employers []node.SilentEmployer `json:"employers" nullable:"false"`
}

type (
	trendsOutput   struct{ Body TrendList }
	adviceOutput   struct{ Body AdviceList }
	mismatchOutput struct{ Body MismatchList }
	outcomesOutput struct{ Body OutcomeList }
	waitingOutput  struct{ Body WaitingList }
	silentOutput   struct{ Body SilentList }
	noInput        struct{}
)

func (s *server) registerGapTables() {
	register(s, operation{id: "gap-trends", method: http.MethodGet, path: "/v1/gaps/trends", tag: "Gaps",
		summary: "This month against last month and last year", description: "What was published is kept each day; where a day is not kept, what the records of today tell of it."}, s.gapTrends)
	register(s, operation{id: "gap-advice", method: http.MethodGet, path: "/v1/gaps/advice", tag: "Gaps", costly: true,
		summary: "Whom to train where, where to bring work, and what transport would open"}, s.gapAdvice)
	register(s, operation{id: "gap-mismatch", method: http.MethodGet, path: "/v1/gaps/mismatch", tag: "Gaps", resident: true,
		summary: "How badly people and vacancies are spread over trades and places"}, s.gapMismatch)
	register(s, operation{id: "gap-outcomes", method: http.MethodGet, path: "/v1/gaps/outcomes", tag: "Gaps", costly: true,
		summary: "Who works 30, 90 and 180 days after a batch ended, by institute, course and batch", description: "An institute sees its own rows."}, s.gapOutcomes)
	register(s, operation{id: "gap-waiting", method: http.MethodGet, path: "/v1/gaps/waiting", tag: "Gaps",
		summary: "Who has searched longest", description: "Single people, for staff who will call them; what names them is read from each by itself."}, s.gapWaiting)
	register(s, operation{id: "silent-employers", method: http.MethodGet, path: "/v1/gaps/silent-employers", tag: "Gaps", costly: true,
		summary: "Employers who have stopped answering"}, s.silentEmployers)
}

func (s *server) gapTrends(ctx context.Context, in *trendsInput) (*trendsOutput, error) {
	t, err := s.service.GapTrends(ctx, node.GapsRequest{Trade: in.Trade, By: in.By})
	if err != nil {
		return nil, err
	}
	return &trendsOutput{TrendList{GapHead: sheet.NewGapHead(t.AsOf, t.Day, gaps.Level(in.By), "demand", "supply"), Month: t.Month, Year: t.Year,
		Rows: append([]node.NamedTrend{}, t.Rows...)}}, nil
}

func (s *server) gapAdvice(ctx context.Context, in *adviceInput) (*adviceOutput, error) {
	a, err := s.service.GapAdvice(ctx, in.Trade, in.District)
	if err != nil {
		return nil, err
	}
	head := sheet.NewGapHead(a.AsOf, a.Day, "", "train", "gain_each", "people_per_vacancy", "waiting", "opened")
	return &adviceOutput{AdviceList{GapHead: head, Train: a.Train, Move: a.Move, Transport: a.Transport}}, nil
}

func (s *server) gapMismatch(ctx context.Context, in *mismatchInput) (*mismatchOutput, error) {
	day, err := in.day()
	if err != nil {
		return nil, err
	}
	m, err := s.service.GapMismatch(ctx, node.GapsRequest{Trade: in.Trade, By: in.By, Date: day}, in.Over, in.Fine)
	if err != nil {
		return nil, err
	}
	head := sheet.NewGapHead(m.AsOf, m.Day, gaps.Level(in.By), "mismatch", "hires_lost", "lost_between_trades")
	return &mismatchOutput{MismatchList{GapHead: head, Rows: m.Rows}}, nil
}

func (s *server) gapOutcomes(ctx context.Context, in *outcomesInput) (*outcomesOutput, error) {
	day, err := in.day()
	if err != nil {
		return nil, err
	}
	c := callOf(ctx)
	var institute matching.ID
	if c.rule.of(c.caller.role)&all == 0 {
		if institute = c.caller.subject; !institute.Is(matching.InstitutePrefix) {
			return nil, notFound()
		}
	}
	o, err := s.service.GapOutcomes(ctx, institute, day)
	if err != nil {
		return nil, err
	}
	head := sheet.NewGapHead(o.AsOf, o.Day, "", "graduates", "at_work", "no_answer")
	return &outcomesOutput{OutcomeList{GapHead: head, Rows: append([]node.OutcomeRow{}, o.Rows...)}}, nil
}

func (s *server) gapWaiting(ctx context.Context, in *waitingInput) (*waitingOutput, error) {
	w, err := s.service.GapWaiting(ctx, in.Trade, in.District, in.Limit)
	if err != nil {
		return nil, err
	}
	return &waitingOutput{WaitingList{GapHead: sheet.NewGapHead(w.AsOf, w.Day, "", "days"), People: w.People}}, nil
}

func (s *server) silentEmployers(ctx context.Context, _ *noInput) (*silentOutput, error) {
	e, err := s.service.GapSilent(ctx)
	if err != nil {
		return nil, err
	}
	return &silentOutput{SilentList{GapHead: sheet.NewGapHead(e.AsOf, e.Day, "", "unanswered"), Employers: e.Employers}}, nil
}
