package seed

import (
	"os"
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
