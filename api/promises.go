package api

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// promiseHeaders says of each answer which headers it always has, so that a client may rely on them.
func promiseHeaders(document *huma.OpenAPI) {
	for _, item := range document.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op == nil {
				continue
			}
			for status, response := range op.Responses {
				promise(status, response)
			}
		}
	}
}

func promise(status string, r *huma.Response) {
	if r.Headers == nil {
		r.Headers = map[string]*huma.Param{}
	}
	for name, header := range r.Headers {
		header.Required = name != replayedHeader
	}
	always := func(name, meaning string) {
		r.Headers[name] = &huma.Param{Description: meaning, Required: true, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	always("X-Request-Id", "The id under which the log has this request")
	switch {
	case status == "401":
		always("WWW-Authenticate", "How to send a token")
	case status == "429" || status == "503":
		always("Retry-After", "After how many seconds the same may succeed")
	}
	if strings.HasPrefix(status, "4") || strings.HasPrefix(status, "5") {
		always("Content-Language", "ur where there is a text in Urdu and the reader asked for it")
	}
}
