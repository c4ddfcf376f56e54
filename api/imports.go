package api

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/internal/node"
	"rabta/internal/sheet"
	"rabta/matching"
	"rabta/store"
)

// largestFile bounds a file that is sent to be taken in.
const largestFile = 32 << 20

// fileNouns are the kinds of files, by the name that a request gives.
var fileNouns = map[string]store.Noun{intake.NounGraduates: store.GraduateNoun, intake.NounPostings: store.PostingNoun}

type createImportInput struct {
	Noun      string `query:"noun" required:"true" enum:"graduates,postings" example:"graduates" doc:"What the file holds. An institute sends graduates alone"`
	Source    string `query:"source" maxLength:"80" example:"example-institute" doc:"Who the file is from, the same name each time: rows are known by it and their own number. An institute's own id when left out, and for an institute always"`
	Institute string `query:"institute" maxLength:"40" doc:"Whose roster it is; for an institute always its own"`
	Mode      string `query:"mode" enum:"rows,strict,dry-run" default:"rows" doc:"rows takes the good rows and names the others, strict all or none, dry-run nothing"`
	Removed   bool   `query:"allow_removed" doc:"Bring back people whose record was deleted, when they ask for it. For staff; without it they are passed over"`
	RawBody   []byte `contentType:"application/octet-stream" doc:"CSV (plain or gzipped) or XLSX, at most 32 MB"`
}

// ImportShown is the record of an import.
type ImportShown struct {
	ID       matching.ID        `json:"id"`
	Noun     string             `json:"noun" doc:"graduates or postings"`
	Source   string             `json:"source"`
	Mode     string             `json:"mode"`
	State    string             `json:"state" doc:"running, done or failed; it runs too while it waits for its turn"`
	Why      string             `json:"why,omitempty" doc:"What ended one that failed"`
	Counts   store.ImportCounts `json:"counts"`
	Started  time.Time          `json:"started"`
	Finished *time.Time         `json:"finished,omitempty"`
}

func shownImport(ctx context.Context, i *store.Import) ImportShown {
	shown := ImportShown{ID: i.ID, Source: i.Source, Mode: string(i.Mode), State: string(i.State), Why: i.Why, Counts: i.Counts, Started: i.Started}
	if callOf(ctx).language == node.Urdu {
		shown.Why = inUrdu(i.Why)
	}
	for name, noun := range fileNouns {
		if noun == i.Noun {
			shown.Noun = name
		}
	}
	if !i.Finished.IsZero() {
		shown.Finished = &i.Finished
	}
	return shown
}

// ImportPath names an import.
type ImportPath struct {
	ID string `path:"id" example:"imp_01JD4Y6G3Q0000000000000000"`
}

type importAccepted struct {
	Replayed
	Location string `header:"Location" doc:"Where its record tells how far it has come"`
	Body     ImportShown
}

func (*importAccepted) about() string { return store.ImportPrefix }

func (out *importAccepted) again(ctx context.Context, s *server, r *store.Reply) error {
	i, err := s.permittedImport(ctx, string(r.ID))
	if err != nil {
		return err
	}
	out.Location, out.Body, out.Replayed.Replayed = importAddress(i.ID), shownImport(ctx, i), "true"
	return nil
}

func importAddress(id matching.ID) string { return "/v1/imports/" + string(id) }

type importOutput struct{ Body ImportShown }

type listImportsInput struct{ Paging }

// ImportList is one page of imports, the newest first.
type ImportList struct {
	AsOf    time.Time     `json:"as_of"`
	Imports []ImportShown `json:"imports" nullable:"false"`
	Next    string        `json:"next,omitempty" doc:"cursor of the next page; none on the last"`
}

type listImportsOutput struct{ Body ImportList }

type templateInput struct {
	Noun string `query:"noun" enum:"graduates,postings" default:"graduates"`
	Lang string `query:"lang" enum:"en,ur,roman" default:"en" doc:"Language of the headings"`
}

func (s *server) registerImports() {
	register(s, operation{id: "create-import", method: http.MethodPost, path: "/v1/imports", tag: "Imports", status: http.StatusAccepted,
		body: largestFile, time: fileTime, costly: true, summary: "Send a file of graduates or postings to be taken in",
		description: "The file is the body as it is. It is taken in after the answer; Location tells how far it has come. Rows taken before change nothing when they come again."}, s.createImport)
	register(s, operation{id: "list-imports", method: http.MethodGet, path: "/v1/imports", tag: "Imports",
		summary: "Imports that the caller sent, the newest first", description: "Staff see all. Records are kept for 30 days."}, s.listImports)
	register(s, operation{id: "import-template", method: http.MethodGet, path: "/v1/imports/template", tag: "Imports", streams: []string{sheet.ContentType(sheet.CSV)},
		summary: "A CSV file to begin with"}, s.importTemplate)
	register(s, operation{id: "get-import", method: http.MethodGet, path: "/v1/imports/{id}", tag: "Imports",
		summary: "How far an import has come"}, s.getImport)
	register(s, operation{id: "get-import-result", method: http.MethodGet, path: "/v1/imports/{id}/result", tag: "Imports", streams: []string{sheet.ContentType(sheet.CSV)},
		summary:     "What was wrong with which row, as CSV",
		description: "Columns: row, column, found, expected in English and Urdu, and whether the row was taken without the value. At most 100,000 lines; of personal columns it never tells what stands there."}, s.getImportResult)
}

// lookAtFile refuses a file by how it begins and by the length that its request tells, before the rest is read.
func (s *server) lookAtFile(ctx huma.Context, next func(huma.Context)) {
	r := humagin.Unwrap(ctx).Request
	if ctx.Operation().OperationID == "create-import" && r.ContentLength == 0 {
		s.refuse(ctx, emptyFile())
		return
	}
	if ctx.Operation().OperationID == "create-import" && r.ContentLength > 0 {
		body := bufio.NewReader(r.Body)
		start, _ := body.Peek(intake.MagicSize) // a body that fails here fails again when it is read
		r.Body = struct {
			io.Reader
			io.Closer
		}{body, r.Body}
		if err := intake.CheckStart(start, r.ContentLength); err != nil {
			s.refuse(ctx, err)
			return
		}
	}
	next(ctx)
}

func (s *server) createImport(ctx context.Context, in *createImportInput) (*importAccepted, error) {
	c := callOf(ctx)
	opts := node.FileOptions{Subject: c.caller.name(), Source: in.Source, Institute: matching.ID(in.Institute), Mode: store.ImportMode(in.Mode), AllowRemoved: in.Removed}
	if c.rule.of(c.caller.role) == own { // an institute: its own roster, under its own name
		if in.Noun != intake.NounGraduates {
			return nil, &fault.Error{Kind: fault.Forbidden, Op: "api.createImport", Field: "noun",
				Message:   "An institute sends graduates alone: send noun=graduates. Postings are for employers and staff.",
				MessageUr: "ادارہ صرف اپنے فارغ التحصیل افراد کی فہرست بھیج سکتا ہے: noun=graduates لکھیں۔"}
		}
		if in.Institute != "" && opts.Institute != c.caller.subject || c.caller.subject == "" {
			return nil, notFound()
		}
		if in.Removed {
			return nil, &fault.Error{Kind: fault.Forbidden, Op: "api.createImport", Field: "allow_removed",
				Message:   "Staff alone bring back people whose record was deleted: ask them, or leave allow_removed out.",
				MessageUr: "حذف کیے گئے فرد کو صرف عملہ واپس لا سکتا ہے: ان سے کہیں، یا allow_removed نہ لکھیں۔"}
		}
		opts.Institute, opts.Source, opts.OwnOnly = c.caller.subject, string(c.caller.subject), true
	}
	if err := s.soundImport(ctx, in, &opts); err != nil {
		return nil, err
	}
	// A copy: the file is read after the answer, when huma has given the body's memory to another request.
	i, err := s.service.StartImport(ctx, fileNouns[in.Noun], bytes.Clone(in.RawBody), opts)
	if err != nil {
		return nil, err
	}
	return &importAccepted{Location: importAddress(i.ID), Body: shownImport(ctx, i)}, nil
}

// soundImport checks what a request says of its file.
func (s *server) soundImport(ctx context.Context, in *createImportInput, opts *node.FileOptions) error {
	if opts.Institute != "" {
		if _, err := s.service.Institute(ctx, opts.Institute); err != nil {
			return missingInstitute(err)
		}
		if opts.Source == "" {
			opts.Source = string(opts.Institute)
		}
	}
	if opts.Source == "" {
		e := fault.Field("source", "Name who the file is from as source, the same name each time.")
		e.MessageUr = "source میں بھیجنے والے کا نام لکھیں، ہر بار وہی نام۔"
		return e
	}
	if len(in.RawBody) == 0 {
		return emptyFile()
	}
	return nil
}

func emptyFile() error {
	return &fault.Error{Kind: fault.Malformed, Op: "api.createImport", Message: "The body is empty. Send the file itself, CSV or XLSX, as the body.",
		MessageUr: "فائل خالی ہے۔ CSV یا XLSX فائل بھیجیں۔"}
}

func missingInstitute(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return fault.Field("institute", "There is no such institute. Send the id of one that is registered.")
	}
	return err
}

// permittedImport reads the record of an import that the caller sent, or any for staff.
func (s *server) permittedImport(ctx context.Context, text string) (*store.Import, error) {
	id, err := identifier(text, store.ImportPrefix)
	if err != nil {
		return nil, err
	}
	i, err := s.service.Import(ctx, id)
	if err != nil {
		return nil, oneNotFound(err)
	}
	c := callOf(ctx)
	if mustHaveRule("get-import").of(c.caller.role)&all == 0 && i.Subject != c.caller.name() {
		return nil, notFound()
	}
	return i, nil
}

func (s *server) getImport(ctx context.Context, in *ImportPath) (*importOutput, error) {
	i, err := s.permittedImport(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &importOutput{Body: shownImport(ctx, i)}, nil
}

func (s *server) listImports(ctx context.Context, in *listImportsInput) (*listImportsOutput, error) {
	c := callOf(ctx)
	before, err := afterOf(in.Cursor, "imports", c.caller.subject, store.ImportPrefix)
	if err != nil {
		return nil, err
	}
	subject := c.caller.name()
	if c.rule.of(c.caller.role)&all != 0 {
		subject = ""
	}
	list, next, err := s.service.Imports(ctx, subject, before, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &listImportsOutput{Body: ImportList{AsOf: s.now().UTC(), Imports: make([]ImportShown, 0, len(list)), Next: idCursor("imports", c.caller.subject, next)}}
	for _, i := range list {
		out.Body.Imports = append(out.Body.Imports, shownImport(ctx, i))
	}
	return out, nil
}

func (s *server) getImportResult(ctx context.Context, in *ImportPath) (*huma.StreamResponse, error) {
	i, err := s.permittedImport(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	result, err := s.service.ImportResult(ctx, i.ID)
	if err != nil {
		return nil, err
	}
	return s.stream(callOf(ctx), sheet.ContentType(sheet.CSV), string(i.ID)+".csv", func(w io.Writer) error {
		_, err := io.Copy(w, result)
		return err
	}), nil
}

func (s *server) importTemplate(ctx context.Context, in *templateInput) (*huma.StreamResponse, error) {
	template, err := intake.Template(in.Noun, in.Lang)
	if err != nil {
		return nil, err
	}
	return s.stream(callOf(ctx), sheet.ContentType(sheet.CSV), in.Noun+".csv", func(w io.Writer) error {
		_, err := w.Write(template)
		return err
	}), nil
}
