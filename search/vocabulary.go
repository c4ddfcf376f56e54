package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"rabta/internal/script"
)

// class is what sort of word a word is; a word can be of several.
type class uint8

const (
	ofTrade  class = 1 << iota // in the name of a trade or skill
	ofSpeech                   // grammar, and words that every search holds
	ofTalk                     // everyday words: the tables
	ofPerson                   // a person's name
	ofPlace                    // in the name of a place
	ofSkill                    // in the name of a skill that many trades need
)

// vocabulary holds every word that a query can hold, so that a misspelt one is read as what it is nearest to, trade or not.
type vocabulary struct {
	ids      map[string]int32
	words    []known
	lexicon  *script.Lexicon    // of all words
	stems    map[string][]int32 // of trades' words
	known    *sieve             // of ids
	lacking  map[string][]int32 // by word without one of its letters
	lacked   *sieve             // of lacking
	bones    map[string][]int32 // by word without its vowels but the first letter
	sounding map[string][]int32 // by sound without vowels
	ears     map[string][]int32 // by sound
	keyed    map[string][]int32 // by the phonetic key that both scripts share

	latin, urdu       *script.Lexicon // of the words of one script
	latinIDs, urduIDs []int32
}

// known is one word of the vocabulary.
type known struct {
	text   string
	class  class
	cue    cue
	agent  bool    // by itself what one who does a trade is called
	common bool    // of a trade's name, and said in talk all the same
	weight float32 // what it says about the trade, in [0,1]
	named  []place // where it stands in trades' names
	groups groups  // the unit groups of those trades
	alike  []guess // other spellings of it among the words of trades, itself first
}

// groups is a set of unit groups, each as the number of its first trade.
type groups [4]uint64

func (g *groups) add(group uint16) {
	if int(group) < 64*len(g) {
		g[group/64] |= 1 << (group % 64)
	}
}

func (g *groups) has(group uint16) bool {
	return int(group) < 64*len(g) && g[group/64]&(1<<(group%64)) != 0
}

// place is the place of a word in a name.
type place struct {
	name int32
	at   uint8
}

// guess is a word that a word of the query may be, with how good a guess it is.
type guess struct {
	word int32
	fit  float32 // in (0,1]: 1 for the very word
}

func (v *vocabulary) add(text string, c class) int32 {
	id, ok := v.ids[text]
	if !ok {
		id = int32(len(v.words))
		v.ids[text] = id
		v.words = append(v.words, known{text: text})
	}
	v.words[id].class |= c
	return id
}

// arrange readies the words for looking up, once all are in.
func (v *vocabulary) arrange() {
	texts := make([]string, len(v.words))
	for i, w := range v.words {
		texts[i] = w.text
	}
	v.lexicon = script.NewLexicon(texts)
	var latin, urdu []string
	for i, text := range texts {
		if isUrdu(text) {
			urdu, v.urduIDs = append(urdu, text), append(v.urduIDs, int32(i))
		} else {
			latin, v.latinIDs = append(latin, text), append(v.latinIDs, int32(i))
		}
	}
	v.latin, v.urdu = script.NewLexicon(latin), script.NewLexicon(urdu)
	v.lacking, v.bones, v.ears, v.sounding = make(map[string][]int32), make(map[string][]int32), make(map[string][]int32), make(map[string][]int32)
	v.keyed = make(map[string][]int32)
	for i, text := range texts {
		if key := script.Key(text); len(key) >= shortestKeyed {
			v.keyed[key] = append(v.keyed[key], int32(i))
		}
		if ear := earOf(text); ear != "" {
			v.ears[ear] = append(v.ears[ear], int32(i))
		}
		if v.words[i].class&ofTrade != 0 && v.words[i].class&(ofSpeech|ofTalk) == 0 && !urduish(text) {
			for _, ear := range soundsOfEnglish(text) {
				if !slices.Contains(v.ears[ear], int32(i)) {
					v.ears[ear] = append(v.ears[ear], int32(i))
				}
			}
		}
		if v.words[i].class&ofTrade != 0 {
			enter(v.bones, bonesOf(text, asWritten), int32(i))
			enter(v.sounding, bonesOf(text, byEar), int32(i))
		}
		eachLacking(text, func(lacking []byte) { v.lacking[string(lacking)] = append(v.lacking[string(lacking)], int32(i)) })
	}
	v.known, v.lacked = sieveOf(v.ids), sieveOf(v.lacking)
}

// id gives the number of a word that is rather none of the vocabulary.
func (v *vocabulary) id(text string) (int32, bool) {
	if !v.known.mayHold(text) {
		return 0, false
	}
	id, ok := v.ids[text]
	return id, ok
}

// enter notes a word under its bones, when they are enough to tell words apart.
func enter(table map[string][]int32, bones string, id int32) {
	if len(bones) > 2 {
		table[bones] = append(table[bones], id)
	}
}

// How far a word may lie from the one it is read as, in plainly wrong letters for each letter, and at most. Other spellings in a
// list of one word lie nearer.
const (
	farthest      = 0.22
	farthestShort = 0.14 // of four letters and fewer with vowels: "bura" is no beera
	farthestEver  = 1.1
	farthestAlike = 0.09
	farthestCross = 0.16 // across scripts
	farthestOther = 0.6  // of another spelling in all
)

// maxGuesses bounds what one word may be. Only where nothing is nearby is looked for the few that are farther.
const (
	maxGuesses = 8
	fewGuesses = 2
	nearby     = 0.53
)

// lookups are what is looked up for one query.
type lookups struct {
	far    int // how often it may still be looked beyond what is nearby, which costs most
	nearby []lookup
}

// lookup is a word of a query and what is nearby: people say a word again.
type lookup struct {
	text    string
	most    float64
	matches []script.Match
}

// within is the lexicon's, of words not too far away, asked once for each word.
func (v *vocabulary) within(text string, most float64, met *lookups) []script.Match {
	for _, l := range met.nearby {
		if l.text == text && l.most == most {
			return l.matches
		}
	}
	matches := v.lexicon.Within(text, most, maxGuesses)
	met.nearby = append(met.nearby, lookup{text, most, matches})
	return matches
}

// near gives the words nearest to one, the best first.
func (v *vocabulary) near(text string, share float64, met *lookups) []guess {
	letters := utf8.RuneCountInString(text)
	first, _ := utf8.DecodeRuneInString(text)
	if letters < 2 || letters > longestWord || strings.Trim(text, string(first)) == "" { // one letter again and again is no word
		return nil
	}
	if letters <= 4 && strings.ContainsAny(text, "aeiou") {
		share = min(share, farthestShort)
	}
	most := min(share*float64(letters), farthestEver)
	matches := v.within(text, min(most, nearby), met)
	slipped, boned, sounded := v.slipped(text, letters), v.boned(text), v.ears[earOf(text)]
	if len(matches) == 0 && len(slipped) == 0 && len(boned) == 0 && len(sounded) == 0 && letters >= 5 && most > nearby && met.far > 0 {
		met.far--
		lexicon, ids := v.latin, v.latinIDs
		if isUrdu(text) {
			lexicon, ids = v.urdu, v.urduIDs
		}
		matches = lexicon.Within(text, most, fewGuesses)
		for i := range matches {
			matches[i].At = int(ids[matches[i].At])
		}
	}
	guesses := make([]guess, len(matches))
	for i, m := range matches {
		guesses[i] = guess{int32(m.At), fitOf(m.Cost, letters)}
	}
	guesses = better(guesses, slipped, fitOf(slipCost, letters))
	guesses = better(guesses, boned, bonesFit(letters))
	guesses = better(guesses, sounded, earFit(letters))
	guesses = v.keyedAlike(guesses, text, letters)
	for i := range guesses {
		if (first < utf8.RuneSelf || letters > shortestSlip) && v.words[guesses[i].word].class&ofSpeech != 0 {
			guesses[i].fit = min(1, guesses[i].fit+oftenWritten)
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(b.fit, a.fit) })
	return guesses
}

// keyedAlike adds the words of many consonants that sound like one but for their vowels, where nothing is nearer: acawaintent is an
// accountant, ekskavetar an excavator.
func (v *vocabulary) keyedAlike(guesses []guess, text string, letters int) []guess {
	if letters < shortestKeyed || slices.ContainsFunc(guesses, func(g guess) bool { return g.fit >= keyedFit }) {
		return guesses
	}
	key := script.Key(text)
	if len(key) < shortestKeyed {
		return guesses
	}
	words := v.keyed[key]
	return better(guesses, words[:min(len(words), maxGuesses)], keyedFit-keyedLess*float32(max(0, 6-len(key))))
}

// Words of one key are as near as keyedFit, and keyedLess less for each consonant short of six; keys of fewer consonants than
// shortestKeyed are of too many words.
const (
	keyedFit      = 0.86
	keyedLess     = 0.03
	shortestKeyed = 4
)

// better sees to it that the words are among the guesses, at least as good as fit.
func better(guesses []guess, words []int32, fit float32) []guess {
	for _, id := range words {
		if i := slices.IndexFunc(guesses, func(g guess) bool { return g.word == id }); i < 0 {
			guesses = append(guesses, guess{id, fit})
		} else {
			guesses[i].fit = max(guesses[i].fit, fit)
		}
	}
	return guesses
}

// oftenWritten is what speaks for a word of grammar beside others as near: people write it more often than any.
const oftenWritten = 0.03

// bonesFit is the fit of a word whose vowels are left out: the more consonants, the fewer words have them all.
func bonesFit(letters int) float32 { return min(0.95, 0.7+0.05*float32(letters)) }

func fitOf(cost float64, letters int) float32 {
	return max(0.05, wellWritten-float32(costShare*cost/float64(letters)))
}

// wellWritten is the fit of a word in the other script that is written as most would write it.
const wellWritten = 0.97

// costShare is what a wrong letter takes from the fit, for each letter of the word.
const costShare = 1.4

// stemOf gives what is left of a word in Latin letters without its English ending; empty when that is too little to tell.
func stemOf(text string) string {
	if isUrdu(text) {
		return ""
	}
	for _, ending := range [...]string{"ings", "ing", "ers", "er", "ors", "or", "age", "ed", "es", "s"} {
		if stem, ok := strings.CutSuffix(text, ending); ok && len(stem) >= 4 {
			return stem
		}
	}
	if len(text) >= 4 {
		return text
	}
	return ""
}

// stemShare is what another form of an English word counts beside the very one.
const stemShare = 0.85

// alikeShare is what another spelling counts beside the very one.
const alikeShare = 0.92
