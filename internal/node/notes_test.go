package node_test

import (
	"context"
	"slices"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
)

// TestPayUnderTheMinimumWageIsLabelled in lists of both kinds and in three languages.
func TestPayUnderTheMinimumWageIsLabelled(t *testing.T) {
	w := newWorld(t)
	fair := w.post()
	poor := w.post(func(p *matching.Posting) {
		p.Pay = &matching.Pay{From: 15_000, To: 18_000, Unit: matching.PerMonth}
	})
	g := w.enrol()
	notes := func(results []node.Found, id matching.ID) []string {
		i := slices.IndexFunc(results, func(f node.Found) bool { return f.ID == id })
		if i < 0 {
			t.Fatalf("%s is not listed", id)
		}
		return results[i].Notes
	}
	for lang, want := range map[node.Language]string{
		node.English:   "Pay is below the minimum wage of Rs 40,000 a month.",
		node.Urdu:      "اجرت کم از کم مقررہ اجرت (40,000 روپے ماہانہ) سے کم ہے۔",
		node.RomanUrdu: "Ujrat kam az kam muqarrar ujrat (Rs 40,000 mahana) se kam hai.",
	} {
		matches, err := w.Matches(context.Background(), node.MatchRequest{ID: g.ID, Language: lang})
		if err != nil {
			t.Fatal(err)
		}
		for name, results := range map[string][]node.Found{"search": w.find(node.SearchRequest{Language: lang}).Results, "matches": matches.Results} {
			if got := notes(results, poor.ID); !slices.Equal(got, []string{want}) {
				t.Errorf("%s, %s: %q, want %q", name, lang, got, want)
			}
			if got := notes(results, fair.ID); len(got) > 0 {
				t.Errorf("%s, %s: fair pay is labelled %q", name, lang, got)
			}
		}
	}
}
