package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/internal/script"
)

// Problem is a failure as a client sees it (RFC 9457, application/problem+json). It never repeats a value that was sent, and of a
// failure on our side it tells the request's id, under which the log has the cause, and whether trying again can help.
type Problem struct {
	Type     string         `json:"type" format:"uri" example:"urn:rabta:problem:invalid" doc:"Names the kind of problem; the same for every occurrence"`
	Title    string         `json:"title" example:"A value is wrong" doc:"The kind in words"`
	Status   int            `json:"status" example:"422" doc:"The HTTP status"`
	Detail   string         `json:"detail" example:"Send a radius from 100 m to 2,000 km, such as 25km." doc:"What was wrong and what to send instead"`
	Instance string         `json:"instance" format:"uri-reference" doc:"The id of the request, as in X-Request-Id"`
	Retry    bool           `json:"retry,omitempty" doc:"Whether the same request may succeed later"`
	Errors   []FieldProblem `json:"errors,omitempty" nullable:"false" doc:"The values at fault, the first 20 of them"`

	kind    fault.Kind
	headers http.Header
}

// FieldProblem is one value at fault.
type FieldProblem struct {
	Field   string   `json:"field" example:"location.lat" doc:"Path of the value in the body, or the name of the parameter or header"`
	Message string   `json:"message" doc:"What to send instead"`
	Nearest []string `json:"nearest,omitempty" nullable:"false" doc:"Up to three values that would be accepted"`
}

// Error gives the detail; GetStatus, GetHeaders and ContentType make huma answer with the problem as it is.
func (p *Problem) Error() string { return p.Detail }

// GetStatus gives the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders gives the headers that go with the problem.
func (p *Problem) GetHeaders() http.Header { return p.headers }

// ContentType gives the media type of a problem.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// answer is how a kind of fault is answered. detail stands for a fault on our side, whose own message is not shown.
type answer struct {
	status         int
	title, titleUr string
	detail         string
	retry          bool
}

// answers is the one table from kinds of fault to HTTP.
var answers = map[fault.Kind]answer{
	fault.Internal: {status: http.StatusInternalServerError, title: "Something failed on our side", titleUr: "ہماری طرف سے خرابی",
		detail: "Something failed on our side, and was noted under this id. Trying again may not help: tell us the id."},
	fault.Invalid:         {status: http.StatusUnprocessableEntity, title: "A value is wrong", titleUr: "کوئی قدر غلط ہے"},
	fault.Malformed:       {status: http.StatusBadRequest, title: "The request cannot be read", titleUr: "درخواست پڑھی نہیں جا سکی"},
	fault.NotFound:        {status: http.StatusNotFound, title: "Not found", titleUr: "نہیں ملا"},
	fault.Conflict:        {status: http.StatusConflict, title: "Another record stands against it", titleUr: "ایک اور ریکارڈ آڑے آتا ہے"},
	fault.Stale:           {status: http.StatusPreconditionFailed, title: "The record has changed since", titleUr: "ریکارڈ اس دوران بدل چکا ہے"},
	fault.NoPrecondition:  {status: http.StatusPreconditionRequired, title: "If-Match is missing", titleUr: "If-Match موجود نہیں"},
	fault.Unauthenticated: {status: http.StatusUnauthorized, title: "A token is needed", titleUr: "ٹوکن درکار ہے"},
	fault.Forbidden:       {status: http.StatusForbidden, title: "Not allowed", titleUr: "اجازت نہیں"},
	fault.TooLarge:        {status: http.StatusRequestEntityTooLarge, title: "Too large", titleUr: "بہت بڑا"},
	fault.TooMany:         {status: http.StatusTooManyRequests, title: "Too many requests", titleUr: "بہت زیادہ درخواستیں"},
	fault.Unavailable: {status: http.StatusServiceUnavailable, title: "Not now", titleUr: "ابھی نہیں", retry: true,
		detail: "This cannot be answered just now. Try again in a moment."},
	fault.Full: {status: http.StatusInsufficientStorage, title: "No room left", titleUr: "جگہ باقی نہیں",
		detail: "The disk is full and nothing was changed. Reading still works.", retry: true},
}

// refusals are statuses that HTTP itself brings and no fault.Kind stands for.
var refusals = map[int]struct{ kind, title, titleUr, detail string }{
	http.StatusMethodNotAllowed: {"method-not-allowed", "Method not allowed", "یہ طریقہ قبول نہیں", "This address does not take this method: the Allow header names those that it takes."},
	http.StatusRequestTimeout:   {"timeout", "The request came too slowly", "درخواست بہت آہستہ آئی", "The body did not arrive in time: send it again."},
	http.StatusRequestHeaderFieldsTooLarge: {"long-head", "Address or headers too long", "پتہ یا ہیڈر بہت لمبے ہیں",
		"The address and the headers of a request may have 16 KB together. Shorten what you look for, or leave headers out."},
	http.StatusUnsupportedMediaType: {"unsupported-media-type", "Unsupported media type", "اس قسم کا مواد قبول نہیں", "Send the body as JSON, with the header \"Content-Type: application/json\"."},
}

const retryAfterSeconds = "2"

// newProblem makes the frame of a problem of a kind.
func newProblem(kind fault.Kind, detail string) *Problem {
	a := answers[kind]
	if a.detail != "" {
		detail = a.detail
	}
	p := &Problem{Type: "urn:rabta:problem:" + kind.String(), Title: a.title, Status: a.status, Detail: detail, Retry: a.retry, kind: kind,
		headers: http.Header{}}
	switch kind {
	case fault.Unauthenticated:
		p.headers.Set("WWW-Authenticate", `Bearer realm="rabta"`)
	case fault.Unavailable:
		p.headers.Set("Retry-After", retryAfterSeconds)
	}
	if p.Detail == "" {
		p.Detail = a.title + "."
	}
	return p
}

// retryAfter says when the same request may succeed, in whole seconds; 0 says nothing.
func (p *Problem) retryAfter(wait time.Duration) {
	if wait > 0 {
		p.Retry = true
		p.headers.Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
}

// newRefusal makes the problem of a status that no fault.Kind stands for.
func newRefusal(status int) *Problem {
	r := refusals[status]
	return &Problem{Type: "urn:rabta:problem:" + r.kind, Title: r.title, Status: status, Detail: r.detail, headers: http.Header{},
		kind: fault.Malformed}
}

// answering puts the request's id into the problem and puts it in the reader's language, as far as there is a text.
func (p *Problem) answering(c *call) *Problem {
	p.Instance = c.id
	p.headers.Set("Content-Language", "en")
	if c.language != node.Urdu {
		return p
	}
	if r, ours := refusals[p.Status]; ours {
		p.Title = r.titleUr
	} else {
		p.Title = answers[p.kind].titleUr
	}
	p.Detail = inUrdu(p.Detail)
	for i := range p.Errors {
		p.Errors[i].Message = inUrdu(p.Errors[i].Message)
	}
	p.headers.Set("Content-Language", "ur")
	if script.Of(p.Detail) != script.Ur {
		p.headers.Set("Content-Language", "ur, en") // the title alone has a text in Urdu
	}
	return p
}

// problem turns an error into what the client sees, and logs what it does not.
func (s *server) problem(c *call, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p.answering(c)
	}
	kind := fault.KindOf(err)
	if kind == fault.Internal && (errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)) {
		kind = fault.Unavailable
	}
	shown, ok := fault.Shown(err)
	if a := answers[kind]; a.status >= http.StatusInternalServerError {
		level := slog.LevelWarn
		if kind == fault.Internal {
			level = slog.LevelError
		}
		s.log.Log(context.Background(), level, "failure", "request", c.id, "operation", c.operation, "kind", kind.String(), "error", err.Error())
		p = newProblem(kind, "")
		if ok {
			p.retryAfter(shown.After)
		}
		return p.answering(c)
	}
	p = newProblem(kind, "")
	if ok {
		message := shown.Message
		if c.language == node.Urdu && shown.MessageUr != "" {
			message = shown.MessageUr
		}
		p.Detail = message
		if shown.Field != "" {
			p.Errors = []FieldProblem{{Field: shown.Field, Message: message, Nearest: shown.Nearest}}
		}
		p.retryAfter(shown.After)
	}
	return p.answering(c)
}

// mostErrors is how many values at fault are listed: who has more mends those first.
const mostErrors = 20

// describeRefusal turns what huma found wrong with a request into a problem, without the values that huma would repeat.
func describeRefusal(status int, details []error) *Problem {
	fields := make([]FieldProblem, 0, len(details))
	for _, err := range details {
		if f, ok := fieldProblem(err); ok {
			fields = append(fields, f)
		}
	}
	var p *Problem
	switch status {
	case http.StatusMethodNotAllowed, http.StatusRequestTimeout, http.StatusUnsupportedMediaType:
		return newRefusal(status)
	case http.StatusRequestEntityTooLarge:
		return newProblem(fault.TooLarge, tooLarge(largestBody))
	case http.StatusBadRequest:
		p = newProblem(fault.Malformed, "The body is missing: send it as JSON.")
	case http.StatusUnprocessableEntity:
		p = newProblem(fault.Invalid, "")
	case http.StatusInternalServerError: // the body broke off while huma was reading it
		return newProblem(fault.Malformed, "The body could not be read to its end: send it again.")
	default:
		return newProblem(fault.Internal, "")
	}
	p.Errors = fields[:min(len(fields), mostErrors)]
	switch len(fields) {
	case 0:
	case 1:
		p.Detail = fields[0].Message
	default:
		p.Detail = strconv.Itoa(len(fields)) + " values are wrong: see errors."
	}
	return p
}

// tooLarge says how large a body may be.
func tooLarge(most int64) string {
	if most >= 1<<20 {
		return fmt.Sprintf("The body is too large: send less than %d MB.", most>>20)
	}
	return fmt.Sprintf("The body is too large: send less than %d KB.", most>>10)
}

// fieldProblem reads one of huma's findings.
func fieldProblem(err error) (FieldProblem, bool) {
	detailer, ok := err.(huma.ErrorDetailer)
	if !ok {
		return FieldProblem{}, false
	}
	d := detailer.ErrorDetail()
	return FieldProblem{Field: fieldName(d.Location), Message: d.Message}, true
}

// fieldName gives the path of a value without the part of the request that it stood in. A part of the path that is not one of
// our names was made up by the sender, and may hold anything: it is left out.
func fieldName(location string) string {
	_, rest, ok := strings.Cut(location, ".")
	if !ok {
		return location
	}
	parts := strings.Split(rest, ".")
	for i, part := range parts {
		if !plainName(part) {
			return strings.Join(append(parts[:i:i], "(unknown)"), ".")
		}
	}
	return rest
}

func plainName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("_-[]", r) && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 40 && (s[0] < '0' || s[0] > '9')
}

func noRoute(r *http.Request) *Problem {
	p := newProblem(fault.NotFound, "There is nothing at this address: /docs lists what there is.")
	return p.answering(callOf(r.Context()))
}

func noMethod(r *http.Request) *Problem {
	return newRefusal(http.StatusMethodNotAllowed).answering(callOf(r.Context()))
}

// writeProblem answers with a problem outside of an operation.
func writeProblem(w http.ResponseWriter, _ *http.Request, p *Problem) {
	for name, values := range p.headers {
		w.Header()[name] = values
	}
	writeProblemTo(w, func(contentType string) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(p.Status)
	}, p)
}

// writeProblemTo writes the problem after head has set type and status. A client that is gone is no concern of ours.
func writeProblemTo(w io.Writer, head func(contentType string), p *Problem) {
	body, err := json.Marshal(p)
	if err != nil { // strings and numbers alone: cannot fail
		body = []byte(`{}`)
	}
	head(problemType)
	_, _ = w.Write(append(body, '\n'))
}
