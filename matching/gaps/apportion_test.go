package gaps

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestPartsAddUp is that a rounded ratio is divided in whole steps that add up to it, and that none of them is more than a step from its
// exact part.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(Threshold, 5_000).Draw(t, "n")
		ratio := coarseRatio(rapid.Float64Range(0, 1).Draw(t, "ratio"), n)
		weights := rapid.SliceOfN(rapid.Float64Range(0, 10), 3, 3).Draw(t, "weights")
		sum, total := 0.0, 0.0
		for _, w := range weights {
			total += w
		}
		if total == 0 {
			weights[0], total = 1, 1
		}
		for i, part := range apportion(ratio, n, weights...) {
			sum += part
			if steps := part / ratioStep(n); math.Abs(steps-math.Round(steps)) > 1e-9 {
				t.Errorf("a part of %v is no whole number of steps of %v", part, ratioStep(n))
			}
			if exact := ratio * weights[i] / total; math.Abs(part-exact) > ratioStep(n)+1e-9 {
				t.Errorf("a part is %v, and exactly %v, in steps of %v", part, exact, ratioStep(n))
			}
		}
		if math.Abs(sum-ratio) > 1e-9 {
			t.Errorf("the parts of %v add up to %v", ratio, sum)
		}
	})
}
