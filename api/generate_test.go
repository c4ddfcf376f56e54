package api

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"rabta/matching"
)

// Requests made from the served document, valid and broken, for every operation and every role. What is held against each answer: no
// failure on our side, no status that is not documented, a body that fits its schema, the headers that are promised, and nobody's
// personal data for whom they are not.
//
// 100 rounds of requestsInARound are 20,000 requests. The soak makes a million: go test ./api -run MadeFromTheDocument -rapid.checks 5000.
const requestsInARound = 200

// loadDocument reads the served document as any client's tool does.
func loadDocument(t testing.TB, w *world) *openapi3.T {
	t.Helper()
	document, err := openapi3.NewLoader().LoadFromData(w.ask("GET", "/openapi.json", "", "").Body.Bytes())
	if err != nil {
		t.Fatalf("the document cannot be loaded: %v", err)
	}
	// huma says in words, beside a pattern, what fits it.
	if err := document.Validate(context.Background(), openapi3.DisableExamplesValidation(), openapi3.AllowExtraSiblingFields("patternDescription")); err != nil {
		t.Fatalf("the document is not valid OpenAPI: %v", err)
	}
	return document
}

// described is one operation of the document, with the schemas of its answers.
type described struct {
	method, path string
	*openapi3.Operation
	schemas map[string]*jsonschema.Schema // by status and media type
}

// compile makes the schemas of answers ready, once: kin-openapi would do it for every answer.
func compile(t testing.TB, document []byte, operations []described) {
	t.Helper()
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("openapi.json", tree); err != nil {
		t.Fatal(err)
	}
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D", "+", "%2B")
	for _, op := range operations {
		for status, said := range op.Responses.Map() {
			for kind := range said.Value.Content {
				at := fmt.Sprintf("openapi.json#/paths/%s/%s/responses/%s/content/%s/schema", escape.Replace(op.path), strings.ToLower(op.method), status, escape.Replace(kind))
				if op.schemas[status+" "+kind], err = compiler.Compile(at); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// client makes requests and holds the answers against the document.
type client struct {
	w          *world
	operations []described
	ids        map[string][]string // by the first part of their path: what there is and what was made
	etags      map[string]string   // by path: as last answered
	since      string              // a mark of the feed
	keys       int
	sent       map[string]map[int]int // answers by operation and status
}

func newClient(w *world, document *openapi3.T) *client {
	head, _ := w.node.PostingSnapshot(context.Background())
	c := &client{w: w, since: head.Since, etags: map[string]string{}, sent: map[string]map[int]int{}, ids: map[string][]string{
		"postings":  {string(w.live.ID), string(w.draft.ID)},
		"graduates": {string(w.agreeing.ID), string(w.silent.ID)},
		"employers": {string(w.employerA.ID), string(w.employerB.ID)}, "institutes": {string(w.instituteA.ID), string(w.instituteB.ID)},
		"trades": {"electrician", "mason", "tailor"}, "places": {w.node.FindPlaces("Lahore", 1)[0].Place.ID},
		"duplicates": strings.Split(w.pair(), "/"), "imports": {string(w.imported())}}}
	for path, item := range document.Paths.Map() {
		for method, op := range item.Operations() {
			c.operations = append(c.operations, described{method, path, op, map[string]*jsonschema.Schema{}})
		}
	}
	slices.SortFunc(c.operations, func(a, b described) int { return strings.Compare(a.OperationID, b.OperationID) })
	return c
}

// request is what is sent.
type request struct {
	op           described
	actor        string
	path         string // without the query
	target, body string
	headers      []string // name, value pairs
}

// roundsInAWorld is after how many rounds they go to a new world: what they make is never all ended, and lists of it would take ever longer.
const roundsInAWorld = 100

// TestRequestsMadeFromTheDocument sends them and checks every answer.
func TestRequestsMadeFromTheDocument(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	rounds, err := strconv.Atoi(checks.Value.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = checks.Value.Set(strconv.Itoa(rounds)) }() // as it was
	sent := map[string]map[int]int{}
	for done := 0; done < rounds; done += roundsInAWorld {
		if err := checks.Value.Set(strconv.Itoa(min(roundsInAWorld, rounds-done))); err != nil {
			t.Fatal(err)
		}
		if !t.Run(fmt.Sprintf("from %d", done*requestsInARound), func(t *testing.T) {
			w := newWorld(t)
			c := newClient(w, loadDocument(t, w))
			c.sent = sent
			compile(t, w.ask("GET", "/openapi.json", "", "").Body.Bytes(), c.operations)
			rapid.Check(t, func(t *rapid.T) {
				for range requestsInARound {
					c.check(t, c.draw(t))
				}
			})
		}) {
			return
		}
	}
	total, barren := 0, []string(nil)
	for _, operation := range slices.Sorted(maps.Keys(sent)) {
		done := 0
		for status, n := range sent[operation] {
			if total += n; status < 300 {
				done += n
			}
		}
		if done == 0 {
			barren = append(barren, operation)
		}
		t.Logf("%-18s %v", operation, sent[operation])
	}
	t.Logf("%d requests", total)
	if len(barren) > 0 && total >= 20_000 {
		t.Errorf("no request to %v succeeded", barren)
	}
}

// check sends a request and holds the answer against the document.
func (c *client) check(t *rapid.T, r request) {
	answer := c.send(r)
	text := answer.Body.String()
	fail := func(format string, args ...any) {
		t.Fatalf("%s %s by %s, headers %q, body %s\nanswers %d %s\n%s", r.op.method, r.target, r.actor, r.headers, r.body, answer.Code, text, fmt.Sprintf(format, args...))
	}
	if c.sent[r.op.OperationID] == nil {
		c.sent[r.op.OperationID] = map[int]int{}
	}
	c.sent[r.op.OperationID][answer.Code]++
	said := r.op.Responses.Value(fmt.Sprint(answer.Code))
	switch {
	case answer.Code >= 500:
		fail("a failure on our side")
	case said == nil:
		fail("this status is not documented")
	}
	for name, header := range said.Value.Headers {
		value := answer.Header().Get(name)
		if value == "" && header.Value.Required {
			fail("the header %s is promised", name)
		}
		if value != "" && header.Value.Schema != nil && header.Value.Schema.Value.Type.Is("string") {
			if err := header.Value.Schema.Value.VisitJSON(value, openapi3.EnableJSONSchema2020()); err != nil {
				fail("the header %s does not fit: %v", name, err)
			}
		}
	}
	if err := fitsSchema(said.Value, r.op.schemas[fmt.Sprint(answer.Code)+" "+answer.Header().Get("Content-Type")], answer); err != nil {
		fail("%v", err)
	}
	if told := c.tells(r, text); told != "" {
		fail("tells %s", told)
	}
	c.learn(r, answer)
}

// fitsSchema checks the type and the body of an answer.
func fitsSchema(said *openapi3.Response, schema *jsonschema.Schema, answer *httptest.ResponseRecorder) error {
	if len(said.Content) == 0 {
		if answer.Body.Len() > 0 {
			return fmt.Errorf("a body where none is documented")
		}
		return nil
	}
	if kind := answer.Header().Get("Content-Type"); said.Content[kind] == nil {
		return fmt.Errorf("the type %q is not documented", kind)
	}
	if kind := answer.Header().Get("Content-Type"); !strings.Contains(kind, "json") || strings.Contains(kind, "jsonl") {
		return nil // a table, or lines of JSON
	}
	value, err := jsonschema.UnmarshalJSON(answer.Body)
	if err != nil {
		return fmt.Errorf("no JSON: %w", err)
	}
	return schema.Validate(value)
}

// tells looks for the marked values of the world's people where they may not be. Whose they are and who may ask for them is in the table
// of roles, which tries those operations by hand.
func (c *client) tells(r request, text string) string {
	answered := mayCall[r.op.OperationID][slices.Index(actors[:], r.actor)]
	mayAsk := answered == 'y' || answered == '4' // 4 is another's record: here it may be one's own
	if self := map[string]matching.ID{"graduate-self": c.w.agreeing.ID, "graduate-other": c.w.silent.ID}[r.actor]; self != "" {
		mayAsk = mayAsk && strings.Contains(r.path, string(self))
	}
	switch r.op.OperationID {
	case "get-personal", "list-contacts", "export-graduate", "export-graduates", "get-employer", "change-employer", "create-employer":
		if mayAsk {
			return ""
		}
	}
	for _, marked := range []string{markedName, markedPhone, markedCNIC, markedRoad} {
		if strings.Contains(text, marked) {
			return marked
		}
	}
	return ""
}

// learn remembers what was made and in which version it is.
func (c *client) learn(r request, answer *httptest.ResponseRecorder) {
	if answer.Code >= 300 || answer.Header().Get("Idempotent-Replayed") != "" {
		return
	}
	path := r.path
	if place := answer.Header().Get("Location"); place != "" {
		path = place
		if noun, id, ok := strings.Cut(strings.TrimPrefix(place, "/v1/"), "/"); ok && (answer.Code == http.StatusCreated || answer.Code == http.StatusAccepted) {
			c.ids[noun] = append(c.ids[noun][max(0, len(c.ids[noun])-50):], id)
		}
	}
	if tag := answer.Header().Get("ETag"); tag != "" {
		c.etags[path] = tag
	}
}

func (c *client) send(r request) *httptest.ResponseRecorder {
	var body *strings.Reader
	sent := httptest.NewRequest(r.op.method, "/", nil)
	if r.body != "" {
		body = strings.NewReader(r.body)
		sent = httptest.NewRequest(r.op.method, "/", body)
	}
	sent.URL.Path, sent.URL.RawQuery, _ = strings.Cut(r.target, "?")
	if unescaped, err := url.PathUnescape(sent.URL.Path); err == nil {
		sent.URL.RawPath, sent.URL.Path = sent.URL.Path, unescaped
	}
	sent.RequestURI = r.target
	for i := 0; i+1 < len(r.headers); i += 2 {
		sent.Header.Add(r.headers[i], r.headers[i+1])
	}
	answer := httptest.NewRecorder()
	c.w.handler.ServeHTTP(answer, sent)
	return answer
}

// sometimes is true once in n.
func sometimes(t *rapid.T, n int, what string) bool { return rapid.IntRange(1, n).Draw(t, what) == 1 }

func one[T any](t *rapid.T, what string, of ...T) T { return rapid.SampledFrom(of).Draw(t, what) }

// draw makes a request to any operation by anybody.
func (c *client) draw(t *rapid.T) request {
	r := request{op: c.operations[rapid.IntRange(0, len(c.operations)-1).Draw(t, "operation")], actor: one(t, "actor", append(actors[:], "staff", "staff", "staff")...)}
	r.path = c.drawPath(t, r)
	r.target = r.path + c.drawQuery(t, r.op)
	if token := c.w.tokens[strings.TrimSuffix(r.actor, "-without")]; token != "" {
		r.headers = append(r.headers, "Authorization", "Bearer "+token)
	} else if sometimes(t, 20, "a broken token") {
		r.headers = append(r.headers, "Authorization", one(t, "token", "Bearer rbt_none", "Bearer", "Basic x", "Bearer \x7f"))
	}
	c.drawHeaders(t, &r)
	if r.op.RequestBody != nil || sometimes(t, 50, "a body that none asked for") {
		c.drawBody(t, &r)
	}
	return r
}

// drawPath fills in the ids: of what there is, of another kind, of nothing, of no form.
func (c *client) drawPath(t *rapid.T, r request) string {
	path := r.op.path
	for strings.Contains(path, "{") {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		noun, _, _ := strings.Cut(strings.TrimPrefix(before, "/v1/"), "/")
		have := c.ids[noun]
		if r.op.method == http.MethodDelete { // what the tokens speak for stays
			have = have[min(2, len(have)):]
		}
		id := "grd_01JD4Y6G3Q0000000000000000"
		switch {
		case len(have) > 0 && !sometimes(t, 8, "a strange id"):
			id = one(t, "id", have...)
		case !sometimes(t, 3, "an id of its form"):
			id = one(t, "no id", string(c.w.live.ID), "x", "%00", "%2e%2e", "..", "%F0%9F%92%A9", "a%2Fb", strings.Repeat("9", 300), "%ff", "electrician")
		}
		path = before + id + after
	}
	return path
}

// drawQuery gives each parameter a value of its schema or another, or leaves it out.
func (c *client) drawQuery(t *rapid.T, op described) string {
	values, point := url.Values{}, rapid.Bool().Draw(t, "a point")
	for _, p := range op.Parameters {
		name, schema := p.Value.Name, p.Value.Schema.Value
		with := p.Value.Required || (name == "lat" || name == "lon") && point
		if p.Value.In != "query" || !with && !sometimes(t, 5, "with "+name) {
			continue
		}
		text := fmt.Sprint(drawValue(t, schema, name, 0))
		if name == "since" && !sometimes(t, 3, "another mark") {
			text = c.since
		}
		if len(schema.Examples) > 0 && name != "since" && name != "lat" && name != "lon" && !sometimes(t, 3, "without the example") {
			text = fmt.Sprint(schema.Examples[0])
		}
		if sometimes(t, 15, "a broken parameter") {
			text = one(t, "broken", "", "x", "-1", "1e309", "NaN", "٣", "999999999999999999999", "'; DROP TABLE posting", "\x00", strings.Repeat("x", 5000), "بجلی", "null")
		}
		values.Add(name, text)
		if sometimes(t, 60, "twice") {
			values.Add(name, text)
		}
	}
	if sometimes(t, 60, "an unknown parameter") {
		values.Add("unknown", "1")
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

// drawHeaders adds what an operation reads, right or wrong.
func (c *client) drawHeaders(t *rapid.T, r *request) {
	add := func(name, value string) { r.headers = append(r.headers, name, value) }
	for _, p := range r.op.Parameters {
		if p.Value.In != "header" {
			continue
		}
		switch p.Value.Name {
		case "If-Match":
			at := strings.Join(strings.SplitN(r.path, "/", 5)[:min(4, strings.Count(r.path, "/")+1)], "/") // of the record: /v1/noun/id
			switch tag := c.etags[at]; {
			case sometimes(t, 15, "no version"):
			case sometimes(t, 10, "a broken version"):
				add("If-Match", one(t, "version", "*", `W/"v1"`, "v1", `"v0"`, `"v99999999999999999999"`, `"v1", "v2"`, `"v-1"`, ""))
			case tag != "" && !sometimes(t, 10, "another version"):
				add("If-Match", tag)
			default:
				add("If-Match", fmt.Sprintf(`"v%d"`, rapid.IntRange(1, 3).Draw(t, "version")))
			}
		case "Idempotency-Key":
			c.keys++
			if !sometimes(t, 4, "a key") {
				continue
			}
			add("Idempotency-Key", one(t, "which key", fmt.Sprint("key-", c.keys), "once", "again", "two words", "", strings.Repeat("k", 201)))
		case "Rabta-Position":
			if sometimes(t, 20, "a position") {
				add("Rabta-Position", one(t, "position", fmt.Sprintf("%s:1", c.epoch()), "x:1", "1", ":", c.epoch()+":x", "x:99999999999999999999"))
			}
		case "Accept-Language":
			if sometimes(t, 4, "a language") {
				add("Accept-Language", one(t, "language", "ur", "ur-PK, en;q=0.5", "roman", ";;;", "*"))
			}
		default:
			if sometimes(t, 4, "with "+p.Value.Name) {
				add(p.Value.Name, fmt.Sprint(drawValue(t, p.Value.Schema.Value, p.Value.Name, 0)))
			}
		}
	}
	if sometimes(t, 100, "a packed body") {
		add("Content-Encoding", "gzip")
	}
	if sometimes(t, 50, "a wish for a type") {
		add("Accept", one(t, "type", "text/html", "application/xml", "nonsense", "*/*"))
	}
}

func (c *client) epoch() string {
	head, err := c.w.node.Head(context.Background())
	if err != nil {
		c.w.t.Fatal(err)
	}
	return string(head.Epoch)
}

// drawBody takes the example of the operation and changes fields of it, or breaks it.
func (c *client) drawBody(t *rapid.T, r *request) {
	kind := "application/json"
	if sometimes(t, 40, "another type") {
		kind = one(t, "type", "text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data", "")
	}
	if kind != "" {
		r.headers = append(r.headers, "Content-Type", kind)
	}
	if sometimes(t, 25, "a broken body") || r.op.RequestBody == nil || r.op.RequestBody.Value.Content["application/json"] == nil {
		r.body = one(t, "broken", "", "{", "[]", "null", "1e999", `"x"`, "{}", "\xff\xfe", strings.Repeat("[", 10_000), `{"a":{"a":{"a":{}}}}`,
			`{"name":1,"name":2}`, strings.Repeat(" ", 300_000), `{"x":"`+strings.Repeat("y", 300_000)+`"}`)
		return
	}
	media := r.op.RequestBody.Value.Content["application/json"]
	body := c.filledExample(media)
	fields := media.Schema.Value.Properties
	if len(fields) == 0 {
		fields = openapi3.Schemas{}
	}
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	changes := one(t, "changes", 0, 0, 1, 1, 2, 5)
	for range changes {
		if len(names) == 0 {
			break
		}
		name := one(t, "field", names...)
		switch one(t, "change", "new", "new", "new", "drop", "null", "wrong") {
		case "new":
			body[name] = drawValue(t, fields[name].Value, name, 0)
		case "drop":
			delete(body, name)
		case "null":
			body[name] = nil
		case "wrong":
			body[name] = one[any](t, "wrong", 1, -1, 1e300, "x", "", true, []any{}, []any{nil}, map[string]any{}, map[string]any{"a": 1}, json.Number("1e999999"),
				strings.Repeat("long ", 10_000), "\u202eevil", "\x00")
		}
	}
	if sometimes(t, 30, "an unknown field") {
		body["unknown"] = "x"
	}
	text, err := json.Marshal(body)
	if err != nil {
		c.w.t.Fatal(err)
	}
	r.body = string(text)
}

// filledExample gives the document's example with ids of what there is.
func (c *client) filledExample(media *openapi3.MediaType) map[string]any {
	body := map[string]any{}
	text, err := json.Marshal(media.Example)
	if err != nil || json.Unmarshal(text, &body) != nil || body == nil {
		return map[string]any{}
	}
	for name, id := range map[string]string{"employer": string(c.w.employerA.ID), "institute": string(c.w.instituteA.ID),
		"graduate": string(c.w.agreeing.ID), "posting": string(c.w.live.ID)} {
		if _, ok := body[name].(string); ok {
			body[name] = id
		}
	}
	return body
}

// drawValue draws a value of a schema, mostly one that fits it.
func drawValue(t *rapid.T, s *openapi3.Schema, name string, depth int) any {
	switch {
	case len(s.Enum) > 0:
		return rapid.SampledFrom(s.Enum).Draw(t, name)
	case s.Type == nil || depth > 4:
		return nil
	case s.Type.Includes("object"):
		value := map[string]any{}
		for _, field := range sortedNames(s.Properties) {
			if slices.Contains(s.Required, field) || sometimes(t, 3, field) {
				value[field] = drawValue(t, s.Properties[field].Value, field, depth+1)
			}
		}
		if extra := s.AdditionalProperties.Schema; extra != nil {
			value[one(t, "name", "transport", "meals", "x")] = drawValue(t, extra.Value, name, depth+1)
		}
		return value
	case s.Type.Includes("array"):
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			list = append(list, drawValue(t, s.Items.Value, name, depth+1))
		}
		return list
	case s.Type.Includes("boolean"):
		return rapid.Bool().Draw(t, name)
	case s.Type.Includes("integer"):
		return rapid.Int64Range(int64(least(s)), int64(most(s))).Draw(t, name)
	case (name == "lat" || name == "lon") && !sometimes(t, 6, "anywhere"):
		return map[string]float64{"lat": 31.5, "lon": 74.3}[name] + rapid.Float64Range(-0.4, 0.4).Draw(t, name)
	case s.Type.Includes("number"):
		return rapid.Float64Range(least(s), most(s)).Draw(t, name)
	}
	return drawText(t, s, name)
}

func least(s *openapi3.Schema) float64 {
	if s.Min != nil {
		return *s.Min
	}
	return -1_000_000
}

func most(s *openapi3.Schema) float64 {
	if s.Max != nil {
		return *s.Max
	}
	return 1_000_000
}

// drawText draws a text: of its form, of words that the records know, or of anything.
func drawText(t *rapid.T, s *openapi3.Schema, name string) string {
	if s.Format == "date-time" {
		return one(t, name, "2026-11-22T08:00:00Z", "2026-12-22T08:00:00+05:00", "1999-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")
	}
	known := []string{"electrician", "mason", "Lahore", "25km", "bijli ka kaam", "بجلی", "plumber in Multan", "en", "0300 0000000", "35202-0000000-1",
		"matric", "motorcycle", "transport", "job", "walk", "2026-11-22", string(matching.Open)}
	text := one(t, name, known...)
	if sometimes(t, 3, "any text") {
		text = rapid.String().Draw(t, name)
	}
	if s.MaxLength != nil && uint64(len([]rune(text))) > *s.MaxLength {
		text = string([]rune(text)[:*s.MaxLength])
	}
	return text
}

func sortedNames(of openapi3.Schemas) []string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
