package search

import (
	"math"
	"strings"
)

// namelike tells how much more a word looks like a person's name than like a word of trades, by its letters in threes: a small language
// model of each, interpolated (Witten and Bell, 1991, with a fixed weight). Most names of Pakistan are in no list; their syllables are.
type namelike struct {
	alphabet string // of one script
	ratio    []float32
}

// The letters of the models; the place before the first and after the last letter is 0.
const (
	latinLetters = "abcdefghijklmnopqrstuvwxyz"
	urduShapes   = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہیےىآؤئھء"
)

// smoothing is the number of times that the shorter context counts as seen.
const smoothing = 4

func newNamelike(alphabet string, persons, trades []string) *namelike {
	n := &namelike{alphabet: alphabet}
	p, t := n.counted(persons), n.counted(trades)
	size := n.size()
	n.ratio = make([]float32, size*size*size)
	for i := range n.ratio {
		n.ratio[i] = float32(math.Log(p.chance(i, size)) - math.Log(t.chance(i, size)))
	}
	return n
}

// counts are how often one letter, two and three in a row occur.
type counts struct{ one, two, three []float64 }

func (n *namelike) size() int { return len([]rune(n.alphabet)) + 1 }

func (n *namelike) counted(words []string) counts {
	size := n.size()
	c := counts{make([]float64, size+1), make([]float64, size*size+size), make([]float64, size*size*size)}
	for _, w := range words {
		n.each(w, func(a, b, x int) {
			c.one[x]++
			c.one[size]++
			c.two[b*size+x]++
			c.two[size*size+b]++
			c.three[(a*size+b)*size+x]++
		})
	}
	return c
}

// chance is that of the letter after two others: i is all three in one number.
func (c counts) chance(i, size int) float64 {
	x, ab := i%size, i/size
	b := ab % size
	p := (c.one[x] + smoothing/float64(size)) / (c.one[size] + smoothing)
	p = (c.two[b*size+x] + smoothing*p) / (c.two[size*size+b] + smoothing)
	seen := 0.0
	for _, k := range c.three[ab*size : ab*size+size] {
		seen += k
	}
	return (c.three[i] + smoothing*p) / (seen + smoothing)
}

// each visits the letters of a word with the two before each, and its end.
func (n *namelike) each(word string, visit func(a, b, x int)) {
	a, b := 0, 0
	for _, r := range word {
		i := strings.IndexRune(n.alphabet, r)
		if i < 0 {
			continue
		}
		x := 1 + len([]rune(n.alphabet[:i]))
		visit(a, b, x)
		a, b = b, x
	}
	visit(a, b, 0)
}

// of gives how much likelier a word is a name's than a trade's, as the mean of the logarithms over its letters: about 0 where neither.
func (n *namelike) of(word string) float32 {
	var sum float32
	letters := 0
	size := n.size()
	n.each(word, func(a, b, x int) {
		sum += n.ratio[(a*size+b)*size+x]
		letters++
	})
	return sum / float32(letters)
}
