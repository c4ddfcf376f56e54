package intake

import (
	"strings"
	"testing"

	"rabta/geo"
)

// placed joins cells as a row does: village, place, tehsil, district, division, province.
func placed(cells ...string) string {
	return strings.Join(append(cells, make([]string, placeCells-len(cells))...), placeSeparator)
}

func TestPlacesOfARowNarrowEachOther(t *testing.T) {
	tables := testTables(t)
	r := placeReader{gazetteer: tables.Gazetteer, reader: tables.Reader}
	tests := []struct {
		name, cells, as, how string
	}{
		{"a city", placed("", "Multan"), "Multan", HowName},
		{"in Urdu", placed("", "فیصل آباد"), "Faisalabad", HowName},
		{"a city in Urdu, written as a small tehsil far away", placed("", "لاہور"), "Lahore", HowLargest},
		{"that tehsil in its district", placed("", "", "لاہور", "صوابی"), "Lahor, Swabi", HowNarrowed},
		{"misspelt", placed("", "Gojranwala"), "Gujranwala", HowName},
		{"by sound", placed("", "Jauhar Town", "", "Lahore"), "Johar Town, Lahore", HowSound},
		{"one cell", placed("", "Johar Town, Lahore"), "Johar Town, Lahore", HowName},
		{"one cell without a comma", placed("", "Gulshan-e-Iqbal Karachi"), "Gulshan-e-Iqbal, Karachi East", HowWords},
		{"tehsil and district", placed("", "", "Kabirwala", "Khanewal"), "Kabirwala, Khanewal", HowName},
		{"with the words", placed("", "", "Teh. Kabirwala", "Distt. Khanewal"), "Kabirwala, Khanewal", HowName},
		{"all in one cell", placed("", "tehsil Kabirwala district Khanewal"), "Kabirwala, Khanewal", HowName},
		{"a district alone", placed("", "", "", "Tharparkar"), "Tharparkar district", HowName},
		{"the word after", placed("", "Khanewal District"), "Khanewal district", HowName},
		{"a village that nobody lists", placed("Basti Ghaus Nowhere Xyz", "", "Kabirwala", "Khanewal"), "Kabirwala, Khanewal", HowWider},
		{"a chak that nobody lists", placed("57/12-L", "", "", "Sahiwal"), "Sahiwal district", HowWider},
		{"the city in both columns", placed("", "Lahore", "", "Lahore", "", "Punjab"), "Lahore", HowName},
		{"a city with its tehsil", placed("", "Lahore", "Lahore City", "Lahore"), "Lahore", HowName},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := r.readPlace(tt.cells); d.as != tt.as || d.how != tt.how {
				t.Errorf("read as %q by %q %v, want %q by %q", d.as, d.how, d.wanted, tt.as, tt.how)
			}
		})
	}
	for name, cells := range map[string]string{"a province": placed("", "", "", "", "", "Punjab"), "nothing known": placed("", "Xyzzy Qwrt"),
		"a town of another district": placed("", "Multan", "", "Lahore"), "a chak alone": placed("57/12-L"), "two letters": placed("", "Ka")} {
		if d := r.readPlace(cells); d.wanted == (wanted{}) {
			t.Errorf("%s: read as %q by %q", name, d.as, d.how)
		}
	}
}

// A gazetteer with villages tells a chak by its number, and which of several by the district.
func TestChaksAreToldByTheirDistrict(t *testing.T) {
	places := []geo.Place{
		{ID: "prv-p", Level: geo.LevelProvince, Names: geo.Names{En: "Punjab"}, Point: geo.Point{Lat: 31, Lon: 72}},
		{ID: "dst-a", Level: geo.LevelDistrict, Names: geo.Names{En: "Alifpur", Ur: "الف پور"}, Point: geo.Point{Lat: 31, Lon: 72}, Parent: "prv-p"},
		{ID: "dst-b", Level: geo.LevelDistrict, Names: geo.Names{En: "Baypur", Ur: "بے پور"}, Point: geo.Point{Lat: 30, Lon: 71}, Parent: "prv-p"},
		{ID: "vil-1", Level: geo.LevelVillage, Names: geo.Names{En: "Chak 57 JB"}, Point: geo.Point{Lat: 31.1, Lon: 72.1}, Parent: "dst-a"},
		{ID: "vil-2", Level: geo.LevelVillage, Names: geo.Names{En: "Chak 57 GB"}, Point: geo.Point{Lat: 30.1, Lon: 71.1}, Parent: "dst-b"},
		{ID: "vil-3", Level: geo.LevelVillage, Names: geo.Names{En: "Noorpur"}, Point: geo.Point{Lat: 31.1, Lon: 72.1}, Parent: "dst-a"},
		{ID: "vil-4", Level: geo.LevelVillage, Names: geo.Names{En: "Noorpur"}, Point: geo.Point{Lat: 30.1, Lon: 71.1}, Parent: "dst-b"},
	}
	g, err := geo.NewGazetteer(places, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := placeReader{gazetteer: g}
	for _, tt := range []struct{ name, cells, id, how string }{
		{"by number and canal", placed("57 JB"), "vil-1", HowName},
		{"in Urdu letters", placed("چک نمبر ۵۷ ج ب"), "vil-1", HowName},
		{"by number and district", placed("Chak 57", "", "", "Baypur"), "vil-2", HowChak},
		{"a bare number under Chak", placed("57", "", "", "Alifpur"), "vil-1", HowChak},
		{"one of two of a name", placed("Noorpur", "", "", "بے پور"), "vil-4", HowNarrowed},
		{"misspelt, in its district", placed("Norpur", "", "", "Alifpur"), "vil-3", HowMisspelt},
	} {
		if d := r.readPlace(tt.cells); d.value.ID != tt.id || d.how != tt.how {
			t.Errorf("%s: %s by %q %v, want %s by %q", tt.name, d.value.ID, d.how, d.wanted, tt.id, tt.how)
		}
	}
	for _, cells := range []string{placed("Noorpur"), placed("Chak 57"), placed("Norpur")} {
		if d := r.readPlace(cells); d.wanted == (wanted{}) {
			t.Errorf("%q: read as %s", cells, d.value.ID)
		}
	}
}

func TestPointsAreReadFromCells(t *testing.T) {
	rows, err := graduatesOf(t, "Phone,Trade,Lat,Lon\n03901234567,tailor,31.5,74.3\n03901234567,tailor,74.3,31.5\n03901234567,tailor,51,0\n03901234567,tailor,,\n")
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	home, _ := geo.Home(geo.Point{Lat: 31.5, Lon: 74.3})
	if g := rows[1].Graduate; g == nil || g.Home != home {
		t.Errorf("%+v", rows[1])
	}
	for _, r := range rows[2:] {
		if r.Graduate != nil || len(r.Problems) != 1 {
			t.Errorf("row %d: %+v", r.Row, r.Problems)
		}
	}
}
