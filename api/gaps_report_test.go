package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestDistrictReport is that a report comes as a page in the language that is asked for, and that a browser may use its own style and nothing else.
func TestDistrictReport(t *testing.T) {
	w := newWorld(t)
	staff := w.tokens["staff"]
	for lang, says := range map[string]string{"en": `<html lang="en" dir="ltr">`, "ur": `<html lang="ur" dir="rtl">`} {
		answer := w.ask("GET", "/v1/gaps/report?district=Multan&lang="+lang, staff, "")
		if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != reportType || !strings.Contains(answer.Body.String(), says) {
			t.Fatalf("%s: %d %v %.200s", lang, answer.Code, answer.Header(), answer.Body)
		}
		_, rest, _ := bytes.Cut(answer.Body.Bytes(), []byte("<style>"))
		style, _, ok := bytes.Cut(rest, []byte("</style>"))
		sum := sha256.Sum256(style)
		policy := answer.Header().Get("Content-Security-Policy")
		if !ok || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			t.Errorf("%s: the policy %q does not allow the page's style", lang, policy)
		}
	}
	for query, field := range map[string]string{"district=Multann": "district", "district=": "district", "lang=ur": "district", "district=Multan&lang=sd": "lang",
		"district=Multan&date=2999-01-01": "date", "district=Multan&date=today": "date"} {
		answer := w.ask("GET", "/v1/gaps/report?"+query, staff, "")
		var problem struct {
			Errors []struct {
				Field   string
				Nearest []string
			}
		}
		if err := json.Unmarshal(answer.Body.Bytes(), &problem); err != nil || answer.Code < 400 || answer.Code >= 500 || len(problem.Errors) == 0 ||
			problem.Errors[0].Field != field {
			t.Errorf("%s: %d %s", query, answer.Code, answer.Body)
		}
		if query == "district=Multann" && (len(problem.Errors) == 0 || len(problem.Errors[0].Nearest) == 0 || problem.Errors[0].Nearest[0] != "Multan") {
			t.Errorf("%s does not name Multan: %s", query, answer.Body)
		}
	}
}
