package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

type listDuplicatesInput struct {
	Paging
	State string `query:"state" enum:"open,distinct" default:"open" doc:"Those proposed, or those that were kept apart"`
}

// DuplicateShown is a pair that may be one person, with both records as they are.
type DuplicateShown struct {
	First   matching.ID         `json:"first"`
	Second  matching.ID         `json:"second"`
	Why     string              `json:"why" doc:"cnic: the same identity card; phone-and-name: the same phone, and names that sound alike"`
	State   string              `json:"state"`
	At      time.Time           `json:"at"`
	By      string              `json:"by,omitempty" doc:"Who kept them apart"`
	Records []matching.Graduate `json:"records" nullable:"false" doc:"Of first and second; what is personal is read from each by itself"`
}

// DuplicateList is one page of pairs.
type DuplicateList struct {
	AsOf       time.Time        `json:"as_of"`
	Duplicates []DuplicateShown `json:"duplicates" nullable:"false"`
	Next       string           `json:"next,omitempty" doc:"cursor of the next page; none on the last"`
}

type listDuplicatesOutput struct{ Body DuplicateList }

type decideDuplicateInput struct {
	First  string `path:"first" example:"grd_01JD4Y6G3Q0000000000000000"`
	Second string `path:"second" example:"grd_01JD4Y6G3Q0000000000000001"`
	Body   struct {
		Decision string `json:"decision" enum:"merge,distinct" doc:"merge makes one record of the two, distinct keeps them apart"`
		Keep     string `json:"keep,omitempty" maxLength:"40" doc:"With merge: which of the two stays, with its id; the other is deleted"`
	}
}

// DuplicateDecided is what became of a pair.
type DuplicateDecided struct {
	Decision string      `json:"decision" doc:"merge or distinct"`
	Kept     matching.ID `json:"kept,omitempty" doc:"The record that stays, with what it lacked from the other: certificates, trades, applications, external ids"`
}

type duplicateDecided struct {
	Replayed
	Position string `header:"Rabta-Position" doc:"Where the journal stands: send it with a read that must see this"`
	Body     DuplicateDecided
}

const (
	decisionMerge    = "merge"
	decisionDistinct = "distinct"
)

func (*duplicateDecided) about() string { return matching.GraduatePrefix }

func (out *duplicateDecided) again(ctx context.Context, s *server, r *store.Reply) error {
	var err error
	out.Position, err = s.positionText(ctx, r.Position)
	out.Replayed.Replayed = "true"
	out.Body = DuplicateDecided{Decision: decisionDistinct}
	if r.ID != "" {
		out.Body = DuplicateDecided{Decision: decisionMerge, Kept: r.ID}
	}
	return err
}

func (s *server) registerDuplicates() {
	register(s, operation{id: "list-duplicates", method: http.MethodGet, path: "/v1/duplicates", tag: "Imports",
		summary: "Pairs of records that may be of one person", description: "Imports propose them; nothing is merged by itself."}, s.listDuplicates)
	register(s, operation{id: "decide-duplicate", method: http.MethodPost, path: "/v1/duplicates/{first}/{second}", tag: "Imports",
		summary: "Merge two records of one person, or keep them apart"}, s.decideDuplicate)
}

func (s *server) listDuplicates(ctx context.Context, in *listDuplicatesInput) (*listDuplicatesOutput, error) {
	first, second, err := pairOf(in.Cursor, in.State)
	if err != nil {
		return nil, err
	}
	list, err := s.service.Duplicates(ctx, store.DuplicateState(in.State), first, second, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &listDuplicatesOutput{Body: DuplicateList{AsOf: s.now().UTC(), Duplicates: make([]DuplicateShown, 0, len(list))}}
	for _, d := range list {
		shown := DuplicateShown{First: d.First, Second: d.Second, Why: d.Why, State: string(d.State), At: d.At, By: d.By, Records: []matching.Graduate{}}
		for _, g := range d.Records {
			if g != nil {
				shown.Records = append(shown.Records, *g)
			}
		}
		out.Body.Duplicates = append(out.Body.Duplicates, shown)
	}
	if len(list) == in.Limit {
		last := list[len(list)-1]
		out.Body.Next = base64.RawURLEncoding.EncodeToString([]byte("duplicates " + in.State + " " + string(last.First) + " " + string(last.Second)))
	}
	return out, nil
}

// pairOf reads a cursor of the list of a state.
func pairOf(cursor, state string) (first, second matching.ID, err error) {
	if cursor == "" {
		return "", "", nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(text), " ")
	if err == nil && len(parts) == 4 && parts[0] == "duplicates" && parts[1] == state {
		first, second = matching.ID(parts[2]), matching.ID(parts[3])
		if first.Is(matching.GraduatePrefix) && second.Is(matching.GraduatePrefix) {
			return first, second, nil
		}
	}
	return "", "", fault.Field("cursor", "This cursor does not belong to this list. Send next of the last answer to the same request, or none to start at the top.")
}

func (s *server) decideDuplicate(ctx context.Context, in *decideDuplicateInput) (*duplicateDecided, error) {
	first, err := identifier(in.First, matching.GraduatePrefix)
	if err != nil {
		return nil, err
	}
	second, err := identifier(in.Second, matching.GraduatePrefix)
	if err != nil {
		return nil, err
	}
	c := callOf(ctx)
	out := &duplicateDecided{Body: DuplicateDecided{Decision: in.Body.Decision}}
	var position store.Position
	if in.Body.Decision == decisionDistinct {
		position, err = s.service.KeepApart(ctx, first, second, c.caller.name())
	} else {
		keep, other := matching.ID(in.Body.Keep), second
		switch keep {
		case first:
		case second:
			other = first
		default:
			return nil, fault.Field("keep", "Send as keep the id of one of the two records: the one that stays.", in.First, in.Second)
		}
		out.Body.Kept = keep
		position, err = s.service.Merge(ctx, keep, other, &store.Look{Role: string(c.caller.role), Subject: c.caller.name(), Action: "decide-duplicate"})
	}
	if err != nil {
		return nil, oneNotFound(err)
	}
	out.Position, err = s.positionText(ctx, position)
	return out, err
}
