package search

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rabta/internal/script"
	"rabta/seed"
)

// summary is the part of Understood that a line of a table can hold: "trades / skills / place / kinds / conditions / text".
func summary(u Understood) string {
	var tradeSlugs, skills, kinds []string
	for _, t := range u.Trades {
		tradeSlugs = append(tradeSlugs, t.Slug)
	}
	for _, s := range u.Skills {
		skills = append(skills, s.Slug)
	}
	for _, k := range u.Kinds {
		kinds = append(kinds, string(k))
	}
	place := ""
	if u.Place != nil {
		place = u.Place.ID
	}
	return fmt.Sprintf("%s / %s / %s / %s / %s / %s", strings.Join(tradeSlugs, ","), strings.Join(skills, ","), place,
		strings.Join(kinds, ","), strings.Join(u.Conditions, ","), u.Text)
}

func TestRead(t *testing.T) {
	r := NewReader(testCatalogue(t), testGazetteer(t))
	for _, c := range []struct{ text, want string }{
		// One trade, three scripts.
		{"electrician", "electrician /  /  /  /  / "},
		{"الیکٹریشن", "electrician /  /  /  /  / "},
		{"bijli ka kaam", "electrician /  /  /  /  / "},
		{"بجلی کا کام", "electrician /  /  /  /  / "},
		{"بجلي كا كام", "electrician /  /  /  /  / "}, // Arabic keyboard
		{"Electrician wanted!", "electrician /  /  /  /  / "},
		{"bijli wale ki zaroorat hai", "electrician /  /  /  /  / "},
		{"mujhe bijli ka kaam chahiye", "electrician /  /  /  /  / "},
		{"pankha nahi chal raha", "electrician /  /  /  /  / "},
		{"darzi", "tailor /  /  /  /  / "},
		{"silai", "tailor /  /  /  /  / "},
		{"سلائی", "tailor /  /  /  /  / "},
		{"zanana darzi", "ladies-tailor,tailor /  /  /  /  / "},
		{"khawateen ka darzi", "ladies-tailor,tailor /  /  /  /  / "},
		{"ویب سائٹ بنانے والا", "web-developer /  /  /  /  / "},
		{"welding", "welder /  /  /  /  / "},
		{"ویلڈنگ والا لاہور", "welder /  / dst-lahore /  /  / "},
		// Place.
		{"bijli ka kaam multan", "electrician /  / dst-multan /  /  / "},
		{"multan me bijli ka kaam", "electrician /  / dst-multan /  /  / "},
		{"ملتان میں بجلی کا کام", "electrician /  / dst-multan /  /  / "},
		{"electrician in Multan", "electrician /  / dst-multan /  /  / "},
		{"ملتان electrician", "electrician /  / dst-multan /  /  / "},
		{"multan ke qareeb plumber", "plumber /  / dst-multan /  /  / "},
		{"plumber near lhr", "plumber /  / dst-lahore /  /  / "},
		{"فیصل آباد میں درزی", "tailor /  / dst-faisalabad /  /  / "},
		{"lyallpur darzi", "tailor /  / dst-faisalabad /  /  / "},
		{"faislabad darzi", "tailor /  / dst-faisalabad /  /  / "},
		{"lahor mein naukri", " /  / tsl-lahor /  /  / "},
		{"saddar karachi plumber", "plumber /  / twn-saddar-karachi /  /  / "},
		{"plumber saddar", "plumber /  / twn-saddar-lahore /  /  / "},
		{"ضلع ملتان پلمبر", "plumber /  / dst-multan /  /  / "},
		{"plumber karachi", "plumber /  / div-karachi /  /  / "},
		{"plumber new karachi", "plumber /  / tsl-new-karachi /  /  / "},
		{"accountant lahor", " /  / dst-lahore /  /  / accountant"},
		{"plumber punjab", "plumber /  / prv-punjab /  /  / "},
		{"lahore multan plumber", "plumber /  / dst-lahore /  /  / multan"},
		{"lahore se, multan mein plumber", "plumber /  / dst-multan /  /  / lahore"},
		{"driver", "driver /  /  /  /  / "},
		{"kotla jam mein driver", "driver /  / vlg-kotla /  /  / "},
		{"driver kotla jam", "driver /  /  /  /  / kotla jam"},
		{"chak 45 gb mein mason", "mason /  / vlg-chak /  /  / "},
		{"چک 45 گ ب معمار", "mason /  / vlg-chak /  /  / "},
		{"taxila welder", "welder /  / tsl-taxila /  /  / "},
		{"sui dhaga", " /  /  /  /  / sui dhaga"},
		{"sui mein welder", "welder /  / tsl-sui /  /  / "},
		// Shared words.
		{"mistri", "mason,electrician,plumber /  /  /  /  / "},
		{"مستری چاہیے", "mason,electrician,plumber /  /  /  /  / "},
		{"bijli mistri", "electrician /  /  /  /  / "},
		{"mistri plumber lahore", "plumber /  / dst-lahore /  /  / "},
		// Sound and errors.
		{"bijly ka kam", "electrician /  /  /  /  / "},
		{"electrisian multan", "electrician /  / dst-multan /  /  / "},
		{"elektrishan", "electrician /  /  /  /  / "},
		{"pluMbre", "plumber /  /  /  /  / "},
		{"palambar", "plumber /  /  /  /  / "},
		{"beautishan lahore", "beautician /  / dst-lahore /  /  / "},
		{"وئب ڈویلپر", "web-developer /  /  /  /  / "},
		// Skills.
		{"tile cutting karachi", " / tile-cutting / div-karachi /  /  / "},
		{"گھر کی وائرنگ", " / house-wiring /  /  /  / "},
		{"plumber tile cutting", "plumber / tile-cutting /  /  /  / "},
		// Kinds.
		{"dihari lahore", "labourer /  / dst-lahore / daily-wage /  / "},
		{"دیہاڑی پر معمار", "mason /  /  / daily-wage /  / "},
		{"dihari wala", "labourer /  /  /  /  / "},
		{"apprenticeship welder", "welder /  /  / apprenticeship /  / "},
		{"درزی کا شاگرد", "tailor /  /  / apprenticeship /  / "},
		{"theke par chinai ka kaam", "mason /  /  / contract /  / "},
		{"silai piece rate", "tailor /  /  / piece-work /  / "},
		{"pakki naukri driver", "driver /  /  / job /  / "},
		{"naukri", " /  /  /  /  / "},
		// Conditions.
		{"ghar se kaam silai", "tailor /  /  /  / from_home / "},
		{"گھر بیٹھے سلائی", "tailor /  /  /  / from_home / "},
		{"web developer remote part time", "web-developer /  /  /  / remote,part_time / "},
		{"urgent beautician, women only, rihaish ke sath", "beautician /  /  /  / urgent,women_only,accommodation / "},
		{"فوری خواتین کے لیے نوکری کراچی", " /  / div-karachi /  / urgent,women_only / "},
		{"rozana dihari", "labourer /  /  / daily-wage / daily / "},
		// What is left.
		{"electrician solar panel 5kv", "electrician /  /  /  /  / solar panel 5kv"},
		{"ka ki ke", " /  /  /  /  / "},
		{"", " /  /  /  /  / "},
		{"!!! ... 😀", " /  /  /  /  / "},
		{`title:"driver" AND -x`, "driver /  /  /  /  / title x"},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got := summary(r.Read(c.text)); got != c.want {
				t.Errorf("read as  %s\nwant     %s\nin full  %s", got, c.want, r.Explain(c.text))
			}
		})
	}
}

func TestReadTellsWhatWasReadAndHowSurely(t *testing.T) {
	r := NewReader(testCatalogue(t), testGazetteer(t))
	got, err := json.Marshal(r.Read("  Bijli ka KAAM, ملتان میں "))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"query":"Bijli ka KAAM, ملتان میں","trades":[{"slug":"electrician","isco":"7411","score":1,"words":"bijli ka kaam"}],` +
		`"place":{"id":"dst-multan","name":"ملتان","words":"ملتان","point":{"lat":30.19,"lon":71.47}}}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	wantWeights := []TradeMeant{{"mason", "7112", 0.8232, "mistri"}, {"electrician", "7411", 0.3666, "mistri"},
		{"plumber", "7126", 0.2717, "mistri"}}
	if diff := cmp.Diff(wantWeights, r.Read("mistri").Trades); diff != "" {
		t.Error(diff)
	}
	if got, want := r.Explain("plumber ka kaam multan mein xyz"), "[plumber = trade plumber (name 1.00)] ka kaam "+
		"[multan = place dst-multan (name 1.00) place twn-multan (name 1.00) place div-multan (name 1.00)] mein xyz"; got != want {
		t.Errorf("explained as %s", got)
	}
}

// TestSurerReadingsScoreHigher: the very name, then without grammar, by sound, with an error.
func TestSurerReadingsScoreHigher(t *testing.T) {
	r := NewReader(testCatalogue(t), testGazetteer(t))
	last := 2.0
	for _, text := range []string{"electrician", "bijli", "palambar", "electrican"} {
		trades := r.Read(text).Trades
		if len(trades) != 1 || trades[0].Score >= last {
			t.Errorf("%s: %+v after %.2f", text, trades, last)
			continue
		}
		last = trades[0].Score
	}
}

func TestReadingIsBounded(t *testing.T) {
	r := NewReader(testCatalogue(t), testGazetteer(t))
	words := strings.Repeat("zzq ", 5000)
	u := r.Read(words)
	if n := len(strings.Fields(u.Text)); n != maxQueryWords {
		t.Errorf("%d words left", n)
	}
	if n := utf8.RuneCountInString(u.Query); n > maxQueryRunes {
		t.Errorf("a query of %d characters", n)
	}
	if u := r.Read(strings.Repeat("a", 100_000)); utf8.RuneCountInString(u.Text) != maxQueryRunes {
		t.Errorf("a word of %d characters", utf8.RuneCountInString(u.Text))
	}
}

// checkReading holds for every text: each word is read once, and what is given back comes from the tables and from the text.
func checkReading(t interface{ Errorf(string, ...any) }, r *Reader, text string) {
	u := r.Read(text)
	if !utf8.ValidString(u.Query) || !utf8.ValidString(u.Text) {
		t.Errorf("%q: not valid UTF-8", text)
	}
	if len(strings.Fields(u.Text)) > maxQueryWords || len(u.Trades) > maxTrades || len(u.Skills) > maxQueryWords {
		t.Errorf("%q: unbounded: %+v", text, u)
	}
	for i, m := range u.Trades {
		if !(m.Score > 0 && m.Score <= 1) || i > 0 && m.Score > u.Trades[i-1].Score || m.Words == "" {
			t.Errorf("%q: trades %+v", text, u.Trades)
		}
	}
	for _, w := range strings.Fields(u.Text) {
		if !strings.Contains(script.Normalize(u.Query), w) {
			t.Errorf("%q: left-over word %q is not in the query", text, w)
		}
	}
	reading := r.parse(text)
	taken := 0
	for _, s := range reading.spans {
		taken += s.to - s.from
	}
	for _, one := range reading.taken {
		if one {
			taken--
		}
	}
	if taken != 0 {
		t.Errorf("%q: a word is read twice: %s", text, reading)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"bijli ka kaam multan", "ملتان میں بجلی کا کام", "chak 45 gb", "\xff\xfe", "ke ke mein in in", "a'b`c", "ﷺ ﻻ"} {
		f.Add(text)
	}
	r := NewReader(testCatalogue(f), testGazetteer(f))
	f.Fuzz(func(t *testing.T, text string) {
		checkReading(t, r, text)
		for _, s := range r.Suggest(text, 5) {
			if s.Name == "" || s.ID == "" {
				t.Errorf("%q: suggestion %+v", text, s)
			}
		}
	})
}

func TestReadHoldsForMixturesOfWords(t *testing.T) {
	r := NewReader(testCatalogue(t), testGazetteer(t))
	pool := strings.Fields("bijli ka kaam multan mein saddar karachi mistri plumber tile cutting chak 45 gb ghar se urgent in near ke qareeb بجلی کا کام ملتان میں xyz electrisian 5kv")
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(pool), 0, 40).Draw(t, "words")
		checkReading(t, r, strings.Join(words, " "))
	})
}

func TestSuggest(t *testing.T) {
	r := NewReader(testCatalogue(t), testGazetteer(t))
	for _, c := range []struct {
		prefix string
		limit  int
		want   []Suggestion
	}{
		{"elec", 5, []Suggestion{{"trade", "electrician", "Electrician"}}},
		{"الیک", 5, []Suggestion{{"trade", "electrician", "الیکٹریشن"}}},
		{"بجل", 5, []Suggestion{{"trade", "electrician", "الیکٹریشن"}}},
		{"DAR", 5, []Suggestion{{"trade", "tailor", "darzi"}, {"trade", "ladies-tailor", "zanana darzi"}}},
		{"mult", 2, []Suggestion{{"place", "dst-multan", "Multan"}, {"place", "twn-multan", "Multan"}}},
		{"ملت", 1, []Suggestion{{"place", "dst-multan", "ملتان"}}},
		{"lyall", 1, []Suggestion{{"place", "dst-faisalabad", "Faisalabad"}}},
		{"tile c", 5, []Suggestion{{"skill", "tile-cutting", "Tile cutting"}}},
		{"developer", 5, []Suggestion{{"trade", "web-developer", "Web developer"}}},
		{"pankha", 5, []Suggestion{{"trade", "electrician", "Electrician"}}},
		{"zzz", 5, nil},
		{" ", 5, nil},
	} {
		t.Run(c.prefix, func(t *testing.T) {
			if diff := cmp.Diff(c.want, r.Suggest(c.prefix, c.limit)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if n := len(r.Suggest("s", 0)); n == 0 || n > maxSuggestions {
		t.Errorf("%d suggestions", n)
	}
}

func BenchmarkRead(b *testing.B) {
	r := NewReader(testCatalogue(b), testGazetteer(b))
	for b.Loop() {
		r.Read("multan me bijli ka kaam chahiye urgent")
	}
}

// TestReadingOfAnythingIsQuick: no text, however long or odd, takes long (the bound leaves room for the race detector on a busy machine), with all of Pakistan's names.
func TestReadingOfAnythingIsQuick(t *testing.T) {
	ref, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(ref.Catalogue, ref.Gazetteer)
	for name, text := range map[string]string{
		"long word":     strings.Repeat("elektrishn", 1000),
		"long urdu":     strings.Repeat("الیکٹریشن", 1200),
		"unknown words": strings.Repeat("elkctrishun plambring wagonwalx ", 300),
		"run together":  strings.Repeat("bijlikakaamchahiye ", 500),
		"single":        strings.Repeat("a c ", 2500),
		"emoji":         strings.Repeat("😀👷🏽‍♂️ ", 1000),
		"marks":         strings.Repeat("\u202eبجلی\u202c \u200f", 1000),
		"invalid":       strings.Repeat("\xff\xfe bijli \xc3", 1000),
		"sql":           `'; DROP TABLE postings; -- " OR 1=1 UNION SELECT * FROM x`,
		"query":         `+title:"driver"^4 AND (a OR b) NOT c~2 [1 TO 5] {x} /re.*/ \\ ??**`,
	} {
		checkReading(t, r, text)
		quickest := time.Hour
		for range 2 {
			from := time.Now()
			r.Read(text)
			r.Suggest(text, 10)
			quickest = min(quickest, time.Since(from))
		}
		if quickest > 250*time.Millisecond {
			t.Errorf("%s: %s", name, quickest)
		}
	}
}

// TestSharedWordsGiveChoicesInOrder: words that many trades share give choices in order.
func TestSharedWordsGiveChoicesInOrder(t *testing.T) {
	ref, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(ref.Catalogue, ref.Gazetteer)
	for text, first := range map[string]string{"driver": "car-driver", "ڈرائیور": "car-driver", "mistri": "mason", "helper": "factory-helper", "مستری": "mason",
		"mechanic": "car-mechanic", "operator": "sewing-machine-operator", "teacher": "primary-teacher", "painter": "building-painter"} {
		if got := r.Read(text).Trades; len(got) < 2 || got[0].Slug != first {
			t.Errorf("%s: %+v, want %s first of several", text, got, first)
		}
	}
}
