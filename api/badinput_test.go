package api

import (
	"strings"
	"testing"
)

// TestBadInputIsRefusedAndNothingIsStored sends what people, programs and attackers send by mistake or on purpose. Each answer
// names the field and says what to send, repeats nothing that was sent, and leaves the journal where it was.
func TestBadInputIsRefusedAndNothingIsStored(t *testing.T) {
	w := newWorld(t)
	employer, staff := w.tokens["employer-own"], w.tokens["staff"]
	with := func(old, replacement string) string { return strings.Replace(w.postingBody(), old, replacement, 1) }
	grad := func(old, replacement string) string {
		return strings.Replace(w.graduateBody(true), old, replacement, 1)
	}
	live := "/v1/postings/" + string(w.live.ID)
	version := etag(w.live.Version)
	cursor := nextOf(t, w.ask("GET", "/v1/graduates?limit=1", staff, ""))
	cases := []struct {
		name, method, target, token, body string
		headers                           []string
		status                            int
		field, says                       string // field at fault, and a part of what to send
	}{
		{"no JSON", "POST", "/v1/postings", employer, `secretvalue`, nil, 400, "body", "not JSON"},
		{"half JSON", "POST", "/v1/postings", employer, `{"trade":"secretvalue`, nil, 400, "body", "not JSON"},
		{"two JSON values", "POST", "/v1/postings", employer, `{} {}`, nil, 400, "body", "more than one"},
		{"no body", "POST", "/v1/postings", employer, "", nil, 400, "", "body is missing"},
		{"null for a body", "POST", "/v1/postings", employer, "null", nil, 422, "body", "object"},
		{"a list for a body", "POST", "/v1/postings", employer, "[]", nil, 422, "body", "object"},
		{"null for what is needed", "POST", "/v1/postings", employer, with(`"electrician"`, "null"), nil, 422, "trade", "text"},
		{"nested deeply", "POST", "/v1/postings", employer, strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000), nil, 400, "body", "at most 16 levels"},
		{"a field twice", "POST", "/v1/postings", employer, with(`{`, `{"trade":"mason",`), nil, 400, "body", "each once"},
		{"an unknown field", "POST", "/v1/postings", employer, with(`{`, `{"salary":"secretvalue",`), nil, 422, "salary", "no field of this name"},
		{"an unknown field that is a value", "POST", "/v1/postings", employer, with(`{`, `{"secretvalue 0300":1,`), nil, 422, "(unknown)", "no field of this name"},
		{"a field in capitals", "POST", "/v1/postings", employer, with(`"trade"`, `"TRADE"`), nil, 422, "", ""},
		{"a text for a number", "POST", "/v1/postings", employer, with(`"vacancies":2`, `"vacancies":"secretvalue"`), nil, 422, "vacancies", "whole number"},
		{"a half for a whole", "POST", "/v1/postings", employer, with(`"vacancies":2`, `"vacancies":2.5`), nil, 422, "vacancies", "whole number"},
		{"a huge number", "POST", "/v1/postings", employer, with(`"vacancies":2`, `"vacancies":1e400`), nil, 400, "body", ""},
		{"a field out of range", "POST", "/v1/postings", employer, with(`"vacancies":2`, `"vacancies":-1`), nil, 422, "vacancies", "0 or more"},
		{"an unknown kind", "POST", "/v1/postings", employer, with(`"kind":"job"`, `"kind":"secretvalue"`), nil, 422, "kind", "daily-wage"},
		{"an unknown trade", "POST", "/v1/postings", employer, with(`"electrician"`, `"electricain"`), nil, 422, "trade", "list of trades"},
		{"an unknown condition", "POST", "/v1/postings", employer, with(`"transport"`, `"transprot"`), nil, 422, "conditions", "transport"},
		{"a point outside", "POST", "/v1/postings", employer, with(`"lat":31.53`, `"lat":51.5`), nil, 422, "location.lat", "22.5 to 38"},
		{"latitude and longitude exchanged", "POST", "/v1/postings", employer, with(`"lat":31.53,"lon":74.35`, `"lat":74.35,"lon":31.53`), nil, 422, "location", "wrong way round"},
		{"pay upside down", "POST", "/v1/postings", employer, with(`"to":55000`, `"to":5000`), nil, 422, "pay.from", "lower figure"},
		{"expired", "POST", "/v1/postings", employer, with(`2026-12-22`, `2026-11-21`), nil, 422, "expires", "still to come"},
		{"not a date", "POST", "/v1/postings", employer, with(`2026-12-22T00:00:00Z`, `secretvalue`), nil, 422, "expires", "RFC 3339"},
		{"posted in the past", "POST", "/v1/postings", employer, with(`{`, `{"posted":"2026-11-01T00:00:00Z",`), nil, 422, "posted", "still to come"},
		{"held by an employer", "POST", "/v1/postings", employer, with(`{`, `{"status":"held",`), nil, 403, "status", "Staff alone"},
		{"2 MB of text", "POST", "/v1/postings", employer, with(`House wiring`, strings.Repeat("secretvalue ", 180_000)), nil, 413, "", "less than 256 KB"},
		{"a long description", "POST", "/v1/postings", employer, with(`"title"`, `"description":"`+strings.Repeat("x", 6000)+`","title"`), nil, 422, "description", "5000"},
		{"vacancies without end", "POST", "/v1/postings", employer, with(`"vacancies":2`, `"vacancies":20000`), nil, 422, "vacancies", "Send 10000 or less."},
		{"invalid UTF-8", "POST", "/v1/postings", employer, with(`House`, "Ho\xffuse"), nil, 400, "body", "UTF-8"},
		{"another media type", "POST", "/v1/postings", employer, w.postingBody(), []string{"Content-Type", "text/plain"}, 415, "", "application/json"},
		{"an unknown employer", "POST", "/v1/postings", staff, with(string(w.employerA.ID), "emp_01JD4Y6G3Q0000000000000000"), nil, 422, "employer", "Register the employer"},

		{"an old If-Match", "PUT", live, employer, w.postingBody(), []string{"If-Match", `"v77"`}, 412, "", ""},
		{"no If-Match", "PUT", live, employer, w.postingBody(), nil, 428, "If-Match", `"v3"`},
		{"an If-Match of no form", "PUT", live, employer, w.postingBody(), []string{"If-Match", "secretvalue"}, 400, "If-Match", `"v3"`},
		{"another employer", "PUT", live, employer, with(string(w.employerA.ID), string(w.employerB.ID)), []string{"If-Match", version}, 422, "employer", "stays with"},
		{"closing with an old If-Match", "POST", live + "/close", employer, "", []string{"If-Match", `"v77"`}, 412, "", ""},
		{"closing without If-Match", "POST", live + "/close", employer, "", nil, 428, "If-Match", ""},
		{"closing as nothing known", "POST", live + "/close", employer, `{"status":"secretvalue"}`, []string{"If-Match", version}, 422, "status", "withdrawn"},
		{"deleting with an old If-Match", "DELETE", "/v1/graduates/" + string(w.agreeing.ID), staff, "", []string{"If-Match", `"v77"`}, 412, "", ""},
		{"deleting without If-Match", "DELETE", "/v1/graduates/" + string(w.agreeing.ID), staff, "", nil, 428, "If-Match", ""},

		{"no trade", "POST", "/v1/graduates", staff, grad(`[{"trade":"electrician","level":3}]`, `[]`), nil, 422, "trades", "1 entries or more"},
		{"an unknown trade of hers", "POST", "/v1/graduates", staff, grad(`"electrician"`, `"elektrician"`), nil, 422, "trades[0].trade", ""},
		{"a home outside", "POST", "/v1/graduates", staff, grad(`74.3587`, `90`), nil, 422, "home.lon", "60 to 78.5"},
		{"no phone", "POST", "/v1/graduates", staff, grad(`"phone":"`+markedPhone+`",`, ""), nil, 422, "personal", "phone"},
		{"a phone of no form", "POST", "/v1/graduates", staff, grad(markedPhone, "secretvalue"), nil, 422, "personal.phone", "Send a telephone number, such as 0300 0000000"},
		{"an unknown need", "POST", "/v1/graduates", staff, grad(`"consent"`, `"needs":["secretvalue"],"consent"`), nil, 422, "needs[0]", "women-safe"},
		{"an unknown institute", "POST", "/v1/graduates", staff, grad(string(w.instituteA.ID), "ins_01JD4Y6G3Q0000000000000000"), nil, 422, "institute", ""},
		{"a certificate that another gave", "POST", "/v1/graduates", w.tokens["institute-own"], grad(`"consent"`, `"certificates":[{"programme":"P","verified":true}],"consent"`), nil, 403, "certificates", "leave verified out"},
		{"verified by an officer", "POST", "/v1/employers", w.tokens["officer"], strings.Replace(employerBody, "{", `{"verified":true,`, 1), nil, 403, "verified", "Staff alone"},
		{"an employer without a name", "POST", "/v1/employers", staff, strings.Replace(employerBody, "Al-Madina Electric Works", " ", 1), nil, 422, "name", ""},
		{"an institute outside", "POST", "/v1/institutes", staff, strings.Replace(instituteBody, "31.53", "1.5", 1), nil, 422, "location.lat", ""},

		{"a radius of 0", "GET", "/v1/postings?lat=31.5&lon=74.3&within=0", "", "", nil, 422, "within", "100 m to 2,000 km"},
		{"a radius of 5,000 km", "GET", "/v1/postings?lat=31.5&lon=74.3&within=5000km", "", "", nil, 422, "within", "100 m to 2,000 km"},
		{"a radius of no form", "GET", "/v1/postings?lat=31.5&lon=74.3&within=secretvalue", "", "", nil, 422, "within", "100 m to 2,000 km"},
		{"a radius that is no number", "GET", "/v1/postings?lat=31.5&lon=74.3&within=nan", "", "", nil, 422, "within", "25km"},
		{"a radius around nothing", "GET", "/v1/postings?within=5km", "", "", nil, 422, "within", "point"},
		{"a search outside", "GET", "/v1/postings?lat=51.5&lon=0", "", "", nil, 422, "lat", "22.5 to 38"},
		{"a latitude that is no number", "GET", "/v1/postings?lat=NaN&lon=74", "", "", nil, 422, "lat", ""},
		{"half a point", "GET", "/v1/postings?lat=31.5", "", "", nil, 422, "lon", "send lon"},
		{"a search for an unknown trade", "GET", "/v1/postings?trade=electricain", "", "", nil, 422, "trade", ""},
		{"a search at an unknown place", "GET", "/v1/postings?place=Xqzwvvk", "", "", nil, 422, "place", "spelling"},
		{"a search with an unknown parameter", "GET", "/v1/postings?rad=secretvalue", "", "", nil, 422, "rad", "no parameter"},
		{"a parameter twice", "GET", "/v1/postings?limit=1&limit=2", "", "", nil, 422, "limit", "once"},
		{"no page at all", "GET", "/v1/postings?limit=0", "", "", nil, 422, "limit", "whole number from 1 to 100"},
		{"too long a page", "GET", "/v1/postings?limit=101", "", "", nil, 422, "limit", "whole number from 1 to 100"},
		{"a page of no number", "GET", "/v1/postings?limit=secretvalue", "", "", nil, 422, "limit", "Send a whole number from 1 to 100."},
		{"remote as yes", "GET", "/v1/postings?remote=secretvalue", "", "", nil, 422, "remote", "Send true or false."},
		{"pay too large", "GET", "/v1/postings?pay_from=10000001", "", "", nil, 422, "pay_from", "Send a whole number from 0 to 10000000."},
		{"no name to look for", "GET", "/v1/places", "", "", nil, 422, "q", "This parameter is missing: send it, such as q=Khuzdar."},
		{"a point and a place", "GET", "/v1/postings?lat=31.5&lon=74.3&place=Multan", "", "", nil, 422, "place", "Send either place, or lat and lon"},
		{"a time to come", "GET", "/v1/postings?at=2026-11-22T08:00:01Z", "", "", nil, 422, "at", "still to come"},
		{"a day to come", "GET", "/v1/postings?at=2026-11-23", employer, "", nil, 422, "at", "or leave at out"},
		{"candidates of a time to come", "GET", live + "/candidates?at=2027-01-01", employer, "", nil, 422, "at", "still to come"},
		{"matches of a time to come", "GET", "/v1/graduates/" + string(w.agreeing.ID) + "/matches?at=2027-01-01", w.tokens["officer"], "", nil, 422, "at", "still to come"},
		{"a time of long ago", "GET", "/v1/postings?at=0001-01-01T00:00:00Z", "", "", nil, 422, "at", "or a day such as"},
		{"a cursor of no form", "GET", "/v1/postings?cursor=secretvalue", "", "", nil, 422, "cursor", "does not belong"},
		{"a cursor from elsewhere", "GET", "/v1/postings?cursor=" + cursor, "", "", nil, 422, "cursor", "does not belong"},
		{"a cursor of another's list", "GET", "/v1/graduates?cursor=" + cursor, w.tokens["institute-own"], "", nil, 422, "cursor", "does not belong"},
		{"a time of no form", "GET", "/v1/postings?at=secretvalue", "", "", nil, 422, "at", "or a day such as 2026-11-22"},
		{"a broken escape", "GET", "/v1/postings?q=%zz", "", "", nil, 400, "", "UTF-8"},
		{"a query that is no text", "GET", "/v1/postings?q=%ff", "", "", nil, 400, "q", "UTF-8"},
		{"a query too long", "GET", "/v1/postings?q=" + strings.Repeat("x", 201), "", "", nil, 422, "q", "200"},
		{"a position of no form", "GET", "/v1/postings", "", "", []string{"Rabta-Position", "secretvalue"}, 400, "Rabta-Position", "EPOCH:42"},
		{"a position of another life", "GET", "/v1/postings", "", "", []string{"Rabta-Position", "other:1"}, 409, "Rabta-Position", "without it"},
		{"an unknown group of trades", "GET", "/v1/trades?sector=electrics", "", "", nil, 422, "sector", ""},
		{"a token of no form", "GET", "/v1/postings", "", "", []string{"Authorization", "Basic secretvalue"}, 401, "", "Bearer"},
		{"an unknown token", "GET", "/v1/postings", "secretvalue", "", nil, 401, "", "not known"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before := w.position()
			answer := w.ask(c.method, c.target, c.token, c.body, c.headers...)
			if answer.Code != c.status {
				t.Fatalf("status %d, want %d; %s", answer.Code, c.status, answer.Body)
			}
			p := problemOf(t, answer)
			if strings.Contains(answer.Body.String(), "secretvalue") {
				t.Errorf("the problem repeats what was sent: %s", answer.Body)
			}
			if c.field != "" && (len(p.Errors) == 0 || p.Errors[0].Field != c.field) {
				t.Errorf("fields %+v, want %s first", p.Errors, c.field)
			}
			if c.says != "" && !strings.Contains(answer.Body.String(), strings.ReplaceAll(c.says, `"`, `\"`)) {
				t.Errorf("it does not say %q: %s", c.says, answer.Body)
			}
			if after := w.position(); after != before {
				t.Errorf("something was stored: the journal went from %d to %d", before, after)
			}
		})
	}
}

// TestNearestNamesAreOffered checks that a misspelt name comes back with three that exist.
func TestNearestNamesAreOffered(t *testing.T) {
	w := newWorld(t)
	for target, want := range map[string]string{
		"/v1/postings?trade=electricain": "electrician", "/v1/trades?sector=electrial": "electrical", "/v1/postings?plce=x": "place",
	} {
		p := problemOf(t, w.ask("GET", target, "", ""))
		if len(p.Errors) != 1 || len(p.Errors[0].Nearest) != 3 || p.Errors[0].Nearest[0] != want {
			t.Errorf("%s: %+v, want three names, %s first", target, p.Errors, want)
		}
	}
	p := problemOf(t, w.ask("GET", "/v1/postings?place=Lahroe+Kantt+Qasba", "", ""))
	if len(p.Errors) != 1 || p.Errors[0].Field != "place" {
		t.Errorf("place: %+v", p.Errors)
	}
}
