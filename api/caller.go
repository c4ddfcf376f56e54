package api

import (
	"context"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
)

// call is what is known of one request from its arrival to its log line. It belongs to the goroutine of the request.
type call struct {
	id        string
	operation string // id of the operation; empty until it is known
	language  node.Language
	caller    caller
	rule      rule
	sent      *sent  // nil without an Idempotency-Key
	checked   func() // gives back the place of a large body once it is taken apart; nil: it has none
}

type callKey struct{}

// callOf gives the call that a context belongs to. A context from elsewhere has an empty one, which may do nothing.
func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{caller: caller{role: Nobody}}
}

// longestSecret bounds what is read of a token; ours are far shorter.
const longestSecret = 256

// identify names the operation and finds who calls. A token that was sent and is not known is refused even where none is needed,
// so that a caller does not take the public view for his own.
func (s *server) identify(ctx huma.Context, next func(huma.Context)) {
	c := callOf(ctx.Context())
	c.operation = ctx.Operation().OperationID
	c.rule = mustHaveRule(c.operation)
	// We answer in JSON whatever is asked for: huma would take a name of its own for a media type.
	humagin.Unwrap(ctx).Request.Header.Del("Accept")
	header := ctx.Header("Authorization")
	if header == "" {
		next(ctx)
		return
	}
	scheme, secret, _ := strings.Cut(header, " ")
	secret = strings.TrimSpace(secret)
	if !strings.EqualFold(scheme, "Bearer") || secret == "" || len(secret) > longestSecret {
		s.refuse(ctx, fault.New(fault.Unauthenticated, "api.identify",
			"The Authorization header cannot be read: send \"Bearer\", a space and the token."))
		return
	}
	token, err := s.service.Token(ctx.Context(), secret)
	if kind := fault.KindOf(err); err != nil && (kind == fault.NotFound || kind == fault.Unauthenticated) {
		s.refuse(ctx, s.refuseToken(humagin.Unwrap(ctx).Request))
		return
	}
	if err != nil {
		s.refuse(ctx, err)
		return
	}
	if !token.Expires.IsZero() && !token.Expires.After(s.now()) {
		s.refuse(ctx, s.refuseToken(humagin.Unwrap(ctx).Request))
		return
	}
	c.caller = caller{role: Role(token.Role), subject: token.Subject, token: token.ID}
	next(ctx)
}

func unknownToken() error {
	return &fault.Error{Kind: fault.Unauthenticated, Op: "api.identify",
		Message:   "This token is not known or has expired: ask for a new one.",
		MessageUr: "یہ ٹوکن معلوم نہیں یا اس کی میعاد ختم ہو چکی ہے: نیا ٹوکن لیں۔"}
}

// authorize refuses a role that may not call the operation at all. Which records it may see is for the operation (permit).
func (s *server) authorize(ctx huma.Context, next func(huma.Context)) {
	c := callOf(ctx.Context())
	switch {
	case c.rule.of(c.caller.role) != 0:
		next(ctx)
	case c.caller.role == Nobody:
		s.refuse(ctx, &fault.Error{Kind: fault.Unauthenticated, Op: "api.authorize",
			Message:   "This needs a token: send it as \"Authorization: Bearer TOKEN\".",
			MessageUr: "اس کے لیے ٹوکن درکار ہے: اسے یوں بھیجیں: \"Authorization: Bearer TOKEN\"۔"})
	default:
		s.refuse(ctx, &fault.Error{Kind: fault.Forbidden, Op: "api.authorize",
			Message:   "The role of this token may not do this. /docs says who may.",
			MessageUr: "اس ٹوکن کو اس کام کی اجازت نہیں۔"})
	}
}

// permit tells by which scope the caller may go on with a record, and answers as if there were none when he may not.
func permit(ctx context.Context, of subjects) (scope, error) {
	c := callOf(ctx)
	if by := c.rule.admits(c.caller, of); by != 0 {
		return by, nil
	}
	return 0, notFound()
}

// notFound is the one answer to a record that is missing and to one that the caller may not see.
func notFound() error {
	return &fault.Error{Kind: fault.NotFound, Op: "api.permit", Message: "There is no such record, or none that you may see.",
		MessageUr: "ایسا کوئی ریکارڈ نہیں، یا آپ اسے دیکھ نہیں سکتے۔"}
}

// identifier checks the form of an id in a path: what cannot be an id is a record that does not exist.
func identifier(text, prefix string) (matching.ID, error) {
	if id := matching.ID(text); id.Is(prefix) {
		return id, nil
	}
	return "", notFound()
}

// refuse ends a request in a middleware.
func (s *server) refuse(ctx huma.Context, err error) {
	c := callOf(ctx.Context())
	p := s.problem(c, err)
	for name, values := range p.GetHeaders() {
		for _, v := range values {
			ctx.SetHeader(name, v)
		}
	}
	writeProblemTo(ctx.BodyWriter(), func(contentType string) {
		ctx.SetHeader("Content-Type", contentType)
		ctx.SetStatus(p.Status)
	}, p)
}

// oneNotFound makes a missing record answer as one that the caller may not see does, word for word.
func oneNotFound(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return notFound()
	}
	return err
}
