package node_test

import (
	"context"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
)

func (w *world) findPeople(r node.PeopleRequest) []matching.ID {
	w.Helper()
	result, err := w.FindPeople(context.Background(), r)
	if err != nil {
		w.Fatalf("%+v: %v", r, err)
	}
	list := make([]matching.ID, len(result.Results))
	for i, f := range result.Results {
		list[i] = f.Graduate.ID
	}
	return list
}

func (w *world) wantPeople(r node.PeopleRequest, want ...*matching.Graduate) {
	w.Helper()
	got := w.findPeople(r)
	if len(got) != len(want) {
		w.Fatalf("%q finds %v, want %d people", r.Text, got, len(want))
	}
	for i, g := range want {
		if got[i] != g.ID {
			w.Errorf("%q finds %v at %d, want %v", r.Text, got[i], i, g.ID)
		}
	}
}

func TestStaffFindPeopleByWords(t *testing.T) {
	w := newWorld(t)
	electrician := w.enrol()
	tailor := w.enrol(func(g *matching.Graduate) {
		g.Gender, g.Trades = matching.Woman, []matching.TradeHeld{{Trade: "tailor"}}
	})
	far := w.enrol(func(g *matching.Graduate) { g.Home = kharan })
	w.enrol(func(g *matching.Graduate) { g.Status = matching.Placed })
	both := w.enrol(func(g *matching.Graduate) {
		g.Home, g.Trades = north(lahore, 9_000), []matching.TradeHeld{{Trade: "tailor"}, {Trade: "electrician"}}
	})

	w.wantPeople(node.PeopleRequest{Text: "bijli mistri lahore"}, electrician, both)
	w.wantPeople(node.PeopleRequest{Text: "الیکٹریشن لاہور"}, electrician, both)
	w.wantPeople(node.PeopleRequest{Text: "khawateen darzi"}, tailor)
	w.wantPeople(node.PeopleRequest{Trade: "electrician", Near: &lahore}, electrician, both)
	w.wantPeople(node.PeopleRequest{Trade: "electrician", Near: &lahore, Within: 5_000}, electrician)
	w.wantPeople(node.PeopleRequest{Trade: "electrician", Near: &kharan, Within: 1_000}, far)
	w.wantPeople(node.PeopleRequest{Trade: "electrician", Near: &lahore, Admit: func(g *matching.Graduate) bool { return g.ID == both.ID }}, both)

	first, err := w.FindPeople(context.Background(), node.PeopleRequest{Trade: "electrician", Near: &lahore, Limit: 1})
	if err != nil || len(first.Results) != 1 || first.Next == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	w.wantPeople(node.PeopleRequest{Trade: "electrician", Near: &lahore, Limit: 1, Cursor: first.Next}, both)
	if d := first.Results[0].Distance; d == nil || *d < 2_700 || *d > 3_300 {
		t.Errorf("distance %v, want about 3 km", d)
	}
}

func TestSearchesForPeopleThatMeanNothingAreRefused(t *testing.T) {
	w := newWorld(t)
	for name, r := range map[string]node.PeopleRequest{
		"trade":  {Trade: "wizard"},
		"within": {Within: 5_000},
		"near":   {Near: &nowhere},
		"cursor": {Cursor: "AAAA"},
	} {
		if _, err := w.FindPeople(context.Background(), r); refusal(err) != "invalid "+name {
			t.Errorf("%+v: %v, want one about %s", r, err, name)
		}
	}
}
