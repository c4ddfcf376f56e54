package node_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"rabta/matching"
)

func TestATokenSpeaksForItsSubject(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	institute := &matching.Institute{Name: "Govt. Technical Training Institute"}
	w.done(w.CreateInstitute(ctx, institute))
	g := w.enrol()
	subjects := map[string]matching.ID{"graduate": g.ID, "employer": w.employer.ID, "institute": institute.ID,
		"officer": "officer of Lahore", "staff": "staff", "service": ""}
	for role, subject := range subjects {
		secret, made, err := w.CreateToken(ctx, role, subject, time.Time{})
		if err != nil {
			t.Errorf("%s: %v", role, err)
			continue
		}
		if !strings.HasPrefix(secret, "rbt_") || len(secret) != len("rbt_")+52 {
			t.Errorf("%s: a secret of %d letters", role, len(secret))
		}
		got, err := w.Token(ctx, secret)
		if err != nil || got.ID != made.ID || got.Role != role || got.Subject != subject || !got.Expires.IsZero() {
			t.Errorf("%s: %+v, %v", role, got, err)
		}
	}
	for role, others := range map[string][]matching.ID{
		"graduate":  {"", w.employer.ID, institute.ID, "grd_unknown", "grd_01ARZ3NDEKTSV4RRFFQ69G5FAV"},
		"employer":  {"", g.ID, institute.ID, "emp_01ARZ3NDEKTSV4RRFFQ69G5FAV"},
		"institute": {"", g.ID, w.employer.ID, "ins_01ARZ3NDEKTSV4RRFFQ69G5FAV"},
		"officer":   {matching.ID(strings.Repeat("o", 201))},
	} {
		for _, subject := range others {
			at := position(t, w.Node)
			secret, _, err := w.CreateToken(ctx, role, subject, time.Time{})
			if refusal(err) != "invalid subject" || secret != "" || position(t, w.Node) != at {
				t.Errorf("%s for %.40q: %s", role, subject, refusal(err))
			}
		}
	}
	for _, role := range []string{"", "admin", "Staff"} {
		if _, _, err := w.CreateToken(ctx, role, "x", time.Time{}); refusal(err) != "invalid role" {
			t.Errorf("role %q: %s", role, refusal(err))
		}
	}
}

func TestATokenEndsWithItsTime(t *testing.T) {
	w, now := timedWorld(t)
	ctx := context.Background()
	for _, expires := range []time.Time{day.Add(-time.Hour), day} {
		if _, _, err := w.CreateToken(ctx, "staff", "s", expires); refusal(err) != "invalid expires" {
			t.Errorf("expired beforehand: %s", refusal(err))
		}
	}
	secret, _, err := w.CreateToken(ctx, "staff", "s", day.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		seconds int64
		want    string
	}{{59, "accepted"}, {60, "unauthenticated"}, {3600, "unauthenticated"}} {
		now.seconds.Store(tt.seconds)
		if _, err := w.Token(ctx, secret); refusal(err) != tt.want {
			t.Errorf("after %d s: %s, want %s", tt.seconds, refusal(err), tt.want)
		}
	}
}

func TestAnUnknownTokenIsRefused(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	secret, token, err := w.CreateToken(ctx, "staff", "s", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	bare := strings.TrimPrefix(secret, "rbt_")
	for name, sent := range map[string]string{"nothing": "", "the prefix": "rbt_", "no prefix": bare, "another prefix": "sk_" + bare,
		"one letter less": secret[:len(secret)-1], "one letter more": secret + "a", "capitals": strings.ToUpper(secret),
		"its id": token.ID, "its hash": "rbt_" + string(token.Hash), "another's": "rbt_" + strings.Repeat("a", 52)} {
		if _, err := w.Token(ctx, sent); refusal(err) != "unauthenticated" {
			t.Errorf("%s: %s", name, refusal(err))
		}
	}
	for name, body := range filesOf(t, w.Dir()) {
		if bytes.Contains(body, []byte(bare)) {
			t.Errorf("%s holds the secret", name)
		}
	}
}
