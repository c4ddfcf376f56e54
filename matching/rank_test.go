package matching

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/oklog/ulid/v2"
	"pgregory.net/rapid"
)

// The order of records does not matter: however results are mixed, sorting gives one order.
func TestBeforeIsOneOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "n")
		results := make([]Ranked, n)
		for i := range results {
			results[i] = Ranked{float64(rapid.IntRange(0, 2).Draw(t, "score")), float64(rapid.IntRange(0, 2).Draw(t, "metres")), ulid.ULID{byte(i)}}
		}
		sorted := slices.Clone(results)
		byBefore := func(a, b Ranked) int {
			switch {
			case Before(a, b):
				return -1
			case Before(b, a):
				return 1
			}
			return 0
		}
		slices.SortFunc(sorted, byBefore)
		mixed := slices.Clone(results)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(n, func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		slices.SortFunc(mixed, byBefore)
		if !slices.Equal(sorted, mixed) {
			t.Fatalf("two orders:\n%v\n%v", sorted, mixed)
		}
		for i := range sorted[1:] {
			a, b := sorted[i], sorted[i+1]
			if a.Score < b.Score || a.Score == b.Score && a.Metres > b.Metres {
				t.Fatalf("%v stands before %v", a, b)
			}
		}
	})
}

func TestBanded(t *testing.T) {
	for _, c := range []struct{ metres, want float64 }{{0, 0}, {1, 1000}, {1000, 1000}, {1000.5, 2000}, {24_999, 25_000}} {
		if got := Banded(c.metres); got != c.want {
			t.Errorf("Banded(%v) = %v, want %v", c.metres, got, c.want)
		}
	}
}

func TestCandidateTermsAreRoundedAndHideTheGraduatesAffairs(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		score := j.score()
		for _, term := range CandidateTerms(score) {
			if slices.Contains([]string{"pay", "conditions", "freshness", "answers"}, term.Name) {
				t.Fatalf("an employer is shown %s", term.Name)
			}
			if steps := term.Value * 20; steps != float64(int(steps+0.5)) {
				t.Fatalf("%s is %v, which is no multiple of 0.05", term.Name, term.Value)
			}
		}
	})
}

// Nothing that an employer is shown moves with a need, the lowest pay, the gender or the age.
func TestCandidatesLookTheSameWhateverTheyNeed(t *testing.T) {
	law(t, func(t *rapid.T, j judged) {
		look := func() (float64, string) {
			s, o := j.m.Seekers(j.g)[0], j.m.Opening(j.p, j.facts)
			score := j.m.Score(&s, &o, j.metres, noon)
			text := ""
			for _, lang := range []string{"en", "ur", "roman"} {
				text += j.m.ExplainCandidate(&s, &o, j.metres, score, lang)
			}
			for _, term := range CandidateTerms(score) {
				text += term.Name + string(rune('A'+int(term.Value*20+0.5)))
			}
			return CandidateScore(score.Employer), text
		}
		j.g.AcceptsLiving = true // a need of accommodation says as much
		score, text := look()
		j.g.Needs, j.g.ConfirmedOnly = some(t, "other needs", Needs[:]), true
		j.g.LowestPay = &LowestPay{Rupees(rapid.IntRange(1, 99_999).Draw(t, "lowest")), PerMonth}
		j.g.Gender = rapid.SampledFrom([]Gender{"", Woman, Man, Transgender}).Draw(t, "other gender")
		j.g.BirthDecade = 1950
		if otherScore, otherText := look(); otherScore != score || otherText != text {
			t.Fatalf("%v %s\nbecame %v %s", score, text, otherScore, otherText)
		}
	})
}
