package node_test

import (
	"context"
	"strings"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
)

// TestThePlaceTakenIsNamed holds that who writes a place sees which one was taken for it.
func TestThePlaceTakenIsNamed(t *testing.T) {
	w := newWorld(t)
	for _, tt := range []struct {
		r          node.SearchRequest
		id, asked  string
		name       string
		noPlaceSet bool
	}{
		{r: node.SearchRequest{Place: "Lahore"}, id: "twn-lahore", name: "Lahore"},
		{r: node.SearchRequest{Place: "twn-lahore", Language: node.Urdu}, id: "twn-lahore", name: "لاہور"},
		{r: node.SearchRequest{Place: "Lahoore"}, id: "twn-lahore", name: "Lahore", asked: "Lahoore"},
		{r: node.SearchRequest{Text: "electrician lahore"}, id: "dst-lahore", name: "Lahore"},
		{r: node.SearchRequest{Text: "electrician faislabaad"}, id: "dst-faisalabad", name: "Faisalabad", asked: "faislabaad"},
		{r: node.SearchRequest{Text: "electrician"}, noPlaceSet: true},
		{r: node.SearchRequest{Text: "electrician lahore", Near: &lahore}, noPlaceSet: true},
	} {
		got := w.find(tt.r).Reach.Place
		if tt.noPlaceSet {
			if got != nil {
				t.Errorf("%+v: %+v, want none", tt.r, got)
			}
			continue
		}
		if want := (node.PlaceTaken{ID: tt.id, Name: tt.name, Asked: tt.asked}); got == nil || *got != want {
			t.Errorf("%+v: %+v, want %+v", tt.r, got, want)
		}
	}
}

// TestAnotherNameIsNoMisspeltPlace holds that a name which only has the consonants of a place is refused, and what is like nothing gets
// no names that are not like it.
func TestAnotherNameIsNoMisspeltPlace(t *testing.T) {
	w := newWorld(t)
	for _, place := range []string{"Nowherepur", "qqqq"} {
		_, err := w.Search(context.Background(), node.SearchRequest{Place: place})
		if refusal(err) != "invalid place" {
			t.Errorf("%s: %s", place, refusal(err))
		}
	}
	_, err := w.Search(context.Background(), node.SearchRequest{Place: "qqqq"})
	if err == nil || strings.Contains(err.Error(), "Agra") {
		t.Errorf("%v", err)
	}
}

// TestNobodyIsLeftAtADeadEnd holds that a list with nothing in it says why, in three languages.
func TestNobodyIsLeftAtADeadEnd(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	filled := w.post(func(p *matching.Posting) { p.Status = matching.Filled })
	placed := w.enrol(func(g *matching.Graduate) { g.Status = matching.Placed })
	searches := func(r node.SearchRequest) func(node.Language) (node.Reach, error) {
		return func(lang node.Language) (node.Reach, error) {
			r.Language = lang
			found, err := w.Search(ctx, r)
			if err != nil {
				return node.Reach{}, err
			}
			return found.Reach, nil
		}
	}
	matches := func(ask func(context.Context, node.MatchRequest) (*node.MatchResult, error), id matching.ID) func(node.Language) (node.Reach, error) {
		return func(lang node.Language) (node.Reach, error) {
			found, err := ask(ctx, node.MatchRequest{ID: id, Language: lang})
			if err != nil {
				return node.Reach{}, err
			}
			return found.Reach, nil
		}
	}
	for name, tt := range map[string]struct {
		ask    func(node.Language) (node.Reach, error)
		en, ur string
	}{
		"words of nothing":  {searches(node.SearchRequest{Text: "asdfgh"}), "for these words", "ان الفاظ سے"},
		"a narrow circle":   {searches(node.SearchRequest{Near: &kharan, Within: 2000}), "within this distance", "اتنے فاصلے"},
		"nothing like it":   {searches(node.SearchRequest{Text: "darzi"}), "no such work just now", "ابھی ایسا کوئی کام نہیں"},
		"a filled posting":  {matches(w.Candidates, filled.ID), "is filled", "بھرتی ہو چکی"},
		"a placed graduate": {matches(w.Matches, placed.ID), "work has been found", "کام مل چکا ہے"},
	} {
		notes := map[node.Language]string{}
		for _, lang := range []node.Language{node.English, node.Urdu, node.RomanUrdu} {
			reach, err := tt.ask(lang)
			if err != nil {
				t.Fatal(name, err)
			}
			notes[lang] = reach.Note
		}
		if !strings.Contains(notes[node.English], tt.en) || !strings.Contains(notes[node.Urdu], tt.ur) || notes[node.RomanUrdu] == "" ||
			notes[node.RomanUrdu] == notes[node.English] {
			t.Errorf("%s: %q", name, notes)
		}
	}
	w.post()
	if note := w.find(node.SearchRequest{}).Reach.Note; note != "" {
		t.Errorf("a list with work in it says %q", note)
	}
}
