package api

import (
	"context"
	"net/http"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// InterestInput is what an application begins with.
type InterestInput struct {
	Graduate       string `json:"graduate,omitempty" maxLength:"40" example:"grd_01JD4Y6G3Q0000000000000000" doc:"For whom; her own token may leave it out"`
	Text           string `json:"text,omitempty" maxLength:"1000" doc:"What she writes with it. Kept sealed, and shown with her contact alone"`
	SharesContact  bool   `json:"shares_contact,omitempty" doc:"Her yes to this posting alone: its employer may see her name and phone, until she takes it back"`
	KeepsSearching bool   `json:"keeps_searching,omitempty" doc:"She stays on the lists when she is hired. Without it lasting work (job, apprenticeship, contract) makes her placed"`
}

type applyInput struct {
	PostingPath
	Tongue
	Body InterestInput
}

type changeApplicationInput struct {
	ApplicationPath
	Precondition
	Body struct {
		Text           *string `json:"text,omitempty" maxLength:"1000" doc:"An empty one removes what was written; left out it stays"`
		SharesContact  *bool   `json:"shares_contact,omitempty" doc:"Taken back, the employer sees name and phone no more; left out it stays"`
		KeepsSearching *bool   `json:"keeps_searching,omitempty" doc:"Left out it stays"`
	}
}

// StepInput is a step of an application.
type StepInput struct {
	State     string              `json:"state" enum:"shortlisted,interviewed,offered,hired,confirmed-30,confirmed-90,confirmed-180,refused,withdrew,left" example:"shortlisted"`
	Reason    string              `json:"reason,omitempty" enum:"pay,distance,transport,safety,harassment,hours,family,health,studies,other-work,not-called,skill,position-filled,no-show,laid-off,season-over,other" doc:"Why it ends; her reasons are never shown to the employer"`
	Wage      *matching.LowestPay `json:"wage,omitempty" doc:"What the work pays, as far as it is told"`
	Searching bool                `json:"searching,omitempty" doc:"With left, from her side: she looks for work again"`
}

type moveApplicationInput struct {
	ApplicationPath
	Precondition
	Tongue
	Body StepInput
}

type applicationWritten struct {
	Written
	Location string `header:"Location"`
	Body     ApplicationShown
}

func (s *server) registerApplicationChanges() {
	register(s, operation{id: "apply", method: http.MethodPost, path: "/v1/postings/{id}/applications", tag: "Applications",
		summary: "Say that a graduate is interested in a live posting", status: http.StatusCreated,
		description: "One application for each graduate and posting; who withdrew may be interested anew. It shows her to the employer under a " +
			"pseudonym, so she must have agreed to that (consent.matching)."}, s.apply)
	register(s, operation{id: "change-application", method: http.MethodPut, path: "/v1/applications/{id}", tag: "Applications",
		summary: "Change what is hers to say in an application: text, shares_contact, keeps_searching"}, s.changeApplication)
	register(s, operation{id: "move-application", method: http.MethodPost, path: "/v1/applications/{id}/steps", tag: "Applications",
		summary: "Move an application on, or end it",
		description: "The employer's side shortlists, interviews, offers, hires and refuses; her side withdraws and, 30, 90 and 180 days after she was hired, " +
			"confirms that she is at work; both say that she left. States may be skipped; none comes again. A hiring takes one vacancy, and the last " +
			"makes the posting filled. The first word within 14 days counts as an answer in how often the employer answers."}, s.moveApplication)
}

func (s *server) apply(ctx context.Context, in *applyInput) (*applicationWritten, error) {
	g, err := s.applicantOf(ctx, in.Body.Graduate)
	if err != nil {
		return nil, err
	}
	id, err := identifier(in.ID, matching.PostingPrefix)
	if err != nil {
		return nil, err
	}
	p, err := s.service.Posting(ctx, id)
	if err != nil {
		return nil, oneNotFound(err)
	}
	if p.Status == matching.Draft || p.Status == matching.Held || p.Posted.After(s.now()) {
		return nil, notFound() // nobody but its employer knows of it
	}
	if err := s.noteAct(ctx, g.ID); err != nil {
		return nil, err
	}
	interest := node.Interest{Graduate: g.ID, Posting: id, SharesContact: in.Body.SharesContact, KeepsSearching: in.Body.KeepsSearching}
	if in.Body.Text != "" {
		interest.Text = &in.Body.Text
	}
	a, position, err := s.service.Apply(ctx, actor(ctx), interest)
	if err != nil {
		return nil, err
	}
	return s.applicationWritten(ctx, a, position)
}

// applicantOf reads the graduate for whom the caller may apply; her own token need not name her.
func (s *server) applicantOf(ctx context.Context, sent string) (*matching.Graduate, error) {
	if c := callOf(ctx).caller; sent == "" && c.role == AsGraduate {
		sent = string(c.subject)
	}
	if sent == "" {
		e := fault.Field("graduate", "Send the id of the graduate who is interested.")
		e.MessageUr = "جس کے لیے درخواست ہے اس کا شناختی نمبر (grd_) بھیجیں۔"
		return nil, e
	}
	g, _, err := s.permittedGraduate(ctx, sent)
	return g, err
}

// applicationToChange reads an application that the caller may change, and the version that it changes. An officer's act is noted.
func (s *server) applicationToChange(ctx context.Context, id string, made Precondition) (*matching.Application, int64, error) {
	a, _, err := s.permittedApplication(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	version, err := made.version()
	if err != nil {
		return nil, 0, err
	}
	return a, version, s.noteAct(ctx, a.Graduate)
}

func (s *server) changeApplication(ctx context.Context, in *changeApplicationInput) (*applicationWritten, error) {
	a, version, err := s.applicationToChange(ctx, in.ID, in.Precondition)
	if err != nil {
		return nil, err
	}
	a, position, err := s.service.ChangeApplication(ctx, a.ID, version, node.ApplicationChange{Text: in.Body.Text,
		SharesContact: in.Body.SharesContact, KeepsSearching: in.Body.KeepsSearching})
	if err != nil {
		return nil, err
	}
	return s.applicationWritten(ctx, a, position)
}

func (s *server) moveApplication(ctx context.Context, in *moveApplicationInput) (*applicationWritten, error) {
	a, version, err := s.applicationToChange(ctx, in.ID, in.Precondition)
	if err != nil {
		return nil, err
	}
	a, position, err := s.service.MoveApplication(ctx, actor(ctx), node.Movement{Application: a.ID, Version: version,
		To: matching.State(in.Body.State), Reason: in.Body.Reason, Wage: in.Body.Wage, Searching: in.Body.Searching})
	if err != nil {
		return nil, err
	}
	return s.applicationWritten(ctx, a, position)
}

func (s *server) applicationWritten(ctx context.Context, a *matching.Application, at store.Position) (*applicationWritten, error) {
	headers, err := s.writtenAt(ctx, a.Version, at)
	if err != nil {
		return nil, err
	}
	shown, err := s.shownApplication(ctx, a, false)
	if err != nil {
		return nil, err
	}
	return &applicationWritten{Written: headers, Location: "/v1/applications/" + string(a.ID), Body: shown}, nil
}

func (*applicationWritten) about() string { return matching.ApplicationPrefix }

func (w *applicationWritten) again(ctx context.Context, s *server, r *store.Reply) error {
	a, of, err := s.permittedApplication(ctx, string(r.ID))
	if err != nil {
		return err
	}
	if err := mayStillSee(ctx, "get-application", of, a.Version, r); err != nil {
		return err
	}
	shown, err := s.shownApplication(ctx, a, false)
	if err != nil {
		return err
	}
	headers, err := s.headersAgain(ctx, r)
	*w = applicationWritten{Written: headers, Location: "/v1/applications/" + string(a.ID), Body: shown}
	return err
}
