package node_test

import (
	"context"
	"testing"
	"time"

	"rabta/geo"
	"rabta/matching"
)

// TestARefusedWriteChangesNothing tries every write with something wrong in it. The journal stays where it is.
func TestARefusedWriteChangesNothing(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	p, g := w.post(), w.enrol()
	institute := &matching.Institute{Name: "Govt. Technical Training Institute"}
	w.done(w.CreateInstitute(ctx, institute))
	phone := &matching.Personal{Phone: "03922222222"}

	create := func(edit func(*matching.Posting)) func() error {
		return func() error { p := w.wiring(); edit(p); _, err := w.CreatePosting(ctx, p); return err }
	}
	change := func(edit func(*matching.Posting)) func() error {
		return func() error { c := *p; edit(&c); _, err := w.ChangePosting(ctx, &c); return err }
	}
	enrol := func(personal *matching.Personal, edit func(*matching.Graduate)) func() error {
		return func() error { g := sparky(); edit(g); _, err := w.CreateGraduate(ctx, g, personal); return err }
	}
	rejoin := func(edit func(*matching.Graduate)) func() error {
		return func() error { c := *g; edit(&c); _, err := w.ChangeGraduate(ctx, &c, nil); return err }
	}
	end := func(id matching.ID, version int64, status matching.PostingStatus) func() error {
		return func() error { _, err := w.ClosePosting(ctx, id, version, status); return err }
	}
	remove := func(id matching.ID, version int64) func() error {
		return func() error { _, err := w.DeleteGraduate(ctx, id, version); return err }
	}
	employ := func(e matching.Employer) func() error {
		return func() error { _, err := w.CreateEmployer(ctx, &e, nil); return err }
	}
	const nobody = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
	tests := []struct {
		name  string
		write func() error
		want  string
	}{
		{"posting of an unknown employer", create(func(p *matching.Posting) { p.Employer = "emp_" + nobody }), "invalid employer"},
		{"posting of no employer", create(func(p *matching.Posting) { p.Employer = "" }), "invalid employer"},
		{"posting of a graduate", create(func(p *matching.Posting) { p.Employer = g.ID }), "invalid employer"},
		{"posting of an unknown trade", create(func(p *matching.Posting) { p.Trade = "astronaut" }), "invalid trade"},
		{"posting without a place", create(func(p *matching.Posting) { p.Location = nil }), "invalid location"},
		{"posting abroad", create(func(p *matching.Posting) { p.Location = &nowhere }), "invalid location.lat"},
		{"posting that has expired", create(func(p *matching.Posting) { p.Posted, p.Expires = day.AddDate(0, -2, 0), day.AddDate(0, -1, 0) }), "invalid expires"},
		{"posting for nobody", create(func(p *matching.Posting) { p.Vacancies = 0 }), "invalid vacancies"},
		{"changed posting of an older version", change(func(p *matching.Posting) { p.Version++ }), "stale"},
		{"changed posting that is not there", change(func(p *matching.Posting) { p.ID = "pst_" + nobody }), "not-found"},
		{"changed posting of an unknown employer", change(func(p *matching.Posting) { p.Employer = "emp_" + nobody }), "invalid employer"},
		{"closed posting of an older version", end(p.ID, p.Version+1, matching.Closed), "stale"},
		{"closed posting of no version", end(p.ID, 0, matching.Closed), "stale"},
		{"closed posting that is not there", end("pst_"+nobody, 1, matching.Closed), "not-found"},
		{"posting closed as open", end(p.ID, p.Version, matching.Open), "invalid status"},
		{"posting closed as held", end(p.ID, p.Version, matching.Held), "invalid status"},
		{"graduate without a phone", enrol(&matching.Personal{Name: "Bashir"}, func(*matching.Graduate) {}), "invalid personal.phone"},
		{"graduate without contact", enrol(nil, func(*matching.Graduate) {}), "invalid personal.phone"},
		{"graduate without a trade", enrol(phone, func(g *matching.Graduate) { g.Trades = nil }), "invalid trades"},
		{"graduate of an unknown institute", enrol(phone, func(g *matching.Graduate) { g.Institute = "ins_" + nobody }), "invalid institute"},
		{"graduate abroad", enrol(phone, func(g *matching.Graduate) { g.Home = nowhere }), "invalid home.lat"},
		{"changed graduate of an older version", rejoin(func(g *matching.Graduate) { g.Version++ }), "stale"},
		{"changed graduate who is not there", rejoin(func(g *matching.Graduate) { g.ID = "grd_" + nobody }), "not-found"},
		{"changed graduate of an unknown institute", rejoin(func(g *matching.Graduate) { g.Institute = "ins_" + nobody }), "invalid institute"},
		{"deleted graduate of an older version", remove(g.ID, g.Version+1), "stale"},
		{"deleted graduate who is not there", remove("grd_"+nobody, 0), "not-found"},
		{"employer without a name", employ(matching.Employer{Kind: "shop"}), "invalid name"},
		{"employer of an unknown kind", employ(matching.Employer{Name: "x", Kind: "bank"}), "invalid kind"},
		{"changed employer of an older version", func() error {
			e := *w.employer
			e.Version++
			_, err := w.ChangeEmployer(ctx, &e, nil)
			return err
		}, "stale"},
		{"institute without a name", func() error { _, err := w.CreateInstitute(ctx, &matching.Institute{}); return err }, "invalid name"},
		{"changed institute of an older version", func() error {
			i := *institute
			i.Version++
			_, err := w.ChangeInstitute(ctx, &i)
			return err
		}, "stale"},
	}
	at := position(t, w.Node)
	for _, tt := range tests {
		if got := refusal(tt.write()); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if now := position(t, w.Node); now != at {
			t.Fatalf("%s: the journal went from %d to %d", tt.name, at, now)
		}
	}
	w.wantLists(p, g, everywhere...)
	w.clean()
}

// TestOfTwoChangesToOneVersionOneHolds, as of two people who read the same record.
func TestOfTwoChangesToOneVersionOneHolds(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	p := w.post()
	first, second := *p, *p
	first.Vacancies, second.Vacancies = 5, 7
	w.done(w.ChangePosting(ctx, &first))
	if _, err := w.ChangePosting(ctx, &second); refusal(err) != "stale" {
		t.Errorf("the second: %s", refusal(err))
	}
	if _, err := w.ClosePosting(ctx, p.ID, p.Version, matching.Filled); refusal(err) != "stale" {
		t.Errorf("closing what was changed: %s", refusal(err))
	}
	now, err := w.Posting(ctx, p.ID)
	if err != nil || now.Vacancies != 5 || now.Version != first.Version || now.Version == p.Version || now.Status != matching.Open {
		t.Errorf("%+v, %v", now, err)
	}
}

func TestAHomeIsTheCentreOfItsCell(t *testing.T) {
	w := newWorld(t)
	door := geo.Point{Lat: 31.549123, Lon: 74.343987}
	centre, err := geo.Home(door)
	if err != nil || centre == door {
		t.Fatal(centre, err)
	}
	g := w.enrol(func(g *matching.Graduate) { g.Home = door })
	kept, err := w.Graduate(context.Background(), g.ID)
	if err != nil || kept.Home != centre || g.Home != centre {
		t.Errorf("created at %v and %v, %v, want %v", g.Home, kept.Home, err, centre)
	}
	moved := north(door, 2_000)
	if centre, err = geo.Home(moved); err != nil {
		t.Fatal(err)
	}
	kept.Home = moved
	w.done(w.ChangeGraduate(context.Background(), kept, nil))
	if kept, err = w.Graduate(context.Background(), g.ID); err != nil || kept.Home != centre {
		t.Errorf("moved to %v, %v, want %v", kept.Home, err, centre)
	}
}

// TestWhatAWriteFillsIn: identifiers, versions, times, places, and whatever nobody may choose for himself.
func TestWhatAWriteFillsIn(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	p := w.post(func(p *matching.Posting) { p.ID, p.Version, p.Place = "pst_mine", 9, "twn-karachi" })
	if !p.ID.Is(matching.PostingPrefix) || p.Version != 1 || p.Status != matching.Open || !p.Posted.Equal(day) ||
		!p.Expires.Equal(day.AddDate(0, 0, 30)) || !p.Created.Equal(day) || p.Place != "twn-lahore" || p.Province == "" {
		t.Errorf("a posting: %+v", p)
	}
	remote := w.post(func(p *matching.Posting) { p.Workplace, p.Location = matching.Remote, nil })
	if remote.Province != p.Province || remote.Location != nil {
		t.Errorf("remote work has its employer's province: %+v", remote)
	}
	exact := w.post(func(p *matching.Posting) { p.Expires = day.Add(90*time.Minute + 700*time.Millisecond) })
	if !exact.Expires.Equal(day.Add(90 * time.Minute)) {
		t.Errorf("it expires at %v, want whole seconds", exact.Expires)
	}
	e := &matching.Employer{Name: "Jhelum Works", Kind: "shop", Location: &lahore, Asked: 50, Answered: 50}
	w.done(w.CreateEmployer(ctx, e, nil))
	if e.Asked != 0 || e.Answered != 0 || e.Place != "dst-lahore" {
		t.Errorf("an employer: %+v", e)
	}
	g := w.enrol(func(g *matching.Graduate) { g.ID, g.Version, g.Status = "grd_mine", 3, "" })
	if !g.ID.Is(matching.GraduatePrefix) || g.Version != 1 || g.Status != matching.Searching {
		t.Errorf("a graduate: %+v", g)
	}
	// personal nil leaves what is sealed.
	w.done(w.ChangeGraduate(ctx, g, nil))
	personal, err := w.Personal(ctx, g.ID)
	if err != nil || personal.Name != "Bashir" {
		t.Errorf("what is sealed: %+v, %v", personal, err)
	}
	contact, err := w.EmployerContact(ctx, w.employer.ID)
	if err != nil || contact.Person != "Nadeem" {
		t.Errorf("an employer's contact: %+v, %v", contact, err)
	}
}

// TestAWriterWhoLeavesIsNotToldOtherwise: the change is stored, or an error says that it is not.
func TestAWriterWhoLeavesIsNotToldOtherwise(t *testing.T) {
	w := newWorld(t)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	at := position(t, w.Node)
	_, err := w.CreatePosting(ended, w.wiring())
	if refusal(err) != "unavailable" || position(t, w.Node) != at {
		t.Errorf("%s, and the journal went from %d to %d", refusal(err), at, position(t, w.Node))
	}
}
