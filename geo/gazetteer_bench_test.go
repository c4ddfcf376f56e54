package geo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// villages invents n villages with pronounceable names in two scripts.
func villages(n int) []Place {
	rng := rand.New(rand.NewPCG(3, 5))
	roman := []string{"ba", "ka", "la", "mir", "pur", "garh", "shah", "kot", "dera", "wali", "nagar", "abad", "chak", "jan", "ri", "tu", "so", "hal"}
	urdu := []string{"با", "کا", "لا", "میر", "پور", "گڑھ", "شاہ", "کوٹ", "ڈیرہ", "والی", "نگر", "آباد", "چک", "جان", "ری", "تو", "سو", "حال"}
	places := make([]Place, n)
	for i := range places {
		var en, ur strings.Builder
		for range 2 + rng.IntN(3) {
			s := rng.IntN(len(roman))
			en.WriteString(roman[s])
			ur.WriteString(urdu[s])
		}
		places[i] = Place{ID: fmt.Sprintf("v%06d", i), Level: LevelVillage, Names: Names{En: en.String(), Ur: ur.String()},
			Point: Point{24 + rng.Float64()*12, 62 + rng.Float64()*14}, Population: rng.IntN(20_000)}
	}
	return places
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{2_500, 135_000} {
		g, err := NewGazetteer(villages(n), nil)
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range []string{"dera", "shahpurkot", "shapurkut", "شاہپورکوت", "chak 57 jb"} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				for b.Loop() {
					g.Find(name, 10)
				}
			})
		}
	}
}

func BenchmarkNewGazetteer(b *testing.B) {
	places := villages(135_000)
	for b.Loop() {
		if _, err := NewGazetteer(places, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDistrict(b *testing.B) {
	g := country(b)
	for b.Loop() {
		g.District(Point{30.1978, 71.4697})
	}
}

func BenchmarkNearest(b *testing.B) {
	g, err := NewGazetteer(villages(135_000), nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		g.Nearest(Point{30.1978, 71.4697}, nil, 5)
	}
}
