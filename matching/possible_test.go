package matching

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabta/geo"
)

func with(c ConditionName, a Answer) func(*Graduate, *Posting) {
	return func(_ *Graduate, p *Posting) { p.Conditions = Conditions{c: {Answer: a}} }
}

func TestPossible(t *testing.T) {
	both := func(changes ...func(*Graduate, *Posting)) func(*Graduate, *Posting) {
		return func(g *Graduate, p *Posting) {
			for _, change := range changes {
				change(g, p)
			}
		}
	}
	needs := func(needs ...Need) func(*Graduate, *Posting) {
		return func(g *Graduate, _ *Posting) { g.Needs = needs }
	}
	confirmed := func(g *Graduate, _ *Posting) { g.ConfirmedOnly = true }
	far := func(_ *Graduate, p *Posting) { p.Location = &geo.Point{Lat: 24.86, Lon: 67.01} }
	openTo := func(to OpenTo, gender Gender) func(*Graduate, *Posting) {
		return func(g *Graduate, p *Posting) { p.OpenTo, g.Gender = to, gender }
	}
	lowest := func(amount Rupees, unit PayUnit) func(*Graduate, *Posting) {
		return func(g *Graduate, _ *Posting) { g.LowestPay = &LowestPay{amount, unit} }
	}
	cases := []struct {
		name   string
		change func(g *Graduate, p *Posting)
		want   Drop
	}{
		{"nothing stands against it", both(), ""},

		{"a draft", func(_ *Graduate, p *Posting) { p.Status = Draft }, DropNotLive},
		{"held by staff", func(_ *Graduate, p *Posting) { p.Status = Held }, DropNotLive},
		{"no vacancy left", func(_ *Graduate, p *Posting) { p.Vacancies = 0 }, DropNotLive},
		{"posted now", func(_ *Graduate, p *Posting) { p.Posted = noon }, ""},
		{"posted in a second", func(_ *Graduate, p *Posting) { p.Posted = noon.Add(time.Second) }, DropNotLive},
		{"expires now", func(_ *Graduate, p *Posting) { p.Expires = noon }, DropNotLive},
		{"expires in a second", func(_ *Graduate, p *Posting) { p.Expires = noon.Add(time.Second) }, ""},

		{"placed", func(g *Graduate, _ *Posting) { g.Status = Placed }, DropNotSearching},
		{"paused", func(g *Graduate, _ *Posting) { g.Status = Paused }, DropNotSearching},

		{"kind wanted", func(g *Graduate, _ *Posting) { g.Kinds = []Kind{Contract, Job} }, ""},
		{"kind not wanted", func(g *Graduate, _ *Posting) { g.Kinds = []Kind{Contract} }, DropKind},

		{"related trade", func(g *Graduate, _ *Posting) { g.Trades[0].Trade = "solar-technician" }, ""},
		{"unrelated trade", func(g *Graduate, _ *Posting) { g.Trades[0].Trade = "tailor" }, DropTrade},
		{"trade that no list has", func(_ *Graduate, p *Posting) { p.Trade = "wizard" }, DropTrade},

		{"out of reach", far, DropReach},
		{"out of reach, remote", both(far, func(_ *Graduate, p *Posting) { p.Workplace = Remote }), ""},
		{"out of reach, at home with a place to fetch it", both(far, func(_ *Graduate, p *Posting) { p.Workplace = OwnHome }), DropReach},
		{"out of reach, accommodation not accepted", both(far, with(CondAccommodation, Yes)), DropReach},
		{"out of reach, accommodation accepted", both(far, with(CondAccommodation, Yes),
			func(g *Graduate, _ *Posting) { g.AcceptsLiving = true }), ""},
		{"out of reach, accommodation needed", both(far, with(CondAccommodation, Yes), needs(NeedAccommodation)), ""},
		{"out of reach, accommodation not stated", both(far, func(g *Graduate, _ *Posting) { g.AcceptsLiving = true }), DropReach},

		{"transport needed, not stated", needs(NeedTransport), ""},
		{"transport needed, not stated, confirmed only", both(needs(NeedTransport), confirmed), DropNeed},
		{"transport needed, refused", both(needs(NeedTransport), with(CondTransport, No)), DropNeed},
		{"transport needed, from the door", both(needs(NeedTransport), confirmed, with(CondDoorTransport, Yes)), ""},
		{"transport needed, not from the door and else not stated", both(needs(NeedTransport), with(CondDoorTransport, No)), ""},
		{"women-safe needed, no separate toilet", both(needs(NeedWomenSafe), with(CondSeparateToilet, No)), DropNeed},
		{"women-safe needed, nothing stated", needs(NeedWomenSafe), ""},
		{"access needed, steps", both(needs(NeedAccess), with(CondStepFree, No)), DropNeed},
		{"access needed, step-free", both(needs(NeedAccess), confirmed, with(CondStepFree, Yes)), ""},
		{"accommodation needed, refused", both(needs(NeedAccommodation), with(CondAccommodation, No)), DropNeed},
		{"home-based needed, on site", needs(NeedHomeBased), DropNeed},
		{"home-based needed, at the client's", both(needs(NeedHomeBased), func(_ *Graduate, p *Posting) { p.Workplace = ClientHome }), DropNeed},
		{"everything needed, remote", both(needs(Needs[:]...), confirmed, func(_ *Graduate, p *Posting) { p.Workplace = Remote }), ""},

		{"women only, a woman", openTo(OpenToWomen, Woman), ""},
		{"women only, a man", openTo(OpenToWomen, Man), DropOpenTo},
		{"women only, not told", openTo(OpenToWomen, ""), DropOpenTo},
		{"men only, a man", openTo(OpenToMen, Man), ""},
		{"men only, a woman", openTo(OpenToMen, Woman), DropOpenTo},
		{"men only, transgender", openTo(OpenToMen, Transgender), DropOpenTo},
		{"open to all, not told", openTo(OpenToAll, ""), ""},
		{"open to all by saying nothing, transgender", openTo("", Transgender), ""},

		{"pay above the lowest", lowest(53_000, PerMonth), ""},
		{"pay above the lowest but not after travel", lowest(54_500, PerMonth), DropPay},
		{"transport takes the cost away", both(lowest(54_500, PerMonth), with(CondTransport, Yes)), ""},
		{"pay below the lowest by the day", lowest(2_200, PerDay), DropPay},
		{"pay not stated", both(lowest(90_000, PerMonth), func(_ *Graduate, p *Posting) { p.Pay = nil }), ""},
		{"pay that does not compare", both(lowest(90_000, PerMonth), func(_ *Graduate, p *Posting) { p.Pay.Unit = PerPiece }), ""},
	}
	m := testModel(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g, p := anElectrician(), aPosting()
			c.change(g, p)
			s, o, metres := pair(t, m, g, p)
			if got := m.Possible(s, o, metres, m.MatchReach(s, 0), noon); got != c.want {
				t.Fatalf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestReachIsInclusive(t *testing.T) {
	m := testModel(t)
	s, o, metres := pair(t, m, anElectrician(), aPosting())
	if got := m.Possible(s, o, metres, metres, noon); got != "" {
		t.Errorf("at the very reach: %q", got)
	}
	if got := m.Possible(s, o, metres, math.Nextafter(metres, 0), noon); got != DropReach {
		t.Errorf("a hair beyond the reach: %q", got)
	}
}

func TestMatchReach(t *testing.T) {
	m := testModel(t)
	for _, c := range []struct {
		name              string
		own, within, want float64
	}{{"asked for", 10_000, 3_000, 3_000}, {"her own", 10_000, 0, 10_000}, {"the default", 0, 0, 25_000}} {
		if got := m.MatchReach(&Seeker{MaxMetres: c.own}, c.within); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWomenSafe(t *testing.T) {
	for _, c := range []struct{ colleagues, toilet, committee, want Answer }{
		{Yes, Yes, "", Yes}, {Yes, Yes, No, Yes}, {Yes, No, Yes, No}, {"", No, "", No}, {No, "", No, No}, {No, Yes, No, No},
		{No, Yes, Yes, Unknown}, {No, Yes, "", Unknown}, {Yes, "", "", Unknown}, {"", Yes, "", Unknown}, {"", "", No, Unknown},
	} {
		p := Posting{Workplace: OnSite, Conditions: Conditions{CondWomenColleagues: {Answer: c.colleagues},
			CondSeparateToilet: {Answer: c.toilet}, CondComplaintCommittee: {Answer: c.committee}}}
		if got := p.Answers(NeedWomenSafe); got != c.want {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

// A pair that is possible for who asks for confirmed conditions only is possible for who does not, and a greater reach never drops.
func TestLessAskedIsNeverLessPossible(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		o := j.m.Opening(j.p, j.facts)
		j.g.ConfirmedOnly = true
		strict, loose := j.m.Seekers(j.g)[0], j.m.Seekers(j.g)[0]
		loose.ConfirmedOnly = false
		reach := drawMetres(t, "reach asked")
		if j.m.Possible(&strict, &o, j.metres, reach, noon) != "" {
			return
		}
		if drop := j.m.Possible(&loose, &o, j.metres, reach*2, noon); drop != "" {
			t.Fatalf("asking for less dropped the pair: %s", drop)
		}
	})
}

// The digest is live exactly when the posting is, at whole seconds.
func TestOpeningIsLiveAsItsPosting(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		j.p.Status = rapid.SampledFrom(PostingStatuses[:]).Draw(t, "status")
		j.p.Vacancies = rapid.IntRange(0, 2).Draw(t, "vacancies")
		at := noon.Add(time.Duration(rapid.IntRange(-500*86400, 40*86400).Draw(t, "seconds")) * time.Second)
		o := j.m.Opening(j.p, j.facts)
		if o.LiveAt(at.Unix()) != j.p.Live(at) {
			t.Fatalf("posting live %v, opening live %v", j.p.Live(at), o.LiveAt(at.Unix()))
		}
	})
}
