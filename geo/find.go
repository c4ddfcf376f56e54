package geo

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rabta/internal/script"
)

// Found is a place that a name may mean: how the name was understood, and how sure that is, from 1 for the very name down to 0.4. The
// score tells only the ways apart; among equals the larger place comes first.
type Found struct {
	Place Place
	How   string
	Score float64
}

// How a name was understood.
const (
	FoundExact    = "exact"    // the name itself, in any script, spaces and punctuation apart
	FoundPrefix   = "prefix"   // the name's beginning
	FoundMisspelt = "misspelt" // the name with a slip or two, by its length
	FoundPhonetic = "phonetic" // a name that sounds the same
	FoundChak     = "chak"     // a numbered village with that number, of a canal that was not named
)

const (
	scoreExact, scorePrefix = 1, 0.8
	scoreChak               = 0.7
	scoreOneSlip            = 0.6
	scorePhonetic           = 0.55
	scoreTwoSlips           = 0.5
	scoreShortSlip          = 0.45
	scoreFaintPhonetic      = 0.4

	// seatRoom is how many times more beginnings are taken than asked for: a city stands behind the units that it is the seat of.
	seatRoom = 4

	// maxName bounds, in letters, the names that are looked for: longer than any place's.
	maxName = 80
)

// nameIndex is every spelling of every place, closed up: folded, without spaces.
type nameIndex struct {
	names   []spelling // by text, then place
	lengths []int32    // indices of names by their number of letters
	starts  []int32    // where in lengths each number of letters begins; one more at the end
	keys    []int32    // indices of names by key
}

type spelling struct {
	text  string
	key   string // phonetic
	mark  uint64
	place int32
}

// closed gives the form in which names are compared: "Faisal Abad" is Faisalabad.
func closed(name string) string { return strings.ReplaceAll(script.Fold(name), " ", "") }

// soundOf gives the phonetic key of a closed-up name. It starts from the name itself, since folding loses the aspirates.
func soundOf(name string) string {
	return script.Key(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, script.Normalize(name)))
}

// markOf has a bit for each letter of the text and one for each letter that stands twice (letters being shared out over 32). One
// letter more or less changes one bit at most, so names whose marks differ in many bits are many slips apart.
func markOf(text string) uint64 {
	var once, twice uint64
	for _, r := range text {
		bit := uint64(1) << (uint32(r) % 31)
		twice |= once & bit
		once |= bit
	}
	return once<<32 | twice
}

func newNameIndex(places []Place) nameIndex {
	var x nameIndex
	longest := 0
	for i := range places {
		for _, name := range places[i].spellings() {
			if text := closed(name); text != "" {
				x.names = append(x.names, spelling{text, soundOf(name), markOf(text), int32(i)})
				longest = max(longest, utf8.RuneCountInString(text))
			}
		}
	}
	slices.SortFunc(x.names, func(a, b spelling) int {
		return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.place, b.place), cmp.Compare(a.key, b.key))
	})
	x.names = slices.CompactFunc(x.names, func(a, b spelling) bool { return a.text == b.text && a.place == b.place && a.key == b.key })

	letters := make([]int, len(x.names))
	x.starts = make([]int32, longest+2)
	for i, n := range x.names {
		letters[i] = utf8.RuneCountInString(n.text)
		x.starts[letters[i]+1]++
		x.lengths = append(x.lengths, int32(i))
		if len(n.key) >= 2 {
			x.keys = append(x.keys, int32(i))
		}
	}
	for n := range longest + 1 {
		x.starts[n+1] += x.starts[n]
	}
	slices.SortStableFunc(x.lengths, func(a, b int32) int { return letters[a] - letters[b] })
	slices.SortStableFunc(x.keys, func(a, b int32) int { return cmp.Compare(x.names[a].key, x.names[b].key) })
	return x
}

// candidate is a place that a name may mean, by index.
type candidate struct {
	place int32
	score float64
	how   string
}

// Find gives at most limit places that name may mean, in any of the three scripts: first those of exactly that name (or chak number),
// then those whose name begins so, then names that are misspelt by a slip (4 to 6 letters) or two (7 and more) or that sound
// the same. Among equals the larger level comes first, then what still exists, then the larger population, then the id; but a
// town goes before the units that it is the seat of and shares the name with, since who says Multan means the city.
func (g *Gazetteer) Find(name string, limit int) []Found {
	text := closed(name)
	letters := utf8.RuneCountInString(text)
	if limit <= 0 || letters == 0 || letters > maxName {
		return nil
	}
	all := g.chakCandidates(name)
	all = g.names.spelt(text, letters, limit, all)
	if best := ranked(all); len(best) < limit {
		all = g.names.misspelt(text, letters, best)
		all = g.names.sounding(name, all)
	}
	all = g.seatsFirst(ranked(all))
	found := make([]Found, min(limit, len(all)))
	for i := range found {
		found[i] = Found{Place: g.places[all[i].place], How: all[i].how, Score: all[i].score}
	}
	return found
}

// ranked sorts the candidates by score and standing, and keeps each place once, at its best.
func ranked(all []candidate) []candidate {
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(b.score, a.score))
	})
	all = slices.CompactFunc(all, func(a, b candidate) bool { return a.place == b.place })
	// Places are numbered by standing, and the sort is stable.
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return all
}

// seatsFirst moves each town before the first of the units that hold it, among candidates of one score.
func (g *Gazetteer) seatsFirst(all []candidate) []candidate {
	start := 0
	for i := range all {
		if all[i].score != all[start].score {
			start = i
		}
		if g.places[all[i].place].Level != LevelTown {
			continue
		}
		town := all[i]
		for first := start; first < i; first++ {
			if g.holds(all[first].place, town.place) {
				copy(all[first+1:i+1], all[first:i])
				all[first] = town
				break
			}
		}
	}
	return all
}

// holds tells whether the place at an index is on the chain of another.
func (g *Gazetteer) holds(unit, place int32) bool {
	for i, ok := g.byID[g.places[place].Parent]; ok; i, ok = g.byID[g.places[i].Parent] {
		if i == unit {
			return true
		}
	}
	return false
}

// spelt adds the names that are text, and of those that begin with it as many of the largest places as can be wanted; a single letter begins
// too many to mean any.
func (x *nameIndex) spelt(text string, letters, limit int, into []candidate) []candidate {
	from, _ := slices.BinarySearchFunc(x.names, text, func(n spelling, text string) int { return cmp.Compare(n.text, text) })
	var longer []int32
	for _, n := range x.names[from:] {
		if !strings.HasPrefix(n.text, text) {
			break
		}
		if n.text == text {
			into = append(into, candidate{n.place, scoreExact, FoundExact})
		} else if letters > 1 {
			longer = append(longer, n.place)
		}
	}
	// Places are numbered by standing. Those that stand above already cannot take the room of others.
	slices.Sort(longer)
	longer = slices.Compact(longer)
	for _, place := range longer[:min(len(longer), seatRoom*limit+len(into))] {
		into = append(into, candidate{place, scorePrefix, FoundPrefix})
	}
	return into
}

// shortName is the length in letters in which only a letter left out is forgiven, and only after what sounds the same: "keh" is Kech.
const shortName = 3

// slips is how many slips are forgiven in a name of so many letters.
func slips(letters int) int {
	switch {
	case letters <= 3:
		return 0
	case letters <= 6:
		return 1
	}
	return 2
}

// misspelt adds the names that are a slip or two from text.
func (x *nameIndex) misspelt(text string, letters int, into []candidate) []candidate {
	limit := slips(letters)
	longest := len(x.starts) - 2
	short := letters == shortName
	if short {
		limit = 1
	}
	if limit == 0 || letters-limit > longest {
		return into
	}
	mark := markOf(text)
	for _, i := range x.lengths[x.starts[letters-limit]:x.starts[min(letters+limit, longest)+1]] {
		n := &x.names[i]
		if bits.OnesCount64(n.mark^mark) > 2*limit {
			continue
		}
		switch script.Distance(text, n.text, limit) {
		case 1:
			if short {
				if utf8.RuneCountInString(n.text) > letters {
					into = append(into, candidate{n.place, scoreShortSlip, FoundMisspelt})
				}
				continue
			}
			into = append(into, candidate{n.place, scoreOneSlip, FoundMisspelt})
		case 2:
			if limit == 2 {
				into = append(into, candidate{n.place, scoreTwoSlips, FoundMisspelt})
			}
		}
	}
	return into
}

// sounding adds the names that share the key of name. Two consonants are shared by many names, so they say little.
func (x *nameIndex) sounding(name string, into []candidate) []candidate {
	key := soundOf(name)
	if len(key) < 2 {
		return into
	}
	score := scorePhonetic
	if len(key) == 2 {
		score = scoreFaintPhonetic
	}
	from, _ := slices.BinarySearchFunc(x.keys, key, func(i int32, key string) int { return cmp.Compare(x.names[i].key, key) })
	for _, i := range x.keys[from:] {
		if x.names[i].key != key {
			break
		}
		into = append(into, candidate{x.names[i].place, score, FoundPhonetic})
	}
	return into
}
