package gaps

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/trades"
)

// today is the day of the small markets of the tests.
const today = 20_000

// fiveTrades is a catalogue of five trades in three minor groups of two major ones.
func fiveTrades(t testing.TB) *trades.Catalogue {
	t.Helper()
	var list []trades.Trade
	for slug, isco := range map[string]string{"mason": "7112", "plasterer": "7123", "painter": "7131", "tailor": "7531", "cook": "5120"} {
		list = append(list, trades.Trade{Slug: slug, ISCO: isco, Sector: "all", Names: trades.Names{En: slug, Ur: slug, Roman: slug},
			Skills: []trades.Skilled{{Skill: "work", Essential: true}}})
	}
	c, err := trades.New(list, []trades.Skill{{Slug: "work", Names: trades.Names{En: "work", Ur: "کام", Roman: "kaam"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// cellsAround gives n cells of AtomResolution around Lahore, the nearest first.
func cellsAround(n int) []geo.Cell {
	centre := geo.Point{Lat: 31.55, Lon: 74.34}
	cells, err := geo.Covering(centre, 30_000, AtomResolution)
	if err != nil {
		panic(err)
	}
	slices.SortFunc(cells, func(a, b geo.Cell) int {
		if geo.Distance(centre, a.Center()) < geo.Distance(centre, b.Center()) {
			return -1
		}
		return 1
	})
	return cells[:n]
}

// checkered lays small units over cells, so that their borders cross those of larger cells: two cells to a tehsil, two tehsils to a
// district, two districts to a province.
func checkered(cells []geo.Cell) func(geo.Cell) Area {
	return func(c geo.Cell) Area {
		i := slices.Index(cells, c)
		return Area{fmt.Sprint("tsl-", i/2), fmt.Sprint("dst-", i/4), fmt.Sprint("div-", i/4), fmt.Sprint("prv-", i/8)}
	}
}

func smallSettings(t testing.TB, cells []geo.Cell) Settings {
	return Settings{Catalogue: fiveTrades(t), Area: checkered(cells), Decay: 0.0268, Living: 0.3, Reach: 25_000}
}

// keyOf makes a key of numbers.
func keyOf(numbers ...uint32) (key ulid.ULID) {
	for i, n := range numbers {
		binary.BigEndian.PutUint32(key[4*i:], n)
	}
	return key
}

// someone is a person in a cell who searches today.
func someone(key ulid.ULID, trade uint16, cell geo.Cell, woman bool) Searcher {
	s := Searcher{Key: key, Trade: trade, Home: cell.Center(), Reach: 10_000, Woman: woman, Gender: 2, Since: today - 10, Until: matching.NoDay}
	if woman {
		s.Gender = 1
	}
	return s
}
