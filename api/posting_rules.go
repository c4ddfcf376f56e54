package api

import (
	"time"

	"rabta/internal/fault"
	"rabta/matching"
)

// What an employer says of its own posting is believed but for three things, on which others rely: how new it is, that staff
// have held it back, and who said what of its conditions.

// believed tells whether the caller's word on these counts: that of staff and services does. An officer writes for employers, and
// no more than they could.
func believed(by scope, role Role) bool { return by == all && role != AsOfficer }

// judgeTimes sets when p is shown first and last. A posting that says it is new when it is not would pass before others.
func (s *server) judgeTimes(in *PostingInput, p *matching.Posting, trusted bool) error {
	now := s.now().UTC()
	switch {
	case in.Posted == nil && p.Posted.IsZero():
		p.Posted = now
	case in.Posted == nil, in.Posted.Equal(p.Posted):
	case trusted || in.Posted.After(now):
		p.Posted = in.Posted.UTC()
	default:
		return fault.Field("posted", "Leave posted out, or send a time that is still to come.")
	}
	stored := p.Expires
	switch {
	case in.Expires != nil:
		p.Expires = in.Expires.UTC()
	case p.Expires.IsZero():
		p.Expires = p.Posted.Add(defaultLife)
	}
	opens := in.Status == "" || in.Status == string(matching.Open)
	if opens && !p.Expires.After(now) && !p.Expires.Equal(stored) {
		return fault.Field("expires", "Send a time of expiry that is still to come, or another status than open.")
	}
	return nil
}

// judgeStatus sets the status of p. What staff hold back, only staff let go.
func judgeStatus(in *PostingInput, p *matching.Posting, trusted bool) error {
	wanted := matching.PostingStatus(in.Status)
	switch {
	case wanted == "" && p.Status == "":
		wanted = matching.Open
	case wanted == "":
		wanted = p.Status
	}
	heldBefore, heldAfter := p.Status == matching.Held, wanted == matching.Held
	ends := wanted == matching.Closed || wanted == matching.Withdrawn || wanted == matching.Filled
	if !trusted && heldBefore != heldAfter && !ends {
		return &fault.Error{Kind: fault.Forbidden, Op: "api.judgeStatus", Field: "status",
			Message: "Staff alone hold a posting back and let it go: ask them, or close it."}
	}
	p.Status = wanted
	return nil
}

// attribute says of each condition who said it and when. What is as it was stays with whoever said it.
func attribute(sent map[string]ConditionInput, stored matching.Conditions, role Role, now time.Time) matching.Conditions {
	if len(sent) == 0 {
		return nil
	}
	now = now.UTC()
	conditions := make(matching.Conditions, len(sent))
	for name, in := range sent {
		before, known := stored[matching.ConditionName(name)]
		if known && before.Answer == matching.Answer(in.Answer) && (in.By == "" || in.By == before.By) {
			conditions[matching.ConditionName(name)] = before
			continue
		}
		said := matching.Condition{Answer: matching.Answer(in.Answer), By: "employer", At: &now}
		switch role {
		case AsOfficer:
			said.By = "officer"
		case AsStaff, AsService:
			if in.By != "" {
				said.By = in.By
			}
			if in.At != nil {
				said.At = in.At
			}
		}
		conditions[matching.ConditionName(name)] = said
	}
	return conditions
}
