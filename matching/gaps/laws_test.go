package gaps

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rabta/geo"
)

// equalTables fails when two tables differ in any digit.
func equalTables(t *rapid.T, got, want *Table) {
	t.Helper()
	for trade := range want.sheets {
		a, b := got.sheets[trade], want.sheets[trade]
		sorted := func(s *sheet) *sheet {
			c := *s
			c.asked, c.offered, c.spells = slices.Clone(s.asked), slices.Clone(s.offered), slices.Clone(s.spells)
			slices.SortFunc(c.asked, func(a, b banded) int { return int(a.atom-b.atom)<<8 + int(a.band) - int(b.band) })
			slices.SortFunc(c.offered, func(a, b banded) int { return int(a.atom-b.atom)<<8 + int(a.band) - int(b.band) })
			return &c
		}
		if diff := cmp.Diff(sorted(b), sorted(a), cmp.AllowUnexported(sheet{}, banded{}, lasted{}, spell{}, hirer{})); diff != "" {
			t.Fatalf("trade %d differs (-want +got):\n%s", trade, diff)
		}
	}
}

// TestIncrementsEqualAFullComputation puts, replaces and drops rows in any order, asking for tables in between.
func TestIncrementsEqualAFullComputation(t *testing.T) {
	set := smallSettings(t, cellsAround(1))
	rapid.Check(t, func(t *rapid.T) {
		last, before := drawMarket(t), drawMarket(t)
		l := NewLedger(set)
		before.fill(l)
		l.Table(today)
		l.Table(today + 3)
		for _, p := range before.people {
			if rapid.Bool().Draw(t, "dropped first") {
				l.DropSearcher(p.Key)
				l.DropProgress(p.Key)
			}
		}
		for _, v := range before.work {
			if rapid.Bool().Draw(t, "dropped first") {
				l.DropVacancy(v.Key)
			}
		}
		l.Table(today)
		for i := len(last.people); i < len(before.people); i++ {
			l.DropSearcher(before.people[i].Key)
			l.DropProgress(before.people[i].Key)
		}
		for i := len(last.work); i < len(before.work); i++ {
			l.DropVacancy(before.work[i].Key)
		}
		slices.Reverse(last.people)
		slices.Reverse(last.work)
		last.fill(l)
		equalTables(t, l.Table(today), last.fill(NewLedger(set)).Table(today))
	})
}

// TestSupplyAndDemandAddUp is that over the places of every level, and over the trades of every group, the sums are the rows themselves.
func TestSupplyAndDemandAddUp(t *testing.T) {
	set := smallSettings(t, cellsAround(1))
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarket(t)
		table := m.fill(NewLedger(set)).Table(today)
		var supply, womenToo, wanted int64
		for _, p := range m.people {
			supply += count(p.searches(today))
			womenToo += count(p.searches(today) && p.Woman)
		}
		for _, b := range m.fill(NewLedger(set)).buckets {
			for _, d := range demands(b.vacancies.all, today) {
				if d.live {
					wanted += int64(d.Vacancies)
				}
			}
		}
		for _, level := range Levels {
			for _, partition := range [][]int32{{0}, table.groups.nodes[0].children, table.groups.ofTrade} {
				var sum tally
				for _, g := range partition {
					for _, r := range table.regions(g, level, nil) {
						sum.add(&r.tally)
					}
				}
				if sum[people] != supply || sum[women] != womenToo || sum[vacancies] != wanted {
					t.Fatalf("%s: %d people, %d women, %d vacancies; the rows have %d, %d, %d", level, sum[people], sum[women], sum[vacancies],
						supply, womenToo, wanted)
				}
			}
		}
	})
}

// TestAccessIsConserved is that access, added up over people, is the vacancies that anyone reaches, in each of the three forms; so where
// all are reached its mean over people is vacancies over people. Shares are rounded to fractions, and no further.
func TestAccessIsConserved(t *testing.T) {
	set := smallSettings(t, cellsAround(1))
	rapid.Check(t, func(t *rapid.T) {
		table := drawMarket(t).fill(NewLedger(set)).Table(today)
		for _, r := range table.regions(0, Country, nil) {
			if r.place == RemoteTag {
				continue
			}
			reached := float64(r.tally[vacancies] - r.tally[missed])
			for _, column := range [...]int{plain, decayed, shared} {
				if sum := fraction(r.tally[column]); math.Abs(sum-reached) > 1e-5*(1+reached) {
					t.Fatalf("column %d adds up to %v, with %v vacancies in reach", column, sum, reached)
				}
			}
		}
	})
}

// TestAnotherVacancyNeverLowersAccess is for the plain form, person by person.
func TestAnotherVacancyNeverLowersAccess(t *testing.T) {
	set := smallSettings(t, cellsAround(1))
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarket(t)
		if len(m.work) == 0 {
			return
		}
		more := m
		more.work = slices.Clone(m.work)
		last := m.work[len(m.work)-1]
		last.Key, last.Employer = keyOf(2, 99), keyOf(3, 99)
		more.work = append(more.work, last)
		for trade := range uint16(3) {
			before, after := brute(set, m, trade), brute(set, more, trade)
			for cell, was := range before {
				if after[cell][plain] < was[plain] {
					t.Fatalf("access in %v fell from %d to %d", cell, was[plain], after[cell][plain])
				}
			}
		}
		before, after := m.fill(NewLedger(set)).Table(today), more.fill(NewLedger(set)).Table(today)
		for trade := range before.sheets {
			for i, atom := range before.sheets[trade].atoms {
				j := slices.Index(after.sheets[trade].atoms, atom)
				if j < 0 || after.sheets[trade].tallies[j][plain] < before.sheets[trade].tallies[i][plain] {
					t.Fatalf("access in %v fell", atom)
				}
			}
		}
	})
}

// TestMismatch is that the indexes lie in [0, 1], are 0 where both sides are spread alike and 1 where they never meet, and that the parts add
// up and are none of them negative.
func TestMismatch(t *testing.T) {
	markets := func(t *rapid.T) []pair {
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pair {
			return pair{rapid.StringMatching("[a-c]").Draw(t, "trade"), rapid.StringMatching("[a-d]").Draw(t, "place"),
				rapid.Int64Range(0, 50).Draw(t, "u"), rapid.Int64Range(0, 50).Draw(t, "v")}
		}), 1, 12).Draw(t, "markets")
	}
	rapid.Check(t, func(t *rapid.T) {
		all := markets(t)
		m, ok := mismatchOf(all)
		if !ok {
			return
		}
		for _, x := range [...]float64{m.apart, m.lost, m.byTrade + 1e-9, m.byPlace + 1e-9} {
			if !(x >= 0 && x <= 1+1e-9) {
				t.Fatalf("%+v is out of bounds", m)
			}
		}
		if math.Abs(m.byTrade+m.byPlace-m.lost) > 1e-9 {
			t.Fatalf("the parts of %+v do not add up", m)
		}
		times := rapid.Int64Range(1, 9).Draw(t, "times")
		for i := range all {
			all[i].v = all[i].u * times
		}
		if alike, ok := mismatchOf(all); ok && (alike.apart > 1e-9 || alike.lost > 1e-9) {
			t.Fatalf("spread alike, and %+v", alike)
		}
	})
	apart, _ := mismatchOf([]pair{{"mason", "x", 5, 0}, {"mason", "y", 0, 9}})
	if apart.apart != 1 || apart.lost != 1 {
		t.Errorf("people and work that never meet give %+v", apart)
	}
	onlyPlace, _ := mismatchOf([]pair{{"mason", "x", 8, 2}, {"mason", "y", 2, 8}})
	if math.Abs(onlyPlace.byTrade) > 1e-12 || onlyPlace.byPlace < 0.1 {
		t.Errorf("one trade in two places gives %+v", onlyPlace)
	}
}

// TestSurvival is the product-limit estimate of the remission times of the 21 treated patients of Freireich et al. (1963), as in every
// textbook: 6, 6, 6, 6+, 7, 9+, 10, 10+, 11+, 13, 16, 17+, 19+, 20+, 22, 23, 25+, 32+, 32+, 34+, 35+.
func TestSurvival(t *testing.T) {
	var spells []spell
	for _, d := range []int{6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35} {
		spells = append(spells, spell{days: uint16(max(d, -d)), filled: d > 0})
	}
	s := survivalOf(spells)
	for day, want := range map[int]float64{5: 1, 6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448, 60: 0.448} {
		if got := s.after(day); math.Abs(got-want) > 0.0005 {
			t.Errorf("after %d: %v, want %v", day, got, want)
		}
	}
	if days, ok := s.median(); !ok || days != 23 {
		t.Errorf("the median is %d %v, want 23", days, ok)
	}
	if _, ok := survivalOf([]spell{{days: 9}}).median(); ok {
		t.Error("nothing was filled, and there is a median")
	}
}

// TestLossesAreDivided is that what women have and what they lack make up what they could have.
func TestLossesAreDivided(t *testing.T) {
	set := smallSettings(t, cellsAround(1))
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarket(t)
		table := m.fill(NewLedger(set)).Table(today)
		for trade := range table.sheets {
			for _, r := range table.sheets[trade].tallies {
				if r[womenFull] != r[womenUsable]+r[lostFar]+r[lostRide]+r[lostTerms] {
					t.Fatalf("%v", r)
				}
			}
		}
	})
	for _, c := range []struct {
		name    string
		needs   uint8
		no      uint8
		openTo  uint8
		reaches bool
		want    [4]uint64 // usable, distance, transport, conditions
	}{
		{"nothing in the way", 0b11, 0, 15, true, [4]uint64{6, 0, 0, 0}},
		{"too far", 0, 0, 15, false, [4]uint64{0, 6, 0, 0}},
		{"no transport", 1, 1, 15, true, [4]uint64{0, 0, 6, 0}},
		{"far and no transport", 1, 1, 15, false, [4]uint64{0, 3, 3, 0}},
		{"for men only", 0, 0, 4, true, [4]uint64{0, 0, 0, 6}},
		{"all three", 3, 3, 15, false, [4]uint64{0, 2, 2, 2}},
	} {
		h := herd{needs: c.needs, gender: 1}
		h.weigh(&site{no: c.no, openTo: c.openTo}, lossOne, c.reaches)
		if got := [4]uint64{h.usable, h.lost[0], h.lost[1], h.lost[2]}; got != c.want || h.full != 6 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestTehsilsLieInTheirDistricts is that each unit of a sample of cells holds the smaller one.
func TestTehsilsLieInTheirDistricts(t *testing.T) {
	g := reference().Gazetteer
	areas := Areas(g)
	for _, district := range g.All(geo.LevelDistrict) {
		cell, err := geo.CellAt(district.Point, AtomResolution)
		if err != nil {
			t.Fatal(err)
		}
		a := areas(cell)
		up := make(map[string]bool)
		for _, p := range g.Chain(a.Tehsil) {
			up[p.ID] = true
		}
		if a.District == "" || a.Province == "" || a.Tehsil != "" && !up[a.District] {
			t.Errorf("the seat of %s has %+v", district.ID, a)
		}
	}
}
