package api

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rabta/matching"
)

// paths is as much of an OpenAPI document as these tests read.
type paths struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]struct {
		OperationID string              `json:"operationId"`
		Responses   map[string]response `json:"responses"`
		Parameters  []struct {
			Name, In string
			Required bool
		} `json:"parameters"`
		RequestBody *struct {
			Content map[string]media `json:"content"`
		} `json:"requestBody"`
		Security []map[string][]string `json:"security"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]schema `json:"schemas"`
	} `json:"components"`
}

type response struct {
	Description string           `json:"description"`
	Content     map[string]media `json:"content"`
}

type media struct {
	Schema schema `json:"schema"`
}

type schema struct {
	Ref        string            `json:"$ref"`
	Properties map[string]schema `json:"properties"`
	Enum       []string          `json:"enum"`
}

func documentOf(t testing.TB, w *world) paths {
	t.Helper()
	var document paths
	answer := w.ask("GET", "/openapi.json", "", "")
	if err := json.Unmarshal(answer.Body.Bytes(), &document); err != nil {
		t.Fatalf("the document cannot be read: %v", err)
	}
	return document
}

// TestTheDocumentIsWhole checks what a reader of the document relies on.
func TestTheDocumentIsWhole(t *testing.T) {
	w := newWorld(t)
	raw := w.ask("GET", "/openapi.json", "", "").Body.String()
	document := documentOf(t, w)
	if document.OpenAPI != "3.1.0" || strings.Contains(raw, "$schema") {
		t.Errorf("version %s, $schema %v", document.OpenAPI, strings.Contains(raw, "$schema"))
	}
	for _, ref := range regexp.MustCompile(`"#/components/schemas/([^"]+)"`).FindAllStringSubmatch(raw, -1) {
		if _, ok := document.Components.Schemas[ref[1]]; !ok {
			t.Errorf("the document refers to %s, which it does not have", ref[1])
		}
	}
	seen := map[string]bool{}
	for path, item := range document.Paths {
		for method, op := range item {
			if op.OperationID == "" || seen[op.OperationID] {
				t.Errorf("%s %s: the id %q is empty or taken", method, path, op.OperationID)
			}
			seen[op.OperationID] = true
			success := 0
			for code, r := range op.Responses {
				problem := r.Content["application/problem+json"].Schema.Ref == "#/components/schemas/Problem"
				if r.Description == "" || code >= "400" && !problem {
					t.Errorf("%s: status %s has no description or no problem document", op.OperationID, code)
				}
				if code < "300" {
					success++
				}
			}
			if success != 1 || op.Responses["500"].Description == "" || op.Responses["401"].Description == "" {
				t.Errorf("%s: successes %d, or 401 or 500 not documented", op.OperationID, success)
			}
			for _, name := range regexp.MustCompile(`\{([^}]+)\}`).FindAllStringSubmatch(path, -1) {
				if !slices.ContainsFunc(op.Parameters, func(p struct {
					Name, In string
					Required bool
				}) bool {
					return p.Name == name[1] && p.In == "path" && p.Required
				}) {
					t.Errorf("%s: the path parameter %s is not described", op.OperationID, name[1])
				}
			}
			if (method == "put" || method == "post" && !strings.HasSuffix(path, "/close")) && op.RequestBody == nil {
				t.Errorf("%s: no body is described", op.OperationID)
			}
			if len(op.Security) == 0 {
				t.Errorf("%s: it is not said whether a token is needed", op.OperationID)
			}
		}
	}
}

// TestEnumerationsFollowTheRecords checks that what the document allows is what the records know.
func TestEnumerationsFollowTheRecords(t *testing.T) {
	w := newWorld(t)
	schemas := documentOf(t, w).Components.Schemas
	same := func(schema, field string, want []string) {
		got := slices.Sorted(slices.Values(schemas[schema].Properties[field].Enum))
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s.%s allows %v, the record %v", schema, field, got, want)
		}
	}
	same("PostingInput", "kind", texts(matching.Kinds[:]))
	same("PostingInput", "workplace", texts(matching.Workplaces[:]))
	same("PostingInput", "status", texts(matching.PostingStatuses[:]))
	same("PostingInput", "shift", texts(matching.Shifts[:]))
	same("ConditionInput", "by", texts(matching.ConditionSources[:]))
	same("GraduateInput", "status", texts(matching.GraduateStatuses[:]))
	same("TradeHeldInput", "learnt", texts(matching.LearntWays[:]))
	same("EmployerInput", "kind", texts(matching.EmployerKinds[:]))
}

func texts[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return list
}

// TestTheDocsStandAlone checks that the page names every operation and takes nothing from elsewhere.
func TestTheDocsStandAlone(t *testing.T) {
	w := newWorld(t)
	answer := w.ask("GET", "/docs", "", "")
	page := answer.Body.String()
	for operation := range mayCall {
		if _, isPage := map[string]bool{"metrics": true, "openapi": true, "docs": true, "home": true}[operation]; !isPage && !strings.Contains(page, `id="`+operation+`"`) {
			t.Errorf("the page says nothing of %s", operation)
		}
	}
	if strings.Contains(page, "<script") || regexp.MustCompile(`(src|href)="https?:`).MatchString(page) {
		t.Error("the page loads something from elsewhere")
	}
	if !strings.Contains(page, "curl") || !strings.Contains(answer.Header().Get("Content-Security-Policy"), "default-src 'none'; style-src 'sha256-") {
		t.Errorf("no example or no policy for content: %v", answer.Header())
	}
	if home := w.ask("GET", "/", "", ""); home.Code != 302 || home.Header().Get("Location") != "/docs" {
		t.Errorf("/ answers %d to %q", home.Code, home.Header().Get("Location"))
	}
}
