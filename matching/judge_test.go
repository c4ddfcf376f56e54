package matching

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestJudgeEqualsModel shows one judge pairs of a few people and a few openings again and again: what it remembers is of the right pair, and
// what it leaves out is below what was wanted.
func TestJudgeEqualsModel(t *testing.T) {
	m := testModel(t)
	rapid.Check(t, func(t *rapid.T) {
		var people []Seeker
		var openings []Opening
		for range 3 {
			people = append(people, m.Seekers(drawGraduate(t))[0])
			openings = append(openings, m.Opening(drawPosting(t), drawFacts(t)))
		}
		now := noon.AddDate(0, 0, rapid.IntRange(-3, 40).Draw(t, "day"))
		j := m.NewJudge(now)
		defer j.Dismiss() // the next one begins with what this one remembered of others
		for range 40 {
			s := &people[rapid.IntRange(0, 2).Draw(t, "person")]
			o := &openings[rapid.IntRange(0, 2).Draw(t, "opening")]
			metres := drawMetres(t, "metres")
			want := m.Score(s, o, metres, now)
			least := rapid.SampledFrom([]float64{0, want.Total, math.Nextafter(want.Total, 0), 0.3, 0.9}).Draw(t, "least")
			if got, ok := j.Total(s, o, metres, AtLeast(least)); ok && got != want.Total || !ok && want.Total >= least {
				t.Fatalf("the judge says %v %v, at least %v wanted, where the model says %v", got, ok, least, want.Total)
			}
			hope := j.Hope(s, o.Trade)
			if !o.OwnHome && !o.Transport && !o.Remote {
				hope += j.Way(s, metres*rapid.Float64Range(0, 1).Draw(t, "nearer"), s.LivesAt(o))
			}
			stands := j.Stands(m.Standing(o), o.Posted)
			if !AtLeast(least).Wants(hope+stands) && want.Total >= least {
				t.Fatalf("no promise of %v, where the model says %v", least, want.Total)
			}
			lead, standing := m.Lead(m.Standing(o), o.Posted), m.Standing(o)
			if leads := j.Leads(lead+rapid.Float64Range(0, 1).Draw(t, "another leads by"), standing); leads < stands {
				t.Fatalf("%v is told to lead, where %v stands", leads, stands)
			}
			if leads := j.Leads(lead, standing); leads < stands {
				t.Fatalf("%v is told to lead, where %v stands", leads, stands)
			}
			terms := Known{m.SkillTerm(s, o), m.ExperienceTerm(s, o), m.RequirementsTerm(s, o), j.TimingTerm(s.AvailableFrom, o.Starts),
				j.ConditionsTerm(s.Needs, o.Ask())}
			known := hope - j.Hope(s, o.Trade) + stands + j.Suits(terms.Timing, terms.Conditions) +
				j.Brings(terms.Skill, terms.Experience, terms.Requirements)
			if !AtLeast(least).Wants(known) && want.Total >= least {
				t.Fatalf("no promise of %v from all terms, where the model says %v", least, want.Total)
			}
			for i := range people {
				if other := &people[i]; other.Trade == s.Trade && SkillShare(other.Skills, o) == SkillShare(s.Skills, o) && m.SkillTerm(other, o) != terms.Skill {
					t.Fatalf("%v and %v have one share of %v, and terms %v and %v", other.Skills, s.Skills, o.Skills, m.SkillTerm(other, o), terms.Skill)
				}
			}
			outlook := j.Outlook(s, o, metres*rapid.Float64Range(0, 1).Draw(t, "nearer yet"))
			some := Known{Skill: outlook.Skill}
			for _, known := range []struct{ to, of *float64 }{{&some.Skill, &terms.Skill}, {&some.Experience, &terms.Experience}, {&some.Requirements, &terms.Requirements},
				{&some.Timing, &terms.Timing}, {&some.Conditions, &terms.Conditions}} {
				if rapid.Bool().Draw(t, "known") {
					*known.to = *known.of
				}
			}
			for name, o := range map[string]Outlook{"trade and way": outlook, "some terms": j.Sharpened(&outlook, &some), "all terms": j.Sharpened(&outlook, &terms)} {
				if !AtLeast(least).Reaches(o) && want.Total >= least || o.Most() < want.Employer {
					t.Fatalf("by %s no promise of %v, and %v at the most for an employer, where the model says %+v", name, least, o.Most(), want)
				}
			}
			going := j.Going(s, o, metres)
			if lowest := rapid.Uint32Range(0, 200_000).Draw(t, "lowest pay"); going.Leaves(lowest, o) != m.PaysEnough(&Seeker{LowestPay: lowest, Modes: s.Modes, LivesIn: s.LivesIn}, o, metres) {
				t.Fatalf("the judge says %v of who accepts %d", going.Leaves(lowest, o), lowest)
			}
			if got, ok := j.TotalOf(&terms, &going, o, AtLeast(least)); ok && got != want.Total || !ok && want.Total >= least {
				t.Fatalf("of its terms the judge makes %v %v, at least %v wanted, where the model says %v", got, ok, least, want.Total)
			}
			if got := j.Employer(s, o, metres); got != want.Employer {
				t.Fatalf("the judge says %v of the employer's view, where the model says %v", got, want.Employer)
			}
		}
	})
}

// TestWishMeetsAsk holds the quick test to Possible, for pairs that no other constraint drops.
func TestWishMeetsAsk(t *testing.T) {
	m := testModel(t)
	rapid.Check(t, func(t *rapid.T) {
		g, p := drawGraduate(t), drawPosting(t)
		g.ConfirmedOnly, g.Trades[0].Trade = rapid.Bool().Draw(t, "confirmed only"), p.Trade
		p.OpenTo = rapid.SampledFrom([]OpenTo{"", OpenToAll, OpenToWomen, OpenToMen}).Draw(t, "open to")
		p.Posted = noon.AddDate(0, 0, -1)
		s, o := m.Seekers(g)[0], m.Opening(p, EmployerFacts{})
		if possible := m.Possible(&s, &o, 0, math.Inf(1), noon) == ""; possible != s.Wish().Meets(o.Ask()) {
			t.Fatalf("possible %v, and a wish that is met %v", possible, !possible)
		}
	})
}
