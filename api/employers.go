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

// Employer is an employer as its reader may see it: everybody the name, itself and staff the rest.
type Employer struct {
	ID       matching.ID               `json:"id"`
	Version  int64                     `json:"version"`
	Name     string                    `json:"name"`
	Kind     string                    `json:"kind" doc:"company, workshop, household, thekedar, shop and others"`
	Verified bool                      `json:"verified"`
	Location *geo.Point                `json:"location,omitempty"`
	Place    string                    `json:"place,omitempty" doc:"Id of a place"`
	Asked    *int                      `json:"asked,omitempty" doc:"How many applications awaited an answer"`
	Answered *int                      `json:"answered,omitempty" doc:"How many of them got one"`
	Contact  *matching.EmployerContact `json:"contact,omitempty"`
}

// EmployerInput is an employer as it is sent.
type EmployerInput struct {
	Assigned
	Name     string        `json:"name" minLength:"1" maxLength:"200" example:"Al-Madina Electric Works"`
	Kind     string        `json:"kind" enum:"company,workshop,shop,factory,household,thekedar,farm,school,clinic,hotel,online,ngo" example:"workshop"`
	Location *geo.Point    `json:"location,omitempty"`
	Place    string        `json:"place,omitempty" maxLength:"200"`
	Verified bool          `json:"verified,omitempty" doc:"Only staff and services may say so"`
	Asked    int           `json:"asked,omitempty" readOnly:"true"`
	Answered int           `json:"answered,omitempty" readOnly:"true"`
	Contact  *ContactInput `json:"contact,omitempty" doc:"Left out of a change it stays as it was"`
}

// ContactInput is how an employer is reached. It is kept sealed.
type ContactInput struct {
	Person string `json:"person,omitempty" maxLength:"200"`
	Phone  string `json:"phone,omitempty" pattern:"^\\+?[0-9۰-۹٠-٩][0-9۰-۹٠-٩ -]{6,19}$" patternDescription:"a telephone number, such as 0300 0000000 or +92 300 0000000"`
	Email  string `json:"email,omitempty" format:"email" maxLength:"200"`
}

func (c *ContactInput) record() *matching.EmployerContact {
	if c == nil {
		return nil
	}
	return &matching.EmployerContact{Person: c.Person, Phone: plainDigits(c.Phone), Email: c.Email}
}

// EmployerPath names an employer.
type EmployerPath struct {
	ID string `path:"id" example:"emp_01JD4Y6G3Q0000000000000000"`
}

type employerOutput struct {
	ETag string `header:"ETag" doc:"The version, for If-Match"`
	Body Employer
}

type createEmployerInput struct {
	Body EmployerInput
}

type changeEmployerInput struct {
	EmployerPath
	Precondition
	Body EmployerInput
}

type employerWritten struct {
	Written
	Location string `header:"Location"`
	Body     Employer
}

type postingsOfInput struct {
	EmployerPath
	Paging
	Tongue
}

// PostingList is one page of an employer's postings, by id.
type PostingList struct {
	AsOf     time.Time      `json:"as_of" doc:"The moment of this page; a list of records is of now, page by page"`
	Postings []PostingShown `json:"postings" nullable:"false"`
	Next     string         `json:"next,omitempty" doc:"cursor of the next page; none on the last. A page may be short and not the last"`
}

type postingsOfOutput struct {
	Body PostingList
}

func (s *server) registerEmployers() {
	register(s, operation{id: "create-employer", method: http.MethodPost, path: "/v1/employers", tag: "Employers",
		summary: "Add an employer", status: http.StatusCreated}, s.createEmployer)
	register(s, operation{id: "get-employer", method: http.MethodGet, path: "/v1/employers/{id}", tag: "Employers",
		summary: "One employer: its name; to itself and staff all of it"}, s.getEmployer)
	register(s, operation{id: "change-employer", method: http.MethodPut, path: "/v1/employers/{id}", tag: "Employers",
		summary: "Replace an employer"}, s.changeEmployer)
	register(s, operation{id: "list-postings-of", method: http.MethodGet, path: "/v1/employers/{id}/postings", tag: "Employers",
		summary: "Postings of an employer: the live ones; to itself and staff all"}, s.postingsOf)
}

// permittedEmployer reads an employer on which the caller may do the operation.
func (s *server) permittedEmployer(ctx context.Context, text string) (*matching.Employer, scope, error) {
	id, err := identifier(text, matching.EmployerPrefix)
	if err != nil {
		return nil, 0, err
	}
	e, err := s.service.Employer(ctx, id)
	if err != nil {
		return nil, 0, oneNotFound(err)
	}
	by, err := permit(ctx, subjects{employer: e.ID, shown: true})
	return e, by, err
}

func (s *server) getEmployer(ctx context.Context, in *EmployerPath) (*employerOutput, error) {
	e, by, err := s.permittedEmployer(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if by == shown {
		return &employerOutput{ETag: etag(e.Version), Body: publicEmployer(e)}, nil
	}
	whole, err := s.wholeEmployer(ctx, e)
	return &employerOutput{ETag: etag(e.Version), Body: whole}, err
}

// publicEmployer is what everybody sees. A household's place is a home, so no place is in it: each posting has its own.
func publicEmployer(e *matching.Employer) Employer {
	return Employer{ID: e.ID, Version: e.Version, Name: e.Name, Kind: e.Kind, Verified: e.Verified}
}

func (s *server) wholeEmployer(ctx context.Context, e *matching.Employer) (Employer, error) {
	contact, err := s.service.EmployerContact(ctx, e.ID)
	if err != nil {
		return Employer{}, err
	}
	whole := publicEmployer(e)
	whole.Location, whole.Place, whole.Asked, whole.Answered, whole.Contact = e.Location, e.Place, &e.Asked, &e.Answered, &contact
	return whole, nil
}

func (s *server) createEmployer(ctx context.Context, in *createEmployerInput) (*employerWritten, error) {
	by, err := permit(ctx, subjects{})
	if err != nil {
		return nil, err
	}
	e := &matching.Employer{}
	if err := in.Body.fill(e, by, callOf(ctx).caller.role); err != nil {
		return nil, err
	}
	position, err := s.service.CreateEmployer(ctx, e, in.Body.Contact.record())
	if err != nil {
		return nil, err
	}
	return s.employerWritten(ctx, e, position)
}

func (s *server) changeEmployer(ctx context.Context, in *changeEmployerInput) (*employerWritten, error) {
	stored, by, err := s.permittedEmployer(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	e := *stored
	e.Version = version
	if err := in.Body.fill(&e, by, callOf(ctx).caller.role); err != nil {
		return nil, err
	}
	position, err := s.service.ChangeEmployer(ctx, &e, in.Body.Contact.record())
	if err != nil {
		return nil, err
	}
	return s.employerWritten(ctx, &e, position)
}

// fill puts what was sent into e, which holds what was stored. That an employer is real is for staff to say.
func (in *EmployerInput) fill(e *matching.Employer, by scope, role Role) error {
	if in.Verified && !e.Verified && (by != all || role == AsOfficer) {
		return &fault.Error{Kind: fault.Forbidden, Op: "api.employer", Field: "verified",
			Message: "Staff alone say that an employer is verified: leave verified out."}
	}
	verified := in.Verified
	if (in.Name != e.Name || in.Kind != e.Kind) && (by != all || role == AsOfficer) {
		verified = false // whoever was verified went by another name
	}
	e.Name, e.Kind, e.Location, e.Place, e.Verified = in.Name, in.Kind, in.Location, in.Place, verified
	return nil
}

func (s *server) employerWritten(ctx context.Context, e *matching.Employer, at store.Position) (*employerWritten, error) {
	headers, err := s.writtenAt(ctx, e.Version, at)
	if err != nil {
		return nil, err
	}
	whole, err := s.wholeEmployer(ctx, e)
	if err != nil {
		return nil, err
	}
	return &employerWritten{Written: headers, Location: "/v1/employers/" + string(e.ID), Body: whole}, nil
}

func (*employerWritten) about() string { return matching.EmployerPrefix }

func (w *employerWritten) again(ctx context.Context, s *server, r *store.Reply) error {
	e, _, err := s.permittedEmployer(ctx, string(r.ID))
	if err != nil {
		return err
	}
	if err := mayStillSee(ctx, "get-employer", subjects{employer: e.ID}, e.Version, r); err != nil {
		return err
	}
	headers, err := s.headersAgain(ctx, r)
	if err != nil {
		return err
	}
	whole, err := s.wholeEmployer(ctx, e)
	*w = employerWritten{Written: headers, Location: "/v1/employers/" + string(e.ID), Body: whole}
	return err
}

// mostPagesRead bounds how far a page looks for live postings behind closed ones; the cursor goes on from there.
const mostPagesRead = 10

func (s *server) postingsOf(ctx context.Context, in *postingsOfInput) (*postingsOfOutput, error) {
	e, by, err := s.permittedEmployer(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	after, err := afterOf(in.Cursor, "postings", e.ID, matching.PostingPrefix)
	if err != nil {
		return nil, err
	}
	now := s.now()
	out := &postingsOfOutput{Body: PostingList{AsOf: now.UTC(), Postings: []PostingShown{}}}
	for range mostPagesRead {
		list, next, err := s.service.PostingsOf(ctx, e.ID, after, in.Limit-len(out.Body.Postings))
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			if by != shown || p.Live(now) {
				out.Body.Postings = append(out.Body.Postings, s.shownPosting(ctx, p, now))
			}
		}
		after = next
		if next == "" || len(out.Body.Postings) >= in.Limit {
			break
		}
	}
	out.Body.Next = idCursor("postings", e.ID, after)
	return out, nil
}
