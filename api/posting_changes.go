package api

import (
	"context"
	"net/http"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// Assigned are the fields that Rabta sets. They are taken back with a change, so that a record can be sent as it was read, and
// ignored.
type Assigned struct {
	ID         string     `json:"id,omitempty" readOnly:"true"`
	Version    int64      `json:"version,omitempty" readOnly:"true"`
	Created    *time.Time `json:"created,omitempty" readOnly:"true"`
	Updated    *time.Time `json:"updated,omitempty" readOnly:"true"`
	Source     string     `json:"source,omitempty" readOnly:"true"`
	ExternalID string     `json:"external_id,omitempty" readOnly:"true"`
}

// PostingInput is a posting as it is sent. matching.Posting says what each field means, matching.Model checks it.
type PostingInput struct {
	Assigned
	Employer     string                    `json:"employer,omitempty" doc:"Id of the employer; an employer's own token may leave it out" example:"emp_01JD4Y6G3Q0000000000000000"`
	Kind         string                    `json:"kind" enum:"job,apprenticeship,daily-wage,contract,piece-work,customer-job" example:"job"`
	Workplace    string                    `json:"workplace" enum:"site,client-home,own-home,remote" example:"site"`
	Trade        string                    `json:"trade" maxLength:"80" example:"electrician" doc:"Slug"`
	Title        string                    `json:"title" maxLength:"200" example:"House wiring, two electricians"`
	Description  string                    `json:"description,omitempty" maxLength:"5000"`
	Required     []string                  `json:"required,omitempty" maxItems:"50" doc:"Slugs of skills, as /v1/trades/{slug} lists them"`
	Preferred    []string                  `json:"preferred,omitempty" maxItems:"50" doc:"Slugs of skills, as /v1/trades/{slug} lists them"`
	Level        int                       `json:"level,omitempty" minimum:"0" maximum:"8" doc:"NVQF level asked"`
	Months       int                       `json:"months,omitempty" minimum:"0" maximum:"720" doc:"Months of experience asked"`
	Vacancies    int                       `json:"vacancies" minimum:"0" maximum:"10000" example:"2" doc:"Left to fill"`
	Pay          *matching.Pay             `json:"pay,omitempty" doc:"Leave it out where it is not known"`
	Location     *geo.Point                `json:"location,omitempty" doc:"Exact; left out of remote work"`
	Place        string                    `json:"place,omitempty" maxLength:"200" doc:"Id of the town or district"`
	Province     string                    `json:"province,omitempty" maxLength:"200" doc:"Id of the province; found from the location where there is one"`
	Schooling    string                    `json:"schooling,omitempty" maxLength:"80" doc:"A code of the values below; this much or more"`
	Licences     []string                  `json:"licences,omitempty" maxItems:"20" doc:"Classes of driving licence, of the values below"`
	Starts       *time.Time                `json:"starts,omitempty"`
	DurationDays int                       `json:"duration_days,omitempty" minimum:"0" maximum:"3650"`
	HoursPerWeek int                       `json:"hours_per_week,omitempty" minimum:"0" maximum:"112"`
	Shift        string                    `json:"shift,omitempty" enum:"day,evening,night,rotating"`
	Season       string                    `json:"season,omitempty" maxLength:"200"`
	Conditions   map[string]ConditionInput `json:"conditions,omitempty" doc:"What is known of the work, by a name of the values below; what is left out is unknown"`
	OpenTo       string                    `json:"open_to,omitempty" enum:"all,women,men"`
	Urgent       bool                      `json:"urgent,omitempty"`
	PartTime     bool                      `json:"part_time,omitempty"`
	Posted       *time.Time                `json:"posted,omitempty" doc:"When it is first shown; now when left out. Only staff and services may send a past time"`
	Expires      *time.Time                `json:"expires,omitempty" doc:"30 days after posted when left out"`
	Status       string                    `json:"status,omitempty" enum:"draft,held,open,paused,filled,closed,withdrawn" doc:"open when left out; held is for staff"`
	Notes        []string                  `json:"notes,omitempty" readOnly:"true"`
}

// ConditionInput is one condition as it is sent. Who said it is taken from the token; staff and services may name another.
type ConditionInput struct {
	Answer string     `json:"answer" enum:"yes,no,unknown" example:"yes"`
	By     string     `json:"by,omitempty" enum:"employer,officer,worker"`
	At     *time.Time `json:"at,omitempty"`
}

// defaultLife is how long a posting lives that says nothing of its end.
const defaultLife = 30 * 24 * time.Hour

// fill puts what was sent into p, which holds what was stored, or nothing on creation.
func (in *PostingInput) fill(p *matching.Posting) {
	p.Kind, p.Workplace, p.Trade, p.Title, p.Description = matching.Kind(in.Kind), matching.Workplace(in.Workplace), in.Trade, in.Title, in.Description
	p.Required, p.Preferred, p.Level, p.Months, p.Vacancies = in.Required, in.Preferred, in.Level, in.Months, in.Vacancies
	p.Pay, p.Location, p.Place, p.Province = in.Pay, in.Location, in.Place, in.Province
	p.Schooling, p.Licences, p.Starts, p.DurationDays = in.Schooling, in.Licences, in.Starts, in.DurationDays
	p.HoursPerWeek, p.Shift, p.Season, p.OpenTo = in.HoursPerWeek, in.Shift, in.Season, matching.OpenTo(in.OpenTo)
	p.Urgent, p.PartTime = in.Urgent, in.PartTime
}

type createPostingInput struct {
	Body PostingInput
}

type changePostingInput struct {
	PostingPath
	Precondition
	Body PostingInput
}

type closePostingInput struct {
	PostingPath
	Precondition
	Body *struct {
		Status string `json:"status,omitempty" enum:"filled,closed,withdrawn" doc:"Why it ends; closed when left out"`
	}
}

type postingWritten struct {
	Written
	Location string `header:"Location"`
	Body     matching.Posting
}

func (s *server) registerPostingChanges() {
	register(s, operation{id: "create-posting", method: http.MethodPost, path: "/v1/postings", tag: "Postings",
		summary: "Post demand", status: http.StatusCreated}, s.createPosting)
	register(s, operation{id: "change-posting", method: http.MethodPut, path: "/v1/postings/{id}", tag: "Postings",
		summary: "Replace a posting"}, s.changePosting)
	register(s, operation{id: "close-posting", method: http.MethodPost, path: "/v1/postings/{id}/close", tag: "Postings",
		summary: "Close a posting"}, s.closePosting)
}

func (s *server) createPosting(ctx context.Context, in *createPostingInput) (*postingWritten, error) {
	who := callOf(ctx).caller
	p := &matching.Posting{Employer: matching.ID(in.Body.Employer)}
	if p.Employer == "" && who.role == AsEmployer {
		p.Employer = who.subject
	}
	by, err := permit(ctx, subjects{employer: p.Employer})
	if err != nil {
		return nil, err
	}
	in.Body.fill(p)
	trusted := believed(by, who.role)
	if err := s.judgeTimes(&in.Body, p, trusted); err != nil {
		return nil, err
	}
	if err := judgeStatus(&in.Body, p, trusted); err != nil {
		return nil, err
	}
	p.Conditions = attribute(in.Body.Conditions, nil, who.role, s.now())
	position, err := s.service.CreatePosting(ctx, p)
	if err != nil {
		return nil, err
	}
	return s.postingWritten(ctx, p, position)
}

func (s *server) changePosting(ctx context.Context, in *changePostingInput) (*postingWritten, error) {
	stored, by, err := s.permittedPosting(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	if sent := matching.ID(in.Body.Employer); sent != "" && sent != stored.Employer {
		return nil, fault.Field("employer", "A posting stays with its employer: leave this as it was, or post anew.")
	}
	p := *stored
	p.Version = version
	in.Body.fill(&p)
	trusted := believed(by, callOf(ctx).caller.role)
	if err := s.judgeTimes(&in.Body, &p, trusted); err != nil {
		return nil, err
	}
	if err := judgeStatus(&in.Body, &p, trusted); err != nil {
		return nil, err
	}
	if err := s.limitChanges(by, p.ID); err != nil {
		return nil, err
	}
	p.Conditions = attribute(in.Body.Conditions, stored.Conditions, callOf(ctx).caller.role, s.now())
	position, err := s.service.ChangePosting(ctx, &p)
	if err != nil {
		return nil, err
	}
	return s.postingWritten(ctx, &p, position)
}

func (s *server) closePosting(ctx context.Context, in *closePostingInput) (*postingWritten, error) {
	p, _, err := s.permittedPosting(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	status := matching.Closed
	if in.Body != nil && in.Body.Status != "" {
		status = matching.PostingStatus(in.Body.Status)
	}
	position, err := s.service.ClosePosting(ctx, p.ID, version, status)
	if err != nil {
		return nil, err
	}
	closed, err := s.service.Posting(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	return s.postingWritten(ctx, closed, position)
}

func (s *server) postingWritten(ctx context.Context, p *matching.Posting, at store.Position) (*postingWritten, error) {
	headers, err := s.writtenAt(ctx, p.Version, at)
	if err != nil {
		return nil, err
	}
	return &postingWritten{Written: headers, Location: "/v1/postings/" + string(p.ID), Body: *p}, nil
}

func (*postingWritten) about() string { return matching.PostingPrefix }

func (w *postingWritten) again(ctx context.Context, s *server, r *store.Reply) error {
	p, _, err := s.permittedPosting(ctx, string(r.ID))
	if err != nil {
		return err
	}
	if err := mayStillSee(ctx, "get-posting", s.subjectsOf(p), p.Version, r); err != nil {
		return err
	}
	headers, err := s.headersAgain(ctx, r)
	*w = postingWritten{Written: headers, Location: "/v1/postings/" + string(p.ID), Body: *p}
	return err
}
