package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestKindOf(t *testing.T) {
	missing := New(NotFound, "store.Get", "There is no such record.")
	for _, tt := range []struct {
		name string
		err  error
		want Kind
	}{
		{"nothing", nil, Internal},
		{"an error of somebody else", io.EOF, Internal},
		{"a fault", missing, NotFound},
		{"a fault with an operation around it", Wrap("node.Read", missing), NotFound},
		{"a fault in a plain error", fmt.Errorf("reading: %w", missing), NotFound},
		{"a plain error with an operation around it", Wrap("node.Read", io.EOF), Internal},
		{"one of several", errors.Join(io.EOF, missing), NotFound},
	} {
		if got := KindOf(tt.err); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if Wrap("node.Read", nil) != nil {
		t.Error("wrapping nothing makes an error")
	}
}

// TestShownIsTheInnermostSentence: a layer that adds only what it was doing hides nothing, and what a person reads is the sentence that
// stands nearest to the cause.
func TestShownIsTheInnermostSentence(t *testing.T) {
	cause := Field("pay.to", "Pay ends below where it begins.", "pay.from")
	shown, ok := Shown(Wrap("api.create", &Error{Kind: Invalid, Op: "node.CreatePosting", Message: "The posting is wrong.", Err: cause}))
	if !ok || shown != cause || shown.Field != "pay.to" || len(shown.Nearest) != 1 {
		t.Errorf("%+v, %t", shown, ok)
	}
	if shown, ok := Shown(Wrap("api.create", io.EOF)); ok || shown != nil {
		t.Errorf("a plain error shows %+v", shown)
	}
	if !errors.Is(Wrap("api.create", io.EOF), io.EOF) {
		t.Error("the cause is lost")
	}
	if got := Wrap("api.create", cause).Error(); got != "api.create: pay.to: Pay ends below where it begins." {
		t.Errorf("the log reads %q", got)
	}
}

func TestEveryKindHasAName(t *testing.T) {
	seen := map[string]bool{}
	for k := Internal; k <= Full; k++ {
		if name := k.String(); name == "" || seen[name] {
			t.Errorf("kind %d is named %q", k, name)
		} else {
			seen[name] = true
		}
	}
	if got := Kind(200).String(); got != "internal" {
		t.Errorf("an unknown kind is %q", got)
	}
}
