package api

import (
	"math"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/search"
)

// drawnText is text of any kind: scripts, escapes, and bytes that are no text.
func drawnText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z ]{0,20}`),
		rapid.SampledFrom([]string{"", "بجلی کا کام", "\"quoted\" \\ <b>&</b>", "\u2028\u2029\x00\x1f\x7f\b\f\n\r\t", "\xff\xc3", "a\xe2\x80", "\ufffd"}),
		rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) }))
}

func drawnNumber() *rapid.Generator[float64] {
	billionths := rapid.Map(rapid.Int64Range(0, 2e15), func(n int64) float64 { return float64(n) / 1e9 })
	return rapid.OneOf(rapid.Float64Range(-1e25, 1e25), rapid.Float64Range(0, 1), billionths,
		rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, 1e-6, 9.99e-7, 1e20, 1e21, 5e-324, math.MaxFloat64, 25_000}))
}

func drawnOffer(t *rapid.T) Offer {
	text := func(what string) string { return drawnText().Draw(t, what) }
	number := func(what string) float64 { return drawnNumber().Draw(t, what) }
	given := rapid.Bool()
	o := Offer{ID: matching.ID(text("id")), Trade: text("trade"), ISCO: text("isco"), Kind: matching.Kind(text("kind")), Score: number("score"), Why: text("why"),
		Employer: text("employer"), Notes: rapid.SliceOfN(drawnText(), 0, 2).Draw(t, "notes")}
	if given.Draw(t, "near") {
		metres := number("metres")
		o.Distance = &metres
	}
	if given.Draw(t, "terms") {
		for range rapid.IntRange(0, matching.NumTerms).Draw(t, "terms") {
			o.Terms = append(o.Terms, matching.CandidateTerm{Name: rapid.SampledFrom(matching.TermNames[:]).Draw(t, "name"), Value: number("value")})
		}
	}
	if given.Draw(t, "views") {
		o.Views = &node.Views{Graduate: number("graduate"), Employer: number("employer's")}
	}
	if given.Draw(t, "posting") {
		o.Posting = summarize(&matching.Posting{Employer: "emp_1", Title: text("title"), Vacancies: 2, Pay: &matching.Pay{From: 1, Unit: matching.PerDay},
			Conditions: matching.Conditions{matching.CondMeals: {Answer: matching.Yes}}, Posted: today})
		if given.Draw(t, "written before") {
			o.Posting.text = appendAny(nil, o.Posting)
		}
	}
	return o
}

func drawnReach(t *rapid.T) node.Reach {
	number, count, given := drawnNumber(), rapid.Int(), rapid.Bool()
	r := node.Reach{WithinM: number.Draw(t, "within"), Widened: given.Draw(t, "widened"), Remote: count.Draw(t, "remote")}
	if given.Draw(t, "near") {
		r.Near = &geo.Point{Lat: number.Draw(t, "lat"), Lon: number.Draw(t, "lon")}
	}
	for range rapid.IntRange(0, 3).Draw(t, "rings") {
		r.Rings = append(r.Rings, node.Ring{WithinM: number.Draw(t, "ring"), Count: count.Draw(t, "count")})
	}
	if given.Draw(t, "place") {
		r.Place = &node.PlaceTaken{ID: drawnText().Draw(t, "place"), Name: drawnText().Draw(t, "called"), Asked: drawnText().Draw(t, "asked")}
	}
	if given.Draw(t, "none") {
		r.Note = drawnText().Draw(t, "note")
	}
	if given.Draw(t, "district") {
		r.District = &node.InPlace{ID: drawnText().Draw(t, "district"), Name: drawnText().Draw(t, "name"), Count: count.Draw(t, "in it")}
	}
	return r
}

// TestListsAreWrittenAsEncodingJSONWrites: byte for byte, whatever stands in them.
func TestListsAreWrittenAsEncodingJSONWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := OfferPage{AsOf: time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).UTC(),
			Total: rapid.Int().Draw(t, "total"), Results: []Offer{}, Next: drawnText().Draw(t, "next"), Partial: rapid.Bool().Draw(t, "partial"),
			Reach: drawnReach(t)}
		for range rapid.IntRange(0, 3).Draw(t, "results") {
			page.Results = append(page.Results, drawnOffer(t))
		}
		if rapid.Bool().Draw(t, "searched") {
			page.Facets, page.Understood = &node.Facets{}, &search.Understood{}
			if rapid.Bool().Draw(t, "counted") {
				page.Facets.Trades = rapid.MapOf(rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z-]{1,9}`)), rapid.Int()).Draw(t, "trades")
				page.Facets.Kinds = rapid.MapOf(rapid.SampledFrom(matching.Kinds[:]), rapid.IntRange(0, 9)).Draw(t, "kinds")
			}
		}
		if by, want := string(page.appendJSON([]byte("before"))), "before"+string(appendAny(nil, page)); by != want {
			t.Fatalf("written by hand\n%s\nby encoding/json\n%s", by, want)
		}
	})
}

func TestNumbersThatJSONCannotHoldPanic(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		t.Run(strconv.FormatFloat(x, 'g', -1, 64), func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Errorf("%v was written", x)
				}
			}()
			appendNumber(nil, x)
		})
	}
}

// TestSummariesGoWithTheirRecords: a record that has changed is another one, though its id is the same.
func TestSummariesGoWithTheirRecords(t *testing.T) {
	shown := func(title string) *node.Found {
		p := &matching.Posting{ID: "pst_1", Title: title}
		return &node.Found{Posting: p, Record: &node.Record{Posting: p}}
	}
	if summaryOf(&node.Found{}) != nil {
		t.Error("a record that is missing has a summary")
	}
	before, after := shown("Mason"), shown("Tiler")
	first := summaryOf(before)
	if summaryOf(before) != first || !strings.Contains(string(first.text), "Mason") {
		t.Errorf("the same record was summarised anew, or wrongly: %s", first.text)
	}
	if second := summaryOf(after); !strings.Contains(string(second.text), "Tiler") {
		t.Errorf("the changed record is shown as it was: %s", second.text)
	}
	before.Posting = after.Posting
	if third := summaryOf(before); third.Title != "Tiler" {
		t.Errorf("a record that goes with another posting is summarised as %s", third.Title)
	}
}

// TestAnswersTellTheirLength: a long answer comes in one piece, and not in chunks.
func TestAnswersTellTheirLength(t *testing.T) {
	w := httptest.NewRecorder()
	page := OfferPage{Results: []Offer{{Why: strings.Repeat("long ", 2_000)}}}
	if err := encodeWhole(w, page); err != nil {
		t.Fatal(err)
	}
	if got, want := w.Header().Get("Content-Length"), strconv.Itoa(w.Body.Len()); got != want || w.Body.Len() < 10_000 {
		t.Errorf("Content-Length %q of %s bytes", got, want)
	}
}
