package search

import (
	"slices"
	"strings"

	"rabta/internal/script"
)

// Letters of the alphabet are written as they are said: si si ti vi, el i di, یو پی ایس. Words that are nothing else are read as the
// abbreviation that they spell, where it is a word of trades.

// lettersSaid are the names of the letters in Latin letters, each as many write it.
const lettersSaid = `a ay ey ae eh e|b bi bee be by bea|c si see cee sea sy cy cea ce cie sie|d di dee de dy dea|e i ee ie|f ef aif af|g ji jee gee jy|h ech ach aich ache aitch eich hech|i ai aai aaye aye eye ay|
j je jay|k ke kay key|l el ail eel al ell yel|m em aim am|n en ain enn an aen|o oh|p pi pee pe py pea|q kyu cue qu kiu kew|r ar aar are|s es ais as ess|t ti tee te ty tea tie|u yu you|
v vi vee we wee ve vy wi|w dablu dabliu dablyu doublu|x eks aks aiks|y wai wae|z zed zee zet|
a اے|b بی|c سی|d ڈی|e ای|f ایف|g جی|h ایچ|i آئی|j جے|l ایل|m ایم|n این|o او|p پی|q کیو|r آر|s ایس|t ٹی|u یو|v وی|w ڈبلیو|x ایکس|y وائی`

// The bounds of what is read so.
const (
	mostSaid     = 4  // letters of an abbreviation, and words that spell it
	longestName  = 12 // bytes of a letter's name
	shortestSaid = 5  // bytes of letters run together
	longestSaid  = 40
)

// spokenLetters are the letters that a word may be the name of, and a name of each letter.
func spokenLetters() (said, names map[string]string) {
	said, names = make(map[string]string), make(map[string]string)
	for _, group := range strings.Split(lettersSaid, "|") {
		group := strings.Fields(group)
		for _, name := range group[1:] {
			name = script.Fold(name)
			said[name] += group[0]
			if names[group[0]] == "" {
				names[group[0]] = name
			}
		}
	}
	return said, names
}

// abbreviated gives the trade's word that the words from one on spell by the names of letters, and where they end; the longest first.
func (b *bearing) abbreviated(words []spelt, from int, read []bool) (id int32, to int, ok bool) {
	if from+1 == len(words) {
		return 0, from, false
	}
	to = from
	for to < len(words) && to-from < mostSaid && !read[to] && (len(words[to].folded) == 1 || b.areLetters(words[to].folded, mostSaid)) {
		to++
	}
	for ; to-from > 1; to-- {
		if b.writtenSo(words[from:to]) {
			return 0, from, false
		}
		var text strings.Builder
		for _, w := range words[from:to] {
			if len(w.folded) == 1 {
				text.WriteString(b.letterNames[w.folded])
			} else {
				text.WriteString(w.folded)
			}
		}
		if id, ok := b.saidRest(text.String(), "", 2); ok {
			return id, to, true
		}
	}
	return 0, from, false
}

// writtenSo tells whether names of trades have the words so, in Urdu script.
func (b *bearing) writtenSo(words []spelt) bool {
	return !slices.ContainsFunc(words, func(w spelt) bool { return !isUrdu(w.folded) || !b.namesTrade(w.folded) })
}

// areLetters tells whether a word is the names of at most so many letters.
func (b *bearing) areLetters(text string, most int) bool {
	if text == "" {
		return true
	}
	if len(text) > longestName*mostSaid/2 {
		return false
	}
	for size := min(longestName, len(text)); size > 1 && most > 0; size-- {
		if b.saidAs[text[:size]] != "" && b.areLetters(text[size:], most-1) {
			return true
		}
	}
	return false
}

// abbreviation gives the trade's word of two to four letters that an abbreviation is. Those of two letters are few, since words of
// grammar are the names of letters too.
func (b *bearing) abbreviation(text string) (int32, bool) {
	if len(text) == 2 {
		switch text {
		case "ac", "tv", "it", "qa", "pc":
		default:
			return 0, false
		}
	}
	id, ok := b.ids[text]
	if !ok {
		return 0, false
	}
	w := &b.words[id]
	return id, w.class&ofTrade != 0 && w.class&(ofSpeech|ofTalk|ofPerson|ofPlace) == 0 && w.weight >= leastBacking
}

// saidTogether reads a word that is names of letters run together: elsidi, upies.
func (b *bearing) saidTogether(text string) (int32, bool) {
	if len(text) < shortestSaid || len(text) > longestSaid {
		return 0, false
	}
	return b.saidRest(text, "", 3)
}

// saidRest reads the rest of such a word after the letters before, at least so many in all.
func (b *bearing) saidRest(text, before string, least int) (int32, bool) {
	if text == "" {
		if len(before) < least {
			return 0, false
		}
		return b.abbreviation(before)
	}
	if len(before) == mostSaid || len(text) > longestSaid {
		return 0, false
	}
	for size := min(longestName, len(text)); size > 1; size-- {
		for _, letter := range b.saidAs[text[:size]] {
			if id, ok := b.saidRest(text[size:], before+string(letter), least); ok {
				return id, true
			}
		}
	}
	return 0, false
}
