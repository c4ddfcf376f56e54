package search_test

import (
	"slices"
	"testing"

	"rabta/search"
)

// TestReadPlaceOrTrade holds queries in which an ordinary word, a person's name or a nickname was once read as another place or trade.
func TestReadPlaceOrTrade(t *testing.T) {
	r := seedReader(t)
	for _, c := range []struct {
		query, isco, place string
		condition          string
	}{
		{query: "tailer", isco: "7531"},
		{query: "tayler", isco: "7531"},
		{query: "darji", isco: "7531"},
		{query: "woman tailor", isco: "7531", condition: search.AskWomenOnly},
		{query: "kapre silai lahore", isco: "7531", place: "dst-lahore"},
		{query: "کپڑے سلائی", isco: "7531"},
		{query: "خواتین کے لیے سلائی", isco: "7531"},
		{query: "راجگیر سوات", isco: "7112", place: "dst-swat"},
		{query: "راج سوات", isco: "7112", place: "dst-swat"},
		{query: "mason rykhan", isco: "7112", place: "dst-rahim-yar-khan"},
		{query: "electrician isloo", isco: "7411", place: "dst-islamabad"},
		{query: "منگورہ", place: "dst-swat"},
		{query: "faisalabad", place: "dst-faisalabad"},
		{query: "talat hussain"},
		{query: "کبریٰ خان"},
		{query: "ghulam rasool bhatti"},
	} {
		u := r.Read(c.query)
		isco, place := "", ""
		if len(u.Trades) > 0 {
			isco = u.Trades[0].ISCO
		}
		if u.Place != nil {
			place = u.Place.ID
		}
		if isco != c.isco || place != c.place || c.condition != "" && !slices.Contains(u.Conditions, c.condition) {
			t.Errorf("%q: trade %q, place %q, conditions %v; want %q, %q, %q", c.query, isco, place, u.Conditions, c.isco, c.place, c.condition)
		}
	}
}
