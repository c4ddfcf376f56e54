package search

import "math"

// What each term counts in Score. Meaning outweighs the rest together: a search for an electrician shows every electrician's post
// before what merely has the word, however near. The figures are assumptions until there are queries to
// measure with.
const (
	meaningWeight   = 0.60
	textWeight      = 0.25
	nearnessWeight  = 0.10
	freshnessWeight = 0.05
)

// nearnessFall and freshnessFall are the distances at which nearness and freshness have fallen to 1/e. 37.3 km is the fall of 35 %
// at 16.1 km that matching uses by default for travel (exp(-0.0268 km)); 30 days is how long an advert runs by default.
const (
	nearnessFall  = 1000 / 0.0268 // metres
	freshnessFall = 30            // days
)

// Score is what a search with words is ordered by, falling, before distance and id:
//
//	0.60 meaning + 0.25 text + 0.10 exp(-metres/37,313) + 0.05 exp(-days/30)
//
// meaning in [0,1] is how well the posting's trade is what the query means (TradeMeant.Score, times relatedness where related
// trades are shown); text in [0,1] is Hit.Score; metres is the exact distance, counted only where hasPoint says that both the
// query and the posting have a place, else nearness is 0, so that no place is never better than a near one; days is the age of
// the posting in whole days. The result lies in [0,1]; it never falls with meaning and text and never rises with metres and days.
// Values outside their range count as its nearest end, and what is no number counts as the worst.
func Score(meaning, text, metres float64, hasPoint bool, days int) float64 {
	near := 0.0
	if hasPoint && !math.IsNaN(metres) {
		near = nearness(metres)
	}
	return weighed(meaning, text, near, freshness(days))
}

func nearness(metres float64) float64 { return math.Exp(-max(metres, 0) / nearnessFall) }

func freshness(days int) float64 { return math.Exp(-float64(max(days, 0)) / freshnessFall) }

func weighed(meaning, text, nearness, freshness float64) float64 {
	return meaningWeight*unit(meaning) + textWeight*unit(text) + nearnessWeight*nearness + freshnessWeight*freshness
}

// unit brings v into [0,1].
func unit(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	return min(v, 1)
}
