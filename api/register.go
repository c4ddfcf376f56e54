package api

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"rabta/internal/sheet"
)

// operation is what is said of an operation where it is registered; the rest of its description follows from it.
type operation struct {
	id, method, path string
	tag              string // of the group in /docs
	summary          string
	description      string
	status           int           // of success; 0: 200
	costly           bool          // it reads or writes much: fewer at once, and less often
	body             int64         // the largest body in bytes; 0: largestBody
	time             time.Duration // for the whole of it; 0: that of the limits
	unchanged        bool          // it may answer 304
	streams          []string      // media types of an answer that is sent as it comes, and is no JSON of the document
	streamed         reflect.Type  // of what is sent as JSON beside them; nil: nothing is
	mapped           reflect.Type  // of what is sent as GeoJSON beside them; nil: nothing is
	resident         bool          // answered from memory, also while the store keeps others waiting
	audited          bool          // reading it writes too, the audit log or what was used up, which a full disk refuses
}

// register adds an operation to the API: its policy, the answers that it can give, and the way its errors take.
func register[I, O any](s *server, op operation, do func(context.Context, *I) (*O, error)) {
	r := mustHaveRule(op.id)
	mustRepeat(op, new(O))
	h := huma.Operation{
		OperationID: op.id, Method: op.method, Path: op.path, Summary: op.summary, Description: op.description,
		Tags: []string{op.tag}, DefaultStatus: op.status, MaxBodyBytes: op.largest(), BodyReadTimeout: max(op.time, s.limits.Body),
		Errors:     failures(op, r),
		Security:   []map[string][]string{{"token": {}}},
		Parameters: sharedParameters(op),
		Extensions: map[string]any{"x-rabta-callers": r.describe()},
		Metadata:   map[string]any{operationData: op},
	}
	if len(op.streams) > 0 {
		content := map[string]*huma.MediaType{}
		for _, kind := range op.streams {
			content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		}
		for kind, of := range map[string]reflect.Type{sheet.ContentType(sheet.JSON): op.streamed, sheet.ContentType(sheet.GeoJSON): op.mapped} {
			if of != nil {
				content[kind] = &huma.MediaType{Schema: s.api.OpenAPI().Components.Schemas.Schema(of, true, "")}
			}
		}
		h.Responses = map[string]*huma.Response{strconv.Itoa(op.success()): {Description: http.StatusText(op.success()), Content: content}}
		if op.unchanged {
			h.Responses[strconv.Itoa(http.StatusNotModified)] = &huma.Response{Description: http.StatusText(http.StatusNotModified)}
		}
	}
	if r[Nobody] != 0 {
		h.Security = append([]map[string][]string{{}}, h.Security...)
	}
	huma.Register(s.api, h, func(ctx context.Context, in *I) (*O, error) {
		if c := callOf(ctx); c.checked != nil {
			c.checked()
		}
		leave, err := s.enter(ctx, op, op.method == http.MethodGet)
		if err != nil {
			return nil, s.problem(callOf(ctx), err)
		}
		defer leave()
		out, err := attempt(ctx, s, op, in, do)
		if err != nil {
			return nil, s.problem(callOf(ctx), err)
		}
		return out, nil
	})
}

// mustRepeat panics when an operation changes something and its answer cannot be made again.
func mustRepeat(op operation, answer any) {
	if _, ok := answer.(repeatable); !ok && op.method != http.MethodGet {
		panic(fmt.Sprintf("api: the answer of %q must be repeatable: give %T the methods about and again", op.id, answer))
	}
}

// success gives the status of an answer that is no failure.
func (op operation) success() int {
	if op.status == 0 {
		return http.StatusOK
	}
	return op.status
}

// page adds what is no operation of the document: a page, a metric. It too has its row in the policy.
func (s *server) page(id, route string, do http.HandlerFunc) {
	mustHaveRule(id)
	s.engine.GET(route, func(c *gin.Context) {
		here := callOf(c.Request.Context())
		here.operation = id
		if err := s.rateOf(c.Request, here, false); err != nil {
			writeProblem(c.Writer, c.Request, s.problem(here, err))
			return
		}
		do(c.Writer, c.Request)
	})
}

// largestBody is more than the largest record that anybody sends: 50 trades with all their skills in a script of three bytes a letter.
const largestBody = 256 << 10

func (op operation) largest() int64 {
	if op.body > 0 {
		return op.body
	}
	return largestBody
}

// operationData is under which name huma keeps our description of an operation.
const operationData = "rabta"

// operationOf gives what was registered.
func operationOf(h *huma.Operation) operation {
	op, _ := h.Metadata[operationData].(operation)
	return op
}

// fileTime is how long the body of a file may take to come, streamTime how long an answer may take that is all of a table.
const (
	fileTime   = 60 * time.Second
	streamTime = 10 * time.Minute
)

// changes tells whether an operation alters a record that is there, and so needs If-Match.
func (op operation) changes() bool {
	return op.method == http.MethodPut || op.method == http.MethodDelete || strings.HasSuffix(op.path, "/close") || strings.HasSuffix(op.path, "/steps")
}

// failures lists the statuses by which an operation can fail.
func failures(op operation, r rule) []int {
	codes := []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusConflict, http.StatusUnprocessableEntity,
		http.StatusTooManyRequests, http.StatusRequestHeaderFieldsTooLarge, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if r[Nobody] == 0 {
		codes = append(codes, http.StatusForbidden)
	}
	if strings.Contains(op.path, "{") || op.method == http.MethodPost {
		codes = append(codes, http.StatusNotFound)
	}
	if op.method != http.MethodGet {
		codes = append(codes, http.StatusForbidden, http.StatusUnsupportedMediaType)
	}
	if op.method != http.MethodGet || op.audited {
		codes = append(codes, http.StatusInsufficientStorage)
	}
	if op.method == http.MethodPost || op.method == http.MethodPut {
		codes = append(codes, http.StatusRequestTimeout, http.StatusRequestEntityTooLarge)
	}
	if op.changes() {
		codes = append(codes, http.StatusPreconditionFailed, http.StatusPreconditionRequired)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// sharedParameters are headers that middleware reads for every operation.
func sharedParameters(op operation) []*huma.Param {
	text := &huma.Schema{Type: huma.TypeString}
	parameters := []*huma.Param{{Name: "Accept-Language", In: "header", Schema: text,
		Description: "Urdu (ur) gives problems in Urdu where there is a text"}}
	if op.method == http.MethodGet {
		parameters = append(parameters, &huma.Param{Name: positionHeader, In: "header", Schema: text,
			Description: "A position that a write answered with: the answer waits until the node has reached it, at most 2 s"})
	}
	if op.method != http.MethodGet {
		shortest, longest := 1, longestKey
		parameters = append(parameters, &huma.Param{Name: keyHeader, In: "header",
			Schema:      &huma.Schema{Type: huma.TypeString, MinLength: &shortest, MaxLength: &longest, Pattern: "^[!-~]+$"},
			Description: "Any text of your own, new for each change: sent again with the same request within 7 days, the change is made once and answered alike"})
	}
	return parameters
}

// schemaName names a type in the document. Names that two packages give are told apart by the package.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if name == "Names" {
		pkg := path.Base(t.PkgPath())
		return strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
	return name
}
