package script

import (
	"slices"
	"sync"
)

// Lexicon finds the words of a vocabulary that a spelling may mean, in whichever script each is written: bijli finds بجلی, and
// drzi both darzi and درزی. It is a noisy channel: a word costs what it costs to have been written so, letter by letter, with the
// short vowels that Urdu leaves out, the several values of و, ی and ہ, letters of one sound, doubled letters, English habits and
// slips of the fingers. A Lexicon does not change and serves many goroutines.
type Lexicon struct {
	words   []string
	writing *writing
	nodes   []node
	tails   []tail  // of each node
	ends    []int32 // numbers of words, those of a node together
}

// Match is a word that a spelling may mean.
type Match struct {
	Word string
	At   int     // its place in the vocabulary as given
	Cost float64 // how far the spelling is from the word, in letters plainly wrong: 0 as most would write it
}

// node is a beginning that words of the vocabulary share. Nodes lie in the order of reading, so that the subtree of node i is
// nodes[i:skip].
type node struct {
	unit  unit
	depth uint8
	skip  int32
}

// tail is what comes after a beginning. It lies apart from the nodes, most of which are passed over at a glance.
type tail struct {
	first, last   int32 // ends[first:last] are the words that end here
	covers, needs sounds
}

// NewLexicon prepares a vocabulary: words or names of several words, in any script, in the order in which equals are to be given.
// What of a word lies past its first 48 letters is not compared.
func NewLexicon(words []string) *Lexicon { return newLexicon(tables(), words) }

// tables are the same for every Lexicon and never change; they are made when first asked for.
var tables = sync.OnceValue(newWriting)

func newLexicon(writing *writing, words []string) *Lexicon {
	l := &Lexicon{words: slices.Clone(words), writing: writing}
	entries := make([]entry, 0, len(words))
	for i, word := range l.words {
		if units := writing.units(letters(word)); len(units) > 0 {
			entries = append(entries, entry{units, int32(i)})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return slices.CompareFunc(a.units, b.units, compareUnits) })
	l.plant(entries)
	l.lookOut()
	return l
}

// entry is a word as it is read, and its number.
type entry struct {
	units []unit
	at    int32
}

// plant makes the nodes from sorted entries.
func (l *Lexicon) plant(entries []entry) {
	var path []int32 // the open nodes, by depth
	closeTo := func(depth int) {
		for _, n := range path[depth:] {
			l.nodes[n].skip = int32(len(l.nodes))
		}
		path = path[:depth]
	}
	for _, e := range entries {
		shared := 0
		for shared < len(path) && shared < len(e.units) && l.nodes[path[shared]].unit == e.units[shared] {
			shared++
		}
		closeTo(shared)
		for d := shared; d < len(e.units); d++ {
			path = append(path, int32(len(l.nodes)))
			l.nodes = append(l.nodes, node{unit: e.units[d], depth: uint8(d + 1)})
			l.tails = append(l.tails, tail{first: int32(len(l.ends)), last: int32(len(l.ends))})
		}
		l.ends = append(l.ends, e.at)
		l.tails[path[len(path)-1]].last = int32(len(l.ends))
	}
	closeTo(0)
}

func compareUnits(a, b unit) int {
	if a.sign != b.sign {
		return int(a.sign) - int(b.sign)
	}
	return int(a.after) - int(b.after)
}

// Len gives the number of words.
func (l *Lexicon) Len() int { return len(l.words) }
