package node_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
)

// herself and employing are who acts in these tests.
var herself, employing = node.Actor{Role: "graduate"}, node.Actor{Role: "employer"}

// applies stores an interest.
func (w *world) applies(g *matching.Graduate, p *matching.Posting) *matching.Application {
	w.Helper()
	a, _, err := w.Apply(context.Background(), herself, node.Interest{Graduate: g.ID, Posting: p.ID})
	w.done(a, err)
	return a
}

// moves stores a step.
func (w *world) moves(by node.Actor, a *matching.Application, to matching.State, searching ...bool) *matching.Application {
	w.Helper()
	moved, _, err := w.MoveApplication(context.Background(), by, node.Movement{Application: a.ID, Version: a.Version, To: to, Searching: len(searching) > 0})
	w.done(moved, err)
	return moved
}

// TestAnEmployerIsAskedAndAnswers holds what counts as an answer: the first word within 14 days.
func TestAnEmployerIsAskedAndAnswers(t *testing.T) {
	const daily, late = 24 * 3600, 15 * 24 * 3600
	for _, c := range []struct {
		name            string
		do              func(*world, *clock, *matching.Application)
		asked, answered int
	}{
		{"an interest that is fresh", func(*world, *clock, *matching.Application) {}, 0, 0},
		{"a word in time", func(w *world, _ *clock, a *matching.Application) { w.moves(employing, a, matching.Shortlisted) }, 1, 1},
		{"a refusal in time", func(w *world, _ *clock, a *matching.Application) { w.moves(employing, a, matching.Refused) }, 1, 1},
		{"two words are one answer", func(w *world, _ *clock, a *matching.Application) {
			w.moves(employing, w.moves(employing, a, matching.Shortlisted), matching.Offered)
		}, 1, 1},
		{"a word too late", func(w *world, c *clock, a *matching.Application) {
			c.seconds.Add(late)
			w.moves(employing, a, matching.Shortlisted)
		}, 1, 0},
		{"silence", func(w *world, c *clock, _ *matching.Application) { c.seconds.Add(late) }, 1, 0},
		{"silence, then a word", func(w *world, c *clock, a *matching.Application) {
			c.seconds.Add(late)
			w.done(nil, w.Daily(context.Background()))
			a, err := w.Application(context.Background(), a.ID)
			w.done(nil, err)
			w.moves(employing, a, matching.Shortlisted)
		}, 1, 0},
		{"taken back before an answer was due", func(w *world, c *clock, a *matching.Application) {
			c.seconds.Add(daily)
			w.moves(herself, a, matching.Withdrew)
			c.seconds.Add(late)
		}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, clock := timedWorld(t)
			a := w.applies(w.enrol(), w.post())
			c.do(w, clock, a)
			for range 2 { // counted once
				if err := w.Daily(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
			e, err := w.Employer(context.Background(), w.employer.ID)
			if err != nil || e.Asked != c.asked || e.Answered != c.answered {
				t.Errorf("asked %d, answered %d, %v; want %d and %d", e.Asked, e.Answered, err, c.asked, c.answered)
			}
		})
	}
}

// TestWhatBecomesOfHer holds when a hiring and a leaving change her own status.
func TestWhatBecomesOfHer(t *testing.T) {
	keeps, paused := true, matching.Paused
	for _, c := range []struct {
		name        string
		kind        matching.Kind
		keeps       *bool
		status      matching.Status
		hired, left matching.Status
	}{
		{"a job places her, and leaving it she searches as she says", matching.Job, nil, matching.Searching, matching.Placed, matching.Searching},
		{"unless she keeps searching", matching.Job, &keeps, matching.Searching, matching.Searching, matching.Searching},
		{"a day's wage does not", matching.DailyWage, nil, matching.Searching, matching.Searching, matching.Searching},
		{"who has paused stays so", matching.Job, nil, paused, paused, paused},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, ctx := newWorld(t), context.Background()
			g := w.enrol(func(g *matching.Graduate) { g.Status = c.status })
			a := w.applies(g, w.post(func(p *matching.Posting) { p.Kind = c.kind }))
			if c.keeps != nil {
				changed, _, err := w.ChangeApplication(ctx, a.ID, a.Version, node.ApplicationChange{KeepsSearching: c.keeps})
				w.done(nil, err)
				a = changed
			}
			a = w.moves(employing, a, matching.Hired)
			is := func(want matching.Status) {
				t.Helper()
				if g, err := w.Graduate(ctx, g.ID); err != nil || g.Status != want {
					t.Errorf("she is %s, %v; want %s", g.Status, err, want)
				}
			}
			is(c.hired)
			w.moves(herself, a, matching.Left, true)
			is(c.left)
		})
	}
	t.Run("an employer who says that she left changes nothing of hers", func(t *testing.T) {
		w := newWorld(t)
		g := w.enrol()
		w.moves(employing, w.moves(employing, w.applies(g, w.post()), matching.Hired), matching.Left, true)
		if got, err := w.Graduate(context.Background(), g.ID); err != nil || got.Status != matching.Placed {
			t.Errorf("she is %s, %v", got.Status, err)
		}
	})
}

// TestWhoMayNotApply holds the refusals, in Urdu too.
func TestWhoMayNotApply(t *testing.T) {
	w := newWorld(t)
	text := string([]byte{0xff})
	for name, in := range map[string]node.Interest{
		"without consent":      {Graduate: w.enrol(func(g *matching.Graduate) { g.Consent.Matching = false }).ID, Posting: w.post().ID},
		"to what has expired":  {Graduate: w.enrol().ID, Posting: w.post(func(p *matching.Posting) { p.Status = matching.Closed }).ID},
		"with what is no text": {Graduate: w.enrol().ID, Posting: w.post().ID, Text: &text},
		"for who is not there": {Graduate: "grd_01JD4Y6G3Q0000000000000000", Posting: w.post().ID},
		"to what is not there": {Graduate: w.enrol().ID, Posting: "pst_01JD4Y6G3Q0000000000000000"},
		"where it is done twice": func() node.Interest {
			g, p := w.enrol(), w.post()
			w.applies(g, p)
			return node.Interest{Graduate: g.ID, Posting: p.ID}
		}(),
	} {
		a, _, err := w.Apply(context.Background(), herself, in)
		shown, ok := fault.Shown(err)
		if err == nil || !ok || fault.KindOf(err) == fault.Internal || fault.KindOf(err) == fault.Conflict && shown.MessageUr == "" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

// TestInterestedAnew holds that who withdrew goes on in the same application, from its beginning.
func TestInterestedAnew(t *testing.T) {
	w, clock := timedWorld(t)
	g, p := w.enrol(), w.post()
	a := w.moves(herself, w.applies(g, p), matching.Withdrew)
	clock.seconds.Add(3600)
	again := w.applies(g, p)
	if again.ID != a.ID || again.State != matching.Interested || len(again.Steps) != 3 || !again.InterestedAt().Equal(day.Add(time.Hour)) {
		t.Errorf("interested anew: %+v", again)
	}
}

// TestNobodyAppliesToWhatIsClosedToThem: the employer hears nothing of them, and they are told in their language why.
func TestNobodyAppliesToWhatIsClosedToThem(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name   string
		to     matching.OpenTo
		gender matching.Gender
		says   string // of the Urdu sentence; empty: the application is taken
	}{
		{"a man, open to all", matching.OpenToAll, matching.Man, ""},
		{"a man, not said to whom", "", matching.Man, ""},
		{"a woman, to women", matching.OpenToWomen, matching.Woman, ""},
		{"a man, to men", matching.OpenToMen, matching.Man, ""},
		{"no gender told, open to all", matching.OpenToAll, "", ""},
		{"a man, to women", matching.OpenToWomen, matching.Man, "صرف خواتین کے لیے ہے۔ کوئی اور"},
		{"a woman, to men", matching.OpenToMen, matching.Woman, "صرف مردوں کے لیے ہے۔ کوئی اور"},
		{"a transgender person, to women", matching.OpenToWomen, matching.Transgender, "صرف خواتین کے لیے ہے۔ کوئی اور"},
		{"no gender told, to women", matching.OpenToWomen, "", "جنس درج کریں"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := w.enrol(func(g *matching.Graduate) { g.Gender = c.gender })
			p := w.post(func(p *matching.Posting) { p.OpenTo = c.to })
			_, _, err := w.Apply(context.Background(), herself, node.Interest{Graduate: g.ID, Posting: p.ID, SharesContact: true})
			if c.says == "" {
				w.done(nil, err)
				return
			}
			shown, ok := fault.Shown(err)
			if !ok || shown.Kind != fault.Conflict || !strings.Contains(shown.MessageUr, c.says) {
				t.Errorf("answered %v", err)
			}
		})
	}
}
