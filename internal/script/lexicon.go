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
	nodes   []node  // the first is the beginning of all
	tails   []tail  // of each node
	ends    []int32 // numbers of words, those of a node together, the last of them as ^number
	looks   []outlook

	searches sync.Pool // of *search: each takes 25 kB, of which a look-up touches little
}

// Match is a word that a spelling may mean.
type Match struct {
	Word string
	At   int     // its place in the vocabulary as given
	Cost float64 // how far the spelling is from the word, in letters plainly wrong: 0 as most would write it
}

// node is a beginning that words of the vocabulary share. Those that are one unit longer lie side by side, nodes[kids:kids+count], so
// that a look-up, which passes over most of them at a glance, reads memory in its order.
type node struct {
	unit  unit
	count uint16
	kids  int32
}

// tail is what comes after a beginning. It lies apart from the nodes, most of which are passed over at a glance.
type tail struct {
	first int32 // ends[first:] are the words that end here; none where it is below 0
	look  int32 // looks[look] is what lies below; few outlooks differ
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
	l.nodes, l.tails = append(l.nodes, node{}), append(l.tails, tail{})
	l.branch(0, 0, entries)
}

// branch makes what is below a node: entries are the words that share its first depth units.
func (l *Lexicon) branch(at int32, depth int, entries []entry) {
	l.tails[at].first = -1
	if len(entries) > 0 && len(entries[0].units) == depth {
		l.tails[at].first = int32(len(l.ends))
	}
	for len(entries) > 0 && len(entries[0].units) == depth {
		l.ends = append(l.ends, entries[0].at)
		entries = entries[1:]
	}
	if l.tails[at].first >= 0 {
		l.ends[len(l.ends)-1] ^= -1
	}
	kids := int32(len(l.nodes))
	for i, e := range entries {
		if i == 0 || e.units[depth] != entries[i-1].units[depth] {
			l.nodes, l.tails = append(l.nodes, node{unit: e.units[depth]}), append(l.tails, tail{})
		}
	}
	l.nodes[at].kids, l.nodes[at].count = kids, uint16(int32(len(l.nodes))-kids)
	for kid := kids; len(entries) > 0; kid++ {
		n := slices.IndexFunc(entries, func(e entry) bool { return e.units[depth] != l.nodes[kid].unit })
		if n < 0 {
			n = len(entries)
		}
		l.branch(kid, depth+1, entries[:n])
		entries = entries[n:]
	}
}

func compareUnits(a, b unit) int {
	if a.sign != b.sign {
		return int(a.sign) - int(b.sign)
	}
	return int(a.after) - int(b.after)
}

// Len gives the number of words.
func (l *Lexicon) Len() int { return len(l.words) }
