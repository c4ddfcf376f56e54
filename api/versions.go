package api

import (
	"context"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"rabta/internal/fault"
	"rabta/store"
)

// positionHeader carries a place in the journal as EPOCH:POSITION: from a write to its writer, and from a reader who wants to
// see no less.
const positionHeader = "Rabta-Position"

// Precondition is the version that a change was made from.
type Precondition struct {
	IfMatch string `header:"If-Match" example:"\"v3\"" doc:"The ETag of the record as it was read: a change of an older version is refused"`
}

// version reads the header. Without it a change is refused, since it could undo another's.
func (m Precondition) version() (int64, error) {
	const op = "api.version"
	if m.IfMatch == "" {
		return 0, &fault.Error{Kind: fault.NoPrecondition, Op: op, Field: "If-Match",
			Message:   "A change needs the header If-Match with the ETag of the record as you read it, such as \"v3\".",
			MessageUr: "تبدیلی کے لیے If-Match ہیڈر میں ریکارڈ کا ETag بھیجیں، جیسے \"v3\"۔"}
	}
	digits, ok := strings.CutPrefix(m.IfMatch, `"v`)
	digits, closed := strings.CutSuffix(digits, `"`)
	version, err := strconv.ParseInt(digits, 10, 64)
	if !ok || !closed || err != nil || version < 1 {
		return 0, &fault.Error{Kind: fault.Malformed, Op: op, Field: "If-Match",
			Message: "If-Match cannot be read: send one ETag as the record's answer gave it, such as \"v3\"."}
	}
	return version, nil
}

// etag gives the entity tag of a version.
func etag(version int64) string { return `"v` + strconv.FormatInt(version, 10) + `"` }

// Written are the headers of an answer to a write.
type Written struct {
	Replayed
	ETag     string `header:"ETag" doc:"The version, for If-Match"`
	Position string `header:"Rabta-Position" doc:"Where the journal stands: send it with a read that must see this write"`
}

// writtenAt makes them.
func (s *server) writtenAt(ctx context.Context, version int64, position store.Position) (Written, error) {
	text, err := s.positionText(ctx, position)
	if err != nil {
		return Written{}, err
	}
	return Written{ETag: etag(version), Position: text}, nil
}

func (s *server) positionText(ctx context.Context, position store.Position) (string, error) {
	head, err := s.service.Head(ctx)
	if err != nil {
		return "", fault.Wrap("api.position", err)
	}
	return string(head.Epoch) + ":" + strconv.FormatUint(uint64(position), 10), nil
}

// waitForPosition holds a request back until the node has reached the position that it carries.
func (s *server) waitForPosition(ctx huma.Context, next func(huma.Context)) {
	text := ctx.Header(positionHeader)
	if text == "" {
		next(ctx)
		return
	}
	if err := s.reach(ctx.Context(), text); err != nil {
		s.refuse(ctx, err)
		return
	}
	next(ctx)
}

func (s *server) reach(ctx context.Context, text string) error {
	const op = "api.reach"
	colon := strings.LastIndexByte(text, ':')
	if colon < 1 {
		return unreadablePosition()
	}
	position, err := strconv.ParseUint(text[colon+1:], 10, 64)
	if err != nil {
		return unreadablePosition()
	}
	head, err := s.service.Head(ctx)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if string(head.Epoch) != text[:colon] {
		return &fault.Error{Kind: fault.Conflict, Op: op, Field: positionHeader,
			Message: "This position is of an earlier life of the store, which was restored or copied since: ask again without it."}
	}
	return fault.Wrap(op, s.service.WaitFor(ctx, store.Position(position)))
}

func unreadablePosition() error {
	return &fault.Error{Kind: fault.Malformed, Op: "api.reach", Field: positionHeader,
		Message: "This position cannot be read: send it as a write answered it, such as EPOCH:42, or leave it out."}
}
