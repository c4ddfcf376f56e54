package matching

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// judged is one drawn pair with what it was drawn from.
type judged struct {
	m      *Model
	g      *Graduate
	p      *Posting
	facts  EmployerFacts
	metres float64
}

func drawJudged(t *rapid.T, m *Model) judged {
	return judged{m, drawGraduate(t), drawPosting(t), drawFacts(t), drawMetres(t, "metres")}
}

func (j judged) score() Score {
	rows := j.m.Seekers(j.g)
	o := j.m.Opening(j.p, j.facts)
	return j.m.Score(&rows[0], &o, j.metres, noon)
}

// law checks a property of drawn pairs.
func law(t *testing.T, check func(t *rapid.T, j judged)) {
	t.Helper()
	m := testModel(t)
	rapid.Check(t, func(t *rapid.T) { check(t, drawJudged(t, m)) })
}

// notLower fails when any view fell.
func notLower(t *rapid.T, what string, before, after Score) {
	if after.Total < before.Total || after.Graduate < before.Graduate || after.Employer < before.Employer {
		t.Fatalf("%s lowered the score:\n%+v\n%+v", what, before, after)
	}
}

func TestFewerMetresNeverScoreLower(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		far := j.score()
		j.metres *= rapid.Float64Range(0, 1).Draw(t, "nearer by")
		near := j.score()
		notLower(t, "coming nearer", far, near)
		for i := range near.Terms {
			if near.Terms[i] < far.Terms[i] {
				t.Fatalf("coming nearer lowered %s from %v to %v", TermNames[i], far.Terms[i], near.Terms[i])
			}
		}
	})
}

func TestOneMoreRequiredSkillNeverLowers(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		required := j.p.Required
		if len(required) == 0 {
			n, _ := j.m.Catalogue.Number(j.p.Trade)
			for _, s := range j.m.Catalogue.Essential(n) {
				required = append(required, j.m.Catalogue.SkillAt(s).Slug)
			}
		}
		before := j.score()
		j.g.Trades[0].Skills = append(slices.Clone(j.g.Trades[0].Skills), rapid.SampledFrom(required).Draw(t, "learnt"))
		notLower(t, "learning a required skill", before, j.score())
	})
}

func TestHigherPayNeverLowersTheGraduatesView(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		if j.p.Pay == nil {
			j.p.Pay = &Pay{From: 1, To: 1, Unit: PerMonth}
		}
		before := j.score()
		pay := *j.p.Pay
		pay.From += Rupees(rapid.IntRange(0, 50_000).Draw(t, "raise of from"))
		pay.To = max(pay.From, pay.To+Rupees(rapid.IntRange(0, 50_000).Draw(t, "raise of to")))
		j.p.Pay = &pay
		notLower(t, "a raise", before, j.score())
	})
}

func TestVerifiedNeverScoresLower(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		j.facts.Verified = false
		before := j.score()
		j.facts.Verified = true
		after := j.score()
		notLower(t, "verifying the employer", before, after)
		if after.Terms[TermTravel] < before.Terms[TermTravel] {
			t.Fatalf("verifying the employer lowered travel from %v to %v", before.Terms[TermTravel], after.Terms[TermTravel])
		}
	})
}

func TestMissingNeverBeatsItsBest(t *testing.T) {
	allYes := Conditions{}
	for _, name := range ConditionNames {
		allYes[name] = Condition{Answer: Yes}
	}
	// The day that suits both sides best is today.
	cases := []struct {
		name       string
		hide, best func(j *judged)
	}{
		{"pay", func(j *judged) { j.p.Pay = nil }, func(j *judged) { j.p.Pay = &Pay{From: maxPay, To: maxPay, Unit: PerMonth} }},
		{"pay that does not compare", func(j *judged) { j.p.Pay = &Pay{From: 900, To: 900, Unit: PerPoint} },
			func(j *judged) { j.p.Pay = &Pay{From: maxPay, To: maxPay, Unit: PerMonth} }},
		{"starts", func(j *judged) { j.p.Starts = nil; j.g.AvailableFrom = ptr(noon) }, func(j *judged) { j.p.Starts = ptr(noon) }},
		{"available from", func(j *judged) { j.g.AvailableFrom = nil; j.p.Starts = ptr(noon) },
			func(j *judged) { j.g.AvailableFrom = ptr(noon) }},
		{"conditions", func(j *judged) { j.p.Conditions = nil }, func(j *judged) { j.p.Conditions = allYes }},
		{"answers", func(j *judged) { j.facts = EmployerFacts{} }, func(j *judged) { j.facts = EmployerFacts{1000, 1000, true} }},
		{"skills", func(j *judged) { j.g.Trades[0].Skills = nil }, func(j *judged) { j.g.Trades[0].Skills = testSkills }},
		{"months", func(j *judged) { j.g.Trades[0].Months = nil }, func(j *judged) { j.g.Trades[0].Months = ptr(maxMonths) }},
		{"level", func(j *judged) { j.g.Trades[0].Level = 0 }, func(j *judged) { j.g.Trades[0].Level = maxLevel }},
		{"schooling", func(j *judged) { j.g.Schooling = "" }, func(j *judged) { j.g.Schooling = "master" }},
		{"licences", func(j *judged) { j.g.Licences = nil }, func(j *judged) { j.g.Licences = Licences[:] }},
		{"own tools", func(j *judged) { j.g.OwnTools = "" }, func(j *judged) { j.g.OwnTools = Yes }},
		{"modes", func(j *judged) { j.g.Travel.Modes = nil }, func(j *judged) { j.g.Travel.Modes = Modes[:] }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			law(t, func(t *rapid.T, j judged) {
				c.hide(&j)
				missing := j.score()
				c.best(&j)
				notLower(t, "telling the best", missing, j.score())
			})
		})
	}
}

func TestRemoteScoresTheSameFromEveryHome(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		j.p.Workplace, j.p.Location = Remote, nil
		here := j.score()
		j.g.Home, j.metres = drawPoint(t, "other home"), drawMetres(t, "other metres")
		if there := j.score(); here != there {
			t.Fatalf("remote work scores %+v here and %+v there", here, there)
		}
	})
}

// A phone is no part of a Graduate and cannot enter; gender and age are, and do not.
func TestGenderAndAgeChangeNoChanceOfHire(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		before := j.score()
		j.g.Gender = rapid.SampledFrom([]Gender{"", Woman, Man, Transgender}).Draw(t, "other gender")
		j.g.BirthDecade = rapid.SampledFrom([]int{0, 1930, 1980, 2010}).Draw(t, "other decade")
		if after := j.score(); before != after {
			t.Fatalf("another gender or age changed the score:\n%+v\n%+v", before, after)
		}
	})
}

// Needs, lowest pay, home and modes are the graduate's own affair.
func TestChanceOfHireKnowsOnlySkillExperienceAndRequirements(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		before := j.score()
		other := drawGraduate(t)
		other.Trades, other.Schooling, other.Licences, other.OwnTools = j.g.Trades, j.g.Schooling, j.g.Licences, j.g.OwnTools
		j.g, j.metres = other, drawMetres(t, "other metres")
		if after := j.score(); before.Terms[TermChance] != after.Terms[TermChance] {
			t.Fatalf("the chance of hire went from %v to %v", before.Terms[TermChance], after.Terms[TermChance])
		}
	})
}

func TestTermsAndTotalsStayInRange(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		s := j.score()
		for i, term := range s.Terms {
			if !(term >= lowestTerm && term <= 1) {
				t.Fatalf("%s is %v", TermNames[i], term)
			}
		}
		for _, view := range []float64{s.Total, s.Graduate, s.Employer} {
			if !(view > 0 && view <= 1) {
				t.Fatalf("a view lies outside (0,1]: %+v", s)
			}
		}
	})
}

func TestTotalAgreesWithScore(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		s := j.m.Seekers(j.g)[0]
		o := j.m.Opening(j.p, j.facts)
		score := j.m.Score(&s, &o, j.metres, noon)
		if total := j.m.Total(&s, &o, j.metres, noon); total != score.Total {
			t.Fatalf("Total is %v and Score.Total %v", total, score.Total)
		}
		another := NewModel("again", DefaultWeights(), j.m.Catalogue, j.m.Wages, nil)
		if again := another.Score(&s, &o, j.metres, noon); again != score {
			t.Fatalf("the same input gave %+v and %+v", score, again)
		}
	})
}

// The views are what the documentation says: weighted geometric means of the terms.
func TestViewsAreWeightedGeometricMeans(t *testing.T) {
	w := DefaultWeights()
	law(t, func(t *rapid.T, j judged) {
		s := j.score()
		g, e, c := w.Graduate, w.Employer, w.Chance
		graduate := mean(s, weightedTerm{g.Skill, TermSkill}, weightedTerm{g.Travel, TermTravel}, weightedTerm{g.Pay, TermPay},
			weightedTerm{g.Conditions, TermConditions}, weightedTerm{g.Timing, TermTiming}, weightedTerm{g.Freshness, TermFreshness})
		employer := mean(s, weightedTerm{e.Skill, TermSkill}, weightedTerm{e.Experience, TermExperience},
			weightedTerm{e.Requirements, TermRequirements}, weightedTerm{e.Travel, TermTravel}, weightedTerm{e.Timing, TermTiming})
		chance := mean(s, weightedTerm{c.Skill, TermSkill}, weightedTerm{c.Experience, TermExperience},
			weightedTerm{c.Requirements, TermRequirements})
		total := math.Pow(s.Graduate, w.Total.Graduate.Value) * math.Pow(s.Employer, w.Total.Employer.Value) *
			math.Pow(s.Terms[TermChance], w.Total.Chance.Value) * math.Pow(s.Terms[TermAnswers], w.Total.Answers.Value)
		for _, v := range []struct {
			name      string
			got, want float64
		}{{"graduate", s.Graduate, graduate}, {"employer", s.Employer, employer}, {"chance", s.Terms[TermChance], chance},
			{"total", s.Total, total}} {
			if math.Abs(v.got-v.want) > 1e-6 {
				t.Fatalf("%s is %v, the geometric mean %v", v.name, v.got, v.want)
			}
		}
	})
}

type weightedTerm struct {
	weight Figure
	term   int
}

// mean is the weighted geometric mean of terms whose weights sum to one, by powers.
func mean(s Score, terms ...weightedTerm) float64 {
	product := 1.0
	for _, t := range terms {
		product *= math.Pow(s.Terms[t.term], t.weight.Value)
	}
	return product
}
