package api

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed" // the page and its style are part of the program: it needs no internet to explain itself
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"rabta/seed"
)

//go:embed docs.html
var docsPage string

//go:embed docs.css
var docsStyle string

// registerPages adds the document and the page made from it. Both are made once: the operations do not change while we run. The
// page waits for its first reader, since it asks the service for values.
func (s *server) registerPages() {
	addExamples(s.api.OpenAPI())
	promiseHeaders(s.api.OpenAPI())
	document, err := json.Marshal(s.api.OpenAPI())
	if err != nil {
		panic(fmt.Sprintf("api: the document cannot be written: %v", err))
	}
	s.page("openapi", "/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Header().Set("Cache-Control", referenceCaching)
		_, _ = w.Write(s.withDates(document)) // a client that is gone is no concern of ours
	})
	page := sync.OnceValue(func() []byte { return renderDocs(s.api.OpenAPI(), s.service.Reference()) })
	hash := sha256.Sum256([]byte(docsStyle))
	csp := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	s.page("docs", "/docs", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", referenceCaching)
		w.Header().Set("Content-Security-Policy", csp)
		_, _ = w.Write(bytes.ReplaceAll(s.withDates(page()), []byte(pageAddress), []byte(addressOf(r))))
	})
	s.page("docs", "/docs/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/docs", http.StatusMovedPermanently)
	})
	s.page("home", "/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/docs", http.StatusFound) })
}

// docs is what the page shows.
type docs struct {
	Title, Version, Description string
	Style                       template.CSS
	Groups                      []docsGroup
	Schemas                     []docsSchema
	Values                      []docsValues
	Needs                       []docsNeed
}

type docsGroup struct {
	Name       string
	Operations []docsOperation
}

type docsOperation struct {
	ID, Method, Path, Summary, Description, Callers, Curl string
	Parameters                                            []docsField
	Body, Answer                                          string // names of schemas
	Responses                                             []docsResponse
}

type docsResponse struct{ Status, Meaning string }

type docsField struct {
	Name, In, Kind, Meaning string
	Required                bool
	Schema                  string
}

type docsSchema struct {
	Name   string
	Fields []docsField
}

// groupOrder is the order in which a reader meets the groups.
var groupOrder = []string{"Postings", "Graduates", "Applications", "Personal data", "Employers", "Institutes", "Imports", "Exports", "Gaps", "Trades", "Places", "Operation"}

// renderDocs makes the page from the document. It panics when the template does not fit: a fault of the program.
func renderDocs(document *huma.OpenAPI, reference *seed.Reference) []byte {
	content := docs{Title: document.Info.Title, Version: document.Info.Version, Description: document.Info.Description,
		Style:  template.CSS(docsStyle), // our own file, embedded
		Values: listValues(reference), Needs: needAnswers}
	groups := map[string][]docsOperation{}
	for path, item := range document.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op != nil {
				groups[op.Tags[0]] = append(groups[op.Tags[0]], describeOperation(path, op))
			}
		}
	}
	for _, name := range groupOrder {
		slices.SortFunc(groups[name], func(a, b docsOperation) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
		})
		content.Groups = append(content.Groups, docsGroup{Name: name, Operations: groups[name]})
	}
	for name, schema := range document.Components.Schemas.Map() {
		content.Schemas = append(content.Schemas, docsSchema{Name: name, Fields: describeFields(schema)})
	}
	slices.SortFunc(content.Schemas, func(a, b docsSchema) int { return cmp.Compare(a.Name, b.Name) })
	var page bytes.Buffer
	if err := template.Must(template.New("docs").Parse(docsPage)).Execute(&page, content); err != nil {
		panic(fmt.Sprintf("api: the page of documentation cannot be made: %v", err))
	}
	return page.Bytes()
}

func describeOperation(path string, op *huma.Operation) docsOperation {
	callers, _ := op.Extensions["x-rabta-callers"].(string)
	d := docsOperation{ID: op.OperationID, Method: op.Method, Path: path, Summary: op.Summary, Description: op.Description,
		Callers: callers, Curl: curl(path, op)}
	for _, p := range op.Parameters {
		field := docsField{Name: p.Name, In: p.In, Required: p.Required, Meaning: p.Description}
		if p.Schema != nil {
			field.Kind = kindOf(p.Schema)
		}
		d.Parameters = append(d.Parameters, field)
	}
	if op.RequestBody != nil {
		d.Body = schemaOf(op.RequestBody.Content)
	}
	var codes []string
	for code := range op.Responses {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	for _, code := range codes {
		if code < "300" {
			d.Answer = schemaOf(op.Responses[code].Content)
		}
		d.Responses = append(d.Responses, docsResponse{Status: code, Meaning: op.Responses[code].Description})
	}
	return d
}

func schemaOf(content map[string]*huma.MediaType) string {
	for _, media := range content {
		if media.Schema != nil {
			return schemaRef(media.Schema)
		}
	}
	return ""
}

func schemaRef(s *huma.Schema) string {
	if s.Items != nil {
		return schemaRef(s.Items)
	}
	if extra, ok := s.AdditionalProperties.(*huma.Schema); ok {
		return schemaRef(extra)
	}
	return strings.TrimPrefix(s.Ref, "#/components/schemas/")
}

func describeFields(s *huma.Schema) []docsField {
	var fields []docsField
	for name, property := range s.Properties {
		fields = append(fields, docsField{Name: name, Kind: kindOf(property), Meaning: property.Description,
			Required: slices.Contains(s.Required, name), Schema: schemaRef(property)})
	}
	slices.SortFunc(fields, func(a, b docsField) int { return cmp.Compare(a.Name, b.Name) })
	return fields
}

// kindOf says in words what a schema takes.
func kindOf(s *huma.Schema) string {
	kind := s.Type
	switch {
	case s.Ref != "":
		kind = schemaRef(s)
	case s.Type == huma.TypeArray && s.Items != nil:
		kind = "list of " + kindOf(s.Items)
	case s.Type == huma.TypeObject && schemaRef(s) != "":
		kind = "by name, " + schemaRef(s)
	case s.Format == "date-time":
		kind = "time"
	}
	var limits []string
	for _, v := range s.Enum {
		limits = append(limits, fmt.Sprint(v))
	}
	if s.Minimum != nil {
		limits = append(limits, "from "+plainNumber(*s.Minimum))
	}
	if s.Maximum != nil {
		limits = append(limits, "to "+plainNumber(*s.Maximum))
	}
	if s.MaxLength != nil {
		limits = append(limits, fmt.Sprintf("at most %d characters", *s.MaxLength))
	}
	if s.Default != nil {
		limits = append(limits, fmt.Sprintf("%v when left out", s.Default))
	}
	if len(limits) == 0 {
		return kind
	}
	return kind + " (" + strings.Join(limits, ", ") + ")"
}

// curl gives an example that can be tried against a node of one's own.
func curl(path string, op *huma.Operation) string {
	var b strings.Builder
	b.WriteString("curl")
	if op.Method != http.MethodGet {
		b.WriteString(" -X " + op.Method)
	}
	if len(op.Security) > 0 && len(op.Security[0]) > 0 {
		b.WriteString(" -H 'Authorization: Bearer TOKEN'")
	}
	var query []string
	for _, p := range op.Parameters {
		switch {
		case p.In == "path" && p.Schema != nil && len(p.Schema.Examples) > 0:
			path = strings.Replace(path, "{"+p.Name+"}", fmt.Sprint(p.Schema.Examples[0]), 1)
		case p.In == "header" && p.Name == "If-Match":
			b.WriteString(` -H 'If-Match: "v3"'`)
		case p.In == "query" && p.Schema != nil && len(p.Schema.Examples) > 0:
			query = append(query, p.Name+"="+strings.ReplaceAll(fmt.Sprint(p.Schema.Examples[0]), " ", "+"))
		}
	}
	if op.RequestBody != nil && op.RequestBody.Content["application/octet-stream"] != nil {
		b.WriteString(" -H 'Content-Type: text/csv' --data-binary @FILE.csv")
	}
	if body := bodyExamples[op.OperationID]; body != "" {
		b.WriteString(" -H 'Content-Type: application/json' -d '" + body + "'")
	}
	b.WriteString(" '" + pageAddress + path)
	if len(query) > 0 {
		b.WriteString("?" + strings.Join(query, "&"))
	}
	return b.String() + "'"
}
