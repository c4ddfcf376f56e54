package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
)

var marketWords = strings.Fields(`wiring بجلی bijli electrician الیکٹریشن panel solar سولر lahore لاہور house houses repair repairing مرمت
	motor موٹر pump fitting fiting فٹنگ urgent experienced painter پینٹر plumber پلمبر nal نل tile 5kv 12 geyser گیزر welding ویلڈنگ tailor darzi`)

// market invents n postings and n/4 graduates, always the same.
func market(n int) []Document {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(most int) string {
		words := make([]string, r.IntN(most))
		for i := range words {
			words[i] = marketWords[r.IntN(len(marketWords))]
		}
		return strings.Join(words, " ")
	}
	kinds := [...]string{"job", "daily-wage", "contract"}
	tradeSlugs := [...]string{"electrician", "plumber", "tailor", "welder"}
	var docs []Document
	for i := range n + n/4 {
		d := Document{ID: matching.ID(fmt.Sprintf("pst_%05d", i)), Noun: NounPosting, Trade: tradeSlugs[r.IntN(4)], Kind: kinds[r.IntN(3)],
			Title: text(6), Description: text(40), Employer: matching.ID(fmt.Sprintf("emp_%d", r.IntN(20)))}
		if i >= n {
			d = Document{ID: matching.ID(fmt.Sprintf("grd_%05d", i)), Noun: NounGraduate, Trade: d.Trade}
		}
		d.Names = strings.Fields(text(8))
		if r.IntN(10) > 0 {
			d.At = &geo.Point{Lat: 31.3 + r.Float64()*0.6, Lon: 74 + r.Float64()*0.6}
		}
		docs = append(docs, d)
	}
	return docs
}

// scanPlain is the plain scan that the index must equal: every document read and scored by the definition. Filters come afterwards.
func scanPlain(docs []Document, noun, text string) []Hit {
	a := &analyzer{lexicon: newLexicon()}
	type read struct {
		doc    *Document
		fields [3][]word
	}
	var all []read
	for i := range docs {
		if d := &docs[i]; d.Noun == noun {
			all = append(all, read{d, [3][]word{a.words(d.Title), a.words(strings.Join(d.Names, " ")), a.words(d.Description)}})
		}
	}
	words := a.distinct(text, maxQueryWords)
	totals, sum := make([]float64, len(all)), 0.0
	for _, w := range words {
		holding := [3]int{}
		for _, d := range all {
			for f, field := range d.fields {
				if slices.ContainsFunc(field, func(v word) bool { return w.key != "" && v.key == w.key || w.key == "" && v.term == w.term }) {
					holding[f]++
				}
			}
		}
		n, df := float64(len(all)), float64(max(holding[0], holding[1], holding[2]))
		idf := math.Log(1 + (n-df+0.5)/(df+0.5))
		sum += idf
		for i, d := range all {
			for f, field := range textFields(noun) {
				totals[i] += idf * field.boost / boostSum * bestPlain(w, d.fields[f], field.length)
			}
		}
	}
	var hits []Hit
	for i, d := range all {
		if totals[i] > 0 {
			hits = append(hits, Hit{d.doc.ID, totals[i] / sum})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	return hits
}

func bestPlain(w word, field []word, usual float64) float64 {
	length, best := 0.0, 0.0
	counts := map[string]float64{}
	for _, v := range field {
		counts[v.term]++
		length++
		if v.key != "" {
			counts[v.key]++
			length++
		}
	}
	for term, tf := range counts {
		quality, d := 0.0, 9
		if allowed := errorsAllowed(w.term); allowed > 0 && strings.HasPrefix(term, w.term[:1]) {
			d = levenshtein(w.term, term)
		}
		switch {
		case term == w.term:
			quality = exactQuality
		case term == w.key && len(w.key) > len(keyMark)+shortKey:
			quality = keyQuality
		case term == w.key:
			quality = shortKeyQuality
		case []rune(term)[0] != []rune(w.term)[0] || d > errorsAllowed(w.term):
		case d == 1:
			quality = oneErrorQuality
		case d == 2:
			quality = twoErrorQuality
		}
		best = max(best, quality*tf/(tf+saturation*(1-lengthShare+lengthShare*length/usual)))
	}
	return best
}

func levenshtein(a, b string) int {
	x, y := []rune(a), []rune(b)
	last := make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			swap := last[j]
			if x[i] != y[j] {
				swap++
			}
			row[j+1] = min(swap, last[j+1]+1, row[j]+1)
		}
		last = row
	}
	return last[len(y)]
}

func passesPlain(d *Document, q TextQuery) bool {
	if q.Trade != "" && d.Trade != q.Trade || q.Kind != "" && d.Kind != q.Kind || q.Employer != "" && d.Employer != q.Employer {
		return false
	}
	return q.Near == nil || d.At != nil && geo.Distance(*d.At, q.Near.Point) <= q.Near.Metres
}

var marketQueries = []string{"wiring", "bijli ki wiring", "بجلی", "wirring", "electrision", "repairs", "پلمبر نل", "nal", "5kv", "12", "solar pump lahore",
	"گیزر کی مرمت lahore", "fitting tile geyser welding darzi motor", "xyzzy", "xyzzy wiring", strings.Join(marketWords, " ")}

// TestEqualsAPlainScan compares the index with the definition of the score over every document, with and without filters, after
// the documents have come in several batches with replacements and deletions among them.
func TestEqualsAPlainScan(t *testing.T) {
	docs := market(600)
	x := openIndex(t, t.TempDir())
	old := slices.Clone(docs)
	for i := range old {
		old[i].Title = "old " + old[i].Description
	}
	apply(t, x, Batch{Put: old[:400]})
	apply(t, x, Batch{Put: []Document{posting("pst_extra", "wiring bijli")}})
	for chunk := range slices.Chunk(docs, 97) {
		apply(t, x, Batch{Put: chunk})
	}
	apply(t, x, Batch{Delete: []matching.ID{"pst_extra", docs[5].ID, docs[610].ID}})
	live := slices.DeleteFunc(slices.Clone(docs), func(d Document) bool { return d.ID == docs[5].ID || d.ID == docs[610].ID })

	lahore := geo.Point{Lat: 31.55, Lon: 74.34}
	filters := []TextQuery{{}, {Trade: "electrician"}, {Trade: "plumber", Kind: "job"}, {Employer: "emp_3"}, {Trade: "nothing"},
		{Near: &Circle{lahore, 3000}}, {Near: &Circle{lahore, 25_000}, Trade: "welder"}, {Near: &Circle{lahore, 900_000}}, {Near: &Circle{lahore, 0}}}
	for _, text := range marketQueries {
		for noun, search := range map[string]func(context.Context, TextQuery) ([]Hit, error){NounPosting: x.Postings, NounGraduate: x.Graduates} {
			plain := scanPlain(live, noun, text)
			for _, q := range filters {
				q.Text = text
				hits, err := search(context.Background(), q)
				if err != nil {
					t.Fatal(err)
				}
				if q.Near != nil { // as callers do: cells only narrow, exact distance decides
					hits = passing(live, q, hits)
				}
				equalHits(t, fmt.Sprintf("%s %+v", noun, q), passing(live, q, plain), hits)
			}
		}
	}
}

// passing leaves the hits whose documents pass the filters of q.
func passing(docs []Document, q TextQuery, hits []Hit) []Hit {
	return slices.DeleteFunc(slices.Clone(hits), func(h Hit) bool {
		i, _ := slices.BinarySearchFunc(docs, h.ID, func(d Document, id matching.ID) int {
			return cmp.Compare(string(d.ID)[len("pst_"):], string(id)[len("pst_"):])
		})
		return !passesPlain(&docs[i], q)
	})
}

func equalHits(t *testing.T, what string, want, got []Hit) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d hits, the plain scan has %d", what, len(got), len(want))
		return
	}
	byID := make(map[matching.ID]float64)
	for _, h := range want {
		byID[h.ID] = h.Score
	}
	for i, h := range got {
		if math.Abs(byID[h.ID]-h.Score) > 1e-9 {
			t.Errorf("%s: %s scores %v, the plain scan gives %v", what, h.ID, h.Score, byID[h.ID])
		}
		if i > 0 && (got[i-1].Score < h.Score || got[i-1].Score == h.Score && got[i-1].ID >= h.ID) {
			t.Errorf("%s: out of order at %d", what, i)
		}
		if !(h.Score > 0 && h.Score <= 1) {
			t.Errorf("%s: score %v", what, h.Score)
		}
	}
}

// TestFiltersDoNotChangeScores asks for equality to the last bit.
func TestFiltersDoNotChangeScores(t *testing.T) {
	x := openIndex(t, t.TempDir())
	docs := market(400)
	apply(t, x, Batch{Put: docs})
	for _, text := range marketQueries {
		all, err := x.Postings(context.Background(), TextQuery{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		q := TextQuery{Text: text, Trade: "electrician", Kind: "job"}
		filtered, err := x.Postings(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		want := passing(docs, q, all)
		if len(want)+len(filtered) > 0 && !slices.Equal(want, filtered) {
			t.Errorf("%s: %s", text, gocmp.Diff(want, filtered))
		}
	}
}

func TestScriptsMeet(t *testing.T) {
	titles := map[matching.ID]string{"pst_en": "House wiring for new houses", "pst_ur": "گھر کی بجلی کی وائرنگ", "pst_ro": "bijli ka kaam karna hai",
		"pst_pl": "پلمبر کی ضرورت ہے", "pst_we": "ویلڈنگ کا کام", "pst_ar": "بجلي والا چاہئے", "pst_no": "سلائی مشین"}
	x := openIndex(t, t.TempDir())
	var b Batch
	for id, title := range titles {
		b.Put = append(b.Put, posting(string(id), title))
	}
	apply(t, x, b)
	for _, c := range []struct {
		name, text string
		want       []matching.ID
	}{
		{"Roman finds Urdu", "bijli", []matching.ID{"pst_ar", "pst_ro", "pst_ur"}},
		{"Urdu finds Roman", "بجلی", []matching.ID{"pst_ar", "pst_ro", "pst_ur"}},
		{"Arabic letters are Urdu ones", "بجلي", []matching.ID{"pst_ar", "pst_ro", "pst_ur"}},
		{"another Roman spelling", "bijly", []matching.ID{"pst_ar", "pst_ro", "pst_ur"}},
		{"English finds Urdu", "plumber", []matching.ID{"pst_pl"}},
		{"English finds Urdu by sound", "welding", []matching.ID{"pst_we"}},
		{"stem", "house", []matching.ID{"pst_en"}},
		{"typing error", "wirring", []matching.ID{"pst_en", "pst_ur"}},
		{"case", "WIRING", []matching.ID{"pst_en", "pst_ur"}},
		{"nothing else", "driver", nil},
		{"grammar words find nothing", "ka ki ke chahiye کا کی نوکری job", nil},
		{"empty", "", nil},
		{"no query language", `title:house +wiring -"new" /h.*/ ~2 ^3 (`, []matching.ID{"pst_en", "pst_ur"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ids := found(t, x, TextQuery{Text: c.text})
			slices.Sort(ids)
			if diff := gocmp.Diff(c.want, ids); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheTitleCountsMoreThanTheDescription(t *testing.T) {
	x := openIndex(t, t.TempDir())
	described := posting("pst_a", "work")
	described.Description = "solar"
	named := posting("pst_b", "work")
	named.Names = []string{"solar"}
	apply(t, x, Batch{Put: []Document{described, named, posting("pst_c", "solar"), posting("pst_d", "soler"), posting("pst_e", "geyser")}})
	if diff := gocmp.Diff([]matching.ID{"pst_c", "pst_b", "pst_d", "pst_a"}, found(t, x, TextQuery{Text: "solar"})); diff != "" {
		t.Error(diff)
	}
}

func TestTooLongATextIsRefused(t *testing.T) {
	x := openIndex(t, t.TempDir())
	apply(t, x, Batch{Put: market(10)})
	if _, err := x.Postings(context.Background(), TextQuery{Text: strings.Repeat("ب", maxQueryRunes)}); err != nil {
		t.Errorf("1,000 letters of Urdu: %v", err)
	}
	_, err := x.Postings(context.Background(), TextQuery{Text: strings.Repeat("a", maxQueryRunes+1)})
	if shown, ok := fault.Shown(err); !ok || fault.KindOf(err) != fault.Invalid || shown.Field != "q" {
		t.Errorf("error %v", err)
	}
	if _, err := x.Postings(context.Background(), TextQuery{Text: "wiring", Near: &Circle{geo.Point{Lat: 31, Lon: 74}, math.NaN()}}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a radius that is no number: %v", err)
	}
}

func BenchmarkApply(b *testing.B) {
	docs := market(8000)
	x := openIndex(b, b.TempDir())
	for i := range docs {
		docs[i].Description = docs[i].Description[:min(len(docs[i].Description), 200)]
	}
	n := 0
	for b.Loop() {
		for chunk := range slices.Chunk(docs, 5000) {
			apply(b, x, Batch{Epoch: "e", Position: 1, Put: chunk})
			n += len(chunk)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
}

func BenchmarkPostings(b *testing.B) {
	x := openIndex(b, b.TempDir())
	docs := market(40_000)
	apply(b, x, Batch{Put: docs})
	lahore := geo.Point{Lat: 31.55, Lon: 74.34}
	for name, q := range map[string]TextQuery{
		"one word":              {Text: "geyser"},
		"one word, trade, 5 km": {Text: "geyser", Trade: "electrician", Near: &Circle{lahore, 5000}},
		"three words, 25 km":    {Text: "solar wirring repair", Trade: "electrician", Near: &Circle{lahore, 25_000}},
	} {
		b.Run(name, func(b *testing.B) {
			hits := 0
			for b.Loop() {
				found, err := x.Postings(context.Background(), q)
				if err != nil {
					b.Fatal(err)
				}
				hits = len(found)
			}
			b.ReportMetric(float64(hits), "hits")
		})
	}
}
