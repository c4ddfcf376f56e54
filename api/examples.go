package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// What stands in the examples for what is known only when they are read: the address of the page, and days to come.
const (
	pageAddress = "{ADDRESS}"
	exampleEnd  = "{EXPIRES}"
	exampleDay  = "{STARTS}"
)

// withDates puts days that are still to come where the examples want them.
func (s *server) withDates(text []byte) []byte {
	today := s.now().UTC().Truncate(24 * time.Hour)
	text = bytes.ReplaceAll(text, []byte(exampleEnd), []byte(today.AddDate(0, 0, 30).Format(time.RFC3339)))
	return bytes.ReplaceAll(text, []byte(exampleDay), []byte(today.AddDate(0, 0, 7).Format(time.RFC3339)))
}

// plainHost is the form of a Host header that goes into the page: a name, an IPv4 or a bracketed IPv6 address, and a port.
var plainHost = regexp.MustCompile(`^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?$`)

// addressOf gives the address that the page was asked for at, empty when the Host header does not look like one.
func addressOf(r *http.Request) string {
	switch {
	case !plainHost.MatchString(r.Host):
		return ""
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

const (
	examplePosting = `{"employer":"emp_01JD4Y6G3Q0000000000000000","kind":"job","workplace":"site","trade":"electrician",` +
		`"title":"House wiring, two electricians","vacancies":2,"pay":{"from":45000,"to":55000,"unit":"month"},` +
		`"location":{"lat":31.5204,"lon":74.3587},"required":["house-wiring"],` +
		`"conditions":{"transport":{"answer":"yes"},"tools":{"answer":"no"}},"starts":"` + exampleDay + `","expires":"` + exampleEnd + `"}`
	exampleGraduate = `{"institute":"ins_01JD4Y6G3Q0000000000000000","trades":[{"trade":"electrician","skills":["house-wiring"],"level":3,` +
		`"months":18,"learnt":"institute"}],"schooling":"matric","home":{"lat":31.5204,"lon":74.3587},` +
		`"travel":{"max_metres":15000,"modes":["bus"]},"kinds":["job","daily-wage"],"lowest_pay":{"amount":40000,"unit":"month"},` +
		`"needs":["transport"],"consent":{"matching":true,"officer":true},` +
		`"personal":{"name":"Example Person","phone":"0300 0000000","whose":"own"}}`
	exampleEmployer = `{"name":"Al-Madina Electric Works","kind":"workshop","location":{"lat":31.5204,"lon":74.3587},` +
		`"contact":{"person":"Example Person","phone":"0300 0000000"}}`
	exampleInstitute = `{"name":"Government Technical Training Centre, Khuzdar","location":{"lat":27.8,"lon":66.6167},` +
		`"programmes":["Electrician, six months"]}`
)

// bodyExamples are the bodies of the examples, by operation. Each can be sent as it stands, once its ids are of records that exist.
var bodyExamples = map[string]string{
	"create-posting": examplePosting, "change-posting": examplePosting, "close-posting": `{"status":"filled"}`,
	"create-graduate": exampleGraduate, "change-graduate": exampleGraduate,
	"apply":              `{"graduate":"grd_01JD4Y6G3Q0000000000000000","text":"I have wired three houses with my ustad.","shares_contact":true}`,
	"change-application": `{"shares_contact":false}`, "move-application": `{"state":"shortlisted"}`,
	"create-employer": exampleEmployer, "change-employer": exampleEmployer,
	"decide-duplicate": `{"decision":"distinct"}`, "create-institute": exampleInstitute, "change-institute": exampleInstitute,
}

// addExamples puts the bodies into the document. It panics when one is no JSON, or stands for no operation: a fault of the program.
func addExamples(document *huma.OpenAPI) {
	added := 0
	for _, item := range document.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op == nil || bodyExamples[op.OperationID] == "" {
				continue
			}
			if !json.Valid([]byte(bodyExamples[op.OperationID])) {
				panic(fmt.Sprintf("api: the example of %s is not JSON", op.OperationID))
			}
			op.RequestBody.Content["application/json"].Example = json.RawMessage(bodyExamples[op.OperationID])
			added++
		}
	}
	if added != len(bodyExamples) {
		panic("api: an example is of no operation")
	}
}
