package api

import (
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"pgregory.net/rapid"
)

// TestPlainQueriesAreReadable: what is let through without being taken apart is a query that is right when it is.
func TestPlainQueriesAreReadable(t *testing.T) {
	op := &huma.Operation{Parameters: []*huma.Param{{In: "query", Name: "within"}, {In: "query", Name: "lang"}, {In: "path", Name: "id"}}}
	for raw, plain := range map[string]bool{"within=25km": true, "within=25km&lang=ur": true, "within": true, "within=a=b": true, "lang=ur&lang=en": false, "id=1": false,
		"within=%32": false, "within=1+2": false, "within=1;lang=ur": false, "within=پانچ": false, "=1": false, "within=1&&lang=ur": false, "other=1": false} {
		if got := plainQuery(raw, op); got != plain {
			t.Errorf("%q is plain: %v", raw, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.StringOf(rapid.SampledFrom([]rune("within=lang&;%+2 \x00é"))).Draw(t, "raw")
		if raw == "" || !plainQuery(raw, op) {
			return
		}
		if err := takenApart(raw, op); err != nil {
			t.Fatalf("%q is let through, and %v", raw, err)
		}
	})
}
