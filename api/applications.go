package api

import (
	"context"
	"net/http"
	"time"

	"rabta/internal/node"
	"rabta/matching"
)

// ApplicationPath names an application.
type ApplicationPath struct {
	ID string `path:"id" example:"app_01JD4Y6G3Q0000000000000000"`
}

// ApplicationShown is an application as its reader may see it: her own side the whole of it, the employer how far it has come and the
// figures of a candidate, under a pseudonym that holds for this posting alone.
type ApplicationShown struct {
	ID             matching.ID     `json:"id"`
	Version        int64           `json:"version"`
	Created        time.Time       `json:"created"`
	Posting        matching.ID     `json:"posting"`
	Graduate       matching.ID     `json:"graduate,omitempty" doc:"Never shown to an employer"`
	Candidate      matching.ID     `json:"candidate,omitempty" doc:"To the employer and staff: a pseudonym for this posting's applications alone"`
	Work           *WorkAsked      `json:"work,omitempty" doc:"To her side and staff: what she applied for, also once it is filled or has ended"`
	State          matching.State  `json:"state"`
	SharesContact  bool            `json:"shares_contact" doc:"Whether this posting's employer may see her name and phone"`
	KeepsSearching bool            `json:"keeps_searching,omitempty" doc:"She stays on the lists when she is hired"`
	Steps          []matching.Step `json:"steps" nullable:"false" doc:"An employer does not see the reasons and wages that her side tells"`
	Text           string          `json:"text,omitempty" doc:"What she wrote; the employer reads it with her contact, when she shares that"`
	Fit            *Candidate      `json:"fit,omitempty" doc:"To the employer and staff: how her best trade fits, as candidates are shown"`
}

// WorkAsked is what somebody applied for, as it is now.
type WorkAsked struct {
	Title    string                 `json:"title"`
	Trade    string                 `json:"trade"`
	Employer string                 `json:"employer" doc:"Its name"`
	Status   matching.PostingStatus `json:"status" doc:"open, paused, filled, closed, withdrawn or held; open with no application taken any more once it has expired"`
	Expires  time.Time              `json:"expires"`
}

// ApplicationList is one page of applications, by id.
type ApplicationList struct {
	AsOf         time.Time          `json:"as_of" doc:"The moment of this page; a list of records is of now, page by page"`
	Applications []ApplicationShown `json:"applications" nullable:"false"`
	Next         string             `json:"next,omitempty" doc:"cursor of the next page; none on the last. A page may be short and not the last"`
}

type applicationInput struct {
	ApplicationPath
	Tongue
}

type applicationOutput struct {
	ETag string `header:"ETag" doc:"The version, for If-Match"`
	Body ApplicationShown
}

type applicationsOfInput struct {
	GraduatePath
	Paging
}

type applicationsInput struct {
	PostingPath
	Paging
	Tongue
}

type applicationsOutput struct {
	Body ApplicationList
}

func (s *server) registerApplications() {
	register(s, operation{id: "list-applications-of", method: http.MethodGet, path: "/v1/graduates/{id}/applications", tag: "Applications",
		summary: "A graduate's applications, by id"}, s.applicationsOf)
	register(s, operation{id: "list-applications", method: http.MethodGet, path: "/v1/postings/{id}/applications", tag: "Applications",
		summary: "Applications for a posting, by pseudonym",
		description: "Names nobody. The id of an application is what its employer moves it by; it and the pseudonym lead to no other posting. " +
			"Whoever no longer agrees to be shown to employers is left out."}, s.listApplications)
	register(s, operation{id: "get-application", audited: true, method: http.MethodGet, path: "/v1/applications/{id}", tag: "Applications",
		summary: "One application"}, s.getApplication)
	register(s, operation{id: "list-contacts", audited: true, method: http.MethodGet, path: "/v1/postings/{id}/contacts", tag: "Applications",
		summary: "Names and phones of those who share them with this posting",
		description: "Each person shown is an entry of the audit log, written before this answer. Who takes her yes back, withdraws or is refused is gone " +
			"from here at once."}, s.listContacts)
}

// actor is the caller as steps and the audit log name him.
func actor(ctx context.Context) node.Actor {
	c := callOf(ctx).caller
	return node.Actor{Role: string(c.role), Subject: c.subject}
}

// noteAct writes an officer's act for a graduate into the audit log, before it is done.
func (s *server) noteAct(ctx context.Context, graduate matching.ID) error {
	c := callOf(ctx)
	if c.caller.role != AsOfficer {
		return nil
	}
	return s.service.NoteLook(ctx, actor(ctx), c.operation, graduate)
}

// permittedApplication reads an application on which the caller may do the operation.
func (s *server) permittedApplication(ctx context.Context, text string) (*matching.Application, subjects, error) {
	id, err := identifier(text, matching.ApplicationPrefix)
	if err != nil {
		return nil, subjects{}, err
	}
	a, err := s.service.Application(ctx, id)
	if err != nil {
		return nil, subjects{}, oneNotFound(err)
	}
	g, err := s.service.Graduate(ctx, a.Graduate)
	if err != nil {
		return nil, subjects{}, oneNotFound(err)
	}
	p, err := s.service.Posting(ctx, a.Posting)
	if err != nil {
		return nil, subjects{}, oneNotFound(err)
	}
	if role := callOf(ctx).caller.role; !g.Consent.Matching && (role == AsEmployer || role == AsService) {
		return nil, subjects{}, notFound() // she is shown to no employer any more
	}
	of := subjectsOfGraduate(g)
	of.employer = p.Employer
	_, err = permit(ctx, of)
	return a, of, err
}

// shownApplication gives an application as the caller may see it. Only who reads one by itself is shown what she wrote.
func (s *server) shownApplication(ctx context.Context, a *matching.Application, withText bool) (ApplicationShown, error) {
	c := callOf(ctx)
	switch c.caller.role {
	case AsEmployer, AsService:
		applicant, err := s.service.Applicant(ctx, a, c.language)
		if err != nil {
			return ApplicationShown{}, oneNotFound(err)
		}
		return applicantShown(applicant, a.Posting), nil
	}
	shown := ApplicationShown{ID: a.ID, Version: a.Version, Created: a.Created, Posting: a.Posting, Graduate: a.Graduate, State: a.State,
		SharesContact: a.SharesContact, KeepsSearching: a.KeepsSearching, Steps: a.Steps}
	var err error
	if shown.Work, err = s.workAsked(ctx, a.Posting); err != nil {
		return shown, err
	}
	switch {
	case !withText || c.caller.role == AsInstitute:
	case c.caller.role == AsGraduate:
		shown.Text, err = s.service.ApplicationText(ctx, a.ID)
	default:
		shown.Text, err = s.service.ApplicationTextFor(ctx, actor(ctx), c.operation, a)
	}
	return shown, err
}

// workAsked gives what an application is for. The posting itself is for who may see it, and no longer for her once it has ended.
func (s *server) workAsked(ctx context.Context, id matching.ID) (*WorkAsked, error) {
	p, err := s.service.Posting(ctx, id)
	if err != nil {
		return nil, oneNotFound(err)
	}
	e, err := s.service.Employer(ctx, p.Employer)
	if err != nil {
		return nil, oneNotFound(err)
	}
	return &WorkAsked{Title: p.Title, Trade: p.Trade, Employer: e.Name, Status: p.Status, Expires: p.Expires}, nil
}

func applicantShown(a *node.Applicant, posting matching.ID) ApplicationShown {
	shown := ApplicationShown{ID: a.ID, Version: a.Version, Created: a.Created, Posting: posting, Candidate: a.Candidate, State: a.State,
		SharesContact: a.SharesContact, Steps: a.Steps}
	if a.Found != nil {
		shown.Fit = &candidates([]node.Found{*a.Found})[0]
	}
	return shown
}

func (s *server) getApplication(ctx context.Context, in *applicationInput) (*applicationOutput, error) {
	a, _, err := s.permittedApplication(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	shown, err := s.shownApplication(ctx, a, true)
	if err != nil {
		return nil, err
	}
	return &applicationOutput{ETag: etag(a.Version), Body: shown}, nil
}

func (s *server) applicationsOf(ctx context.Context, in *applicationsOfInput) (*applicationsOutput, error) {
	g, _, err := s.permittedGraduate(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	after, err := afterOf(in.Cursor, "applications", g.ID, matching.ApplicationPrefix)
	if err != nil {
		return nil, err
	}
	list, next, err := s.service.ApplicationsOf(ctx, g.ID, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &applicationsOutput{Body: ApplicationList{AsOf: s.now().UTC(), Applications: make([]ApplicationShown, len(list)), Next: idCursor("applications", g.ID, next)}}
	for i, a := range list {
		if out.Body.Applications[i], err = s.shownApplication(ctx, a, false); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *server) listApplications(ctx context.Context, in *applicationsInput) (*applicationsOutput, error) {
	p, _, err := s.permittedPosting(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	after, err := afterOf(in.Cursor, "applications", p.ID, matching.ApplicationPrefix)
	if err != nil {
		return nil, err
	}
	list, next, err := s.service.Applicants(ctx, p, after, in.Limit, callOf(ctx).language)
	if err != nil {
		return nil, err
	}
	out := &applicationsOutput{Body: ApplicationList{AsOf: s.now().UTC(), Applications: make([]ApplicationShown, len(list)), Next: idCursor("applications", p.ID, next)}}
	for i := range list {
		out.Body.Applications[i] = applicantShown(&list[i], p.ID)
	}
	return out, nil
}

// ContactList is one page of contacts.
type ContactList struct {
	AsOf     time.Time      `json:"as_of"`
	Contacts []node.Contact `json:"contacts" nullable:"false"`
	Next     string         `json:"next,omitempty" doc:"cursor of the next page; none on the last"`
}

type contactsInput struct {
	PostingPath
	Paging
}

type contactsOutput struct {
	Body ContactList
}

func (s *server) listContacts(ctx context.Context, in *contactsInput) (*contactsOutput, error) {
	p, _, err := s.permittedPosting(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	after, err := afterOf(in.Cursor, "contacts", p.ID, matching.ApplicationPrefix)
	if err != nil {
		return nil, err
	}
	list, next, err := s.service.Contacts(ctx, actor(ctx), p.ID, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &contactsOutput{Body: ContactList{AsOf: s.now().UTC(), Contacts: []node.Contact{}, Next: idCursor("contacts", p.ID, next)}}
	out.Body.Contacts = append(out.Body.Contacts, list...)
	return out, nil
}
