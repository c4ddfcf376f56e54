package gaps

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
)

// TestWhatIsNullWithTheSupply is that no figure of people stands where their count is suppressed, and that vacancies do.
func TestWhatIsNullWithTheSupply(t *testing.T) {
	shown, hidden := 0, 0
	for number := range uint64(12) {
		w := newWorld(t, rand.New(rand.NewPCG(number, 3)), 8)
		l := w.ledger()
		for i, cell := range w.cells {
			l.PutVacancy(Vacancy{Key: keyOf(7, uint32(i)), Trade: uint16(i % 5), At: cell.Center(), Vacancies: 3, Posted: today - 20, Ended: today + 9, OpenTo: 15})
		}
		p := Publish(l.Table(today), nil)
		for _, group := range Groups(w.set.Catalogue) {
			for _, level := range Levels {
				rows, err := p.Rows(group, level)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range rows {
					if r.Supply != nil {
						shown++
						if *r.Supply < Threshold || r.Access == nil || r.Tightness == nil {
							t.Errorf("%s in %s: %+v", group, r.Place, r)
						}
						continue
					}
					hidden++
					for _, x := range []*float64{r.Tightness, r.Access, r.AccessDecay, r.AccessShared, r.Pressure, r.PressureNear, r.Unreached, r.Waiting90} {
						if x != nil {
							t.Errorf("%s in %s tells %v of suppressed people", group, r.Place, *x)
						}
					}
					if r.PayAsked != nil || r.Demand == 0 {
						t.Errorf("%s in %s: a row of suppressed people stands for its vacancies alone: %+v", group, r.Place, r)
					}
				}
			}
		}
	}
	if shown < 100 || hidden < 100 {
		t.Errorf("%d rows shown, %d hidden: the test would see nothing", shown, hidden)
	}
}

// TestWomenRollUp is that every row names a share of women as soon as the country has one, and says of which place.
func TestWomenRollUp(t *testing.T) {
	w := newWorld(t, rand.New(rand.NewPCG(5, 3)), 8)
	w.n[0][0] = [2]int64{200, 40}
	l := w.ledger()
	for i, cell := range w.cells {
		l.PutVacancy(Vacancy{Key: keyOf(7, uint32(i)), Trade: 1, At: cell.Center(), Vacancies: 3, Posted: today - 20, Ended: today + 9, OpenTo: 15})
	}
	p := Publish(l.Table(today), nil)
	levels := make(map[Level]int)
	for _, level := range Levels {
		for _, r := range p.rows(p.table.groups.byName["mason"], level) {
			s := r.Women.Searching
			if s == nil {
				t.Fatalf("%s %s leaves women blank", level, r.Place)
			}
			levels[s.Level]++
			if s.Women < Threshold || s.Of-s.Women < Threshold || s.Group != AllTrades {
				t.Errorf("%s %s: %+v", level, r.Place, s)
			}
		}
	}
	if len(levels) < 2 {
		t.Errorf("all women stand at one level: %v", levels)
	}
}

// TestALaterDayUnderAFrame is that cells seen for the first time are counted in larger places alone.
func TestALaterDayUnderAFrame(t *testing.T) {
	cells := cellsAround(8)
	l := NewLedger(smallSettings(t, cells))
	put := func(cell geo.Cell, from, n int) {
		for i := range n {
			l.PutSearcher(someone(keyOf(uint32(cell), uint32(cell>>32), uint32(from+i)), 0, cell, i%2 == 0))
		}
	}
	for _, c := range cells[:7] {
		put(c, 0, 30)
	}
	put(cells[0], 30, 30)
	frame := NewFrame(l.Table(today))
	put(cells[7], 0, 30)
	p := Publish(l.Table(today), frame)
	if p.may(bySearch, 0, Cell7, cells[7].String()) {
		t.Error("a cell that the frame did not know is told")
	}
	if !p.may(bySearch, 0, Cell7, cells[0].String()) {
		t.Error("the largest cell is not told")
	}
	rows := p.rows(0, Country)
	if len(rows) != 1 || rows[0].Supply == nil || *rows[0].Supply != 270 {
		t.Errorf("the country has %+v", rows)
	}
}

func TestRowsRefuse(t *testing.T) {
	p := Publish(NewLedger(smallSettings(t, cellsAround(1))).Table(today), nil)
	for _, c := range []struct{ group, level, field string }{{"masn", "district", "trade"}, {"mason", "village", "by"}} {
		_, err := p.Rows(c.group, Level(c.level))
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != c.field || len(f.Nearest) == 0 {
			t.Errorf("%s by %s: %v", c.group, c.level, err)
		}
	}
	if _, err := p.Balances("mason", District, Province); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a mismatch of a district over provinces: %v", err)
	}
	if _, err := p.Balances("mason", Province, District); err != nil {
		t.Error(err)
	}
}

// TestCoarse is that a step always stands for Threshold people.
func TestCoarse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, n := rapid.Float64Range(1e-6, 1e6).Draw(t, "x"), rapid.Int64Range(10, 1e7).Draw(t, "n")
		got := coarse(x, n)
		least := x * min(1, max(0.01, Threshold/float64(n)))
		if got < 0 || got > x+least*5 || got < x-least*5 {
			t.Fatalf("%v of %d is shown as %v", x, n, got)
		}
	})
	for _, c := range []struct {
		x    float64
		n    int64
		want float64
	}{{0.3161, 1000, 0.315}, {0.3161, 100, 0.3}, {0.3161, 20, 0.4}, {12.34, 100000, 12.4}, {0, 50, 0}} {
		if got := coarse(c.x, c.n); got < c.want-1e-9 || got > c.want+1e-9 {
			t.Errorf("coarse(%v, %d) = %v, want %v", c.x, c.n, got, c.want)
		}
	}
	for _, c := range []struct {
		some, n   int64
		low, high float64
	}{{3, 22, 0, 0.5}, {11, 22, 0.5, 1}, {0, 60, 0, 0.2}, {60, 60, 0.8, 1}, {333, 1100, 0.3, 0.31}, {12, 60, 0.2, 0.4}} {
		low, high := shareOf(c.some, c.n, Threshold+1)
		if low == nil || *low != c.low || *high != c.high {
			t.Errorf("%d of %d lies from %v to %v, want %v to %v", c.some, c.n, *low, *high, c.low, c.high)
		}
	}
	if coarseShare(5, 21) != nil {
		t.Error("half of 21 people does not hide ten")
	}
}

// TestRepostsAreOneDemand goes through what makes a repost.
func TestRepostsAreOneDemand(t *testing.T) {
	set := smallSettings(t, cellsAround(1))
	first := Vacancy{Key: keyOf(1), Employer: keyOf(1), At: geo.Point{Lat: 31.5, Lon: 74.3}, Vacancies: 4, Posted: 100, Ended: 120}
	for _, c := range []struct {
		name    string
		change  func(*Vacancy)
		day     int32
		demands int
		asked   int64
		repeats int64
		days    uint16
		filled  bool
	}{
		{"while the first is live", func(v *Vacancy) { v.Posted, v.Vacancies = 110, 6 }, 115, 1, 6, 1, 15, false},
		{"soon after it ended", func(v *Vacancy) { v.Posted, v.Ended = 150, 170 }, 160, 1, 4, 0, 60, false},
		{"long after it ended", func(v *Vacancy) { v.Posted, v.Ended = 151, 170 }, 160, 2, 4, 0, 9, false},
		{"of another kind", func(v *Vacancy) { v.Kind = 1 }, 110, 2, 8, 0, 10, false},
		{"of another employer", func(v *Vacancy) { v.Employer = keyOf(2) }, 110, 2, 8, 0, 10, false},
		{"elsewhere", func(v *Vacancy) { v.At.Lat = 31.52 }, 110, 2, 8, 0, 10, false},
		{"filled in the end", func(v *Vacancy) { v.Posted, v.Ended, v.Filled = 125, 140, true }, 160, 1, 0, 0, 40, true},
	} {
		second := first
		second.Key = keyOf(2)
		c.change(&second)
		l := NewLedger(set)
		l.PutVacancy(first)
		l.PutVacancy(second)
		joined := demands(l.buckets[0].vacancies.all, c.day)
		var asked, repeats int64
		for _, d := range joined {
			if d.live {
				asked += int64(d.Vacancies)
			}
			repeats += d.repeats
		}
		last := joined[len(joined)-1].spell(c.day)
		if len(joined) != c.demands || asked != c.asked || repeats != c.repeats || last != (spell{c.days, c.filled}) {
			t.Errorf("%s: %d demands for %d people, %d repeats, %+v", c.name, len(joined), asked, repeats, last)
		}
	}
	filled := first
	filled.Filled = true
	again := first
	again.Key, again.Posted, again.Ended = keyOf(2), 121, 140
	l := NewLedger(set)
	l.PutVacancy(filled)
	l.PutVacancy(again)
	if joined := demands(l.buckets[0].vacancies.all, 130); len(joined) != 2 {
		t.Errorf("after a filled posting the next is a new demand; got %d", len(joined))
	}
}

func TestProgressOfApplications(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 7, 0, 0, 0, time.UTC) }
	s := someone(keyOf(1), 2, cellsAround(1)[0], true)
	steps := func(yield func(matching.State, int32) bool) {
		for _, step := range []matching.Step{{State: matching.Interested, At: at(1)}, {State: matching.Interviewed, At: at(5)}, {State: matching.Refused, At: at(6)},
			{State: matching.Interested, At: at(7)}, {State: matching.Hired, At: at(9)}} {
			if !yield(step.State, matching.Day(step.At)) {
				return
			}
		}
	}
	p, ok := ProgressOf(&s, steps)
	want := Progress{Key: s.Key, Trade: 2, Home: s.Home, Woman: true,
		Days: [stages][]int32{{matching.Day(at(1)), matching.Day(at(7))}, {matching.Day(at(5))}, {matching.Day(at(9))}}}
	if diff := cmp.Diff(want, p); diff != "" || !ok {
		t.Error(ok, diff)
	}
	if !p.reached(Hired, matching.Day(at(9))) || p.reached(Hired, matching.Day(at(8))) || p.reached(Hired, matching.Day(at(9))+progressDays) {
		t.Error("a stage counts on its day and for 90 days")
	}
}

// TestSnapshot is that a snapshot is read as it was written, stays small, and tells what changed.
func TestSnapshot(t *testing.T) {
	w := newWorld(t, rand.New(rand.NewPCG(2, 4)), 8)
	now := Publish(w.ledger().Table(today), nil).Snapshot()
	written, err := now.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var read Snapshot
	if err := read.UnmarshalBinary(written); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(now, read); diff != "" {
		t.Error(diff)
	}
	if perRow := len(written) / max(1, len(now.Rows)); perRow > 40 {
		t.Errorf("%d bytes a row", perRow)
	}
	for i, tr := range now.Compare(&read, nil) {
		if tr.DemandMonth == nil || *tr.DemandMonth != now.Rows[i].Demand || tr.DemandYear != nil || tr.SupplyYear != nil {
			t.Errorf("%+v", tr)
		}
	}
	if trends := now.Compare(&Snapshot{}, nil); *trends[0].DemandMonth != 0 || trends[0].SupplyMonth != nil {
		t.Errorf("a place that was not there: %+v", trends[0])
	}
}

func FuzzSnapshot(f *testing.F) {
	supply := int64(12)
	whole, err := Snapshot{Day: 9, Rows: []SnapshotRow{{Group: "all", Level: District, Place: "x", Demand: 3, Supply: &supply}}}.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add([]byte(strings.Repeat("\xff", 40)))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Snapshot
		if err := s.UnmarshalBinary(data); err != nil {
			return
		}
		again, err := s.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var twice Snapshot
		if err := twice.UnmarshalBinary(again); err != nil || !cmp.Equal(s, twice) {
			t.Fatalf("read differently the second time: %v", err)
		}
	})
}
