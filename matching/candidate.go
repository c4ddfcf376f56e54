package matching

import "math"

// CandidateTerm is one term as an employer may see it.
type CandidateTerm struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"` // rounded to 0.05
}

// candidateTerms are the terms that an employer may see of a candidate: what she can do and how far she is. Pay and conditions
// would tell what she needs, and what is about the posting alone (freshness, answers) the employer knows.
var candidateTerms = [...]int{TermSkill, TermTravel, TermTiming, TermExperience, TermRequirements, TermChance}

// CandidateTerms gives what an employer may see of a score, each rounded to 0.05 and in the order of TermNames. The combined score and
// the graduate's view are not among it: they hold what she needs and what she would accept.
func CandidateTerms(s Score) []CandidateTerm {
	terms := make([]CandidateTerm, len(candidateTerms))
	for i, t := range candidateTerms {
		terms[i] = CandidateTerm{TermNames[t], coarse(s.Terms[t])}
	}
	return terms
}

// CandidateScore gives the one figure that an employer may see beside a candidate, and that orders the list: the employer's own view
// (Score.Employer), rounded to 0.05. The combined score holds what a person needs and what she would accept, and so would an order by it.
func CandidateScore(employer float64) float64 { return coarse(employer) }

// coarse rounds to 0.05.
func coarse(x float64) float64 { return math.Round(x*20) / 20 }
