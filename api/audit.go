package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

type auditInput struct {
	Paging
	Graduate string `query:"graduate" maxLength:"40" doc:"Whose data"`
	Posting  string `query:"posting" maxLength:"40" doc:"For which posting"`
	Subject  string `query:"subject" maxLength:"200" doc:"Of the token that looked: an id, or the name of an officer"`
}

// LookList is one page of the audit log, in the order of its entries.
type LookList struct {
	AsOf  time.Time    `json:"as_of"`
	Looks []store.Look `json:"looks" nullable:"false"`
	Next  string       `json:"next,omitempty" doc:"cursor of the next page; none on the last"`
}

type auditOutput struct {
	Body LookList
}

type exportOutput struct {
	Body node.AboutMe
}

func (s *server) registerAudit() {
	register(s, operation{id: "list-looks", method: http.MethodGet, path: "/v1/audit", tag: "Personal data",
		summary: "Who read what is personal",
		description: "Every reading of a name, phone or text by anybody but the person herself, every export, and every act of an officer for her is an entry, " +
			"written before the answer. Each carries a keyed MAC over itself and the one before: a change, a gap and a cut-off end show. The last one's number " +
			"and MAC go to the server's log every hour; `rabta audit verify --head MAC` checks the chain against one that was kept."}, s.listLooks)
	register(s, operation{id: "export-graduate", audited: true, method: http.MethodGet, path: "/v1/graduates/{id}/export", tag: "Personal data",
		summary: "All that is held about a graduate",
		description: "Her record and consents, what names her, her applications with their texts and steps, the tokens that speak for her, who looked at her " +
			"data, and the requests about her that are still remembered."}, s.exportGraduate)
}

func (s *server) listLooks(ctx context.Context, in *auditInput) (*auditOutput, error) {
	filter := store.LookFilter{Graduate: matching.ID(in.Graduate), Posting: matching.ID(in.Posting), Subject: in.Subject}
	for _, f := range []struct {
		name, prefix string
		id           matching.ID
	}{{"graduate", matching.GraduatePrefix, filter.Graduate}, {"posting", matching.PostingPrefix, filter.Posting}} {
		if f.id != "" && !f.id.Is(f.prefix) {
			return nil, fault.Field(f.name, "Send an identifier that begins with "+f.prefix+"_, or leave it out.")
		}
	}
	scope := strings.Join([]string{in.Graduate, in.Posting, in.Subject}, "\n")
	after, err := lookAfter(in.Cursor, scope)
	if err != nil {
		return nil, err
	}
	list, next, err := s.service.Looks(ctx, filter, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &auditOutput{Body: LookList{AsOf: s.now().UTC(), Looks: []store.Look{}, Next: lookCursor(next, scope)}}
	out.Body.Looks = append(out.Body.Looks, list...)
	return out, nil
}

// lookCursor makes the cursor of an audit list that goes on after an entry; scope ties it to its filter.
func lookCursor(after uint64, scope string) string {
	if after == 0 {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatUint(after, 10) + "\n" + scope))
}

func lookAfter(cursor, scope string) (uint64, error) {
	if cursor == "" {
		return 0, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	number, of, _ := strings.Cut(string(text), "\n")
	after, numberErr := strconv.ParseUint(number, 10, 63)
	if err != nil || numberErr != nil || of != scope {
		return 0, fault.Field("cursor", "This cursor does not belong to this list. Send next of the last answer to the same request, or none to start at the top.")
	}
	return after, nil
}

func (s *server) exportGraduate(ctx context.Context, in *GraduatePath) (*exportOutput, error) {
	g, _, err := s.permittedGraduate(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var by *node.Actor
	if callOf(ctx).caller.role != AsGraduate {
		who := actor(ctx)
		by = &who
	}
	about, err := s.service.ExportGraduate(ctx, by, g.ID)
	if err != nil {
		return nil, oneNotFound(err)
	}
	return &exportOutput{Body: *about}, nil
}
