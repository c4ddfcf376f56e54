package api

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/store"
)

// A client that lost an answer cannot know whether its change was made. With an Idempotency-Key it sends the same request again: the
// change is made once, and the answer is made again from the record as it is now, with the status, id and ETag of the first.

const (
	keyHeader      = "Idempotency-Key"
	replayedHeader = "Idempotent-Replayed"
	longestKey     = 200 // characters
)

// repeatable is an answer to a changing request that can be made again. register panics for one that cannot.
type repeatable interface {
	// about gives the prefix of the ids of the record that is shown; empty when none is.
	about() string

	// again fills in what was answered before, with the record as it is now; fault.NotFound when it is gone or the caller may not see it.
	again(ctx context.Context, s *server, r *store.Reply) error
}

// sent is a changing request under an Idempotency-Key.
type sent struct {
	key     string
	request hash.Hash // of path, query and as much of the body as was read
}

// noteKey takes the Idempotency-Key of a changing request, and sees to it that its body is summed while it is read.
func (s *server) noteKey(ctx huma.Context, next func(huma.Context)) {
	r := humagin.Unwrap(ctx).Request
	keys := r.Header.Values(keyHeader)
	if len(keys) == 0 || ctx.Operation().Method == http.MethodGet {
		next(ctx)
		return
	}
	if len(keys) > 1 || !soundKey(keys[0]) {
		s.refuse(ctx, &fault.Error{Kind: fault.Malformed, Op: "api.noteKey", Field: keyHeader,
			Message:   "Send one Idempotency-Key of 1 to 200 visible ASCII characters, such as a random UUID, or none.",
			MessageUr: "ایک Idempotency-Key بھیجیں جس میں 1 سے 200 تک انگریزی حروف یا ہندسے ہوں، یا کوئی نہ بھیجیں۔"})
		return
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q\n", r.URL.EscapedPath(), r.URL.RawQuery) // a hash takes everything
	r.Body = &summedBody{ReadCloser: r.Body, sum: sum}
	callOf(ctx.Context()).sent = &sent{key: keys[0], request: sum}
	next(ctx)
}

func soundKey(key string) bool {
	for i := range len(key) {
		if key[i] <= ' ' || key[i] > '~' {
			return false
		}
	}
	return key != "" && len(key) <= longestKey
}

// summedBody sums what is read of it.
type summedBody struct {
	io.ReadCloser
	sum hash.Hash
}

// Read reads and sums.
func (b *summedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.sum.Write(p[:n])
	return n, err
}

// attempt does an operation, once if its request bears an Idempotency-Key.
func attempt[I, O any](ctx context.Context, s *server, op operation, in *I, do func(context.Context, *I) (*O, error)) (*O, error) {
	c := callOf(ctx)
	if c.sent == nil {
		return do(ctx, in)
	}
	var out *O
	before := new(O)
	shown, _ := any(before).(repeatable) // register has seen to it that it is one
	reply, err := s.service.Attempt(ctx, node.Attempt{Subject: c.caller.name(), Operation: op.id, Key: c.sent.key,
		Request: c.sent.request.Sum(nil), Status: op.success(), About: shown.about()}, func(ctx context.Context) (err error) {
		out, err = do(ctx, in)
		return err
	})
	if err != nil || reply == nil {
		return out, err
	}
	err = shown.again(ctx, s, reply)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil, goneSince()
	}
	return before, err
}

// name tells whose keys are whose: two tokens of one subject share them, so that a retry may come by either.
func (c caller) name() string {
	if c.subject == "" {
		return string(c.role) + " " + c.token
	}
	return string(c.role) + ":" + string(c.subject)
}

// goneSince answers a request that was done, of whose record nothing can be shown any more.
func goneSince() error {
	return &fault.Error{Kind: fault.NotFound, Op: "api.again",
		Message:   "This request was carried out when it was first sent. Its record has been deleted since, or you may no longer see it.",
		MessageUr: "یہ درخواست پہلی بار ہی پوری ہو چکی تھی۔ اس کا ریکارڈ اب موجود نہیں، یا آپ اسے نہیں دیکھ سکتے۔"}
}

// mayStillSee checks that the caller may see a record as it is now: it is as it was answered, or the operation that reads it would
// show all of it. Else who may write and not read would learn by trying again what others wrote.
func mayStillSee(ctx context.Context, reads string, of subjects, version int64, r *store.Reply) error {
	by := mustHaveRule(reads).admits(callOf(ctx).caller, of)
	if version == r.Version || by != 0 && by != shown {
		return nil
	}
	return goneSince()
}

// Replayed marks an answer that was made again.
type Replayed struct {
	Replayed string `header:"Idempotent-Replayed" enum:"true" doc:"Sent when this request had been done before under its Idempotency-Key: status, Location, ETag and Rabta-Position are those of then, the body is the record as it is now"`
}

// headersAgain gives the headers of a write as they were.
func (s *server) headersAgain(ctx context.Context, r *store.Reply) (Written, error) {
	headers, err := s.writtenAt(ctx, r.Version, r.Position)
	headers.Replayed.Replayed = "true"
	return headers, err
}
