package gaps

import (
	"strings"
	"testing"

	"rabta/geo"
)

// khuzdar is a town with 57 vacancies for masons and so many people of the trade, all within reach of each other; each has stood for so
// many days. All four cells are its district.
func khuzdar(t *testing.T, people, days int32) (*Ledger, Question) {
	t.Helper()
	cells := cellsAround(4)
	set := smallSettings(t, cells)
	set.Area = func(geo.Cell) Area { return Area{"tsl-khuzdar", "dst-khuzdar", "div-kalat", "prv-balochistan"} }
	l := NewLedger(set)
	mason, _ := set.Catalogue.Number("mason")
	for i := range uint32(19) {
		l.PutVacancy(Vacancy{Key: keyOf(1, i), Employer: keyOf(2, i), Trade: mason, At: cells[i%4].Center(), Vacancies: 3, OpenTo: 15,
			Posted: today - days, Ended: today + 30})
	}
	for i := range people {
		l.PutSearcher(someone(keyOf(3, uint32(i)), mason, cells[i%4], i%3 == 0))
	}
	crowd(l, mason, cells...)
	return l, Question{Seats: []Seat{{"dst-khuzdar", cells[0].Center(), geo.Names{En: "Khuzdar", Ur: "خضدار"}}},
		Schools: []School{{Name: "Far institute", At: geo.Point{Lat: 33, Lon: 73}}, {Name: "Khuzdar institute", At: cells[1].Center(), Trades: []uint16{mason}},
			{Name: "Tailoring school", At: cells[0].Center(), Trades: []uint16{mason + 9}}}}
}

// crowd puts twelve people of every other trade in each cell: where a trade had nobody, the others could not all be told.
func crowd(l *Ledger, trade uint16, cells ...geo.Cell) {
	for c, cell := range cells {
		for other := range uint16(l.set.Catalogue.Len()) {
			for i := range uint32(12) {
				if other != trade {
					l.PutSearcher(someone(keyOf(4, uint32(c), uint32(other), i), other, cell, i%2 == 0))
				}
			}
		}
	}
}

func TestTrainAroundKhuzdar(t *testing.T) {
	l, q := khuzdar(t, 14, 120)
	p := Publish(l.Table(today), nil)
	all := l.Advise(p, q)
	if len(all) != 1 {
		t.Fatalf("%d pieces of advice: %+v", len(all), all)
	}
	a := all[0]
	if a.Trade != "mason" || a.Vacancies != 57 || a.InReach == nil || *a.InReach > 20 || a.Train < 35 || a.Train > 45 || a.Basis != District {
		t.Errorf("%+v", a)
	}
	if !(a.TrainLow <= a.Train && a.Train <= a.TrainHigh) || a.GainEach <= 0 || a.GainEach > 1 || a.AccessThen >= a.AccessNow || a.HiresThen <= a.HiresNow {
		t.Errorf("%+v", a)
	}
	if len(a.Schools) != 1 || a.Schools[0] != "Khuzdar institute" {
		t.Errorf("institutes: %q", a.Schools)
	}
	q.Schools = q.Schools[:1]
	if far := l.Advise(p, q)[0].Schools; len(far) != 1 || far[0] != "Far institute" {
		t.Errorf("where none is near: %q", far)
	}
	for _, want := range []string{"around Khuzdar", "57 vacancies", "registered with Rabta"} {
		if !strings.Contains(a.En, want) {
			t.Errorf("%q lacks %q", a.En, want)
		}
	}
	if !strings.Contains(a.Ur, "خضدار") || !strings.Contains(a.Ur, "57") {
		t.Errorf("%q", a.Ur)
	}
}

func TestAdviceIsSilent(t *testing.T) {
	for _, c := range []struct {
		name         string
		people, days int32
		change       func(*Ledger, *Question)
	}{
		{"with less than three months on record", 14, 80, func(*Ledger, *Question) {}},
		{"where there are people enough", 70, 120, func(*Ledger, *Question) {}},
		{"where a course is on its way", 14, 120, func(_ *Ledger, q *Question) {
			q.Learners = []Learners{{Trade: 1, Place: "dst-khuzdar", Count: 40, Ends: today + 60}}
		}},
		{"where there was nothing in the same season", 14, 120, func(l *Ledger, _ *Question) {
			l.PutVacancy(Vacancy{Key: keyOf(1, 99), Trade: 1, At: cellsAround(1)[0].Center(), Vacancies: 1, OpenTo: 15, Posted: today - 600, Ended: today - 599})
		}},
	} {
		l, q := khuzdar(t, c.people, c.days)
		mason, _ := l.set.Catalogue.Number("mason")
		if mason != 1 {
			t.Fatal("the masons have another number")
		}
		c.change(l, &q)
		if all := l.Advise(Publish(l.Table(today), nil), q); len(all) != 0 {
			t.Errorf("%s: %+v", c.name, all)
		}
	}
}

// TestMoreInCoursesNeverRaisesAdvice is that people who are learning lower what is to be trained.
func TestMoreInCoursesNeverRaisesAdvice(t *testing.T) {
	l, q := khuzdar(t, 14, 120)
	p := Publish(l.Table(today), nil)
	last := int64(1 << 30)
	for _, learning := range []int64{0, 10, 20, 30} {
		q.Learners = []Learners{{Trade: 1, Place: "dst-khuzdar", Count: learning, Ends: today + 60}}
		train := int64(0)
		if all := l.Advise(p, q); len(all) == 1 {
			train = all[0].Train
		}
		if train > last {
			t.Errorf("%d in courses: train %d, with fewer in courses %d", learning, train, last)
		}
		last = train
	}
}

func TestMoveDemandAndVans(t *testing.T) {
	cells := cellsAround(200)
	near, far := cells[0], cells[199]
	set := smallSettings(t, cells)
	set.Area = func(c geo.Cell) Area {
		district := "dst-far"
		if geo.Distance(c.Center(), near.Center()) < 5_000 {
			district = "dst-near"
		}
		return Area{"tsl-" + district, district, "div", "prv"}
	}
	l := NewLedger(set)
	for i := range uint32(60) {
		s := someone(keyOf(1, i), 0, near, i%2 == 0)
		s.Reach = 2_000
		l.PutSearcher(s)
	}
	l.PutVacancy(Vacancy{Key: keyOf(3), Trade: 0, At: far.Center(), Vacancies: 30, OpenTo: 15, Posted: today - 5, Ended: today + 9})
	crowd(l, 0, near, far)
	// Men there reach it, so that there is a share to lose.
	for i := range uint32(40) {
		l.PutSearcher(someone(keyOf(5, i), 0, far, false))
	}
	p := Publish(l.Table(today), nil)
	q := Question{Seats: []Seat{{"dst-near", near.Center(), geo.Names{En: "Near", Ur: "قریب"}}, {"dst-far", far.Center(), geo.Names{En: "Far"}}}}
	moves := l.MoveDemand(p, q)
	if len(moves) == 0 || moves[0].Place != "dst-near" || moves[0].Waiting != 60 || moves[0].Nearest < 5_000 || !strings.Contains(moves[0].En, "Bring work to Near") {
		t.Errorf("%+v", moves)
	}
	vans := l.AddTransport(p, q)
	if len(vans) != 1 || vans[0].From != "dst-near" || vans[0].To != "dst-far" || vans[0].Women != 30+24 || vans[0].Opened < 1 {
		t.Errorf("%+v", vans)
	}
}

// TestAdviceTellsOnlyWhatIsPublished is that advice is the same for two markets of which the same is published.
func TestAdviceTellsOnlyWhatIsPublished(t *testing.T) {
	few, q := khuzdar(t, 4, 120)
	fewer, _ := khuzdar(t, 3, 120)
	for _, l := range []*Ledger{few, fewer} {
		for _, r := range Publish(l.Table(today), nil).rows(l.groups.byName["mason"], District) {
			if r.Supply != nil || r.Pressure != nil {
				t.Fatalf("%d masons are told", *r.Supply)
			}
		}
	}
	if got := len(few.Advise(Publish(few.Table(today), nil), q)) + len(fewer.Advise(Publish(fewer.Table(today), nil), q)); got != 0 {
		t.Errorf("%d pieces of advice rest on people who are told nowhere", got)
	}
}
