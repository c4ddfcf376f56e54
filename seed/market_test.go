package seed

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabta/geo"
	"rabta/matching"
)

func marketDate() time.Time { return time.Date(2026, time.November, 20, 8, 30, 0, 0, time.UTC) }

func sampleMarket(t testing.TB, graduates, postings int) *Market {
	t.Helper()
	return NewMarket(loaded(t), Size{Graduates: graduates, Postings: postings}, 7, marketDate())
}

// written is the whole market as JSON, a record a line.
func written(t testing.TB, m *Market) []byte {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	write := func(records ...any) {
		for _, r := range records {
			if err := encoder.Encode(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := range m.Institutes() {
		write(i)
	}
	for e, contact := range m.Employers() {
		write(e, contact)
	}
	for g, personal := range m.Graduates() {
		write(g, personal)
	}
	for p := range m.Postings() {
		write(p)
	}
	for a, text := range m.Applications() {
		write(a, text)
	}
	return b.Bytes()
}

func TestMarketIsTheSameEachTime(t *testing.T) {
	first := sampleMarket(t, 500, 300)
	a, again, b := written(t, first), written(t, first), written(t, sampleMarket(t, 500, 300))
	if !bytes.Equal(a, again) {
		t.Error("the second walk over one market differs from the first")
	}
	if !bytes.Equal(a, b) {
		t.Error("two markets of one seed, size and date differ")
	}
	if lines := bytes.Count(a, []byte("\n")); lines < 1500 {
		t.Errorf("only %d records were compared", lines)
	}
	if bytes.Equal(a, written(t, NewMarket(loaded(t), Size{Graduates: 500, Postings: 300}, 8, marketDate()))) {
		t.Error("another seed gives the same market")
	}
	if bytes.Equal(a, written(t, NewMarket(loaded(t), Size{Graduates: 500, Postings: 300}, 7, marketDate().AddDate(0, 0, 1)))) {
		t.Error("another date gives the same market")
	}
}

func TestMarketHasItsSize(t *testing.T) {
	ref := loaded(t)
	rapid.Check(t, func(t *rapid.T) {
		size := Size{Graduates: rapid.IntRange(0, 60).Draw(t, "graduates"), Postings: rapid.IntRange(0, 60).Draw(t, "postings"),
			Earlier: rapid.IntRange(0, 200).Draw(t, "earlier")}
		m := NewMarket(ref, size, rapid.Uint64().Draw(t, "seed"), marketDate())
		graduates, postings := 0, 0
		for range m.Graduates() {
			graduates++
		}
		employers := make(map[matching.ID]bool)
		for e := range m.Employers() {
			employers[e.ID] = true
		}
		for p := range m.Postings() {
			postings++
			if !employers[p.Employer] {
				t.Fatalf("posting %s is of employer %s, whom Employers does not yield", p.ID, p.Employer)
			}
			employers[p.Employer] = true
		}
		want := size.Postings
		if size.Postings > 0 {
			want += size.Earlier // which are of the like of those of today
		}
		if graduates != size.Graduates || postings != want || len(employers) > postings {
			t.Fatalf("%d graduates, %d postings of %d employers, want %+v", graduates, postings, len(employers), size)
		}
	})
}

func TestEveryRecordPassesItsCheck(t *testing.T) {
	m := sampleMarket(t, 3000, 1000)
	model := loaded(t).Model
	institutes := make(map[matching.ID]bool)
	for i := range m.Institutes() {
		institutes[i.ID] = true
		if !i.ID.Is(matching.InstitutePrefix) || i.Name == "" || strings.ContainsAny(i.Name, "{}") || !i.Location.InBox() {
			t.Errorf("institute %+v", i)
		}
	}
	for g := range m.Graduates() {
		if err := model.CheckGraduate(g, marketDate()); err != nil {
			t.Errorf("%s: %v", g.ID, err)
		}
		if home, err := geo.Home(g.Home); err != nil || home != g.Home || !g.ID.Is(matching.GraduatePrefix) {
			t.Errorf("%s lives at %v, which is no home (%v)", g.ID, g.Home, err)
		}
		if g.Institute != "" && !institutes[g.Institute] {
			t.Errorf("%s is on the roster of %s, which is not there", g.ID, g.Institute)
		}
	}
	for p := range m.Postings() {
		// A posting that has expired by now was right when it was written.
		if err := model.CheckPosting(p, p.Created); err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
		if !p.ID.Is(matching.PostingPrefix) || p.Posted.After(marketDate()) || p.Posted.Before(marketDate().AddDate(0, 0, -earliest(p))) {
			t.Errorf("%s was posted %v", p.ID, p.Posted)
		}
	}
}

func TestIdentifiersCarryTheirTimeAndAreUnique(t *testing.T) {
	m := sampleMarket(t, 5000, 5000)
	seen := make(map[matching.ID]bool)
	check := func(id matching.ID, created time.Time) {
		if seen[id] {
			t.Errorf("%s twice", id)
		}
		seen[id] = true
		if at := time.UnixMilli(int64(id.ULID().Time())); !at.Equal(created) {
			t.Errorf("%s is of %v, created %v", id, at, created)
		}
		if created.After(marketDate()) || created.Location() != time.UTC {
			t.Errorf("%s was created %v", id, created)
		}
	}
	for i := range m.Institutes() {
		check(i.ID, i.Created)
	}
	for e := range m.Employers() {
		check(e.ID, e.Created)
	}
	for g := range m.Graduates() {
		check(g.ID, g.Created)
	}
	for p := range m.Postings() {
		check(p.ID, p.Created)
	}
}

// TestTextsAreTrue reads adverts back: no hole is left, and what they state is in the record.
func TestTextsAreTrue(t *testing.T) {
	m := sampleMarket(t, 0, 5_000)
	stated := 0
	for p := range m.Postings() {
		text := p.Title + " " + p.Description
		if strings.ContainsAny(text, "{}") || strings.Contains(text, "  ") || strings.TrimSpace(p.Title) != p.Title {
			t.Errorf("%s: %q", p.ID, text)
		}
		for _, claim := range []struct {
			words []string
			holds bool
		}{
			{[]string{"Women only", "صرف خواتین", "Sirf khawateen"}, p.OpenTo == matching.OpenToWomen},
			{[]string{"Accommodation provided", "رہائش فری", "Rehaish free"}, p.Conditions.Of(matching.CondAccommodation) == matching.Yes},
			{[]string{"Bring your own tools", "اپنے اوزار", "Apne auzar"}, p.Conditions.Of(matching.CondTools) == matching.No},
			{[]string{"Night shift", "رات کی شفٹ"}, p.Shift == "night"},
			{[]string{"The work is online", "آن لائن ہے"}, p.Workplace == matching.Remote},
			{[]string{"Salary:", "تنخواہ:", "Tankhwah:"}, p.Kind == matching.Job && p.Pay != nil && p.Pay.Unit == matching.PerMonth},
			{[]string{"Budget", "بجٹ"}, p.Kind == matching.CustomerJob && p.Pay != nil},
		} {
			if slices.ContainsFunc(claim.words, func(w string) bool { return strings.Contains(text, w) }) {
				stated++
				if !claim.holds {
					t.Errorf("%s states what is not so: %q", p.ID, text)
				}
			}
		}
	}
	if stated < 500 {
		t.Errorf("only %d statements were read", stated)
	}
}

// TestNobodyIsReal: phones and identity numbers are of ranges that nobody has, and unlike but within a family.
func TestNobodyIsReal(t *testing.T) {
	m := sampleMarket(t, 10_000, 3_000)
	phones, cards := make(map[string]int), make(map[string]int)
	for g, personal := range m.Graduates() {
		if len(personal.Phone) != 13 || !strings.HasPrefix(personal.Phone, "+9239") {
			t.Errorf("%s has the phone %q", g.ID, personal.Phone)
		}
		phones[personal.Phone]++
		if personal.CNIC == "" {
			continue
		}
		if len(personal.CNIC) != 13 || personal.CNIC[0] != '9' {
			t.Errorf("%s has the identity number %q", g.ID, personal.CNIC)
		}
		cards[personal.CNIC]++
		if cards[personal.CNIC] > 1 {
			t.Errorf("identity number %q twice", personal.CNIC)
		}
	}
	shared := 10_000 - len(phones)
	if shared < 300 || shared > 700 {
		t.Errorf("%d of 10,000 share the phone of another, want about 500", shared)
	}
	for e, contact := range m.Employers() {
		if phones[contact.Phone] > 0 || !strings.HasPrefix(contact.Phone, "+9239") {
			t.Errorf("%s has the phone %q", e.ID, contact.Phone)
		}
		phones[contact.Phone]++
		if e.Name == "" || strings.ContainsAny(e.Name, "{}") || e.Answered > e.Asked {
			t.Errorf("employer %+v", e)
		}
	}
}

func TestInventedPhonesDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.IntRange(0, 49_999_999).Draw(t, "a"), rapid.IntRange(0, 49_999_999).Draw(t, "b")
		if a != b && inventedPhone(graduatePhones, a) == inventedPhone(graduatePhones, b) {
			t.Fatalf("%d and %d have one phone", a, b)
		}
		if inventedPhone(graduatePhones, a) == inventedPhone(employerPhones, b) {
			t.Fatalf("graduate %d and employer %d have one phone", a, b)
		}
	})
}

func TestFill(t *testing.T) {
	for _, test := range []struct{ pattern, want string }{
		{"{last} Tailors, {place}", "Khan Tailors, Multan"},
		{"{last}", "Khan"},
		{"no hole", "no hole"},
		{"{unknown}x", "x"},
	} {
		if got := fill(test.pattern, "last", "Khan", "place", "Multan"); got != test.want {
			t.Errorf("%q gives %q, want %q", test.pattern, got, test.want)
		}
	}
}

func TestPayText(t *testing.T) {
	for _, test := range []struct {
		pay    matching.Pay
		script string
		want   string
	}{
		{matching.Pay{From: 45_000, To: 55_000, Unit: matching.PerMonth}, "en", "Rs 45,000 to 55,000 a month"},
		{matching.Pay{From: 950, To: 950, Unit: matching.PerDay}, "en", "Rs 950 a day"},
		{matching.Pay{From: 1_234_567, To: 1_234_567, Unit: matching.PerJob}, "roman", "1,234,567 rupay poore kaam ke"},
		{matching.Pay{From: 40, To: 60, Unit: matching.PerPiece}, "ur", "40 سے 60 روپے فی پیس"},
	} {
		if got := payText(test.pay, test.script); got != test.want {
			t.Errorf("%+v in %s gives %q, want %q", test.pay, test.script, got, test.want)
		}
	}
}

func TestWeightedPicksByWeight(t *testing.T) {
	w := newWeighted([]float64{1, 0, 3}, func(x float64) float64 { return x })
	d := newDraw(1, graduateStream, 0)
	var picked [3]int
	for range 4000 {
		picked[w.pick(d)]++
	}
	if picked[1] != 0 || picked[2] < 2800 || picked[2] > 3200 {
		t.Errorf("weights 1, 0, 3 were picked %v times", picked)
	}
}

func BenchmarkGraduates(b *testing.B) {
	m := sampleMarket(b, 1<<40, 0)
	b.ReportAllocs()
	left := b.N
	for range m.Graduates() {
		if left--; left <= 0 {
			break
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkPostings(b *testing.B) {
	m := sampleMarket(b, 0, 1<<40)
	b.ReportAllocs()
	left := b.N
	for range m.Postings() {
		if left--; left <= 0 {
			break
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
