package node_test

import (
	"math"
	"testing"
)

// good is the least grade that counts as found by recall and by the reciprocal rank.
const good = 2

// figures judge one ranking, or many by their mean, each in [0,1] and 1 at the best.
type figures struct {
	recall1, recall10, mrr, ndcg10 float64
}

// judge holds a ranking against the grades of its records, 0 for those that have none. Recall at k is the share of the good ones among
// the first k, of as many as could stand there; mrr is one over the rank of the first good one; nDCG is that of Järvelin and
// Kekäläinen 2002 with gains 2^grade-1 and discounts log2(rank+1).
func judge(ranked []string, grades map[string]int) figures {
	var f figures
	hits, total := 0, 0
	for _, grade := range grades {
		if grade >= good {
			total++
		}
	}
	gained := 0.0
	for i, key := range ranked {
		grade := grades[key]
		if grade >= good {
			hits++
			if f.mrr == 0 {
				f.mrr = 1 / float64(i+1)
			}
		}
		if i == 0 {
			f.recall1 = float64(hits)
		}
		if i < 10 {
			f.recall10 = share(hits, min(10, total))
			gained += gain(grade, i)
		}
	}
	if best := bestGain(grades); best > 0 {
		f.ndcg10 = gained / best
	}
	return f
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func gain(grade, index int) float64 {
	return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(index+2))
}

// bestGain is what the best order of all graded records gains in its first ten.
func bestGain(grades map[string]int) float64 {
	var counts [4]int
	for _, grade := range grades {
		counts[grade]++
	}
	best, index := 0.0, 0
	for grade := 3; grade > 0; grade-- {
		for range counts[grade] {
			if index < 10 {
				best += gain(grade, index)
			}
			index++
		}
	}
	return best
}

func mean(all []figures) figures {
	var sum figures
	for _, f := range all {
		sum.recall1 += f.recall1
		sum.recall10 += f.recall10
		sum.mrr += f.mrr
		sum.ndcg10 += f.ndcg10
	}
	n := float64(len(all))
	return figures{sum.recall1 / n, sum.recall10 / n, sum.mrr / n, sum.ndcg10 / n}
}

func TestJudge(t *testing.T) {
	grades := map[string]int{"best": 3, "good": 2, "fair": 1}
	ten := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
	ideal := 7 + 3/math.Log2(3) + 0.5
	for _, c := range []struct {
		name   string
		ranked []string
		grades map[string]int
		want   figures
	}{
		{"in the best order", []string{"best", "good", "fair", "bad"}, grades, figures{1, 1, 1, 1}},
		{"nothing found", nil, grades, figures{}},
		{"nothing graded", []string{"bad"}, nil, figures{}},
		{"only a fair one", []string{"fair"}, grades, figures{0, 0, 0, 1 / ideal}},
		{"a bad one first", []string{"bad", "best"}, grades, figures{0, 0.5, 0.5, 7 / math.Log2(3) / ideal}},
		{"the second best first", []string{"good", "best"}, grades, figures{1, 1, 1, (3 + 7/math.Log2(3)) / ideal}},
		{"past the tenth", append(ten, "best"), grades, figures{0, 0, 1.0 / 11, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := judge(c.ranked, c.grades)
			for name, pair := range map[string][2]float64{"recall@1": {got.recall1, c.want.recall1}, "recall@10": {got.recall10, c.want.recall10},
				"MRR": {got.mrr, c.want.mrr}, "nDCG@10": {got.ndcg10, c.want.ndcg10}} {
				if math.Abs(pair[0]-pair[1]) > 1e-12 {
					t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
				}
			}
		})
	}
	if got, want := mean([]figures{{1, 1, 1, 1}, {0, 0.5, 0.5, 0}}), (figures{0.5, 0.75, 0.75, 0.5}); got != want {
		t.Errorf("the mean is %v, want %v", got, want)
	}
}
