package api

import (
	"context"
	"io"
	"time"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/internal/report"
	"rabta/matching"
	"rabta/matching/trades"
	"rabta/seed"
	"rabta/store"
)

// Service is what the API asks of a node; *node.Node satisfies it. Errors carry a fault.Kind. A write returns once the node has
// caught up with it, so that its own writer sees it in the next search.
type Service interface {
	Ready() error // nil when index and boards have caught up
	IndexState() node.IndexState
	Reference() *seed.Reference
	Head(ctx context.Context) (store.Head, error)
	WaitFor(ctx context.Context, position store.Position) error // at most 2 s, then fault.Unavailable
	Token(ctx context.Context, secret string) (*store.Token, error)

	// Attempt runs do once under an Idempotency-Key; it gives the reply of an earlier attempt, nil when do ran.
	Attempt(ctx context.Context, a node.Attempt, do func(context.Context) error) (*store.Reply, error)

	// Spend notes that an account uses up one thing of those that it may have since a time, over all nodes; false when it may not.
	Spend(ctx context.Context, account, what string, since time.Time, most int) (bool, error)

	Search(ctx context.Context, r node.SearchRequest) (*node.SearchResult, error)
	Matches(ctx context.Context, r node.MatchRequest) (*node.MatchResult, error)
	Candidates(ctx context.Context, r node.MatchRequest) (*node.MatchResult, error)
	FindTrades(query string, limit int) []trades.Found
	FindPlaces(query string, limit int) []geo.Found
	Place(id string) (geo.Place, error)
	PlaceChain(id string) []geo.Place // the place, then what holds it, up to the province
	NearestPlaces(p geo.Point, k int) []geo.Near
	DistrictAt(p geo.Point) (geo.Place, bool)

	Graduate(ctx context.Context, id matching.ID) (*matching.Graduate, error)
	Graduates(ctx context.Context, r node.Roster) (list []*matching.Graduate, next matching.ID, err error)
	FindPeople(ctx context.Context, r node.PeopleRequest) (*node.PeopleResult, error)
	Personal(ctx context.Context, id matching.ID) (matching.Personal, error)
	CreateGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) (store.Position, error)
	ChangeGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) (store.Position, error)
	DeleteGraduate(ctx context.Context, id matching.ID, version int64) (store.Position, error)
	Applications
	Auditing
	Figures

	Posting(ctx context.Context, id matching.ID) (*matching.Posting, error)
	PostingNotes(p *matching.Posting, at time.Time, language node.Language) []string // labels: under the minimum wage
	PostingsOf(ctx context.Context, employer, after matching.ID, limit int) (list []*matching.Posting, next matching.ID, err error)
	CreatePosting(ctx context.Context, p *matching.Posting) (store.Position, error)
	ChangePosting(ctx context.Context, p *matching.Posting) (store.Position, error)
	ClosePosting(ctx context.Context, id matching.ID, version int64, status matching.PostingStatus) (store.Position, error)

	Employer(ctx context.Context, id matching.ID) (*matching.Employer, error)
	EmployerContact(ctx context.Context, id matching.ID) (matching.EmployerContact, error)
	CreateEmployer(ctx context.Context, e *matching.Employer, contact *matching.EmployerContact) (store.Position, error)
	ChangeEmployer(ctx context.Context, e *matching.Employer, contact *matching.EmployerContact) (store.Position, error)

	Institute(ctx context.Context, id matching.ID) (*matching.Institute, error)
	CreateInstitute(ctx context.Context, i *matching.Institute) (store.Position, error)
	ChangeInstitute(ctx context.Context, i *matching.Institute) (store.Position, error)

	PostingSnapshot(ctx context.Context) (head node.FeedHead, tag string)
	EachLivePosting(ctx context.Context, head node.FeedHead, visit func(*matching.Posting) error) error
	PostingChanges(ctx context.Context, since string, limit int, wait time.Duration) (node.FeedChanges, error)

	StartImport(ctx context.Context, noun store.Noun, file []byte, opts node.FileOptions) (*store.Import, error)
	Import(ctx context.Context, id matching.ID) (*store.Import, error)
	Imports(ctx context.Context, subject string, before matching.ID, limit int) (list []*store.Import, next matching.ID, err error)
	ImportResult(ctx context.Context, id matching.ID) (io.ReadCloser, error)
	Duplicates(ctx context.Context, state store.DuplicateState, afterFirst, afterSecond matching.ID, limit int) ([]node.Pair, error)
	KeepApart(ctx context.Context, first, second matching.ID, by string) (store.Position, error)
	Merge(ctx context.Context, keep, other matching.ID, look *store.Look) (store.Position, error)

	ExportGraduates(ctx context.Context, institute matching.ID, look *store.Look, visit func(*matching.Graduate, *matching.Personal) error) error
	ExportPostings(ctx context.Context, visit func(*matching.Posting) error) error
	ExportEmployers(ctx context.Context, visit func(*matching.Employer) error) error
	ExportApplications(ctx context.Context, visit func(*matching.Application) error) error
}

// Applications are how graduates and postings come together.
type Applications interface {
	Apply(ctx context.Context, by node.Actor, in node.Interest) (*matching.Application, store.Position, error)
	MoveApplication(ctx context.Context, by node.Actor, m node.Movement) (*matching.Application, store.Position, error)
	ChangeApplication(ctx context.Context, id matching.ID, version int64, c node.ApplicationChange) (*matching.Application, store.Position, error)
	Application(ctx context.Context, id matching.ID) (*matching.Application, error)
	ApplicationText(ctx context.Context, id matching.ID) (string, error)
	ApplicationsOf(ctx context.Context, graduate, after matching.ID, limit int) (list []*matching.Application, next matching.ID, err error)
	Applicant(ctx context.Context, a *matching.Application, language node.Language) (*node.Applicant, error)
	Applicants(ctx context.Context, p *matching.Posting, after matching.ID, limit int, language node.Language) (list []node.Applicant, next matching.ID, err error)
}

// Auditing is reading what is personal for somebody else than herself: each writes its entry into the audit log before it answers.
type Auditing interface {
	NoteLook(ctx context.Context, by node.Actor, action string, graduate matching.ID) error
	PersonalFor(ctx context.Context, by node.Actor, action string, id matching.ID) (matching.Personal, error)
	ApplicationTextFor(ctx context.Context, by node.Actor, action string, a *matching.Application) (string, error)
	Contacts(ctx context.Context, by node.Actor, posting, after matching.ID, limit int) (list []node.Contact, next matching.ID, err error)
	ExportGraduate(ctx context.Context, by *node.Actor, id matching.ID) (*node.AboutMe, error) // by nil: herself
	Looks(ctx context.Context, filter store.LookFilter, after uint64, limit int) (list []store.Look, next uint64, err error)
}

// Figures are where skills are short. They wait until the node has them, and are a fault.Unavailable when that takes longer than ctx allows.
type Figures interface {
	Gaps(ctx context.Context, r node.GapsRequest) (*node.GapsAnswer, error)
	GapReport(ctx context.Context, district string, date *time.Time) (*report.District, error)
	GapTrends(ctx context.Context, r node.GapsRequest) (*node.GapTrends, error)
	GapAdvice(ctx context.Context, trade, district string) (*node.GapAdvice, error)
	GapMismatch(ctx context.Context, r node.GapsRequest, over string, resolution int) (*node.GapMismatch, error)
	GapOutcomes(ctx context.Context, institute matching.ID, date *time.Time) (*node.GapOutcomes, error)
	GapWaiting(ctx context.Context, trade, district string, limit int) (*node.GapWaiting, error)
	GapSilent(ctx context.Context) (*node.GapSilent, error)
}
