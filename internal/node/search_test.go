package node_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
)

func TestSearchRefusesWhatNoSearchCanMean(t *testing.T) {
	w := newWorld(t)
	near := &lahore
	tests := []struct {
		name string
		r    node.SearchRequest
		want string
	}{
		{"50 m", node.SearchRequest{Near: near, Within: 50}, "invalid within"},
		{"99.9 m", node.SearchRequest{Near: near, Within: 99.9}, "invalid within"},
		{"100 m", node.SearchRequest{Near: near, Within: 100}, "accepted"},
		{"2,000 km", node.SearchRequest{Near: near, Within: 2_000_000}, "accepted"},
		{"5,000 km", node.SearchRequest{Near: near, Within: 5_000_000}, "invalid within"},
		{"a negative radius", node.SearchRequest{Near: near, Within: -5_000}, "invalid within"},
		{"no number as a radius", node.SearchRequest{Near: near, Within: math.NaN()}, "invalid within"},
		{"an endless radius", node.SearchRequest{Near: near, Within: math.Inf(1)}, "invalid within"},
		{"a radius around nothing", node.SearchRequest{Within: 5_000}, "invalid within"},
		{"a radius around nothing, with words", node.SearchRequest{Text: "electrician", Within: 5_000}, "invalid within"},
		{"a radius around a place of the text", node.SearchRequest{Text: "electrician lahore", Within: 5_000}, "accepted"},
		{"London", node.SearchRequest{Near: &nowhere}, "invalid near"},
		{"no number as a point", node.SearchRequest{Near: &geo.Point{Lat: math.NaN(), Lon: 70}}, "invalid near"},
		{"an unknown trade", node.SearchRequest{Trade: "astronaut"}, "invalid trade"},
		{"an unknown kind", node.SearchRequest{Kind: "slavery"}, "invalid kind"},
		{"an unknown gender", node.SearchRequest{OpenTo: "female"}, "invalid open_to"},
		{"negative pay", node.SearchRequest{PayFrom: -1}, "invalid pay_from"},
		{"an unknown place", node.SearchRequest{Place: "Xqzzkwv"}, "invalid place"},
	}
	for _, tt := range tests {
		_, err := w.Search(context.Background(), tt.r)
		if got := refusal(err); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if shown, ok := fault.Shown(err); err != nil && (!ok || shown.Message == "") {
			t.Errorf("%s: no sentence for a person", tt.name)
		}
	}
	for name, ask := range map[string]func(context.Context, node.MatchRequest) (*node.MatchResult, error){"matches": w.Matches, "candidates": w.Candidates} {
		id := map[string]matching.ID{"matches": w.enrol().ID, "candidates": w.post().ID}[name]
		for within, want := range map[float64]string{50: "invalid within", 5_000_000: "invalid within", 100: "accepted"} {
			if _, err := ask(context.Background(), node.MatchRequest{ID: id, Within: within}); refusal(err) != want {
				t.Errorf("%s within %v m: %s, want %s", name, within, refusal(err), want)
			}
		}
		if _, err := ask(context.Background(), node.MatchRequest{ID: "pst_unknown"}); refusal(err) != "not-found" {
			t.Errorf("%s of nobody: %s", name, refusal(err))
		}
	}
}

func TestAnUnknownTradeOrPlaceNamesTheNearest(t *testing.T) {
	w := newWorld(t)
	for want, r := range map[string]node.SearchRequest{
		"electrician": {Trade: "electrican"},
		"Quetta":      {Place: "Queeto"},
		"Murree":      {Place: "Mirri"},
	} {
		_, err := w.Search(context.Background(), r)
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || len(e.Nearest) != 3 || !slices.Contains(e.Nearest, want) || e.MessageUr == "" {
			t.Errorf("%+v: %+v, want three, %s among them", r, e, want)
			continue
		}
		slices.Sort(e.Nearest)
		if len(slices.Compact(e.Nearest)) != 3 {
			t.Errorf("%+v: %q, want three different ones", r, e.Nearest)
		}
	}
}

func TestWhereASearchIs(t *testing.T) {
	w := newWorld(t)
	lahoreTown, err := w.PlaceNamed("Lahore")
	if err != nil {
		t.Fatal(err)
	}
	multan, err := w.PlaceNamed("ملتان")
	if err != nil {
		t.Fatal(err)
	}
	here := w.post(at(lahoreTown.Point))
	there := w.post(at(multan.Point), titled("Electrician for Lahore chowk"))
	tests := []struct {
		name string
		r    node.SearchRequest
		want matching.ID
	}{
		{"by name", node.SearchRequest{Place: "Lahore"}, here.ID},
		{"by name in Urdu", node.SearchRequest{Place: "لاہور"}, here.ID},
		{"by misspelt name", node.SearchRequest{Place: "Lahor"}, here.ID},
		{"by id", node.SearchRequest{Place: multan.ID}, there.ID},
		{"by point", node.SearchRequest{Near: &lahoreTown.Point}, here.ID},
		{"by text", node.SearchRequest{Text: "electrician multan"}, there.ID},
		{"by a text that names only a place", node.SearchRequest{Text: "multan"}, there.ID},
		{"point before place", node.SearchRequest{Near: &multan.Point, Place: "Lahore"}, there.ID},
		{"place before text", node.SearchRequest{Place: "Lahore", Text: "electrician multan"}, here.ID},
	}
	for _, tt := range tests {
		r := w.find(tt.r)
		if got := ids(r.Results); len(got) != 1 || got[0] != tt.want {
			t.Errorf("%s: %v, want %s alone", tt.name, got, tt.want)
			continue
		}
		if d := r.Results[0].Distance; d == nil || *d > 30_000 || r.Reach.WithinM != 25_000 || r.Reach.Near == nil || r.Reach.Widened {
			t.Errorf("%s: %+v", tt.name, r.Reach)
		}
	}
	if r := w.find(node.SearchRequest{}); len(r.Results) != 2 || r.Results[0].Distance != nil || r.Reach.Near != nil || r.Reach.WithinM != 0 {
		t.Errorf("nowhere: %+v", r.Reach)
	}
}

// TestASearchWidensOnlyWithoutARadius: the work is 60 km away.
func TestASearchWidensOnlyWithoutARadius(t *testing.T) {
	w := newWorld(t)
	near := north(kharan, -60_000)
	w.post(at(kharan))
	tests := []struct {
		name    string
		r       node.SearchRequest
		total   int
		within  float64
		widened bool
	}{
		{"without a radius", node.SearchRequest{Near: &near}, 1, 100_000, true},
		{"25 km", node.SearchRequest{Near: &near, Within: 25_000}, 0, 25_000, false},
		{"59 km", node.SearchRequest{Near: &near, Within: 59_000}, 0, 59_000, false},
		{"61 km", node.SearchRequest{Near: &near, Within: 61_000}, 1, 61_000, false},
		{"another trade, in the whole country", node.SearchRequest{Near: &near, Trade: "plumber"}, 0, 0, true},
		{"from Lahore", node.SearchRequest{Near: &lahore}, 1, 0, true},
	}
	for _, tt := range tests {
		r := w.find(tt.r)
		if r.Total != tt.total || len(r.Results) != tt.total || r.Reach.WithinM != tt.within || r.Reach.Widened != tt.widened {
			t.Errorf("%s: %d results, %+v", tt.name, r.Total, r.Reach)
		}
	}
}

// TestTheReachLadder counts what is near, in the district and remote, whatever radius was asked for.
func TestTheReachLadder(t *testing.T) {
	w := newWorld(t)
	for _, metres := range []float64{0, 1_900, 4_000, 14_000, 80_000} {
		w.post(at(north(lahore, metres)))
	}
	remote := w.post(func(p *matching.Posting) { p.Workplace, p.Location = matching.Remote, nil })
	for _, within := range []float64{0, 1_000, 3_000} {
		r := w.find(node.SearchRequest{Near: &lahore, Within: within})
		var rings []int
		for _, ring := range r.Reach.Rings {
			rings = append(rings, ring.Count)
		}
		if diff := cmp.Diff([]int{2, 3, 4, 4, 4, 5}, rings); diff != "" || r.Reach.Remote != 1 {
			t.Errorf("within %v: %s%+v", within, diff, r.Reach)
		}
		if d := r.Reach.District; d == nil || d.Name != "Lahore" || d.Count < 3 || d.Count > 4 {
			t.Errorf("within %v: district %+v", within, d)
		}
		if slices.Contains(ids(r.Results), remote.ID) {
			t.Errorf("within %v: remote work is mixed in", within)
		}
	}
	for name, req := range map[string]node.SearchRequest{"asked for": {Remote: true}, "asked for near Lahore": {Remote: true, Near: &lahore}} {
		r := w.find(req)
		if got := ids(r.Results); len(got) != 1 || got[0] != remote.ID || r.Results[0].Distance != nil || r.Reach.Remote != 1 {
			t.Errorf("%s: %v, %+v", name, got, r.Reach)
		}
	}
	if r := w.find(node.SearchRequest{}); r.Total != 6 {
		t.Errorf("anywhere: %d, want the remote one too", r.Total)
	}
}

func TestSearchAsOfAnotherTime(t *testing.T) {
	w := newWorld(t)
	old := w.post(func(p *matching.Posting) {
		p.Posted, p.Expires = day.AddDate(0, 0, -20), day.AddDate(0, 0, 1)
	})
	fresh := w.post(func(p *matching.Posting) { p.Expires = day.AddDate(0, 0, 40) })
	coming := w.post(func(p *matching.Posting) { p.Posted = day.AddDate(0, 0, 5) })
	tests := []struct {
		name string
		at   time.Time
		want []matching.ID
	}{
		{"now", time.Time{}, []matching.ID{old.ID, fresh.ID}},
		{"a month ago", day.AddDate(0, -1, 0), nil},
		{"a week ago", day.AddDate(0, 0, -7), []matching.ID{old.ID}},
		{"as the old one expires", old.Expires, []matching.ID{fresh.ID}},
		{"in a week", day.AddDate(0, 0, 7), []matching.ID{fresh.ID, coming.ID}},
		{"in a year", day.AddDate(1, 0, 0), nil},
	}
	for _, tt := range tests {
		r := w.find(node.SearchRequest{At: tt.at})
		got := ids(r.Results)
		slices.Sort(got)
		slices.Sort(tt.want)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		if want := moment(tt.at); !r.AsOf.Equal(want) {
			t.Errorf("%s: as of %v", tt.name, r.AsOf)
		}
	}
}

func TestFacetsSumToTheTotal(t *testing.T) {
	w := &world{t, marketNode(t, 50, 400), nil}
	for _, r := range []node.SearchRequest{{}, {Text: "electrician", Near: &lahore, Within: 300_000}, {Text: "mistri"}, {Near: &lahore},
		{Kind: matching.Job, Limit: 1}} {
		result := w.find(r)
		trades, kinds := 0, 0
		for _, count := range result.Facets.Trades {
			trades += count
		}
		for _, count := range result.Facets.Kinds {
			kinds += count
		}
		if trades != result.Total || kinds != result.Total || result.Total == 0 {
			t.Errorf("%+v: %d by trade, %d by kind, %d in all", r, trades, kinds, result.Total)
		}
	}
}

// TestTheSameQuestionInThreeScripts finds the same postings.
func TestTheSameQuestionInThreeScripts(t *testing.T) {
	w := &world{t, marketNode(t, 50, 600), nil}
	for _, texts := range [][]string{
		{"electrician lahore", "الیکٹریشن لاہور", "bijli ka kaam lahore mein", "lahore me bijli wala"},
		{"welder karachi", "ویلڈر کراچی", "karachi mein welder"},
		{"mason", "راج مستری", "raj mistri"},
	} {
		want := ids(w.find(node.SearchRequest{Text: texts[0], Limit: -1}).Results)
		slices.Sort(want)
		if len(want) == 0 {
			t.Errorf("%s finds nothing: the test shows nothing", texts[0])
		}
		for _, text := range texts[1:] {
			got := ids(w.find(node.SearchRequest{Text: text, Limit: -1}).Results)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s and %s (-first +second):\n%s", texts[0], text, diff)
			}
		}
	}
}

// TestASharedWordMeansSeveralTrades: what a mistri does is for the searcher to say.
func TestASharedWordMeansSeveralTrades(t *testing.T) {
	w := &world{t, marketNode(t, 50, 400), nil}
	r := w.find(node.SearchRequest{Text: "mistri", Limit: -1})
	if len(r.Understood.Trades) < 2 {
		t.Fatalf("mistri means %+v", r.Understood.Trades)
	}
	for _, trade := range r.Understood.Trades {
		named := w.find(node.SearchRequest{Trade: trade.Slug, Limit: -1})
		for _, f := range named.Results {
			if !slices.Contains(ids(r.Results), f.ID) {
				t.Errorf("%s, a %s, is not among them", f.ID, trade.Slug)
			}
		}
	}
}

func TestAnExactTradeShowsNoRelatedOnes(t *testing.T) {
	w := &world{t, marketNode(t, 50, 400), nil}
	exact := w.find(node.SearchRequest{Trade: "electrician", Limit: -1})
	for _, f := range exact.Results {
		if f.Trade != "electrician" {
			t.Errorf("%s is a %s", f.ID, f.Trade)
		}
	}
	if words := w.find(node.SearchRequest{Text: "electrician", Limit: -1}); words.Total <= exact.Total || len(words.Facets.Trades) < 2 {
		t.Errorf("words find %d, the trade %d: related ones are missing", words.Total, exact.Total)
	}
	both := w.find(node.SearchRequest{Text: "plumber wanted", Trade: "electrician", Limit: -1})
	if both.Total != exact.Total {
		t.Errorf("an electrician by trade and a plumber by text: %d, want the %d electricians", both.Total, exact.Total)
	}
}
