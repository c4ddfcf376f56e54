package matching_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabta/matching"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// TestAnOldConsentReadsOn holds that records from before purposes had times keep what they say.
func TestAnOldConsentReadsOn(t *testing.T) {
	var c matching.Consent
	if err := json.Unmarshal([]byte(`{"matching":true,"officer":false,"at":"2026-01-02T00:00:00Z"}`), &c); err != nil {
		t.Fatal(err)
	}
	c.Say(matching.ToMatching, true, "staff", noon) // as it was
	if c.Said != nil || !c.Given(matching.ToMatching) || c.At.Year() != 2026 || c.At.Month() != 1 {
		t.Errorf("what was said before was said anew: %+v", c)
	}
	c.Say(matching.ToOfficer, true, "graduate", noon)
	text, err := json.Marshal(c)
	if want := `{"matching":true,"officer":true,"at":"2026-11-22T12:00:00Z","said":{"officer":{"at":"2026-11-22T12:00:00Z","by":"graduate"}}}`; err != nil || string(text) != want {
		t.Errorf("written as %s, want %s", text, want)
	}
}

// TestConsentsAreApart holds that each purpose changes by itself, keeps the time of its last change, and leaves copies as they were.
func TestConsentsAreApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c matching.Consent
		want := map[matching.Purpose]matching.Said{}
		given := map[matching.Purpose]bool{}
		for i := range rapid.IntRange(0, 20).Draw(t, "steps") {
			before, copied := c, map[matching.Purpose]matching.Said{}
			for p, said := range c.Said {
				copied[p] = said
			}
			p := rapid.SampledFrom(matching.Purposes[:]).Draw(t, "purpose")
			yes, by := rapid.Bool().Draw(t, "given"), rapid.SampledFrom([]string{"graduate", "institute"}).Draw(t, "by")
			at := noon.Add(time.Duration(i) * time.Hour)
			if _, said := want[p]; !said && (yes || c.At == nil) || said && given[p] != yes {
				want[p], given[p] = matching.Said{At: at, By: by}, yes
			}
			c.Say(p, yes, by, at)
			for _, q := range matching.Purposes {
				if c.Given(q) != given[q] || c.Said[q] != want[q] {
					t.Fatalf("%s is %v, said %v; want %v, %v", q, c.Given(q), c.Said[q], given[q], want[q])
				}
			}
			for q, said := range copied {
				if before.Said[q] != said {
					t.Fatalf("a copy from before changed")
				}
			}
		}
		if c.Given("advertising") {
			t.Fatal("agreed to what does not exist")
		}
	})
}
