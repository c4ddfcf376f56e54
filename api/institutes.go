package api

import (
	"context"
	"net/http"

	"rabta/geo"
	"rabta/matching"
	"rabta/store"
)

// InstituteInput is an institute as it is sent.
type InstituteInput struct {
	Assigned
	Name       string     `json:"name" minLength:"1" maxLength:"200" example:"Government Technical Training Centre, Khuzdar"`
	Location   *geo.Point `json:"location,omitempty"`
	Place      string     `json:"place,omitempty" maxLength:"200" doc:"Id of a place"`
	Programmes []string   `json:"programmes,omitempty" maxItems:"100"`
}

// InstitutePath names an institute.
type InstitutePath struct {
	ID string `path:"id" example:"ins_01JD4Y6G3Q0000000000000000"`
}

type instituteOutput struct {
	ETag string `header:"ETag" doc:"The version, for If-Match"`
	Body matching.Institute
}

type createInstituteInput struct {
	Body InstituteInput
}

type changeInstituteInput struct {
	InstitutePath
	Precondition
	Body InstituteInput
}

type instituteWritten struct {
	Written
	Location string `header:"Location"`
	Body     matching.Institute
}

func (s *server) registerInstitutes() {
	register(s, operation{id: "create-institute", method: http.MethodPost, path: "/v1/institutes", tag: "Institutes",
		summary: "Add an institute", status: http.StatusCreated}, s.createInstitute)
	register(s, operation{id: "get-institute", method: http.MethodGet, path: "/v1/institutes/{id}", tag: "Institutes",
		summary: "One institute"}, s.getInstitute)
	register(s, operation{id: "change-institute", method: http.MethodPut, path: "/v1/institutes/{id}", tag: "Institutes",
		summary: "Replace an institute"}, s.changeInstitute)
}

// permittedInstitute reads an institute on which the caller may do the operation.
func (s *server) permittedInstitute(ctx context.Context, text string) (*matching.Institute, error) {
	id, err := identifier(text, matching.InstitutePrefix)
	if err != nil {
		return nil, err
	}
	i, err := s.service.Institute(ctx, id)
	if err != nil {
		return nil, oneNotFound(err)
	}
	_, err = permit(ctx, subjects{institute: i.ID})
	return i, err
}

func (s *server) getInstitute(ctx context.Context, in *InstitutePath) (*instituteOutput, error) {
	i, err := s.permittedInstitute(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &instituteOutput{ETag: etag(i.Version), Body: *i}, nil
}

func (s *server) createInstitute(ctx context.Context, in *createInstituteInput) (*instituteWritten, error) {
	if _, err := permit(ctx, subjects{}); err != nil {
		return nil, err
	}
	i := &matching.Institute{}
	in.Body.fill(i)
	position, err := s.service.CreateInstitute(ctx, i)
	if err != nil {
		return nil, err
	}
	return s.instituteWritten(ctx, i, position)
}

func (s *server) changeInstitute(ctx context.Context, in *changeInstituteInput) (*instituteWritten, error) {
	stored, err := s.permittedInstitute(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	i := *stored
	i.Version = version
	in.Body.fill(&i)
	position, err := s.service.ChangeInstitute(ctx, &i)
	if err != nil {
		return nil, err
	}
	return s.instituteWritten(ctx, &i, position)
}

func (in *InstituteInput) fill(i *matching.Institute) {
	i.Name, i.Location, i.Place, i.Programmes = in.Name, in.Location, in.Place, in.Programmes
}

func (s *server) instituteWritten(ctx context.Context, i *matching.Institute, at store.Position) (*instituteWritten, error) {
	headers, err := s.writtenAt(ctx, i.Version, at)
	if err != nil {
		return nil, err
	}
	return &instituteWritten{Written: headers, Location: "/v1/institutes/" + string(i.ID), Body: *i}, nil
}

func (*instituteWritten) about() string { return matching.InstitutePrefix }

func (w *instituteWritten) again(ctx context.Context, s *server, r *store.Reply) error {
	i, err := s.permittedInstitute(ctx, string(r.ID))
	if err != nil {
		return err
	}
	headers, err := s.headersAgain(ctx, r)
	*w = instituteWritten{Written: headers, Location: "/v1/institutes/" + string(i.ID), Body: *i}
	return err
}
