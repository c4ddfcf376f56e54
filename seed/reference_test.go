package seed

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/script"
	"rabta/matching"
)

// reference loads the tables once for all tests of the package.
var reference = sync.OnceValues(Load)

func loaded(t testing.TB) *Reference {
	t.Helper()
	ref, err := reference()
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func TestReferenceIsWhole(t *testing.T) {
	ref := loaded(t)
	if n := ref.Catalogue.Len(); n < 110 {
		t.Errorf("%d trades, want 110 or more", n)
	}
	if n := len(ref.Catalogue.Skills()); n < 700 {
		t.Errorf("%d skills, want 700 or more", n)
	}
	if len(ref.Sectors) != 20 || len(ref.ISCO) < 430 || len(ref.Schooling) != 7 || len(ref.Licences) != 6 {
		t.Errorf("%d sectors, %d ISCO groups, %d steps of schooling, %d licences", len(ref.Sectors), len(ref.ISCO), len(ref.Schooling),
			len(ref.Licences))
	}
	if !strings.HasPrefix(ref.Model.Version, modelVersion+"-") || ref.Model.Catalogue != ref.Catalogue || ref.Model.Wages != ref.Wages {
		t.Errorf("the model %q is not made of this reference", ref.Model.Version)
	}
	// The lists in matching are what a model without tables goes by; ours must not say otherwise.
	for i, s := range ref.Schooling {
		if s.Code != matching.Schooling[i] {
			t.Errorf("step %d of schooling is %q, in matching %q", i, s.Code, matching.Schooling[i])
		}
	}
	for i, l := range ref.Licences {
		if l.Code != matching.Licences[i] {
			t.Errorf("licence %d is %q, in matching %q", i, l.Code, matching.Licences[i])
		}
	}
}

func TestLoadRefusesWeightsOutOfRange(t *testing.T) {
	weights := matching.DefaultWeights()
	weights.Pay.Assumed.Value = 2
	_, err := load(tables, weights)
	var refused *fault.Error
	if !errors.As(err, &refused) || refused.Kind != fault.Invalid || refused.Field != "pay.assumed" {
		t.Fatalf("error %v, want one of the figure pay.assumed", err)
	}
}

func TestVersionFollowsTablesAndWeights(t *testing.T) {
	ref := loaded(t)
	again, err := version(tables, matching.DefaultWeights())
	if err != nil || again != ref.Model.Version {
		t.Errorf("version %q, then %q (%v)", ref.Model.Version, again, err)
	}
	weights := matching.DefaultWeights()
	weights.Skill.Floor.Value /= 2
	if other, err := version(tables, weights); err != nil || other == again {
		t.Errorf("other weights have the same version %q (%v)", other, err)
	}
}

func TestTradesHaveSkillsOfBothNeeds(t *testing.T) {
	ref := loaded(t)
	for n, trade := range ref.Catalogue.All() {
		essential, optional := len(ref.Catalogue.Essential(uint16(n))), len(ref.Catalogue.Optional(uint16(n)))
		if essential == 0 || optional == 0 || essential+optional < 5 || essential+optional > 12 {
			t.Errorf("%s has %d essential and %d optional skills", trade.Slug, essential, optional)
		}
		if ref.ISCO[trade.ISCO] == "" {
			t.Errorf("%s has ISCO code %q, which has no title", trade.Slug, trade.ISCO)
		}
		if len(trade.Related) == 0 {
			t.Errorf("%s is related to nothing", trade.Slug)
		}
	}
}

func TestRelatednessIsSymmetric(t *testing.T) {
	c := loaded(t).Catalogue
	for a := range uint16(c.Len()) {
		for b := range uint16(c.Len()) {
			r := c.Relatedness(a, b)
			if r != c.Relatedness(b, a) || a == b && r != 1 || a != b && (r < 0 || r >= 1) {
				t.Errorf("relatedness of %s and %s is %v and %v", c.At(a).Slug, c.At(b).Slug, r, c.Relatedness(b, a))
			}
		}
	}
}

// TestNamesAreOfTheirScript holds every shown name against the script of its column.
func TestNamesAreOfTheirScript(t *testing.T) {
	c := loaded(t).Catalogue
	check := func(what, en, ur, roman string) {
		if script.Of(en) == script.Ur || script.Of(ur) != script.Ur || script.Of(roman) == script.Ur || strings.TrimSpace(roman) == "" {
			t.Errorf("%s: names %q, %q, %q", what, en, ur, roman)
		}
	}
	for _, trade := range c.All() {
		check(trade.Slug, trade.Names.En, trade.Names.Ur, trade.Names.Roman)
	}
	for _, s := range c.Skills() {
		check(s.Slug, s.Names.En, s.Names.Ur, s.Names.Roman)
	}
}

// TestNoNameLeadsAstray asks that a name of two trades is a listed shared word, unless the trades are so near that either will do.
func TestNoNameLeadsAstray(t *testing.T) {
	c := loaded(t).Catalogue
	shared, err := readSharedWords(tables)
	if err != nil {
		t.Fatal(err)
	}
	listed := make(map[string]bool)
	for _, w := range shared {
		listed[script.Fold(w.Word)] = true
	}
	meant := make(map[string][]uint16)
	for n, trade := range c.All() {
		names := slices.Concat([]string{trade.Names.En, trade.Names.Ur, trade.Names.Roman}, trade.Synonyms, trade.FindOnly)
		for _, name := range names {
			if key := script.Fold(name); !slices.Contains(meant[key], uint16(n)) {
				meant[key] = append(meant[key], uint16(n))
			}
		}
	}
	for name, numbers := range meant {
		for i, a := range numbers {
			for _, b := range numbers[i+1:] {
				if !listed[name] && c.Relatedness(a, b) < 0.5 {
					t.Errorf("%q is %s and %s, which are little related, and is no shared word", name, c.At(a).Slug, c.At(b).Slug)
				}
			}
		}
	}
	if len(meant) < 3000 || len(shared) < 500 {
		t.Errorf("only %d names and %d shared words were looked at", len(meant), len(shared))
	}
}

// TestNoCasteName keeps names of castes out of what is shown, and slurs out of everything.
func TestNoCasteName(t *testing.T) {
	castes := foldAll("نائی موچی ماسی جولاہا کمہار لوہار دھوبی قصائی میراثی ترکھان سنار تیلی " +
		"nai naai mochi maasi masi julaha jolaha kumhar kumhaar lohar luhar dhobi qasai kasai mirasi marasi tarkhan sunar sonar teli")
	slurs := foldAll("چوڑا چوہڑا چوڑھا کمی بھنگی چمار مصلی bhangi chuhra choora chura kammi chamar mussali")
	c := loaded(t).Catalogue
	check := func(slug, name string, banned map[string]bool) {
		for _, word := range script.Words(name) {
			if banned[word] {
				t.Errorf("%s: %q has the word %q", slug, name, word)
			}
		}
	}
	for _, trade := range c.All() {
		for _, name := range slices.Concat([]string{trade.Names.En, trade.Names.Ur, trade.Names.Roman}, trade.Synonyms) {
			check(trade.Slug, name, castes)
			check(trade.Slug, name, slurs)
		}
		for _, name := range trade.FindOnly {
			check(trade.Slug, name, slurs)
		}
	}
	for _, s := range c.Skills() {
		for _, name := range []string{s.Names.En, s.Names.Ur, s.Names.Roman} {
			check(s.Slug, name, castes)
			check(s.Slug, name, slurs)
		}
	}
}

func foldAll(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range script.Words(words) {
		set[w] = true
	}
	return set
}

func TestFindingTrades(t *testing.T) {
	c := loaded(t).Catalogue
	for _, test := range []struct{ name, want string }{
		{"electrician", "electrician"}, {"الیکٹریشن", "electrician"}, {"bijli ka kaam", "electrician"},
		{"raj mistri", "mason"}, {"راج مستری", "mason"},
		{"web developer", "web-developer"}, {"plumber", "plumber"}, {"پلمبر", "plumber"},
		{"nai", "barber"}, {"دھوبی", "launderer"},
		{"ladies tailor", "ladies-tailor"}, {"beautician", "beautician"}, {"nurse", "nurse"},
	} {
		found := c.Find(test.name, 3)
		if len(found) == 0 || found[0].Trade != test.want {
			t.Errorf("%q finds %v, want %s first", test.name, found, test.want)
		}
	}
}

func TestWages(t *testing.T) {
	ref := loaded(t)
	provinces := ref.Gazetteer.All(geo.LevelProvince)
	rows, observed := 0, 0
	for _, trade := range ref.Catalogue.All() {
		for _, province := range provinces {
			w, ok := ref.Wages.Wage(trade.Slug, province.ID)
			if !ok || w.Province != province.ID {
				t.Errorf("%s in %s has no wage of its own", trade.Slug, province.ID)
				continue
			}
			rows++
			if !(w.P25 > 5_000 && w.P25 <= w.P50 && w.P50 <= w.P75 && w.P75 < 500_000) {
				t.Errorf("%s in %s earns %v, %v, %v", trade.Slug, province.ID, w.P25, w.P50, w.P75)
			}
			if w.Source == "" || w.Date.IsZero() || !slices.Contains([]string{basisObserved, basisDerived, basisAssumed}, w.Basis) {
				t.Errorf("%s in %s has basis %q, source %q, date %v", trade.Slug, province.ID, w.Basis, w.Source, w.Date)
			}
			if w.Basis != basisAssumed {
				observed++
			}
		}
	}
	if observed < 15 {
		t.Errorf("only %d of %d rows are observed or derived", observed, rows)
	}
}

func TestObservedWagesHold(t *testing.T) {
	ref := loaded(t)
	for _, test := range []struct {
		trade, province string
		monthly         float64
		basis, date     string
	}{
		{"mason", "prv-punjab", 1830 * 26, basisDerived, "2025-10-01"},
		{"construction-labourer", "prv-sindh", 1465 * 26, basisObserved, "2025-10-01"},
		{"electrician", "prv-punjab", 2200 * 26, basisAssumed, "2025-07-01"}, // known by the point alone
		{"electrician", "prv-sindh", 2200 * 26 * 0.91, basisAssumed, "2025-07-01"},
	} {
		w, _ := ref.Wages.Wage(test.trade, test.province)
		if diff := w.P50 - test.monthly; diff > 1 || diff < -1 || w.Basis != test.basis || w.Date.Format(time.DateOnly) != test.date {
			t.Errorf("%s in %s: %v %s of %s, want %v %s of %s", test.trade, test.province, w.P50, w.Basis, w.Date.Format(time.DateOnly),
				test.monthly, test.basis, test.date)
		}
	}
}

func TestMinimumWages(t *testing.T) {
	ref := loaded(t)
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, test := range []struct {
		province, on, category string
		want                   matching.Rupees
	}{
		{"prv-punjab", "2025-06-30", "unskilled", 37_000},
		{"prv-punjab", "2025-07-01", "unskilled", 40_000},
		{"prv-sindh", "2026-01-01", "skilled", 49_628},
		{"prv-balochistan", "2026-01-01", "unskilled", 37_000},
		{"prv-punjab", "2020-01-01", "unskilled", 0},
	} {
		if got, _ := ref.Wages.MinimumWage(test.province, day(test.on), test.category); got != test.want {
			t.Errorf("%s %s on %s: %d, want %d", test.province, test.category, test.on, got, test.want)
		}
	}
}
