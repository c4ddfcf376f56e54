package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// GraduateInput is a graduate as she is sent. matching.Graduate says what each field means, matching.Model checks it.
type GraduateInput struct {
	Assigned
	Institute     string              `json:"institute,omitempty" doc:"Whose roster she is on; an institute's own token may leave it out"`
	Gender        string              `json:"gender,omitempty" enum:"f,m,x" doc:"For what open_to and needs ask, and for statistics; never in a chance of hire"`
	BirthDecade   int                 `json:"birth_decade,omitempty" minimum:"0" maximum:"2010" example:"2000" doc:"2000 for those born from 2000 to 2009"`
	Trades        []TradeHeldInput    `json:"trades" minItems:"1" maxItems:"50" nullable:"false" doc:"The first is the main one"`
	Certificates  []CertificateInput  `json:"certificates,omitempty" maxItems:"50"`
	Schooling     string              `json:"schooling,omitempty" maxLength:"80" doc:"A code of the values below"`
	OwnTools      string              `json:"own_tools,omitempty" enum:"yes,no,unknown"`
	Licences      []string            `json:"licences,omitempty" maxItems:"20" doc:"Classes of driving licence, of the values below"`
	Home          geo.Point           `json:"home" doc:"Kept as the centre of its cell of about 0.1 km², never finer"`
	Travel        *TravelInput        `json:"travel,omitempty"`
	Kinds         []string            `json:"kinds,omitempty" maxItems:"6" doc:"Kinds of work wanted; any when left out"`
	LowestPay     *matching.LowestPay `json:"lowest_pay,omitempty" doc:"Never shown to an employer"`
	AvailableFrom *time.Time          `json:"available_from,omitempty"`
	Languages     []matching.Language `json:"languages,omitempty" maxItems:"20"`
	Needs         []string            `json:"needs,omitempty" maxItems:"5" doc:"transport, women-safe, accommodation, disability-access, home-based; never shown to an employer"`
	ConfirmedOnly bool                `json:"confirmed_only,omitempty" doc:"Leaves out postings that do not answer a need"`
	AcceptsLiving bool                `json:"accepts_living_in,omitempty"`
	Consent       ConsentInput        `json:"consent"`
	Status        string              `json:"status,omitempty" enum:"searching,placed,paused" doc:"searching when left out"`
	Personal      *PersonalInput      `json:"personal,omitempty" doc:"Kept sealed. Left out of a change it stays as it was"`
}

// TradeHeldInput is one trade of a graduate.
type TradeHeldInput struct {
	Trade  string   `json:"trade" maxLength:"80" example:"electrician" doc:"Slug"`
	Skills []string `json:"skills,omitempty" maxItems:"50" doc:"Slugs, as /v1/trades/{slug} lists them"`
	Level  int      `json:"level,omitempty" minimum:"0" maximum:"8" doc:"NVQF level"`
	Months *int     `json:"months,omitempty" minimum:"0" maximum:"720" doc:"Of experience"`
	Learnt string   `json:"learnt,omitempty" enum:"institute,prior-learning,ustad,family,self"`
}

// CertificateInput is a paper that she holds.
type CertificateInput struct {
	Programme string     `json:"programme" maxLength:"200"`
	Institute string     `json:"institute,omitempty" maxLength:"40"`
	Course    string     `json:"course,omitempty" maxLength:"80" doc:"Slug of a trade"`
	Batch     string     `json:"batch,omitempty" maxLength:"200"`
	Date      *time.Time `json:"date,omitempty"`
	Verified  bool       `json:"verified,omitempty" doc:"Only the institute that gave it, staff and services may say so"`
}

// TravelInput is how far she goes to work, and how.
type TravelInput struct {
	MaxMetres float64  `json:"max_metres,omitempty" minimum:"0" maximum:"2000000" example:"15000"`
	Modes     []string `json:"modes,omitempty" maxItems:"6" doc:"walk, bicycle, motorcycle, bus, rickshaw, car"`
}

// ConsentInput is what she has agreed to.
type ConsentInput struct {
	Matching bool                               `json:"matching" example:"true" doc:"Shown to employers under a pseudonym"`
	Officer  bool                               `json:"officer" doc:"An officer may act for her"`
	Messages *bool                              `json:"messages,omitempty" doc:"Texts and calls about work; left out it stays as it was"`
	Research *bool                              `json:"research,omitempty" doc:"Counted beyond the programme's own statistics; left out it stays as it was"`
	At       *time.Time                         `json:"at,omitempty" readOnly:"true"`
	Said     map[matching.Purpose]matching.Said `json:"said,omitempty" readOnly:"true" doc:"When each was last said, and by which role"`
}

// say notes what she agrees to, with who says so.
func (in *ConsentInput) say(c *matching.Consent, by Role, at time.Time) {
	c.Say(matching.ToMatching, in.Matching, string(by), at)
	c.Say(matching.ToOfficer, in.Officer, string(by), at)
	if in.Messages != nil {
		c.Say(matching.ToMessages, *in.Messages, string(by), at)
	}
	if in.Research != nil {
		c.Say(matching.ToResearch, *in.Research, string(by), at)
	}
}

// PersonalInput names her or reaches her. Nothing of it is required but a phone, which may be another's.
type PersonalInput struct {
	Name      string `json:"name,omitempty" maxLength:"200"`
	Phone     string `json:"phone" pattern:"^\\+?[0-9۰-۹٠-٩][0-9۰-۹٠-٩ -]{6,19}$" patternDescription:"a telephone number, such as 0300 0000000 or +92 300 0000000" example:"0300 0000000"`
	Whose     string `json:"whose,omitempty" maxLength:"60" doc:"Whose phone it is: own, father, neighbour"`
	SafeHours string `json:"safe_hours,omitempty" maxLength:"60" doc:"When it is safe to call"`
	Reach     string `json:"reach,omitempty" enum:"text,voice"`
	CNIC      string `json:"cnic,omitempty" pattern:"^[0-9۰-۹٠-٩]{5}-?[0-9۰-۹٠-٩]{7}-?[0-9۰-۹٠-٩]$" patternDescription:"13 digits, as 00000-0000000-0"`
	Address   string `json:"address,omitempty" maxLength:"500"`
}

func (p *PersonalInput) record() *matching.Personal {
	if p == nil {
		return nil
	}
	return &matching.Personal{Name: p.Name, Phone: plainDigits(p.Phone), Whose: p.Whose, SafeHours: p.SafeHours, Reach: p.Reach, CNIC: plainDigits(p.CNIC), Address: p.Address}
}

type createGraduateInput struct {
	Body GraduateInput
}

type changeGraduateInput struct {
	GraduatePath
	Precondition
	Body GraduateInput
}

type deleteGraduateInput struct {
	GraduatePath
	Precondition
}

type graduateWritten struct {
	Written
	Location string `header:"Location"`
	Body     matching.Graduate
}

type graduateDeleted struct {
	Replayed
	Position string `header:"Rabta-Position" doc:"Where the journal stands"`
}

func (s *server) registerGraduateChanges() {
	register(s, operation{id: "create-graduate", method: http.MethodPost, path: "/v1/graduates", tag: "Graduates",
		summary: "Add a graduate", status: http.StatusCreated,
		description: "An institute adds to its own roster; an officer adds a person who has agreed to it (consent.officer)."}, s.createGraduate)
	register(s, operation{id: "change-graduate", method: http.MethodPut, path: "/v1/graduates/{id}", tag: "Graduates",
		summary: "Replace a graduate"}, s.changeGraduate)
	register(s, operation{id: "delete-graduate", method: http.MethodDelete, path: "/v1/graduates/{id}", tag: "Graduates",
		summary: "Delete a graduate", status: http.StatusNoContent,
		description: "Her record and what names her are deleted and her tokens stop working. Her id and the time stay in the journal, which tells " +
			"the index to drop her: it does so within moments."}, s.deleteGraduate)
}

func (s *server) createGraduate(ctx context.Context, in *createGraduateInput) (*graduateWritten, error) {
	who := callOf(ctx).caller
	g := &matching.Graduate{Institute: matching.ID(in.Body.Institute)}
	if g.Institute == "" && who.role == AsInstitute {
		g.Institute = who.subject
	}
	if who.role == AsOfficer && !in.Body.Consent.Officer { // nobody's record is at stake: it is hers that he would make
		return nil, &fault.Error{Kind: fault.Forbidden, Op: "api.createGraduate", Field: "consent.officer",
			Message:   "An officer enters a person who agrees to it: ask her, and send consent.officer as true.",
			MessageUr: "افسر صرف اس فرد کا اندراج کر سکتا ہے جس نے اجازت دی ہو: پہلے اس سے پوچھیں، پھر consent.officer میں true بھیجیں۔"}
	}
	by, err := permit(ctx, subjects{institute: g.Institute, consented: in.Body.Consent.Officer})
	if err != nil {
		return nil, err
	}
	if err := s.judgeGraduate(&in.Body, g, by, who); err != nil {
		return nil, err
	}
	position, err := s.service.CreateGraduate(ctx, g, in.Body.Personal.record())
	if err != nil {
		return nil, err
	}
	if err := s.noteAct(ctx, g.ID); err != nil { // she had no id before
		return nil, err
	}
	return s.graduateWritten(ctx, g, position)
}

func (s *server) changeGraduate(ctx context.Context, in *changeGraduateInput) (*graduateWritten, error) {
	stored, by, err := s.permittedGraduate(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	g := *stored
	g.Version = version
	if sent := matching.ID(in.Body.Institute); sent != "" && sent != stored.Institute {
		if by != all {
			return nil, forbiddenField("institute", "Staff alone move a graduate to another roster: leave institute as it was.")
		}
		g.Institute = sent
	}
	if err := s.judgeGraduate(&in.Body, &g, by, callOf(ctx).caller); err != nil {
		return nil, err
	}
	if err := s.noteAct(ctx, g.ID); err != nil {
		return nil, err
	}
	position, err := s.service.ChangeGraduate(ctx, &g, in.Body.Personal.record())
	if err != nil {
		return nil, err
	}
	return s.graduateWritten(ctx, &g, position)
}

func (s *server) deleteGraduate(ctx context.Context, in *deleteGraduateInput) (*graduateDeleted, error) {
	g, _, err := s.permittedGraduate(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	if err := s.noteAct(ctx, g.ID); err != nil {
		return nil, err
	}
	position, err := s.service.DeleteGraduate(ctx, g.ID, version)
	if err != nil {
		return nil, err
	}
	text, err := s.positionText(ctx, position)
	return &graduateDeleted{Position: text}, err
}

func (s *server) graduateWritten(ctx context.Context, g *matching.Graduate, at store.Position) (*graduateWritten, error) {
	headers, err := s.writtenAt(ctx, g.Version, at)
	if err != nil {
		return nil, err
	}
	return &graduateWritten{Written: headers, Location: "/v1/graduates/" + string(g.ID), Body: *g}, nil
}

func (*graduateWritten) about() string { return matching.GraduatePrefix }

func (w *graduateWritten) again(ctx context.Context, s *server, r *store.Reply) error {
	g, _, err := s.permittedGraduate(ctx, string(r.ID))
	if err != nil {
		return err
	}
	if err := mayStillSee(ctx, "get-graduate", subjectsOfGraduate(g), g.Version, r); err != nil {
		return err
	}
	headers, err := s.headersAgain(ctx, r)
	*w = graduateWritten{Written: headers, Location: "/v1/graduates/" + string(g.ID), Body: *g}
	return err
}

func (*graduateDeleted) about() string { return "" }

func (w *graduateDeleted) again(ctx context.Context, s *server, r *store.Reply) error {
	headers, err := s.headersAgain(ctx, r)
	w.Replayed, w.Position = headers.Replayed, headers.Position
	return err
}

func forbiddenField(field, message string) error {
	return &fault.Error{Kind: fault.Forbidden, Op: "api.judge", Field: field, Message: message}
}

// judgeGraduate puts what was sent into g, which holds what was stored, or little on creation. Two things are not for everybody
// to say: that a certificate is verified, and when she consented.
func (s *server) judgeGraduate(in *GraduateInput, g *matching.Graduate, by scope, who caller) error {
	papers := make([]matching.Certificate, len(in.Certificates))
	for i, c := range in.Certificates {
		paper := matching.Certificate{Programme: c.Programme, Institute: matching.ID(c.Institute), Course: c.Course, Batch: c.Batch, Date: c.Date, Verified: c.Verified}
		gaveIt := who.role == AsInstitute && paper.Institute == who.subject
		if c.Verified && by != all && !gaveIt && !slices.ContainsFunc(g.Certificates, func(old matching.Certificate) bool { return samePaper(old, paper) }) {
			return forbiddenField("certificates", "Only the institute that gave a certificate and staff say that it is verified: leave verified out.")
		}
		papers[i] = paper
	}
	in.Consent.say(&g.Consent, who.role, s.now().UTC())
	g.Certificates = papers
	in.fill(g)
	return nil
}

func samePaper(a, b matching.Certificate) bool {
	sameDate := a.Date == b.Date || a.Date != nil && b.Date != nil && a.Date.Equal(*b.Date)
	return sameDate && a.Verified == b.Verified && a.Programme == b.Programme && a.Institute == b.Institute && a.Course == b.Course && a.Batch == b.Batch
}

func (in *GraduateInput) fill(g *matching.Graduate) {
	g.Gender, g.BirthDecade, g.Schooling = matching.Gender(in.Gender), in.BirthDecade, in.Schooling
	g.OwnTools, g.Licences, g.Home = matching.Answer(in.OwnTools), in.Licences, in.Home
	g.Trades = make([]matching.TradeHeld, len(in.Trades))
	for i, t := range in.Trades {
		g.Trades[i] = matching.TradeHeld{Trade: t.Trade, Skills: t.Skills, Level: t.Level, Months: t.Months, Learnt: matching.Learnt(t.Learnt)}
	}
	g.Travel = matching.Travel{}
	if in.Travel != nil {
		g.Travel = matching.Travel{MaxMetres: in.Travel.MaxMetres, Modes: named[matching.Mode](in.Travel.Modes)}
	}
	g.Kinds, g.Needs = named[matching.Kind](in.Kinds), named[matching.Need](in.Needs)
	g.LowestPay, g.AvailableFrom, g.Languages = in.LowestPay, in.AvailableFrom, in.Languages
	g.ConfirmedOnly, g.AcceptsLiving = in.ConfirmedOnly, in.AcceptsLiving
	g.Status = matching.Status(in.Status)
	if g.Status == "" {
		g.Status = matching.Searching
	}
}

func named[T ~string](names []string) []T {
	if names == nil {
		return nil
	}
	list := make([]T, len(names))
	for i, n := range names {
		list[i] = T(n)
	}
	return list
}
