package geo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rabta/internal/fault"
)

// country is a small invented gazetteer around real names.
func country(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := NewGazetteer(somePlaces(), map[string][]uint64{
		"multan-district": someCells(t, Point{30.1978, 71.4697}),
		"lahore-district": someCells(t, Point{31.5204, 74.3587}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// someCells is a disk of cells around p, of two resolutions as a compacted set has them.
func someCells(t testing.TB, p Point) []uint64 {
	t.Helper()
	cells, err := Covering(p, 15_000, 6)
	if err != nil {
		t.Fatal(err)
	}
	var out []uint64
	for i, c := range cells {
		if i > 0 {
			out = append(out, uint64(c))
			continue
		}
		fine, err := Covering(c.Center(), 1_500, 8)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fine {
			if f.Parent(6) == c {
				out = append(out, uint64(f))
			}
		}
	}
	return out
}

func somePlaces() []Place {
	place := func(id string, level Level, en, ur, parent string, lat, lon float64, people int) Place {
		return Place{ID: id, Level: level, Names: Names{En: en, Ur: ur}, Point: Point{lat, lon}, Population: people, CensusYear: 2023, Parent: parent}
	}
	places := []Place{
		place("punjab", LevelProvince, "Punjab", "پنجاب", "", 31.17, 72.71, 127_688_922),
		place("sindh", LevelProvince, "Sindh", "سندھ", "", 25.89, 68.52, 55_696_147),
		place("lahore-division", LevelDivision, "Lahore Division", "لاہور ڈویژن", "punjab", 31.5, 74.3, 22_772_710),
		place("lahore-district", LevelDistrict, "Lahore", "لاہور", "lahore-division", 31.52, 74.35, 13_004_135),
		place("multan-district", LevelDistrict, "Multan", "ملتان", "punjab", 30.2, 71.47, 5_362_305),
		place("faisalabad-district", LevelDistrict, "Faisalabad", "فیصل آباد", "punjab", 31.45, 73.13, 9_075_819),
		place("old-lyallpur", LevelDistrict, "Lyallpur", "لائل پور", "punjab", 31.45, 73.13, 0),
		place("karachi-district", LevelDistrict, "Karachi", "کراچی", "sindh", 24.86, 67.0, 20_382_881),
		place("lahore", LevelTown, "Lahore", "لاہور", "lahore-district", 31.5204, 74.3587, 11_126_285),
		place("multan", LevelTown, "Multan", "ملتان", "multan-district", 30.1978, 71.4697, 2_215_000),
		place("multanabad", LevelVillage, "Multanabad", "ملتان آباد", "multan-district", 30.3, 71.5, 900),
		place("chak-57-jb", LevelVillage, "Chak 57 JB", "چک ۵۷ ج ب", "faisalabad-district", 31.4, 72.9, 3_000),
		place("chak-57-gb", LevelVillage, "57/GB", "", "faisalabad-district", 31.2, 73.2, 5_000),
		place("chak-57-12-l", LevelVillage, "57/12-L", "", "multan-district", 30.5, 72.4, 4_000),
		place("phool-nagar", LevelVillage, "", "پھول نگر خرد", "punjab", 31.2, 73.9, 700),
		place("kotri", LevelTown, "Kotri", "کوٹری", "sindh", 25.36, 68.3, 100_000),
	}
	places[6].Until, places[5].Other = "1979-09-01", []string{"Lyallpur"}
	return places
}

func ids(found []Found) string {
	var s []string
	for _, f := range found {
		s = append(s, f.Place.ID+":"+f.How)
	}
	return strings.Join(s, " ")
}

func TestFind(t *testing.T) {
	g := country(t)
	tests := []struct {
		name, in string
		limit    int
		want     string
	}{
		{"exact, the seat before its district, then prefix", "Multan", 5, "multan:exact multan-district:exact multanabad:prefix"},
		{"in Urdu", "ملتان", 2, "multan:exact multan-district:exact"},
		{"from an Arabic keyboard", "كراچي", 1, "karachi-district:exact"},
		{"spaces apart", "faisal abad", 1, "faisalabad-district:exact"},
		{"spaces apart in Urdu", "فیصلآباد", 1, "faisalabad-district:exact"},
		{"what exists comes first", "LYALLPUR", 2, "faisalabad-district:exact old-lyallpur:exact"},
		{"prefix", "kara", 1, "karachi-district:prefix"},
		{"two slips", "faisolabsd", 1, "faisalabad-district:misspelt"},
		{"one slip", "multn", 2, "multan:misspelt multan-district:misspelt"},
		{"no slip in three letters", "xkp", 5, ""},
		{"by sound", "kraachee", 1, "karachi-district:phonetic"},
		{"by sound across the scripts", "کراچے", 1, "karachi-district:misspelt"},
		{"by sound, far off", "Lhuare", 2, "lahore:phonetic lahore-district:phonetic"},
		{"a chak", "chak 57 j.b.", 1, "chak-57-jb:exact"},
		{"a chak in Urdu", "۵۷/۱۲ ایل", 1, "chak-57-12-l:exact"},
		{"a chak of no named canal", "چک نمبر 57", 5, "chak-57-gb:chak chak-57-12-l:chak chak-57-jb:chak"},
		{"nothing asked", " ?", 5, ""},
		{"none wanted", "Multan", 0, ""},
		{"aspirates by sound", "Phulnagarkhoord", 1, "phool-nagar:phonetic"},
		{"unknown", "Timbuktu", 5, ""},
		{"very long", strings.Repeat("multan", 100), 5, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := g.Find(tt.in, tt.limit)
			if got := ids(found); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if !slices.IsSortedFunc(found, func(a, b Found) int { return cmp.Compare(b.Score, a.Score) }) {
				t.Errorf("scores rise: %v", found)
			}
		})
	}
}

func TestFindMissesNoSlip(t *testing.T) {
	g := country(t)
	rapid.Check(t, func(t *rapid.T) {
		name := []rune(rapid.SampledFrom([]string{"faisalabad", "karachi", "multanabad"}).Draw(t, "name"))
		at := rapid.IntRange(0, len(name)-2).Draw(t, "at")
		switch rapid.IntRange(0, 3).Draw(t, "slip") {
		case 0:
			name = slices.Delete(name, at, at+1)
		case 1:
			name = slices.Insert(name, at, rapid.RuneFrom([]rune("abkmz")).Draw(t, "letter"))
		case 2:
			name[at] = rapid.RuneFrom([]rune("abkmz")).Draw(t, "letter")
		case 3:
			name[at], name[at+1] = name[at+1], name[at]
		}
		if len(g.Find(string(name), 10)) == 0 {
			t.Fatalf("%s is not found", string(name))
		}
	})
}

func TestNewGazetteerNamesEveryFault(t *testing.T) {
	places := append(somePlaces(),
		Place{ID: "lahore", Level: LevelTown, Names: Names{En: "Again"}, Point: Point{31, 74}},
		Place{ID: "", Level: LevelTown, Names: Names{En: "Nameless id"}, Point: Point{31, 74}},
		Place{ID: "moon", Level: "crater", Names: Names{En: "Moon"}, Point: Point{31, 74}},
		Place{ID: "silent", Level: LevelTown, Point: Point{31, 74}},
		Place{ID: "abroad", Level: LevelTown, Names: Names{En: "Abroad"}, Point: Point{51, 0}},
		Place{ID: "orphan", Level: LevelTown, Names: Names{En: "Orphan"}, Point: Point{31, 74}, Parent: "nowhere"},
		Place{ID: "inverted", Level: LevelProvince, Names: Names{En: "Inverted"}, Point: Point{31, 74}, Parent: "lahore"})
	_, err := NewGazetteer(places, nil)
	if fault.KindOf(err) != fault.Invalid {
		t.Fatal(err)
	}
	for _, part := range []string{`"lahore" stands twice`, "no id", `"crater"`, `"silent" has no name`, `"abroad" lies outside`, `"nowhere"`,
		`"inverted" is a province within a town`} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in %v", part, err)
		}
	}
	cell := someCells(t, Point{31, 74})[0]
	_, err = NewGazetteer(somePlaces(), map[string][]uint64{"lahore": {cell}, "nowhere": {cell}, "multan-district": {cell, 138}, "lahore-district": {cell}})
	if fault.KindOf(err) != fault.Invalid {
		t.Fatal(err)
	}
	for _, part := range []string{`"lahore", which is no district`, `"nowhere", which is no district`, "8a, which is no cell", "belongs to"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in %v", part, err)
		}
	}
}

func TestPlaceAllAndChain(t *testing.T) {
	g := country(t)
	if p, ok := g.Place("multan"); !ok || p.Names.Ur != "ملتان" {
		t.Errorf("%v, %v", p, ok)
	}
	if _, ok := g.Place("atlantis"); ok {
		t.Error("atlantis is known")
	}
	if all := g.All(LevelProvince); len(all) != 2 || all[0].ID != "punjab" || all[1].ID != "sindh" {
		t.Errorf("%v", all)
	}
	var chain []string
	for _, p := range g.Chain("lahore") {
		chain = append(chain, p.ID)
	}
	if got := strings.Join(chain, " "); got != "lahore lahore-district lahore-division punjab" {
		t.Error(got)
	}
	if chain := g.Chain("atlantis"); len(chain) != 0 {
		t.Error(chain)
	}
}

func TestDistrictAndProvince(t *testing.T) {
	g := country(t)
	withoutCells, err := NewGazetteer(somePlaces(), nil)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name               string
		g                  *Gazetteer
		p                  Point
		district, province string
	}{
		{"in a cell", g, Point{30.1978, 71.4697}, "multan-district", "punjab"},
		{"nearest cell", g, Point{29.4, 71.6}, "multan-district", "punjab"},
		{"far from any cell", g, Point{24.9, 67.1}, "multan-district", "punjab"},
		{"by the nearest place", withoutCells, Point{24.9, 67.1}, "karachi-district", "sindh"},
		{"by the nearest village", withoutCells, Point{30.5, 72.41}, "multan-district", "punjab"},
		{"outside the box", g, Point{51, 0}, "", ""},
		{"outside the box, without cells", withoutCells, Point{51, 0}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			district, ok := tt.g.District(tt.p)
			province, also := tt.g.Province(tt.p)
			if district.ID != tt.district || province.ID != tt.province || ok != (tt.district != "") || also != ok {
				t.Errorf("%s, %s", district.ID, province.ID)
			}
		})
	}
	empty, err := NewGazetteer(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := empty.District(Point{30, 70}); ok {
		t.Errorf("an empty gazetteer knows %v", p)
	}
}

func TestNearestEqualsBruteForce(t *testing.T) {
	g := country(t)
	rapid.Check(t, func(t *rapid.T) {
		p := pointInBox().Draw(t, "p")
		k := rapid.IntRange(0, 20).Draw(t, "k")
		levels := rapid.SliceOf(rapid.SampledFrom(Levels())).Draw(t, "levels")
		var want []string
		all := slices.DeleteFunc(slices.Clone(g.places), func(q Place) bool {
			return q.Until != "" || len(levels) > 0 && !slices.Contains(levels, q.Level)
		})
		slices.SortStableFunc(all, func(a, b Place) int { return cmp.Compare(Distance(p, a.Point), Distance(p, b.Point)) })
		for _, q := range all[:min(k, len(all))] {
			want = append(want, fmt.Sprint(q.ID, Distance(p, q.Point)))
		}
		var got []string
		for _, n := range g.Nearest(p, levels, k) {
			got = append(got, fmt.Sprint(n.Place.ID, n.Metres))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestOutwardVisitsAllRowsNearestFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := sortedRows(t, rapid.SliceOfN(pointInBox(), 0, 300).Draw(t, "points"))
		center := pointInBox().Draw(t, "center")
		seen := make([]bool, len(r.points))
		last := 0.0
		NewTrie(r.cells, r.points).Outward(center, func(lo, hi int, atLeast float64) bool {
			if atLeast < last {
				t.Fatalf("%v m after %v m", atLeast, last)
			}
			last = atLeast
			for i := lo; i < hi; i++ {
				if d := Distance(center, r.points[i]); seen[i] || d < atLeast {
					t.Fatalf("row %d at %v m, said to be %v m off; seen before: %v", i, d, atLeast, seen[i])
				}
				seen[i] = true
			}
			return true
		})
		if slices.Contains(seen, false) {
			t.Fatal("a row was not visited")
		}
	})
}
