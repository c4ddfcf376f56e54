package seed

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rabta/geo"
	"rabta/internal/script"
)

func TestPlacesAreWhole(t *testing.T) {
	g := loaded(t).Gazetteer
	for _, test := range []struct {
		level geo.Level
		least int
	}{{geo.LevelProvince, 7}, {geo.LevelDivision, 38}, {geo.LevelDistrict, 160}, {geo.LevelTehsil, 600}, {geo.LevelTown, 1200}} {
		places := g.All(test.level)
		if len(places) < test.least {
			t.Errorf("%d of level %s, want %d or more", len(places), test.level, test.least)
		}
		for _, p := range places {
			if p.Names.Ur != "" && script.Of(p.Names.Ur) != script.Ur || test.level != geo.LevelTown && p.Names.Ur == "" {
				t.Errorf("%s has the Urdu name %q", p.ID, p.Names.Ur)
			}
			if (p.Population > 0) != (p.CensusYear > 0) {
				t.Errorf("%s has %d people and the census year %d", p.ID, p.Population, p.CensusYear)
			}
			if (p.Parent == "") != (test.level == geo.LevelProvince) {
				t.Errorf("%s has the parent %q", p.ID, p.Parent)
			}
		}
	}
}

// TestPopulation holds the districts against the whole of the census of 2023 (Pakistan Bureau of Statistics, Table 1), which leaves
// out Azad Jammu and Kashmir and Gilgit-Baltistan.
func TestPopulation(t *testing.T) {
	sum := 0
	for _, d := range loaded(t).Gazetteer.All(geo.LevelDistrict) {
		sum += d.Population
	}
	if sum != 241_499_431 {
		t.Errorf("the districts have %d people, want 241,499,431", sum)
	}
}

// TestDistrictsOfPoints compares with points whose district was found in the boundaries themselves (COD-AB 2022).
func TestDistrictsOfPoints(t *testing.T) {
	g := loaded(t).Gazetteer
	body, err := os.ReadFile("testdata/district_points.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(body)), "\n")[1:]
	right := 0
	for _, line := range lines {
		cells := strings.Split(line, "\t")
		lat, errLat := strconv.ParseFloat(cells[0], 64)
		lon, errLon := strconv.ParseFloat(cells[1], 64)
		if errLat != nil || errLon != nil {
			t.Fatalf("point %q does not read", line)
		}
		if d, ok := g.District(geo.Point{Lat: lat, Lon: lon}); ok && d.ID == cells[2] {
			right++
		}
	}
	t.Logf("%d of %d points in their district", right, len(lines))
	if len(lines) != 10_000 || float64(right) < 0.99*float64(len(lines)) {
		t.Errorf("%d of %d points in their district, want 99 %% of 10,000", right, len(lines))
	}
}

// TestNewDistricts names the districts that began since 2020: the census of 2023 counts in them, older maps lack them.
func TestNewDistricts(t *testing.T) {
	g := loaded(t).Gazetteer
	tests := []struct{ id, urdu, began, splitFrom, division string }{
		{"dst-keamari", "کیماڑی", "2020-08", "dst-karachi-west", "div-karachi"},
		{"dst-south-waziristan-lower", "جنوبی وزیرستان زیریں", "2022-04", "dst-south-waziristan", "div-dera-ismail-khan"},
		{"dst-south-waziristan-upper", "جنوبی وزیرستان بالا", "2022-04", "dst-south-waziristan", "div-dera-ismail-khan"},
		{"dst-hub", "حب", "2022-08", "dst-lasbela", "div-kalat"},
		{"dst-usta-muhammad", "اوستہ محمد", "2022-08", "dst-jaffarabad", "div-nasirabad"},
		{"dst-kot-addu", "کوٹ ادو", "2022-10", "dst-muzaffargarh", "div-dera-ghazi-khan"},
		{"dst-murree", "مری", "2022-10", "dst-rawalpindi", "div-rawalpindi"},
		{"dst-talagang", "تلہ گنگ", "2022-10", "dst-chakwal", "div-rawalpindi"},
		{"dst-taunsa", "تونسہ", "2022-10", "dst-dera-ghazi-khan", "div-dera-ghazi-khan"},
		{"dst-wazirabad", "وزیرآباد", "2022-10", "dst-gujranwala", "div-gujrat"},
	}
	var want []string
	for _, test := range tests {
		want = append(want, test.id)
		t.Run(test.id, func(t *testing.T) {
			d, ok := g.Place(test.id)
			if !ok || d.Level != geo.LevelDistrict {
				t.Fatalf("%+v, %v; want a district", d, ok)
			}
			if d.Names.Ur != test.urdu || d.Began != test.began || d.SplitFrom != test.splitFrom || d.Parent != test.division {
				t.Errorf("%s began %s from %s in %s; want %s, %s, %s, %s", d.Names.Ur, d.Began, d.SplitFrom, d.Parent,
					test.urdu, test.began, test.splitFrom, test.division)
			}
			if d.Until != "" || d.Population == 0 {
				t.Errorf("it ended %q and has %d people", d.Until, d.Population)
			}
		})
	}
	var got []string
	for _, d := range g.All(geo.LevelDistrict) {
		if d.Began >= "2020" {
			got = append(got, d.ID)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("districts since 2020: %v, want %v", got, want)
	}
}

func TestUrduNamesOfDistricts(t *testing.T) {
	g := loaded(t).Gazetteer
	for id, want := range map[string]string{
		"dst-swat": "سوات", "dst-tank": "ٹانک", "dst-charsadda": "چارسدہ", "dst-mardan": "مردان", "dst-peshawar": "پشاور",
		"dst-kohat": "کوہاٹ", "dst-bannu": "بنوں", "dst-mansehra": "مانسہرہ", "dst-abbottabad": "ایبٹ آباد", "dst-khuzdar": "خضدار",
		"dst-gwadar": "گوادر", "dst-quetta": "کوئٹہ", "dst-zhob": "ژوب", "dst-pishin": "پشین", "dst-khairpur": "خیرپور",
		"dst-larkana": "لاڑکانہ", "dst-sukkur": "سکھر", "dst-thatta": "ٹھٹہ", "dst-jhang": "جھنگ", "dst-lahore": "لاہور",
		"dst-multan": "ملتان", "dst-faisalabad": "فیصل آباد", "dst-sargodha": "سرگودھا", "dst-attock": "اٹک", "dst-skardu": "سکردو",
	} {
		if d, ok := g.Place(id); !ok || d.Names.Ur != want {
			t.Errorf("%s has the Urdu name %q, want %q", id, d.Names.Ur, want)
		}
	}
}
