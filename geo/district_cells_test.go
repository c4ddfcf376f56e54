package geo

import (
	"slices"
	"testing"
)

// TestDistrictCells holds a map of a district to its own cells, whatever their resolutions are.
func TestDistrictCells(t *testing.T) {
	middle, err := CellAt(Point{Lat: 30.2, Lon: 71.5}, 5)
	if err != nil {
		t.Fatal(err)
	}
	far, _ := CellAt(Point{Lat: 25.4, Lon: 68.4}, 7)
	inner := middle.Center()
	finer, _ := CellAt(inner, 6)
	places := []Place{
		{ID: "one", Level: LevelDistrict, Names: Names{En: "One"}, Point: inner},
		{ID: "two", Level: LevelDistrict, Names: Names{En: "Two"}, Point: far.Center()},
		{ID: "three", Level: LevelDistrict, Names: Names{En: "Three"}, Point: inner},
		{ID: "village", Level: LevelVillage, Names: Names{En: "Village"}, Point: inner},
	}
	g, err := NewGazetteer(places, map[string][]uint64{"one": {uint64(middle)}, "two": {uint64(far)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		id   string
		res  int
		want int
	}{{"one", 5, 1}, {"one", 6, 7}, {"one", 7, 49}, {"one", 4, 1}, {"two", 7, 1}, {"two", 6, 1}, {"three", 6, 0}, {"village", 6, 0},
		{"nowhere", 6, 0}, {"one", -1, 0}, {"one", 16, 0}} {
		cells := g.DistrictCells(c.id, c.res)
		if len(cells) != c.want || !slices.IsSorted(cells) {
			t.Errorf("%s at resolution %d: %d cells %v, want %d", c.id, c.res, len(cells), cells, c.want)
		}
		for _, cell := range cells {
			if cell.Resolution() != c.res {
				t.Errorf("%s at resolution %d: %s is of %d", c.id, c.res, cell, cell.Resolution())
			}
		}
	}
	if cells := g.DistrictCells("one", 6); !slices.Contains(cells, finer) {
		t.Errorf("%s is not among %v", finer, cells)
	}
}
