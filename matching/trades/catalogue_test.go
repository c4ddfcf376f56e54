package trades

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func named(en, ur, roman string) Names { return Names{En: en, Ur: ur, Roman: roman} }

// aWorld gives tables that pass: a mason, a plasterer close to her, and a tailor.
func aWorld() ([]Trade, []Skill, []SharedWord) {
	return []Trade{
			{Slug: "tailor", ISCO: "7531", Sector: "garments", Names: named("Tailor", "درزی", "darzi"),
				Synonyms: []string{"silai wala", "silai ka kaam"}, FindOnly: []string{"kapre silwane hain"},
				Skills: []Skilled{{"cutting", true}, {"overlock", false}}},
			{Slug: "mason", ISCO: "7112", Sector: "construction", Names: named("Mason", "راج مستری", "raj mistri"),
				Synonyms: []string{"bricklayer", "chinai wala", "darzi mistri ka ghar"},
				Skills:   []Skilled{{"brick-laying", true}, {"spirit-level", false}}, Related: []Relation{{"plasterer", 0.6}}},
			{Slug: "plasterer", ISCO: "7123", Sector: "construction", Names: named("Plasterer", "پلستر مستری", "plaster mistri"),
				Skills: []Skilled{{"plaster-finishing", true}, {"spirit-level", false}}},
		}, []Skill{
			{"spirit-level", named("Spirit level", "لیول", "level")}, {"brick-laying", named("Brick laying", "چنائی", "chinai")},
			{"cutting", named("Cutting", "کٹائی", "kataai")}, {"overlock", named("Overlock", "اوورلاک", "overlock")},
			{"plaster-finishing", named("Plaster finishing", "پلستر کی صفائی", "plaster ki safai")},
		}, []SharedWord{
			{"mistri", "roman", []Weighted{{"mason", 0.7}, {"plasterer", 0.3}, {"tailor", 0.05}}},
			{"darzi mistri", "roman", []Weighted{{"tailor", 0.4}, {"plasterer", 0.1}}},
			{"مستری", "ur", []Weighted{{"mason", 0.7}, {"plasterer", 0.3}}},
		}
}

func aCatalogue(t *testing.T) *Catalogue {
	t.Helper()
	trades, skills, shared := aWorld()
	c, err := New(trades, skills, shared, "7112", "7123", "7531")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNumbersFollowSlugs(t *testing.T) {
	c := aCatalogue(t)
	for i, want := range []string{"mason", "plasterer", "tailor"} {
		n, ok := c.Number(want)
		if !ok || int(n) != i || c.At(n).Slug != want || c.All()[i].Slug != want {
			t.Errorf("%s has number %d %v", want, n, ok)
		}
	}
	for i, s := range c.Skills() {
		if n, ok := c.SkillNumber(s.Slug); !ok || int(n) != i || c.SkillAt(n) != s {
			t.Errorf("%s has number %d %v", s.Slug, n, ok)
		}
	}
	if n, ok := c.Number("wizard"); ok || n != None {
		t.Errorf("a wizard has number %d", n)
	}
	if n, ok := c.SkillNumber("magic"); ok || n != None {
		t.Errorf("magic has number %d", n)
	}
	if _, ok := c.Trade("wizard"); ok {
		t.Error("there is a wizard")
	}
	if s, ok := c.Skill("cutting"); !ok || s.Names.Roman != "kataai" {
		t.Errorf("cutting is %v", s)
	}
}

func TestRelatednessIsSymmetric(t *testing.T) {
	c := aCatalogue(t)
	for a := range uint16(c.Len()) {
		for b := range uint16(c.Len()) {
			if c.Relatedness(a, b) != c.Relatedness(b, a) {
				t.Errorf("%d and %d are related one way", a, b)
			}
			if (c.Relatedness(a, b) == 1) != (a == b) {
				t.Errorf("%d and %d are related by %v", a, b, c.Relatedness(a, b))
			}
		}
	}
	if got := c.Relatedness(0, 1); got != 0.6 {
		t.Errorf("mason and plasterer are related by %v", got)
	}
	if c.Relatedness(None, 0) != 0 || c.Relatedness(0, None) != 0 || c.Relatedness(None, None) != 0 {
		t.Error("no trade is related to something")
	}
	if plasterer, _ := c.Trade("plasterer"); !slices.Equal(plasterer.Related, []Relation{{"mason", 0.6}}) {
		t.Errorf("the plasterer's relations are %v", plasterer.Related)
	}
	if got := c.Related(1); !slices.Equal(got, []RelatedNumber{{1, 1}, {0, 0.6}}) {
		t.Errorf("Related(plasterer) is %v", got)
	}
}

func TestEssentialAndOptional(t *testing.T) {
	c := aCatalogue(t)
	n, _ := c.Number("mason")
	brick, _ := c.SkillNumber("brick-laying")
	level, _ := c.SkillNumber("spirit-level")
	if !slices.Equal(c.Essential(n), []uint16{brick}) || !slices.Equal(c.Optional(n), []uint16{level}) {
		t.Errorf("a mason needs %v and %v", c.Essential(n), c.Optional(n))
	}
	if c.Essential(None) != nil || c.Optional(None) != nil {
		t.Error("no trade needs a skill")
	}
}

func TestNewLeavesItsTablesAlone(t *testing.T) {
	trades, skills, shared := aWorld()
	if _, err := New(trades, skills, shared); err != nil {
		t.Fatal(err)
	}
	if trades[0].Slug != "tailor" || len(trades[1].Related) != 1 || len(trades[2].Related) != 0 {
		t.Errorf("the tables were changed: %v", trades)
	}
}

func TestNewNamesTheFault(t *testing.T) {
	cases := []struct {
		name   string
		change func(trades []Trade, skills []Skill, shared []SharedWord)
		want   string
	}{
		{"trade twice", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[0].Slug = "mason" }, `trade "mason" stands twice`},
		{"skill twice", func(_ []Trade, s []Skill, _ []SharedWord) { s[0].Slug = "cutting" }, `skill "cutting" stands twice`},
		{"bad slug", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[0].Slug = "Tailor" }, `trade has slug "Tailor"`},
		{"ISCO of three digits", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[0].ISCO = "753" }, "not four digits"},
		{"ISCO that does not exist", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[0].ISCO = "9999" }, "no ISCO-08 unit group"},
		{"no Urdu name", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[0].Names.Ur = " " }, `trade "tailor" has no name in ur`},
		{"no Roman name of a skill", func(_ []Trade, s []Skill, _ []SharedWord) { s[0].Names.Roman = "" }, `skill "spirit-level" has no name in roman`},
		{"empty synonym", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[0].Synonyms[0] = "" }, "empty synonym"},
		{"unknown skill", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[0].Skills[0].Skill = "magic" }, `needs skill "magic"`},
		{"skill named twice", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[0].Skills[0].Skill = "overlock" }, "twice"},
		{"unknown relation", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[1].Related[0].Trade = "wizard" }, `related to "wizard"`},
		{"related to itself", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[1].Related[0].Trade = "mason" }, "related to itself"},
		{"relatedness of 1", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[1].Related[0].Relatedness = 1 }, "not between 0 and 1"},
		{"two figures for a pair", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[2].Related = []Relation{{"mason", 0.5}} }, "by 0.5"},
		{"one name of two unrelated trades", func(tr []Trade, _ []Skill, _ []SharedWord) { tr[0].FindOnly = []string{"Chinai  Wala"} },
			`name "chinai wala" leads to`},
		{"shared word of no trade", func(_ []Trade, _ []Skill, w []SharedWord) { w[0].Trades[0].Trade = "wizard" }, `means "wizard"`},
		{"weight of 0", func(_ []Trade, _ []Skill, w []SharedWord) { w[0].Trades[0].Weight = 0 }, "with weight 0"},
		{"script of no name", func(_ []Trade, _ []Skill, w []SharedWord) { w[0].Script = "latin" }, `script "latin"`},
		{"empty shared word", func(_ []Trade, _ []Skill, w []SharedWord) { w[0].Word = "" }, "shared word is empty"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			trades, skills, shared := aWorld()
			c.change(trades, skills, shared)
			_, err := New(trades, skills, shared, "7112", "7123", "7531")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
		})
	}
	t.Run("all faults at once", func(t *testing.T) {
		trades, skills, shared := aWorld()
		trades[0].ISCO, trades[1].Names.En, shared[0].Script = "x", "", "y"
		_, err := New(trades, skills, shared)
		if err == nil || strings.Count(err.Error(), "\n") != 2 {
			t.Fatalf("got %v, want three faults", err)
		}
	})
}

func TestANameOfTwoRelatedTradesMayStand(t *testing.T) {
	trades, skills, shared := aWorld()
	trades[2].Synonyms = []string{"chinai wala"}
	if _, err := New(trades, skills, shared); err != nil {
		t.Fatal(err)
	}
}

func TestFind(t *testing.T) {
	c := aCatalogue(t)
	slugs := func(found []Found) string {
		var s []string
		for _, f := range found {
			s = append(s, f.Trade)
		}
		return strings.Join(s, " ")
	}
	for _, q := range []struct{ name, query, want string }{
		{"exact in English", "Mason", "mason"},
		{"exact in Urdu", "درزی", "tailor"},
		{"exact in Roman", "raj  MISTRI", "mason"},
		{"a synonym", "bricklayer", "mason"},
		{"a name that is only found", "kapre silwane hain", "tailor"},
		{"a beginning", "plas", "plasterer"},
		{"a misspelling", "bricklaier", "mason"},
		{"two errors in a long name", "briklaier", "mason"},
		{"a beginning comes after the rarest exact meaning", "darzi mistri", "tailor plasterer mason"},
		{"a shared word, most often meant first", "mistri", "mason plasterer tailor"},
		{"a shared word in Urdu, and by sound what its Roman form means besides", "مستری", "mason plasterer tailor"},
		{"nothing", "", ""},
		{"nothing like it", "qqqqqq", ""},
	} {
		if got := slugs(c.Find(q.query, 0)); got != q.want {
			t.Errorf("%s: %q finds %q, want %q", q.name, q.query, got, q.want)
		}
	}
	if got := c.Find("mistri", 2); len(got) != 2 {
		t.Errorf("a limit of 2 gives %d", len(got))
	}
	if f := c.Find("mason", 1)[0]; f.Score != 1 || f.Name != "Mason" || !f.Shown {
		t.Errorf("mason is found as %+v", f)
	}
	if f := c.Find("kapre silwane hain", 1)[0]; f.Shown {
		t.Errorf("%q would be shown", f.Name)
	}
}

// A name in one script finds its trade by sound when another spelling of it is written.
func TestFindBySound(t *testing.T) {
	c := aCatalogue(t)
	for _, q := range []struct{ query, want string }{{"derzi", "tailor"}, {"darzee", "tailor"}, {"chinaee wala", "mason"}} {
		if got := c.Find(q.query, 1); len(got) == 0 || got[0].Trade != q.want {
			t.Errorf("%q finds %v, want %s", q.query, got, q.want)
		}
	}
}

// Every name finds its own trade with the full score, a score never leaves (0,1], and they fall.
func TestFindLaws(t *testing.T) {
	c := aCatalogue(t)
	for _, trade := range c.All() {
		for _, name := range slices.Concat([]string{trade.Names.En, trade.Names.Ur, trade.Names.Roman}, trade.Synonyms, trade.FindOnly) {
			if got := c.Find(name, 1); got[0].Trade != trade.Slug || got[0].Score != 1 {
				t.Errorf("%q finds %+v", name, got)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		query := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z ]{1,12}`), rapid.StringMatching(`[ا-ے]{1,8}`)).Draw(t, "query")
		last := 1.0
		for _, f := range c.Find(query, 0) {
			if f.Score <= 0 || f.Score > last {
				t.Fatalf("%q: score %v after %v", query, f.Score, last)
			}
			last = f.Score
		}
	})
}

func TestNearest(t *testing.T) {
	c := aCatalogue(t)
	for _, q := range []struct{ slug, want string }{{"masons", "mason"}, {"plasteror", "plasterer"}, {"bricklayer", "mason"}, {"darzi", "tailor"}} {
		if got := c.Nearest(q.slug); len(got) != 3 || got[0] != q.want {
			t.Errorf("nearest to %q are %v, want %s first", q.slug, got, q.want)
		}
	}
	if got := c.NearestSkill("spiritlevel"); len(got) != 3 || got[0] != "spirit-level" {
		t.Errorf("nearest skills are %v", got)
	}
	if got := c.Nearest(strings.Repeat("ا", 500)); len(got) != 3 {
		t.Errorf("nearest to a long text are %v", got)
	}
}
