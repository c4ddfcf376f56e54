package matching_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabta/internal/fault"
	"rabta/matching"
)

func TestApplicationMoves(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n) }
	step := func(to matching.State, by string, on int) matching.Step {
		return matching.Step{State: to, By: by, At: day(on)}
	}
	begun := []matching.Step{step(matching.Interested, "graduate", 0)}
	hired := append(begun[:1:1], step(matching.Hired, "employer", 3))
	tests := []struct {
		name   string
		before []matching.Step
		step   matching.Step
		fails  bool
		kind   fault.Kind
	}{
		{name: "she is interested", step: step(matching.Interested, "graduate", 0)},
		{name: "an employer cannot be interested for her", step: step(matching.Interested, "employer", 0), fails: true, kind: fault.Forbidden},
		{name: "nothing begins with an offer", step: step(matching.Offered, "employer", 0), fails: true, kind: fault.Conflict},
		{name: "steps may be skipped", before: begun, step: step(matching.Hired, "employer", 1)},
		{name: "she does not hire herself", before: begun, step: step(matching.Hired, "graduate", 1), fails: true, kind: fault.Forbidden},
		{name: "twice is once too often", before: begun, step: step(matching.Interested, "graduate", 1), fails: true, kind: fault.Conflict},
		{name: "no way back", before: hired, step: step(matching.Offered, "employer", 4), fails: true, kind: fault.Conflict},
		{name: "who is hired is not refused", before: hired, step: step(matching.Refused, "employer", 4), fails: true, kind: fault.Conflict},
		{name: "confirmed when the days have passed", before: hired, step: step(matching.Confirmed30, "institute", 33)},
		{name: "not a day before", before: hired, step: step(matching.Confirmed30, "institute", 32), fails: true, kind: fault.Conflict},
		{name: "not confirmed without being hired", before: begun, step: step(matching.Confirmed90, "staff", 400), fails: true, kind: fault.Conflict},
		{name: "she leaves", before: hired, step: matching.Step{State: matching.Left, By: "graduate", At: day(9), Reason: "transport"}},
		{name: "a reason of one's own", before: hired, step: matching.Step{State: matching.Left, By: "graduate", At: day(9), Reason: "mood"},
			fails: true, kind: fault.Invalid},
		{name: "she comes back", before: append(begun[:1:1], step(matching.Withdrew, "graduate", 1)), step: step(matching.Interested, "graduate", 2)},
		{name: "no such state", before: begun, step: step("promoted", "employer", 1), fails: true, kind: fault.Invalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &matching.Application{}
			for _, s := range tt.before {
				if err := a.Move(s); err != nil {
					t.Fatal(err)
				}
			}
			err := a.Move(tt.step)
			if tt.fails != (err != nil) || err != nil && fault.KindOf(err) != tt.kind {
				t.Fatalf("error %v, want one: %t of kind %v", err, tt.fails, tt.kind)
			}
			want := len(tt.before)
			if err == nil {
				want++
			}
			if len(a.Steps) != want {
				t.Errorf("%d steps, want %d", len(a.Steps), want)
			}
		})
	}
}

// Whatever is tried, the steps that were taken lead forward, and nothing is shared once it has ended.
func TestApplicationsOnlyGoForward(t *testing.T) {
	order := map[matching.State]int{}
	for i, s := range matching.States {
		order[s] = i
	}
	roles := []string{"graduate", "employer", "institute", "officer", "staff", "service"}
	rapid.Check(t, func(t *rapid.T) {
		a := &matching.Application{SharesContact: true}
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		for range rapid.IntRange(1, 30).Draw(t, "tries") {
			at = at.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "days")) * 24 * time.Hour)
			before := a.State
			err := a.Move(matching.Step{State: rapid.SampledFrom(matching.States[:]).Draw(t, "state"), By: rapid.SampledFrom(roles).Draw(t, "role"), At: at})
			if err != nil && a.State != before {
				t.Fatalf("a step that failed moved it from %q to %q", before, a.State)
			}
			if err == nil && before != "" && order[a.State] <= order[before] && before != matching.Withdrew {
				t.Fatalf("moved back from %q to %q", before, a.State)
			}
			if a.State.Ended() && a.SharesContact {
				t.Fatal("it has ended, and her contact is still shared")
			}
		}
	})
}

// TestAStepOutOfTurnSaysWhatCanBeDone: a sentence that says "not yet" of what is past leads nowhere.
func TestAStepOutOfTurnSaysWhatCanBeDone(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name     string
		state    matching.State
		to       matching.State
		by       string
		says, ur string
	}{
		{"withdrawing once hired", matching.Hired, matching.Withdrew, "graduate", "send left", "left بھیجیں"},
		{"withdrawing once confirmed", matching.Confirmed30, matching.Withdrew, "graduate", "send left", "left بھیجیں"},
		{"refusing once hired", matching.Hired, matching.Refused, "employer", "send left", "left بھیجیں"},
		{"shortlisting who has withdrawn", matching.Withdrew, matching.Shortlisted, "employer", "has ended", "ختم ہو چکی"},
		{"back to an earlier step", matching.Offered, matching.Shortlisted, "employer", "as far as this", "گزر چکی"},
		{"confirming before a hiring", matching.Offered, matching.Confirmed30, "graduate", "does not follow", "ابھی اس مرحلے پر نہیں"},
		{"confirming too early", matching.Hired, matching.Confirmed30, "graduate", "too early", "ابھی اس کی تصدیق"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &matching.Application{State: c.state, Steps: []matching.Step{{State: matching.Hired, At: at}, {State: c.state, At: at}}}
			shown, ok := fault.Shown(a.Move(matching.Step{State: c.to, By: c.by, At: at}))
			if !ok || shown.Kind != fault.Conflict || !strings.Contains(shown.Message, c.says) || !strings.Contains(shown.MessageUr, c.ur) {
				t.Errorf("answered %+v", shown)
			}
		})
	}
}
