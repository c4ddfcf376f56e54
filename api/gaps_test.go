package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/matching/gaps"
	"rabta/seed"
)

// demoMarket is a world whose node holds the sample market.
func demoMarket(t testing.TB, size seed.Size) *world {
	t.Helper()
	ref := demoReference()
	now := func() time.Time { return today }
	n, err := node.Open(context.Background(), node.Config{Dir: t.TempDir() + "/data", Now: now, Reference: ref})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := n.LoadMarket(context.Background(), seed.NewMarket(ref, size, 1, today), nil); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, node: n, log: &strings.Builder{}, tokens: map[string]string{}}
	w.handler = New(Config{Service: n, Version: "test", Now: now})
	w.tokens["staff"] = w.token(AsStaff, "staff of a test")
	return w
}

var demoReference = sync.OnceValue(func() *seed.Reference {
	ref, err := seed.Load()
	if err != nil {
		panic(err)
	}
	return ref
})

// figures asks for a path below /v1/gaps as staff.
func (w *world) figures(path string) *httptest.ResponseRecorder {
	w.t.Helper()
	answer := w.ask("GET", "/v1/gaps"+path, w.tokens["staff"], "")
	if answer.Code != 200 {
		w.t.Fatalf("%s: %d %s", path, answer.Code, answer.Body)
	}
	return answer
}

// peopleCounts are the fields that count people.
var peopleCounts = []string{"supply", "supply_other_trades", "matched", "interviewed", "hired", "women", "of", "people_in_reach", "graduates",
	"waiting", "supply_last_month", "supply_last_year"}

// eachNumber visits the numbers of an answer by the names of their fields.
func eachNumber(value any, name string, visit func(name string, number float64)) {
	switch v := value.(type) {
	case map[string]any:
		for key, part := range v {
			eachNumber(part, key, visit)
		}
	case []any:
		for _, part := range v {
			eachNumber(part, name, visit)
		}
	case float64:
		visit(name, v)
	}
}

// TestNoCountOfPeopleUnderTenLeaves walks all answers about figures of the sample market.
func TestNoCountOfPeopleUnderTenLeaves(t *testing.T) {
	w := demoMarket(t, seed.Size{Graduates: 4_000, Postings: 1_000})
	levels := []string{"by=country", "by=province", "by=division", "by=district", "by=tehsil", "by=cell&resolution=4", "by=cell&resolution=5",
		"by=cell&resolution=6", "by=cell&resolution=7"}
	var paths []string
	for _, level := range levels {
		paths = append(paths, "?trade=all&"+level, "?trade=isco-7&"+level, "?"+level, "?format=geojson&trade=tailor&"+level)
	}
	for _, date := range []string{"2026-11-21", "2026-11-01"} {
		paths = append(paths, "?trade=all&by=district&date="+date)
	}
	paths = append(paths, "/trends?by=district", "/trends?trade=all&by=country", "/advice", "/outcomes", "/mismatch", "/mismatch?by=country&over=cell&resolution=5")
	seen := map[string]int{}
	for _, path := range paths {
		var answer map[string]any
		if err := json.Unmarshal(w.figures(path).Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		if answer["as_of"] == nil || answer["date"] == nil || answer["definitions"] == nil || !strings.Contains(fmt.Sprint(answer["registered"]), gaps.RegisteredUr) {
			t.Errorf("%s does not say of when it is, of whom, or what it means", path)
		}
		eachNumber(answer, "", func(name string, number float64) {
			if slices.Contains(peopleCounts, name) {
				seen[name]++
				if number < gaps.Threshold {
					t.Errorf("%s: %s is %v", path, name, number)
				}
			}
		})
	}
	for _, name := range []string{"supply", "women", "of", "matched"} {
		if seen[name] < 5 {
			t.Errorf("%s was told %d times: this test sees nothing", name, seen[name])
		}
	}
}

// TestWhatIsSuppressedCannotBeSubtracted is that what a place has beyond its published parts is nobody, or enough people.
func TestWhatIsSuppressedCannotBeSubtracted(t *testing.T) {
	w := demoMarket(t, seed.Size{Graduates: 4_000, Postings: 1_000})
	for _, trade := range []string{"all", "isco-7", "tailor", "electrician"} {
		whole := w.supplies("?by=country&trade=" + trade)[gaps.Pakistan]
		for _, level := range []string{"province", "division", "district", "tehsil"} {
			parts, hidden := int64(0), false
			for _, supply := range w.supplies("?by=" + level + "&trade=" + trade) {
				parts += max(0, supply)
				hidden = hidden || supply < 0
			}
			if rest := whole - parts; whole >= 0 && rest != 0 && rest < gaps.Threshold {
				t.Errorf("%s by %s: %d people are left", trade, level, rest)
			}
		}
	}
}

// supplies gives the supply of each place; -1 where it is suppressed.
func (w *world) supplies(path string) map[string]int64 {
	var list GapList
	if err := json.Unmarshal(w.figures(path).Body.Bytes(), &list); err != nil {
		w.t.Fatal(err)
	}
	supplies := map[string]int64{}
	for _, r := range list.Rows {
		supplies[r.Place+r.Cell] = -1
		if r.Supply != nil {
			supplies[r.Place+r.Cell] = *r.Supply
		}
	}
	return supplies
}

// TestFormatsAgree is that the same figures stand in JSON, CSV, XLSX and GeoJSON.
func TestFormatsAgree(t *testing.T) {
	w := demoMarket(t, seed.Size{Graduates: 3_000, Postings: 800})
	for _, query := range []string{"?trade=all&by=district", "?trade=isco-7&by=cell&resolution=5", "?trade=tailor&by=tehsil"} {
		var list GapList
		var onMap GapMap
		must := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		must(json.Unmarshal(w.figures(query).Body.Bytes(), &list))
		must(json.Unmarshal(w.figures(query+"&format=geojson").Body.Bytes(), &onMap))
		table, err := csv.NewReader(w.figures(query + "&format=csv").Body).ReadAll()
		must(err)
		book, err := excelize.OpenReader(bytes.NewReader(w.figures(query + "&format=xlsx").Body.Bytes()))
		must(err)
		sheet, err := book.GetRows("Sheet1")
		must(err)
		meaning, err := book.GetRows("Sheet2")
		must(err)
		if len(meaning) != len(gaps.Definitions())+1 {
			t.Errorf("%d rows of definitions", len(meaning))
		}
		if len(list.Rows) < 5 || len(onMap.Features) != len(list.Rows) || len(table) != len(list.Rows)+1 || len(sheet) != len(table) {
			t.Fatalf("%s: %d rows, %d on the map, %d and %d in tables", query, len(list.Rows), len(onMap.Features), len(table), len(sheet))
		}
		for i, r := range list.Rows {
			want := []string{r.Group, r.Place + r.Cell, text(r.Supply), strconv.FormatInt(r.Demand, 10), text(r.Tightness), text(r.Access)}
			f := onMap.Features[i].Properties
			for name, got := range map[string][]string{"csv": cellsOf(table, i), "xlsx": cellsOf(sheet, i),
				"geojson": {f.Group, f.Place + f.Cell, text(f.Supply), strconv.FormatInt(f.Demand, 10), text(f.Tightness), text(f.Access)}} {
				if !slices.EqualFunc(got, want, alike) {
					t.Fatalf("%s: %s has %q, and JSON %q", query, name, got, want)
				}
			}
			if r.Cell != "" {
				checkHexagon(t, r.Cell, onMap.Features[i].Geometry.Coordinates)
			}
		}
	}
}

// alike tells whether two cells say the same: a spreadsheet writes numbers in its own way.
func alike(a, b string) bool {
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	return a == b || errA == nil && errB == nil && math.Abs(x-y) <= 1e-9*math.Abs(x)
}

func text[T any](v *T) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(*v)
}

// cellsOf takes the compared cells out of a row of a table with headings.
func cellsOf(table [][]string, i int) []string {
	at := map[string]string{}
	for k, heading := range table[0] {
		if k < len(table[i+1]) {
			at[heading] = table[i+1][k]
		}
	}
	return []string{at["trade"], at["place"] + at["cell"], at["supply"], at["demand"], at["tightness"], at["access"]}
}

// checkHexagon holds a ring to RFC 7946: closed, longitude first, counterclockwise; and around its cell's centre.
func checkHexagon(t *testing.T, name string, coordinates any) {
	t.Helper()
	body, err := json.Marshal(coordinates)
	if err != nil {
		t.Fatal(err)
	}
	var rings [][][2]float64
	if err := json.Unmarshal(body, &rings); err != nil || len(rings) != 1 || len(rings[0]) < 7 || rings[0][0] != rings[0][len(rings[0])-1] {
		t.Fatalf("%s: %s", name, body)
	}
	area := 0.0
	for i, p := range rings[0][1:] {
		q := rings[0][i]
		area += q[0]*p[1] - p[0]*q[1]
		if p[0] < 60 || p[0] > 79 || p[1] < 22 || p[1] > 39 {
			t.Fatalf("%s: a corner at %v", name, p)
		}
	}
	cell, err := geo.ParseCell(name)
	if err != nil || area <= 0 {
		t.Fatalf("%s: %v, area %v: the ring runs clockwise", name, err, area)
	}
	if c := cell.Center(); geo.Distance(c, geo.Point{Lat: rings[0][0][1], Lon: rings[0][0][0]}) > 30_000 {
		t.Fatalf("%s lies elsewhere", name)
	}
}

// TestBadQuestionsAboutFigures names what is asked and what the answer must offer.
func TestBadQuestionsAboutFigures(t *testing.T) {
	w := newWorld(t)
	for path, want := range map[string]string{
		"?trade=electrican":                   `"electrician"`,
		"?by=hamlet":                          "cell, tehsil, district, division, province or country",
		"?by=cell&resolution=9":               "4, 5, 6 and 7",
		"?by=district&resolution=6":           `"field":"resolution"`,
		"?date=2027-01-01":                    "2026-11-22",
		"?date=1999-01-01":                    "Nothing is known of this day",
		"?date=yesterday":                     "2026-11-22",
		"?bbox=71,30,71,31":                   "holds nothing",
		"?bbox=71,30,70,31":                   "holds nothing",
		"?bbox=-180,-90,180,90":               "beyond the map of Pakistan",
		"?bbox=71,30":                         "four numbers",
		"?bbox=NaN,NaN,NaN,NaN":               "beyond the map of Pakistan",
		"?format=pdf":                         "json",
		"/trends?by=cell":                     "country, province, division or district",
		"/trends?trade=nobody":                `"field":"trade"`,
		"/advice?trade=electrican":            `"electrician"`,
		"/advice?district=khuzdar":            `"dst-khuzdar"`,
		"/waiting":                            `"field":"trade"`,
		"/waiting?trade=electrican":           `"electrician"`,
		"/mismatch?by=district&over=province": `"field":"over"`,
		"/outcomes?date=2030-01-01":           "has not come yet",
	} {
		answer := w.ask("GET", "/v1/gaps"+path, w.tokens["staff"], "")
		if answer.Code != 422 && answer.Code != 400 {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
			continue
		}
		if problemOf(t, answer); !strings.Contains(answer.Body.String(), want) {
			t.Errorf("%s: %s, want %s", path, answer.Body, want)
		}
	}
}

// TestAnswersSayOfWhenTheyAre is what as_of and date mean.
func TestAnswersSayOfWhenTheyAre(t *testing.T) {
	w := demoMarket(t, seed.Size{Graduates: 500, Postings: 300})
	demand := map[string]int64{}
	for _, date := range []string{"", "2026-11-22", "2026-11-10"} {
		var list GapList
		if err := json.Unmarshal(w.figures("?trade=all&by=country&date="+date).Body.Bytes(), &list); err != nil {
			t.Fatal(err)
		}
		if want := max(date, "2026-11-10"); date != "" && list.Date != want || date == "" && list.Date != "2026-11-22" || !list.AsOf.Equal(today) {
			t.Errorf("asked for %q: date %s, as of %s", date, list.Date, list.AsOf)
		}
		demand[date] = list.Rows[0].Demand
	}
	if demand[""] != demand["2026-11-22"] || demand[""] == demand["2026-11-10"] || demand[""] == 0 {
		t.Errorf("demand by date: %v", demand)
	}
	boxed := w.supplies("?trade=all&by=district&bbox=71.2,29.9,71.8,30.5")
	if names := slices.Collect(maps.Keys(boxed)); len(names) != 1 || names[0] != "dst-multan" {
		t.Errorf("in a box around Multan: %v", names)
	}
}

// TestAnInstituteSeesItsOwnOutcomes is the part of a role's scope that the table of roles does not show.
func TestAnInstituteSeesItsOwnOutcomes(t *testing.T) {
	w := demoMarket(t, seed.Size{Graduates: 3_000, Postings: 300})
	var whole OutcomeList
	if err := json.Unmarshal(w.figures("/outcomes").Body.Bytes(), &whole); err != nil || len(whole.Rows) == 0 {
		t.Fatal(err, len(whole.Rows))
	}
	own := whole.Rows[0].Institute
	answer := w.ask("GET", "/v1/gaps/outcomes", w.token(AsInstitute, matching.ID(own)), "")
	var its OutcomeList
	if err := json.Unmarshal(answer.Body.Bytes(), &its); err != nil {
		t.Fatal(err)
	}
	if len(its.Rows) == 0 || len(its.Rows) == len(whole.Rows) || slices.ContainsFunc(its.Rows, func(r node.OutcomeRow) bool { return r.Institute != own }) {
		t.Errorf("%d rows of %d", len(its.Rows), len(whole.Rows))
	}
}
