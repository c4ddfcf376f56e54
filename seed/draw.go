package seed

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"sort"
	"time"
)

// stream tells what records a draw is for, so that no two streams share their chances.
type stream uint64

const (
	instituteStream stream = iota + 1
	graduateStream
	employerStream
	applicationStream
	pastStream
	earlierStream
	earlierApplicationStream
	courseStream
)

// draw is the chance behind one record. Each record has its own, made from the seed, the stream and the record's number, so that
// a record can be made again without those before it.
type draw struct {
	*rand.Rand
	source *rand.PCG
}

func newDraw(seed uint64, s stream, number int) *draw {
	high := mix(seed ^ mix(uint64(s)))
	source := rand.NewPCG(high, mix(high^uint64(number)))
	return &draw{rand.New(source), source}
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood, 2014): neighbouring numbers become unlike seeds.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Read fills p with chance, as the entropy of identifiers.
func (d *draw) Read(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		var word [8]byte
		binary.LittleEndian.PutUint64(word[:], d.source.Uint64())
		rest = rest[copy(rest, word[:]):]
	}
	return len(p), nil
}

// chance is true in the given share of draws.
func (d *draw) chance(share float64) bool { return d.Float64() < share }

// between gives a whole number from lo to hi, both included.
func (d *draw) between(lo, hi int) int { return lo + d.IntN(hi-lo+1) }

// spread gives a factor between 1-by and 1+by.
func (d *draw) spread(by float64) float64 { return 1 + by*(2*d.Float64()-1) }

// before gives a moment in whole seconds, up to so many days before t.
func (d *draw) before(t time.Time, days float64) time.Time {
	return t.Add(-time.Duration(d.Float64()*days*24*3600) * time.Second)
}

// pick gives one of the items, each as likely as the other.
func pick[T any](d *draw, items []T) T { return items[d.IntN(len(items))] }

// weighted gives numbers from 0, each as often as its weight says. It holds the running sums of the weights.
type weighted []float64

func newWeighted[T any](items []T, weight func(T) float64) weighted {
	sums := make(weighted, len(items))
	total := 0.0
	for i, item := range items {
		total += max(0, weight(item))
		sums[i] = total
	}
	return sums
}

// total is the sum of the weights.
func (w weighted) total() float64 {
	if len(w) == 0 {
		return 0
	}
	return w[len(w)-1]
}

// pick gives a number; 0 when no weight is above 0.
func (w weighted) pick(d *draw) int {
	at := d.Float64() * w.total()
	return min(sort.Search(len(w), func(i int) bool { return w[i] > at }), len(w)-1)
}

// rounded gives an amount in steps that people speak of.
func rounded(amount, step float64) float64 { return math.Max(step, math.Round(amount/step)*step) }
